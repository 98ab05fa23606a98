/* SPDX-License-Identifier: EUPL-1.2 */
/* The vote definition comes in. Nobody has to be asked: there is one text that the election seals
 * by its hash, and no other is taken. */
#include "base/limits.h"
#include "bulletin/server/handlers.h"

static enum urne_problem
admit_definition(const struct urne_service *s, struct urne_request *r, struct urne_diag *d)
{
	struct urne_hash hash;
	enum urne_problem p = urne_request_log(s, r, d);

	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	if (!urne_board_election_seals(urne_board_log_election(r->log), &hash)) {
		(void)urne_fail(d, URNE_ERR_ORDER, "this election seals no vote definition");
		return URNE_PROBLEM_STAGE;
	}
	return URNE_PROBLEM_NONE;
}

static enum urne_problem
handle_definition(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	enum urne_problem p = urne_request_begin(r, d, URNE_SUBMIT_DEFINITION);

	(void)out;
	return p == URNE_PROBLEM_NONE ? urne_request_submit(s, r, d) : p;
}

static enum urne_problem
finish_definition(struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	enum urne_problem p = urne_request_outcome(r, d);

	if (p == URNE_PROBLEM_NONE) {
		out->type = URNE_TYPE_JSON;
		out->cache = URNE_CACHE_NEVER;
		urne_buf_puts(&out->body, "{\"election\":");
		urne_buf_put_json_string(&out->body, r->uuid);
		urne_buf_printf(
		    &out->body, ",\"repeated\":%s}\n", r->submission->repeated ? "true" : "false");
	}
	return p;
}

const struct urne_handler urne_handle_definition = {
    .body = URNE_BODY_MEMORY,
    .max_body = URNE_MAX_TEXT_FILE,
    .admit = admit_definition,
    .handle = handle_definition,
    .finish = finish_definition,
};
