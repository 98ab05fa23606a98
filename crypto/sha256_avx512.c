/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: SHA-256 of sixteen messages at once by AVX-512. Element i of every vector belongs to
 * message i; rotations are one instruction, and so is each function of three words. Spec: FIPS
 * 180-4, section 6.2. */
#if defined(__x86_64__)
#include <immintrin.h>

#include "crypto/sha256_blocks.h"

/* As immediates of vpternlogd: the function's values, by the bits of the three words. */
#define CHOOSE	 0xca
#define MAJORITY 0xe8
#define PARITY	 0x96

#define LANES URNE_SHA256_LANES

/* The eight words of the state, of all messages. */
struct words {
	__m512i a, b, c, d, e, f, g, h;
};

static inline __m512i
sum(__m512i x, __m512i y)
{
	return _mm512_add_epi32(x, y);
}

static inline __m512i
big_sigma0(__m512i x)
{
	return _mm512_ternarylogic_epi32(
	    _mm512_ror_epi32(x, 2), _mm512_ror_epi32(x, 13), _mm512_ror_epi32(x, 22), PARITY);
}

static inline __m512i
big_sigma1(__m512i x)
{
	return _mm512_ternarylogic_epi32(
	    _mm512_ror_epi32(x, 6), _mm512_ror_epi32(x, 11), _mm512_ror_epi32(x, 25), PARITY);
}

static inline __m512i
sigma0(__m512i x)
{
	return _mm512_ternarylogic_epi32(
	    _mm512_ror_epi32(x, 7), _mm512_ror_epi32(x, 18), _mm512_srli_epi32(x, 3), PARITY);
}

static inline __m512i
sigma1(__m512i x)
{
	return _mm512_ternarylogic_epi32(
	    _mm512_ror_epi32(x, 17), _mm512_ror_epi32(x, 19), _mm512_srli_epi32(x, 10), PARITY);
}

/* one round, with the standard's names. T1 is E - d, so that no more than three instructions are
 * between e and the next e, and between a and the next a: each waits two cycles. */
static inline void
one(struct words *s, __m512i w, uint32_t constant)
{
	__m512i wk = sum(w, _mm512_set1_epi32((int)constant));
	__m512i choice = _mm512_ternarylogic_epi32(s->e, s->f, s->g, CHOOSE);
	__m512i majority = _mm512_ternarylogic_epi32(s->a, s->b, s->c, MAJORITY);
	__m512i e = sum(sum(sum(sum(s->h, s->d), wk), choice), big_sigma1(s->e));
	__m512i t1 = _mm512_sub_epi32(e, s->d);
	__m512i a = sum(sum(t1, majority), big_sigma0(s->a));

	*s = (struct words){a, s->a, s->b, s->c, e, s->e, s->f, s->g};
}

/* next_word: of the schedule only the last sixteen words are kept: w[i] takes the place of the one
 * sixteen before. */
static inline void
next_word(__m512i w[16], size_t i)
{
	w[i] =
	    sum(sum(w[i], sigma0(w[(i + 1) % 16])), sum(w[(i + 9) % 16], sigma1(w[(i + 14) % 16])));
}

/* four rounds, with the words from i on; and four_and_next, after each of which its word is
 * replaced: the two do not wait for each other. Written out: compilers keep all words in registers
 * only so. */
static inline void
four(struct words *s, const __m512i w[16], size_t i, const uint32_t constant[16])
{
	one(s, w[i], constant[i]);
	one(s, w[i + 1], constant[i + 1]);
	one(s, w[i + 2], constant[i + 2]);
	one(s, w[i + 3], constant[i + 3]);
}

static inline void
four_and_next(struct words *s, __m512i w[16], size_t i, const uint32_t constant[16])
{
	one(s, w[i], constant[i]);
	next_word(w, i);
	one(s, w[i + 1], constant[i + 1]);
	next_word(w, i + 1);
	one(s, w[i + 2], constant[i + 2]);
	next_word(w, i + 2);
	one(s, w[i + 3], constant[i + 3]);
	next_word(w, i + 3);
}

static inline void
rounds(struct words *s, __m512i w[16])
{
	const uint32_t *constant = urne_sha256_round;

	for (size_t t = 0; t < 48; t += 16) {
		four_and_next(s, w, 0, constant + t);
		four_and_next(s, w, 4, constant + t);
		four_and_next(s, w, 8, constant + t);
		four_and_next(s, w, 12, constant + t);
	}
	four(s, w, 0, constant + 48);
	four(s, w, 4, constant + 48);
	four(s, w, 8, constant + 48);
	four(s, w, 12, constant + 48);
}

/* transpose: element i of vector j becomes element j of vector i; first within squares of four by
 * four, then these squares. */
static inline void
transpose(__m512i r[16])
{
	__m512i q[16];

	for (size_t i = 0; i < 16; i += 4) {
		__m512i low01 = _mm512_unpacklo_epi32(r[i], r[i + 1]);
		__m512i high01 = _mm512_unpackhi_epi32(r[i], r[i + 1]);
		__m512i low23 = _mm512_unpacklo_epi32(r[i + 2], r[i + 3]);
		__m512i high23 = _mm512_unpackhi_epi32(r[i + 2], r[i + 3]);

		q[i] = _mm512_unpacklo_epi64(low01, low23);
		q[i + 1] = _mm512_unpackhi_epi64(low01, low23);
		q[i + 2] = _mm512_unpacklo_epi64(high01, high23);
		q[i + 3] = _mm512_unpackhi_epi64(high01, high23);
	}
	for (size_t i = 0; i < 4; i++) {
		__m512i even01 = _mm512_shuffle_i32x4(q[i], q[i + 4], 0x88);
		__m512i odd01 = _mm512_shuffle_i32x4(q[i], q[i + 4], 0xdd);
		__m512i even23 = _mm512_shuffle_i32x4(q[i + 8], q[i + 12], 0x88);
		__m512i odd23 = _mm512_shuffle_i32x4(q[i + 8], q[i + 12], 0xdd);

		r[i] = _mm512_shuffle_i32x4(even01, even23, 0x88);
		r[i + 4] = _mm512_shuffle_i32x4(odd01, odd23, 0x88);
		r[i + 8] = _mm512_shuffle_i32x4(even01, even23, 0xdd);
		r[i + 12] = _mm512_shuffle_i32x4(odd01, odd23, 0xdd);
	}
}

/* words_in reads the block at `at` of every message; words are big-endian. */
static inline void
words_in(__m512i w[16], const uint8_t *const p[LANES], size_t at)
{
	const __m512i swap =
	    _mm512_broadcast_i32x4(_mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203));

	for (size_t i = 0; i < LANES; i++) {
		w[i] = _mm512_shuffle_epi8(_mm512_loadu_si512(p[i] + at), swap);
	}
	transpose(w);
}

static inline void
state_in(struct words *s, uint32_t *const h[LANES])
{
	__m512i r[16];

	for (size_t i = 0; i < LANES; i++) {
		r[i] = _mm512_castsi256_si512(_mm256_loadu_si256((const void *)h[i]));
	}
	transpose(r);
	*s = (struct words){r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7]};
}

static inline void
state_out(uint32_t *const h[LANES], const struct words *s)
{
	__m512i r[16] = {s->a, s->b, s->c, s->d, s->e, s->f, s->g, s->h};

	transpose(r);
	for (size_t i = 0; i < LANES; i++) {
		_mm256_storeu_si256((void *)h[i], _mm512_castsi512_si256(r[i]));
	}
}

static inline void
add(struct words *s, const struct words *start)
{
	*s = (struct words){sum(s->a, start->a), sum(s->b, start->b), sum(s->c, start->c),
	    sum(s->d, start->d), sum(s->e, start->e), sum(s->f, start->f), sum(s->g, start->g),
	    sum(s->h, start->h)};
}

void
urne_sha256_sixteen_avx512(uint32_t *const h[LANES], const uint8_t *const p[LANES], size_t num)
{
	struct words s;

	state_in(&s, h);
	for (size_t i = 0; i < num; i++) {
		const struct words start = s;
		__m512i w[16];

		words_in(w, p, i * URNE_SHA256_BLOCK);
		rounds(&s, w);
		add(&s, &start);
	}
	state_out(h, &s);
}

#else
/* ISO C wants something in every file. */
typedef int urne_sha256_avx512_is_for_x86_64;
#endif
