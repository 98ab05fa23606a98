/* SPDX-License-Identifier: EUPL-1.2 */
/* The points of a ballot in the order of its hints, and which sums of them its proofs speak about.
 * All of it follows from the election. Spec: docs/formats.md#hints */
#ifndef URNE_ELECTION_BALLOT_POINTS_H
#define URNE_ELECTION_BALLOT_POINTS_H

#include "crypto/batch.h"
#include "election/election.h"

/* Points of one ballot: a thread keeps what becomes of those of two, in some 4 MiB. A ballot that
 * is larger gains nothing from others beside it. */
#define URNE_MAX_HINTED_POINTS ((size_t)16384)

/* urne_ballot_num_points: how many points a ballot of this election has: its credential, alpha and
 * beta of every choice, the commitments of its proofs, that of its signature. 0: hints do not serve
 * it: another group than Ed25519, questions that are not homomorphic, or more than
 * URNE_MAX_HINTED_POINTS. */
size_t urne_ballot_num_points(const struct urne_election *e);
/* Of these, those that stand in the ballot's text, which come first: in an answer to this question,
 * and in a ballot. */
size_t urne_answer_num_text_points(const struct urne_question *q);
size_t urne_ballot_num_text_points(const struct urne_election *e);

/* The shape of a ballot's hints: elements are made of the points in its text; alpha and beta of
 * every part behind the choices, question by question, are its sums. */
struct urne_ballot_points {
	struct urne_hint_shape shape;
	size_t *addend, *end; /* of the shape */
};

/* urne_ballot_points_init: for an election that hints serve. URNE_ERR_MEMORY. Clearing is legal
 * after any outcome. */
enum urne_err urne_ballot_points_init(
    struct urne_ballot_points *p, const struct urne_election *e) URNE_MUST_USE;
void urne_ballot_points_clear(struct urne_ballot_points *p);

#endif
