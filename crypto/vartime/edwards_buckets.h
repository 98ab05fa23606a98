/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: a sum of very many multiples of different points, digit by digit (Pippenger). For one
 * place of the digits, each point goes into the bucket of its digit, and the buckets are added up,
 * each as often as its digit says. msm.c puts the places together. Source that edwards_portable.c
 * and edwards_adx.c compile: see edwards_points.h. Variable time, PUBLIC DATA ONLY. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_BUCKETS_H
#define URNE_CRYPTO_VARTIME_EDWARDS_BUCKETS_H

#include "crypto/vartime/edwards_bulk.h"
#include "crypto/vartime/edwards_points.h"

/* Buckets lie all over a cache: the one that is needed so many points later is asked for now. */
#define AHEAD ((size_t)4)

static void
gather_place(struct urne_edwards *bucket, const struct urne_edwards_terms *terms,
    const struct urne_digit_place *place)
{
	for (size_t i = 0; i < terms->num; i++) {
		int digit = urne_digit(terms->weight[i], place);
		struct point sum;
		struct completed c;

		if (i + AHEAD < terms->num) {
			int next = urne_digit(terms->weight[i + AHEAD], place);

			__builtin_prefetch(&bucket[next != 0 ? urne_digit_size(next) - 1 : 0]);
		}
		if (digit != 0) {
			load(&sum, &bucket[urne_digit_size(digit) - 1]);
			add_affine(&c, &sum, &terms->point[i].affine, digit < 0);
			to_point(&sum, &c);
			store(&bucket[urne_digit_size(digit) - 1], &sum);
		}
	}
}

/* out = sum of (i + 1) bucket[i]: with s_i the sum of the buckets from i up, the sum of all s_i. */
static void
add_up_place(struct urne_edwards *out, const struct urne_edwards *bucket, size_t num)
{
	struct point above, sum, p;

	identity(&above);
	identity(&sum);
	for (size_t i = num; i-- > 0;) {
		load(&p, &bucket[i]);
		add_points(&above, &above, &p);
		add_points(&sum, &sum, &above);
	}
	store(out, &sum);
}

static void
code_place(struct urne_edwards *out, void *buckets, size_t num_buckets,
    const struct urne_edwards_terms *lists, size_t num, const struct urne_digit_form *form,
    unsigned place)
{
	const struct urne_digit_place digits = urne_digit_place_of(form, place);
	struct urne_edwards *bucket = buckets;

	for (size_t i = 0; i < num_buckets; i++) {
		urne_edwards_identity(&bucket[i]);
	}
	for (size_t i = 0; i < num; i++) {
		gather_place(bucket, &lists[i], &digits);
	}
	add_up_place(out, bucket, num_buckets);
}

#endif
