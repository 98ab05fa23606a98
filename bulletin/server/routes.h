/* SPDX-License-Identifier: EUPL-1.2 */
/* The table of everything that can be asked of the board. A pattern is a path in which {uuid}
 * stands for an election or "journal", and at the end {hash} for 64 hex digits, {tile} for the rest
 * of a tile's path, {path} for any rest. Spec: docs/log.md#api */
#ifndef URNE_BULLETIN_SERVER_ROUTES_H
#define URNE_BULLETIN_SERVER_ROUTES_H

#include "bulletin/server/request.h"

struct urne_route {
	const char *method; /* GET (HEAD is the same without body), POST, PUT */
	const char *pattern;
	const struct urne_handler *handler;
	const char *summary;
};

/* urne_route returns the i-th route, or NULL after the last. */
const struct urne_route *urne_route(size_t i);

/* urne_route_find looks for what a request means and sets route, path, uuid and rest, which borrow
 * from `target`: a path, or that behind http://HOST. A HEAD request finds what GET does. Anything
 * but letters, digits and ". _ - /" in it: URNE_PROBLEM_REQUEST; no such path: _NOT_FOUND; not with
 * this method: _METHOD. */
enum urne_problem urne_route_find(struct urne_request *out, struct urne_diag *d,
    struct urne_view method, struct urne_view target);
/* urne_route_page finds the page whose address a target is but for a query or a slash at its end,
 * and appends that address, seen from the target ("../UUID"). Otherwise false, and nothing. */
bool urne_route_page(struct urne_buf *out, struct urne_view target);
/* urne_route_allow appends "GET, HEAD, OPTIONS": what can be done with this path. */
void urne_route_allow(struct urne_buf *out, struct urne_view target);

#endif
