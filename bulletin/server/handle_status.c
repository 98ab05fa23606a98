/* SPDX-License-Identifier: EUPL-1.2 */
/* Where an election stands, for people and programs that want to know what comes next. Nothing in
 * it is signed; the checkpoint is. */
#include <inttypes.h>

#include "bulletin/server/handlers.h"

/* What the journal says of it. */
struct standing {
	struct urne_view uuid;
	enum urne_journal_stage stage;
	bool has_hours;
	int64_t opens, closes;
};

static enum urne_err
read_standing(void *ctx, const struct urne_journal *j)
{
	struct standing *s = ctx;
	const struct urne_journal_election *e = urne_journal_find(j, s->uuid);

	if (e != NULL) {
		s->stage = e->stage;
		s->has_hours = e->has_hours;
		s->opens = e->opens;
		s->closes = e->closes;
	}
	return URNE_OK;
}

static enum urne_problem
handle_status(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	const struct urne_board_election *e;
	struct urne_board_state state;
	struct standing standing = {.uuid = r->uuid};
	struct urne_hash hash;
	enum urne_problem p = urne_request_log(s, r, d);

	if (p == URNE_PROBLEM_NONE) {
		p = urne_problem_of(urne_board_journal_use(s->board, read_standing, &standing));
	}
	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	e = urne_board_log_election(r->log);
	urne_board_log_state(r->log, &state);
	out->type = URNE_TYPE_JSON;
	out->cache = URNE_CACHE_NEVER;
	urne_buf_puts(&out->body, "{\"election\":");
	urne_buf_put_json_string(&out->body, r->uuid);
	urne_buf_printf(&out->body,
	    ",\"stage\":\"%s\",\"size\":%" PRIu64 ",\"ballots\":%" PRIu64 ",\"archive\":%" PRIu64
	    ",\"definition\":\"%s\",\"journal\":\"%s\"",
	    urne_stage_name(state.stage), state.size, state.num_ballots, state.archive_len,
	    !urne_board_election_seals(e, &hash)			     ? "none"
	    : atomic_load_explicit(&e->has_definition, memory_order_acquire) ? "there"
									     : "missing",
	    urne_journal_stage_name(standing.stage));
	urne_buf_printf(&out->body, ",\"hints\":%s",
	    urne_board_wants_hints(s->board, r->log) ? "true" : "false");
	if (standing.has_hours) {
		urne_buf_puts(&out->body, ",\"opens\":\"");
		urne_utc_write(&out->body, standing.opens);
		urne_buf_puts(&out->body, "\",\"closes\":\"");
		urne_utc_write(&out->body, standing.closes);
		urne_buf_putc(&out->body, '"');
	}
	urne_buf_puts(&out->body, "}\n");
	return URNE_PROBLEM_NONE;
}

const struct urne_handler urne_handle_status = {.handle = handle_status};
