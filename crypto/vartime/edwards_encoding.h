/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: points of edwards25519 from and to the 32 bytes of RFC 8032, sections 5.1.3 and 5.1.2.
 * Source that edwards_portable.c and edwards_adx.c compile: see edwards_points.h. Variable time,
 * PUBLIC DATA ONLY. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_ENCODING_H
#define URNE_CRYPTO_VARTIME_EDWARDS_ENCODING_H

#include <assert.h>
#include <endian.h>

#include "crypto/vartime/edwards_points.h"

enum {
	BATCH = 96, /* points per inversion: 3840 bytes of stack, inversion under 4 products */
};

/* root: is x^2 = u / v for some x? If so, *x is one of the two. Takes u R, v S. */
static bool
root(fe *x, const fe *u, const fe *v)
{
	fe t, sqrtm1;

	/* x = u v^3 (u v^7)^((p-5)/8) */
	fe_sq(&t, v);
	fe_mul(&t, &t, v);
	fe_mul(x, u, &t); /* u v^3 */
	fe_sq(&t, &t);
	fe_mul(&t, &t, v);
	fe_mul(&t, &t, u); /* u v^7 */
	fe_pow22523(&t, &t);
	fe_mul(x, x, &t);

	/* v x^2 = u: x is the root. v x^2 = -u: x sqrt(-1) is. Else there is none. */
	fe_sq(&t, x);
	fe_mul(&t, &t, v);
	if (fe_equal(&t, u)) {
		return true;
	}
	fe_add(&t, &t, u);
	if (!fe_is_zero(&t)) {
		return false;
	}
	fe_from_limbs(&sqrtm1, sqrt_minus_one);
	fe_mul(x, x, &sqrtm1);
	return true;
}

static bool
code_decompress(struct urne_edwards *out, const uint8_t in[32])
{
	bool sign = (in[31] & 0x80) != 0;
	struct point p;
	fe u, v, t, d;

	identity(&p);
	store(out, &p);
	if (!urne_fe_bytes_canonical(in)) {
		return false;
	}
	fe_from_bytes(&p.Y, in);

	/* x^2 = u / v, u = y^2 - 1, v = d y^2 + 1. v is not 0, because -1/d is no square. */
	fe_from_limbs(&d, edwards_d);
	fe_sq(&t, &p.Y);
	fe_sub(&u, &t, &p.Z);
	fe_carry(&u, &u); /* R, so that v x^2 + u is a sum of two R */
	fe_mul(&v, &t, &d);
	fe_add(&v, &v, &p.Z);
	if (!root(&p.X, &u, &v) || (sign && fe_is_zero(&p.X))) {
		return false;
	}
	if (sign != fe_is_negative(&p.X)) {
		fe_neg(&p.X, &p.X);
	}
	fe_mul(&p.T, &p.X, &p.Y);
	store(out, &p);
	return true;
}

static void
code_decompress_many(struct urne_edwards *out, bool *ok, const uint8_t (*in)[32], size_t num)
{
	for (size_t i = 0; i < num; i++) {
		ok[i] = code_decompress(&out[i], in[i]);
	}
}

/* invert_batch: each z becomes 1/z, for 1 <= num <= BATCH: Montgomery's trick. before[i] is the
 * product of all z before i. From the inverse of the whole product, each step backwards peels off
 * one z: inverse * before[i] is 1/z_i, and inverse * z_i is the inverse without z_i. */
static void
invert_batch(fe *z, size_t num)
{
	fe before[BATCH], inverse, t;

	assert(num >= 1 && num <= BATCH);
	fe_one(&t);
	for (size_t i = 0; i < num; i++) {
		before[i] = t;
		fe_mul(&t, &t, &z[i]);
	}
	fe_invert(&inverse, &t);
	for (size_t i = num; i-- > 0;) {
		fe_mul(&t, &inverse, &z[i]);
		fe_mul(&z[i], &inverse, &before[i]);
		inverse = t;
	}
}

/* is_affine: is Z = 1, and written so? */
static bool
is_affine(const struct urne_edwards *p)
{
	static const uint64_t one[4] = {1, 0, 0, 0};

	return memcmp(p->Z, one, sizeof(one)) == 0;
}

/* normalise_batch: the first num points, 1 <= num <= BATCH, with one inversion for all. */
static void
normalise_batch(struct urne_edwards *points, size_t num)
{
	fe z[BATCH];

	for (size_t i = 0; i < num; i++) {
		fe_from_limbs(&z[i], points[i].Z);
	}
	invert_batch(z, num);
	for (size_t i = 0; i < num; i++) {
		struct point p;

		load(&p, &points[i]);
		fe_mul(&p.X, &p.X, &z[i]);
		fe_mul(&p.Y, &p.Y, &z[i]);
		fe_one(&p.Z);
		fe_mul(&p.T, &p.X, &p.Y);
		store(&points[i], &p);
	}
}

static void
code_normalise(struct urne_edwards *points, size_t num)
{
	for (size_t i = 0; i < num;) {
		size_t n = num - i < BATCH ? num - i : BATCH;

		normalise_batch(points + i, n);
		i += n;
	}
}

/* is_below_p: surely, by more than 2^191. */
static bool
is_below_p(const uint64_t v[4])
{
	return v[3] < UINT64_MAX >> 1;
}

/* put_encoding: y, and whether x is odd in the bit above it. Written as words, as it will be read.
 */
static void
put_encoding(uint8_t out[32], const uint64_t x[4], const uint64_t y[4])
{
	for (size_t i = 0; i < 4; i++) {
		uint64_t word = htole64(i < 3 ? y[i] : y[i] | x[0] << 63);

		memcpy(out + 8 * i, &word, sizeof(word));
	}
}

static void
code_compress(uint8_t out[32], const struct urne_edwards *p)
{
	struct urne_edwards affine;
	fe x, y;

	/* nearly all points that a text or a hint gave */
	if (is_affine(p) && is_below_p(p->X) && is_below_p(p->Y)) {
		put_encoding(out, p->X, p->Y);
		return;
	}
	if (!is_affine(p)) {
		affine = *p;
		normalise_batch(&affine, 1);
		p = &affine;
	}
	fe_from_limbs(&x, p->X);
	fe_from_limbs(&y, p->Y);
	fe_to_bytes(out, &y);
	if (fe_is_negative(&x)) {
		out[31] |= 0x80;
	}
}

#endif
