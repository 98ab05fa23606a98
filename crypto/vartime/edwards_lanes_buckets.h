/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: the sum of one place of the digits (Pippenger; see edwards_buckets.h) with a vector of
 * WAYS points. Points that go into different buckets are added at once. Source that edwards_avx2.c
 * and edwards_ifma.c compile: see edwards_lanes.h. Variable time, PUBLIC DATA ONLY. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_LANES_BUCKETS_H
#define URNE_CRYPTO_VARTIME_EDWARDS_LANES_BUCKETS_H

#include "crypto/vartime/edwards_lanes.h"

/* Points that are added at once, to different buckets. */
struct flight {
	size_t num;
	struct quad *bucket[FLIGHT];
	const struct urne_edwards_opened *point[FLIGHT];
	bool is_minus[STREAMS][WAYS];
};

/* Buckets lie all over a cache, points in main memory: a flight is asked for when it is gathered,
 * and added when the next is complete. */
struct waiting {
	struct flight flight[2];
	size_t gathered;  /* which of them is being gathered */
	struct quad idle; /* takes what vectors have too much */
};

static __attribute__((noinline)) void
add_flight(struct flight *f, struct quad *idle)
{
	struct lanes sum[STREAMS], p[STREAMS];

	if (f->num == 0) {
		return;
	}
	for (size_t i = f->num; i < FLIGHT; i++) {
		f->bucket[i] = idle;
		f->point[i] = f->point[0];
		f->is_minus[i / WAYS][i % WAYS] = false;
	}
	for (size_t s = 0; s < STREAMS; s++) {
		lanes_load(&sum[s], &f->bucket[s * WAYS]);
		lanes_opened(&p[s], &f->point[s * WAYS], f->is_minus[s]);
	}
	add_lanes(sum, p, (const bool(*)[WAYS])f->is_minus, STREAMS);
	for (size_t s = 0; s < STREAMS; s++) {
		lanes_store(&f->bucket[s * WAYS], &sum[s]);
	}
	f->num = 0;
}

/* next_flight: the other one is added, and then gathered. */
static void
next_flight(struct waiting *w)
{
	w->gathered ^= 1;
	add_flight(&w->flight[w->gathered], &w->idle);
}

static void
waiting_init(struct waiting *w)
{
	w->flight[0].num = w->flight[1].num = 0;
	w->gathered = 0;
	memset(&w->idle, 0, sizeof(w->idle));
}

/* waiting_end: all that waits is added. */
static void
waiting_end(struct waiting *w)
{
	next_flight(w);
	next_flight(w);
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

static inline bool
is_in_flight(const struct flight *f, const struct quad *bucket)
{
	bool is = false;

	for (size_t i = 0; i < f->num; i++) {
		is |= f->bucket[i] == bucket;
	}
	return is;
}

static inline void
put(struct waiting *w, struct quad *bucket, const struct urne_edwards_opened *p, bool is_minus)
{
	struct flight *f = &w->flight[w->gathered];

	prefetch(bucket, sizeof(*bucket));
	prefetch(p, sizeof(*p));
	if (f->num == FLIGHT || is_in_flight(f, bucket)) {
		next_flight(w);
		f = &w->flight[w->gathered];
	}
	f->bucket[f->num] = bucket;
	f->point[f->num] = p;
	f->is_minus[f->num / WAYS][f->num % WAYS] = is_minus;
	f->num++;
}

static inline size_t
bucket_of(int digit)
{
	return (size_t)(digit < 0 ? -digit : digit) - 1;
}

/* gather: the points of `terms`, while the weights of the next list are on their way. */
static void
gather(struct waiting *w, struct quad *bucket, const struct urne_edwards_terms *terms,
    const struct urne_edwards_terms *next, const struct urne_digit_form *form, unsigned place)
{
	for (size_t i = 0; i < terms->num; i++) {
		int digit = urne_digit(terms->weight[i], form, place);

		if (i < next->num) {
			__builtin_prefetch(next->weight[i]);
		}
		if (digit != 0) {
			put(w, &bucket[bucket_of(digit)], &terms->point[i], digit < 0);
		}
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
		gather(&w, bucket, &lists[i], &lists[i + 1 < num ? i + 1 : i], form, place);
	}
	waiting_end(&w);
	add_up(out, bucket, num_buckets);
}

#endif
