/* SPDX-License-Identifier: EUPL-1.2 */
/* The codec of the manifest. Whoever reads it makes requests and compares headers by it, so nothing
 * in it may be more than one line. */
#include "documents/site_manifest.h"

#include <string.h>

#include "base/codec.h"
#include "base/limits.h"

#define FORMAT	  "\"urne-pages/1\""
#define MAX_VALUE ((size_t)4096)

static void
value_codec(struct urne_codec *c, const char *name, struct urne_view *v)
{
	urne_codec_field(c, name);
	urne_codec_plain(c, v, MAX_VALUE);
}

static void
entry_codec(struct urne_codec *c, struct urne_site_entry *e)
{
	urne_codec_object(c);
	value_codec(c, "path", &e->path);
	urne_codec_field(c, "sha256");
	urne_codec_hash_hex(c, &e->hash);
	value_codec(c, "type", &e->type);
	if (urne_codec_optional(c, "csp", e->csp.len > 0)) {
		urne_codec_plain(c, &e->csp, MAX_VALUE);
		if (urne_codec_ok(c) && e->csp.len == 0) {
			urne_codec_fail(c, URNE_ERR_SYNTAX, "must not be empty");
		}
	}
	urne_codec_object_end(c);
}

static bool
rises(struct urne_view a, struct urne_view b)
{
	int order = memcmp(a.p, b.p, a.len < b.len ? a.len : b.len);

	return order < 0 || (order == 0 && a.len < b.len);
}

static void
check_entries(struct urne_codec *c, const struct urne_site_manifest *m)
{
	for (size_t i = 0; i < m->num; i++) {
		struct urne_view path = m->entries[i].path;

		if (path.len == 0 || path.p[0] != '/') {
			urne_codec_fail(c, URNE_ERR_SYNTAX, "a path must begin with a slash");
		}
		if (i > 0 && !rises(m->entries[i - 1].path, path)) {
			urne_codec_fail(
			    c, URNE_ERR_SYNTAX, "paths must stand in their order, each once");
		}
	}
}

static void
manifest_codec(struct urne_codec *c, struct urne_site_manifest *m)
{
	const size_t max = URNE_MAX_SITE_FILES + 16; /* and the pages that are made of them */
	size_t n;

	urne_codec_object(c);
	urne_codec_field(c, "format");
	urne_codec_literal(c, FORMAT);
	urne_codec_field(c, "files");
	if (c->reading) {
		m->entries = urne_codec_alloc(c, max, sizeof(*m->entries));
	}
	urne_codec_array(c);
	for (n = 0; urne_codec_more(c, n, m->num, max); n++) {
		entry_codec(c, &m->entries[n]);
	}
	m->num = n;
	urne_codec_array_end(c);
	urne_codec_object_end(c);
}

void
urne_site_manifest_write(struct urne_buf *out, const struct urne_site_manifest *m)
{
	struct urne_site_manifest copy = *m;
	struct urne_codec c;
	enum urne_err e;

	urne_codec_write(&c, out);
	manifest_codec(&c, &copy);
	e = urne_codec_end(&c, NULL);
	out->err = out->err == URNE_OK ? e : out->err;
}

enum urne_err
urne_site_manifest_read(struct urne_site_manifest *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text)
{
	struct urne_codec c;
	enum urne_err e;

	*out = (struct urne_site_manifest){.num = 0};
	urne_codec_read(&c, text, arena);
	manifest_codec(&c, out);
	if (urne_codec_ok(&c)) {
		check_entries(&c, out);
	}
	e = urne_codec_end(&c, d);
	if (e != URNE_OK) {
		urne_diag_within(d, "the manifest of the pages: ");
		*out = (struct urne_site_manifest){.num = 0};
	}
	return e;
}
