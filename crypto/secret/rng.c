/* SPDX-License-Identifier: EUPL-1.2 */
/* Randomness: 32 bytes of the operating system's key a ChaCha20 stream; every request takes a
 * stream of its own by its number. Mixing in makes a new key by SHA-256. */
#include "crypto/secret/rng.h"

#include <sodium.h>
#include <sys/random.h>

#include "crypto/sha256.h"

enum urne_err
urne_rng_init(struct urne_rng *r)
{
	uint8_t fresh[32];

	urne_rng_clear(r);
	/* up to 256 bytes getrandom gives all or fails; it is interrupted only before the system's
	 * generator is ready */
	if (getrandom(fresh, sizeof(fresh), 0) != (ssize_t)sizeof(fresh)) {
		return URNE_ERR_RANDOM;
	}
	urne_rng_init_fixed(r, fresh);
	urne_wipe(fresh, sizeof(fresh));
	return URNE_OK;
}

void
urne_rng_mix(struct urne_rng *r, const void *p, size_t len)
{
	struct urne_sha256 h;
	struct urne_hash key;

	urne_sha256_init(&h);
	urne_sha256_puts(&h, "urne-rng|");
	urne_sha256_put(&h, r, sizeof(*r));
	urne_sha256_put(&h, p, len);
	urne_sha256_final(&h, &key);
	urne_rng_init_fixed(r, key.b);
	urne_wipe(&key, sizeof(key));
	urne_wipe(&h, sizeof(h));
}

void
urne_rng_init_fixed(struct urne_rng *r, const uint8_t seed[32])
{
	for (size_t i = 0; i < sizeof(r->key); i++) {
		r->key[i] = seed[i];
	}
	r->block = 0;
}

void
urne_rng_fill(struct urne_rng *r, void *out, size_t len)
{
	uint8_t nonce[crypto_stream_chacha20_NONCEBYTES];

	_Static_assert(sizeof(nonce) == sizeof(uint64_t), "the nonce is the request's number");
	for (size_t i = 0; i < sizeof(nonce); i++) {
		nonce[i] = (uint8_t)(r->block >> (8 * i));
	}
	(void)crypto_stream_chacha20(out, len, nonce, r->key); /* always 0 */
	r->block++;
}

void
urne_rng_clear(struct urne_rng *r)
{
	urne_wipe(r, sizeof(*r));
}

uint64_t
urne_rng_below(struct urne_rng *r, uint64_t bound)
{
	/* the largest multiple of bound: above it, try again */
	uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
	uint64_t v = 0;

	do {
		urne_rng_fill(r, &v, sizeof(v));
	} while (v >= limit);
	return v % bound;
}
