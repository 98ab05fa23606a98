/* SPDX-License-Identifier: EUPL-1.2 */
/* The challenges of many proofs whose commitments are known: is each the hash of its text? The
 * texts are gathered, of several sets, and hashed beside each other; the verdict is each set's own.
 * That the commitments are the right ones is another's to see (crypto/batch.h). Public, variable
 * time. Spec: docs/protocol.md#answers-and-their-proofs */
#ifndef URNE_CRYPTO_CHALLENGES_H
#define URNE_CRYPTO_CHALLENGES_H

#include "base/buf.h"
#include "crypto/proof.h"

/* As many as eight ballots of a dozen options have; more are hashed when that many are there. */
#define URNE_CHALLENGES 128

struct urne_challenges {
	const struct urne_group *g;
	struct urne_buf text; /* of all, one behind the other */
	struct {
		size_t end; /* of its text */
		const struct urne_proof *p;
		size_t num;
		bool *agree; /* of its set */
	} item[URNE_CHALLENGES];
	size_t num;
	bool *agree; /* of the set at hand */
};

/* urne_challenges_init, _clear: for as many sets as wanted, one after the other. */
void urne_challenges_init(struct urne_challenges *c, const struct urne_group *g);
void urne_challenges_clear(struct urne_challenges *c);
/* urne_challenges_begin: a set. *agree is true now, and false after the end when one of its
 * challenges is another; borrowed until then. */
void urne_challenges_begin(struct urne_challenges *c, bool *agree);
/* urne_challenges_add: one more of the set at hand. The challenges of p[0..num-1] are to sum to the
 * hash of the pieces, one behind the other, and the texts of num_A commitments with commas, of
 * which A is the encodings, one behind the other. `p` is borrowed until the end. */
void urne_challenges_add(struct urne_challenges *c, const struct urne_view *piece,
    size_t num_pieces, const struct urne_proof *p, size_t num, const uint8_t *A, size_t num_A);
/* urne_challenges_end has settled all sets since the last end. URNE_ERR_MEMORY, URNE_ERR_LIMIT for
 * a text that no ballot has: then nothing is known of any. */
enum urne_err urne_challenges_end(struct urne_challenges *c) URNE_MUST_USE;

#endif
