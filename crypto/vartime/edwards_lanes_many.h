/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: many multiples of LANES points at once, one in each lane, which share its doublings
 * (Yao; see edwards_many.h). Digits stand at the same places for all, so that every fourth point is
 * wanted and has its T; a bucket belongs to one scalar of one lane. Buckets take their points with
 * all four coordinates at once. Source that edwards_avx2.c and edwards_ifma.c compile: see
 * edwards_lanes.h. Variable time, PUBLIC DATA ONLY. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_LANES_MANY_H
#define URNE_CRYPTO_VARTIME_EDWARDS_LANES_MANY_H

#include "crypto/vartime/edwards_code.h"
#include "crypto/vartime/edwards_lanes.h"

enum {
	MANY_WIDTH = 4, /* digits from -8 to 8 */
	MANY_BUCKETS = 1 << (MANY_WIDTH - 1),
	MANY_PLACES = URNE_EDWARDS_MANY_BITS / MANY_WIDTH + 1,
	FEW_POINTS = 2, /* for which the doublings of idle lanes cost more than they save */
};

/* One scalar of one lane: its digits, and what they have gathered. */
struct gathering {
	struct quad bucket[MANY_BUCKETS];
	struct urne_edwards *out;
	size_t lane;
	int8_t digit[MANY_PLACES];
};

struct gatherings {
	struct gathering each[LANES * URNE_EDWARDS_MANY];
	size_t num;
};

/* A point on its way to a bucket. */
struct addition {
	struct quad *bucket;
	const struct quad *point;
	bool is_minus;
};

static void
gathering_init(struct gathering *s, struct urne_edwards *out, size_t lane, const uint64_t k[4])
{
	const struct urne_digit_form form = urne_digit_form_of(URNE_EDWARDS_MANY_BITS, MANY_WIDTH);
	uint64_t prepared[4] = {k[0], k[1], k[2], k[3]};

	urne_digits_prepare(prepared, &form);
	for (unsigned i = 0; i < MANY_PLACES; i++) {
		const struct urne_digit_place place = urne_digit_place_of(&form, i);

		s->digit[i] = (int8_t)urne_digit(prepared, &place);
	}
	s->out = out;
	s->lane = lane;
}

/* gatherings_init: nothing in any bucket. */
static void
gatherings_init(struct gatherings *all, struct urne_edwards_multiples *point, size_t num)
{
	struct lanes zero;

	all->num = 0;
	for (size_t i = 0; i < num; i++) {
		for (size_t j = 0; j < point[i].num; j++) {
			gathering_init(&all->each[all->num++], &point[i].out[j], i, point[i].k[j]);
		}
	}
	identity_lanes(&zero);
	for (size_t j = 0; j < all->num; j++) {
		struct quad *bucket = all->each[j].bucket;

		for (size_t i = 0; i < MANY_BUCKETS; i += WAYS) {
			struct quad *each[WAYS];

			for (size_t n = 0; n < WAYS; n++) {
				each[n] = &bucket[i + n];
			}
			lanes_store(each, &zero);
		}
	}
}

/* add_all: each bucket takes its point, FLIGHT at a time. All buckets are different; where vectors
 * have room left, their first addition is made again, to the same end. */
static void
add_all(const struct addition *addition, size_t num)
{
	for (size_t i = 0; i < num; i += FLIGHT) {
		struct quad *bucket[FLIGHT];
		const struct quad *point[FLIGHT];
		bool is_minus[STREAMS][WAYS];
		struct lanes sum[STREAMS], p[STREAMS];

		for (size_t n = 0; n < FLIGHT; n++) {
			const struct addition *a = &addition[i + n < num ? i + n : i];

			bucket[n] = a->bucket;
			point[n] = a->point;
			is_minus[n / WAYS][n % WAYS] = a->is_minus;
		}
		for (size_t s = 0; s < STREAMS; s++) {
			lanes_load(&sum[s], &bucket[s * WAYS]);
			lanes_signed_quads(&p[s], &point[s * WAYS], is_minus[s]);
		}
		add_lanes(sum, p, (const bool(*)[WAYS])is_minus, STREAMS);
		for (size_t s = 0; s < STREAMS; s++) {
			lanes_store(&bucket[s * WAYS], &sum[s]);
		}
	}
}

/* gather_place: the points of one place, given without what is added of them, go where the digits
 * say. */
static void
gather_place(struct gatherings *all, const struct block *p, const struct lanes *T,
    const struct lanes *two_d, size_t place)
{
	struct lanes cached[4];
	struct quad point[LANES];
	struct addition addition[LANES * URNE_EDWARDS_MANY];
	size_t num = 0;

	lanes_sub(&cached[0], &p->Y, &p->X);
	lanes_add(&cached[1], &p->Y, &p->X);
	lanes_mul(&cached[2], T, two_d);
	lanes_add(&cached[3], &p->Z, &p->Z);
	lanes_to_quads(point, cached);
	for (size_t j = 0; j < all->num; j++) {
		struct gathering *s = &all->each[j];
		int digit = s->digit[place];

		if (digit != 0) {
			addition[num++] = (struct addition){
			    .bucket = &s->bucket[urne_digit_size(digit) - 1],
			    .point = &point[s->lane],
			    .is_minus = digit < 0,
			};
		}
	}
	add_all(addition, num);
}

/* walk: makes 2^(4i) p in every lane, and has it gathered. */
static void
walk(struct gatherings *all, const struct urne_edwards_multiples *point, size_t num)
{
	const size_t stride = sizeof(point[0]) / sizeof(uint64_t);
	struct urne_fe d2;
	struct lanes two_d, T;
	struct block p;

	urne_fe_from_limbs(&d2, edwards_2d);
	set_lanes(&two_d, (const struct urne_fe[]){d2, d2, d2, d2});
	load_coordinate(&p.X, point[0].p.X, stride, num);
	load_coordinate(&p.Y, point[0].p.Y, stride, num);
	load_coordinate(&p.Z, point[0].p.Z, stride, num);
	load_coordinate(&T, point[0].p.T, stride, num);
	gather_place(all, &p, &T, &two_d, 0);
	for (size_t i = 1; i < MANY_PLACES; i++) {
		for (size_t k = 1; k < MANY_WIDTH; k++) {
			double_block(&p, NULL);
		}
		double_block(&p, &T);
		gather_place(all, &p, &T, &two_d, i);
	}
}

/* add_up_many: each output is the sum of (i + 1) bucket[i] of its scalar: with s_i the sum of the
 * buckets from i up, the sum of all s_i. */
static void
add_up_many(struct gatherings *all)
{
	struct lanes above[STREAMS], sum[STREAMS], b[STREAMS], factors;

	factors_lanes(&factors);
	for (size_t j = 0; j < all->num; j += FLIGHT) {
		struct gathering *g[FLIGHT];

		for (size_t n = 0; n < FLIGHT; n++) {
			g[n] = &all->each[j + n < all->num ? j + n : j];
		}
		for (size_t i = MANY_BUCKETS; i-- > 0;) {
			for (size_t s = 0; s < STREAMS; s++) {
				struct quad *each[WAYS];

				for (size_t n = 0; n < WAYS; n++) {
					each[n] = &g[s * WAYS + n]->bucket[i];
				}
				lanes_load(&b[s], each);
			}
			if (i + 1 == MANY_BUCKETS) {
				memcpy(above, b, sizeof(above));
				memcpy(sum, b, sizeof(sum));
			} else {
				add_sums(above, b, &factors, STREAMS);
				add_sums(sum, above, &factors, STREAMS);
			}
		}
		for (size_t n = 0; n < FLIGHT; n++) {
			from_sum(g[n]->out, &sum[n / WAYS], n % WAYS);
		}
	}
}

static void
code_mul_many(struct urne_edwards_multiples *point, size_t num, void *room)
{
	struct gatherings *all = room;
	size_t done = 0;

	for (; num - done > FEW_POINTS; done += num - done < LANES ? num - done : LANES) {
		size_t n = num - done < LANES ? num - done : LANES;

		gatherings_init(all, point + done, n);
		walk(all, point + done, n);
		add_up_many(all);
	}
	for (; done < num; done++) {
		urne_edwards_fastest()->mul_many(
		    point[done].out, &point[done].p, point[done].k, point[done].num);
	}
}

#endif
