/* SPDX-License-Identifier: EUPL-1.2 */
/* One function for each kind of submission. */
#include "bulletin/server/place.h"

#include <inttypes.h>
#include <string.h>

#include "base/limits.h"
#include "bulletin/server/place_draft.h"
#include "bulletin/server/place_journal.h"

enum urne_err
urne_place_ours(enum urne_err e)
{
	return e == URNE_OK || urne_err_is_ours(e) ? e : URNE_ERR_INTERNAL;
}

/* put adds the event; a refusal of the life cycle stays one. */
static enum urne_err
put(struct urne_writer *w, struct urne_submission *s, const struct urne_view *data, size_t num)
{
	s->height = s->log->chain.num_events;
	return urne_ledger_put(s->log, &w->store, &s->diag,
	    s->kind == URNE_SUBMIT_BALLOT ? URNE_EVENT_BALLOT : s->type, data, num);
}

/* --- ballots --- */

static enum urne_err
put_ballot(struct urne_writer *w, struct urne_submission *s)
{
	struct urne_view text = urne_buf_view(&s->ballot);
	struct urne_ballot_row row;
	enum urne_err e = urne_place_ours(urne_store_last(
	    &w->store, &s->replaces, &s->has_replaced, &s->diag, s->log->id, s->member));

	if (e == URNE_OK) {
		e = put(w, s, &text, 1);
	}
	if (e == URNE_OK) {
		row = (struct urne_ballot_row){s->height, s->has_replaced, s->replaces};
		e = urne_place_ours(urne_store_add_ballot(
		    &w->store, &s->diag, s->log->id, &s->tracker, s->member, &row));
	}
	return e;
}

static enum urne_err
place_ballot(struct urne_writer *w, struct urne_submission *s, int64_t now)
{
	struct urne_ballot_row row;
	enum urne_err e = urne_place_ours(
	    urne_store_ballot(&w->store, &row, &s->repeated, &s->diag, s->log->id, &s->tracker));

	if (e == URNE_OK && s->repeated) {
		s->height = row.index;
		s->has_replaced = row.has_replaced;
		s->replaces = row.replaces;
		return URNE_OK;
	}
	/* an election that is over says so itself */
	if (e == URNE_OK && s->log->chain.stage == URNE_STAGE_OPEN) {
		e = urne_journal_may_take(
		    w->journal->journal, &s->diag, urne_view_of(s->log->uuid), now);
	}
	if (e == URNE_OK &&
	    !urne_rate_take(&w->rate, &s->retry_after, s->log->id, s->member, now)) {
		e = urne_fail(&s->diag, URNE_ERR_ORDER,
		    "this credential has voted %d times in this minute, try again later",
		    URNE_MAX_BALLOTS_PER_MINUTE);
	}
	return e == URNE_OK ? put_ballot(w, s) : e;
}

/* --- other events --- */

struct looking {
	const struct urne_submission *s;
	bool found;
	uint64_t height;
	struct urne_diag *diag;
};

static enum urne_err
look(void *ctx, const struct urne_entry_row *row)
{
	struct looking *l = ctx;
	struct urne_event ev;
	enum urne_err e = urne_event_read(&ev, l->diag, row->event);

	if (e == URNE_OK && (!ev.has_payload || urne_hash_eq(&ev.payload, &l->s->tracker))) {
		l->found = true;
		l->height = row->index;
	}
	return e;
}

enum urne_err
urne_place_repeated(struct urne_store *store, struct urne_submission *s)
{
	struct looking l = {.s = s, .diag = &s->diag};
	enum urne_err e =
	    urne_place_ours(urne_store_others(store, &s->diag, s->log->id, s->type, look, &l));

	s->repeated = l.found;
	s->height = l.height;
	return e;
}

static enum urne_err
put_event(struct urne_writer *w, struct urne_submission *s)
{
	struct urne_view data[URNE_MAX_EVENT_DATA];

	for (size_t i = 0; i < s->num_data; i++) {
		data[i] = urne_buf_view(&s->data[i]);
	}
	return put(w, s, data, s->num_data);
}

static enum urne_err
place_event(struct urne_writer *w, struct urne_submission *s, int64_t now)
{
	enum urne_err e = urne_place_repeated(&w->store, s);

	if (e != URNE_OK || s->repeated) {
		return e;
	}
	if (s->type == URNE_EVENT_END_BALLOTS) {
		e = urne_place_may_close(w, &s->diag, s->log, now);
	} else if (s->checked_at != s->log->chain.num_events) {
		s->again = true;
		return urne_fail(&s->diag, URNE_ERR_ORDER, "the log has moved on meanwhile");
	}
	return e == URNE_OK ? put_event(w, s) : e;
}

enum urne_err
urne_place_submission(struct urne_writer *w, struct urne_submission *s, int64_t now)
{
	switch (s->kind) {
	case URNE_SUBMIT_BALLOT:
		return place_ballot(w, s, now);
	case URNE_SUBMIT_EVENT:
		return place_event(w, s, now);
	case URNE_SUBMIT_ORDER:
		return urne_place_order(w, s, now);
	case URNE_SUBMIT_DRAFT:
		return urne_place_draft(w, s);
	case URNE_SUBMIT_CEREMONY:
		return urne_place_ceremony(w, s);
	case URNE_SUBMIT_REHEARSAL:
		return urne_place_rehearsal(w, s, now);
	case URNE_SUBMIT_RECORD:
		return urne_place_record_of(w, s, now);
	}
	return urne_fail(&s->diag, URNE_ERR_INTERNAL, "a submission of no kind");
}
