/* SPDX-License-Identifier: EUPL-1.2 */
/* One of several statements "this ciphertext encrypts this value" holds: bits, intervals, blank
 * votes and lists are all of this shape, with different branches and texts.
 * Spec: docs/protocol.md#answers-and-their-proofs */
#include "crypto/proof.h"

enum urne_err
urne_or_verify(const struct urne_group *g, const struct urne_proof *p, size_t num,
    const struct urne_elem *y, const struct urne_or_branch *branch,
    const struct urne_sha256 *transcript)
{
	struct urne_sha256 h = *transcript;
	struct urne_hash hash;
	struct urne_scalar expected, sum;
	struct urne_elem A, B, shifted;

	urne_scalar_from_u64(g, &sum, 0);
	for (size_t j = 0; j < num; j++) {
		/* A_j = g^response alpha^challenge */
		urne_elem_pow2_base(g, &A, &p[j].response, &branch[j].ct->alpha, &p[j].challenge);
		/* B_j = y^response (beta / g^value)^challenge */
		urne_elem_base_u64(g, &shifted, branch[j].value);
		urne_elem_div(g, &shifted, &branch[j].ct->beta, &shifted);
		urne_elem_pow2(g, &B, y, &p[j].response, &shifted, &p[j].challenge);

		urne_sha256_puts(&h, j == 0 ? "" : ",");
		urne_elem_hash(g, &h, &A);
		urne_sha256_puts(&h, ",");
		urne_elem_hash(g, &h, &B);
		urne_scalar_add(g, &sum, &sum, &p[j].challenge);
	}
	/* the challenges sum to the hash */
	urne_sha256_final(&h, &hash);
	urne_scalar_from_hash(g, &expected, &hash);
	return urne_scalar_eq(&expected, &sum) ? URNE_OK : URNE_ERR_PROOF;
}
