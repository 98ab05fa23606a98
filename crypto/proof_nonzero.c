/* SPDX-License-Identifier: EUPL-1.2 */
/* A ciphertext does not encrypt zero: in a lists question, a chosen list has a chosen candidate.
 * Spec: docs/protocol.md#answers-and-their-proofs (nonzero_proof) */
#include "crypto/proof.h"

void
urne_codec_nonzero_proof(
    struct urne_codec *c, const struct urne_group *g, struct urne_nonzero_proof *p)
{
	urne_codec_object(c);
	urne_codec_field(c, "commitment");
	urne_codec_elem(c, g, &p->commitment);
	urne_codec_field(c, "challenge");
	urne_codec_scalar(c, g, &p->challenge);
	urne_codec_field(c, "response");
	urne_codec_array(c);
	for (size_t i = 0; i < 2; i++) {
		urne_codec_item(c);
		urne_codec_scalar(c, g, &p->response[i]);
	}
	urne_codec_array_end(c);
	urne_codec_object_end(c);
}

enum urne_err
urne_nonzero_challenge(const struct urne_group *g, const struct urne_nonzero_proof *p,
    const uint8_t *A, const struct urne_sha256 *transcript)
{
	struct urne_sha256 h = *transcript;
	struct urne_hash hash;
	struct urne_scalar challenge;

	/* A0 != 1, or the logarithm of A0 says nothing */
	if (urne_elem_is_identity(g, &p->commitment)) {
		return URNE_ERR_PROOF;
	}
	urne_elem_hash(g, &h, &p->commitment);
	urne_sha256_puts(&h, ",");
	urne_encodings_hash(g, &h, A, 2);
	urne_sha256_final(&h, &hash);
	urne_scalar_from_hash(g, &challenge, &hash);
	return urne_scalar_eq(&challenge, &p->challenge) ? URNE_OK : URNE_ERR_PROOF;
}

enum urne_err
urne_nonzero_verify(const struct urne_group *g, const struct urne_nonzero_proof *p,
    const struct urne_bases *bases, const struct urne_ciphertext *ct,
    const struct urne_sha256 *transcript)
{
	struct urne_elem A1, A2;
	uint8_t A[2 * URNE_ENCODING_MAX];

	/* A1 = alpha^t1 g^t2 */
	urne_elem_pow(g, &A1, &ct->alpha, &p->response[0]);
	urne_elem_mul_pow(g, &A1, &bases->g, bases->g_powers, &p->response[1]);
	/* A2 = beta^t1 y^t2 A0^c */
	urne_elem_pow2(g, &A2, &ct->beta, &p->response[0], &p->commitment, &p->challenge);
	urne_elem_mul_pow(g, &A2, &bases->y, bases->y_powers, &p->response[1]);
	urne_elem_encoding(g, A, &A1);
	urne_elem_encoding(g, A + g->elem_bytes, &A2);
	return urne_nonzero_challenge(g, p, A, transcript);
}
