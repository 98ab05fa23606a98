/* SPDX-License-Identifier: EUPL-1.2 */
/* The outcome for programs and spreadsheets, computed of what is published with the functions that
 * everybody uses: a page that shows it has nothing to compute, and whoever doubts it computes it
 * again (urne outcome). Nothing is declared here, so a tie that waits for the draw waits.
 * Spec: docs/outcome.md#documents */
#include <string.h>

#include "base/limits.h"
#include "bulletin/server/handlers.h"
#include "bulletin/server/routes.h"
#include "documents/decide.h"
#include "tally/tally.h"

#define MAX_MEMORY ((size_t)1 << 28)

/* An outcome that is being computed. */
struct deciding {
	struct urne_board *board;
	struct urne_board_log *log;
	const struct urne_board_election *election;
	struct urne_diag *diag;
	struct urne_arena arena;
	struct urne_buf tally_text, result_text;
	struct urne_outcome outcome;
	struct urne_outcome_heading heading;
};

static enum urne_err
decide(struct deciding *g)
{
	const struct urne_board_election *e = g->election;
	struct urne_declared declared;
	struct urne_sized_tally sized;
	struct urne_result result;
	struct urne_decide_record record;
	enum urne_err err;

	if ((err = urne_board_payload(g->board, g->log, &g->tally_text, g->diag,
		 URNE_EVENT_ENCRYPTED_TALLY)) != URNE_OK ||
	    (err = urne_board_payload(
		 g->board, g->log, &g->result_text, g->diag, URNE_EVENT_RESULT)) != URNE_OK ||
	    (err = urne_sized_tally_read(&sized, g->diag, urne_buf_view(&g->tally_text))) !=
		URNE_OK ||
	    (err = urne_result_read(&result, &g->arena, g->diag, &e->election,
		 urne_buf_view(&g->result_text))) != URNE_OK ||
	    (err = urne_declared_read(
		 &declared, &g->arena, g->diag, &e->definition, urne_view_of("{}"))) != URNE_OK) {
		return err;
	}
	record = (struct urne_decide_record){.election = &e->election,
	    .definition = &e->definition,
	    .credentials = e->credentials,
	    .counts = result.counts,
	    .voters = sized.num_tallied,
	    .votes = sized.total_weight};
	return urne_decide(&g->outcome, &g->heading, &g->arena, g->diag, &record, &declared);
}

static void
put_json(struct urne_buf *out, const struct deciding *g)
{
	urne_outcome_json(out, &g->heading, &g->outcome);
	urne_buf_putc(out, '\n');
}

static void
put_csv(struct urne_buf *out, const struct deciding *g)
{
	urne_outcome_csv(out, &g->heading, &g->outcome);
}

static const struct format {
	const char *pattern, *type;
	void (*put)(struct urne_buf *out, const struct deciding *g);
} formats[] = {
    {"/bb/{uuid}/outcome.json", URNE_TYPE_JSON, put_json},
    {"/bb/{uuid}/outcome.csv", "text/csv; charset=utf-8", put_csv},
};

/* may_show: there is a result, and rules that it follows from. */
static enum urne_problem
may_show(const struct urne_request *r, struct urne_diag *d)
{
	const struct urne_board_election *e = urne_board_log_election(r->log);
	struct urne_board_state state;

	urne_board_log_state(r->log, &state);
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

static enum urne_problem
handle_outcome(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	struct deciding g = {.board = s->board, .diag = d};
	enum urne_problem p = urne_request_log(s, r, d);

	if (p == URNE_PROBLEM_NONE) {
		p = may_show(r, d);
	}
	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	g.log = r->log;
	g.election = urne_board_log_election(r->log);
	urne_arena_init(&g.arena, MAX_MEMORY);
	urne_buf_init(&g.tally_text, URNE_MAX_SMALL_FILE);
	urne_buf_init(&g.result_text, URNE_MAX_TEXT_FILE);
	/* what is recorded was checked: whatever is wrong with it is our own fault */
	p = decide(&g) == URNE_OK ? URNE_PROBLEM_NONE : URNE_PROBLEM_OURS;
	for (size_t i = 0; p == URNE_PROBLEM_NONE && i < sizeof(formats) / sizeof(formats[0]);
	     i++) {
		if (strcmp(formats[i].pattern, r->route->pattern) == 0) {
			formats[i].put(&out->body, &g);
			out->type = formats[i].type;
		}
	}
	out->cache = URNE_CACHE_NEVER;
	urne_buf_clear(&g.result_text);
	urne_buf_clear(&g.tally_text);
	urne_arena_clear(&g.arena);
	return p;
}

const struct urne_handler urne_handle_outcome = {.handle = handle_outcome};
