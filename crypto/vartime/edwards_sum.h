/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: sums of few products of different points, by signed windows and shared doublings
 * (Straus). Source that edwards_portable.c and edwards_adx.c compile: see edwards_points.h.
 * Variable time, PUBLIC DATA ONLY. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_SUM_H
#define URNE_CRYPTO_VARTIME_EDWARDS_SUM_H

#include <assert.h>

#include "crypto/vartime/digits.h"
#include "crypto/vartime/edwards_points.h"

enum {
	WIDTH_POINT = 5, /* for a table made on the spot: 1, 3, .., 15 */
	NUM_POINT = 1 << (WIDTH_POINT - 2),
	WIDTH_BASE = 8, /* for the static table: 1, 3, .., 127 */
	NUM_BASE = 1 << (WIDTH_BASE - 2),
};

_Static_assert(sizeof(base_table) / sizeof(base_table[0]) == NUM_BASE, "table and width agree");

/* One term: digits, and the odd multiples they choose from, which for the base point are those of
 * base_table. */
struct term {
	bool is_base;
	size_t num_digits;
	int8_t digit[URNE_WNAF_DIGITS];
	struct cached table[NUM_POINT];
};

/* odd_multiples: out[i] = (2i + 1) p. */
static void
odd_multiples(struct cached out[NUM_POINT], const struct point *p)
{
	struct point t;
	struct cached two;
	struct completed c;

	twice(&t, p);
	to_cached(&two, &t);
	to_cached(&out[0], p);
	t = *p;
	for (size_t i = 1; i < NUM_POINT; i++) {
		add_cached(&c, &t, &two, false);
		to_point(&t, &c);
		to_cached(&out[i], &t);
	}
}

static void
term_init(struct term *out, const struct urne_edwards_term *in)
{
	struct point p;

	out->is_base = in->p == NULL;
	out->num_digits = urne_wnaf(out->digit, in->k, out->is_base ? WIDTH_BASE : WIDTH_POINT);
	if (!out->is_base) {
		load(&p, in->p);
		odd_multiples(out->table, &p);
	}
}

/* step: c = c + digit p, where p is the point of the term. */
static void
step(struct completed *c, const struct term *term, int digit)
{
	size_t i = urne_digit_size(digit) / 2;
	struct point t;

	if (digit == 0) {
		return;
	}
	to_point(&t, c);
	if (term->is_base) {
		add_affine(c, &t, &base_table[i], digit < 0);
	} else {
		add_cached(c, &t, &term->table[i], digit < 0);
	}
}

static void
code_sum(struct urne_edwards *out, const struct urne_edwards_term *in, size_t num_terms)
{
	struct term term[URNE_EDWARDS_TERMS];
	struct projective r;
	struct completed c;
	struct point sum;
	size_t top = 0;

	assert(num_terms <= URNE_EDWARDS_TERMS);
	for (size_t j = 0; j < num_terms; j++) {
		term_init(&term[j], &in[j]);
		top = term[j].num_digits > top ? term[j].num_digits : top;
	}
	identity(&sum);
	r = (struct projective){sum.X, sum.Y, sum.Z};
	for (size_t i = top; i-- > 0;) {
		double_point(&c, &r);
		for (size_t j = 0; j < num_terms; j++) {
			step(&c, &term[j], term[j].digit[i]);
		}
		if (i == 0) {
			/* c is the last sum: T comes from it, never from an earlier one */
			to_point(&sum, &c);
		} else {
			to_projective(&r, &c);
		}
	}
	store(out, &sum);
}

#endif
