/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages that cost much to make and never change afterwards, kept in memory for those who read them
 * next, as the board's own pages are. Spec: docs/minutes.md#on-the-board */
#ifndef URNE_BULLETIN_SERVER_KEPT_PAGES_H
#define URNE_BULLETIN_SERVER_KEPT_PAGES_H

#include "bulletin/server/request.h"

struct urne_kept_pages; /* opaque; any thread may use it */

/* urne_kept_pages_new: NULL when there is no memory. */
struct urne_kept_pages *urne_kept_pages_new(void);
void urne_kept_pages_free(struct urne_kept_pages *k); /* NULL is fine */

/* How a page is made: it fills the empty `out`. */
struct urne_page_maker {
	enum urne_problem (*make)(void *ctx, struct urne_buf *out, struct urne_diag *d);
	void *ctx;
};

/* urne_kept_pages_answer answers a request with the page of its path, which is made when it is not
 * kept. One page is made at a time; whoever wants one meanwhile waits. That there is none is kept
 * too (URNE_PROBLEM_NOT_FOUND); other problems pass. Of many pages the one that was made first
 * makes room, and a page of more than URNE_KEPT_PAGE bytes is not kept. */
enum urne_problem urne_kept_pages_answer(struct urne_kept_pages *k, const struct urne_request *r,
    struct urne_response *out, struct urne_diag *d, const struct urne_page_maker *maker);

#endif
