/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots with their hints, and forgeries of them: those in which every hash, every sum of
 * challenges, the signature's hash and every encoding is right, and one linear equation is false.
 * Tests only. */
#ifndef URNE_TESTS_HINTED_CASE_H
#define URNE_TESTS_HINTED_CASE_H

#include "election/ballot_batch.h"
#include "election/ballot_hints.h"
#include "tests/unit/support/ballot_case.h"

/* Choices of BALLOT_CASE_QUESTIONS: 3, 4 and 5. */
#define HINTED_CHOICES ((size_t)12)

struct hinted {
	struct urne_arena arena, made;
	struct urne_ballot ballot; /* as `text` is read by the batch */
	struct urne_ballot own;	   /* as it was made, to be changed */
	struct urne_buf text, hints;
	struct urne_hinted_ballot h;
};

enum forgery {
	RESPONSE_OF_A_CHOICE,
	RESPONSE_OF_THE_SUM,
	RESPONSE_OF_BLANK,
	RESPONSE_OF_ONE_LIST,
	RESPONSE_OF_A_LIST,
	FIRST_RESPONSE_OF_NONZERO,
	SECOND_RESPONSE_OF_NONZERO,
	RESPONSE_OF_THE_SIGNATURE,
	CHALLENGES_OF_A_CHOICE,
	CHALLENGES_OF_THE_SUM,
	CHALLENGES_OF_BLANK,
	CHALLENGES_OF_A_LIST,
	NUM_FORGERIES,
};

/* hinted_vote makes an honest ballot of an election that hints serve, and its hints. */
void hinted_vote(struct hinted *b, struct ballot_case *f, uint64_t *m);
/* hinted_init makes an honest ballot with choices at random, and its hints. */
void hinted_init(struct hinted *b, struct ballot_case *f);
void hinted_clear(struct hinted *b);
/* hinted_write writes `own` as the text, signed anew when `sign`; the hints of all but the
 * signature stay. */
void hinted_write(struct hinted *b, struct ballot_case *f, bool sign);
/* hinted_remake_hints makes the hints anew from `own`: what its equations ask for. */
void hinted_remake_hints(struct hinted *b, struct ballot_case *f);
/* hinted_forge changes an equation by `by` (a response, or challenges with their sum kept). */
void hinted_forge(struct hinted *b, struct ballot_case *f, enum forgery which, bool minus);
/* hinted_point: element i of those that stand in the text of `own`, which can be changed. */
struct urne_elem *hinted_point(struct hinted *b, const struct ballot_case *f, size_t i);
/* hinted_together judges num ballots together: h.good of each. */
void hinted_together(struct hinted *b, size_t num, struct ballot_case *f, size_t num_threads);
/* hinted_exact: what the exact check says. */
enum urne_err hinted_exact(struct hinted *b, struct ballot_case *f, struct urne_diag *d);

#endif
