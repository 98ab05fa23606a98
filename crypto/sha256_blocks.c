/* SPDX-License-Identifier: EUPL-1.2 */
/* SHA-256 in plain C, and which versions there are. The C library has asked the processor and the
 * system when the program started, so that choosing one reads memory. */
#include "crypto/sha256_blocks.h"

#include <endian.h>
#include <string.h>

#if defined(__x86_64__)
#include <sys/platform/x86.h>
#endif

const uint32_t urne_sha256_round[64] = {0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b,
    0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74,
    0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
    0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3,
    0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354,
    0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
    0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3,
    0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa,
    0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static inline uint32_t
rotate(uint32_t x, unsigned n)
{
	return x >> n | x << (32 - n);
}

/* One round, with the standard's names. It changes two letters of eight; that each then gets the
 * next letter's name is done by the order in which ROUND is given them. */
#define ROUND(a, b, c, d, e, f, g, h, t)                                                           \
	do {                                                                                       \
		uint32_t t1 = (h) + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +               \
			      (((e) & (f)) ^ (~(e) & (g))) + urne_sha256_round[t] + w[(t) % 16];   \
		(d) += t1;                                                                         \
		(h) = t1 + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) +                        \
		      (((a) & (b)) ^ ((a) & (c)) ^ ((b) & (c)));                                   \
	} while (0)

static inline void
eight_rounds(uint32_t s[8], const uint32_t w[16], size_t t)
{
	uint32_t a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];

	ROUND(a, b, c, d, e, f, g, h, t);
	ROUND(h, a, b, c, d, e, f, g, t + 1);
	ROUND(g, h, a, b, c, d, e, f, t + 2);
	ROUND(f, g, h, a, b, c, d, e, t + 3);
	ROUND(e, f, g, h, a, b, c, d, t + 4);
	ROUND(d, e, f, g, h, a, b, c, t + 5);
	ROUND(c, d, e, f, g, h, a, b, t + 6);
	ROUND(b, c, d, e, f, g, h, a, t + 7);
	memcpy(s, (const uint32_t[8]){a, b, c, d, e, f, g, h}, 8 * sizeof(s[0]));
}

/* Of the schedule only the last sixteen words are kept: w[t] takes the place of w[t - 16]. */
static inline void
next_words(uint32_t w[16])
{
	for (size_t t = 0; t < 16; t++) {
		uint32_t x = w[(t + 1) % 16], y = w[(t + 14) % 16];

		w[t] += (rotate(x, 7) ^ rotate(x, 18) ^ x >> 3) + w[(t + 9) % 16] +
			(rotate(y, 17) ^ rotate(y, 19) ^ y >> 10);
	}
}

static void
one_block(uint32_t h[8], const uint8_t *p)
{
	uint32_t w[16], s[8];

	memcpy(s, h, sizeof(s));
	for (size_t t = 0; t < 16; t++) {
		memcpy(&w[t], p + 4 * t, sizeof(w[t]));
		w[t] = be32toh(w[t]);
	}
	for (size_t t = 0; t < 64; t += 16) {
		if (t > 0) {
			next_words(w);
		}
		eight_rounds(s, w, t);
		eight_rounds(s, w, t + 8);
	}
	for (size_t i = 0; i < 8; i++) {
		h[i] += s[i];
	}
}

void
urne_sha256_blocks_portable(uint32_t h[8], const uint8_t *p, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		one_block(h, p + i * URNE_SHA256_BLOCK);
	}
}

/* Nothing is gained here by two messages at a time. */
static void
pair_portable(uint32_t h[8], const uint8_t *p, uint32_t h2[8], const uint8_t *p2, size_t num)
{
	urne_sha256_blocks_portable(h, p, num);
	urne_sha256_blocks_portable(h2, p2, num);
}

static bool
runs_portable(void)
{
	return true;
}

#if defined(__x86_64__)
static bool
runs_ni(void)
{
	return CPU_FEATURE_ACTIVE(SHA) && CPU_FEATURE_ACTIVE(SSE4_1);
}

static bool
runs_avx512(void)
{
	return CPU_FEATURE_ACTIVE(AVX512F) && CPU_FEATURE_ACTIVE(AVX512BW);
}

static bool
runs_ni_avx512(void)
{
	return runs_ni() && runs_avx512();
}

/* Sixteen blocks take the time of seven by the SHA instructions, and of less than one in plain C.
 */
#define LEAST_NI       8
#define LEAST_PORTABLE 1
#endif

const struct urne_sha256_version urne_sha256_versions[] = {
#if defined(__x86_64__)
    {"ni_avx512", runs_ni_avx512, urne_sha256_blocks_ni, urne_sha256_pair_ni,
	urne_sha256_sixteen_avx512, LEAST_NI},
    {"ni", runs_ni, urne_sha256_blocks_ni, urne_sha256_pair_ni, NULL, 0},
    {"avx512", runs_avx512, urne_sha256_blocks_portable, pair_portable, urne_sha256_sixteen_avx512,
	LEAST_PORTABLE},
#endif
    {"portable", runs_portable, urne_sha256_blocks_portable, pair_portable, NULL, 0},
};

const size_t urne_sha256_num_versions =
    sizeof(urne_sha256_versions) / sizeof(urne_sha256_versions[0]);

const struct urne_sha256_version *
urne_sha256_fastest(void)
{
	size_t i = 0;

	while (!urne_sha256_versions[i].runs()) {
		i++;
	}
	return &urne_sha256_versions[i];
}
