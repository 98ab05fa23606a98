/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: multiples of a point that is used very often, from a table of d 256^i p for every byte
 * d and place i, so that there is nothing to double. Source that edwards_portable.c and
 * edwards_adx.c compile: see edwards_points.h. Variable time, PUBLIC DATA ONLY. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_TABLE_H
#define URNE_CRYPTO_VARTIME_EDWARDS_TABLE_H

#include "crypto/vartime/digits.h"
#include "crypto/vartime/edwards_encoding.h"
#include "crypto/vartime/edwards_points.h"

_Static_assert(URNE_EDWARDS_PLACES == URNE_WINDOW_DIGITS, "a place for every digit");

enum {
	RUN = 64, /* multiples that are made at once */
};

_Static_assert(URNE_EDWARDS_MULTIPLES % RUN == 0, "a row is whole runs");
_Static_assert((size_t)RUN <= (size_t)BATCH, "one inversion");

/* Fills out[0] to out[RUN - 1] with the points t + p, t + 2p, .., and sets t to the last. */
static void
multiples(struct urne_edwards_affine *out, struct point *t, const struct cached *p)
{
	fe x[RUN], y[RUN], z[RUN], xy, d2;
	struct completed c;

	for (size_t i = 0; i < RUN; i++) {
		add_cached(&c, t, p, false);
		to_point(t, &c);
		x[i] = t->X;
		y[i] = t->Y;
		z[i] = t->Z;
	}
	invert_batch(z, RUN);
	fe_from_limbs(&d2, edwards_2d);
	for (size_t i = 0; i < RUN; i++) {
		fe_mul(&x[i], &x[i], &z[i]);
		fe_mul(&y[i], &y[i], &z[i]);
		fe_mul(&xy, &x[i], &y[i]);
		fe_mul(&xy, &xy, &d2);
		fe_to_limbs(out[i].t2d, &xy);
		fe_add(&xy, &y[i], &x[i]);
		fe_to_limbs(out[i].sum, &xy);
		fe_sub(&xy, &y[i], &x[i]);
		fe_to_limbs(out[i].diff, &xy);
	}
}

static void
code_table_make(struct urne_edwards_table *out, const struct urne_edwards *p)
{
	struct cached cached;
	struct point unit, t;

	load(&unit, p);
	for (size_t i = 0; i < URNE_EDWARDS_PLACES; i++) {
		to_cached(&cached, &unit);
		identity(&t);
		for (size_t d = 0; d < URNE_EDWARDS_MULTIPLES; d += RUN) {
			multiples(&out->multiple[i][d], &t, &cached);
		}
		/* t is 128 times the unit, and the next is 256 times */
		twice(&unit, &t);
	}
}

static void
code_add_table_mul(
    struct urne_edwards *p, const struct urne_edwards_table *table, const uint64_t k[4])
{
	int16_t digit[URNE_WINDOW_DIGITS];
	struct completed c;
	struct point sum;

	urne_windows(digit, k);
	load(&sum, p);
	for (size_t i = 0; i < URNE_WINDOW_DIGITS; i++) {
		bool minus = digit[i] < 0;
		size_t size = urne_digit_size(digit[i]);

		if (size > 0) {
			add_affine(&c, &sum, &table->multiple[i][size - 1], minus);
			to_point(&sum, &c);
		}
	}
	store(p, &sum);
}

static void
code_table_sums(struct urne_edwards_table_sum *s, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		for (size_t j = 0; j < s[i].num; j++) {
			code_add_table_mul(&s[i].r, s[i].table[j], s[i].k[j]);
		}
	}
}

#endif
