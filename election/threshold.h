/* SPDX-License-Identifier: EUPL-1.2 */
/* The parts of threshold parameters and of their check that the ceremony, which has only some of
 * them yet, shares with election/trustees.h. */
#ifndef URNE_ELECTION_THRESHOLD_H
#define URNE_ELECTION_THRESHOLD_H

#include "election/trustees.h"

/* Memory that a list of trustees, or a ceremony, may take. */
#define URNE_TRUSTEES_MEMORY ((size_t)256 << 20)

/* Arrays of certificates and of coefexps; reading, the length is the message's and *num is set.
 * Messages are decoded by urne_threshold_decode_*. */
void urne_codec_signed_msgs(
    struct urne_codec *c, const struct urne_group *g, struct urne_signed_msg **msgs, size_t *num);
void urne_codec_proofs(
    struct urne_codec *c, const struct urne_group *g, struct urne_proof **proofs, size_t *num);
/* urne_codec_grow makes room for item `done` of an array whose length is not known yet: returns
 * `items` or a larger copy, NULL when the error sticks. */
void *urne_codec_grow(struct urne_codec *c, void *items, size_t done, size_t size);

void urne_codec_cert(struct urne_codec *c, struct urne_cert *cert, const struct urne_group *g);
/* an object with the one field coefexps; reading, exactly num elements into coefexp */
void urne_codec_coefexps(
    struct urne_codec *c, const struct urne_group *g, struct urne_elem *coefexp, size_t num);

/* Decode t->certs to t->cert (in arena), t->coefexps to t->coefexp. */
enum urne_err urne_threshold_decode_certs(struct urne_threshold *t, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_group *g) URNE_MUST_USE;
enum urne_err urne_threshold_decode_coefexps(struct urne_threshold *t, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_group *g) URNE_MUST_USE;

/* The steps of the check; sentences begin "trustee <first_owner + i>: ". */
enum urne_err urne_threshold_check_certs(const struct urne_threshold *t, struct urne_diag *d,
    const struct urne_group *g, size_t first_owner) URNE_MUST_USE;
enum urne_err urne_threshold_check_coefexps(const struct urne_threshold *t, struct urne_diag *d,
    const struct urne_group *g, size_t first_owner) URNE_MUST_USE;
enum urne_err urne_threshold_check_signatures(const struct urne_threshold *t, struct urne_diag *d,
    const struct urne_group *g, size_t first_owner) URNE_MUST_USE;
enum urne_err urne_threshold_check_keys(const struct urne_threshold *t, struct urne_diag *d,
    const struct urne_group *g, size_t first_owner) URNE_MUST_USE;

/* What the steps check of trustee i (from 0) alone, for whoever does not have the others' part yet;
 * sentences do not name the trustee. check_cert does not compare its keys with those of others. */
enum urne_err urne_threshold_check_cert(const struct urne_threshold *t, struct urne_diag *d,
    const struct urne_group *g, size_t i) URNE_MUST_USE;
enum urne_err urne_threshold_check_coefexp(const struct urne_threshold *t, struct urne_diag *d,
    const struct urne_group *g, size_t i) URNE_MUST_USE;
enum urne_err urne_threshold_check_signature(const struct urne_threshold *t, struct urne_diag *d,
    const struct urne_group *g, size_t i) URNE_MUST_USE;
enum urne_err urne_threshold_check_key(const struct urne_threshold *t, struct urne_diag *d,
    const struct urne_group *g, size_t i) URNE_MUST_USE;
/* urne_cert_shares_key: the two have a key in common, which nobody else's certificate may have. */
bool urne_cert_shares_key(
    const struct urne_group *g, const struct urne_cert *a, const struct urne_cert *b);

/* urne_threshold_check_size: 1 <= threshold <= size <= URNE_MAX_TRUSTEES. */
enum urne_err urne_threshold_check_size(
    uint64_t threshold, uint64_t size, struct urne_diag *d) URNE_MUST_USE;

/* urne_certs_sig_transcript starts the text that trustee i signs:
 * sigmsg|certs_sig|{"certs":[..],"coefexps":[A_i0,..]}| with all certificates and its own
 * coefexps. */
enum urne_err urne_certs_sig_transcript(struct urne_sha256 *h, const struct urne_group *g,
    const struct urne_threshold *t, size_t i) URNE_MUST_USE;
/* urne_certs_hash: SHA-256 of the array of certificates. */
enum urne_err urne_certs_hash(struct urne_hash *out, const struct urne_group *g,
    const struct urne_threshold *t) URNE_MUST_USE;
/* sigmsg|text of a public key| */
void urne_key_sig_transcript(
    struct urne_sha256 *h, const struct urne_group *g, const struct urne_elem *key);
/* pok|group|text of a public key| */
void urne_pok_transcript(
    struct urne_sha256 *h, const struct urne_group *g, const struct urne_elem *key);
/* urne_threshold_public_share: prod_i prod_k A_ik^(j^k), the public key of trustee j. */
void urne_threshold_public_share(
    struct urne_elem *out, const struct urne_group *g, const struct urne_threshold *t, uint64_t j);

#endif
