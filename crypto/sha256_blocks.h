/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: the compression function of SHA-256 in versions, for sha256.c and the tests. No version
 * has a branch or an index that depends on the bytes, so that secrets may be hashed as well: only
 * lengths show. Spec: FIPS 180-4, section 6.2. */
#ifndef URNE_CRYPTO_SHA256_BLOCKS_H
#define URNE_CRYPTO_SHA256_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

#define URNE_SHA256_BLOCK ((size_t)64)
/* Messages that are worked on at once, where there are vectors of sixteen words. */
#define URNE_SHA256_LANES ((size_t)16)

/* A version, and whether this processor and system run it. */
struct urne_sha256_version {
	const char *name;
	bool (*runs)(void);
	/* blocks: takes num blocks into the state h. */
	void (*blocks)(uint32_t h[8], const uint8_t *p, size_t num);
	/* pair: num blocks of each of two messages, side by side. */
	void (*pair)(
	    uint32_t h[8], const uint8_t *p, uint32_t h2[8], const uint8_t *p2, size_t num);
	/* sixteen: num blocks of each of so many messages; NULL where there is none. */
	void (*sixteen)(uint32_t *const h[URNE_SHA256_LANES],
	    const uint8_t *const p[URNE_SHA256_LANES], size_t num);
	/* From so many messages on it takes less time for them than the other two. */
	size_t least;
};

/* The versions that were compiled, the fastest first; the last runs everywhere. */
extern const struct urne_sha256_version urne_sha256_versions[];
extern const size_t urne_sha256_num_versions;
/* urne_sha256_fastest: the first that runs here. */
const struct urne_sha256_version *urne_sha256_fastest(void);

/* urne_sha256_of_many_by: urne_sha256_of_many (crypto/sha256.h) by one version, which runs here. */
void urne_sha256_of_many_by(const struct urne_sha256_version *v, struct urne_hash *out,
    const struct urne_view *text, size_t num);

/* The constants of all rounds, for every version. */
extern const uint32_t urne_sha256_round[64];

/* For every processor. */
void urne_sha256_blocks_portable(uint32_t h[8], const uint8_t *p, size_t num);
/* For x86-64 with the SHA instructions and SSE 4.1. */
void urne_sha256_blocks_ni(uint32_t h[8], const uint8_t *p, size_t num);
void urne_sha256_pair_ni(
    uint32_t h[8], const uint8_t *p, uint32_t h2[8], const uint8_t *p2, size_t num);
/* For x86-64 with AVX-512 F and BW. */
void urne_sha256_sixteen_avx512(
    uint32_t *const h[URNE_SHA256_LANES], const uint8_t *const p[URNE_SHA256_LANES], size_t num);

#endif
