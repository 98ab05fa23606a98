/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: hints are opened LANES at a time, a hint in each lane, whatever list it is from, and
 * hundreds share one inversion. What is checked is what edwards_hint.h checks. Source that
 * edwards_avx2.c and edwards_ifma.c compile: see edwards_lanes.h. Variable time, PUBLIC DATA ONLY.
 */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_LANES_HINT_H
#define URNE_CRYPTO_VARTIME_EDWARDS_LANES_HINT_H

#include "crypto/vartime/edwards_lanes.h"
#include "crypto/vartime/lanes_numbers.h"

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

/* opened: what is added of (x, y), in the order that lanes_opened reads; t2d is 2dxy. Of the four
 * words that are given the next three overwrite the last. */
static inline void
opened(struct urne_edwards_opened *const q[LANES], const struct lanes *x, const struct lanes *y,
    const struct lanes *t2d)
{
	struct lanes difference, sum;

	lanes_sub(&difference, y, x);
	lanes_add(&sum, y, x);
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		const vec word[4] = {difference.v[k], sum.v[k], t2d->v[k], lanes_zero()};
		void *to[LANES];

		for (size_t i = 0; i < LANES; i++) {
			to[i] = &q[i]->lanes[3 * k];
		}
		lanes_give(to, word);
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

/* Which points are in a block: hints, or sums. The first fills the lanes left over, and is what
 * they write. */
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
	const void *from[LANES];
	vec word[8]; /* x86-64 has the least significant byte first too */

	for (size_t i = 0; i < LANES; i++) {
		from[i] = o->lists[in->at[i].list].in + 64 * in->at[i].index;
	}
	lanes_take(word, from);
	o->bad |= of_words(x, word);
	o->bad |= of_words(y, word + 4);
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

	for (size_t i = 0; i < LANES; i++) {
		q[i] = &o->lists[in->at[i].list].q[in->at[i].index];
	}
	coordinates(&x, &y, o, in);
	lanes_sq(&xx, &x);
	lanes_sq(&yy, &y);
	lanes_mul(&xy, &x, &y);
	lanes_mul(&t2d, &xy, &c->two_d);
	opened(q, &x, &y, &t2d);
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

/* A sum on its way: which hints of a list are still to be added. */
struct adding {
	const struct urne_edwards_opened *q;
	const size_t *next, *end;
};

static inline const struct urne_edwards_opened *
next_hint(struct adding *a)
{
	return a->next < a->end ? &a->q[*a->next++] : &nothing;
}

/* add_hints: the sums of a block, WAYS in a vector. */
static void
add_hints(struct urne_edwards out[LANES], const struct opening *o, const struct in_block *in)
{
	const struct urne_edwards_hint_shape *shape = o->shape;
	struct lanes sum[LANES / WAYS], p[STREAMS];
	struct adding a[LANES];
	size_t most = 0;

	for (size_t i = 0; i < LANES; i++) {
		size_t s = in->at[i].index - shape->num, first = s > 0 ? shape->end[s - 1] : 0;

		a[i] = (struct adding){o->lists[in->at[i].list].q, shape->addend + first,
		    shape->addend + shape->end[s]};
		most = shape->end[s] - first > most ? shape->end[s] - first : most;
		identity_lanes(&sum[i / WAYS]);
	}
	for (size_t j = 0; j < most; j++) {
		for (size_t i = 0; i < in->num; i += FLIGHT) {
			const struct urne_edwards_opened *q[FLIGHT];

			for (size_t n = 0; n < FLIGHT; n++) {
				q[n] = next_hint(&a[i + n]);
			}
			for (size_t s = 0; s < STREAMS; s++) {
				lanes_opened(&p[s], q + s * WAYS, all_plus[s]);
			}
			add_lanes(&sum[i / WAYS], p, all_plus, STREAMS);
		}
	}
	for (size_t i = 0; i < in->num; i++) {
		from_sum(&out[i], &sum[i / WAYS], i % WAYS);
	}
}

/* open_sums: twice the sums of a block. */
static __attribute__((noinline)) void
open_sums(struct block *out, const struct opening *o, const struct in_block *in)
{
	const size_t stride = sizeof(struct urne_edwards) / sizeof(uint64_t);
	struct urne_edwards p[LANES];

	add_hints(p, o, in);
	load_coordinate(&out->X, p[0].X, stride, in->num);
	load_coordinate(&out->Y, p[0].Y, stride, in->num);
	load_coordinate(&out->Z, p[0].Z, stride, in->num);
	double_block(out, NULL);
}

/* give_points: those of a block that are wanted as points. */
static void
give_points(const struct opening *o, const struct in_block *in, const struct lanes *x,
    const struct lanes *y)
{
	const struct urne_edwards_hint_shape *shape = o->shape;
	uint64_t unwanted[16], *p[LANES];
	struct numbers coordinate[4] = {{{{0}}}}; /* X, Y, Z, T */
	struct lanes xy;

	lanes_mul(&xy, x, y);
	canonical(&coordinate[0], x);
	canonical(&coordinate[1], y);
	coordinate[2].word[0] += 1;
	canonical(&coordinate[3], &xy);
	for (size_t i = 0; i < LANES; i++) {
		const struct urne_edwards_hints *list = &o->lists[in->at[i].list];
		size_t at = in->at[i].index;

		p[i] = at < shape->num_eight ? list->eight + at * shape->eight_stride : unwanted;
	}
	for (size_t j = 0; j < 4; j++) {
		void *to[LANES];

		for (size_t i = 0; i < LANES; i++) {
			to[i] = p[i] + 4 * j;
		}
		give(to, &coordinate[j]);
	}
}

/* finish_block: what a block of points becomes, whose 1/Z is given. */
static __attribute__((noinline)) void
finish_block(const struct opening *o, const struct in_block *in, const struct block *b,
    const struct lanes *inverse)
{
	struct lanes x, y;
	struct numbers encoding;
	void *to[LANES];
	bool wanted = false;

	lanes_mul(&x, &b->X, inverse);
	lanes_mul(&y, &b->Y, inverse);
	canonical(&encoding, &y);
	encoding.word[3] |= parity(&x) << 63;
	for (size_t i = 0; i < LANES; i++) {
		to[i] = o->lists[in->at[i].list].encoding[in->at[i].index];
		wanted |= in->at[i].index < o->shape->num_eight;
	}
	give(to, &encoding);
	if (wanted) {
		give_points(o, in, &x, &y);
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
