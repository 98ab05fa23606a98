/* SPDX-License-Identifier: EUPL-1.2 */
/* Each try reads its ballots, draws new coefficients, and makes one sum. */
#include "election/ballot_batch.h"

#include <stdlib.h>

#include "base/parallel.h"
#include "base/public_random.h"

/* So many are prepared together, since texts are hashed two at a time. */
#define PAIR ((size_t)2)

struct batch {
	const struct urne_election *e;
	struct urne_bases bases;
	size_t num_points, num_threads;
	struct urne_elem *elems;	    /* num_points of a pair of ballots, for each thread */
	const struct urne_batch_sum **sums; /* of a try */
	struct urne_hinted_ballot *const *ballots; /* of a try */
	size_t num;				   /* of these */
	struct urne_hash seed;			   /* of a try */
};

static void
batch_clear(struct batch *b)
{
	free(b->elems);
	free(b->sums);
}

static enum urne_err
batch_init(struct batch *b, const struct urne_election *e, size_t num, size_t num_threads)
{
	*b = (struct batch){.e = e, .num_threads = num_threads};
	urne_election_bases(&b->bases, e);
	b->num_points = urne_ballot_num_points(e);
	b->elems = calloc(num_threads * PAIR * b->num_points, sizeof(*b->elems));
	b->sums = calloc(num, sizeof(*b->sums));
	return b->elems != NULL && b->sums != NULL ? URNE_OK : URNE_ERR_MEMORY;
}

/* prepare runs in a thread: all of two ballots but their equations, and those as sums. Whatever is
 * the matter, it is for the exact check to say, and a next try would find the same. */
static void
prepare(void *ctx, size_t i, size_t t)
{
	const struct batch *b = ctx;
	struct urne_elem *elem = b->elems + t * PAIR * b->num_points;
	struct urne_ballot *read[PAIR] = {NULL};
	size_t end = b->num < PAIR * (i + 1) ? b->num : PAIR * (i + 1), num = 0;

	for (size_t k = PAIR * i; k < end; k++) {
		struct urne_hinted_ballot *h = b->ballots[k];

		if (h->good) {
			urne_arena_reset(h->arena);
			h->good = urne_ballot_read_hinted(h->ballot, &h->sum,
				      elem + k % PAIR * b->num_points, h->arena, b->e, h->text,
				      h->hints) == URNE_OK;
		}
		if (h->good) {
			read[num++] = h->ballot;
		}
	}
	urne_ballots_hash(read, num);
	for (size_t k = PAIR * i; k < end; k++) {
		struct urne_hinted_ballot *h = b->ballots[k];
		struct urne_coefficients coefficients;

		if (h->good) {
			urne_coefficients_init(&coefficients, &b->seed, k);
			h->good =
			    urne_ballot_check_hinted(h->ballot, &h->sum,
				elem + k % PAIR * b->num_points, b->e, &coefficients) == URNE_OK;
		}
	}
}

/* try_all: *holds: those of the ballots that `good` is said of are good, all of them. */
static enum urne_err
try_all(struct batch *b, bool *holds, struct urne_hinted_ballot *const *ballots, size_t num)
{
	size_t num_sums = 0;
	enum urne_err err = urne_public_random(&b->seed);

	*holds = false;
	if (err != URNE_OK) {
		return err;
	}
	b->ballots = ballots;
	b->num = num;
	urne_parallel_for(b->num_threads, (num + PAIR - 1) / PAIR, prepare, b);
	for (size_t i = 0; i < num; i++) {
		if (ballots[i]->good) {
			b->sums[num_sums++] = &ballots[i]->sum;
		}
	}
	return urne_batch_holds(holds, &b->bases, b->sums, num_sums, b->num_threads);
}

/* judge: one after the other, so that the buckets of one sum are all the memory. The depth is the
 * logarithm of num. */
static enum urne_err
judge(struct batch *b, struct urne_hinted_ballot *const *ballots, size_t num)
{
	bool holds = false;
	enum urne_err err = num > 0 ? try_all(b, &holds, ballots, num) : URNE_OK;

	if (err != URNE_OK || holds || num == 0) {
		return err;
	}
	if (num == 1) {
		ballots[0]->good = false;
		return URNE_OK;
	}
	err = judge(b, ballots, num / 2);
	return err == URNE_OK ? judge(b, ballots + num / 2, num - num / 2) : err;
}

enum urne_err
urne_ballots_check_together(struct urne_hinted_ballot *const ballots[], size_t num,
    struct urne_diag *d, const struct urne_election *e, size_t num_threads)
{
	bool served = urne_ballot_num_points(e) > 0;
	struct batch b;
	enum urne_err err;

	for (size_t i = 0; i < num; i++) {
		ballots[i]->good = served;
	}
	if (num == 0 || !served) {
		return URNE_OK;
	}
	err = batch_init(&b, e, num, num_threads);
	if (err == URNE_OK) {
		err = judge(&b, ballots, num);
	}
	batch_clear(&b);
	for (size_t i = 0; err != URNE_OK && i < num; i++) {
		ballots[i]->good = false;
	}
	return err == URNE_OK
		   ? err
		   : urne_fail(d, err,
			 "ballots cannot be checked together: %s; verify without hints",
			 err == URNE_ERR_RANDOM ? "the system gives no randomness" : "no memory");
}
