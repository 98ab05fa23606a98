/* SPDX-License-Identifier: EUPL-1.2 */
/* A trustee's partial decryption. It needs nobody's order: the proofs in it are what authorises it.
 * All other events come by an order, or the board adds them. */
#include <inttypes.h>

#include "base/limits.h"
#include "bulletin/server/event_body.h"
#include "bulletin/server/handlers.h"

/* It is read once there is a tally, and no further than one of this election can go. When the
 * result is there, one that was sent before still gets its answer. */
static enum urne_problem
admit_share(const struct urne_service *s, struct urne_request *r, struct urne_diag *d)
{
	struct urne_board_state state;
	enum urne_problem p = urne_request_log(s, r, d);

	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	urne_board_log_state(r->log, &state);
	if (state.stage < URNE_STAGE_DECRYPTING) {
		(void)urne_fail(d, URNE_ERR_ORDER,
		    "there is no encrypted tally to decrypt yet: the election is %s",
		    urne_stage_name(state.stage));
		return URNE_PROBLEM_STAGE;
	}
	r->max = urne_board_log_election(r->log)->max_share;
	return URNE_PROBLEM_NONE;
}

static enum urne_problem
handle_share(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	uint64_t timestamp = urne_board_log_timestamp(r->log);
	enum urne_problem p = urne_request_begin(r, d, URNE_SUBMIT_EVENT);
	enum urne_err e;

	(void)out;
	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	r->submission->type = URNE_EVENT_PARTIAL_DECRYPTION;
	e = urne_event_body_read(r->submission, d, r->body.fd, &timestamp);
	if (e == URNE_OK && r->submission->num_data == 0) {
		e = urne_fail(d, URNE_ERR_INCOMPLETE, "the body has no data records");
	}
	return e != URNE_OK ? urne_problem_of(e) : urne_request_submit(s, r, d);
}

static enum urne_problem
finish_share(struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	enum urne_problem p = urne_request_outcome(r, d);

	if (p == URNE_PROBLEM_NONE) {
		out->type = URNE_TYPE_JSON;
		out->cache = URNE_CACHE_NEVER;
		urne_buf_puts(&out->body, "{\"election\":");
		urne_buf_put_json_string(&out->body, r->uuid);
		urne_buf_printf(&out->body, ",\"event\":\"%s\",\"height\":%" PRIu64 "}\n",
		    urne_event_type_name(r->submission->type), r->submission->height);
	}
	return p;
}

const struct urne_handler urne_handle_events = {
    .body = URNE_BODY_FILE,
    .max_body = URNE_HTTP_EVENT,
    .admit = admit_share,
    .handle = handle_share,
    .finish = finish_share,
};
