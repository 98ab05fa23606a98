/* SPDX-License-Identifier: EUPL-1.2 */
/* An opened ballot: encrypted like any other, and then shown with its choices and its seed instead
 * of being cast, so that anybody can compute it again and see what a machine encrypts. It has no
 * signature: nobody can cast it.
 * Spec: docs/formats.md#opened-ballot */
#ifndef URNE_ELECTION_OPENED_H
#define URNE_ELECTION_OPENED_H

#include "election/vote.h"

struct urne_opened {
	struct urne_ballot ballot; /* all but its signature */
	struct urne_view prepared; /* its text, of which the fingerprint is the hash */
	struct urne_hash fingerprint;
	struct urne_choices choices;
	struct urne_ballot_seed seed;
};

/* urne_opened_write appends the file of a ballot that urne_ballot_prepare made of these choices and
 * this seed; `out` should be a secret buffer until the file may be seen. */
void urne_opened_write(struct urne_buf *out, const struct urne_election *e,
    struct urne_view prepared, const struct urne_choices *choices,
    const struct urne_ballot_seed *seed);
/* urne_opened_read reads the file; only its canonical form is read. A ballot of another election:
 * URNE_ERR_MISMATCH. It lives in `arena` and borrows from `text`. */
enum urne_err urne_opened_read(struct urne_opened *out, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_election *e, struct urne_view text) URNE_MUST_USE;
/* urne_opened_is: whether a text means to be such a file. */
bool urne_opened_is(struct urne_view text);

/* Where the ballot is not what choices and seed make. Questions and choices count from 0. */
enum urne_opened_what {
	URNE_OPENED_EVERYTHING, /* no answer was made with this seed */
	URNE_OPENED_ANSWER,	/* that of `question` was not */
	URNE_OPENED_SWAPPED,	/* `question` holds the answer that belongs to `other` */
	URNE_OPENED_MARKED,   /* `choice` is chosen in the ballot, and not in the file's choices */
	URNE_OPENED_UNMARKED, /* `choice` is not chosen in the ballot, but in the file's choices */
	URNE_OPENED_FORGED,   /* `choice` holds neither 0 nor 1 */
	URNE_OPENED_PROOF,    /* the answer's ciphertexts are right, its proofs are others */
};
struct urne_opened_difference {
	enum urne_opened_what what;
	size_t question, choice, other;
};
typedef void urne_opened_difference_fn(void *ctx, const struct urne_opened_difference *x);

/* urne_opened_check makes the ballot again and compares every byte. Choices that break a rule:
 * URNE_ERR_RANGE, and nothing is compared. Each difference is told to `fn`; when there are any:
 * URNE_ERR_MISMATCH with their number. */
enum urne_err urne_opened_check(const struct urne_opened *o, struct urne_diag *d,
    const struct urne_election *e, urne_opened_difference_fn *fn, void *ctx) URNE_MUST_USE;

#endif
