/* SPDX-License-Identifier: EUPL-1.2 */
/* The one place randomness for secrets comes from. A generator is seeded from the operating system;
 * after that it cannot fail. Whoever makes proofs mixes in the witness and the statement first, so
 * that a system that gives the same randomness twice does not make two proofs share a nonce. */
#ifndef URNE_CRYPTO_SECRET_RNG_H
#define URNE_CRYPTO_SECRET_RNG_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct urne_rng {
	uint8_t key[32];
	uint64_t block; /* number of requests served; the nonce of the next */
};

/* urne_rng_init: URNE_ERR_RANDOM when the system gives no randomness. */
enum urne_err urne_rng_init(struct urne_rng *r) URNE_MUST_USE;
/* urne_rng_mix makes everything that follows depend on these bytes (a key, choices, a message) as
 * well as on what went before. Constant time in the bytes. */
void urne_rng_mix(struct urne_rng *r, const void *p, size_t len);
/* urne_rng_init_fixed: the same stream for the same seed, which must itself come from a generator
 * that the system seeded; in tests and vectors it does not. */
void urne_rng_init_fixed(struct urne_rng *r, const uint8_t seed[32]);
void urne_rng_fill(struct urne_rng *r, void *out, size_t len);
void urne_rng_clear(struct urne_rng *r);
/* urne_rng_below: uniform in 0..bound-1, bound >= 1; rejection sampling, the value is secret but
 * the number of tries shows. */
uint64_t urne_rng_below(struct urne_rng *r, uint64_t bound);

#endif
