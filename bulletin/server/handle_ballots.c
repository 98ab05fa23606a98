/* SPDX-License-Identifier: EUPL-1.2 */
/* A ballot comes in: what it may weigh is known from its election before it is read. The answer is
 * its receipt, when it is published. */
#include "base/limits.h"
#include "bulletin/server/handlers.h"

static enum urne_problem
admit_ballot(const struct urne_service *s, struct urne_request *r, struct urne_diag *d)
{
	enum urne_problem p = urne_request_log(s, r, d);

	if (p == URNE_PROBLEM_NONE) {
		r->max = urne_board_log_election(r->log)->max_ballot;
	}
	return p;
}

static enum urne_problem
handle_ballot(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	enum urne_problem p;

	(void)out;
	if (r->body.len == 0) {
		(void)urne_fail(d, URNE_ERR_INCOMPLETE, "the body is empty; it must be a ballot");
		return URNE_PROBLEM_INCOMPLETE;
	}
	p = urne_request_begin(r, d, URNE_SUBMIT_BALLOT);
	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	r->submission->type = URNE_EVENT_BALLOT;
	return urne_request_submit(s, r, d);
}

static enum urne_problem
finish_ballot(struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	enum urne_problem p = urne_request_outcome(r, d);

	if (p == URNE_PROBLEM_NONE) {
		out->type = URNE_TYPE_JSON;
		out->cache = URNE_CACHE_NEVER;
		urne_buf_put_view(&out->body, urne_buf_view(&r->submission->receipt));
	}
	return p;
}

const struct urne_handler urne_handle_ballots = {
    .body = URNE_BODY_MEMORY,
    .max_body = URNE_MAX_BALLOT,
    .admit = admit_ballot,
    .handle = handle_ballot,
    .finish = finish_ballot,
};
