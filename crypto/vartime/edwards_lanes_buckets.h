/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: the sum of one place of the digits (Pippenger; see edwards_buckets.h) with a vector of
 * WAYS points. Points that go into different buckets are added at once. Source that edwards_avx2.c
 * and edwards_ifma.c compile: see edwards_lanes.h. Variable time, PUBLIC DATA ONLY. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_LANES_BUCKETS_H
#define URNE_CRYPTO_VARTIME_EDWARDS_LANES_BUCKETS_H

#include "crypto/vartime/edwards_lanes.h"

/* A point on its way to a bucket. */
struct arrival {
	struct quad *bucket;
	const struct urne_edwards_opened *point;
	bool is_minus;
};

/* Buckets lie all over a cache, points in main memory: a run of both is asked for when it is noted,
 * and added when the next is complete. */
#define RUN ((size_t)32)

struct run {
	struct arrival arrival[2 * RUN];
	size_t num; /* complete from RUN on */
};

struct waiting {
	struct run run[2];
	size_t noted;	  /* which of them is being noted */
	struct quad idle; /* takes what vectors have too much */
};

/* add_flight: points that go into different buckets, at once. */
static inline __attribute__((always_inline)) void
add_flight(const struct arrival a[FLIGHT])
{
	struct lanes sum[STREAMS], p[STREAMS];
	struct quad *bucket[FLIGHT];
	const struct urne_edwards_opened *point[FLIGHT];
	bool is_minus[STREAMS][WAYS];

	for (size_t i = 0; i < FLIGHT; i++) {
		bucket[i] = a[i].bucket;
		point[i] = a[i].point;
		is_minus[i / WAYS][i % WAYS] = a[i].is_minus;
	}
	for (size_t s = 0; s < STREAMS; s++) {
		lanes_load(&sum[s], &bucket[s * WAYS]);
		lanes_opened(&p[s], &point[s * WAYS], is_minus[s]);
	}
	add_lanes(sum, p, (const bool(*)[WAYS])is_minus, STREAMS);
	for (size_t s = 0; s < STREAMS; s++) {
		lanes_store(&bucket[s * WAYS], &sum[s]);
	}
}

/* num_different: how many of so many go into different buckets, from the first on. */
static inline size_t
num_different(const struct arrival *a, size_t num)
{
	for (size_t i = 1; i < num; i++) {
		for (size_t j = 0; j < i; j++) {
			if (a[i].bucket == a[j].bucket) {
				return i;
			}
		}
	}
	return num;
}

/* add_part: a few that go into different buckets. The flight is filled up with what nobody wants.
 */
static __attribute__((noinline)) void
add_part(const struct arrival *a, size_t num, struct quad *idle)
{
	struct arrival part[FLIGHT];

	for (size_t n = 0; n < FLIGHT; n++) {
		part[n] = n < num ? a[n] : (struct arrival){idle, a->point, false};
	}
	add_flight(part);
}

/* add_run: all of it but what is less than a flight, which goes to the next. */
static __attribute__((noinline)) void
add_run(struct run *r, struct quad *idle)
{
	size_t i = 0;

	while (r->num - i >= FLIGHT) {
		const struct arrival *a = &r->arrival[i];
		size_t num = num_different(a, FLIGHT);

		if (num == FLIGHT) {
			add_flight(a);
		} else {
			add_part(a, num, idle);
		}
		i += num;
	}
	r->num -= i;
	memmove(r->arrival, &r->arrival[i], r->num * sizeof(r->arrival[0]));
}

static void
waiting_init(struct waiting *w)
{
	w->run[0].num = w->run[1].num = 0;
	w->noted = 0;
	memset(&w->idle, 0, sizeof(w->idle));
}

/* waiting_end: all that waits is added. */
static void
waiting_end(struct waiting *w)
{
	for (size_t k = 0; k < 2; k++) {
		struct run *r = &w->run[k];

		for (size_t i = 0; i < r->num;) {
			const struct arrival *a = &r->arrival[i];
			size_t left = r->num - i;
			size_t num = num_different(a, left < FLIGHT ? left : FLIGHT);

			add_part(a, num, &w->idle);
			i += num;
		}
	}
}

/* prefetch: the cache lines of an object. */
static inline void
prefetch(const void *object, size_t len)
{
	const char *p = object;

	for (size_t i = 0; i < len; i += 64) {
		__builtin_prefetch(p + i);
	}
}

static inline void
note(struct arrival *out, struct quad *bucket, const struct urne_edwards_opened *p, bool is_minus)
{
	prefetch(bucket, sizeof(*bucket));
	prefetch(p, sizeof(*p));
	*out = (struct arrival){bucket, p, is_minus};
}

/* noted: so many more, at most RUN. */
static inline void
noted(struct waiting *w, size_t num)
{
	w->run[w->noted].num += num;
	if (w->run[w->noted].num >= RUN) {
		w->noted ^= 1;
		add_run(&w->run[w->noted], &w->idle);
	}
}

/* next_arrival: where the next is noted. */
static inline struct arrival *
next_arrival(struct waiting *w)
{
	struct run *r = &w->run[w->noted];

	return &r->arrival[r->num];
}

/* gather: the points of `terms`, while the weights of the next list are on their way. */
static inline void
gather(struct waiting *w, struct quad *bucket, const struct urne_edwards_terms *terms,
    const struct urne_edwards_terms *next, const struct urne_digit_place *place)
{
	const struct urne_digit_place here = *place;

	for (size_t from = 0; from < terms->num; from += RUN) {
		const struct urne_edwards_opened *point = terms->point;
		uint64_t(*weight)[4] = terms->weight, (*next_weight)[4] = next->weight;
		const size_t num = terms->num - from < RUN ? terms->num - from : RUN,
			     num_next = next->num;
		struct arrival *a = next_arrival(w);
		size_t n = 0;

		for (size_t i = from; i < from + num; i++) {
			int digit = urne_digit(weight[i], &here);

			if (i < num_next) {
				__builtin_prefetch(next_weight[i]);
			}
			if (digit != 0) {
				note(&a[n++], &bucket[urne_digit_size(digit) - 1], &point[i],
				    digit < 0);
			}
		}
		noted(w, n);
	}
}

/* add_up: out = the sum of (i + 1) bucket[i], of which there are a power of 2: with s_i the sum of
 * the buckets from i up, the sum of all s_i. Each of FLIGHT has its share of the buckets, one after
 * another, and counts from its first: number n is so many times the sum of its buckets too small.
 */
static void
add_up(struct urne_edwards *out, struct quad *bucket, size_t num)
{
	const size_t share = num / FLIGHT;
	struct lanes above[STREAMS], sum[STREAMS], b[STREAMS], factors;
	struct urne_edwards p, from_here;

	factors_lanes(&factors);
	for (size_t s = 0; s < STREAMS; s++) {
		identity_lanes(&above[s]);
		identity_lanes(&sum[s]);
	}
	for (size_t i = share; i-- > 0;) {
		for (size_t s = 0; s < STREAMS; s++) {
			struct quad *each[WAYS];

			for (size_t n = 0; n < WAYS; n++) {
				each[n] = &bucket[(s * WAYS + n) * share + i];
			}
			lanes_load(&b[s], each);
		}
		add_sums(above, b, &factors, STREAMS);
		add_sums(sum, above, &factors, STREAMS);
	}
	/* share times the sum of n above[n], which is a sum of sums from above again */
	urne_edwards_identity(&from_here);
	urne_edwards_identity(out);
	for (size_t n = FLIGHT; n-- > 1;) {
		from_sum(&p, &above[n / WAYS], n % WAYS);
		urne_edwards_add(&from_here, &from_here, &p);
		urne_edwards_add(out, out, &from_here);
	}
	for (size_t k = share; k > 1; k /= 2) {
		urne_edwards_double(out, out);
	}
	for (size_t n = 0; n < FLIGHT; n++) {
		from_sum(&p, &sum[n / WAYS], n % WAYS);
		urne_edwards_add(out, out, &p);
	}
}

static void
code_place(struct urne_edwards *out, void *buckets, size_t num_buckets,
    const struct urne_edwards_terms *lists, size_t num, const struct urne_digit_form *form,
    unsigned place)
{
	const struct urne_digit_place digits = urne_digit_place_of(form, place);
	struct quad *bucket = buckets;
	struct waiting w;
	struct lanes zero;

	num_buckets = num_buckets < FLIGHT ? FLIGHT : num_buckets;
	waiting_init(&w);
	identity_lanes(&zero);
	for (size_t i = 0; i < num_buckets; i += WAYS) {
		struct quad *each[WAYS];

		for (size_t n = 0; n < WAYS; n++) {
			each[n] = &bucket[i + n];
		}
		lanes_store(each, &zero);
	}
	for (size_t i = 0; i < num; i++) {
		gather(&w, bucket, &lists[i], &lists[i + 1 < num ? i + 1 : i], &digits);
	}
	waiting_end(&w);
	add_up(out, bucket, num_buckets);
}

#endif
