/* SPDX-License-Identifier: EUPL-1.2 */
/* Knowledge of a discrete logarithm: keys, signatures, non-homomorphic answers.
 * Spec: docs/protocol.md#keys-and-credentials */
#include "crypto/proof.h"

void
urne_codec_proof(struct urne_codec *c, const struct urne_group *g, struct urne_proof *p)
{
	urne_codec_object(c);
	urne_codec_field(c, "challenge");
	urne_codec_scalar(c, g, &p->challenge);
	urne_codec_field(c, "response");
	urne_codec_scalar(c, g, &p->response);
	urne_codec_object_end(c);
}

/* challenge_is: the proof's is the hash of the text. */
static enum urne_err
challenge_is(const struct urne_group *g, const struct urne_proof *p, const struct urne_elem *A,
    const struct urne_sha256 *transcript)
{
	struct urne_sha256 h = *transcript;
	struct urne_hash hash;
	struct urne_scalar challenge;

	urne_elem_hash(g, &h, A);
	urne_sha256_final(&h, &hash);
	urne_scalar_from_hash(g, &challenge, &hash);
	return urne_scalar_eq(&challenge, &p->challenge) ? URNE_OK : URNE_ERR_PROOF;
}

enum urne_err
urne_schnorr_verify(const struct urne_group *g, const struct urne_proof *p,
    const struct urne_elem *X, const struct urne_sha256 *transcript)
{
	struct urne_elem A;

	/* A = g^response X^challenge */
	urne_elem_pow2_base(g, &A, &p->response, X, &p->challenge);
	return challenge_is(g, p, &A, transcript);
}
