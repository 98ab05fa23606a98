/* SPDX-License-Identifier: EUPL-1.2 */
/* A trustee's partial decryption of the encrypted tally.
 * Spec: docs/protocol.md#tally */
#ifndef URNE_TALLY_DECRYPT_H
#define URNE_TALLY_DECRYPT_H

#include "crypto/secret/rng.h"
#include "crypto/secret/secret.h"
#include "tally/tally.h"

/* urne_partial_make computes factor and proof for every ciphertext with the trustee's private key
 * x (its share, for a threshold trustee). The arrays live in `arena`. */
enum urne_err urne_partial_make(struct urne_partial_decryption *out, struct urne_arena *arena,
    const struct urne_election *e, const struct urne_tally *t, const struct urne_secret *x,
    struct urne_rng *rng) URNE_MUST_USE;

#endif
