/* SPDX-License-Identifier: EUPL-1.2 */
/* The proofs of one statement each: knowledge of a logarithm, equality of two, a value that is not
 * zero; and encryption. The disjunction is in prove_or.c.
 * Spec: docs/protocol.md#answers-and-their-proofs */
#include "crypto/secret/prove.h"

static void
challenge_of(const struct urne_group *g, struct urne_scalar *challenge, const struct urne_sha256 *h)
{
	struct urne_hash hash;

	urne_sha256_final(h, &hash);
	urne_scalar_from_hash(g, challenge, &hash);
}

void
urne_schnorr_prove(const struct urne_group *g, struct urne_proof *out, struct urne_rng *rng,
    const struct urne_secret *x, const struct urne_sha256 *transcript)
{
	struct urne_sha256 h = *transcript;
	struct urne_secret w;
	struct urne_elem A;

	/* A = g^w */
	urne_secret_random(g, &w, rng);
	urne_secret_base(g, &A, &w);
	urne_elem_hash(g, &h, &A);
	challenge_of(g, &out->challenge, &h);
	/* response = w - x challenge */
	urne_secret_response(g, &out->response, &w, x, &out->challenge);
	urne_secret_clear(&w);
}

void
urne_dleq_prove(const struct urne_group *g, struct urne_proof *out, struct urne_elem *factor,
    struct urne_rng *rng, const struct urne_secret *x, const struct urne_elem *alpha,
    const struct urne_sha256 *transcript)
{
	struct urne_sha256 h = *transcript;
	struct urne_secret w;
	struct urne_elem A, B;

	urne_secret_pow(g, factor, alpha, x);
	/* A = g^w, B = alpha^w */
	urne_secret_random(g, &w, rng);
	urne_secret_base(g, &A, &w);
	urne_secret_pow(g, &B, alpha, &w);
	urne_elem_hash(g, &h, &A);
	urne_sha256_puts(&h, ",");
	urne_elem_hash(g, &h, &B);
	challenge_of(g, &out->challenge, &h);
	urne_secret_response(g, &out->response, &w, x, &out->challenge);
	urne_secret_clear(&w);
}

void
urne_nonzero_prove(const struct urne_group *g, struct urne_nonzero_proof *out, struct urne_rng *rng,
    const struct urne_elem *y, const struct urne_ciphertext *ct, const struct urne_opening *opening,
    const struct urne_sha256 *transcript)
{
	struct urne_sha256 h = *transcript;
	struct urne_secret s, w1, w2, m, t, minus_sr;
	struct urne_elem A1, A2;

	/* A0 = beta^s y^(-sr) = g^(sm) with s random: zero with probability 2^-252 only */
	urne_secret_random(g, &s, rng);
	urne_secret_from_u64(g, &m, opening->m);
	urne_secret_mul(g, &t, &s, &m);
	urne_secret_base(g, &out->commitment, &t);

	/* A1 = alpha^w1 g^w2 = g^(r w1 + w2) */
	urne_secret_random(g, &w1, rng);
	urne_secret_random(g, &w2, rng);
	urne_secret_commit(g, &A1, &ct->alpha, &w1, &w2);

	/* A2 = beta^w1 y^w2 = y^(r w1 + w2) g^(m w1) */
	urne_secret_mul(g, &t, &opening->r, &w1);
	urne_secret_add(g, &t, &t, &w2);
	urne_secret_mul(g, &m, &m, &w1);
	urne_secret_commit(g, &A2, y, &t, &m);

	urne_elem_hash(g, &h, &out->commitment);
	urne_sha256_puts(&h, ",");
	urne_elem_hash(g, &h, &A1);
	urne_sha256_puts(&h, ",");
	urne_elem_hash(g, &h, &A2);
	challenge_of(g, &out->challenge, &h);

	/* t1 = w1 - s c; t2 = w2 + s r c */
	urne_secret_response(g, &out->response[0], &w1, &s, &out->challenge);
	urne_secret_mul(g, &minus_sr, &s, &opening->r);
	urne_secret_from_u64(g, &m, 0);
	urne_secret_sub(g, &minus_sr, &m, &minus_sr);
	urne_secret_response(g, &out->response[1], &w2, &minus_sr, &out->challenge);

	urne_secret_clear(&s);
	urne_secret_clear(&w1);
	urne_secret_clear(&w2);
	urne_secret_clear(&m);
	urne_secret_clear(&t);
	urne_secret_clear(&minus_sr);
}

void
urne_encrypt(const struct urne_group *g, struct urne_ciphertext *out, struct urne_opening *opening,
    struct urne_rng *rng, const struct urne_elem *y)
{
	struct urne_secret m;

	urne_secret_random(g, &opening->r, rng);
	urne_secret_from_u64(g, &m, opening->m);
	urne_secret_base(g, &out->alpha, &opening->r);
	urne_secret_commit(g, &out->beta, y, &opening->r, &m);
	urne_secret_clear(&m);
}
