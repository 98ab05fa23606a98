/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: hints are opened LANES at a time, a hint in each lane, whatever list it is from, and
 * hundreds share one inversion. What is checked is what edwards_hint.h checks. Source that
 * edwards_avx2.c and edwards_ifma.c compile: see edwards_lanes.h. Variable time, PUBLIC DATA ONLY.
 */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_LANES_HINT_H
#define URNE_CRYPTO_VARTIME_EDWARDS_LANES_HINT_H

#include "crypto/vartime/edwards_lanes_words.h"

enum {
	/* that share an inversion: eight ballots of ten options, which are 544 points */
	OPEN_BLOCKS = 576 / LANES,
};

/* The same numbers in all lanes. */
struct constants {
	struct lanes one, two, minus_two, d, two_d;
};

static void
constants(struct constants *out)
{
	static const struct urne_fe one = {{1}}, two = {{2}}, zero = {{0}};
	struct urne_fe d, two_d, minus_two;

	urne_fe_from_limbs(&d, edwards_d);
	urne_fe_from_limbs(&two_d, edwards_2d);
	urne_fe_sub(&minus_two, &zero, &two);
	urne_fe_carry(&minus_two, &minus_two);
	set_lanes(&out->one, (const struct urne_fe[]){one, one, one, one});
	set_lanes(&out->two, (const struct urne_fe[]){two, two, two, two});
	set_lanes(
	    &out->minus_two, (const struct urne_fe[]){minus_two, minus_two, minus_two, minus_two});
	set_lanes(&out->d, (const struct urne_fe[]){d, d, d, d});
	set_lanes(&out->two_d, (const struct urne_fe[]){two_d, two_d, two_d, two_d});
}

/* opened: what is added of (x, y), in the order that lanes_opened reads; t2d is 2dxy. */
static void
opened(struct urne_edwards_opened *const q[LANES], const struct lanes *x, const struct lanes *y,
    const struct lanes *t2d, size_t num)
{
	struct words word[3];
	struct lanes t[2];

	lanes_sub(&t[0], y, x);
	lanes_add(&t[1], y, x);
	to_words(&word[0], &t[0]);
	to_words(&word[1], &t[1]);
	to_words(&word[2], t2d);
	for (size_t i = 0; i < num; i++) {
		for (size_t k = 0; k < LIMB_WORDS; k++) {
			for (size_t j = 0; j < 3; j++) {
				q[i]->lanes[3 * k + j] = word[j].word[k][i];
			}
		}
	}
}

/* Lists at work. */
struct opening {
	struct block block[OPEN_BLOCKS];
	struct lanes before[OPEN_BLOCKS]; /* the product of all Z in front of a block */
	struct constants c;
	wide bad; /* not 0 in a lane where something was no point */
	const struct urne_edwards_hints *lists;
	const struct urne_edwards_hint_shape *shape;
	size_t num_hints, num_sums; /* of all lists */
};

/* Which points are in a block, of which the first fills the lanes left over: hints, or sums. */
struct in_block {
	struct urne_edwards_place at[LANES];
	size_t num;
	bool sums;
};

static size_t
num_blocks(size_t num)
{
	return (num + LANES - 1) / LANES;
}

static void
in_block(struct in_block *out, const struct opening *o, size_t block)
{
	size_t hints = num_blocks(o->num_hints), first, left;

	out->sums = block >= hints;
	first = (out->sums ? block - hints : block) * LANES;
	left = (out->sums ? o->num_sums : o->num_hints) - first;
	out->num = left < LANES ? left : LANES;
	urne_edwards_places(out->at, out->num, o->shape, out->sums, first);
	for (size_t i = out->num; i < LANES; i++) {
		out->at[i] = out->at[0];
	}
}

/* coordinates: x and y of the hints in a block. */
static void
coordinates(struct lanes *x, struct lanes *y, struct opening *o, const struct in_block *in)
{
	uint64_t word[8][LANES];
	wide w[8];

	for (size_t i = 0; i < LANES; i++) {
		uint64_t hint[8]; /* x86-64 has the least significant byte first too */

		memcpy(hint, o->lists[in->at[i].list].in + 64 * in->at[i].index, sizeof(hint));
		for (size_t k = 0; k < 8; k++) {
			word[k][i] = hint[k];
		}
	}
	memcpy(w, word, sizeof(w));
	o->bad |= of_words(x, w);
	o->bad |= of_words(y, w + 4);
}

/* open_hints: twice the hints of a block, which are opened. With Z = 1 a doubling takes what the
 * curve's equation takes: of x^2, y^2, xy come E = 2xy, F = 2 + x^2 - y^2, G = y^2 - x^2,
 * H = x^2 + y^2; and the equation, twice, is 2G = 2 + 2dxy xy. */
static __attribute__((noinline)) void
open_hints(struct block *out, struct opening *o, const struct in_block *in)
{
	const struct constants *c = &o->c;
	struct urne_edwards_opened *q[LANES];
	struct lanes x, y, xx, yy, xy, t2d, E, F, G, H;

	for (size_t i = 0; i < in->num; i++) {
		q[i] = &o->lists[in->at[i].list].q[in->at[i].index];
	}
	coordinates(&x, &y, o, in);
	lanes_sq(&xx, &x);
	lanes_sq(&yy, &y);
	lanes_mul(&xy, &x, &y);
	lanes_mul(&t2d, &xy, &c->two_d);
	opened(q, &x, &y, &t2d, in->num);
	lanes_sub(&G, &yy, &xx);
	lanes_carry(&G, &G);
	lanes_mul(&E, &t2d, &xy);
	lanes_twice_and(&F, &G, &c->minus_two, &E);
	o->bad |= not_zero(&F);
	lanes_add(&E, &xy, &xy);
	lanes_sub(&F, &c->two, &G);
	lanes_add(&H, &xx, &yy);
	lanes_mul(&out->X, &E, &F);
	lanes_mul(&out->Y, &G, &H);
	lanes_mul(&out->Z, &F, &G);
}

/* What is added where a sum has no hint left: (0, 1). */
static const struct urne_edwards_opened nothing = {.lanes = {1, 1}};

/* add_hints: WAYS sums of hints that are opened. */
static void
add_hints(struct urne_edwards out[WAYS], const struct opening *o,
    const struct urne_edwards_place at[WAYS])
{
	const struct urne_edwards_hint_shape *shape = o->shape;
	const size_t *addend[WAYS];
	size_t num[WAYS], most = 0;
	struct lanes sum, p;

	for (size_t n = 0; n < WAYS; n++) {
		size_t s = at[n].index - shape->num, first = s > 0 ? shape->end[s - 1] : 0;

		addend[n] = shape->addend + first;
		num[n] = shape->end[s] - first;
		most = num[n] > most ? num[n] : most;
	}
	identity_lanes(&sum);
	for (size_t j = 0; j < most; j++) {
		const struct urne_edwards_opened *q[WAYS];

		for (size_t n = 0; n < WAYS; n++) {
			q[n] = j < num[n] ? &o->lists[at[n].list].q[addend[n][j]] : &nothing;
		}
		lanes_opened(&p, q, all_plus);
		add_lanes(&sum, &p, all_plus);
	}
	for (size_t n = 0; n < WAYS; n++) {
		from_sum(&out[n], &sum, n);
	}
}

/* open_sums: twice the sums of a block. */
static __attribute__((noinline)) void
open_sums(struct block *out, const struct opening *o, const struct in_block *in)
{
	const size_t stride = sizeof(struct urne_edwards) / sizeof(uint64_t);
	struct urne_edwards p[LANES];

	for (size_t i = 0; i < in->num; i += WAYS) {
		add_hints(p + i, o, in->at + i);
	}
	load_coordinate(&out->X, p[0].X, stride, in->num);
	load_coordinate(&out->Y, p[0].Y, stride, in->num);
	load_coordinate(&out->Z, p[0].Z, stride, in->num);
	double_block(out, NULL);
}

/* put_eights: the points of a block that are wanted as points. */
static void
put_eights(const struct opening *o, const struct in_block *in, const struct lanes coordinate[3])
{
	const struct urne_edwards_hint_shape *shape = o->shape;
	uint64_t word[3][4][LANES];

	for (size_t j = 0; j < 3; j++) {
		struct numbers n;

		canonical(&n, &coordinate[j]);
		memcpy(word[j], n.word, sizeof(n.word));
	}
	for (size_t i = 0; i < in->num; i++) {
		size_t at = in->at[i].index;
		struct urne_edwards p = {.Z = {1}};

		if (at >= shape->num_eight) {
			continue;
		}
		for (size_t k = 0; k < 4; k++) {
			p.X[k] = word[0][k][i];
			p.Y[k] = word[1][k][i];
			p.T[k] = word[2][k][i];
		}
		memcpy(o->lists[in->at[i].list].eight + at * shape->eight_stride, &p, sizeof(p));
	}
}

/* finish_block: what a block of points becomes, whose 1/Z is given. */
static __attribute__((noinline)) void
finish_block(const struct opening *o, const struct in_block *in, const struct block *b,
    const struct lanes *inverse)
{
	struct lanes coordinate[3];
	struct numbers y;
	uint64_t word[4][LANES];
	bool wanted = false;

	lanes_mul(&coordinate[0], &b->X, inverse);
	lanes_mul(&coordinate[1], &b->Y, inverse);
	canonical(&y, &coordinate[1]);
	y.word[3] |= parity(&coordinate[0]) << 63;
	memcpy(word, y.word, sizeof(word));
	for (size_t i = 0; i < in->num; i++) {
		const uint64_t bytes[4] = {word[0][i], word[1][i], word[2][i], word[3][i]};

		memcpy(o->lists[in->at[i].list].encoding[in->at[i].index], bytes, sizeof(bytes));
		wanted |= in->at[i].index < o->shape->num_eight;
	}
	if (wanted) {
		lanes_mul(&coordinate[2], &coordinate[0], &coordinate[1]);
		put_eights(o, in, coordinate);
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

/* open_blocks: num blocks from `first` on, at most OPEN_BLOCKS. The inverses are had backwards, as
 * in invert_batch of edwards_encoding.h, in all lanes at once. */
static void
open_blocks(struct opening *o, size_t first, size_t num)
{
	struct lanes all = o->c.one, inverse;
	struct in_block in;

	for (size_t i = 0; i < num; i++) {
		struct block *b = &o->block[i];

		in_block(&in, o, first + i);
		if (in.sums) {
			open_sums(b, o, &in);
		} else {
			open_hints(b, o, &in);
		}
		double_block(b, NULL);
		double_block(b, NULL);
		o->before[i] = all;
		lanes_mul(&all, &all, &b->Z);
	}
	invert(&all);
	for (size_t i = num; i-- > 0;) {
		in_block(&in, o, first + i);
		lanes_mul(&inverse, &all, &o->before[i]);
		lanes_mul(&all, &all, &o->block[i].Z);
		finish_block(o, &in, &o->block[i], &inverse);
	}
}

static bool
code_hints_open(const struct urne_edwards_hints *lists, size_t num,
    const struct urne_edwards_hint_shape *shape, void *room)
{
	struct opening *o = room;
	size_t all;

	constants(&o->c);
	o->bad = (wide){0};
	o->lists = lists;
	o->shape = shape;
	o->num_hints = num * shape->num;
	o->num_sums = num * shape->num_sums;
	all = num_blocks(o->num_hints) + num_blocks(o->num_sums);
	for (size_t i = 0; i < all; i += OPEN_BLOCKS) {
		open_blocks(o, i, all - i < OPEN_BLOCKS ? all - i : OPEN_BLOCKS);
	}
	return !any(o->bad);
}

#endif
