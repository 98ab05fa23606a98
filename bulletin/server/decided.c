/* SPDX-License-Identifier: EUPL-1.2 */
/* From tally, result and definition to the outcome. What is recorded was checked when it came, so
 * whatever is wrong with it now is our own fault. */
#include "bulletin/server/decided.h"

#include "base/limits.h"
#include "documents/decide.h"
#include "tally/tally.h"

#define MAX_MEMORY ((size_t)1 << 28)

/* may_show: there is a result, and rules that it follows from. */
static enum urne_problem
may_show(struct urne_board_log *log, struct urne_diag *d)
{
	const struct urne_board_election *e = urne_board_log_election(log);
	struct urne_board_state state;

	urne_board_log_state(log, &state);
	if (state.stage != URNE_STAGE_DONE) {
		(void)urne_fail(d, URNE_ERR_ORDER,
		    "there is no result yet: the election is %s; the officials release it",
		    urne_stage_name(state.stage));
		return URNE_PROBLEM_NOT_FOUND;
	}
	if (!atomic_load_explicit(&e->has_definition, memory_order_acquire)) {
		(void)urne_fail(d, URNE_ERR_UNKNOWN,
		    "this election seals no vote definition, so no decisions follow from its "
		    "result; that stands in the log");
		return URNE_PROBLEM_NOT_FOUND;
	}
	return URNE_PROBLEM_NONE;
}

static enum urne_err
decide(struct urne_board_decided *g, struct urne_diag *d, struct urne_board *b,
    struct urne_board_log *log, struct urne_view declared)
{
	const struct urne_board_election *e = urne_board_log_election(log);
	struct urne_sized_tally sized;
	struct urne_result result;
	struct urne_decide_record record;
	enum urne_err err;

	if ((err = urne_board_payload(b, log, &g->tally_text, d, URNE_EVENT_ENCRYPTED_TALLY)) !=
		URNE_OK ||
	    (err = urne_board_payload(b, log, &g->result_text, d, URNE_EVENT_RESULT)) != URNE_OK ||
	    (err = urne_sized_tally_read(&sized, d, urne_buf_view(&g->tally_text))) != URNE_OK ||
	    (err = urne_result_read(
		 &result, &g->arena, d, &e->election, urne_buf_view(&g->result_text))) != URNE_OK ||
	    (err = urne_declared_read(&g->declared, &g->arena, d, &e->definition, declared)) !=
		URNE_OK) {
		return err;
	}
	record = (struct urne_decide_record){.election = &e->election,
	    .definition = &e->definition,
	    .credentials = e->credentials,
	    .counts = result.counts,
	    .voters = sized.num_tallied,
	    .votes = sized.total_weight};
	return urne_decide(&g->outcome, &g->heading, &g->arena, d, &record, &g->declared);
}

enum urne_problem
urne_board_decide(struct urne_board_decided *out, struct urne_diag *d, struct urne_board *b,
    const struct urne_request *r, struct urne_view declared)
{
	enum urne_problem p = may_show(r->log, d);

	urne_arena_init(&out->arena, MAX_MEMORY);
	urne_buf_init(&out->tally_text, URNE_MAX_SMALL_FILE);
	urne_buf_init(&out->result_text, URNE_MAX_TEXT_FILE);
	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	return decide(out, d, b, r->log, declared) == URNE_OK ? URNE_PROBLEM_NONE
							      : URNE_PROBLEM_OURS;
}

void
urne_board_decided_clear(struct urne_board_decided *g)
{
	urne_buf_clear(&g->result_text);
	urne_buf_clear(&g->tally_text);
	urne_arena_clear(&g->arena);
}
