/* SPDX-License-Identifier: EUPL-1.2 */
/* A trustee's file of the ceremony. What the trustee signed for it comes in the header, and is
 * judged before a byte of the body is read. Spec: docs/journal.md#ceremony */
#include <inttypes.h>

#include "base/limits.h"
#include "bulletin/log/ceremony_note.h"
#include "bulletin/log/checkpoint.h"
#include "bulletin/server/drafting.h"
#include "bulletin/server/handlers.h"
#include "crypto/sha256.h"

#define ARENA ((size_t)1 << 20)

struct judging {
	struct urne_request *r;
	struct urne_arena arena;
	struct urne_view note;
	struct urne_buf origin;
	struct urne_ceremony_note want;
	struct urne_diag *diag;
	enum urne_problem problem;
};

/* check_signed: by the key that the order names for this trustee. */
static enum urne_err
check_signed(
    struct judging *j, const struct urne_journal *journal, const struct urne_journal_election *e)
{
	urne_origin_write(
	    &j->origin, urne_journal_genesis(journal)->service, urne_view_of(URNE_JOURNAL_NAME));
	if (urne_buf_error(&j->origin) != URNE_OK) {
		return urne_fail(j->diag, urne_buf_error(&j->origin), "no memory for a note");
	}
	j->want.origin = urne_buf_view(&j->origin);
	return urne_ceremony_note_check(&j->r->payload, &j->arena, j->diag, j->note, &j->want,
	    &e->trustees[j->want.trustee - 1]);
}

static enum urne_err
judge(void *ctx, const struct urne_journal *journal)
{
	struct judging *j = ctx;
	const struct urne_journal_election *e = urne_journal_find(journal, j->r->uuid);
	enum urne_journal_stage stage = e != NULL ? e->stage : URNE_JOURNAL_NONE;

	if (stage != URNE_JOURNAL_PREPARED) {
		j->problem = URNE_PROBLEM_STAGE;
		return urne_fail(j->diag, URNE_ERR_ORDER,
		    stage == URNE_JOURNAL_NONE
			? "no order to prepare this election was executed yet: there is no "
			  "ceremony"
			: "this election is %s: its ceremony is over",
		    urne_journal_stage_name(stage));
	}
	if (j->want.trustee > e->num_prepared) {
		j->problem = URNE_PROBLEM_NOT_FOUND;
		return urne_fail(
		    j->diag, URNE_ERR_UNKNOWN, "there are %zu trustees", e->num_prepared);
	}
	j->problem = URNE_PROBLEM_NOT_AUTHORISED;
	j->r->ceremony.group = urne_group_find(e->group);
	j->r->ceremony.size = e->num_prepared;
	j->r->ceremony.threshold = (size_t)e->threshold;
	return check_signed(j, journal, e);
}

static enum urne_problem
admit_file(const struct urne_service *s, struct urne_request *r, struct urne_diag *d)
{
	struct judging j = {.r = r, .diag = d, .problem = URNE_PROBLEM_NOT_AUTHORISED};
	enum urne_err e;

	j.want.election = r->uuid;
	if (!urne_draft_read_file(&j.want.round, &j.want.trustee, r->rest)) {
		return URNE_PROBLEM_NOT_FOUND; /* the route table lets no other name through */
	}
	urne_arena_init(&j.arena, ARENA);
	urne_buf_init(&j.origin, URNE_NOTE_MAX_NAME);
	e = urne_request_note(r, &j.note, &j.arena, d, URNE_HEADER_TRUSTEE);
	if (e == URNE_OK) {
		e = urne_board_journal_use(s->board, judge, &j);
	}
	urne_buf_clear(&j.origin);
	urne_arena_clear(&j.arena);
	return e == URNE_OK	     ? URNE_PROBLEM_NONE
	       : urne_err_is_ours(e) ? URNE_PROBLEM_OURS
				     : j.problem;
}

/* keep_note: it was judged before the body was read, and lies beside the file from now on, so that
 * nobody needs our word for whose the file is. */
static enum urne_err
keep_note(struct urne_drafting *w, struct urne_diag *d, const struct urne_request *r)
{
	struct urne_arena arena;
	struct urne_view note;
	enum urne_err e;

	urne_arena_init(&arena, ARENA);
	e = urne_request_note(r, &note, &arena, d, URNE_HEADER_TRUSTEE);
	urne_buf_put_view(&w->note, note);
	urne_arena_clear(&arena);
	return e == URNE_OK && urne_buf_error(&w->note) != URNE_OK
		   ? urne_fail(d, urne_buf_error(&w->note), "no memory for a note")
		   : e;
}

static enum urne_err
make_submission(struct urne_request *r, struct urne_diag *d)
{
	struct urne_submission *s = r->submission;
	struct urne_drafting *w;
	struct urne_hash hash;
	uint64_t round = 0, trustee = 0;

	urne_sha256_of(&hash, urne_buf_view(&s->ballot));
	if (!urne_hash_eq(&hash, &r->payload)) {
		return urne_fail(
		    d, URNE_ERR_MISMATCH, "the body is not the file that the trustee signed");
	}
	if (!urne_draft_read_file(&round, &trustee, r->rest)) {
		return urne_fail(d, URNE_ERR_INTERNAL, "a file of no round");
	}
	w = urne_drafting_new(r->uuid, urne_draft_file(round, trustee));
	s->drafting = w;
	if (w == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for a draft");
	}
	w->group = r->ceremony.group;
	w->size = r->ceremony.size;
	w->threshold = r->ceremony.threshold;
	w->round = round;
	w->trustee = trustee;
	return keep_note(w, d, r);
}

static enum urne_problem
handle_file(
    struct urne_service *s, struct urne_request *r, struct urne_response *out, struct urne_diag *d)
{
	enum urne_problem p = urne_request_begin(r, d, URNE_SUBMIT_CEREMONY);
	enum urne_err e;

	(void)out;
	if (p != URNE_PROBLEM_NONE) {
		return p;
	}
	e = make_submission(r, d);
	return e != URNE_OK ? urne_problem_of(e) : urne_request_submit(s, r, d);
}

const struct urne_handler urne_handle_ceremony = {
    .body = URNE_BODY_MEMORY,
    .max_body = URNE_HTTP_CEREMONY,
    .admit = admit_file,
    .handle = handle_file,
    .finish = urne_finish_draft,
};
