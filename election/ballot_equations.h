/* SPDX-License-Identifier: EUPL-1.2 */
/* The proofs of ballots whose points are known: whether every challenge is the hash of its text,
 * and the equations of each as one sum. Spec: docs/soundness.md#the-batch */
#ifndef URNE_ELECTION_BALLOT_EQUATIONS_H
#define URNE_ELECTION_BALLOT_EQUATIONS_H

#include "crypto/challenges.h"
#include "election/ballot_points.h"
#include "election/statement.h"

/* Room for one ballot of an election after the other, the challenges of those that were gone
 * through, and how far the walk through the proofs of the one at hand has come. */
struct urne_equations {
	const struct urne_election *e;
	struct urne_or_branch *branch; /* of a statement */
	size_t *part;
	struct urne_weight *weight; /* of alpha and beta of every part of a question */
	struct urne_buf s0, text;   /* S, and behind it the texts of the sums */
	struct urne_challenges challenges;

	const uint8_t *encoding;    /* of its points, and then of its sums */
	struct urne_batch_sum *sum; /* NULL: only challenges are looked at */
	struct urne_coefficients *coefficients;
	struct urne_weight g, y;
	struct urne_weight g_less; /* what is taken off that of g: the values of the branches */
	size_t choice;		   /* the first point of the question at hand */
	size_t of_sums;		   /* and its first sum */
	size_t commitment;	   /* the next point that is one */
};

/* urne_equations_init: for an election that hints serve. URNE_ERR_MEMORY. Clearing is legal after
 * any outcome. */
enum urne_err urne_equations_init(
    struct urne_equations *q, const struct urne_election *e) URNE_MUST_USE;
void urne_equations_clear(struct urne_equations *q);

/* urne_equations_make: `sum` is made of the equations of a ballot that was read by its hints, and
 * hashed, with these coefficients, and with encodings as opening its hints gave them. Its
 * challenges wait: whether every one is the hash of its text, *agree says when they are settled;
 * until then the ballot, the encodings and `agree` are borrowed. When they agree, the proofs and
 * the signature are right when the sum is the identity, but for 2^-128. URNE_ERR_PROOF,
 * URNE_ERR_MISMATCH, URNE_ERR_MEMORY: nothing is known about the ballot. */
enum urne_err urne_equations_make(struct urne_equations *q, struct urne_batch_sum *sum,
    struct urne_coefficients *coefficients, const struct urne_ballot *b, const uint8_t *encodings,
    bool *agree) URNE_MUST_USE;
/* urne_equations_settle: the challenges of all ballots since the last time, beside each other.
 * URNE_ERR_MEMORY, URNE_ERR_LIMIT: nothing is known about these ballots. */
enum urne_err urne_equations_settle(struct urne_equations *q) URNE_MUST_USE;

/* urne_equations_challenges: the half of it that is exact, of one ballot, while no other waits:
 * every challenge in the proofs is the hash of its text. URNE_ERR_PROOF, URNE_ERR_MEMORY. */
enum urne_err urne_equations_challenges(
    struct urne_equations *q, const struct urne_ballot *b, const uint8_t *encodings) URNE_MUST_USE;

#endif
