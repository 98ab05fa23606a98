/* SPDX-License-Identifier: EUPL-1.2 */
/* What the files of the site share: where a template is shown, and how it becomes a page. */
#ifndef URNE_DOCUMENTS_SITE_PARTS_H
#define URNE_DOCUMENTS_SITE_PARTS_H

#include "documents/site.h"

#define URNE_SITE_SCRIPT "text/javascript; charset=utf-8"
/* Below which the files that are no templates are served. */
#define URNE_SITE_FOLDER "/pages/"

/* A template of booth/pages/ and the address that shows it. */
struct urne_site_template {
	const char *file, *address;
};
/* urne_site_template returns the i-th, or NULL after the last. */
const struct urne_site_template *urne_site_template(size_t i);

/* urne_site_page makes a page of the text of its template: the import map and the style sheet in
 * their places, the hash of its module; *csp is its policy. Every file is among the resources
 * already. The results live in s->arena. */
enum urne_err urne_site_page(struct urne_site *s, struct urne_view *text, struct urne_view *csp,
    struct urne_diag *d, const struct urne_site_template *t, struct urne_view source) URNE_MUST_USE;

#endif
