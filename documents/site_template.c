/* SPDX-License-Identifier: EUPL-1.2 */
/* A template becomes a page. It has one place for the import map, one for the style sheet, and one
 * script, a module of ours: what else a script could be never gets into a page, since this refuses
 * it before the browser's policy would. */
#include <strings.h>
#include <string.h>

#include "base/b64.h"
#include "base/limits.h"
#include "crypto/sha256.h"
#include "documents/site_parts.h"

#define STYLE_SHEET "pages/style.css"
#define MAP_PLACE   "<!--importmap-->"
#define STYLE_PLACE "<!--style-->"
#define SCRIPT	    "<script"
#define MODULE	    SCRIPT " type=\"module\" src=\""
#define MODULE_END  "></script>"

static const struct urne_site_template templates[] = {
    {"index.html", "/"},
    {"vote.html", "/vote/{uuid}"},
    {"observe.html", "/observe/{uuid}"},
    {"result.html", "/result/{uuid}"},
    {"receipt.html", "/receipt"},
    {"audit.html", "/audit"},
};

const struct urne_site_template *
urne_site_template(size_t i)
{
	return i < sizeof(templates) / sizeof(templates[0]) ? &templates[i] : NULL;
}

/* A page that is being made. */
struct making {
	struct urne_site *site;
	struct urne_diag *d;
	const struct urne_site_template *t;
	const char *up; /* from its address to the board's root */
	struct urne_buf text, csp;
	size_t num_maps, num_styles, num_modules;
};

/* The policy of docs/pages.md#headers, around the hash of the import map. */
static const char csp_start[] = "default-src 'none'; script-src 'self' 'sha256-";
static const char csp_end[] =
    "'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";

static void
put_integrity(struct urne_buf *out, const struct urne_site_resource *r)
{
	urne_buf_puts(out, "sha256-");
	urne_b64_put(out, r->hash.b, URNE_HASH_LEN);
}

/* put_map names every module, so that none runs whose bytes are others, however deep it is
 * imported. */
static void
put_map(struct making *m)
{
	struct urne_hash hash;
	struct urne_buf map;
	size_t num = 0;

	urne_buf_init(&map, URNE_MAX_SITE);
	urne_buf_puts(&map, "{\"integrity\":{");
	for (size_t i = 0; i < m->site->num; i++) {
		const struct urne_site_resource *r = &m->site->resources[i];

		if (strcmp(r->type, URNE_SITE_SCRIPT) != 0) {
			continue;
		}
		urne_buf_printf(&map, "%s\"%s%s\":\"", num > 0 ? "," : "", m->up, r->path.p + 1);
		put_integrity(&map, r);
		urne_buf_putc(&map, '"');
		num++;
	}
	urne_buf_puts(&map, "}}");
	urne_sha256_of(&hash, urne_buf_view(&map));
	urne_buf_puts(&m->text, "<script type=\"importmap\">");
	urne_buf_put_view(&m->text, urne_buf_view(&map));
	urne_buf_puts(&m->text, "</script>");
	urne_buf_puts(&m->csp, csp_start);
	urne_b64_put(&m->csp, hash.b, URNE_HASH_LEN);
	urne_buf_puts(&m->csp, csp_end);
	/* what was not whole is not asked for */
	m->text.err = urne_buf_error(&map) != URNE_OK ? urne_buf_error(&map) : m->text.err;
	urne_buf_clear(&map);
}

static enum urne_err
refuse(const struct making *m, const char *why)
{
	return urne_fail(m->d, URNE_ERR_SYNTAX, "pages/%s: %s", m->t->file, why);
}

static enum urne_err
put_style(struct making *m)
{
	const struct urne_site_resource *r = urne_site_find(m->site, urne_view_of("/" STYLE_SHEET));

	if (r == NULL) {
		return urne_fail(m->d, URNE_ERR_INCOMPLETE,
		    "style.css is missing from the pages' folder; install all of it");
	}
	urne_buf_printf(
	    &m->text, "<link rel=\"stylesheet\" href=\"%s" STYLE_SHEET "\" integrity=\"", m->up);
	put_integrity(&m->text, r);
	urne_buf_puts(&m->text, "\">");
	return URNE_OK;
}

static void
skip(struct urne_view *rest, size_t len)
{
	*rest = (struct urne_view){rest->p + len, rest->len - len};
}

/* module_at: the module that a relative address leads to from the page, or NULL. At the root
 * "./pages" and "pages" are one address. */
static const struct urne_site_resource *
module_at(const struct making *m, struct urne_view src)
{
	const char *up = urne_view_starts(src, m->up) || strcmp(m->up, "./") != 0 ? m->up : "";
	const size_t len = strlen(up);

	if (!urne_view_starts(src, up)) {
		return NULL;
	}
	for (size_t i = 0; i < m->site->num; i++) {
		const struct urne_site_resource *r = &m->site->resources[i];

		if (strcmp(r->type, URNE_SITE_SCRIPT) == 0 && r->path.len - 1 == src.len - len &&
		    memcmp(r->path.p + 1, src.p + len, src.len - len) == 0) {
			return r;
		}
	}
	return NULL;
}

/* put_module puts the hash into the script's tag, at whose "<" `rest` begins. */
static enum urne_err
put_module(struct making *m, struct urne_view *rest)
{
	const struct urne_site_resource *r = NULL;
	struct urne_view src = {"", 0}, end = *rest;

	if (urne_view_starts(end, MODULE)) {
		skip(&end, strlen(MODULE));
		r = urne_view_cut(&src, &end, '"') ? module_at(m, src) : NULL;
	}
	if (r == NULL || !urne_view_starts(end, MODULE_END)) {
		return refuse(m,
		    "has a script that is none of its modules; write <script type=\"module\" "
		    "src=\"../pages/js/pages/NAME.js\"></script>, in a page at the root without "
		    "the ../");
	}
	urne_buf_put(&m->text, rest->p, (size_t)(end.p - rest->p));
	urne_buf_puts(&m->text, " integrity=\"");
	put_integrity(&m->text, r);
	urne_buf_puts(&m->text, "\"" MODULE_END);
	skip(&end, strlen(MODULE_END));
	*rest = end;
	m->num_modules++;
	return URNE_OK;
}

/* step takes the next byte of the template, or a place that something is put into. */
static enum urne_err
step(struct making *m, struct urne_view *rest)
{
	if (urne_view_starts(*rest, MAP_PLACE)) {
		put_map(m);
		m->num_maps++;
		skip(rest, strlen(MAP_PLACE));
		return URNE_OK;
	}
	if (urne_view_starts(*rest, STYLE_PLACE)) {
		m->num_styles++;
		skip(rest, strlen(STYLE_PLACE));
		return put_style(m);
	}
	if (rest->len >= strlen(SCRIPT) && strncasecmp(rest->p, SCRIPT, strlen(SCRIPT)) == 0) {
		/* the browser takes no map that comes behind a module */
		return m->num_maps == 1
			   ? put_module(m, rest)
			   : refuse(m, "the line " MAP_PLACE " must stand before the script");
	}
	urne_buf_putc(&m->text, rest->p[0]);
	skip(rest, 1);
	return URNE_OK;
}

static enum urne_err
check_places(const struct making *m)
{
	if (m->num_maps != 1 || m->num_styles != 1) {
		return refuse(
		    m, "must have the lines " MAP_PLACE " and " STYLE_PLACE ", once each");
	}
	return m->num_modules == 1 ? URNE_OK : refuse(m, "must have one script, its module");
}

enum urne_err
urne_site_page(struct urne_site *s, struct urne_view *text, struct urne_view *csp,
    struct urne_diag *d, const struct urne_site_template *t, struct urne_view source)
{
	struct making m = {
	    .site = s, .d = d, .t = t, .up = strchr(t->address + 1, '/') != NULL ? "../" : "./"};
	enum urne_err e = URNE_OK;

	urne_buf_init(&m.text, URNE_MAX_SITE);
	urne_buf_init(&m.csp, URNE_MAX_SMALL_FILE);
	while (e == URNE_OK && source.len > 0) {
		e = step(&m, &source);
	}
	if (e == URNE_OK) {
		e = check_places(&m);
	}
	if (e == URNE_OK &&
	    (urne_buf_error(&m.text) != URNE_OK || urne_buf_error(&m.csp) != URNE_OK ||
		urne_arena_copy(&s->arena, text, urne_buf_view(&m.text)) != URNE_OK ||
		urne_arena_copy(&s->arena, csp, urne_buf_view(&m.csp)) != URNE_OK)) {
		e = urne_fail(d, URNE_ERR_MEMORY, "no memory for pages/%s", t->file);
	}
	urne_buf_clear(&m.text);
	urne_buf_clear(&m.csp);
	return e;
}
