/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: disjunctions wait until there are enough of them, because powers of several ciphertexts
 * cost less together than one after the other. They are judged in the order in which they came.
 * Public data only, variable time. Spec: docs/protocol.md#answers-and-their-proofs */
#ifndef URNE_CRYPTO_PROOF_QUEUE_H
#define URNE_CRYPTO_PROOF_QUEUE_H

#include "crypto/proof.h"

/* How many ciphertexts are worked on together: 24 elements, which are whole vectors; a ballot of
 * ten options has 22. */
#define URNE_OR_RUNS 12

/* Where a disjunction stands, in the words of whoever put it there. */
struct urne_or_place {
	const char *field;
	size_t index, answer;
};

/* Branches of one disjunction, one after the other, that speak of one ciphertext. */
struct urne_or_run {
	const struct urne_proof *p;
	size_t num;
	uint64_t value[URNE_POW_MANY];
	bool begins, ends; /* the disjunction */
	struct urne_sha256 transcript;
	struct urne_or_place place;
};

/* What is known of a challenge while the branches go by. */
struct urne_or_agreement {
	struct urne_sha256 h;
	struct urne_scalar sum;
	bool any;
};

/* 80 KB: not for a stack. */
struct urne_or_queue {
	const struct urne_group *g;
	const struct urne_bases *bases;
	struct urne_or_place place; /* of the disjunction that was refused */
	struct urne_or_agreement agreement;
	size_t num;
	struct urne_or_run run[URNE_OR_RUNS];
	struct urne_elem_powers powers[2 * URNE_OR_RUNS]; /* alpha and beta of each run */
	size_t first[URNE_OR_RUNS];			  /* where the commitments of a run are */
	struct urne_elem AB[2 * URNE_POW_MANY * URNE_OR_RUNS];
	struct urne_elem_product product[2 * URNE_POW_MANY * URNE_OR_RUNS]; /* which make them */
	struct urne_scalar minus[URNE_POW_MANY * URNE_OR_RUNS];		    /* and exponents of g */
};

/* urne_or_queue_init: an empty queue. `bases` stays where it is. */
void urne_or_queue_init(
    struct urne_or_queue *q, const struct urne_group *g, const struct urne_bases *bases);

/* urne_or_queue_put: one more disjunction. At least one of num branches holds, for ciphertexts
 * under key y: A_j = g^response alpha^challenge, B_j = y^response (beta/g^value)^challenge; text
 * ends with A_0,B_0,A_1,B_1,...; the challenges sum to the hash. num proofs, num branches, num
 * >= 1. The ciphertexts may be unproved (urne_elem_decode_unproved): that they are in the subgroup
 * is verified too. The proofs stay where they are until the queue is finished, the rest is copied.
 * A full queue is finished: errors are those of any disjunction that waited. */
enum urne_err urne_or_queue_put(struct urne_or_queue *q, const struct urne_proof *p, size_t num,
    const struct urne_or_branch *branch, const struct urne_sha256 *transcript,
    const struct urne_or_place *place) URNE_MUST_USE;

/* urne_or_queue_finish: are all that wait right? If not, q->place is that of the first that is not:
 * URNE_ERR_PROOF, or URNE_ERR_GROUP for a ciphertext outside the subgroup. The queue is empty
 * afterwards, whatever the answer; an empty one is right. */
enum urne_err urne_or_queue_finish(struct urne_or_queue *q) URNE_MUST_USE;

#endif
