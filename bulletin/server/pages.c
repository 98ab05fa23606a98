/* SPDX-License-Identifier: EUPL-1.2 */
/* Files, site, compression: each made once. */
#include "bulletin/server/pages.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/limits.h"
#include "bulletin/server/gzip.h"

struct urne_pages {
	struct urne_site site;
	struct urne_buf *packed; /* site.num of them */
};

static enum urne_err
pack(struct urne_pages *p, struct urne_diag *d)
{
	p->packed = calloc(p->site.num, sizeof(*p->packed));
	if (p->packed == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the pages");
	}
	for (size_t i = 0; i < p->site.num; i++) {
		struct urne_view text = p->site.resources[i].text;

		urne_buf_init(&p->packed[i], URNE_MAX_SITE);
		if (urne_gzip(&p->packed[i], text) != URNE_OK) {
			return urne_fail(d, URNE_ERR_MEMORY, "no memory for the pages");
		}
		if (p->packed[i].len >= text.len) {
			urne_buf_clear(&p->packed[i]);
		}
	}
	return URNE_OK;
}

enum urne_err
urne_pages_load(struct urne_pages **out, struct urne_diag *d, const char *folder,
    const struct urne_note_key *service)
{
	struct urne_pages *p = calloc(1, sizeof(*p));
	struct urne_tree tree;
	enum urne_err e;

	*out = NULL;
	if (p == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the pages");
	}
	if (!urne_file_exists(folder)) {
		free(p);
		return urne_fail(d, URNE_ERR_IO,
		    "%s: the folder of the pages is not there; install it (make install), name "
		    "another with --pages FOLDER, or serve none with --pages none",
		    folder);
	}
	e = urne_tree_read(&tree, d, folder, URNE_MAX_SITE_FILES, URNE_MAX_SITE);
	if (e == URNE_OK) {
		e = urne_site_make(&p->site, d, tree.files, tree.num, service);
		if (e != URNE_OK) {
			urne_diag_within(d, "%s: ", folder);
		}
	}
	urne_tree_clear(&tree);
	if (e == URNE_OK) {
		e = pack(p, d);
	}
	if (e != URNE_OK) {
		urne_pages_free(p);
		return e;
	}
	*out = p;
	return URNE_OK;
}

void
urne_pages_free(struct urne_pages *p)
{
	if (p == NULL) {
		return;
	}
	for (size_t i = 0; p->packed != NULL && i < p->site.num; i++) {
		urne_buf_clear(&p->packed[i]);
	}
	free(p->packed);
	urne_site_clear(&p->site);
	free(p);
}

struct urne_page_served
urne_pages_find(const struct urne_pages *p, struct urne_view path)
{
	struct urne_page_served s = {urne_site_find(&p->site, path), {"", 0}};

	if (s.resource != NULL) {
		s.packed = urne_buf_view(&p->packed[s.resource - p->site.resources]);
	}
	return s;
}

struct urne_view
urne_pages_manifest(const struct urne_pages *p)
{
	return p != NULL ? p->site.manifest
			 : urne_view_of("{\"format\":\"urne-pages/1\",\"files\":[]}");
}
