/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: an eighth of a point, given as x and y by nobody in particular. It is on the curve or
 * it is refused; eight times it is then in the subgroup of order q, whatever it was. Source that
 * edwards_portable.c and edwards_adx.c compile: see edwards_points.h. Variable time, PUBLIC DATA
 * ONLY. */
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

static bool
hint_open(struct urne_edwards *eight, struct urne_edwards_affine *q, const uint8_t in[64])
{
	struct point p;
	struct projective r;
	struct completed c;
	fe t, d2;

	fe_one(&p.Z);
	if (!coordinate(&p.X, in) || !coordinate(&p.Y, in + 32) || !on_curve(&p.X, &p.Y)) {
		return false;
	}
	fe_from_limbs(&d2, edwards_2d);
	fe_add(&t, &p.Y, &p.X);
	fe_to_limbs(q->sum, &t);
	fe_sub(&t, &p.Y, &p.X);
	fe_to_limbs(q->diff, &t);
	fe_mul(&t, &p.X, &p.Y);
	fe_mul(&t, &t, &d2);
	fe_to_limbs(q->t2d, &t);

	r = (struct projective){p.X, p.Y, p.Z};
	double_point(&c, &r);
	to_projective(&r, &c);
	double_point(&c, &r);
	to_projective(&r, &c);
	double_point(&c, &r);
	to_point(&p, &c);
	store(eight, &p);
	return true;
}

static bool
code_hints_open(
    struct urne_edwards *eight, struct urne_edwards_opened *q, const uint8_t *in, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		if (!hint_open(&eight[i], &q[i].affine, in + 64 * i)) {
			return false;
		}
	}
	code_normalise(eight, num);
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
