/* SPDX-License-Identifier: EUPL-1.2 */
/* From the files of booth/ to what is served: files first, since every page names the hashes of
 * all modules; then the pages; then the manifest over both. */
#include "documents/site.h"

#include <stdlib.h>
#include <string.h>

#include "base/b64.h"
#include "base/limits.h"
#include "crypto/sha256.h"
#include "documents/site_manifest.h"
#include "documents/site_parts.h"

#define TEMPLATES "pages/"
#define PINNED	  URNE_SITE_FOLDER "js/pinned.js"
/* Sources, pages with their import maps, and the manifest. */
#define MAX_MEMORY (4 * URNE_MAX_SITE)
#define MAX_PATH   ((size_t)200)

/* --- headers --- */

static const struct urne_site_header headers[] = {
    {"X-Content-Type-Options", "nosniff", false},
    {"Referrer-Policy", "no-referrer", false},
    {"Cross-Origin-Opener-Policy", "same-origin", false},
    {"Cross-Origin-Resource-Policy", "same-origin", false},
    {"Integrity-Policy", "blocked-destinations=(script)", true},
};

const struct urne_site_header *
urne_site_header(size_t i)
{
	return i < sizeof(headers) / sizeof(headers[0]) ? &headers[i] : NULL;
}

/* --- files --- */

/* What a file is by the end of its name. */
static const struct {
	const char *ending, *type;
} types[] = {
    {".js", URNE_SITE_SCRIPT},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".json", "application/json"},
    {".md", "text/plain; charset=utf-8"},
    {"LICENSE", "text/plain; charset=utf-8"},
};

static bool
ends_in(struct urne_view path, const char *ending)
{
	size_t len = strlen(ending);

	return path.len > len && memcmp(path.p + path.len - len, ending, len) == 0;
}

static const char *
type_of(struct urne_view path)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (ends_in(path, types[i].ending)) {
			return types[i].type;
		}
	}
	return NULL;
}

/* A path that stands in an address, an import map and a manifest without an escape, and leads
 * nowhere else. */
static bool
is_path(struct urne_view path)
{
	bool fresh = true; /* at the start of a name */

	for (size_t i = 0; i < path.len; i++) {
		char c = path.p[i];
		bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			    (c >= '0' && c <= '9') || c == '_';

		if (!word && (fresh || (c != '.' && c != '-' && c != '/'))) {
			return false;
		}
		fresh = c == '/';
	}
	return path.len > 0 && path.len <= MAX_PATH && !fresh;
}

static enum urne_err
no_memory(const struct urne_site *s, struct urne_diag *d)
{
	return urne_arena_fits(&s->arena, 1, 1)
		   ? urne_fail(d, URNE_ERR_MEMORY, "no memory for the pages")
		   : urne_fail(
			 d, URNE_ERR_LIMIT, "the pages are larger than %zu bytes", MAX_MEMORY);
}

/* add appends a resource; its text and policy live in the arena already. */
static enum urne_err
add(struct urne_site *s, struct urne_diag *d, const char *before, struct urne_view path,
    const char *type, struct urne_view text)
{
	struct urne_site_resource *r = &s->resources[s->num];
	struct urne_buf full;
	enum urne_err e;

	urne_buf_init(&full, URNE_MAX_SMALL_FILE);
	urne_buf_puts(&full, before);
	urne_buf_put_view(&full, path);
	*r = (struct urne_site_resource){.type = type, .text = text, .csp = {"", 0}};
	e = urne_buf_error(&full);
	e = e == URNE_OK ? urne_arena_copy(&s->arena, &r->path, urne_buf_view(&full)) : e;
	urne_buf_clear(&full);
	if (e != URNE_OK) {
		return no_memory(s, d);
	}
	if (urne_site_find(s, r->path) != NULL) {
		return urne_fail(d, URNE_ERR_DUPLICATE,
		    "%s: the pages have two files of this name; remove one", r->path.p);
	}
	urne_sha256_of(&r->hash, text);
	s->num++;
	return URNE_OK;
}

static enum urne_err
add_file(struct urne_site *s, struct urne_diag *d, const struct urne_tree_file *source)
{
	const char *type = type_of(source->path);
	struct urne_view text;

	if (type == NULL) {
		return urne_fail(d, URNE_ERR_UNSUPPORTED,
		    "%.*s: a file with this ending is not served; remove it from the pages' folder",
		    (int)source->path.len, source->path.p);
	}
	if (urne_arena_copy(&s->arena, &text, source->text) != URNE_OK) {
		return no_memory(s, d);
	}
	return add(s, d, URNE_SITE_FOLDER, source->path, type, text);
}

/* add_pinned makes the one module that is no file: whose board this is. */
static enum urne_err
add_pinned(struct urne_site *s, struct urne_diag *d, const struct urne_note_key *service)
{
	struct urne_view text = {"", 0};
	struct urne_buf made;
	enum urne_err e;

	urne_buf_init(&made, URNE_MAX_SMALL_FILE);
	urne_buf_puts(&made, "export const service = {name: ");
	urne_buf_put_json_string(&made, service->name);
	urne_buf_puts(&made, ", key: \"");
	urne_b64_put(&made, service->key, sizeof(service->key));
	urne_buf_puts(&made, "\"};\n");
	e = urne_buf_error(&made);
	e = e == URNE_OK ? urne_arena_copy(&s->arena, &text, urne_buf_view(&made)) : e;
	urne_buf_clear(&made);
	return e == URNE_OK ? add(s, d, "", urne_view_of(PINNED), URNE_SITE_SCRIPT, text)
			    : no_memory(s, d);
}

/* --- pages --- */

/* name_of: behind the folder of templates. */
static struct urne_view
name_of(struct urne_view path)
{
	return (struct urne_view){path.p + strlen(TEMPLATES), path.len - strlen(TEMPLATES)};
}

static enum urne_err
add_page(struct urne_site *s, struct urne_diag *d, const struct urne_site_template *t,
    const struct urne_tree_file *sources, size_t num)
{
	struct urne_view text, csp;
	enum urne_err e;

	for (size_t i = 0; i < num; i++) {
		struct urne_view path = sources[i].path;

		if (!urne_view_starts(path, TEMPLATES) || !urne_view_is(name_of(path), t->file)) {
			continue;
		}
		e = urne_site_page(s, &text, &csp, d, t, sources[i].text);
		if (e != URNE_OK) {
			return e;
		}
		e = add(s, d, "", urne_view_of(t->address), "text/html; charset=utf-8", text);
		if (e == URNE_OK) {
			s->resources[s->num - 1].csp = csp;
		}
		return e;
	}
	return urne_fail(d, URNE_ERR_INCOMPLETE,
	    TEMPLATES "%s is missing from the pages' folder; install all of it", t->file);
}

static enum urne_err
check_template(struct urne_diag *d, struct urne_view path)
{
	for (size_t i = 0; urne_site_template(i) != NULL; i++) {
		if (urne_view_is(name_of(path), urne_site_template(i)->file)) {
			return URNE_OK;
		}
	}
	return urne_fail(d, URNE_ERR_UNKNOWN,
	    "%.*s: no address shows this template; remove it, or name its address in "
	    "documents/site_template.c",
	    (int)path.len, path.p);
}

/* --- the whole --- */

static enum urne_err
check_source(struct urne_diag *d, const struct urne_tree_file *source)
{
	if (!is_path(source->path)) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "%.*s: a file of the pages has a name of letters, digits, \"_\", and \". -\" "
		    "behind the first of them; rename it",
		    (int)source->path.len, source->path.p);
	}
	return urne_view_starts(source->path, TEMPLATES) ? check_template(d, source->path)
							 : URNE_OK;
}

static int
by_path(const void *a, const void *b)
{
	const struct urne_site_resource *x = a, *y = b;
	size_t len = x->path.len < y->path.len ? x->path.len : y->path.len;
	int order = memcmp(x->path.p, y->path.p, len);

	return order != 0 ? order : (x->path.len > y->path.len) - (x->path.len < y->path.len);
}

static enum urne_err
make_manifest(struct urne_site *s, struct urne_diag *d)
{
	struct urne_site_manifest m = {
	    .entries = urne_arena_alloc(&s->arena, s->num, sizeof(*m.entries)), .num = s->num};
	struct urne_buf text;
	enum urne_err e;

	if (m.entries == NULL) {
		return no_memory(s, d);
	}
	for (size_t i = 0; i < s->num; i++) {
		const struct urne_site_resource *r = &s->resources[i];

		m.entries[i] = (struct urne_site_entry){
		    .path = r->path, .type = urne_view_of(r->type), .csp = r->csp, .hash = r->hash};
	}
	urne_buf_init(&text, URNE_MAX_SITE);
	urne_site_manifest_write(&text, &m);
	e = urne_buf_error(&text);
	e = e == URNE_OK ? urne_arena_copy(&s->arena, &s->manifest, urne_buf_view(&text)) : e;
	urne_buf_clear(&text);
	urne_sha256_of(&s->manifest_hash, s->manifest);
	return e == URNE_OK ? URNE_OK : no_memory(s, d);
}

static enum urne_err
make(struct urne_site *s, struct urne_diag *d, const struct urne_tree_file *sources, size_t num,
    const struct urne_note_key *service)
{
	enum urne_err e = URNE_OK;

	for (size_t i = 0; e == URNE_OK && i < num; i++) {
		e = check_source(d, &sources[i]);
		if (e == URNE_OK && !urne_view_starts(sources[i].path, TEMPLATES)) {
			e = add_file(s, d, &sources[i]);
		}
	}
	if (e == URNE_OK) {
		e = add_pinned(s, d, service);
	}
	/* an import map has its modules in their order, whatever that of the folder is */
	qsort(s->resources, s->num, sizeof(*s->resources), by_path);
	for (size_t i = 0; e == URNE_OK && urne_site_template(i) != NULL; i++) {
		e = add_page(s, d, urne_site_template(i), sources, num);
	}
	if (e == URNE_OK) {
		qsort(s->resources, s->num, sizeof(*s->resources), by_path);
		e = make_manifest(s, d);
	}
	return e;
}

enum urne_err
urne_site_make(struct urne_site *out, struct urne_diag *d, const struct urne_tree_file *sources,
    size_t num, const struct urne_note_key *service)
{
	size_t num_templates = 0;
	enum urne_err e;

	*out = (struct urne_site){.num = 0, .manifest = {"", 0}};
	urne_arena_init(&out->arena, MAX_MEMORY);
	while (urne_site_template(num_templates) != NULL) {
		num_templates++;
	}
	if (num > URNE_MAX_SITE_FILES) {
		return urne_fail(d, URNE_ERR_LIMIT,
		    "the pages' folder has more than %zu files; remove those that are no page",
		    URNE_MAX_SITE_FILES);
	}
	/* the pinned module besides */
	out->resources =
	    urne_arena_alloc(&out->arena, num + num_templates + 1, sizeof(*out->resources));
	e = out->resources != NULL ? make(out, d, sources, num, service) : no_memory(out, d);
	if (e != URNE_OK) {
		urne_site_clear(out);
	}
	return e;
}

void
urne_site_clear(struct urne_site *s)
{
	urne_arena_clear(&s->arena);
	*s = (struct urne_site){.num = 0, .manifest = {"", 0}};
}

const struct urne_site_resource *
urne_site_find(const struct urne_site *s, struct urne_view path)
{
	for (size_t i = 0; i < s->num; i++) {
		if (urne_view_eq(s->resources[i].path, path)) {
			return &s->resources[i];
		}
	}
	return NULL;
}
