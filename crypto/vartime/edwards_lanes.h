/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: an addition is two multiplications when all four coordinates of a point are multiplied
 * at once. Source that edwards_avx2.c and edwards_ifma.c compile, each after it has named its
 * field: struct lanes and the functions lanes_*, with bounds R and L. Variable time, PUBLIC DATA
 * ONLY: never to be linked into encryption, decryption or anything that touches a key.
 *
 * The formulas are those of edwards_points.h, and have no exception. A vector has WAYS points of
 * four lanes. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_LANES_H
#define URNE_CRYPTO_VARTIME_EDWARDS_LANES_H

#include <string.h>

#include "crypto/vartime/edwards_bulk.h"

#define URNE_EDWARDS_ONLY_FIELD
#include "crypto/vartime/base_table.inc"

/* Four lanes 3 2 1 0, as the instructions want them. */
#define ORDER(l0, l1, l2, l3) ((l0) | (l1) << 2 | (l2) << 4 | (l3) << 6)

/* A sum: its lanes are Y - X, Y + X, T, Z: L. What is added to it is y - x, y + x, 2dxy, 2: L. */

/* set_lanes: the same four numbers, all R, for every point. */
static inline void
set_lanes(struct lanes *out, const struct urne_fe a[4])
{
	uint64_t word[LIMB_WORDS][LANES];

	for (size_t k = 0; k < LIMB_WORDS; k++) {
		for (size_t i = 0; i < LANES; i++) {
			word[k][i] = pack(a[i % 4].v[k]);
		}
	}
	memcpy(out->v, word, sizeof(word));
}

/* The words of lanes, one by one. */
struct words {
	uint64_t word[LIMB_WORDS][LANES];
};

static inline void
to_words(struct words *out, const struct lanes *a)
{
	memcpy(out->word, a->v, sizeof(out->word));
}

/* get_lane: what stands in one lane. Gives S. */
static inline void
get_lane(struct urne_fe *out, const struct words *a, size_t at)
{
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		out->v[k] = unpack(a->word[k][at]);
	}
}

/* Vectors that are added side by side, step by step: a step waits for the one before, and an
 * addition takes twice as long as it keeps the processor busy. */
enum {
	STREAMS = 2,
	FLIGHT = STREAMS * WAYS, /* points in them */
};

/* add_lanes: sum[s] = sum[s] + p[s] for s < num, or sum[s] - p[s] where p[s] is given with its
 * first two lanes exchanged and is_minus says so. The products are (Y - X)(y - x) = A, (Y + X)(y +
 * x) = B, 2dxy T = C, 2 Z = D; of those come E = B - A, H = B + A, F = D - C, G = D + C, in this
 * order; with is_minus, C is counted the other way. Then X = EF, Y = GH, T = EH, Z = FG. */
static inline __attribute__((always_inline)) void
add_lanes(struct lanes *sum, const struct lanes *p, const bool (*is_minus)[WAYS], size_t num)
{
	static const bool never[WAYS];
	const signs difference = lanes_signs(never, 0x1, 0x1);
	struct lanes v[STREAMS], left[STREAMS], right[STREAMS];

	for (size_t s = 0; s < num; s++) {
		lanes_wide(&v[s], &sum[s], &p[s]);
	}
	for (size_t s = 0; s < num; s++) {
		for (size_t k = 0; k < LIMB_WORDS; k++) {
			left[s].v[k] = lanes_1133(v[s].v[k]);
			right[s].v[k] = lanes_0022(v[s].v[k]);
		}
		lanes_signed(&v[s], &left[s], &right[s], lanes_signs(is_minus[s], 0x5, 0x9));
	}
	for (size_t s = 0; s < num; s++) {
		for (size_t k = 0; k < LIMB_WORDS; k++) {
			left[s].v[k] = LANES_PERMUTE(v[s].v[k], ORDER(0, 1, 0, 3));
			right[s].v[k] = LANES_PERMUTE(v[s].v[k], ORDER(2, 3, 1, 2));
		}
		lanes_wide(&v[s], &left[s], &right[s]);
	}
	for (size_t s = 0; s < num; s++) {
		for (size_t k = 0; k < LIMB_WORDS; k++) {
			left[s].v[k] = lanes_1123(v[s].v[k]);
			right[s].v[k] = lanes_00(v[s].v[k]);
		}
		lanes_signed(&sum[s], &left[s], &right[s], difference);
	}
}

/* identity_lanes: (0, 1), as a sum. */
static inline void
identity_lanes(struct lanes *out)
{
	static const struct urne_fe a[4] = {{{1}}, {{1}}, {{0}}, {{1}}};

	set_lanes(out, a);
}

static const bool all_plus[STREAMS][WAYS];

/* lanes_to_quads: the coordinates of LANES points, each coordinate in a vector of its own, point by
 * point. */
static inline void
lanes_to_quads(struct quad out[LANES], const struct lanes a[4])
{
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		const vec word[4] = {a[0].v[k], a[1].v[k], a[2].v[k], a[3].v[k]};
		void *to[LANES];

		for (size_t i = 0; i < LANES; i++) {
			to[i] = out[i].word[k];
		}
		lanes_give(to, word);
	}
}

/* factors_lanes: what add_sum multiplies by. */
static inline void
factors_lanes(struct lanes *out)
{
	struct urne_fe factor[4] = {{{1}}, {{1}}, {{0}}, {{2}}};

	urne_fe_from_limbs(&factor[2], edwards_2d);
	set_lanes(out, factor);
}

/* add_sums: a[s] = a[s] + b[s] for s < num, where both are sums. `factors` is 1, 1, 2d, 2, which
 * makes of b what can be added. */
static inline __attribute__((always_inline)) void
add_sums(struct lanes *a, const struct lanes *b, const struct lanes *factors, size_t num)
{
	struct lanes t[STREAMS];

	for (size_t s = 0; s < num; s++) {
		lanes_mul(&t[s], &b[s], factors);
	}
	add_lanes(a, t, all_plus, num);
}

/* from_sum: the point of one way. With Y - X and Y + X, the coordinates are had twice. */
static inline void
from_sum(struct urne_edwards *out, const struct lanes *a, size_t way)
{
	struct urne_fe diff, sum, t, x2, z2;
	struct words w;

	to_words(&w, a);
	get_lane(&diff, &w, 4 * way);
	get_lane(&sum, &w, 4 * way + 1);
	get_lane(&t, &w, 4 * way + 2);
	get_lane(&z2, &w, 4 * way + 3);
	urne_fe_carry(&sum, &sum);
	urne_fe_carry(&diff, &diff);
	urne_fe_sub(&x2, &sum, &diff);
	urne_fe_to_limbs(out->X, &x2);
	urne_fe_add(&sum, &sum, &diff);
	urne_fe_to_limbs(out->Y, &sum);
	urne_fe_add(&t, &t, &t);
	urne_fe_to_limbs(out->T, &t);
	urne_fe_add(&z2, &z2, &z2);
	urne_fe_to_limbs(out->Z, &z2);
}

/* LANES points without T, one in each lane. All are R. */
struct block {
	struct lanes X, Y, Z;
};

/* load_coordinate: one coordinate of num points, of which the first fills the lanes left over. */
static inline void
load_coordinate(struct lanes *out, const uint64_t *first, size_t stride, size_t num)
{
	uint64_t word[LIMB_WORDS][LANES];

	for (size_t i = 0; i < LANES; i++) {
		struct urne_fe a;

		urne_fe_from_limbs(&a, first + (i < num ? i : 0) * stride);
		for (size_t k = 0; k < LIMB_WORDS; k++) {
			word[k][i] = pack(a.v[k]);
		}
	}
	memcpy(out->v, word, sizeof(word));
}

/* double_block: as double_point of edwards_points.h. *T, unless NULL, is that of the result. */
static inline void
double_block(struct block *p, struct lanes *T)
{
	struct lanes xx, yy, zz, E, F, G, H;

	lanes_sq(&xx, &p->X);
	lanes_sq(&yy, &p->Y);
	lanes_sq(&zz, &p->Z);
	lanes_mul(&E, &p->X, &p->Y);
	lanes_add(&E, &E, &E);
	lanes_add(&H, &xx, &yy);
	lanes_sub(&G, &yy, &xx);
	lanes_twice_and(&F, &zz, &xx, &yy);
	lanes_mul(&p->X, &E, &F);
	lanes_mul(&p->Y, &G, &H);
	lanes_mul(&p->Z, &F, &G);
	if (T != NULL) {
		lanes_mul(T, &E, &H);
	}
}

#endif
