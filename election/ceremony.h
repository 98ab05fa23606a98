/* SPDX-License-Identifier: EUPL-1.2 */
/* Threshold key generation with the commitment round: each round reads one file and writes one.
 * Spec: docs/protocol.md#threshold-key-generation
 *
 * The files, in their order; every one says what it is in its first field, and (but for the
 * invitation, which has it inside) its group in the second:
 *   official -> trustee i   {"urne_ceremony":"invitation","context":{group,size,threshold,index}}
 *   trustee i -> official   "certificate": certs:[own]                 and a new key (seed)
 *   official -> everybody   "certificates": certs
 *   trustee i -> official   "commitment": index, commitments:[{certs:hash,hash,signature}]
 *   official -> everybody   "commitments": certs, commitments
 *   trustee i -> official   "polynomial": index, coefexps:[own], signatures:[own], shares to each
 *   official -> trustee j   "shares": index j, certs, commitments, coefexps, signatures, shares
 *   trustee j -> official   "key": index, public_key with its signature, and private_key: the
 *                           private share encrypted to j itself
 *   official                threshold parameters, and one share file (.dkey) per trustee
 * A trustee's polynomial is derived from its seed and all certificates, so no round leaves secret
 * state behind and repeating a round gives the same numbers.
 *
 * What this cannot see: an official who shows one trustee two different "commitments" files, one
 * after the other, learns its coefexps from the first answer. So the program that calls
 * urne_ceremony_step keeps, beside the seed, the hash of the commitments file it answered, and
 * refuses another one. */
#ifndef URNE_ELECTION_CEREMONY_H
#define URNE_ELECTION_CEREMONY_H

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/secret/rng.h"
#include "crypto/secret/secret.h"
#include "crypto/secret/signer.h"
#include "election/trustees.h"

enum urne_ceremony_round {
	URNE_CEREMONY_CERTIFICATE, /* invitation in, certificate out */
	URNE_CEREMONY_COMMITMENT,
	URNE_CEREMONY_POLYNOMIAL,
	URNE_CEREMONY_KEY,
};
#define URNE_CEREMONY_NUM_ROUNDS 4

/* A trustee's seed: 22 Base58 characters and a NUL. Secret. */
#define URNE_SEED_LEN ((size_t)22)
struct urne_seed {
	char text[URNE_SEED_LEN + 1];
};
void urne_seed_generate(struct urne_seed *out, struct urne_rng *rng);
enum urne_err urne_seed_read(
    struct urne_seed *out, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
/* urne_seed_derive: the secret key SHA-256(tag|seed) mod q; tags are "sk|" and "dk|". */
void urne_seed_derive(struct urne_secret *out, const struct urne_group *g, const char *tag,
    const struct urne_seed *seed);
/* urne_seed_verification: the public half of sk, which the trustee's certificate shows. */
void urne_seed_verification(
    struct urne_elem *out, const struct urne_group *g, const struct urne_seed *seed);
/* urne_seed_identity: the signer that the trustee is known by before there is a certificate: its
 * Ed25519 seed is SHA-256("urne-identity|" seed). The name is the trustee's. Constant time in the
 * seed. Spec: docs/protocol.md#threshold-key-generation */
enum urne_err urne_seed_identity(struct urne_signer *out, struct urne_diag *d,
    struct urne_view name, const struct urne_seed *seed) URNE_MUST_USE;
void urne_seed_clear(struct urne_seed *s);

/* --- the official's side (public data) --- */

/* urne_ceremony_invitation appends the invitation of trustee index (from 1). */
void urne_ceremony_invitation(
    struct urne_buf *out, const struct urne_group *g, size_t size, size_t threshold, size_t index);
/* urne_ceremony_collect takes the `size` files of one round, one of each trustee in any order,
 * checks them, and appends the next round's files: one in out[0] for everybody, or (after the
 * polynomials) one in out[j-1] per trustee. `before` is the file given out in the round before
 * (the certificates for commitments; the commitments for polynomials; for certificates any
 * invitation). A wrong file names its author. num_out is set. */
enum urne_err urne_ceremony_collect(struct urne_buf *out, size_t *num_out, struct urne_diag *d,
    enum urne_ceremony_round round, const struct urne_group *g, struct urne_view before,
    const struct urne_view *files, size_t num_files) URNE_MUST_USE;
/* urne_ceremony_check_answer checks the file of trustee `index` (from 1)
 * by itself, as it comes: all that urne_ceremony_collect and urne_ceremony_finish check of it, so
 * that these find no fault of anybody once every file has passed. `before` as there. others: the
 * files of this round that are there already and passed; no two certificates have a key in common.
 * Sentences name the trustee; one that `before` does not have: URNE_ERR_UNKNOWN; something
 * wrong in `before` or `others`: URNE_ERR_INTERNAL. */
enum urne_err urne_ceremony_check_answer(struct urne_diag *d, enum urne_ceremony_round round,
    struct urne_view before, size_t index, struct urne_view text, const struct urne_view *others,
    size_t num_others) URNE_MUST_USE;
/* urne_ceremony_finish takes the `size` key files (and all polynomial files' public part from
 * `before`, the shares file of trustee 1): threshold parameters into *out (in arena), checked
 * whole, and the share files, in the order of the trustees, into shares[]. */
enum urne_err urne_ceremony_finish(struct urne_threshold *out, struct urne_arena *arena,
    struct urne_buf *shares, struct urne_diag *d, const struct urne_group *g,
    struct urne_view before, const struct urne_view *files, size_t num_files) URNE_MUST_USE;

/* What a ceremony was called for. */
struct urne_ceremony_context {
	const struct urne_group *group;
	size_t size, threshold;
};
/* urne_ceremony_replay does the official's work of all rounds again, for those who have only the
 * trustees' files: file j of round r, both from 0, is files[r * size + j]. Threshold parameters and
 * share files as urne_ceremony_finish gives them. A wrong file names its round and author. */
enum urne_err urne_ceremony_replay(struct urne_threshold *out, struct urne_arena *arena,
    struct urne_buf *shares, struct urne_diag *d, const struct urne_ceremony_context *context,
    const struct urne_view *files) URNE_MUST_USE;

/* --- the trustee's side --- */

/* urne_ceremony_round_of tells from a file which round it asks the trustee for. */
enum urne_err urne_ceremony_round_of(enum urne_ceremony_round *round,
    const struct urne_group **group, struct urne_diag *d, struct urne_view file) URNE_MUST_USE;
/* urne_ceremony_step does the trustee's work of one round: reads `in`, appends the answer. Every
 * signature, commitment and share in `in` is checked first; a wrong one names its author. */
enum urne_err urne_ceremony_step(struct urne_buf *out, struct urne_diag *d,
    const struct urne_seed *seed, struct urne_view in, struct urne_rng *rng) URNE_MUST_USE;

/* urne_share_open: the private share of a threshold trustee from its seed and share file (.dkey;
 * AES-GCM, or the AES-CCM of older releases). */
enum urne_err urne_share_open(struct urne_secret *out, struct urne_diag *d,
    const struct urne_group *g, const struct urne_seed *seed,
    struct urne_view share_file) URNE_MUST_USE;

#endif
