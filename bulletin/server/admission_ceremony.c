/* SPDX-License-Identifier: EUPL-1.2 */
/* The board plays the official of the ceremony, who holds no secret: it checks what comes, and
 * hands on. A file is checked against those that are there already, so that it is never their
 * fault. */
#include "bulletin/server/admission_ceremony.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/limits.h"
#include "bulletin/log/ceremony_note.h"
#include "bulletin/server/drafting.h"
#include "election/ceremony.h"
#include "election/threshold.h"

#define MAX_TRUSTEES 32

_Static_assert(MAX_TRUSTEES == URNE_CEREMONY_MAX_TRUSTEE, "as many as prepare can name");
_Static_assert(URNE_CEREMONY_MAX_ROUND == URNE_CEREMONY_NUM_ROUNDS, "rounds count from 1 there");

/* One file, and what is there when it comes. */
struct ceremony_admission {
	struct urne_submission *s;
	struct urne_drafting *w; /* s->drafting */
	struct urne_reader *reader;
	struct urne_buf before;		     /* what went out before this round */
	struct urne_buf text[MAX_TRUSTEES];  /* of the files of this round */
	struct urne_view file[MAX_TRUSTEES]; /* the same by trustee, with the new one */
};

/* read_part: *there tells whether the election has it. */
static enum urne_err
read_part(
    struct ceremony_admission *a, struct urne_buf *out, bool *there, struct urne_draft_name part)
{
	enum urne_err e;

	(void)pthread_mutex_lock(&a->reader->lock);
	e = urne_store_draft(&a->reader->store, out, there, &a->s->diag,
	    urne_view_of(a->w->election), urne_view_of(part.text));
	(void)pthread_mutex_unlock(&a->reader->lock);
	return e == URNE_OK || urne_err_is_ours(e) ? e : URNE_ERR_INTERNAL;
}

/* read_files reads what is there of a round; *missing becomes the first trustee of whom there is
 * nothing, 0 when there is none such. */
static enum urne_err
read_files(struct ceremony_admission *a, size_t *missing, uint64_t round)
{
	enum urne_err e = URNE_OK;

	*missing = 0;
	a->w->there = 0;
	for (size_t j = 1; e == URNE_OK && j <= a->w->size; j++) {
		bool there = false;

		urne_buf_reset(&a->text[j - 1]);
		e = read_part(a, &a->text[j - 1], &there, urne_draft_file(round, j));
		a->w->there |= there ? (uint32_t)1 << (j - 1) : 0;
		*missing = *missing == 0 && !there ? j : *missing;
	}
	return e;
}

/* not_yet says which trustee's file the ceremony waits for. */
static enum urne_err
not_yet(struct ceremony_admission *a)
{
	size_t missing = 0;
	uint64_t round = 0;
	enum urne_err e = URNE_OK;

	while (e == URNE_OK && missing == 0 && ++round < a->w->round) {
		e = read_files(a, &missing, round);
	}
	return e != URNE_OK
		   ? e
		   : urne_fail(&a->s->diag, URNE_ERR_ORDER,
			 "round %" PRIu64 " has not begun: round %" PRIu64 " waits for trustee %zu",
			 a->w->round, round, missing);
}

/* read_before: the invitations follow from the order; everything else is a part of the draft. */
static enum urne_err
read_before(struct ceremony_admission *a)
{
	struct urne_drafting *w = a->w;
	bool there = false;
	enum urne_err e;

	if (w->round == 1) {
		urne_ceremony_invitation(&a->before, w->group, w->size, w->threshold, 1);
		return urne_buf_error(&a->before);
	}
	e = read_part(a, &a->before, &there, urne_draft_given(w->round, 1));
	return e == URNE_OK && !there ? not_yet(a) : e;
}

/* is_there: whether the trustee has sent a file for this round before; it must be this one. */
static enum urne_err
is_there(struct ceremony_admission *a, bool *repeated)
{
	const struct urne_drafting *w = a->w;

	*repeated = (w->there >> (w->trustee - 1) & 1) != 0;
	return *repeated && !urne_view_eq(urne_buf_view(&a->text[w->trustee - 1]),
				urne_buf_view(&a->s->ballot))
		   ? urne_fail(&a->s->diag, URNE_ERR_DUPLICATE,
			 "trustee %" PRIu64 " has sent another file for round %" PRIu64
			 " already, and that one stays",
			 w->trustee, w->round)
		   : URNE_OK;
}

/* check_file checks it alone, against the others that are there. */
static enum urne_err
check_file(struct ceremony_admission *a, size_t *num)
{
	const struct urne_drafting *w = a->w;
	struct urne_view others[MAX_TRUSTEES];

	*num = 0;
	for (size_t j = 1; j <= w->size; j++) {
		if ((w->there >> (j - 1) & 1) != 0) {
			a->file[j - 1] = others[(*num)++] = urne_buf_view(&a->text[j - 1]);
		}
	}
	a->file[w->trustee - 1] = urne_buf_view(&a->s->ballot);
	return urne_ceremony_check_answer(&a->s->diag, (enum urne_ceremony_round)(w->round - 1),
	    urne_buf_view(&a->before), (size_t)w->trustee, urne_buf_view(&a->s->ballot), others,
	    *num);
}

/* hand_on makes what goes out when all files of the round are there. */
static enum urne_err
hand_on(struct ceremony_admission *a)
{
	struct urne_drafting *w = a->w;
	struct urne_threshold t;
	struct urne_arena arena;
	enum urne_err e;

	w->next = calloc(w->size, sizeof(*w->next));
	if (w->next == NULL) {
		return urne_fail(&a->s->diag, URNE_ERR_MEMORY, "no memory for the next round");
	}
	for (w->num_next = 0; w->num_next < w->size; w->num_next++) {
		urne_buf_init(&w->next[w->num_next], URNE_CEREMONY_FILE);
	}
	if (w->round < URNE_CEREMONY_MAX_ROUND) {
		return urne_ceremony_collect(w->next, &w->num_next, &a->s->diag,
		    (enum urne_ceremony_round)(w->round - 1), w->group, urne_buf_view(&a->before),
		    a->file, w->size);
	}
	urne_arena_init(&arena, URNE_TRUSTEES_MEMORY);
	e = urne_ceremony_finish(&t, &arena, w->next, &a->s->diag, w->group,
	    urne_buf_view(&a->before), a->file, w->size);
	urne_arena_clear(&arena);
	return e;
}

static enum urne_err
admit(struct ceremony_admission *a)
{
	size_t missing = 0, num = 0;
	bool repeated = false;
	enum urne_err e = read_before(a);

	if (e == URNE_OK) {
		e = read_files(a, &missing, a->w->round);
	}
	if (e == URNE_OK) {
		e = is_there(a, &repeated);
	}
	if (e != URNE_OK || repeated) {
		return e;
	}
	e = check_file(a, &num);
	return e == URNE_OK && num + 1 == a->w->size ? hand_on(a) : e;
}

enum urne_err
urne_admit_ceremony(struct urne_submission *s, struct urne_reader *reader)
{
	struct ceremony_admission a = {.s = s, .w = s->drafting, .reader = reader};
	enum urne_err e;

	urne_drafting_clear_next(a.w); /* of a check before this one */
	urne_buf_init(&a.before, URNE_CEREMONY_FILE);
	for (size_t i = 0; i < MAX_TRUSTEES; i++) {
		urne_buf_init(&a.text[i], URNE_HTTP_CEREMONY);
	}
	e = admit(&a);
	urne_buf_clear(&a.before);
	for (size_t i = 0; i < MAX_TRUSTEES; i++) {
		urne_buf_clear(&a.text[i]);
	}
	return e;
}
