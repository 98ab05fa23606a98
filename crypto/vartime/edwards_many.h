/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: many multiples of one point, which share its doublings (Yao). The points 2^i p are made
 * once, from below. Each scalar puts those that its digits name into buckets, one for each odd size
 * of digit, and adds the buckets up at the end.
 * Source that edwards_portable.c and edwards_adx.c compile: see edwards_points.h. Variable time,
 * PUBLIC DATA ONLY. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_MANY_H
#define URNE_CRYPTO_VARTIME_EDWARDS_MANY_H

#include <assert.h>

#include "crypto/vartime/digits.h"
#include "crypto/vartime/edwards_points.h"

enum {
	WIDTH_MANY = 5, /* digits 1, 3, .., 15 and their opposites */
	NUM_BUCKETS = 1 << (WIDTH_MANY - 2),
};

/* One scalar: its digits, and what they have gathered. A bucket that is not `used` holds nothing
 * yet; the first point is copied into it, not added. */
struct gathering {
	size_t num_digits;
	unsigned used; /* a bit for each bucket */
	int8_t digit[URNE_WNAF_DIGITS];
	struct point bucket[NUM_BUCKETS];
};

/* gather: the bucket of this digit takes the point, which is also given as cached. */
static void
gather(struct gathering *s, int digit, const struct point *p, const struct cached *cached)
{
	size_t i = urne_digit_size(digit) / 2;
	struct point *bucket = &s->bucket[i];
	struct completed c;

	if ((s->used >> i & 1) != 0) {
		add_cached(&c, bucket, cached, digit < 0);
		to_point(bucket, &c);
		return;
	}
	s->used |= 1U << i;
	*bucket = *p;
	if (digit < 0) {
		fe_neg(&bucket->X, &bucket->X);
		fe_neg(&bucket->T, &bucket->T);
	}
}

/* add_up: out = sum of (2i + 1) bucket[i]. With s_i the sum of the buckets from i up, that is
 * s_0 + 2 (s_1 + s_2 + ..). */
static void
add_up(struct point *out, struct gathering *s)
{
	struct point above, sum;

	for (size_t i = 0; i < NUM_BUCKETS; i++) {
		if ((s->used >> i & 1) == 0) {
			identity(&s->bucket[i]);
		}
	}
	above = s->bucket[NUM_BUCKETS - 1];
	sum = above;
	for (size_t i = NUM_BUCKETS - 1; i-- > 1;) {
		add_points(&above, &above, &s->bucket[i]);
		add_points(&sum, &sum, &above);
	}
	twice(&sum, &sum);
	add_points(&above, &above, &s->bucket[0]);
	add_points(out, &sum, &above);
}

/* walk: makes 2^i p for every i that a digit stands at, and has it gathered. */
static void
walk(struct gathering *s, size_t num, const struct urne_edwards *p)
{
	struct projective r;
	struct completed c;
	struct cached cached;
	struct point t;
	size_t top = 0;

	for (size_t j = 0; j < num; j++) {
		top = s[j].num_digits > top ? s[j].num_digits : top;
	}
	load(&t, p);
	r = (struct projective){t.X, t.Y, t.Z};
	for (size_t i = 0; i < top; i++) {
		bool wanted = false;

		for (size_t j = 0; j < num; j++) {
			wanted |= s[j].digit[i] != 0;
		}
		if (i > 0) {
			double_point(&c, &r);
			to_projective(&r, &c);
		}
		if (!wanted) {
			continue;
		}
		t.X = r.X;
		t.Y = r.Y;
		t.Z = r.Z;
		if (i > 0) {
			fe_mul(&t.T, &c.E, &c.H);
		}
		to_cached(&cached, &t);
		for (size_t j = 0; j < num; j++) {
			if (s[j].digit[i] != 0) {
				gather(&s[j], s[j].digit[i], &t, &cached);
			}
		}
	}
}

static void
code_mul_many(
    struct urne_edwards *out, const struct urne_edwards *p, const uint64_t *const k[], size_t num)
{
	struct gathering s[URNE_EDWARDS_MANY];
	struct point r;

	assert(num <= URNE_EDWARDS_MANY);
	for (size_t j = 0; j < num; j++) {
		s[j].num_digits = urne_wnaf(s[j].digit, k[j], WIDTH_MANY);
		s[j].used = 0;
	}
	walk(s, num, p);
	for (size_t j = 0; j < num; j++) {
		add_up(&r, &s[j]);
		store(&out[j], &r);
	}
}

static void
code_mul_many_points(struct urne_edwards_multiples *point, size_t num, void *room)
{
	(void)room;
	for (size_t i = 0; i < num; i++) {
		code_mul_many(point[i].out, &point[i].p, point[i].k, point[i].num);
	}
}

#endif
