/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages that the board serves to browsers, fetched with the requests that a voter's browser
 * makes and held against the manifest in the journal: each file's bytes, its type, its policy, the
 * headers that all of them have. Spec: docs/observing.md#the-pages */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "client/cli/watch.h"
#include "crypto/sha256.h"
#include "documents/site.h"
#include "documents/site_manifest.h"

/* How often all of them are fetched again: some hundred kilobytes. */
#define AGAIN_SECONDS ((uint64_t)600)
#define MAX_HEADERS   ((size_t)1 << 17)
#define UUID	      "{uuid}"

/* What is being compared. */
struct comparing {
	struct urne_watch *w;
	struct urne_arena arena;
	struct urne_buf text; /* of the manifest */
	struct urne_site_manifest manifest;
	struct urne_buf url, body, headers; /* the last answer */
};

static enum urne_err
raise(struct comparing *c)
{
	const struct urne_evidence files[] = {{"manifest", urne_buf_view(&c->text)},
	    {"journal.checkpoint", urne_buf_view(&c->w->journal.r.note)},
	    {"served", urne_buf_view(&c->body)}, {"served.headers", urne_buf_view(&c->headers)}};

	return urne_watch_raise(c->w, URNE_ALARM_PAGES, files, sizeof(files) / sizeof(files[0]));
}

/* --- one answer --- */

/* header_is: the header stands there once, with exactly this value. */
static bool
header_is(const struct comparing *c, const char *name, struct urne_view want)
{
	struct urne_view rest = urne_buf_view(&c->headers), line;
	const size_t len = strlen(name);
	size_t num = 0;
	bool is = false;

	while (urne_view_cut(&line, &rest, '\n')) {
		if (line.len <= len || line.p[len] != ':' || strncasecmp(line.p, name, len) != 0) {
			continue;
		}
		line = (struct urne_view){line.p + len + 1, line.len - len - 1};
		while (line.len > 0 && line.p[0] == ' ') {
			line = (struct urne_view){line.p + 1, line.len - 1};
		}
		num++;
		is = urne_view_eq(line, want);
	}
	return num == 1 && is;
}

static enum urne_err
differs(struct comparing *c, const char *what)
{
	(void)urne_fail(&c->w->cli->diag, URNE_ERR_MISMATCH,
	    "%s: %s is not what the board's journal records: somebody changed what voters are "
	    "shown; nobody votes in a browser there until it is explained, tell the officials",
	    c->url.data, what);
	return raise(c);
}

static enum urne_err
check_headers(struct comparing *c, const struct urne_site_entry *e)
{
	const struct urne_site_header *h;
	char what[96];

	if (!header_is(c, "Content-Type", e->type)) {
		return differs(c, "the header Content-Type");
	}
	if (e->csp.len > 0 && !header_is(c, "Content-Security-Policy", e->csp)) {
		return differs(c, "the header Content-Security-Policy");
	}
	for (size_t i = 0; (h = urne_site_header(i)) != NULL; i++) {
		if ((e->csp.len > 0 || !h->pages_only) &&
		    !header_is(c, h->name, urne_view_of(h->value))) {
			(void)snprintf(what, sizeof(what), "the header %s", h->name);
			return differs(c, what);
		}
	}
	return URNE_OK;
}

/* put_url: the address of a file, of a page for the election that is watched. */
static enum urne_err
put_url(struct comparing *c, struct urne_view path)
{
	const struct urne_view uuid = c->w->r.uuid;

	urne_buf_reset(&c->url);
	urne_buf_puts(&c->url, c->w->r.base.data);
	while (path.len > 0) {
		if (urne_view_starts(path, UUID)) {
			urne_buf_put_view(&c->url, uuid);
			path = (struct urne_view){path.p + strlen(UUID), path.len - strlen(UUID)};
		} else {
			urne_buf_putc(&c->url, path.p[0]);
			path = (struct urne_view){path.p + 1, path.len - 1};
		}
	}
	urne_buf_putc(&c->url, '\0');
	return urne_buf_error(&c->url);
}

static enum urne_err
compare_one(struct comparing *c, const struct urne_site_entry *entry)
{
	struct urne_watch *w = c->w;
	struct urne_http_answer answer;
	struct urne_hash hash;
	enum urne_err e = put_url(c, entry->path);

	urne_buf_reset(&c->body);
	urne_buf_reset(&c->headers);
	if (e == URNE_OK) {
		e = urne_http_get_page(
		    w->r.http, &answer, &c->body, &c->headers, &w->cli->diag, c->url.data);
	}
	if (e == URNE_ERR_LIMIT) {
		return raise(c);
	}
	if (e == URNE_ERR_IO || (e == URNE_OK && answer.status == 503)) {
		return urne_watch_absent(w);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_sha256_of(&hash, urne_buf_view(&c->body));
	if (answer.status != 200 || !urne_hash_eq(&hash, &entry->hash)) {
		return differs(c, answer.status == 200 ? "the file" : "the answer");
	}
	return check_headers(c, entry);
}

/* --- the manifest --- */

static enum urne_err
fetch_manifest(struct comparing *c, const struct urne_hash *hash)
{
	struct urne_watch *w = c->w;
	struct urne_remote *r = &w->journal.r;
	enum urne_err e = urne_remote_object(r, &c->text, hash);

	if (e != URNE_OK && (e == URNE_ERR_IO || r->status >= 300)) {
		return urne_watch_absent(w);
	}
	if (e != URNE_OK) {
		return urne_err_is_ours(e) ? e : raise(c);
	}
	e = urne_site_manifest_read(
	    &c->manifest, &c->arena, &w->cli->diag, urne_buf_view(&c->text));
	if (e != URNE_OK && !urne_err_is_ours(e)) {
		urne_diag_within(&w->cli->diag, "%s: ", r->address.data);
		return raise(c);
	}
	return e;
}

/* --- the sources --- */

/* first_other: the first path of which two manifests say different things. */
static struct urne_view
first_other(const struct urne_site_manifest *a, const struct urne_site *b)
{
	size_t i = 0;

	while (i < a->num && i < b->num && urne_view_eq(a->entries[i].path, b->resources[i].path) &&
	       urne_hash_eq(&a->entries[i].hash, &b->resources[i].hash)) {
		i++;
	}
	return i < a->num   ? a->entries[i].path
	       : i < b->num ? b->resources[i].path
			    : urne_view_of("a header");
}

/* compare_sources: the manifest is that of the pages which these sources make for this board. */
static enum urne_err
compare_sources(struct comparing *c)
{
	struct urne_watch *w = c->w;
	struct urne_diag *d = &w->cli->diag;
	const struct urne_note_key key = urne_watch_service_key(w);
	struct urne_tree tree;
	struct urne_site site = {.num = 0};
	enum urne_err e = urne_tree_read(&tree, d, w->pages, URNE_MAX_SITE_FILES, URNE_MAX_SITE);

	if (e == URNE_OK) {
		e = urne_site_make(&site, d, tree.files, tree.num, &key);
		if (e != URNE_OK) {
			urne_diag_within(d, "%s: ", w->pages);
		}
	}
	urne_tree_clear(&tree);
	if (e == URNE_OK && !urne_view_eq(site.manifest, urne_buf_view(&c->text))) {
		struct urne_view path = first_other(&c->manifest, &site);

		(void)urne_fail(d, URNE_ERR_MISMATCH,
		    "%s: the pages that the journal records are not those of %s: %.*s is another; "
		    "look whether these are the sources of the release that the board runs, and "
		    "tell the officials",
		    w->r.address.data, w->pages, (int)path.len, path.p);
		e = raise(c);
	}
	urne_site_clear(&site);
	return e;
}

/* --- the whole --- */

static enum urne_err
compare(struct comparing *c, const struct urne_hash *hash)
{
	enum urne_err e = fetch_manifest(c, hash);

	for (size_t i = 0; e == URNE_OK && i < c->manifest.num; i++) {
		e = compare_one(c, &c->manifest.entries[i]);
	}
	if (c->w->pages != NULL && (e == URNE_OK || c->w->raised[URNE_ALARM_PAGES])) {
		enum urne_err sources = c->manifest.num > 0 ? compare_sources(c) : URNE_OK;
		e = e == URNE_OK ? sources : e;
	}
	return e;
}

enum urne_err
urne_watch_pages(struct urne_watch *w)
{
	struct comparing c = {.w = w};
	struct urne_hash hash;
	enum urne_err e = URNE_OK;

	if (w->journal.state == NULL || !urne_journal_pages(w->journal.state, &hash)) {
		return URNE_OK;
	}
	if (w->pages_seen && urne_hash_eq(&hash, &w->pages_manifest) &&
	    w->now < w->pages_at + AGAIN_SECONDS) {
		/* what was found still holds as far as anybody has looked */
		w->raised[URNE_ALARM_PAGES] = w->told[URNE_ALARM_PAGES];
		return URNE_OK;
	}
	urne_arena_init(&c.arena, URNE_MAX_SITE);
	urne_buf_init(&c.text, URNE_MAX_SITE);
	urne_buf_init(&c.url, URNE_MAX_SMALL_FILE);
	urne_buf_init(&c.body, URNE_MAX_SITE);
	urne_buf_init(&c.headers, MAX_HEADERS);
	e = compare(&c, &hash);
	w->pages_seen = !w->absent;
	w->pages_manifest = hash;
	w->pages_at = w->now;
	urne_buf_clear(&c.headers);
	urne_buf_clear(&c.body);
	urne_buf_clear(&c.url);
	urne_buf_clear(&c.text);
	urne_arena_clear(&c.arena);
	return e;
}
