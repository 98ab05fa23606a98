/* SPDX-License-Identifier: EUPL-1.2 */
/* The pages that a board serves to browsers, made of the sources in booth/: every template with the
 * hashes of all modules in it, the policy that goes with it, and the manifest that names what is
 * served, byte for byte. Pure: the board makes them at its start, and whoever watches it makes them
 * again. Spec: docs/pages.md */
#ifndef URNE_DOCUMENTS_SITE_H
#define URNE_DOCUMENTS_SITE_H

#include "base/tree.h"
#include "crypto/note.h"

/* One thing that is served. */
struct urne_site_resource {
	struct urne_view path; /* "/pages/style.css"; of a page its address, "/vote/{uuid}" */
	const char *type;      /* Content-Type */
	struct urne_view text;
	struct urne_hash hash; /* SHA-256 of text */
	struct urne_view csp; /* Content-Security-Policy of a page, with a NUL behind; else empty */
};

struct urne_site {
	struct urne_arena arena;	      /* everything lives in it */
	struct urne_site_resource *resources; /* sorted by path, each path once */
	size_t num;
	struct urne_view manifest; /* its text; docs/pages.md#manifest */
	struct urne_hash manifest_hash;
};

/* urne_site_make makes the pages of a service (its log key, "HOST/bb") of the files of booth/,
 * whose paths begin below it. The texts are copied. What is refused, with the file and the way out:
 * a path with other characters than letters, digits and
 * ". _ - /" or that stands twice (URNE_ERR_SYNTAX, URNE_ERR_DUPLICATE), an ending that has no type
 * (URNE_ERR_UNSUPPORTED), a template that is missing or that no address shows
 * (URNE_ERR_INCOMPLETE, URNE_ERR_UNKNOWN), a template without its two places or with a script that
 * is no module of ours (URNE_ERR_SYNTAX), too much of anything (URNE_ERR_LIMIT). */
enum urne_err urne_site_make(struct urne_site *out, struct urne_diag *d,
    const struct urne_tree_file *sources, size_t num,
    const struct urne_note_key *service) URNE_MUST_USE;
/* urne_site_clear is always legal on what urne_site_make or {0} left. */
void urne_site_clear(struct urne_site *s);
/* urne_site_find: the resource at a path, NULL when there is none. */
const struct urne_site_resource *urne_site_find(const struct urne_site *s, struct urne_view path);

/* A header that every one of them has, or every page. */
struct urne_site_header {
	const char *name, *value;
	bool pages_only;
};
/* urne_site_header returns the i-th, or NULL after the last. Content-Type and
 * Content-Security-Policy come from the resource. */
const struct urne_site_header *urne_site_header(size_t i);

#endif
