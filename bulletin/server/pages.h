/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages as the board keeps them: made at its start of the folder that was installed with it, in
 * memory from then on, so that a file that changes on the disk changes nothing that is served.
 * Spec: docs/pages.md */
#ifndef URNE_BULLETIN_SERVER_PAGES_H
#define URNE_BULLETIN_SERVER_PAGES_H

#include "documents/site.h"

struct urne_pages; /* opaque; never changes, any thread may read it */

/* urne_pages_load makes the pages of the files below `folder` for the service with this log key. A
 * folder that is not there is refused with the ways out: URNE_ERR_IO. What urne_tree_read and
 * urne_site_make refuse is refused with the folder in front. */
enum urne_err urne_pages_load(struct urne_pages **out, struct urne_diag *d, const char *folder,
    const struct urne_note_key *service) URNE_MUST_USE;
void urne_pages_free(struct urne_pages *p); /* NULL is fine */

/* What is served at a path, and the same as gzip where that is shorter, else empty. */
struct urne_page_served {
	const struct urne_site_resource *resource; /* NULL: there is nothing */
	struct urne_view packed;
};
struct urne_page_served urne_pages_find(const struct urne_pages *p, struct urne_view path);
/* urne_pages_manifest: of NULL, the manifest of no pages. */
struct urne_view urne_pages_manifest(const struct urne_pages *p);

#endif
