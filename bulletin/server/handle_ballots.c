/* SPDX-License-Identifier: EUPL-1.2 */
/* A ballot comes in, alone or with hints behind it: what it may weigh is known from its election
 * before it is read. The answer is its receipt, when it is published. */
#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "bulletin/server/handlers.h"

/* is_hinted: the ballot's text, a newline, hints. Any other type is a ballot alone. */
static bool
is_hinted(const struct urne_request *r)
{
	static const char hinted[] = URNE_TYPE_HINTED_BALLOT;
	const size_t len = sizeof(hinted) - 1;
	struct urne_view type = r->carrier->header(r, "Content-Type");

	return type.len >= len && strncasecmp(type.p, hinted, len) == 0 &&
	       (type.len == len || type.p[len] == ';' || type.p[len] == ' ');
}

static enum urne_problem
admit_ballot(const struct urne_service *s, struct urne_request *r, struct urne_diag *d)
{
	enum urne_problem p = urne_request_log(s, r, d);

	if (p == URNE_PROBLEM_NONE) {
		const struct urne_board_election *e = urne_board_log_election(r->log);

		r->max = e->max_ballot;
		r->max += is_hinted(r) ? 1 + e->num_points * URNE_HINT_LEN : 0;
	}
	return p;
}

/* part_hints takes what stands behind the first newline, of which a ballot has none, off the text.
 * Hints that cannot be those of such a ballot are none. URNE_ERR_MEMORY. */
static enum urne_err
part_hints(struct urne_submission *s, const struct urne_board_election *e)
{
	const char *end = s->ballot.len > 0 ? memchr(s->ballot.data, '\n', s->ballot.len) : NULL;
	struct urne_view hints;

	if (end == NULL) {
		return URNE_OK;
	}
	hints.p = end + 1;
	hints.len = s->ballot.len - (size_t)(hints.p - s->ballot.data);
	if (hints.len == e->num_points * URNE_HINT_LEN) {
		urne_buf_put_view(&s->hints, hints);
	}
	s->ballot.len = (size_t)(end - s->ballot.data);
	return urne_buf_error(&s->hints);
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
	if (is_hinted(r) && part_hints(r->submission, urne_board_log_election(r->log)) != URNE_OK) {
		(void)urne_fail(d, URNE_ERR_MEMORY, "no memory for hints");
		return URNE_PROBLEM_OURS;
	}
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
    .max_body = URNE_MAX_HINTED_BALLOT,
    .admit = admit_ballot,
    .handle = handle_ballot,
    .finish = finish_ballot,
};
