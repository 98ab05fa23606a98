/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: arithmetic in GF(p), p = 2^255 - 19, on four elements at once, with AVX2. Only files
 * compiled for it include this. Variable time, PUBLIC DATA ONLY: never to be linked into
 * encryption, decryption or anything that touches a key.
 *
 * An element is ten limbs of 26 and 25 bits in turn, v_0 + v_1 2^26 + v_2 2^51 + v_3 2^77 + ..,
 * modulo p. A lane of 64 bits holds two: v_2k below, v_(2k+1) above. So shuffles of whole lanes,
 * sums and differences need five instructions, and vpmuludq takes the lower limb as it is.
 *
 *   R  "reduced"   even limbs < 2^26 + 2^10, odd limbs < 2^25 + 2^10
 *   L  "loose"     even limbs < 3 2^26 + 2^12, odd limbs < 3 2^25 + 2^12
 *
 * mul, sq and twice_and give R; add and sub take R and give L; mul and sq take L.
 *
 * Every output may be the same object as any input. */
#ifndef URNE_CRYPTO_VARTIME_LANES_AVX2_H
#define URNE_CRYPTO_VARTIME_LANES_AVX2_H

#include <immintrin.h>
#include <stdint.h>

#include "crypto/vartime/edwards.h"
#include "crypto/vartime/fe51.h"

enum {
	LANES = 4,
	WAYS = 1, /* points whose four coordinates fit */
	LIMB_WORDS = 5,
};

typedef __m256i vec;

struct lanes {
	vec v[LIMB_WORDS];
};

/* Which lanes are to be subtracted: all ones there. */
typedef __m256i signs;

/* 2p, limb by limb. */
#define TWO_P_0	   INT64_C(0x03fffffe07ffffda)
#define TWO_P_MORE INT64_C(0x03fffffe07fffffe)

static inline vec
two_p(size_t k)
{
	return _mm256_set1_epi64x(k == 0 ? TWO_P_0 : TWO_P_MORE);
}

/* The coordinates of a point in memory, word by word. */
struct quad {
	_Alignas(32) uint64_t word[LIMB_WORDS][4];
};

/* pack, unpack: a word from a limb of fe51.h that is R, and back: from L, S. */
static inline uint64_t
pack(uint64_t limb51)
{
	return (limb51 & 0x3ffffff) | (limb51 >> 26) << 32;
}

static inline uint64_t
unpack(uint64_t two_limbs)
{
	return (two_limbs & UINT32_MAX) + ((two_limbs >> 32) << 26);
}

/* lanes_pack, lanes_unpack: the same in all lanes. */
static inline vec
lanes_pack(vec limb51)
{
	const vec low = _mm256_and_si256(limb51, _mm256_set1_epi64x(0x3ffffff));

	return _mm256_or_si256(low, _mm256_slli_epi64(_mm256_srli_epi64(limb51, 26), 32));
}

static inline vec
lanes_unpack(vec two_limbs)
{
	const vec low = _mm256_and_si256(two_limbs, _mm256_set1_epi64x(UINT32_MAX));

	return _mm256_add_epi64(low, _mm256_slli_epi64(_mm256_srli_epi64(two_limbs, 32), 26));
}

/* lanes_add: out = a + b. Takes R, R; gives L. */
static inline void
lanes_add(struct lanes *out, const struct lanes *a, const struct lanes *b)
{
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		out->v[k] = _mm256_add_epi32(a->v[k], b->v[k]);
	}
}

/* lanes_sub: out = a - b. Takes R, R; gives L: it computes a + 2p - b, and the limbs of 2p are 2^27
 * - 38, 2^26 - 2, 2^27 - 2. */
static inline void
lanes_sub(struct lanes *out, const struct lanes *a, const struct lanes *b)
{
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		vec t = _mm256_add_epi32(a->v[k], two_p(k));

		out->v[k] = _mm256_sub_epi32(t, b->v[k]);
	}
}

/* lanes_signed: out = a - b where `minus` says so, a + b elsewhere. Takes R, R; gives L. */
static inline void
lanes_signed(struct lanes *out, const struct lanes *a, const struct lanes *b, signs minus)
{
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		vec opposite = _mm256_sub_epi32(two_p(k), b->v[k]);
		vec t = _mm256_blendv_epi8(b->v[k], opposite, minus);

		out->v[k] = _mm256_add_epi32(a->v[k], t);
	}
}

/* lanes_carry: out = a with smaller limbs. Takes limbs below 2^30; gives R: carries are < 2^5, the
 * one out of the top comes back times 19, < 2^10. */
static inline void
lanes_carry(struct lanes *out, const struct lanes *a)
{
	const vec width = _mm256_set1_epi64x(INT64_C(25) << 32 | 26);
	const vec mask = _mm256_set1_epi64x(INT64_C(0x01ffffff03ffffff));
	vec c[LIMB_WORDS], top;

	for (size_t k = 0; k < LIMB_WORDS; k++) {
		c[k] = _mm256_srlv_epi32(a->v[k], width);
	}
	top = _mm256_mul_epu32(_mm256_srli_epi64(c[4], 32), _mm256_set1_epi64x(19));
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		vec below = k == 0 ? top : _mm256_srli_epi64(c[k - 1], 32);
		vec t = _mm256_and_si256(a->v[k], mask);

		t = _mm256_add_epi32(t, _mm256_slli_epi64(c[k], 32));
		out->v[k] = _mm256_add_epi32(t, below);
	}
}

/* lanes_twice_and: out = 2a + b - c. Takes R, R, R; gives R. */
static inline void
lanes_twice_and(
    struct lanes *out, const struct lanes *a, const struct lanes *b, const struct lanes *c)
{
	struct lanes t;

	lanes_sub(&t, b, c);
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		t.v[k] = _mm256_add_epi32(t.v[k], _mm256_slli_epi32(a->v[k], 1));
	}
	lanes_carry(out, &t);
}

/* move: the bits of *from above `width` go to *to. */
static inline void
move(vec *to, vec *from, int width)
{
	*to = _mm256_add_epi64(*to, _mm256_srli_epi64(*from, width));
	*from = _mm256_and_si256(*from, _mm256_set1_epi64x((1LL << width) - 1));
}

/* fold: out = h_0 + h_1 2^26 + .., the end of mul and sq. Takes limbs < 2^63; gives R.
 * Two chains of carries run beside each other, so that one is not waited for. A carry is < 2^38;
 * the one out of limb 9 is < 2^39, and times 19 < 2^44: limb 0 then passes < 2^18 on to limb 1,
 * which a second carry has brought below 2^25, and that to limb 2: .. so that all are R. */
static inline void
fold(struct lanes *out, vec h[10])
{
	vec c;

	move(&h[1], &h[0], 26);
	move(&h[5], &h[4], 26);
	move(&h[2], &h[1], 25);
	move(&h[6], &h[5], 25);
	move(&h[3], &h[2], 26);
	move(&h[7], &h[6], 26);
	move(&h[4], &h[3], 25);
	move(&h[8], &h[7], 25);
	move(&h[5], &h[4], 26);
	move(&h[9], &h[8], 26);
	c = _mm256_srli_epi64(h[9], 25);
	h[9] = _mm256_and_si256(h[9], _mm256_set1_epi64x(0x1ffffff));
	/* 19 c = c + 2c + 16c */
	h[0] = _mm256_add_epi64(h[0], _mm256_add_epi64(c, _mm256_slli_epi64(c, 4)));
	h[0] = _mm256_add_epi64(h[0], _mm256_slli_epi64(c, 1));
	move(&h[6], &h[5], 25);
	move(&h[1], &h[0], 26);
	move(&h[2], &h[1], 25);
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		out->v[k] = _mm256_or_si256(h[2 * k], _mm256_slli_epi64(h[2 * k + 1], 32));
	}
}

/* limbs: h_0 to h_9 in lanes of their own; what stands above the even ones is not looked at. */
static inline void
limbs(vec out[10], const struct lanes *a)
{
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		out[2 * k] = a->v[k];
		out[2 * k + 1] = _mm256_srli_epi64(a->v[k], 32);
	}
}

/* accumulate: h = h + x y. Left to itself, gcc 12 makes all products first and spills them: this
 * keeps sums in the order in which they are written. */
static inline void
accumulate(vec *h, vec x, vec y)
{
	*h = _mm256_add_epi64(*h, _mm256_mul_epu32(x, y));
	__asm__("" : "+x"(*h));
}

/* lanes_mul: out = a b. Takes L, L; gives R.
 * Products of two odd limbs count twice, what reaches 2^255 comes back times 19. 19 (3 2^26 +
 * 2^12) < 2^32, and 2 (3 2^25 + 2^12) < 2^28, so that all factors fit. A sum is at most 1 + 4 19
 * products of even limbs and 2 5 19 of odd ones, each a quarter: 124.5 (3 2^26 + 2^12)^2 < 2^62.2.
 * It is called, not made part of what calls it: registers hold one product, and no more. */
static __attribute__((noinline)) void
lanes_mul(struct lanes *out, const struct lanes *a, const struct lanes *b)
{
	const vec v19 = _mm256_set1_epi64x(19);
	vec f[10], g[20], h[10];

	limbs(f, a);
	limbs(g + 10, b);
#pragma GCC unroll 10
	for (size_t j = 0; j < 10; j++) {
		g[j] = _mm256_mul_epu32(g[10 + j], v19);
	}
#pragma GCC unroll 10
	for (size_t j = 0; j < 10; j++) {
		h[j] = _mm256_mul_epu32(f[0], g[10 + j]);
	}
#pragma GCC unroll 10
	for (size_t i = 1; i < 10; i++) {
		vec twice = _mm256_add_epi64(f[i], f[i]);

#pragma GCC unroll 10
		for (size_t j = 0; j < 10; j++) {
			vec x = i % 2 == 1 && j % 2 == 1 ? twice : f[i];
			/* g[10 + j], or 19 times it when i + j >= 10 */
			vec y = g[i + j >= 10 ? j : 10 + j];
			size_t at = (i + j) % 10;

			accumulate(&h[at], x, y);
		}
	}
	fold(out, h);
}

/* lanes_sq: out = a^2. Takes L; gives R. The sums are those of lanes_mul, equal products taken once
 * and doubled: 2 19 (3 2^26 + 2^12) would not fit, so that the smaller factor is doubled, and 4 (3
 * 2^25 + 2^12) < 2^29. */
static __attribute__((noinline)) void
lanes_sq(struct lanes *out, const struct lanes *a)
{
	const vec v19 = _mm256_set1_epi64x(19);
	vec f[10], g[10], h[10];

	limbs(f, a);
#pragma GCC unroll 10
	for (size_t j = 0; j < 10; j++) {
		g[j] = _mm256_mul_epu32(f[j], v19);
		h[j] = _mm256_setzero_si256();
	}
#pragma GCC unroll 10
	for (size_t i = 0; i < 10; i++) {
		vec twice = _mm256_add_epi32(f[i], f[i]), four = _mm256_add_epi32(twice, twice);

#pragma GCC unroll 10
		for (size_t j = i; j < 10; j++) {
			bool odd = i % 2 == 1 && j % 2 == 1;
			vec x = i == j ? (odd ? twice : f[i]) : (odd ? four : twice);
			vec y = i + j >= 10 ? g[j] : f[j];
			size_t at = (i + j) % 10;

			accumulate(&h[at], x, y);
		}
	}
	fold(out, h);
}

/* lanes_wide: out = a b. Other fields leave out the carries here; gives R. */
static inline void
lanes_wide(struct lanes *out, const struct lanes *a, const struct lanes *b)
{
	lanes_mul(out, a, b);
}

/* The lanes of a point in another order. */
#define LANES_PERMUTE(v, order) _mm256_permute4x64_epi64(v, order)

/* lanes_0022, lanes_1133: the lanes of a point by their numbers. */
static inline vec
lanes_0022(vec v)
{
	return _mm256_unpacklo_epi64(v, v);
}

static inline vec
lanes_1133(vec v)
{
	return _mm256_unpackhi_epi64(v, v);
}

static inline vec
lanes_zero(void)
{
	return _mm256_setzero_si256();
}

/* lanes_1123, and lane 0 twice and zeros. */
static inline vec
lanes_1123(vec v)
{
	return _mm256_blend_epi32(lanes_1133(v), v, 0xf0);
}

static inline vec
lanes_00(vec v)
{
	return _mm256_blend_epi32(lanes_0022(v), lanes_zero(), 0xf0);
}

/* lanes_signs: a bit of `plus` for each lane that is subtracted, or of `minus` where the point of
 * the way is to be. */
static inline signs
lanes_signs(const bool is_minus[WAYS], unsigned plus, unsigned minus)
{
	const vec bit = _mm256_set_epi64x(8, 4, 2, 1);
	vec s = _mm256_set1_epi64x(is_minus[0] ? minus : plus);

	return _mm256_cmpeq_epi64(_mm256_and_si256(s, bit), bit);
}

static inline void
lanes_load(struct lanes *out, struct quad *const q[WAYS])
{
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		out->v[k] = _mm256_load_si256((const void *)q[0]->word[k]);
	}
}

static inline void
lanes_store(struct quad *const q[WAYS], const struct lanes *a)
{
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		_mm256_store_si256((void *)q[0]->word[k], a->v[k]);
	}
}

/* turned: out[j] has in lane i what a[i] has in lane j. */
static inline void
turned(vec out[4], const vec a[4])
{
	/* lanes 0 and 2 of two vectors beside each other, and lanes 1 and 3 */
	const vec even[2] = {_mm256_unpacklo_epi64(a[0], a[1]), _mm256_unpacklo_epi64(a[2], a[3])};
	const vec odd[2] = {_mm256_unpackhi_epi64(a[0], a[1]), _mm256_unpackhi_epi64(a[2], a[3])};

	out[0] = _mm256_permute2x128_si256(even[0], even[1], 0x20);
	out[1] = _mm256_permute2x128_si256(odd[0], odd[1], 0x20);
	out[2] = _mm256_permute2x128_si256(even[0], even[1], 0x31);
	out[3] = _mm256_permute2x128_si256(odd[0], odd[1], 0x31);
}

/* lanes_give: lane i of four vectors goes to the 32 bytes at to[i]. */
static inline void
lanes_give(void *const to[LANES], const vec a[4])
{
	vec t[LANES];

	turned(t, a);
	for (size_t i = 0; i < LANES; i++) {
		_mm256_storeu_si256(to[i], t[i]);
	}
}

/* lanes_take: the eight words of the 64 bytes at from[i] go to lane i of eight vectors. */
static inline void
lanes_take(vec out[8], const void *const from[LANES])
{
	for (size_t half = 0; half < 2; half++) {
		vec t[LANES];

		for (size_t i = 0; i < LANES; i++) {
			t[i] = _mm256_loadu_si256((const vec *)from[i] + half);
		}
		turned(out + 4 * half, t);
	}
}

/* lanes_exchange: the order of half lanes where the first two lanes are exchanged, if so said. */
static inline vec
lanes_exchange(const bool is_minus[WAYS])
{
	static const _Alignas(32)
	    uint32_t order[2][8] = {{0, 1, 2, 3, 4, 5, 6, 7}, {2, 3, 0, 1, 4, 5, 6, 7}};

	return _mm256_load_si256((const void *)order[is_minus[0]]);
}

/* lanes_signed_quads: what is added of each point; of its opposite, the first two are exchanged. */
static inline void
lanes_signed_quads(struct lanes *out, const struct quad *const q[WAYS], const bool is_minus[WAYS])
{
	const vec by = lanes_exchange(is_minus);

	for (size_t k = 0; k < LIMB_WORDS; k++) {
		vec t = _mm256_load_si256((const void *)q[0]->word[k]);

		out->v[k] = _mm256_permutevar8x32_epi32(t, by);
	}
}

/* lanes_opened: y - x, y + x, 2dxy and 2 of each point; for -(x, y), the first two are exchanged.
 */
static inline void
lanes_opened(
    struct lanes *out, const struct urne_edwards_opened *const p[WAYS], const bool is_minus[WAYS])
{
	const vec two = _mm256_set_epi64x(2, 0, 0, 0), by = lanes_exchange(is_minus);

	for (size_t k = 0; k < LIMB_WORDS; k++) {
		vec t = _mm256_loadu_si256((const void *)&p[0]->lanes[3 * k]);

		t = _mm256_permutevar8x32_epi32(t, by);
		out->v[k] = _mm256_blend_epi32(t, k == 0 ? two : lanes_zero(), 0xc0);
	}
}

#endif
