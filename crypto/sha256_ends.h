/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: how a message begins and ends, whoever works on its blocks. Spec: FIPS 180-4, sections
 * 5 and 6.2. */
#ifndef URNE_CRYPTO_SHA256_ENDS_H
#define URNE_CRYPTO_SHA256_ENDS_H

#include "crypto/sha256_blocks.h"

/* The state before the first block. */
extern const uint32_t urne_sha256_start[8];

/* urne_sha256_pad: the end of a message of `len` bytes, whose last len % 64 are `part`: a one bit,
 * zeros, and the number of bits. Returns how many blocks that makes, 1 or 2. */
size_t urne_sha256_pad(uint8_t out[2 * URNE_SHA256_BLOCK], const uint8_t *part, uint64_t len);
/* urne_sha256_write: the hash, from the state behind the last block. */
void urne_sha256_write(struct urne_hash *out, const uint32_t h[8]);

#endif
