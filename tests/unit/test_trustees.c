/* SPDX-License-Identifier: EUPL-1.2 */
/* Lists of trustees of all three families are read, written back and verified; every change of a
 * field is refused, and the sentence names the trustee. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>

#include "base/file.h"
#include "election/threshold.h"
#include "election/trustees.h"

#define MAX_FILE ((size_t)1 << 20)

struct vector {
	const char *file;
	const struct urne_group *group;
	enum urne_pedersen_family family;
	size_t num_owners;
};

static const struct vector vectors[] = {
    {"tests/vectors/trustees/release-2.0.json", &urne_group_belenios_2048, URNE_PEDERSEN_2_0, 3},
    {"tests/vectors/trustees/release-2.5.1.json", &urne_group_ed25519, URNE_PEDERSEN_2_5_1, 4},
    {"tests/vectors/trustees/release-3.3.json", &urne_group_ed25519, URNE_PEDERSEN_3_0, 4},
};
#define NUM_VECTORS 3

static void
load(struct urne_buf *out, const char *path)
{
	struct urne_diag d = {{0}};

	urne_buf_init(out, MAX_FILE);
	if (urne_file_read(out, &d, path) != URNE_OK) {
		fail_msg("%s", d.text);
	}
}

/* verdict reads and checks; `d` has the sentence. */
static enum urne_err
verdict(struct urne_diag *d, const struct urne_group *g, struct urne_view text)
{
	struct urne_arena arena;
	struct urne_trustees t;
	struct urne_buf again;
	enum urne_err e;

	d->text[0] = '\0';
	urne_arena_init(&arena, URNE_TRUSTEES_MEMORY);
	urne_buf_init(&again, MAX_FILE);
	e = urne_trustees_read(&t, &arena, d, g, text);
	if (e == URNE_OK) {
		urne_trustees_write(&again, g, &t);
		assert_true(urne_view_eq(urne_buf_view(&again), text));
		e = urne_trustees_check(&t, d, g);
	}
	urne_buf_clear(&again);
	urne_arena_clear(&arena);
	return e;
}

static void
all_three_families_verify(void **state)
{
	(void)state;
	for (size_t i = 0; i < NUM_VECTORS; i++) {
		const struct vector *v = &vectors[i];
		const struct urne_trustee_item *item;
		struct urne_trustees t;
		struct urne_diag d = {{0}};
		struct urne_arena arena;
		struct urne_elem key;
		struct urne_buf text;

		load(&text, v->file);
		if (verdict(&d, v->group, urne_buf_view(&text)) != URNE_OK) {
			fail_msg("%s: %s", v->file, d.text);
		}
		urne_arena_init(&arena, URNE_TRUSTEES_MEMORY);
		assert_int_equal(
		    urne_trustees_read(&t, &arena, &d, v->group, urne_buf_view(&text)), URNE_OK);
		assert_int_equal(t.num_owners, v->num_owners);
		assert_int_equal(t.items[t.num_items - 1].threshold.family, v->family);
		assert_int_equal(urne_trustees_owner(&item, &key, &t, 0), URNE_ERR_UNKNOWN);
		assert_int_equal(
		    urne_trustees_owner(&item, &key, &t, v->num_owners + 1), URNE_ERR_UNKNOWN);
		assert_int_equal(urne_trustees_owner(&item, &key, &t, v->num_owners), URNE_OK);
		assert_ptr_equal(item, &t.items[t.num_items - 1]);
		urne_arena_clear(&arena);
		urne_buf_clear(&text);
	}
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* every number and element, wherever it stands, has its last digit changed */
static void
every_changed_number_or_element_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < NUM_VECTORS; i++) {
		const struct vector *v = &vectors[i];
		struct urne_buf text;
		size_t run = 0, num = 0;

		load(&text, v->file);
		for (size_t at = 0; at < text.len; at++) {
			struct urne_diag d = {{0}};
			char was = text.data[at];

			run = is_hex(was) ? run + 1 : 0;
			if (run < 20 || is_hex(text.data[at + 1])) {
				continue;
			}
			text.data[at] = was == '1' ? '2' : '1';
			if (verdict(&d, v->group, urne_buf_view(&text)) == URNE_OK) {
				fail_msg("%s: byte %zu changed, and accepted", v->file, at);
			}
			assert_true(d.text[0] != '\0');
			text.data[at] = was;
			num++;
		}
		assert_true(num > 30);
		urne_buf_clear(&text);
	}
}

struct mutation {
	size_t vector;
	const char *from, *to; /* the first occurrence */
	enum urne_err err;
	const char *says;
};

static const struct mutation mutations[] = {
    {2, "{\"threshold\":2", "{\"threshold\":3", URNE_ERR_SYNTAX, "coefexps[0].message"},
    {2, "{\"threshold\":2", "{\"threshold\":1", URNE_ERR_SYNTAX, "coefexps[0].message"},
    {2, "{\"threshold\":2", "{\"threshold\":0", URNE_ERR_RANGE, "threshold of 0 among 3"},
    {2, "{\"threshold\":2", "{\"threshold\":4", URNE_ERR_RANGE, "threshold of 4 among 3"},
    {2, "\\\"index\\\":1", "\\\"index\\\":2", URNE_ERR_MISMATCH,
	"trustee 2: certificate says index"},
    {2, "\\\"size\\\":3", "\\\"size\\\":4", URNE_ERR_MISMATCH, "trustee 2: certificate says size"},
    {2, "\\\"threshold\\\":2", "\\\"threshold\\\":3", URNE_ERR_MISMATCH,
	"trustee 2: certificate says threshold"},
    {2, "Ed25519", "ed25519", URNE_ERR_MISMATCH, "trustee 2: certificate is for another group"},
    {2, "\"signatures\":", "\"signature\":", URNE_ERR_SYNTAX, "verification_keys"},
    {2, "\"Single\"", "\"single\"", URNE_ERR_SYNTAX, "Single"},
    {2, "\"Pedersen\"", "\"pedersen\"", URNE_ERR_SYNTAX, "Single"},
    {2, "\"certs\":[", "\"certs\":[ ", URNE_ERR_SYNTAX, "certs"},
};

static void
each_changed_field_is_refused_by_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(mutations) / sizeof(mutations[0]); i++) {
		const struct mutation *m = &mutations[i];
		struct urne_buf text, changed;
		struct urne_diag d;
		char *at;
		enum urne_err e;

		load(&text, vectors[m->vector].file);
		urne_buf_init(&changed, MAX_FILE);
		at = memmem(text.data, text.len, m->from, strlen(m->from));
		assert_non_null(at);
		urne_buf_put(&changed, text.data, (size_t)(at - text.data));
		urne_buf_puts(&changed, m->to);
		at += strlen(m->from);
		urne_buf_put(&changed, at, text.len - (size_t)(at - text.data));
		e = verdict(&d, vectors[m->vector].group, urne_buf_view(&changed));
		if (e != m->err || strstr(d.text, m->says) == NULL) {
			fail_msg("mutation %zu: %s: %s", i, urne_err_name(e), d.text);
		}
		urne_buf_clear(&text);
		urne_buf_clear(&changed);
	}
}

/* edit reads the last vector, lets `change` alter it, and gives the verdict on what is written. */
static enum urne_err
edit(struct urne_diag *d, size_t vector, void (*change)(struct urne_trustees *t))
{
	const struct vector *v = &vectors[vector];
	struct urne_buf text, changed;
	struct urne_arena arena;
	struct urne_trustees t;
	enum urne_err e;

	load(&text, v->file);
	urne_buf_init(&changed, MAX_FILE);
	urne_arena_init(&arena, URNE_TRUSTEES_MEMORY);
	assert_int_equal(
	    urne_trustees_read(&t, &arena, d, v->group, urne_buf_view(&text)), URNE_OK);
	change(&t);
	urne_trustees_write(&changed, v->group, &t);
	assert_int_equal(urne_buf_error(&changed), URNE_OK);
	e = verdict(d, v->group, urne_buf_view(&changed));
	urne_arena_clear(&arena);
	urne_buf_clear(&text);
	urne_buf_clear(&changed);
	return e;
}

static void
remove_signatures(struct urne_trustees *t)
{
	t->items[t->num_items - 1].threshold.has_signatures = false;
}

static void
remove_key_signature(struct urne_trustees *t)
{
	t->items[t->num_items - 1].threshold.verification_keys[1].has_signature = false;
}

static void
swap_certs(struct urne_trustees *t)
{
	struct urne_threshold *p = &t->items[t->num_items - 1].threshold;
	struct urne_signed_msg m = p->certs[0];

	p->certs[0] = p->certs[1];
	p->certs[1] = m;
}

static void
swap_keys(struct urne_trustees *t)
{
	struct urne_threshold *p = &t->items[t->num_items - 1].threshold;
	struct urne_trustee_public_key k = p->verification_keys[0];

	p->verification_keys[0] = p->verification_keys[1];
	p->verification_keys[1] = k;
}

static void
repeat_cert(struct urne_trustees *t)
{
	struct urne_threshold *p = &t->items[t->num_items - 1].threshold;

	p->certs[2] = p->certs[0];
}

static void
identity_key(struct urne_trustees *t)
{
	urne_elem_identity(&urne_group_ed25519, &t->items[0].single.public_key);
}

static void
no_change(struct urne_trustees *t)
{
	(void)t;
}

static void
mixed_families_are_refused(void **state)
{
	struct urne_diag d = {{0}};

	(void)state;
	assert_int_equal(edit(&d, 2, no_change), URNE_OK);
	assert_int_equal(edit(&d, 2, remove_signatures), URNE_ERR_MISMATCH);
	assert_non_null(strstr(d.text, "families of threshold parameters are mixed"));
	assert_int_equal(edit(&d, 1, remove_signatures), URNE_ERR_MISMATCH);
	assert_int_equal(edit(&d, 2, remove_key_signature), URNE_ERR_MISMATCH);
}

static void
swapped_or_repeated_entries_are_refused(void **state)
{
	struct urne_diag d = {{0}};

	(void)state;
	assert_int_equal(edit(&d, 2, swap_certs), URNE_ERR_MISMATCH);
	assert_non_null(strstr(d.text, "trustee 2: certificate says index 2"));
	assert_int_equal(edit(&d, 0, swap_certs), URNE_ERR_PROOF);
	assert_non_null(strstr(d.text, "trustee 1: signature of the coefexps"));
	assert_int_equal(edit(&d, 2, swap_keys), URNE_ERR_MISMATCH);
	assert_non_null(strstr(d.text, "trustee 2: verification key is not what the coefexps"));
	assert_int_equal(edit(&d, 0, repeat_cert), URNE_ERR_DUPLICATE);
	assert_non_null(strstr(d.text, "trustee 3: certificate has a key of an earlier"));
}

static void
a_key_that_is_the_identity_is_refused(void **state)
{
	struct urne_diag d = {{0}};

	(void)state;
	assert_int_equal(edit(&d, 2, identity_key), URNE_ERR_GROUP);
	assert_non_null(strstr(d.text, "trustee 1: public key is the identity"));
}

static void
an_empty_list_is_refused(void **state)
{
	struct urne_diag d = {{0}};

	(void)state;
	assert_int_equal(verdict(&d, &urne_group_ed25519, urne_view_of("[]")), URNE_ERR_RANGE);
}

/* record num of an archive: 512 bytes of header with the length in octal at 124, then the body */
static struct urne_view
record(const struct urne_buf *bel, size_t num)
{
	size_t at = 0;

	for (size_t i = 0; at + 512 <= bel->len; i++) {
		size_t len = strtoul(bel->data + at + 124, NULL, 8);

		if (i == num) {
			return (struct urne_view){bel->data + at + 512, len};
		}
		at += 512 + (len + 511) / 512 * 512;
	}
	return (struct urne_view){"", 0};
}

static const struct urne_group *
group_of(const char *name)
{
	for (size_t i = 0; urne_group_list(i) != NULL; i++) {
		if (strstr(name, urne_group_list(i)->name) != NULL) {
			return urne_group_list(i);
		}
	}
	return NULL;
}

static void
all_collected_archives_have_trustees_that_verify(void **state)
{
	const char *shared = getenv("URNE_SHARED");
	struct urne_buf dir, path;
	struct dirent *entry;
	size_t num = 0;
	DIR *d;

	(void)state;
	urne_buf_init(&dir, 4096);
	urne_buf_init(&path, 8192);
	assert_int_equal(
	    urne_path_join(&dir, shared != NULL ? shared : "../shared", "interop/valid"), URNE_OK);
	d = opendir(dir.data);
	if (d == NULL) {
		print_message("%s is not there: collected archives not tried\n", dir.data);
		urne_buf_clear(&dir);
		skip();
		return;
	}
	while ((entry = readdir(d)) != NULL) {
		struct urne_diag why = {{0}};
		struct urne_buf bel;

		if (strstr(entry->d_name, ".bel") == NULL) {
			continue;
		}
		assert_int_equal(urne_path_join(&path, dir.data, entry->d_name), URNE_OK);
		urne_buf_init(&bel, (size_t)256 << 20);
		assert_int_equal(urne_file_read(&bel, &why, path.data), URNE_OK);
		if (verdict(&why, group_of(entry->d_name), record(&bel, 2)) != URNE_OK) {
			fail_msg("%s: %s", entry->d_name, why.text);
		}
		urne_buf_clear(&bel);
		num++;
	}
	(void)closedir(d);
	urne_buf_clear(&dir);
	urne_buf_clear(&path);
	assert_true(num > 0);
	print_message("%zu archives\n", num);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_three_families_verify),
	    cmocka_unit_test(every_changed_number_or_element_is_refused),
	    cmocka_unit_test(each_changed_field_is_refused_by_name),
	    cmocka_unit_test(mixed_families_are_refused),
	    cmocka_unit_test(swapped_or_repeated_entries_are_refused),
	    cmocka_unit_test(a_key_that_is_the_identity_is_refused),
	    cmocka_unit_test(an_empty_list_is_refused),
	    cmocka_unit_test(all_collected_archives_have_trustees_that_verify),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
