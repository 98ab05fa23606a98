/* SPDX-License-Identifier: EUPL-1.2 */
/* SHA-256 as a value: the state can be copied with =, and nothing can fail. No branch and no index
 * depends on what is hashed, only on its length. docs/decisions/0003-sha256-low-level.md says why
 * it is our own. Spec: FIPS 180-4 */
#ifndef URNE_CRYPTO_SHA256_H
#define URNE_CRYPTO_SHA256_H

#include "base/bytes.h"

struct urne_sha256 {
	uint32_t h[8];
	uint64_t len;	  /* bytes so far */
	uint8_t part[64]; /* of these, the last len % 64 */
};

void urne_sha256_init(struct urne_sha256 *h);
void urne_sha256_put(struct urne_sha256 *h, const void *p, size_t len);
void urne_sha256_puts(struct urne_sha256 *h, const char *s);
void urne_sha256_put_view(struct urne_sha256 *h, struct urne_view v);
void urne_sha256_put_u64(struct urne_sha256 *h, uint64_t v); /* in decimal */
/* urne_sha256_put_both puts a text into each of two hashes, side by side as far as both go. */
void urne_sha256_put_both(
    struct urne_sha256 *a, struct urne_view to_a, struct urne_sha256 *b, struct urne_view to_b);
/* urne_sha256_final works on a copy: the state can go on being used. */
void urne_sha256_final(const struct urne_sha256 *h, struct urne_hash *out);
void urne_sha256_of(struct urne_hash *out, struct urne_view v);
/* urne_sha256_of_many: out[i] is the hash of text[i]. Messages of whatever lengths are worked on
 * beside each other, which takes two thirds of the time where the processor has SHA instructions,
 * and a third where it has AVX-512 and there are many. */
void urne_sha256_of_many(struct urne_hash *out, const struct urne_view *text, size_t num);

#endif
