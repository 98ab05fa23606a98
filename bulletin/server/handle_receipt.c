/* SPDX-License-Identifier: EUPL-1.2 */
/* The receipt of a ballot, for whoever knows its hash: the voter whose answer was lost, or who
 * wants one against a newer checkpoint. */
#include "bulletin/server/handlers.h"

static enum urne_problem
handle_receipt(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	struct urne_hash tracker;
	enum urne_problem p = urne_request_log(s, r, d);
	enum urne_err e;

	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	e = urne_hex_decode(tracker.b, sizeof(tracker.b), r->rest);
	if (e == URNE_OK) {
		e = urne_board_receipt(s->board, r->log, &out->body, d, &tracker);
	}
	out->type = URNE_TYPE_JSON;
	out->cache = URNE_CACHE_NEVER;
	return e == URNE_ERR_UNKNOWN ? URNE_PROBLEM_NOT_FOUND : urne_problem_of(e);
}

const struct urne_handler urne_handle_receipt = {.handle = handle_receipt};
