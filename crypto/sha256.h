/* SPDX-License-Identifier: EUPL-1.2 */
/* SHA-256 as a value: the state can be copied with =, and nothing can fail.
 * docs/decisions/0003-sha256-low-level.md says why the low-level functions are used. */
#ifndef URNE_CRYPTO_SHA256_H
#define URNE_CRYPTO_SHA256_H

#include <openssl/sha.h>

#include "base/bytes.h"

struct urne_sha256 {
	SHA256_CTX ctx;
};

void urne_sha256_init(struct urne_sha256 *h);
void urne_sha256_put(struct urne_sha256 *h, const void *p, size_t len);
void urne_sha256_puts(struct urne_sha256 *h, const char *s);
void urne_sha256_put_view(struct urne_sha256 *h, struct urne_view v);
void urne_sha256_put_u64(struct urne_sha256 *h, uint64_t v); /* in decimal */
/* urne_sha256_final works on a copy: the state can go on being used. */
void urne_sha256_final(const struct urne_sha256 *h, struct urne_hash *out);
void urne_sha256_of(struct urne_hash *out, struct urne_view v);

#endif
