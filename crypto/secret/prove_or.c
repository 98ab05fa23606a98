/* SPDX-License-Identifier: EUPL-1.2 */
/* The disjunction, without a branch on which part of it is true.
 *
 * The specification makes the commitments of a simulated branch from a random challenge c and
 * response z: A = g^z alpha^c, B = y^z (beta/g^M)^c, and those of the true branch from a nonce w:
 * A = g^w, B = y^w. The prover knows r and m with alpha = g^r, beta = y^r g^m, so with w = z + r c
 * both are
 *	A = g^w,   B = y^w g^((m - M) c)
 * for random w and c: in the true branch m = M and the second factor is 1 whatever c is. So every
 * branch does the same work; only at the end the challenge of the true branch is replaced by
 * hash - sum of the others, chosen by masks, and every response is w - r c. The distribution is
 *that of the specification. Spec: docs/protocol.md#answers-and-their-proofs */
#include <string.h>

#include "crypto/secret/prove.h"

/* 1 when a == b, else 0, without a branch. */
static uint64_t
is_equal(uint64_t a, uint64_t b)
{
	uint64_t d = a ^ b;

	return 1 ^ ((d | (0 - d)) >> 63);
}

/* Branches are handled by their own w and c, drawn again from the same stream in the second pass:
 * so nothing is allocated however long the disjunction is. */
struct branch_nonces {
	struct urne_secret w, c;
};

static void
draw(const struct urne_group *g, struct branch_nonces *n, struct urne_rng *rng)
{
	urne_secret_random(g, &n->w, rng);
	urne_secret_random(g, &n->c, rng);
}

/* Adds A_j and B_j to the hash. */
static void
commit(const struct urne_group *g, struct urne_sha256 *h, const struct urne_elem *y,
    const struct urne_or_branch *branch, const struct urne_opening *opening,
    const struct branch_nonces *n)
{
	struct urne_secret d, M;
	struct urne_elem A, B;

	urne_secret_from_u64(g, &d, opening->m);
	urne_secret_from_u64(g, &M, branch->value);
	urne_secret_sub(g, &d, &d, &M);
	urne_secret_mul(g, &d, &d, &n->c);
	urne_secret_base(g, &A, &n->w);
	urne_secret_commit(g, &B, y, &n->w, &d);
	urne_elem_hash(g, h, &A);
	urne_sha256_puts(h, ",");
	urne_elem_hash(g, h, &B);
	urne_secret_clear(&d);
}

void
urne_or_prove(const struct urne_group *g, struct urne_proof *out, size_t num, struct urne_rng *rng,
    const struct urne_elem *y, const struct urne_or_branch *branch,
    const struct urne_opening *const *opening, const struct urne_sha256 *transcript)
{
	struct urne_rng again = *rng;
	struct urne_sha256 h = *transcript;
	struct urne_hash hash;
	struct urne_scalar total;
	struct urne_secret rest, t;
	struct branch_nonces n;
	uint64_t found = 0; /* secret: a true branch was seen */

	/* first pass: commitments, and the sum of the challenges of all but the true branch */
	urne_secret_from_u64(g, &rest, 0);
	for (size_t j = 0; j < num; j++) {
		uint64_t here = is_equal(opening[j]->m, branch[j].value) & (1 ^ found);

		draw(g, &n, rng);
		urne_sha256_puts(&h, j == 0 ? "" : ",");
		commit(g, &h, y, &branch[j], opening[j], &n);
		urne_secret_mask(g, &t, &n.c, 1 ^ here);
		urne_secret_add(g, &rest, &rest, &t);
		found |= here;
	}
	urne_sha256_final(&h, &hash);
	urne_scalar_from_hash(g, &total, &hash);
	urne_secret_from_scalar(g, &t, &total);
	urne_secret_sub(g, &rest, &t, &rest); /* the true branch's challenge */

	/* second pass, with the same nonces: challenges and responses */
	found = 0;
	for (size_t j = 0; j < num; j++) {
		uint64_t here = is_equal(opening[j]->m, branch[j].value) & (1 ^ found);

		draw(g, &n, &again);
		urne_secret_mask(g, &t, &n.c, 1 ^ here);
		urne_secret_mask(g, &n.c, &rest, here);
		urne_secret_add(g, &t, &t, &n.c);
		/* uniform given the hash, which they sum to, whichever branch is true */
		urne_secret_publish(g, &out[j].challenge, &t);
		urne_secret_response(g, &out[j].response, &n.w, &opening[j]->r, &out[j].challenge);
		found |= here;
	}
	urne_rng_clear(&again);
	urne_secret_clear(&rest);
	urne_secret_clear(&t);
	urne_wipe(&n, sizeof(n));
}
