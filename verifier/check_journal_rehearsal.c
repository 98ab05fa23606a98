/* SPDX-License-Identifier: EUPL-1.2 */
/* The rehearsals: the proofs of every trustee over the test tally, verified again. The tally
 * follows from the sealed Setup. Spec: docs/journal.md#rehearsal */
#include <inttypes.h>

#include "base/limits.h"
#include "tally/rehearsal.h"
#include "verifier/verify.h"

/* Of one rehearsal. */
#define MAX_WORK ((size_t)1 << 30)

struct job {
	struct urne_verification *v;
	struct urne_tally tally;
	struct urne_buf text;
	struct urne_arena arena; /* the object at work */
	uint64_t num_seen;
};

static enum urne_err
check_object(struct job *j, struct urne_diag *why, const struct urne_rehearsal_place *place)
{
	const struct urne_election *election = &j->v->election;
	const struct urne_trustee_item *trustee = NULL;
	struct urne_partial_decryption p;
	struct urne_elem X;
	enum urne_err e =
	    urne_trustees_owner(&trustee, &X, &j->v->trustees, (size_t)place->record.trustee);

	if (e != URNE_OK) {
		return urne_fail(why, e, "the election has no such trustee");
	}
	e = urne_verify_load(j->v->journal.log, &j->text, why, &place->object);
	if (e == URNE_OK) {
		e = urne_partial_read(&p, &j->arena, why, election, urne_buf_view(&j->text));
	}
	return e == URNE_OK ? urne_partial_check(&p, why, election, &j->tally, &X) : e;
}

static enum urne_err
check_place(struct job *j, struct urne_diag *d, const struct urne_rehearsal_place *place)
{
	struct urne_diag why = {""};
	enum urne_err e;

	urne_buf_reset(&j->text);
	urne_arena_reset(&j->arena);
	e = check_object(j, &why, place);
	if (e != URNE_OK && urne_err_is_ours(e)) {
		*d = why;
		return e;
	}
	j->num_seen++;
	if (e != URNE_OK) {
		urne_report_fail(j->v->report, URNE_CHECK_JOURNAL_REHEARSAL, &why,
		    "journal: entry %" PRIu64 " (rehearsal of trustee %" PRIu64 ")", place->entry,
		    place->record.trustee);
	} else {
		urne_report_item(j->v->report, URNE_CHECK_JOURNAL_REHEARSAL, 1);
	}
	return URNE_OK;
}

static enum urne_err
check_all(struct job *j, struct urne_diag *d)
{
	const struct urne_journal_check *journal = &j->v->journal;
	enum urne_err e = URNE_OK;

	for (size_t i = 0; e == URNE_OK && i < journal->num_rehearsals; i++) {
		const struct urne_rehearsal_place *place = &journal->rehearsals[i];

		if (urne_view_eq(place->record.election, journal->election->uuid)) {
			e = check_place(j, d, place);
		}
	}
	return e;
}

/* judge_number: every trustee rehearses before the officials can open a vote; a test needs none. */
static void
judge_number(struct job *j)
{
	const struct urne_journal_election *e = j->v->journal.election;
	struct urne_report *r = j->v->report;

	if (j->num_seen >= j->v->trustees.num_owners) {
		urne_report_complete(r, URNE_CHECK_JOURNAL_REHEARSAL);
		return;
	}
	if (e->test) {
		urne_report_aside(r, URNE_CHECK_JOURNAL_REHEARSAL);
	}
	urne_report_skip(r, URNE_CHECK_JOURNAL_REHEARSAL,
	    "%" PRIu64 " of %zu trustees have rehearsed%s", j->num_seen, j->v->trustees.num_owners,
	    e->test ? ", and a test needs none" : "");
}

enum urne_err
urne_verify_journal_rehearsals(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_report *r = v->report;
	struct job j = {.v = v};
	struct urne_arena arena;
	enum urne_err e;

	if (!v->has_trustees || v->election.has_non_homomorphic) {
		urne_report_skip(r, URNE_CHECK_JOURNAL_REHEARSAL,
		    v->has_trustees ? "the election has non-homomorphic questions, which this "
				      "version does not verify"
				    : "the trustees are not right");
		return URNE_OK;
	}
	urne_arena_init(&arena, MAX_WORK);
	urne_arena_init(&j.arena, MAX_WORK);
	urne_buf_init(&j.text, urne_verify_text_cap(v, 3 * v->election.num_choices));
	e = urne_rehearsal_tally(&j.tally, &arena, d, &v->election, &v->journal.setup);
	if (e == URNE_OK) {
		e = check_all(&j, d);
	}
	if (e == URNE_OK) {
		judge_number(&j);
	}
	urne_buf_clear(&j.text);
	urne_arena_clear(&j.arena);
	urne_arena_clear(&arena);
	return e;
}
