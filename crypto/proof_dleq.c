/* SPDX-License-Identifier: EUPL-1.2 */
/* A decryption factor was made with the key that the trustee published.
 * Spec: docs/protocol.md#tally */
#include "crypto/proof.h"

enum urne_err
urne_dleq_challenge(const struct urne_group *g, const struct urne_proof *p, const uint8_t *AB,
    const struct urne_sha256 *transcript)
{
	struct urne_sha256 h = *transcript;
	struct urne_hash hash;
	struct urne_scalar challenge;

	urne_encodings_hash(g, &h, AB, 2);
	urne_sha256_final(&h, &hash);
	urne_scalar_from_hash(g, &challenge, &hash);
	return urne_scalar_eq(&challenge, &p->challenge) ? URNE_OK : URNE_ERR_PROOF;
}

enum urne_err
urne_dleq_verify(const struct urne_group *g, const struct urne_proof *p, const struct urne_elem *X,
    const struct urne_elem *alpha, const struct urne_elem *factor,
    const struct urne_sha256 *transcript)
{
	struct urne_elem A, B;
	uint8_t AB[2 * URNE_ENCODING_MAX];

	/* A = g^response X^challenge, B = alpha^response factor^challenge */
	urne_elem_pow2_base(g, &A, &p->response, X, &p->challenge);
	urne_elem_pow2(g, &B, alpha, &p->response, factor, &p->challenge);
	urne_elem_encoding(g, AB, &A);
	urne_elem_encoding(g, AB + g->elem_bytes, &B);
	return urne_dleq_challenge(g, p, AB, transcript);
}
