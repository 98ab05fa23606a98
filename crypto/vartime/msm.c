/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: every place of the digits is a sum of its own, which one thread makes; put together
 * they are the sum of all terms. Variable time, PUBLIC DATA ONLY. */
#include "crypto/vartime/msm.h"

#include <stdlib.h>

#include "base/pool.h"

#define MIN_WIDTH  3U
#define MAX_PLACES (URNE_MSM_BITS / MIN_WIDTH + 1)

/* Weights of so many bits, two limbs, as random coefficients have, are short. */
#define SHORT_BITS 128U

struct sum {
	const struct urne_edwards_bulk *bulk;
	const struct urne_edwards_terms *lists;
	/* of each list: up to the last weight that is long; and how many of them are */
	struct urne_edwards_terms *beginning;
	size_t *num_long;
	size_t num;
	struct urne_digit_form form;
	size_t num_buckets;
	char *buckets; /* num_buckets of each thread */
	struct urne_edwards place[MAX_PLACES];
};

static void
count(void *ctx, size_t i, size_t t)
{
	struct sum *s = ctx;
	const struct urne_edwards_terms *list = &s->lists[i];

	(void)t;
	s->beginning[i] = *list;
	s->beginning[i].num = 0;
	for (size_t k = 0; k < list->num; k++) {
		if ((list->weight[k][2] | list->weight[k][3]) != 0) {
			s->num_long[i]++;
			s->beginning[i].num = k + 1;
		}
	}
}

/* A digit costs an addition, a bucket two. Where the top digit has hardly any bits, what goes into
 * its few buckets goes one after the other. */
unsigned
urne_msm_width(const struct urne_edwards_bulk *bulk, size_t num_short, size_t num_long)
{
	unsigned best = MIN_WIDTH;
	size_t best_cost = SIZE_MAX;

	for (unsigned w = MIN_WIDTH; w <= bulk->max_width; w++) {
		size_t places = URNE_MSM_BITS / w + 1;
		size_t each = places + (URNE_MSM_BITS % w < 2 ? 2 : 0);
		size_t cost = num_short * (SHORT_BITS / w + 1) + num_long * each + (places << w);

		if (cost < best_cost) {
			best = w;
			best_cost = cost;
		}
	}
	return best;
}

static void
prepare(void *ctx, size_t i, size_t t)
{
	struct sum *s = ctx;
	const struct urne_edwards_terms *list = &s->lists[i];

	(void)t;
	for (size_t k = 0; k < list->num; k++) {
		urne_digits_prepare(list->weight[k], &s->form);
	}
}

static void
one_place(void *ctx, size_t i, size_t t)
{
	struct sum *s = ctx;
	char *buckets = s->buckets + t * s->num_buckets * s->bulk->bucket_size;
	unsigned place = (unsigned)i;
	size_t num = s->num_buckets;
	/* a carry into bit b comes from numbers of 2^(b-1) - 1 and more */
	bool is_short = place * s->form.width > SHORT_BITS + 1;

	if (place + 1 == s->form.num) {
		num = (size_t)1 << (URNE_MSM_BITS % s->form.width);
	}
	s->bulk->place(&s->place[place], buckets, num, is_short ? s->beginning : s->lists, s->num,
	    &s->form, place);
}

/* together: out = sum of place i times 2^(width i). */
static void
together(struct urne_edwards *out, const struct sum *s)
{
	struct urne_edwards r;

	urne_edwards_identity(&r);
	for (unsigned i = s->form.num; i-- > 0;) {
		for (unsigned k = 0; k < s->form.width; k++) {
			urne_edwards_double(&r, &r);
		}
		urne_edwards_add(&r, &r, &s->place[i]);
	}
	*out = r;
}

/* choose_width: what serves so many weights, short and long. */
static void
choose_width(struct sum *s)
{
	size_t num_short = 0, num_long = 0;

	for (size_t i = 0; i < s->num; i++) {
		num_long += s->num_long[i];
		num_short += s->lists[i].num - s->num_long[i];
	}
	s->form = urne_digit_form_of(URNE_MSM_BITS, urne_msm_width(s->bulk, num_short, num_long));
	s->num_buckets = (size_t)1 << (s->form.width - 1);
}

enum urne_err
urne_msm_vartime(const struct urne_edwards_bulk *bulk, struct urne_edwards *out,
    const struct urne_edwards_terms *lists, size_t num, struct urne_pool *pool)
{
	struct sum s = {.bulk = bulk, .lists = lists, .num = num};
	size_t num_threads;
	enum urne_err err = URNE_ERR_MEMORY;

	urne_edwards_identity(out);
	s.beginning = calloc(num + 1, sizeof(*s.beginning));
	s.num_long = calloc(num + 1, sizeof(*s.num_long));
	if (s.beginning != NULL && s.num_long != NULL) {
		urne_pool_for(pool, num, count, &s);
		choose_width(&s);
		num_threads = urne_pool_size(pool) < s.form.num ? urne_pool_size(pool) : s.form.num;
		s.buckets = urne_edwards_bulk_room(num_threads * s.num_buckets * bulk->bucket_size);
	}
	if (s.buckets != NULL) {
		urne_pool_for(pool, num, prepare, &s);
		urne_pool_for(pool, s.form.num, one_place, &s);
		together(out, &s);
		err = URNE_OK;
	}
	free(s.buckets);
	free(s.num_long);
	free(s.beginning);
	return err;
}
