/* SPDX-License-Identifier: EUPL-1.2 */
/* A trustee's rehearsal. Like a partial decryption it needs nobody's order: its proofs are what
 * authorises it. Spec: docs/journal.md#rehearsal */
#include <inttypes.h>

#include "base/limits.h"
#include "bulletin/server/event_body.h"
#include "bulletin/server/handlers.h"

struct asking {
	struct urne_view uuid;
	struct urne_diag *diag;
};

static enum urne_err
is_sealed(void *ctx, const struct urne_journal *j)
{
	const struct asking *a = ctx;
	const struct urne_journal_election *e = urne_journal_find(j, a->uuid);
	enum urne_journal_stage stage = e != NULL ? e->stage : URNE_JOURNAL_NONE;

	return stage == URNE_JOURNAL_SEALED ? URNE_OK
					    : urne_fail(a->diag, URNE_ERR_ORDER,
						  "trustees rehearse once the election is sealed "
						  "and before it is called; it "
						  "is %s",
						  urne_journal_stage_name(stage));
}

static enum urne_problem
admit_rehearsal(const struct urne_service *s, struct urne_request *r, struct urne_diag *d)
{
	struct asking a = {r->uuid, d};
	enum urne_problem p = urne_problem_of(urne_board_journal_use(s->board, is_sealed, &a));

	if (p == URNE_PROBLEM_NONE) {
		p = urne_request_log(s, r, d);
	}
	if (p == URNE_PROBLEM_NONE) {
		r->max = urne_board_log_election(r->log)->max_share;
	}
	return p;
}

static enum urne_problem
handle_rehearsal(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	uint64_t timestamp = urne_board_log_timestamp(r->log);
	enum urne_problem p = urne_request_begin(r, d, URNE_SUBMIT_REHEARSAL);
	enum urne_err e;

	(void)out;
	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	e = urne_event_body_read(r->submission, d, r->body.fd, &timestamp);
	return e != URNE_OK ? urne_problem_of(e) : urne_request_submit(s, r, d);
}

static enum urne_problem
finish_rehearsal(struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	const struct urne_submission *s = r->submission;
	enum urne_problem p = urne_request_outcome(r, d);

	if (p == URNE_PROBLEM_NONE) {
		out->type = URNE_TYPE_JSON;
		out->cache = URNE_CACHE_NEVER;
		urne_buf_puts(&out->body, "{\"election\":");
		urne_buf_put_json_string(&out->body, r->uuid);
		urne_buf_printf(&out->body, ",\"trustee\":%" PRIu64 ",\"repeated\":%s}\n",
		    s->trustee, s->repeated ? "true" : "false");
	}
	return p;
}

const struct urne_handler urne_handle_rehearsals = {
    .body = URNE_BODY_FILE,
    .max_body = URNE_HTTP_EVENT,
    .admit = admit_rehearsal,
    .handle = handle_rehearsal,
    .finish = finish_rehearsal,
};
