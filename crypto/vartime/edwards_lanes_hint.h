/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: hints are opened LANES at a time, a hint in each lane, and share one inversion. What is
 * checked is what edwards_hint.h checks. Source that edwards_avx2.c and edwards_ifma.c compile: see
 * edwards_lanes.h. Variable time, PUBLIC DATA ONLY. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_LANES_HINT_H
#define URNE_CRYPTO_VARTIME_EDWARDS_LANES_HINT_H

#include "crypto/vartime/edwards_lanes.h"

enum {
	BLOCKS = 72 / LANES, /* that share an inversion, of LANES hints each */
};

/* The same numbers in all lanes. */
struct constants {
	struct lanes one, d, two_d;
};

static void
constants(struct constants *out)
{
	static const struct urne_fe one = {{1}};
	struct urne_fe d, two_d;

	urne_fe_from_limbs(&d, edwards_d);
	urne_fe_from_limbs(&two_d, edwards_2d);
	set_lanes(&out->one, (const struct urne_fe[]){one, one, one, one});
	set_lanes(&out->d, (const struct urne_fe[]){d, d, d, d});
	set_lanes(&out->two_d, (const struct urne_fe[]){two_d, two_d, two_d, two_d});
}

/* coordinates: the numbers at `in`, `in` + 64 and so on, all below p in 32 bytes. After num of them
 * the first comes again. */
static bool
coordinates(struct lanes *out, const uint8_t *in, size_t num)
{
	uint64_t word[LIMB_WORDS][LANES];

	for (size_t i = 0; i < LANES; i++) {
		const uint8_t *bytes = in + 64 * (i < num ? i : 0);
		uint64_t limb[4];
		struct urne_fe a;

		if ((bytes[31] & 0x80) != 0 || !urne_fe_bytes_canonical(bytes)) {
			return false;
		}
		memcpy(limb, bytes, sizeof(limb)); /* x86-64 has the least significant first too */
		urne_fe_from_limbs(&a, limb);
		for (size_t k = 0; k < LIMB_WORDS; k++) {
			word[k][i] = pack(a.v[k]);
		}
	}
	memcpy(out->v, word, sizeof(word));
	return true;
}

/* all_zero: are all lanes 0 modulo p? Takes L. */
static bool
all_zero(const struct lanes *a)
{
	bool zero = true;
	struct words w;

	to_words(&w, a);
	for (size_t i = 0; i < LANES; i++) {
		struct urne_fe t;

		get_lane(&t, &w, i);
		zero &= urne_fe_is_zero(&t);
	}
	return zero;
}

/* on_curve: is -x^2 + y^2 = 1 + d x^2 y^2 in all lanes? */
static bool
on_curve(const struct lanes *x, const struct lanes *y, const struct constants *c)
{
	struct lanes xx, yy, t;

	lanes_sq(&xx, x);
	lanes_sq(&yy, y);
	lanes_mul(&t, &xx, &yy);
	lanes_mul(&t, &t, &c->d);
	lanes_add(&t, &t, &c->one);
	lanes_carry(&t, &t);
	lanes_sub(&xx, &yy, &xx);
	lanes_carry(&xx, &xx);
	lanes_sub(&t, &t, &xx);
	return all_zero(&t);
}

/* opened: what is added of (x, y), in the order that lanes_opened reads. */
static void
opened(struct urne_edwards_opened *q, const struct lanes *x, const struct lanes *y,
    const struct constants *c, size_t num)
{
	struct words word[3];
	struct lanes t[3];

	lanes_sub(&t[0], y, x);
	lanes_add(&t[1], y, x);
	lanes_mul(&t[2], x, y);
	lanes_mul(&t[2], &t[2], &c->two_d);
	for (size_t j = 0; j < 3; j++) {
		to_words(&word[j], &t[j]);
	}
	for (size_t i = 0; i < num; i++) {
		for (size_t k = 0; k < LIMB_WORDS; k++) {
			for (size_t j = 0; j < 3; j++) {
				q[i].lanes[3 * k + j] = word[j].word[k][i];
			}
		}
	}
}

static __attribute__((noinline)) bool
open_block(struct block *out, struct urne_edwards_opened *q, const uint8_t *in,
    const struct constants *c, size_t num)
{
	if (!coordinates(&out->X, in, num) || !coordinates(&out->Y, in + 32, num) ||
	    !on_curve(&out->X, &out->Y, c)) {
		return false;
	}
	opened(q, &out->X, &out->Y, c, num);
	out->Z = c->one;
	for (size_t i = 0; i < 3; i++) {
		double_block(out, NULL);
	}
	return true;
}

/* points: the points of a block, whose 1/Z is given. */
static __attribute__((noinline)) void
points(struct urne_edwards *out, const struct block *b, const struct lanes *inverse, size_t num)
{
	struct lanes X, Y, T;
	struct words x, y, xy;

	lanes_mul(&X, &b->X, inverse);
	lanes_mul(&Y, &b->Y, inverse);
	lanes_mul(&T, &X, &Y);
	to_words(&x, &X);
	to_words(&y, &Y);
	to_words(&xy, &T);
	for (size_t i = 0; i < num; i++) {
		struct urne_fe t;

		out[i] = (struct urne_edwards){.Z = {1}};
		get_lane(&t, &x, i);
		urne_fe_to_limbs(out[i].X, &t);
		get_lane(&t, &y, i);
		urne_fe_to_limbs(out[i].Y, &t);
		get_lane(&t, &xy, i);
		urne_fe_to_limbs(out[i].T, &t);
	}
}

/* invert: a becomes 1/a in all lanes, by one inversion of their product, from which they are peeled
 * off one by one, as in invert_batch of edwards_encoding.h. */
static void
invert(struct lanes *a)
{
	struct urne_fe lane[LANES], before[LANES], inverse, t;
	struct words w;

	to_words(&w, a);
	urne_fe_one(&t);
	for (size_t i = 0; i < LANES; i++) {
		get_lane(&lane[i], &w, i);
		before[i] = t;
		urne_fe_mul(&t, &t, &lane[i]);
	}
	urne_fe_invert(&inverse, &t);
	for (size_t i = LANES; i-- > 0;) {
		urne_fe_mul(&t, &inverse, &before[i]);
		urne_fe_mul(&inverse, &inverse, &lane[i]);
		for (size_t k = 0; k < LIMB_WORDS; k++) {
			w.word[k][i] = pack(t.v[k]);
		}
	}
	memcpy(a->v, w.word, sizeof(w.word));
}

/* open_blocks: at most BLOCKS LANES hints. The inverses are had backwards, as in invert_batch of
 * edwards_encoding.h, in all lanes at once. */
static bool
open_blocks(
    struct urne_edwards *eight, struct urne_edwards_opened *q, const uint8_t *in, size_t num)
{
	struct block block[BLOCKS];
	struct constants c;
	struct lanes before[BLOCKS], all, inverse;
	size_t num_blocks = (num + LANES - 1) / LANES;

	constants(&c);
	all = c.one;
	for (size_t i = 0; i < num_blocks; i++) {
		size_t n = num - i * LANES < LANES ? num - i * LANES : LANES;

		if (!open_block(&block[i], q + i * LANES, in + 64 * i * LANES, &c, n)) {
			return false;
		}
		before[i] = all;
		lanes_mul(&all, &all, &block[i].Z);
	}
	invert(&all);
	for (size_t i = num_blocks; i-- > 0;) {
		size_t n = num - i * LANES < LANES ? num - i * LANES : LANES;

		lanes_mul(&inverse, &all, &before[i]);
		lanes_mul(&all, &all, &block[i].Z);
		points(eight + i * LANES, &block[i], &inverse, n);
	}
	return true;
}

static bool
code_hints_open(
    struct urne_edwards *eight, struct urne_edwards_opened *q, const uint8_t *in, size_t num)
{
	for (size_t i = 0; i < num;) {
		size_t n = num - i < BLOCKS * LANES ? num - i : BLOCKS * LANES;

		if (!open_blocks(eight + i, q + i, in + 64 * i, n)) {
			return false;
		}
		i += n;
	}
	return true;
}

#endif
