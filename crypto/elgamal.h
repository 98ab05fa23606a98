/* SPDX-License-Identifier: EUPL-1.2 */
/* Exponential ElGamal ciphertexts as public values.
 * Spec: docs/protocol.md#answers-and-their-proofs */
#ifndef URNE_CRYPTO_ELGAMAL_H
#define URNE_CRYPTO_ELGAMAL_H

#include "base/codec.h"
#include "crypto/group.h"

struct urne_ciphertext {
	struct urne_elem alpha; /* g^r */
	struct urne_elem beta;	/* y^r g^m */
};

void urne_ciphertext_one(const struct urne_group *g, struct urne_ciphertext *out);
void urne_ciphertext_mul(const struct urne_group *g, struct urne_ciphertext *out,
    const struct urne_ciphertext *a, const struct urne_ciphertext *b);
void urne_ciphertext_div(const struct urne_group *g, struct urne_ciphertext *out,
    const struct urne_ciphertext *a, const struct urne_ciphertext *b);
void urne_ciphertext_pow_u64(const struct urne_group *g, struct urne_ciphertext *out,
    const struct urne_ciphertext *a, uint64_t n);
bool urne_ciphertext_eq(
    const struct urne_group *g, const struct urne_ciphertext *a, const struct urne_ciphertext *b);
#define URNE_CIPHERTEXT_TEXT_MAX (2 * URNE_TEXT_MAX + 1)
/* urne_ciphertext_encode writes "alpha,beta" (no NUL) and returns its length. */
size_t urne_ciphertext_encode(const struct urne_group *g, char out[URNE_CIPHERTEXT_TEXT_MAX],
    const struct urne_ciphertext *a);
/* urne_ciphertext_hash puts "alpha,beta" into a hash. */
void urne_ciphertext_hash(
    const struct urne_group *g, struct urne_sha256 *h, const struct urne_ciphertext *a);

/* URNE_GROUP_REFUSAL: what is said of a text that is no element. */
#define URNE_GROUP_REFUSAL "not the canonical form of a member of %s"

/* Codecs of the basic types: docs/formats.md */
void urne_codec_elem(struct urne_codec *c, const struct urne_group *g, struct urne_elem *e);
void urne_codec_scalar(struct urne_codec *c, const struct urne_group *g, struct urne_scalar *s);
void urne_codec_ciphertext(
    struct urne_codec *c, const struct urne_group *g, struct urne_ciphertext *ct);
/* Reading, alpha and beta may be outside the subgroup: urne_elem_decode_unproved. */
void urne_codec_ciphertext_unproved(
    struct urne_codec *c, const struct urne_group *g, struct urne_ciphertext *ct);

#endif
