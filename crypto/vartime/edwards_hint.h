/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: an eighth of a point, given as x and y by nobody in particular. It is on the curve or
 * it is refused; eight times it is then in the subgroup of order q, whatever it was; and so is
 * eight times a sum of such points. Source that edwards_portable.c and edwards_adx.c compile: see
 * edwards_points.h. Variable time, PUBLIC DATA ONLY. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_HINT_H
#define URNE_CRYPTO_VARTIME_EDWARDS_HINT_H

#include "crypto/vartime/edwards_encoding.h"
#include "crypto/vartime/edwards_points.h"

/* coordinate: a number below p in 32 bytes, in its only form. */
static bool
coordinate(fe *out, const uint8_t in[32])
{
	fe_from_bytes(out, in);
	return (in[31] & 0x80) == 0 && urne_fe_bytes_canonical(in);
}

/* on_curve: is -x^2 + y^2 = 1 + d x^2 y^2? Takes R, R. The sums are S, the difference is L. */
static bool
on_curve(const fe *x, const fe *y)
{
	fe xx, yy, left, right, one, d;

	fe_one(&one);
	fe_from_limbs(&d, edwards_d);
	fe_sq(&xx, x);
	fe_sq(&yy, y);
	fe_sub(&left, &yy, &xx);
	fe_mul(&right, &xx, &yy);
	fe_mul(&right, &right, &d);
	fe_add(&right, &right, &one);
	return fe_equal(&left, &right);
}

enum {
	TOGETHER = 64, /* points that share an inversion: 8 KiB */
};

static bool
hint_open(struct point *out, struct urne_edwards_affine *q, const uint8_t in[64])
{
	fe t, d2;

	fe_one(&out->Z);
	if (!coordinate(&out->X, in) || !coordinate(&out->Y, in + 32) ||
	    !on_curve(&out->X, &out->Y)) {
		return false;
	}
	fe_from_limbs(&d2, edwards_2d);
	fe_add(&t, &out->Y, &out->X);
	fe_to_limbs(q->sum, &t);
	fe_sub(&t, &out->Y, &out->X);
	fe_to_limbs(q->diff, &t);
	fe_mul(&out->T, &out->X, &out->Y);
	fe_mul(&t, &out->T, &d2);
	fe_to_limbs(q->t2d, &t);
	return true;
}

/* hint_sum: of the hints of a list, opened. */
static void
hint_sum(struct point *out, const struct urne_edwards_opened *q,
    const struct urne_edwards_hint_shape *shape, size_t sum)
{
	identity(out);
	for (size_t i = sum > 0 ? shape->end[sum - 1] : 0; i < shape->end[sum]; i++) {
		struct completed c;

		add_affine(&c, out, &q[shape->addend[i]].affine, false);
		to_point(out, &c);
	}
}

/* times_eight: torsion ends here. */
static void
times_eight(struct urne_edwards *out, const struct point *p)
{
	struct projective r = {p->X, p->Y, p->Z};
	struct completed c;
	struct point eight;

	double_point(&c, &r);
	to_projective(&r, &c);
	double_point(&c, &r);
	to_projective(&r, &c);
	double_point(&c, &r);
	to_point(&eight, &c);
	store(out, &eight);
}

/* Points that share an inversion: hints, or sums. */
struct eights {
	struct urne_edwards p[TOGETHER];
	struct urne_edwards_place at[TOGETHER];
	bool sums;
	size_t num;
};

/* eights_make: num of them, from the hint or the sum `first` of all lists on. */
static bool
eights_make(struct eights *e, const struct urne_edwards_hints *lists,
    const struct urne_edwards_hint_shape *shape, size_t first)
{
	struct point p;

	urne_edwards_places(e->at, e->num, shape, e->sums, first);
	for (size_t i = 0; i < e->num; i++) {
		const struct urne_edwards_hints *list = &lists[e->at[i].list];
		size_t at = e->at[i].index;

		if (e->sums) {
			hint_sum(&p, list->q, shape, at - shape->num);
		} else if (!hint_open(&p, &list->q[at].affine, list->in + 64 * at)) {
			return false;
		}
		times_eight(&e->p[i], &p);
	}
	return true;
}

/* eights_give: they come where they belong. */
static void
eights_give(struct eights *e, const struct urne_edwards_hints *lists,
    const struct urne_edwards_hint_shape *shape)
{
	code_normalise(e->p, e->num);
	for (size_t i = 0; i < e->num; i++) {
		const struct urne_edwards_hints *list = &lists[e->at[i].list];
		size_t at = e->at[i].index;

		code_compress(list->encoding[at], &e->p[i]);
		if (at < shape->num_eight) {
			memcpy(list->eight + at * shape->eight_stride, &e->p[i], sizeof(e->p[i]));
		}
	}
}

static bool
code_hints_open(const struct urne_edwards_hints *lists, size_t num,
    const struct urne_edwards_hint_shape *shape, void *room)
{
	const size_t all[2] = {num * shape->num, num * shape->num_sums};
	struct eights *e = room;

	for (size_t k = 0; k < 2; k++) {
		e->sums = k == 1;
		for (size_t done = 0; done < all[k]; done += e->num) {
			e->num = all[k] - done < TOGETHER ? all[k] - done : TOGETHER;
			if (!eights_make(e, lists, shape, done)) {
				return false;
			}
			eights_give(e, lists, shape);
		}
	}
	return true;
}

static void
code_hint_write(uint8_t out[64], const struct urne_edwards *q)
{
	fe x, y;

	fe_from_limbs(&x, q->X);
	fe_from_limbs(&y, q->Y);
	fe_to_bytes(out, &x);
	fe_to_bytes(out + 32, &y);
}

#endif
