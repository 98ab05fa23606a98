/* SPDX-License-Identifier: EUPL-1.2 */
/* The journal decides until when; the rows, what is there already. */
#include "bulletin/server/place_draft.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "bulletin/log/ceremony_note.h"
#include "bulletin/server/drafting.h"
#include "bulletin/server/place.h"
#include "bulletin/server/place_journal.h"
#include "bulletin/server/waiting.h"

/* The parts of all notes that wait. */
#define ARENA ((size_t)4 << 20)

/* stage_of: where an election stands, of which the journal may know nothing yet. */
static enum urne_journal_stage
stage_of(const struct urne_writer *w, const char *election)
{
	const struct urne_journal_election *e =
	    urne_journal_find(w->journal->journal, urne_view_of(election));

	return e != NULL ? e->stage : URNE_JOURNAL_NONE;
}

/* not_now: the time for drafts is over, or has not come. */
static enum urne_err
not_now(const struct urne_writer *w, struct urne_submission *s)
{
	return urne_fail(&s->diag, URNE_ERR_ORDER,
	    "nothing is put into the drafts of this election now: it is %s",
	    urne_journal_stage_name(stage_of(w, s->drafting->election)));
}

static enum urne_err
put(struct urne_writer *w, struct urne_submission *s, struct urne_draft_name part,
    struct urne_view data)
{
	return urne_place_ours(urne_store_put_draft(&w->store, &s->diag,
	    urne_view_of(s->drafting->election), urne_view_of(part.text), data));
}

/* look tells whether the part is there, and whether it is this very text. */
static enum urne_err
look(struct urne_writer *w, struct urne_submission *s, bool *there, bool *same)
{
	struct urne_view election = urne_view_of(s->drafting->election);
	struct urne_view part = urne_view_of(s->drafting->part.text);
	struct urne_buf text;
	uint64_t len = 0;
	enum urne_err e;

	*same = false;
	urne_buf_init(&text, s->ballot.len);
	e = urne_store_draft_length(&w->store, &len, there, &s->diag, election, part);
	if (e == URNE_OK && *there && len == s->ballot.len) {
		e = urne_store_draft(&w->store, &text, there, &s->diag, election, part);
		*same =
		    e == URNE_OK && urne_view_eq(urne_buf_view(&text), urne_buf_view(&s->ballot));
	}
	urne_buf_clear(&text);
	return urne_place_ours(e);
}

/* --- the definition and the Setup --- */

/* The elections that have drafts, and which of them nobody stands for: no order prepared it, and
 * none about it waits. */
struct room {
	const struct urne_writer *w;
	struct urne_arena arena;
	struct urne_diag *diag;
	char election[URNE_MAX_DRAFTS][URNE_UUID_MAX + 1];
	bool idle[URNE_MAX_DRAFTS];
	size_t num;
};

static enum urne_err
note_drafted(void *ctx, struct urne_view election)
{
	struct room *r = ctx;

	if (r->num < URNE_MAX_DRAFTS && election.len <= URNE_UUID_MAX) {
		memcpy(r->election[r->num], election.p, election.len);
		r->idle[r->num] = stage_of(r->w, r->election[r->num]) == URNE_JOURNAL_NONE;
	}
	r->num++;
	return URNE_OK;
}

static enum urne_err
note_waiting(void *ctx, const struct urne_hash *hash, struct urne_view text)
{
	struct room *r = ctx;
	struct urne_note note;
	struct urne_order order;
	enum urne_err e = urne_note_read(&note, &r->arena, r->diag, text);

	(void)hash;
	e = e == URNE_OK ? urne_order_read(&order, r->diag, note.text) : e;
	for (size_t i = 0; e == URNE_OK && i < r->num && i < URNE_MAX_DRAFTS; i++) {
		r->idle[i] =
		    r->idle[i] && !urne_view_eq(order.election, urne_view_of(r->election[i]));
	}
	return e;
}

/* drop_idle makes room for one: whoever puts drafts and nothing behind them keeps nobody out. */
static enum urne_err
drop_idle(struct room *r, struct urne_writer *w, struct urne_submission *s)
{
	for (size_t i = 0; i < r->num && i < URNE_MAX_DRAFTS; i++) {
		if (r->idle[i]) {
			return urne_place_ours(urne_store_drop_drafts(
			    &w->store, &s->diag, urne_view_of(r->election[i])));
		}
	}
	s->retry_after = URNE_WAITING_RETRY;
	return urne_fail(&s->diag, URNE_ERR_LIMIT,
	    "%zu elections lie here as drafts already; seal one of them first", URNE_MAX_DRAFTS);
}

static enum urne_err
check_room(struct urne_writer *w, struct urne_submission *s)
{
	struct room *r = calloc(1, sizeof(*r));
	enum urne_err e;

	if (r == NULL) {
		return urne_fail(&s->diag, URNE_ERR_MEMORY, "no memory for a draft");
	}
	r->w = w;
	r->diag = &s->diag;
	urne_arena_init(&r->arena, ARENA);
	e = urne_place_ours(urne_store_drafted(
	    &w->store, &s->diag, urne_view_of(s->drafting->election), note_drafted, r));
	if (e == URNE_OK && r->num >= URNE_MAX_DRAFTS) {
		e = urne_place_ours(urne_store_waitings(&w->store, &s->diag, note_waiting, r));
		e = e == URNE_OK ? drop_idle(r, w, s) : e;
	}
	urne_arena_clear(&r->arena);
	free(r);
	return e;
}

/* place_minutes: what is there stays, since members may have it already. */
static enum urne_err
place_minutes(struct urne_writer *w, struct urne_submission *s)
{
	bool there = false;
	enum urne_err e;

	if (stage_of(w, s->drafting->election) != URNE_JOURNAL_CERTIFIED) {
		return not_now(w, s);
	}
	e = look(w, s, &there, &s->repeated);
	if (e != URNE_OK || s->repeated) {
		return e;
	}
	return there ? urne_fail(&s->diag, URNE_ERR_DUPLICATE,
			   "another %s of this election is there already, and that one stays",
			   s->drafting->part.text)
		     : put(w, s, s->drafting->part, urne_buf_view(&s->ballot));
}

enum urne_err
urne_place_draft(struct urne_writer *w, struct urne_submission *s)
{
	bool there = false;
	enum urne_err e;

	if (urne_draft_is_minutes(urne_view_of(s->drafting->part.text))) {
		return place_minutes(w, s);
	}
	if (stage_of(w, s->drafting->election) >= URNE_JOURNAL_SEALED) {
		return not_now(w, s);
	}
	e = look(w, s, &there, &s->repeated);
	if (e != URNE_OK || s->repeated) {
		return e;
	}
	e = check_room(w, s);
	return e == URNE_OK ? put(w, s, s->drafting->part, urne_buf_view(&s->ballot)) : e;
}

/* --- the ceremony --- */

/* see_others: the check went by these files, and no other has come since. */
static enum urne_err
see_others(struct urne_writer *w, struct urne_submission *s, bool *changed)
{
	const struct urne_drafting *drafting = s->drafting;
	uint32_t now = 0;
	enum urne_err e = URNE_OK;

	for (size_t j = 1; e == URNE_OK && j <= drafting->size; j++) {
		struct urne_draft_name part = urne_draft_file(drafting->round, j);
		uint64_t len = 0;
		bool there = false;

		e = urne_place_ours(urne_store_draft_length(&w->store, &len, &there, &s->diag,
		    urne_view_of(drafting->election), urne_view_of(part.text)));
		now |= there ? (uint32_t)1 << (j - 1) : 0;
	}
	*changed = now != drafting->there;
	return e;
}

/* put_all puts the file, the note of its trustee, and what goes out after it. */
static enum urne_err
put_all(struct urne_writer *w, struct urne_submission *s)
{
	const struct urne_drafting *drafting = s->drafting;
	enum urne_err e = put(w, s, drafting->part, urne_buf_view(&s->ballot));

	if (e == URNE_OK) {
		e = put(w, s, urne_draft_note(drafting->round, drafting->trustee),
		    urne_buf_view(&drafting->note));
	}
	for (size_t j = 1; e == URNE_OK && j <= drafting->num_next; j++) {
		e = put(w, s, urne_draft_given(drafting->round + 1, j),
		    urne_buf_view(&drafting->next[j - 1]));
	}
	return e;
}

enum urne_err
urne_place_ceremony(struct urne_writer *w, struct urne_submission *s)
{
	bool there = false, changed = false;
	enum urne_err e;

	if (stage_of(w, s->drafting->election) != URNE_JOURNAL_PREPARED) {
		return not_now(w, s);
	}
	e = look(w, s, &there, &s->repeated);
	if (e != URNE_OK || s->repeated) {
		return e;
	}
	if (there) {
		return urne_fail(&s->diag, URNE_ERR_DUPLICATE,
		    "trustee %" PRIu64 " has sent another file for round %" PRIu64
		    " already, and that one stays",
		    s->drafting->trustee, s->drafting->round);
	}
	e = see_others(w, s, &changed);
	if (e == URNE_OK && changed) {
		s->again = true;
		return urne_fail(&s->diag, URNE_ERR_ORDER, "another trustee came meanwhile");
	}
	return e == URNE_OK ? put_all(w, s) : e;
}

/* --- the rehearsal --- */

enum urne_err
urne_place_rehearsal(struct urne_writer *w, struct urne_submission *s, int64_t now)
{
	const struct urne_journal_record r = {.kind = URNE_JOURNAL_REHEARSED,
	    .election = urne_view_of(s->log->uuid),
	    .trustee = s->trustee,
	    .hash = s->tracker};
	const struct urne_journal_election *e = urne_journal_find(w->journal->journal, r.election);
	bool done = e != NULL && s->trustee <= e->num_trustees && e->rehearsed != NULL &&
		    e->rehearsed[s->trustee - 1];

	s->repeated = done && urne_hash_eq(&e->rehearsals[s->trustee - 1], &s->tracker);
	if (done) {
		return s->repeated ? URNE_OK
				   : urne_fail(&s->diag, URNE_ERR_DUPLICATE,
					 "trustee %" PRIu64
					 " has rehearsed already, nothing needs to be done",
					 s->trustee);
	}
	s->height = w->journal->chain.num_events;
	return urne_place_record(w, &s->diag, &r, urne_buf_view(&s->data[0]), now);
}
