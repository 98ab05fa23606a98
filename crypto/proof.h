/* SPDX-License-Identifier: EUPL-1.2 */
/* Zero-knowledge proofs, the verifying side. Every function takes the transcript as a hash state
 * that has absorbed all of the challenge's text up to and including the last "|" before the
 * commitments; the function recomputes the commitments, adds them, and compares the challenge.
 * All return URNE_OK or URNE_ERR_PROOF, where nothing else is said. The proving side is
 * crypto/secret/prove.h; with commitments from elsewhere, crypto/challenges.h. Spec:
 * docs/protocol.md#answers-and-their-proofs */
#ifndef URNE_CRYPTO_PROOF_H
#define URNE_CRYPTO_PROOF_H

#include "base/codec.h"
#include "crypto/elgamal.h"
#include "crypto/group.h"

struct urne_proof {
	struct urne_scalar challenge;
	struct urne_scalar response;
};

void urne_codec_proof(struct urne_codec *c, const struct urne_group *g, struct urne_proof *p);

/* Knowledge of x with X = g^x: A = g^response X^challenge; text ends with A. Serves the proofs of
 * knowledge of trustee keys (pok|group|X|), the signatures of messages (sigmsg|M|) and ballots
 * (sig|hash|), and the proofs of non-homomorphic answers (raweg|...|). */
enum urne_err urne_schnorr_verify(const struct urne_group *g, const struct urne_proof *p,
    const struct urne_elem *X, const struct urne_sha256 *transcript) URNE_MUST_USE;

/* What ciphertexts and their proofs are made from: the generator and the public key. With the
 * powers of both, many proofs cost little; without (NULL), each costs what it costs. */
struct urne_bases {
	struct urne_elem g, y;
	const struct urne_powers *g_powers, *y_powers;
};

/* urne_bases_of: the generator and y, without powers. */
void urne_bases_of(struct urne_bases *out, const struct urne_group *g, const struct urne_elem *y);

/* One branch of a disjunction: the ciphertext encrypts `value`. */
struct urne_or_branch {
	const struct urne_ciphertext *ct;
	uint64_t value;
};

/* Disjunctions are verified in crypto/proof_queue.h. */

/* A ciphertext does not encrypt zero (lists questions). */
struct urne_nonzero_proof {
	struct urne_elem commitment; /* A0 */
	struct urne_scalar challenge;
	struct urne_scalar response[2];
};

void urne_codec_nonzero_proof(
    struct urne_codec *c, const struct urne_group *g, struct urne_nonzero_proof *p);
/* A0 != 1, A1 = alpha^t1 g^t2, A2 = beta^t1 y^t2 A0^c; text ends with A0,A1,A2. */
enum urne_err urne_nonzero_verify(const struct urne_group *g, const struct urne_nonzero_proof *p,
    const struct urne_bases *bases, const struct urne_ciphertext *ct,
    const struct urne_sha256 *transcript) URNE_MUST_USE;

/* urne_nonzero_challenge: half of it, for A1 and A2 from elsewhere, of which A is the encodings,
 * one behind the other: A0 != 1, and the challenge is that of the text. */
enum urne_err urne_nonzero_challenge(const struct urne_group *g, const struct urne_nonzero_proof *p,
    const uint8_t *A, const struct urne_sha256 *transcript) URNE_MUST_USE;

/* factor = alpha^x for the x of X = g^x: A = g^r X^c, B = alpha^r factor^c; text ends with A,B. */
enum urne_err urne_dleq_verify(const struct urne_group *g, const struct urne_proof *p,
    const struct urne_elem *X, const struct urne_elem *alpha, const struct urne_elem *factor,
    const struct urne_sha256 *transcript) URNE_MUST_USE;

/* urne_dleq_challenge: half of it, for A and B from elsewhere, of which AB is the encodings, one
 * behind the other: the challenge is that of the text. */
enum urne_err urne_dleq_challenge(const struct urne_group *g, const struct urne_proof *p,
    const uint8_t *AB, const struct urne_sha256 *transcript) URNE_MUST_USE;

#endif
