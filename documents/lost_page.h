/* SPDX-License-Identifier: EUPL-1.2 */
/* The page for whoever opens an address in a browser where there is none, or not now: what it is,
 * and what to do, in French and then in English. Spec: docs/pages.md#other-addresses */
#ifndef URNE_DOCUMENTS_LOST_PAGE_H
#define URNE_DOCUMENTS_LOST_PAGE_H

#include "base/buf.h"

enum urne_lost {
	URNE_LOST_ADDRESS, /* nothing is there */
	URNE_LOST_BUSY,	   /* later there will be */
	URNE_LOST_OURS,	   /* the board failed */
};

/* urne_lost_page appends a document like those of urne_page_render_html, for the policy of
 * urne_page_policy. `home` is the address of the first page, seen from this one; `technical` is for
 * whoever is asked for help. */
void urne_lost_page(
    struct urne_buf *out, enum urne_lost why, struct urne_view home, struct urne_view technical);

#endif
