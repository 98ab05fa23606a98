/* SPDX-License-Identifier: EUPL-1.2 */
/* Randomness that nobody has to keep secret for long: what a verifier asks of others' data without
 * their knowing it before. It is the system's, as that of crypto/secret/rng.h is, which the
 * verifier does not link because it has no secret. Never for keys, nonces or proofs. */
#ifndef URNE_BASE_PUBLIC_RANDOM_H
#define URNE_BASE_PUBLIC_RANDOM_H

#include "base/bytes.h"

/* urne_public_random fills a seed: URNE_ERR_RANDOM when the system gives none. */
enum urne_err urne_public_random(struct urne_hash *out) URNE_MUST_USE;

#endif
