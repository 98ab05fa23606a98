/* SPDX-License-Identifier: EUPL-1.2 */
/* The one place randomness comes from. A generator is seeded from the operating system and, when
 * the caller gives some, from secrets of its own (a key, a credential), so that a weak system
 * generator alone does not repeat a nonce; after a successful init it cannot fail. */
#ifndef URNE_CRYPTO_SECRET_RNG_H
#define URNE_CRYPTO_SECRET_RNG_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"

struct urne_rng {
	uint8_t key[32];
	uint64_t block; /* number of requests served; the nonce of the next */
};

/* urne_rng_init: `hedge` may be empty. URNE_ERR_RANDOM when the system gives no randomness. */
enum urne_err urne_rng_init(struct urne_rng *r, struct urne_view hedge) URNE_MUST_USE;
/* urne_rng_init_fixed: the same stream for the same seed. Tests and vectors only. */
void urne_rng_init_fixed(struct urne_rng *r, const uint8_t seed[32]);
void urne_rng_fill(struct urne_rng *r, void *out, size_t len);
void urne_rng_clear(struct urne_rng *r);
/* urne_rng_below: uniform in 0..bound-1, bound >= 1; rejection sampling, the value is secret but
 * the number of tries shows. */
uint64_t urne_rng_below(struct urne_rng *r, uint64_t bound);

#endif
