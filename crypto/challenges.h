/* SPDX-License-Identifier: EUPL-1.2 */
/* The challenges of many proofs whose commitments are known: is each the hash of its text? The
 * texts are gathered, and hashed two at a time. That the commitments are the right ones is
 * another's to see (crypto/batch.h). Public, variable time. Spec:
 * docs/protocol.md#answers-and-their-proofs */
#ifndef URNE_CRYPTO_CHALLENGES_H
#define URNE_CRYPTO_CHALLENGES_H

#include "base/buf.h"
#include "crypto/proof.h"

/* As many as a ballot of some twenty options has; more are hashed when that many are there. */
#define URNE_CHALLENGES 24

struct urne_challenges {
	const struct urne_group *g;
	struct urne_buf text; /* of all, one behind the other */
	struct {
		size_t end; /* of its text */
		const struct urne_proof *p;
		size_t num;
	} item[URNE_CHALLENGES];
	size_t num;
	bool agree; /* those that were hashed */
};

/* urne_challenges_init, _clear: for one set of challenges after the other. */
void urne_challenges_init(struct urne_challenges *c, const struct urne_group *g);
void urne_challenges_clear(struct urne_challenges *c);
/* urne_challenges_add: one more. The challenges of p[0..num-1] are to sum to the hash of the
 * pieces, one behind the other, and the texts of num_A commitments with commas, of which A is the
 * encodings, one behind the other. `p` is borrowed until the end. */
void urne_challenges_add(struct urne_challenges *c, const struct urne_view *piece,
    size_t num_pieces, const struct urne_proof *p, size_t num, const uint8_t *A, size_t num_A);
/* urne_challenges_end says whether all agree that were added since the last end: URNE_ERR_PROOF,
 * URNE_ERR_MEMORY, URNE_ERR_LIMIT for a text that no ballot has. */
enum urne_err urne_challenges_end(struct urne_challenges *c) URNE_MUST_USE;

#endif
