/* SPDX-License-Identifier: EUPL-1.2 */
/* The manifest: what a board serves to browsers, as the journal records it. One description reads
 * and writes it. Spec: docs/pages.md#manifest */
#ifndef URNE_DOCUMENTS_SITE_MANIFEST_H
#define URNE_DOCUMENTS_SITE_MANIFEST_H

#include "base/arena.h"
#include "base/buf.h"

struct urne_site_entry {
	struct urne_view path, type, csp; /* csp: empty but for pages */
	struct urne_hash hash;
};

struct urne_site_manifest {
	struct urne_site_entry *entries;
	size_t num;
};

/* urne_site_manifest_write appends it; a board without pages has one without entries. */
void urne_site_manifest_write(struct urne_buf *out, const struct urne_site_manifest *m);
/* urne_site_manifest_read takes canonical text only; what it gives lives in `arena` or borrows from
 * `text`. Paths begin with a slash and rise from one to the next; no value has a line's end in it.
 * URNE_ERR_SYNTAX and what base/codec.h refuses. */
enum urne_err urne_site_manifest_read(struct urne_site_manifest *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text) URNE_MUST_USE;

#endif
