/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: points of edwards25519 in extended coordinates, with formulas that have no exception.
 * Variable time, PUBLIC DATA ONLY: never to be linked into encryption, decryption or anything that
 * touches a key.
 *
 * This is source that edwards_portable.c and edwards_adx.c compile, each after it has named its
 * field: the type fe and the functions fe_*. The letters R, S, L are the bounds of fe51.h, which
 * has the narrower ones; in fe64.h everything is any number below 2^256.
 *
 * Formulas: Hisil, Wong, Carter, Dawson, "Twisted Edwards curves revisited" (2008), with a = -1:
 * section 3.1 for addition, section 3.3 for doubling. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_POINTS_H
#define URNE_CRYPTO_VARTIME_EDWARDS_POINTS_H

#include <string.h>

#include "crypto/vartime/edwards_code.h"

#include "crypto/vartime/base_table.inc"

/* A point in the representation of this version of the code. All are R. */
struct point {
	fe X, Y, Z, T;
};

/* A point without T. It is a type of its own so that a doubling, which does not need T, can
 * leave it out, and nothing can read a T that is out of date. X, Y, Z are R. */
struct projective {
	fe X, Y, Z;
};

/* What both formulas end with: X = EF, Y = GH, Z = FG, T = EH. All are L. */
struct completed {
	fe E, F, G, H;
};

/* A point to be added many times: Y + X is S, Y - X is L, 2Z is S, 2dT is R. */
struct cached {
	fe sum, diff, z2, t2d;
};

static void
load(struct point *out, const struct urne_edwards *p)
{
	fe_from_limbs(&out->X, p->X);
	fe_from_limbs(&out->Y, p->Y);
	fe_from_limbs(&out->Z, p->Z);
	fe_from_limbs(&out->T, p->T);
}

static void
store(struct urne_edwards *out, const struct point *p)
{
	fe_to_limbs(out->X, &p->X);
	fe_to_limbs(out->Y, &p->Y);
	fe_to_limbs(out->Z, &p->Z);
	fe_to_limbs(out->T, &p->T);
}

static void
identity(struct point *out)
{
	fe_zero(&out->X);
	fe_one(&out->Y);
	fe_one(&out->Z);
	fe_zero(&out->T);
}

static void
to_projective(struct projective *out, const struct completed *c)
{
	fe_mul(&out->X, &c->E, &c->F);
	fe_mul(&out->Y, &c->G, &c->H);
	fe_mul(&out->Z, &c->F, &c->G);
}

static void
to_point(struct point *out, const struct completed *c)
{
	fe_mul(&out->X, &c->E, &c->F);
	fe_mul(&out->Y, &c->G, &c->H);
	fe_mul(&out->Z, &c->F, &c->G);
	fe_mul(&out->T, &c->E, &c->H);
}

static void
to_cached(struct cached *out, const struct point *p)
{
	fe d2;

	fe_from_limbs(&d2, edwards_2d);
	fe_add(&out->sum, &p->Y, &p->X);
	fe_sub(&out->diff, &p->Y, &p->X);
	fe_add(&out->z2, &p->Z, &p->Z);
	fe_mul(&out->t2d, &p->T, &d2);
}

/* double_point: out = 2 p. The paper's F and H are negated here, which negates X, Y, Z, T all
 * four, and so is the same point: F = 2Z^2 + X^2 - Y^2, H = X^2 + Y^2. Its E = (X + Y)^2 - X^2 -
 * Y^2 is 2XY, which costs a product for a square, and saves a difference. Bounds: squares and
 * products are R, E and H are S, 2Z^2 + X^2 is a sum of three R and so S, and F, G are differences
 * of S, so L. */
static void
double_point(struct completed *out, const struct projective *p)
{
	fe xx, yy, zz, t;

	fe_sq(&xx, &p->X);
	fe_sq(&yy, &p->Y);
	fe_sq(&zz, &p->Z);
	fe_mul(&t, &p->X, &p->Y);
	fe_add(&out->E, &t, &t);
	fe_add(&out->H, &xx, &yy);
	fe_sub(&out->G, &yy, &xx);
	fe_add(&t, &zz, &zz);
	fe_add(&t, &t, &xx);
	fe_sub(&out->F, &t, &yy);
}

/* add_parts: out = p + r, where `sum`, `diff` and `t2d` are those of r, and D = 2 Z_p Z_r is S.
 * With `minus`, out = p - r: -r has sum and diff exchanged and t2d negated.
 * Bounds: A, B, C are products, so R. E, F, G, H are sums or differences of R and S: D + C is a
 * sum of at most three R, all are L. */
static void
add_parts(struct completed *out, const struct point *p, const fe *sum, const fe *diff,
    const fe *t2d, const fe *D, bool minus)
{
	fe A, B, C;

	fe_sub(&A, &p->Y, &p->X);
	fe_mul(&A, &A, minus ? sum : diff);
	fe_add(&B, &p->Y, &p->X);
	fe_mul(&B, &B, minus ? diff : sum);
	fe_mul(&C, &p->T, t2d);
	fe_sub(&out->E, &B, &A);
	fe_add(&out->H, &B, &A);
	fe_sub(minus ? &out->G : &out->F, D, &C);
	fe_add(minus ? &out->F : &out->G, D, &C);
}

static void
add_cached(struct completed *out, const struct point *p, const struct cached *r, bool minus)
{
	fe D;

	fe_mul(&D, &p->Z, &r->z2);
	add_parts(out, p, &r->sum, &r->diff, &r->t2d, &D, minus);
}

static void
add_affine(
    struct completed *out, const struct point *p, const struct urne_edwards_affine *r, bool minus)
{
	fe D, sum, diff, t2d;

	fe_from_limbs(&sum, r->sum);
	fe_from_limbs(&diff, r->diff);
	fe_from_limbs(&t2d, r->t2d);
	fe_add(&D, &p->Z, &p->Z);
	add_parts(out, p, &sum, &diff, &t2d, &D, minus);
}

static void
add_points(struct point *out, const struct point *p, const struct point *q)
{
	struct cached r;
	struct completed c;

	to_cached(&r, q);
	add_cached(&c, p, &r, false);
	to_point(out, &c);
}

static void
twice(struct point *out, const struct point *p)
{
	struct projective r = {p->X, p->Y, p->Z};
	struct completed c;

	double_point(&c, &r);
	to_point(out, &c);
}

static void
code_base(struct urne_edwards *out)
{
	*out = base_point;
}

static void
code_add(struct urne_edwards *out, const struct urne_edwards *p, const struct urne_edwards *q)
{
	struct point a, b;

	load(&a, p);
	load(&b, q);
	add_points(&a, &a, &b);
	store(out, &a);
}

static void
code_neg(struct urne_edwards *out, const struct urne_edwards *p)
{
	struct point a;

	load(&a, p);
	/* fe_neg carries, so X and T stay R */
	fe_neg(&a.X, &a.X);
	fe_neg(&a.T, &a.T);
	store(out, &a);
}

static void
code_twice(struct urne_edwards *out, const struct urne_edwards *p)
{
	struct point a;

	load(&a, p);
	twice(&a, &a);
	store(out, &a);
}

static bool
code_equal(const struct urne_edwards *p, const struct urne_edwards *q)
{
	struct point a, b;
	fe s, t;

	load(&a, p);
	load(&b, q);
	fe_mul(&s, &a.X, &b.Z);
	fe_mul(&t, &b.X, &a.Z);
	if (!fe_equal(&s, &t)) {
		return false;
	}
	fe_mul(&s, &a.Y, &b.Z);
	fe_mul(&t, &b.Y, &a.Z);
	return fe_equal(&s, &t);
}

static bool
code_is_identity(const struct urne_edwards *p)
{
	struct point a;

	load(&a, p);
	/* x = 0 is not enough: (0, -1) has order 2 */
	return fe_is_zero(&a.X) && fe_equal(&a.Y, &a.Z);
}

#endif
