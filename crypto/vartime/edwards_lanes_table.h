/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: multiples from tables (see edwards_table.h) for many sums side by side: at each place
 * every sum takes a point from its table, so that a vector has WAYS different sums and no addition
 * waits for the one before. Digits have 7 bits and not 8, which lets two tables stay in a
 * processor's own cache. Source that edwards_avx2.c and edwards_ifma.c compile: see
 * edwards_lanes.h. Variable time, PUBLIC DATA ONLY. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_LANES_TABLE_H
#define URNE_CRYPTO_VARTIME_EDWARDS_LANES_TABLE_H

#include "crypto/vartime/edwards_code.h"
#include "crypto/vartime/edwards_lanes_buckets.h"
#include "crypto/vartime/edwards_lanes_hint.h"

enum {
	TABLE_WIDTH = 7,
	SIDE_BY_SIDE = 32, /* sums: 5 KiB */
};

_Static_assert(URNE_EDWARDS_OPENED_MULTIPLES == 1 << (TABLE_WIDTH - 1), "every digit");
_Static_assert(
    URNE_EDWARDS_OPENED_PLACES == URNE_EDWARDS_MANY_BITS / TABLE_WIDTH + 1, "every place");

static void
code_table_make(struct urne_edwards_table *out, const struct urne_edwards *p)
{
	const struct urne_edwards_code *code = urne_edwards_fastest();
	const size_t stride = sizeof(*p) / sizeof(uint64_t);
	struct urne_edwards multiple[URNE_EDWARDS_OPENED_MULTIPLES], unit = *p;
	struct urne_edwards_opened *each[LANES];
	struct constants c;
	struct lanes x, y, t2d;

	constants(&c);
	for (size_t i = 0; i < URNE_EDWARDS_OPENED_PLACES; i++) {
		multiple[0] = unit;
		for (size_t d = 1; d < URNE_EDWARDS_OPENED_MULTIPLES; d++) {
			code->add(&multiple[d], &multiple[d - 1], &unit);
		}
		/* the last is 64 times the unit, and the next is 128 times */
		code->twice(&unit, &multiple[URNE_EDWARDS_OPENED_MULTIPLES - 1]);
		code->normalise(multiple, URNE_EDWARDS_OPENED_MULTIPLES);
		for (size_t d = 0; d < URNE_EDWARDS_OPENED_MULTIPLES; d += LANES) {
			load_coordinate(&x, multiple[d].X, stride, LANES);
			load_coordinate(&y, multiple[d].Y, stride, LANES);
			lanes_mul(&t2d, &x, &y);
			lanes_mul(&t2d, &t2d, &c.two_d);
			for (size_t n = 0; n < LANES; n++) {
				each[n] = &out->opened[i][d + n];
			}
			opened(each, &x, &y, &t2d);
		}
	}
}

/* to_sum: a point as a sum. */
static void
to_sum(struct quad *out, const struct urne_edwards *p)
{
	struct urne_fe a[4], x, y;

	urne_fe_from_limbs(&x, p->X);
	urne_fe_from_limbs(&y, p->Y);
	urne_fe_sub(&a[0], &y, &x);
	urne_fe_carry(&a[0], &a[0]);
	urne_fe_add(&a[1], &y, &x);
	urne_fe_carry(&a[1], &a[1]);
	urne_fe_from_limbs(&a[2], p->T);
	urne_fe_from_limbs(&a[3], p->Z);
	for (size_t k = 0; k < LIMB_WORDS; k++) {
		for (size_t i = 0; i < 4; i++) {
			out->word[k][i] = pack(a[i].v[k]);
		}
	}
}

/* The sums of a call, and the numbers of their terms, prepared. */
struct side_by_side {
	struct waiting w;
	struct quad sum[SIDE_BY_SIDE];
	uint64_t k[URNE_EDWARDS_TERMS][SIDE_BY_SIDE][4];
};

static void
begin_sums(struct side_by_side *b, const struct urne_edwards_table_sum *s, size_t num,
    const struct urne_digit_form *form)
{
	waiting_init(&b->w);
	for (size_t i = 0; i < num; i++) {
		to_sum(&b->sum[i], &s[i].r);
		for (size_t j = 0; j < s[i].num; j++) {
			memcpy(b->k[j][i], s[i].k[j], sizeof(b->k[j][i]));
			urne_digits_prepare(b->k[j][i], form);
		}
	}
}

/* put_place: every sum gets its point of one term and one place. */
static void
put_place(struct side_by_side *b, const struct urne_edwards_table_sum *s, size_t num,
    const struct urne_digit_form *form, size_t term, unsigned place)
{
	const struct urne_digit_place digits = urne_digit_place_of(form, place);

	for (size_t i = 0; i < num; i++) {
		int digit = s[i].num > term ? urne_digit(b->k[term][i], &digits) : 0;

		if (digit != 0) {
			note(next_arrival(&b->w), &b->sum[i],
			    &s[i].table[term]->opened[place][urne_digit_size(digit) - 1],
			    digit < 0);
			noted(&b->w, 1);
		}
	}
}

static void
end_sums(struct side_by_side *b, struct urne_edwards_table_sum *s, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		struct quad *each[WAYS];
		struct lanes sum;

		for (size_t n = 0; n < WAYS; n++) {
			each[n] = &b->sum[i];
		}
		lanes_load(&sum, each);
		from_sum(&s[i].r, &sum, 0);
	}
}

static void
code_table_sums(struct urne_edwards_table_sum *s, size_t num)
{
	const struct urne_digit_form form = urne_digit_form_of(URNE_EDWARDS_MANY_BITS, TABLE_WIDTH);
	struct side_by_side b;

	for (size_t done = 0; done < num; done += SIDE_BY_SIDE) {
		size_t n = num - done < SIDE_BY_SIDE ? num - done : SIDE_BY_SIDE;

		begin_sums(&b, s + done, n, &form);
		for (unsigned place = 0; place < form.num; place++) {
			for (size_t j = 0; j < URNE_EDWARDS_TERMS; j++) {
				put_place(&b, s + done, n, &form, j, place);
			}
		}
		waiting_end(&b.w);
		end_sums(&b, s + done, n);
	}
}

#endif
