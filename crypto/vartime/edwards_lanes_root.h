/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: encodings of points are opened LANES at a time, since the power that a square root
 * takes is nearly all of the work. What is accepted is what code_decompress of edwards_encoding.h
 * accepts. Source that edwards_avx2.c and edwards_ifma.c compile: see edwards_lanes.h. Variable
 * time, PUBLIC DATA ONLY. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_LANES_ROOT_H
#define URNE_CRYPTO_VARTIME_EDWARDS_LANES_ROOT_H

#include "crypto/vartime/edwards_lanes_hint.h"

typedef struct lanes fe;
#define fe_mul lanes_mul
#define fe_sq  lanes_sq
#include "crypto/vartime/fe_powers.h"

/* What becomes of an encoding in each lane: v x^2 is u, or -u, or neither. */
struct roots {
	struct lanes x, vxx, u;
};

/* roots: of u / v, u = y^2 - 1, v = d y^2 + 1; x = u v^3 (u v^7)^((p-5)/8). */
static __attribute__((noinline)) void
roots(struct roots *out, const struct lanes *y, const struct constants *c)
{
	struct lanes t, v;

	lanes_sq(&t, y);
	lanes_sub(&out->u, &t, &c->one);
	lanes_carry(&out->u, &out->u);
	lanes_mul(&v, &t, &c->d);
	lanes_add(&v, &v, &c->one);
	lanes_carry(&v, &v);
	lanes_sq(&t, &v);
	lanes_mul(&t, &t, &v);
	lanes_mul(&out->x, &out->u, &t); /* u v^3 */
	lanes_sq(&t, &t);
	lanes_mul(&t, &t, &v);
	lanes_mul(&t, &t, &out->u); /* u v^7 */
	fe_power_22523(&t, &t);
	lanes_mul(&out->x, &out->x, &t);
	lanes_sq(&t, &out->x);
	lanes_mul(&out->vxx, &t, &v);
}

/* choose_root: *x becomes the root that `sign` says, if there is one. */
static bool
choose_root(struct urne_fe *x, const struct urne_fe *vxx, const struct urne_fe *u, bool sign)
{
	struct urne_fe t;

	if (!urne_fe_equal(vxx, u)) {
		urne_fe_add(&t, vxx, u);
		if (!urne_fe_is_zero(&t)) {
			return false;
		}
		urne_fe_from_limbs(&t, sqrt_minus_one);
		urne_fe_mul(x, x, &t);
	}
	if (sign && urne_fe_is_zero(x)) {
		return false;
	}
	if (sign != urne_fe_is_negative(x)) {
		urne_fe_neg(x, x);
	}
	return true;
}

/* decompress_block: num encodings, 1 <= num <= LANES, of which the first is in the lanes left over.
 */
static void
decompress_block(struct urne_edwards *out, bool *ok, const uint8_t (*in)[32], size_t num,
    const struct constants *c)
{
	uint64_t word[LIMB_WORDS][LANES];
	struct urne_fe y[LANES];
	struct words x, vxx, u;
	struct lanes ys;
	struct roots r;

	for (size_t i = 0; i < LANES; i++) {
		urne_fe_from_bytes(&y[i], in[i < num ? i : 0]);
		for (size_t k = 0; k < LIMB_WORDS; k++) {
			word[k][i] = pack(y[i].v[k]);
		}
	}
	memcpy(ys.v, word, sizeof(word));
	roots(&r, &ys, c);
	to_words(&x, &r.x);
	to_words(&vxx, &r.vxx);
	to_words(&u, &r.u);
	for (size_t i = 0; i < num; i++) {
		struct urne_fe a, b, d, t;

		get_lane(&a, &x, i);
		urne_fe_carry(&a, &a);
		get_lane(&b, &vxx, i);
		get_lane(&d, &u, i);
		urne_edwards_identity(&out[i]);
		ok[i] = urne_fe_bytes_canonical(in[i]) &&
			choose_root(&a, &b, &d, (in[i][31] & 0x80) != 0);
		if (ok[i]) {
			urne_fe_mul(&t, &a, &y[i]);
			urne_fe_to_limbs(out[i].X, &a);
			urne_fe_to_limbs(out[i].Y, &y[i]);
			urne_fe_to_limbs(out[i].T, &t);
		}
	}
}

static void
code_decompress_many(struct urne_edwards *out, bool *ok, const uint8_t (*in)[32], size_t num)
{
	struct constants c;

	constants(&c);
	for (size_t i = 0; i < num; i += LANES) {
		decompress_block(out + i, ok + i, in + i, num - i < LANES ? num - i : LANES, &c);
	}
}

#endif
