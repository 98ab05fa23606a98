/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: the sum of one place of the digits (Pippenger; see edwards_buckets.h) with a vector of
 * WAYS points. Points that go into different buckets are added at once. Source that edwards_avx2.c
 * and edwards_ifma.c compile: see edwards_lanes.h. Variable time, PUBLIC DATA ONLY. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_LANES_BUCKETS_H
#define URNE_CRYPTO_VARTIME_EDWARDS_LANES_BUCKETS_H

#include "crypto/vartime/edwards_lanes.h"

/* Buckets lie all over a cache, points in main memory: what is needed so many points later is asked
 * for now. */
#define AHEAD ((size_t)4)

/* Points on their way to different buckets. */
struct waiting {
	size_t num;
	struct quad *bucket[WAYS];
	const struct urne_edwards_opened *point[WAYS];
	bool is_minus[WAYS];
	struct quad idle; /* takes what a vector has too much */
};

/* add_waiting: at least one waits. */
static inline void
add_waiting(struct waiting *w)
{
	struct lanes sum, p;

	for (size_t i = w->num; i < WAYS; i++) {
		w->bucket[i] = &w->idle;
		w->point[i] = w->point[0];
		w->is_minus[i] = false;
	}
	lanes_load(&sum, w->bucket);
	lanes_opened(&p, w->point, w->is_minus);
	add_lanes(&sum, &p, w->is_minus);
	lanes_store(w->bucket, &sum);
	w->num = 0;
}

static inline bool
is_waited_for(const struct waiting *w, const struct quad *bucket)
{
	bool is = false;

	for (size_t i = 0; i < w->num; i++) {
		is |= w->bucket[i] == bucket;
	}
	return is;
}

static inline void
put(struct waiting *w, struct quad *bucket, const struct urne_edwards_opened *p, bool is_minus)
{
	if (is_waited_for(w, bucket)) {
		add_waiting(w);
	}
	w->bucket[w->num] = bucket;
	w->point[w->num] = p;
	w->is_minus[w->num] = is_minus;
	w->num++;
	if (w->num == WAYS) {
		add_waiting(w);
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

static size_t
bucket_of(int digit)
{
	return (size_t)(digit < 0 ? -digit : digit) - 1;
}

static void
gather(struct waiting *w, struct quad *bucket, const struct urne_edwards_terms *terms,
    const struct urne_digit_form *form, unsigned place)
{
	for (size_t i = 0; i < terms->num; i++) {
		int digit = urne_digit(terms->weight[i], form, place);

		if (i + AHEAD < terms->num) {
			int next = urne_digit(terms->weight[i + AHEAD], form, place);

			if (next != 0) {
				prefetch(&bucket[bucket_of(next)], sizeof(*bucket));
				prefetch(&terms->point[i + AHEAD], sizeof(terms->point[0]));
			}
		}
		if (digit != 0) {
			put(w, &bucket[bucket_of(digit)], &terms->point[i], digit < 0);
		}
	}
}

/* add_up: out = the sum of (i + 1) bucket[i]: with s_i the sum of the buckets from i up, the sum of
 * all s_i. Each way has its share of the buckets, one after another, and counts from its first:
 * way n is so many times the sum of its buckets too small. */
static void
add_up(struct urne_edwards *out, struct quad *bucket, size_t num)
{
	const size_t share = num / WAYS;
	struct lanes above, sum, b, factors;
	struct urne_edwards p;

	factors_lanes(&factors);
	identity_lanes(&above);
	identity_lanes(&sum);
	for (size_t i = share; i-- > 0;) {
		struct quad *each[WAYS];

		for (size_t n = 0; n < WAYS; n++) {
			each[n] = &bucket[n * share + i];
		}
		lanes_load(&b, each);
		add_sum(&above, &b, &factors);
		add_sum(&sum, &above, &factors);
	}
	from_sum(out, &sum, 0);
	for (size_t n = 1; n < WAYS; n++) {
		const uint64_t before[4] = {n * share};

		from_sum(&p, &above, n);
		urne_edwards_mul_vartime(&p, &p, before);
		urne_edwards_add(out, out, &p);
		from_sum(&p, &sum, n);
		urne_edwards_add(out, out, &p);
	}
}

static void
code_place(struct urne_edwards *out, void *buckets, size_t num_buckets,
    const struct urne_edwards_terms *lists, size_t num, const struct urne_digit_form *form,
    unsigned place)
{
	struct quad *bucket = buckets;
	struct waiting w = {.num = 0};
	struct lanes zero;

	num_buckets = num_buckets < WAYS ? WAYS : num_buckets;
	identity_lanes(&zero);
	for (size_t i = 0; i < num_buckets; i += WAYS) {
		struct quad *each[WAYS];

		for (size_t n = 0; n < WAYS; n++) {
			each[n] = &bucket[i + n];
		}
		lanes_store(each, &zero);
	}
	for (size_t i = 0; i < num; i++) {
		gather(&w, bucket, &lists[i], form, place);
	}
	if (w.num > 0) {
		add_waiting(&w);
	}
	add_up(out, bucket, num_buckets);
}

#endif
