/* SPDX-License-Identifier: EUPL-1.2 */
/* Zero-knowledge proofs, the proving side of crypto/proof.h. Nonces are drawn inside, fresh each
 * time. Constant time in the witness. Transcripts as in crypto/proof.h.
 * Spec: docs/protocol.md#answers-and-their-proofs */
#ifndef URNE_CRYPTO_SECRET_PROVE_H
#define URNE_CRYPTO_SECRET_PROVE_H

#include "crypto/proof.h"
#include "crypto/secret/rng.h"
#include "crypto/secret/secret.h"

/* urne_schnorr_prove: knowledge of x with X = g^x. */
void urne_schnorr_prove(const struct urne_group *g, struct urne_proof *out, struct urne_rng *rng,
    const struct urne_secret *x, const struct urne_sha256 *transcript);

/* What the prover knows about a ciphertext: its randomness and its plaintext (a small number). */
struct urne_opening {
	struct urne_secret r;
	uint64_t m; /* secret */
};

/* urne_or_prove: `opening[j]` opens branch[j].ct for every j. If no branch holds, the proof made
 * does not verify. */
void urne_or_prove(const struct urne_group *g, struct urne_proof *out, size_t num,
    struct urne_rng *rng, const struct urne_elem *y, const struct urne_or_branch *branch,
    const struct urne_opening *const *opening, const struct urne_sha256 *transcript);

/* urne_nonzero_prove: ct encrypts opening->m != 0 under y. */
void urne_nonzero_prove(const struct urne_group *g, struct urne_nonzero_proof *out,
    struct urne_rng *rng, const struct urne_elem *y, const struct urne_ciphertext *ct,
    const struct urne_opening *opening, const struct urne_sha256 *transcript);

/* urne_dleq_prove: factor = alpha^x is computed and published too. */
void urne_dleq_prove(const struct urne_group *g, struct urne_proof *out, struct urne_elem *factor,
    struct urne_rng *rng, const struct urne_secret *x, const struct urne_elem *alpha,
    const struct urne_sha256 *transcript);

/* urne_encrypt: alpha = g^r, beta = y^r g^m with r drawn into `opening`; opening->m is given. */
void urne_encrypt(const struct urne_group *g, struct urne_ciphertext *out,
    struct urne_opening *opening, struct urne_rng *rng, const struct urne_elem *y);

#endif
