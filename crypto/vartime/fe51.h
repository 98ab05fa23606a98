/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: arithmetic in GF(p), p = 2^255 - 19, on five limbs of 51 bits.
 *
 * Variable time, PUBLIC DATA ONLY. This belongs to the verifier's group arithmetic. It must
 * never be linked into encryption, decryption or anything that touches a key.
 *
 * An element is v[0] + v[1] 2^51 + v[2] 2^102 + v[3] 2^153 + v[4] 2^204, modulo p. Limbs may
 * exceed 51 bits, and no function checks that they are small enough: the bounds below are the
 * whole safety argument, so each function states what it takes and what it gives.
 *
 *   R  "reduced"   every limb < 2^51 + 2^13
 *   S  "a sum"     every limb < 2^53 - 76    (R + R and R + R + R are S:
 *                  3 (2^51 + 2^13) < 2^53 - 76)
 *   L  "loose"     every limb < 2^54
 *
 * R is contained in S, and S in L. In short: mul, sq, neg, carry, from_bytes give R; add of
 * reduced elements gives S; sub takes S and gives L; everything that multiplies or serialises
 * takes L. R bounds limbs, not the value: only to_bytes gives the unique representative.
 *
 * Every output may be the same object as any input. */
#ifndef URNE_CRYPTO_VARTIME_FE51_H
#define URNE_CRYPTO_VARTIME_FE51_H

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef unsigned __int128 urne_u128;

struct urne_fe {
	uint64_t v[5];
};

#define URNE_FE_MASK51 ((UINT64_C(1) << 51) - 1)

/* urne_fe_zero: out = 0. Gives R. */
static inline void
urne_fe_zero(struct urne_fe *out)
{
	*out = (struct urne_fe){{0, 0, 0, 0, 0}};
}

/* urne_fe_one: out = 1. Gives R. */
static inline void
urne_fe_one(struct urne_fe *out)
{
	*out = (struct urne_fe){{1, 0, 0, 0, 0}};
}

/* urne_fe_carry: out = a, with smaller limbs. Takes every limb < 2^59; gives R.
 * A carry is < 2^59 / 2^51 = 2^8, plus at most 1 from the carry below it, so no sum reaches
 * 2^60. The last carry returns to limb 0 times 19, because 2^255 = 19 modulo p:
 * limb 0 < 2^51 + 19 (2^8 + 1) < 2^51 + 2^13. Limbs 1 to 4 are < 2^51. */
static inline void
urne_fe_carry(struct urne_fe *out, const struct urne_fe *a)
{
	uint64_t r0 = a->v[0];
	uint64_t r1 = a->v[1] + (r0 >> 51);
	uint64_t r2 = a->v[2] + (r1 >> 51);
	uint64_t r3 = a->v[3] + (r2 >> 51);
	uint64_t r4 = a->v[4] + (r3 >> 51);

	out->v[0] = (r0 & URNE_FE_MASK51) + 19 * (r4 >> 51);
	out->v[1] = r1 & URNE_FE_MASK51;
	out->v[2] = r2 & URNE_FE_MASK51;
	out->v[3] = r3 & URNE_FE_MASK51;
	out->v[4] = r4 & URNE_FE_MASK51;
}

/* urne_fe_add: out = a + b, no carry. Limbs < 2^x and < 2^y give limbs < 2^x + 2^y:
 * R + R is S, R + R + R is S, S + S is L. Takes S, S; gives L, or S as just said. */
static inline void
urne_fe_add(struct urne_fe *out, const struct urne_fe *a, const struct urne_fe *b)
{
	for (int i = 0; i < 5; i++) {
		out->v[i] = a->v[i] + b->v[i];
	}
}

/* urne_fe_sub: out = a - b, no carry. Takes S, S; gives L.
 * It computes a + 4p - b, where 4p has limbs 2^53 - 76 and four times 2^53 - 4. A limb of b is
 * < 2^53 - 76, so no limb goes below zero; the result is < (2^53 - 76) + (2^53 - 4) < 2^54. */
static inline void
urne_fe_sub(struct urne_fe *out, const struct urne_fe *a, const struct urne_fe *b)
{
	out->v[0] = a->v[0] + ((UINT64_C(1) << 53) - 76) - b->v[0];
	for (int i = 1; i < 5; i++) {
		out->v[i] = a->v[i] + ((UINT64_C(1) << 53) - 4) - b->v[i];
	}
}

/* urne_fe_neg: out = -a. Takes S; gives R, because it carries: the limbs of 0 - a are < 2^54. */
static inline void
urne_fe_neg(struct urne_fe *out, const struct urne_fe *a)
{
	struct urne_fe zero;

	urne_fe_zero(&zero);
	urne_fe_sub(out, &zero, a);
	urne_fe_carry(out, out);
}

/* urne_fe_fold: out = r[0] + r[1] 2^51 + ... + r[4] 2^204, the end of mul and sq. Gives R.
 * Takes r[0..4] < 77, 59, 41, 23, 5 times 2^108, as mul and sq produce from L.
 *
 *   77 2^108 < 2^114.3, so the carry out of r[0] is < 2^63.3. The carries out of r[1], r[2] and
 *   r[3] are smaller: 59 2^108 + 2^64 < 2^114, and so on. All four fit 64 bits.
 *   5 2^108 + 2^64 < 2^110.33, so the carry out of r[4] is < 2^59.33, and times 19 it is
 *   < 2^63.58. Added to a limb < 2^51 it still fits 64 bits: limb 0 < 2^63.59.
 *   One more carry, < 2^12.59, goes to limb 1: it ends < 2^51 + 2^13. All others end < 2^51. */
static inline void
urne_fe_fold(struct urne_fe *out, const urne_u128 r[5])
{
	urne_u128 r1 = r[1] + (uint64_t)(r[0] >> 51);
	urne_u128 r2 = r[2] + (uint64_t)(r1 >> 51);
	urne_u128 r3 = r[3] + (uint64_t)(r2 >> 51);
	urne_u128 r4 = r[4] + (uint64_t)(r3 >> 51);
	uint64_t low = ((uint64_t)r[0] & URNE_FE_MASK51) + 19 * (uint64_t)(r4 >> 51);

	out->v[0] = low & URNE_FE_MASK51;
	out->v[1] = ((uint64_t)r1 & URNE_FE_MASK51) + (low >> 51);
	out->v[2] = (uint64_t)r2 & URNE_FE_MASK51;
	out->v[3] = (uint64_t)r3 & URNE_FE_MASK51;
	out->v[4] = (uint64_t)r4 & URNE_FE_MASK51;
}

/* urne_fe_mul: out = a b. Takes L, L; gives R.
 * Products that reach 2^255 come back times 19. 19 b < 2^58.3 fits a limb; each product is
 * < 2^108 or < 19 2^108, and row i has i + 1 of the first kind and 4 - i of the second:
 * 77, 59, 41, 23, 5 times 2^108, which is what urne_fe_fold takes. */
static inline void
urne_fe_mul(struct urne_fe *out, const struct urne_fe *a, const struct urne_fe *b)
{
	uint64_t a0 = a->v[0], a1 = a->v[1], a2 = a->v[2], a3 = a->v[3], a4 = a->v[4];
	uint64_t b0 = b->v[0], b1 = b->v[1], b2 = b->v[2], b3 = b->v[3], b4 = b->v[4];
	uint64_t c1 = 19 * b1, c2 = 19 * b2, c3 = 19 * b3, c4 = 19 * b4;
	urne_u128 r[5];

	r[0] = (urne_u128)a0 * b0 + (urne_u128)a1 * c4 + (urne_u128)a2 * c3 + (urne_u128)a3 * c2 +
	       (urne_u128)a4 * c1;
	r[1] = (urne_u128)a0 * b1 + (urne_u128)a1 * b0 + (urne_u128)a2 * c4 + (urne_u128)a3 * c3 +
	       (urne_u128)a4 * c2;
	r[2] = (urne_u128)a0 * b2 + (urne_u128)a1 * b1 + (urne_u128)a2 * b0 + (urne_u128)a3 * c4 +
	       (urne_u128)a4 * c3;
	r[3] = (urne_u128)a0 * b3 + (urne_u128)a1 * b2 + (urne_u128)a2 * b1 + (urne_u128)a3 * b0 +
	       (urne_u128)a4 * c4;
	r[4] = (urne_u128)a0 * b4 + (urne_u128)a1 * b3 + (urne_u128)a2 * b2 + (urne_u128)a3 * b1 +
	       (urne_u128)a4 * b0;
	urne_fe_fold(out, r);
}

/* urne_fe_sq: out = a^2. Takes L; gives R.
 * The sums are those of urne_fe_mul with b = a, equal products taken once and doubled:
 * 2 a < 2^55 and 19 a < 2^58.3 fit a limb, and the bounds on r are the same. */
static inline void
urne_fe_sq(struct urne_fe *out, const struct urne_fe *a)
{
	uint64_t a0 = a->v[0], a1 = a->v[1], a2 = a->v[2], a3 = a->v[3], a4 = a->v[4];
	uint64_t d0 = 2 * a0, d1 = 2 * a1, d2 = 2 * a2;
	uint64_t c3 = 19 * a3, c4 = 19 * a4;
	urne_u128 r[5];

	r[0] = (urne_u128)a0 * a0 + (urne_u128)d1 * c4 + (urne_u128)d2 * c3;
	r[1] = (urne_u128)d0 * a1 + (urne_u128)d2 * c4 + (urne_u128)a3 * c3;
	r[2] = (urne_u128)d0 * a2 + (urne_u128)a1 * a1 + (urne_u128)(2 * a3) * c4;
	r[3] = (urne_u128)d0 * a3 + (urne_u128)d1 * a2 + (urne_u128)a4 * c4;
	r[4] = (urne_u128)d0 * a4 + (urne_u128)d1 * a3 + (urne_u128)a2 * a2;
	urne_fe_fold(out, r);
}

/* urne_fe_from_limbs: out = in[0] + in[1] 2^64 + in[2] 2^128 + in[3] 2^192, any number below 2^256.
 * Bit 255 is worth 19: limb 0 < 2^51 + 19, the others < 2^51. Gives R. */
static inline void
urne_fe_from_limbs(struct urne_fe *out, const uint64_t in[4])
{
	/* limb i starts at bit 51 i: 0, 51, 64 + 38, 128 + 25, 192 + 12 */
	out->v[0] = (in[0] & URNE_FE_MASK51) + 19 * (in[3] >> 63);
	out->v[1] = ((in[0] >> 51) | (in[1] << 13)) & URNE_FE_MASK51;
	out->v[2] = ((in[1] >> 38) | (in[2] << 26)) & URNE_FE_MASK51;
	out->v[3] = ((in[2] >> 25) | (in[3] << 39)) & URNE_FE_MASK51;
	out->v[4] = (in[3] >> 12) & URNE_FE_MASK51;
}

/* urne_fe_to_limbs: the way back, to some number below 2^256 that is a modulo p. Takes L.
 * After the carry the value is < 2^255 + 2^13. Passing on what limb 0 has above 2^51 makes limbs 0
 * to 3 < 2^51 and limb 4 <= 2^51, which 2^204 times is <= 2^255. */
static inline void
urne_fe_to_limbs(uint64_t out[4], const struct urne_fe *a)
{
	struct urne_fe t;

	urne_fe_carry(&t, a);
	for (int i = 0; i < 4; i++) {
		t.v[i + 1] += t.v[i] >> 51;
		t.v[i] &= URNE_FE_MASK51;
	}
	out[0] = t.v[0] | (t.v[1] << 51);
	out[1] = (t.v[1] >> 13) | (t.v[2] << 38);
	out[2] = (t.v[2] >> 26) | (t.v[3] << 25);
	out[3] = (t.v[3] >> 39) | (t.v[4] << 12);
}

/* urne_fe_invert: out = 1/a, and 0 when a = 0. Takes L; gives R. */
void urne_fe_invert(struct urne_fe *out, const struct urne_fe *a);

/* urne_fe_pow22523: out = a^((p-5)/8) = a^(2^252 - 3), the heart of a square root.
 * Takes L; gives R. */
void urne_fe_pow22523(struct urne_fe *out, const struct urne_fe *a);

/* urne_fe_from_bytes: out = the low 255 bits of `in`, little-endian, modulo p. Bit 255 is
 * ignored. Every limb is < 2^51: gives R. */
void urne_fe_from_bytes(struct urne_fe *out, const uint8_t in[32]);

/* urne_fe_bytes_canonical: are the low 255 bits of `in` less than p? Bit 255 is ignored. */
bool urne_fe_bytes_canonical(const uint8_t in[32]);

/* urne_fe_to_bytes: out = the representative of a in [0, p), little-endian. Bit 255 is 0.
 * Takes L. */
void urne_fe_to_bytes(uint8_t out[32], const struct urne_fe *a);

/* urne_fe_is_zero: is a = 0 modulo p? Takes L. */
bool urne_fe_is_zero(const struct urne_fe *a);

/* urne_fe_is_negative: is the representative of a in [0, p) odd? Takes L. */
bool urne_fe_is_negative(const struct urne_fe *a);

/* urne_fe_equal: is a = b modulo p? Takes L, L. */
bool urne_fe_equal(const struct urne_fe *a, const struct urne_fe *b);

#endif
