/* SPDX-License-Identifier: EUPL-1.2 */
/* What is made of the sources of the pages, and which sources are refused.
 * Spec: docs/pages.md */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <string.h>

#include "base/b64.h"
#include "crypto/sha256.h"
#include "documents/site_manifest.h"
#include "tests/unit/support/site_case.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))
#define MAP    "<script type=\"importmap\">"

static void
make(struct urne_site *s, const struct site_case *c)
{
	struct urne_diag d = {{0}};

	if (urne_site_make(s, &d, c->files, c->num, &c->service) != URNE_OK) {
		fail_msg("%s", d.text);
	}
}

static const struct urne_site_resource *
at(const struct urne_site *s, const char *path)
{
	const struct urne_site_resource *r = urne_site_find(s, urne_view_of(path));

	if (r == NULL) {
		fail_msg("nothing at %s", path);
	}
	return r;
}

static bool
has(struct urne_view text, const char *piece)
{
	return memmem(text.p, text.len, piece, strlen(piece)) != NULL;
}

/* hashed writes BEFORE sha256-HASH of a text BEHIND, as a browser wants it. */
static const char *
hashed(const char *before, struct urne_view text, const char *behind)
{
	static struct urne_buf out;
	struct urne_hash hash;

	urne_buf_clear(&out);
	urne_buf_init(&out, 4096);
	urne_sha256_of(&hash, text);
	urne_buf_puts(&out, before);
	urne_buf_puts(&out, "sha256-");
	urne_b64_put(&out, hash.b, URNE_HASH_LEN);
	urne_buf_puts(&out, behind);
	urne_buf_putc(&out, '\0');
	assert_ok(urne_buf_error(&out));
	return out.data;
}

static void
every_page_names_every_module_by_its_hash(void **state)
{
	static const struct {
		const char *address, *up;
	} pages[] = {{"/", "./"}, {"/vote/{uuid}", "../"}, {"/observe/{uuid}", "../"},
	    {"/result/{uuid}", "../"}, {"/receipt", "./"}, {"/audit", "./"}};
	static const char *const modules[] = {
	    "pages/js/pages/a.js", "pages/js/core/b.js", "pages/js/pinned.js"};
	struct site_case c;
	struct urne_site s;

	site_case_init(&c);
	make(&s, &c);
	for (size_t i = 0; i < NUM(pages); i++) {
		const struct urne_site_resource *page = at(&s, pages[i].address);

		for (size_t k = 0; k < NUM(modules); k++) {
			char path[64], before[96];

			(void)snprintf(path, sizeof(path), "/%s", modules[k]);
			(void)snprintf(
			    before, sizeof(before), "\"%s%s\":\"", pages[i].up, modules[k]);
			assert_true(has(page->text, hashed(before, at(&s, path)->text, "\"")));
		}
		assert_true(
		    has(page->text, hashed("a.js\" integrity=\"",
					at(&s, "/pages/js/pages/a.js")->text, "\"></script>")));
		assert_true(has(page->text,
		    hashed("style.css\" integrity=\"", at(&s, "/pages/style.css")->text, "\">")));
		assert_false(has(page->text, "<!--"));
	}
	urne_site_clear(&s);
}

static void
the_policy_allows_the_import_map_and_no_other_inline_script(void **state)
{
	struct site_case c;
	struct urne_site s;

	site_case_init(&c);
	make(&s, &c);
	for (size_t i = 0; i < s.num; i++) {
		const struct urne_site_resource *r = &s.resources[i];
		const char *start, *end;

		if (strncmp(r->type, "text/html", 9) != 0) {
			assert_int_equal(r->csp.len, 0);
			continue;
		}
		start = strstr(r->text.p, MAP);
		assert_non_null(start);
		start += strlen(MAP);
		end = strstr(start, "</script>");
		assert_non_null(end);
		assert_true(
		    has(r->csp, hashed("script-src 'self' '",
				    (struct urne_view){start, (size_t)(end - start)}, "';")));
		assert_true(urne_view_starts(r->csp, "default-src 'none'; "));
		assert_true(
		    has(r->csp, "require-trusted-types-for 'script'; trusted-types 'none'"));
		assert_false(has(r->csp, "unsafe"));
		assert_int_equal(strlen(r->csp.p), r->csp.len);
	}
	urne_site_clear(&s);
}

static void
the_pinned_module_says_whose_board_it_is(void **state)
{
	struct site_case c;
	struct urne_site s;

	site_case_init(&c);
	make(&s, &c);
	assert_string_equal(at(&s, "/pages/js/pinned.js")->text.p,
	    "export const service = {name: \"vote.example.org/bb\", key: "
	    "\"AQIDAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"};\n");
	urne_site_clear(&s);
}

static void
the_order_of_the_files_changes_nothing(void **state)
{
	struct site_case c, turned;
	struct urne_site s, t;

	site_case_init(&c);
	turned = c;
	for (size_t i = 0; i < c.num; i++) {
		turned.files[i] = c.files[c.num - 1 - i];
	}
	make(&s, &c);
	make(&t, &turned);
	assert_true(urne_view_eq(s.manifest, t.manifest));
	assert_true(urne_hash_eq(&s.manifest_hash, &t.manifest_hash));
	urne_site_clear(&t);
	urne_site_clear(&s);
}

static void
every_byte_of_every_file_and_the_key_change_the_manifest(void **state)
{
	struct site_case c;
	struct urne_site s, t;

	site_case_init(&c);
	make(&s, &c);
	for (size_t i = 0; i <= c.num; i++) {
		struct site_case other = c;
		char text[512] = "";

		if (i < c.num) {
			assert_true(c.files[i].text.len < sizeof(text) - 1);
			memcpy(text, c.files[i].text.p, c.files[i].text.len);
			text[c.files[i].text.len] = ' ';
			other.files[i].text = urne_view_of(text);
		} else {
			other.service.key[31] ^= 1;
		}
		make(&t, &other);
		assert_false(urne_hash_eq(&s.manifest_hash, &t.manifest_hash));
		urne_site_clear(&t);
	}
	urne_site_clear(&s);
}

static void
the_manifest_names_what_is_served_and_reads_back(void **state)
{
	struct urne_diag d = {{0}};
	struct urne_site_manifest m;
	struct urne_arena arena;
	struct urne_buf again;
	struct site_case c;
	struct urne_site s;

	site_case_init(&c);
	make(&s, &c);
	urne_arena_init(&arena, (size_t)1 << 20);
	assert_ok(urne_site_manifest_read(&m, &arena, &d, s.manifest));
	assert_int_equal(m.num, s.num);
	assert_int_equal(m.num, c.num + 1);
	for (size_t i = 0; i < m.num; i++) {
		struct urne_hash hash;

		urne_sha256_of(&hash, s.resources[i].text);
		assert_true(urne_view_eq(m.entries[i].path, s.resources[i].path));
		assert_true(urne_view_is(m.entries[i].type, s.resources[i].type));
		assert_true(urne_view_eq(m.entries[i].csp, s.resources[i].csp));
		assert_true(urne_hash_eq(&m.entries[i].hash, &hash));
	}
	urne_buf_init(&again, (size_t)1 << 20);
	urne_site_manifest_write(&again, &m);
	assert_ok(urne_buf_error(&again));
	assert_true(urne_view_eq(urne_buf_view(&again), s.manifest));
	urne_buf_clear(&again);
	urne_arena_clear(&arena);
	urne_site_clear(&s);
}

#define HEX	   "aa00000000000000000000000000000000000000000000000000000000000000"
#define FILE(path) "{\"path\":\"" path "\",\"sha256\":\"" HEX "\",\"type\":\"t\"}"

static void
a_manifest_in_another_form_is_refused(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
	    {"", "input ends"},
	    {"{\"format\":\"urne-pages/2\",\"files\":[]}", "format"},
	    {"{\"format\":\"urne-pages/1\",\"files\":[] }", ""},
	    {"{\"format\":\"urne-pages/1\",\"files\":[" FILE("a") "]}", "slash"},
	    {"{\"format\":\"urne-pages/1\",\"files\":[" FILE("") "]}", "slash"},
	    {"{\"format\":\"urne-pages/1\",\"files\":[" FILE("/b") "," FILE("/a") "]}", "order"},
	    {"{\"format\":\"urne-pages/1\",\"files\":[" FILE("/a") "," FILE("/a") "]}", "order"},
	    {"{\"format\":\"urne-pages/1\",\"files\":[{\"path\":\"/a\",\"sha256\":\"" HEX
	     "\",\"type\":\"t\",\"csp\":\"\"}]}",
		"empty"},
	    {"{\"format\":\"urne-pages/1\",\"files\":[" FILE("/a\\n") "]}", "path"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_diag d = {{0}};
		struct urne_site_manifest m;
		struct urne_arena arena;

		urne_arena_init(&arena, (size_t)1 << 20);
		assert_err(urne_site_manifest_read(&m, &arena, &d, urne_view_of(cases[i].text)),
		    URNE_ERR_SYNTAX);
		if (strstr(d.text, cases[i].says) == NULL) {
			fail_msg("%s: %s", cases[i].text, d.text);
		}
		assert_int_equal(m.num, 0);
		urne_arena_clear(&arena);
	}
}

#define TOP_OF "<!--style--><!--importmap-->"
#define GOOD   "<script type=\"module\" src=\"pages/js/pages/a.js\"></script>"

static void
sources_that_are_no_site_are_refused_with_their_name(void **state)
{
	static const struct {
		const char *path, *text; /* text NULL: it is not there */
		enum urne_err err;
		const char *says;
	} cases[] = {
	    {"pages/audit.html", NULL, URNE_ERR_INCOMPLETE, "pages/audit.html is missing"},
	    {"style.css", NULL, URNE_ERR_INCOMPLETE, "style.css is missing"},
	    {"js/pages/a.js", NULL, URNE_ERR_SYNTAX, "none of its modules"},
	    {"pages/other.html", "", URNE_ERR_UNKNOWN, "pages/other.html: no address"},
	    {"js/x.wasm", "", URNE_ERR_UNSUPPORTED, "js/x.wasm: a file with this ending"},
	    {"js/pinned.js", "", URNE_ERR_DUPLICATE, "/pages/js/pinned.js"},
	    {"../x.js", "", URNE_ERR_SYNTAX, "../x.js: a file of the pages has a name"},
	    {"js/..js", "", URNE_ERR_SYNTAX, "js/..js"},
	    {"js//a.js", "", URNE_ERR_SYNTAX, "js//a.js"},
	    {"js/a b.js", "", URNE_ERR_SYNTAX, "js/a b.js"},
	    {"js/\"a.js", "", URNE_ERR_SYNTAX, "js/\"a.js"},
	    {"pages/index.html", "", URNE_ERR_SYNTAX, "pages/index.html: must have the lines"},
	    {"pages/index.html", TOP_OF, URNE_ERR_SYNTAX, "must have one script"},
	    {"pages/index.html", TOP_OF GOOD GOOD, URNE_ERR_SYNTAX, "must have one script"},
	    {"pages/index.html", TOP_OF "<!--style-->" GOOD, URNE_ERR_SYNTAX, "once each"},
	    {"pages/index.html", "<!--style-->" GOOD "<!--importmap-->", URNE_ERR_SYNTAX,
		"must stand before the script"},
	    {"pages/index.html", TOP_OF GOOD "<script>alert(1)</script>", URNE_ERR_SYNTAX,
		"none of its modules"},
	    {"pages/index.html", TOP_OF GOOD "<SCRIPT src=x></SCRIPT>", URNE_ERR_SYNTAX,
		"none of its modules"},
	    {"pages/index.html",
		TOP_OF "<script type=\"module\" src=\"https://x.example/a.js\"></script>",
		URNE_ERR_SYNTAX, "none of its modules"},
	    {"pages/index.html",
		TOP_OF "<script type=\"module\" src=\"/pages/js/pages/a.js\"></script>",
		URNE_ERR_SYNTAX, "none of its modules"},
	    {"pages/index.html", TOP_OF "<script type=\"module\" src=\"pages/style.css\"></script>",
		URNE_ERR_SYNTAX, "none of its modules"},
	    {"pages/vote.html", TOP_OF GOOD, URNE_ERR_SYNTAX, "pages/vote.html: has a script"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_diag d = {{0}};
		struct site_case c;
		struct urne_site s;

		site_case_init(&c);
		if (cases[i].text != NULL) {
			site_case_put(&c, cases[i].path, cases[i].text);
		} else {
			site_case_drop(&c, cases[i].path);
		}
		assert_err(urne_site_make(&s, &d, c.files, c.num, &c.service), cases[i].err);
		if (strstr(d.text, cases[i].says) == NULL) {
			fail_msg("case %zu: %s", i, d.text);
		}
		assert_int_equal(s.num, 0);
		urne_site_clear(&s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_page_names_every_module_by_its_hash),
	    cmocka_unit_test(the_policy_allows_the_import_map_and_no_other_inline_script),
	    cmocka_unit_test(the_pinned_module_says_whose_board_it_is),
	    cmocka_unit_test(the_order_of_the_files_changes_nothing),
	    cmocka_unit_test(every_byte_of_every_file_and_the_key_change_the_manifest),
	    cmocka_unit_test(the_manifest_names_what_is_served_and_reads_back),
	    cmocka_unit_test(a_manifest_in_another_form_is_refused),
	    cmocka_unit_test(sources_that_are_no_site_are_refused_with_their_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
