/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: arithmetic in GF(p), p = 2^255 - 19, on eight elements at once, with the
 * multiplications of 52 bits of AVX-512 IFMA. Only files compiled for it include this. Variable
 * time, PUBLIC DATA ONLY: never to be linked into encryption, decryption or anything that touches a
 * key.
 *
 * An element is five limbs of 51 bits, as in fe51.h. The instructions take the low 52 bits of a
 * factor and nothing else, so that a sum of two limbs does not fit: sums are carried at once.
 *
 *   R  "reduced"   every limb < 2^51 + 2^16
 *   L  "loose"     every limb < 2^52
 *   W  "wide"      every limb < 300 2^52: a product before its carries
 *
 * add, sub and twice_and take R and give R; mul and sq take L and give R; wide takes L and gives W;
 * signed takes W and gives R, so that a product and what is done to it next share their carries.
 *
 * Every output may be the same object as any input. */
#ifndef URNE_CRYPTO_VARTIME_LANES_IFMA_H
#define URNE_CRYPTO_VARTIME_LANES_IFMA_H

#include <immintrin.h>
#include <stdint.h>

#include "crypto/vartime/edwards.h"
#include "crypto/vartime/fe51.h"

enum {
	LANES = 8,
	WAYS = 2, /* points whose four coordinates fit */
	LIMB_WORDS = 5,
};

typedef __m512i vec;

struct lanes {
	vec v[LIMB_WORDS];
};

/* Which lanes are to be subtracted: a bit each. */
typedef __mmask8 signs;

/* The coordinates of a point in memory, word by word. */
struct quad {
	_Alignas(32) uint64_t word[LIMB_WORDS][4];
};

/* pack, unpack: a word from a limb of fe51.h that is R, and back: from R, S. */
static inline uint64_t
pack(uint64_t limb51)
{
	return limb51;
}

static inline uint64_t
unpack(uint64_t limb)
{
	return limb;
}

/* lanes_pack, lanes_unpack: the same in all lanes. */
static inline vec
lanes_pack(vec limb51)
{
	return limb51;
}

static inline vec
lanes_unpack(vec limb)
{
	return limb;
}

/* 2p, limb by limb: 2^52 - 38 and four times 2^52 - 2. */
static inline vec
two_p(size_t k)
{
	return _mm512_set1_epi64(k == 0 ? 0xfffffffffffda : 0xffffffffffffe);
}

/* lanes_carry: out = a with smaller limbs. Takes any limbs < 2^62; gives R: carries are < 2^11, and
 * the one out of the top comes back times 19, < 2^15.3. */
static inline __attribute__((always_inline)) void
lanes_carry(struct lanes *out, const struct lanes *a)
{
	const vec mask = _mm512_set1_epi64((INT64_C(1) << 51) - 1);
	vec c[LIMB_WORDS];

	for (size_t k = 0; k < LIMB_WORDS; k++) {
		c[k] = _mm512_srli_epi64(a->v[k], 51);
	}
	out->v[0] =
	    _mm512_madd52lo_epu64(_mm512_and_si512(a->v[0], mask), c[4], _mm512_set1_epi64(19));
	for (size_t k = 1; k < LIMB_WORDS; k++) {
		out->v[k] = _mm512_add_epi64(_mm512_and_si512(a->v[k], mask), c[k - 1]);
	}
}

static inline void
lanes_add(struct lanes *out, const struct lanes *a, const struct lanes *b)
{
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		out->v[k] = _mm512_add_epi64(a->v[k], b->v[k]);
	}
	lanes_carry(out, out);
}

/* lanes_sub: out = a - b. It computes a + 2p - b, where no limb of an R is above one of 2p. */
static inline void
lanes_sub(struct lanes *out, const struct lanes *a, const struct lanes *b)
{
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		vec t = _mm512_add_epi64(a->v[k], two_p(k));

		out->v[k] = _mm512_sub_epi64(t, b->v[k]);
	}
	lanes_carry(out, out);
}

/* lanes_signed: out = a - b where `minus` says so, a + b elsewhere. Takes W, W; gives R: it
 * computes a + 1024p - b, where no limb of a W is above one of 1024p, about 2^61; the sum is <
 * 2^62. */
static inline void
lanes_signed(struct lanes *out, const struct lanes *a, const struct lanes *b, signs minus)
{
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		vec p = _mm512_set1_epi64(k == 0 ? 0x1fffffffffffb400 : 0x1ffffffffffffc00);
		vec t = _mm512_mask_sub_epi64(b->v[k], minus, p, b->v[k]);

		out->v[k] = _mm512_add_epi64(a->v[k], t);
	}
	lanes_carry(out, out);
}

/* lanes_twice_and: out = 2a + b - c. */
static inline void
lanes_twice_and(
    struct lanes *out, const struct lanes *a, const struct lanes *b, const struct lanes *c)
{
	struct lanes t;

	for (size_t k = 0; k < LIMB_WORDS; k++) {
		vec d = _mm512_sub_epi64(_mm512_add_epi64(b->v[k], two_p(k)), c->v[k]);

		t.v[k] = _mm512_add_epi64(d, _mm512_slli_epi64(a->v[k], 1));
	}
	lanes_carry(out, &t);
}

/* low, high: acc plus the low, the high 52 bits of a product. */
static inline vec
low(vec acc, vec a, vec b)
{
	return _mm512_madd52lo_epu64(acc, a, b);
}

static inline vec
high(vec acc, vec a, vec b)
{
	return _mm512_madd52hi_epu64(acc, a, b);
}

/* nineteen: 19 in each lane. The compiler is not to know it: it would make four instructions of a
 * multiplication that is one. */
static inline vec
nineteen(void)
{
	vec v = _mm512_set1_epi64(19);

	__asm__("" : "+v"(v));
	return v;
}

/* fold: the end of wide and sq, z[k] of weight 2^(51 k). Gives W: each z is < 15 2^52, and so a
 * limb with 19 times the one that comes back < 300 2^52. */
static inline __attribute__((always_inline)) void
fold(struct lanes *out, const vec z[2 * LIMB_WORDS])
{
	const vec v19 = nineteen();

	for (size_t k = 0; k < LIMB_WORDS; k++) {
		out->v[k] = _mm512_add_epi64(z[k], _mm512_mullo_epi64(z[k + LIMB_WORDS], v19));
	}
}

static inline vec
twice_limb(vec a)
{
	return _mm512_add_epi64(a, a);
}

/* lanes_wide: out = a b, but for the carries. A high half weighs 2^52 more than its low half, twice
 * 2^51: it counts twice one limb further up, and so their sums, each < 5 2^52, come first. */
static inline __attribute__((always_inline)) void
lanes_wide(struct lanes *out, const struct lanes *a, const struct lanes *b)
{
	vec z[2 * LIMB_WORDS], h[2 * LIMB_WORDS - 1];

	for (size_t k = 0; k < 2 * LIMB_WORDS - 1; k++) {
		h[k] = _mm512_setzero_si512();
	}
	for (size_t i = 0; i < LIMB_WORDS; i++) {
		for (size_t j = 0; j < LIMB_WORDS; j++) {
			h[i + j] = high(h[i + j], a->v[i], b->v[j]);
		}
	}
	z[0] = _mm512_setzero_si512();
	for (size_t k = 0; k < 2 * LIMB_WORDS - 1; k++) {
		z[k + 1] = twice_limb(h[k]);
	}
	for (size_t i = 0; i < LIMB_WORDS; i++) {
		for (size_t j = 0; j < LIMB_WORDS; j++) {
			z[i + j] = low(z[i + j], a->v[i], b->v[j]);
		}
	}
	fold(out, z);
}

/* lanes_mul: out = a b. */
static __attribute__((noinline)) void
lanes_mul(struct lanes *out, const struct lanes *a, const struct lanes *b)
{
	lanes_wide(out, a, b);
	lanes_carry(out, out);
}

/* lanes_sq: out = a^2: equal products are taken once, and their sums doubled; those of high halves
 * twice, as in wide. */
static __attribute__((noinline)) void
lanes_sq(struct lanes *out, const struct lanes *a)
{
	vec z[2 * LIMB_WORDS], h[2 * LIMB_WORDS - 1];

	for (size_t k = 0; k < 2 * LIMB_WORDS - 1; k++) {
		h[k] = z[k] = _mm512_setzero_si512();
	}
	z[2 * LIMB_WORDS - 1] = _mm512_setzero_si512();
	for (size_t i = 0; i < LIMB_WORDS; i++) {
		for (size_t j = i + 1; j < LIMB_WORDS; j++) {
			h[i + j] = high(h[i + j], a->v[i], a->v[j]);
			z[i + j] = low(z[i + j], a->v[i], a->v[j]);
		}
	}
	for (size_t k = 0; k < 2 * LIMB_WORDS - 1; k++) {
		h[k] = twice_limb(h[k]);
	}
	for (size_t i = 0; i < LIMB_WORDS; i++) {
		h[2 * i] = high(h[2 * i], a->v[i], a->v[i]);
	}
	for (size_t k = 1; k < 2 * LIMB_WORDS; k++) {
		z[k] = twice_limb(_mm512_add_epi64(z[k], h[k - 1]));
	}
	for (size_t i = 0; i < LIMB_WORDS; i++) {
		z[2 * i] = low(z[2 * i], a->v[i], a->v[i]);
	}
	fold(out, z);
	lanes_carry(out, out);
}

/* The lanes of every point in another order. */
#define LANES_PERMUTE(v, order) _mm512_permutex_epi64(v, order)

/* lanes_0022, lanes_1133: the lanes of every point by their numbers. */
static inline vec
lanes_0022(vec v)
{
	return _mm512_unpacklo_epi64(v, v);
}

static inline vec
lanes_1133(vec v)
{
	return _mm512_unpackhi_epi64(v, v);
}

/* lanes_1123, and lane 0 twice and zeros. */
static inline vec
lanes_1123(vec v)
{
	return _mm512_mask_unpackhi_epi64(v, 0x33, v, v);
}

static inline vec
lanes_00(vec v)
{
	return _mm512_maskz_unpacklo_epi64(0x33, v, v);
}

static inline vec
lanes_zero(void)
{
	return _mm512_setzero_si512();
}

/* lanes_signs: a bit of `plus` for each lane that is subtracted, or of `minus` where the point of
 * the way is to be. */
static inline signs
lanes_signs(const bool is_minus[WAYS], unsigned plus, unsigned minus)
{
	return (signs)((is_minus[0] ? minus : plus) | (is_minus[1] ? minus : plus) << 4);
}

static inline vec
load_two(const void *a, const void *b)
{
	return _mm512_inserti64x4(
	    _mm512_castsi256_si512(_mm256_loadu_si256(a)), _mm256_loadu_si256(b), 1);
}

static inline void
store_two(void *a, void *b, vec v)
{
	_mm256_storeu_si256(a, _mm512_castsi512_si256(v));
	_mm256_storeu_si256(b, _mm512_extracti64x4_epi64(v, 1));
}

static inline void
lanes_load(struct lanes *out, struct quad *const q[WAYS])
{
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		out->v[k] = load_two(q[0]->word[k], q[1]->word[k]);
	}
}

static inline void
lanes_store(struct quad *const q[WAYS], const struct lanes *a)
{
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		store_two(q[0]->word[k], q[1]->word[k], a->v[k]);
	}
}

/* lanes_give: lane i of four vectors goes to the 32 bytes at to[i]. */
static inline void
lanes_give(void *const to[LANES], const vec a[4])
{
	const vec below = _mm512_set_epi64(11, 10, 3, 2, 9, 8, 1, 0);
	const vec above = _mm512_set_epi64(15, 14, 7, 6, 13, 12, 5, 4);
	/* vectors 0 and 1, 2 and 3 of the even lanes, and of the odd ones */
	const vec pair[2][2] = {
	    {_mm512_unpacklo_epi64(a[0], a[1]), _mm512_unpacklo_epi64(a[2], a[3])},
	    {_mm512_unpackhi_epi64(a[0], a[1]), _mm512_unpackhi_epi64(a[2], a[3])},
	};

	for (size_t odd = 0; odd < 2; odd++) {
		vec t = _mm512_permutex2var_epi64(pair[odd][0], below, pair[odd][1]);
		vec u = _mm512_permutex2var_epi64(pair[odd][0], above, pair[odd][1]);

		store_two(to[odd], to[2 + odd], t);
		store_two(to[4 + odd], to[6 + odd], u);
	}
}

/* lanes_take: the eight words of the 64 bytes at from[i] go to lane i of eight vectors. */
static inline void
lanes_take(vec out[8], const void *const from[LANES])
{
	for (size_t odd = 0; odd < 2; odd++) {
		vec pair[4], first[2], second[2];

		/* the words odd, 2 + odd, 4 + odd, 6 + odd of two lanes beside each other */
		for (size_t i = 0; i < 4; i++) {
			vec a = _mm512_loadu_si512(from[2 * i]);
			vec b = _mm512_loadu_si512(from[2 * i + 1]);

			pair[i] =
			    odd == 0 ? _mm512_unpacklo_epi64(a, b) : _mm512_unpackhi_epi64(a, b);
		}
		for (size_t i = 0; i < 2; i++) {
			vec a = pair[2 * i], b = pair[2 * i + 1];

			first[i] = _mm512_shuffle_i64x2(a, b, 0x88);
			second[i] = _mm512_shuffle_i64x2(a, b, 0xdd);
		}
		out[odd] = _mm512_shuffle_i64x2(first[0], first[1], 0x88);
		out[4 + odd] = _mm512_shuffle_i64x2(first[0], first[1], 0xdd);
		out[2 + odd] = _mm512_shuffle_i64x2(second[0], second[1], 0x88);
		out[6 + odd] = _mm512_shuffle_i64x2(second[0], second[1], 0xdd);
	}
}

/* lanes_exchange: the order of lanes where the first two of a point are exchanged, if so said. */
static inline vec
lanes_exchange(const bool is_minus[WAYS])
{
	static const _Alignas(64)
	    uint64_t order[2][2][8] = {{{0, 1, 2, 3, 4, 5, 6, 7}, {0, 1, 2, 3, 5, 4, 6, 7}},
		{{1, 0, 2, 3, 4, 5, 6, 7}, {1, 0, 2, 3, 5, 4, 6, 7}}};

	return _mm512_load_si512(order[is_minus[0]][is_minus[1]]);
}

/* lanes_signed_quads: what is added of each point; of its opposite, the first two are exchanged. */
static inline void
lanes_signed_quads(struct lanes *out, const struct quad *const q[WAYS], const bool is_minus[WAYS])
{
	const vec by = lanes_exchange(is_minus);

	for (size_t k = 0; k < LIMB_WORDS; k++) {
		out->v[k] = _mm512_permutexvar_epi64(by, load_two(q[0]->word[k], q[1]->word[k]));
	}
}

/* lanes_opened: y - x, y + x, 2dxy and 2 of each point; for -(x, y), the first two are exchanged.
 */
static inline void
lanes_opened(
    struct lanes *out, const struct urne_edwards_opened *const p[WAYS], const bool is_minus[WAYS])
{
	const vec by = lanes_exchange(is_minus);
	const vec two = _mm512_set1_epi64(2);

	for (size_t k = 0; k < LIMB_WORDS; k++) {
		vec t = load_two(&p[0]->lanes[3 * k], &p[1]->lanes[3 * k]);

		out->v[k] = _mm512_mask_permutexvar_epi64(k == 0 ? two : lanes_zero(), 0x77, by, t);
	}
}

#endif
