/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: sixteen decimal digits become a number at once. Neighbours are joined four times: to
 * numbers of two digits, of four, of eight, of sixteen. Public data. */
#ifndef URNE_CRYPTO_SIXTEEN_DIGITS_H
#define URNE_CRYPTO_SIXTEEN_DIGITS_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

/* What sixteen digits are worth, the first of them first. */
typedef uint8_t urne_sixteen __attribute__((vector_size(16)));

/* urne_sixteen_read: what is no digit leaves bits in *bad. */
static inline urne_sixteen
urne_sixteen_read(urne_sixteen *bad, const char p[16])
{
	urne_sixteen v;

	memcpy(&v, p, sizeof(v));
	v -= '0';
	*bad |= (urne_sixteen)(v > 9);
	return v;
}

static inline bool
urne_sixteen_any(urne_sixteen v)
{
	uint64_t half[2];

	memcpy(half, &v, sizeof(half));
	return (half[0] | half[1]) != 0;
}

/* urne_sixteen_last: the last `num` of them with zeros in front, num <= 16. */
static inline urne_sixteen
urne_sixteen_last(urne_sixteen v, size_t num)
{
	static const uint8_t keep[32] = {[16] = 0xff,
	    0xff,
	    0xff,
	    0xff,
	    0xff,
	    0xff,
	    0xff,
	    0xff,
	    0xff,
	    0xff,
	    0xff,
	    0xff,
	    0xff,
	    0xff,
	    0xff,
	    0xff};
	urne_sixteen mask;

	memcpy(&mask, keep + num, sizeof(mask));
	return v & mask;
}

/* The first of two neighbours is the lower one. Multiplied, it comes to stand beside the second, in
 * the upper half of both. */
static inline uint64_t
urne_sixteen_number_of_eight(uint64_t v)
{
	v = v * (10 << 8 | 1) >> 8 & UINT64_C(0x00ff00ff00ff00ff);
	v = v * (100 << 16 | 1) >> 16 & UINT64_C(0x0000ffff0000ffff);
	return v * (UINT64_C(10000) << 32 | 1) >> 32;
}

/* urne_sixteen_number: for every machine. */
static inline uint64_t
urne_sixteen_number(urne_sixteen v)
{
	uint64_t half[2];

	memcpy(half, &v, sizeof(half));
	return urne_sixteen_number_of_eight(le64toh(half[0])) * 100000000 +
	       urne_sixteen_number_of_eight(le64toh(half[1]));
}

#if defined(__x86_64__)
/* The last time outside of the vector: low is the first. */
static inline uint64_t
urne_sixteen_join_eights(__m128i v)
{
	uint64_t eights = (uint64_t)_mm_cvtsi128_si64(v);

	return (eights & UINT64_C(0xffffffff)) * 100000000 + (eights >> 32);
}

static inline __m128i
urne_sixteen_fours(urne_sixteen v)
{
	__m128i twos = _mm_srli_epi16(_mm_mullo_epi16((__m128i)v, _mm_set1_epi16(10 << 8 | 1)), 8);

	return _mm_madd_epi16(twos, _mm_set1_epi32(1 << 16 | 100));
}
#endif

/* urne_sixteen_numbers: two at a time, which cost less together. */
static inline void
urne_sixteen_numbers(uint64_t *first, uint64_t *second, urne_sixteen a, urne_sixteen b)
{
#if defined(__x86_64__)
	__m128i fours = _mm_packs_epi32(urne_sixteen_fours(a), urne_sixteen_fours(b));
	__m128i eights = _mm_madd_epi16(fours, _mm_set1_epi32(1 << 16 | 10000));

	*first = urne_sixteen_join_eights(eights);
	*second = urne_sixteen_join_eights(_mm_unpackhi_epi64(eights, eights));
#else
	*first = urne_sixteen_number(a);
	*second = urne_sixteen_number(b);
#endif
}

#endif
