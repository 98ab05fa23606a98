/* SPDX-License-Identifier: EUPL-1.2 */
/* Each try reads its ballots, draws new coefficients, and makes one sum. */
#include "election/ballot_batch.h"

#include <stdlib.h>

#include "base/pool.h"
#include "base/public_random.h"
#include "election/hinted_room.h"

/* A group of ballots is prepared together: hints fill vectors and share an inversion, texts are
 * hashed two at a time, those of the statements sixteen. A group of more than two has no more
 * points than one ballot may have. */
#define MOST_TOGETHER URNE_HINT_LISTS
#define PAIR	      ((size_t)2)

struct batch {
	const struct urne_election *e;
	struct urne_bases bases;
	struct urne_pool *pool;
	size_t group;
	struct urne_hinted_room *rooms;		   /* for a group, for each thread */
	const struct urne_batch_sum **sums;	   /* of a try */
	struct urne_hinted_ballot *const *ballots; /* of a try */
	size_t num;				   /* of these */
	struct urne_hash seed;			   /* of a try */
};

static void
batch_clear(struct batch *b)
{
	for (size_t t = 0; b->rooms != NULL && t < urne_pool_size(b->pool); t++) {
		urne_hinted_room_clear(&b->rooms[t]);
	}
	free(b->rooms);
	free(b->sums);
}

/* group_of: as many as there are at most, and give every thread some. */
static size_t
group_of(const struct batch *b, size_t num)
{
	size_t num_threads = urne_pool_size(b->pool);
	size_t each = (num + num_threads - 1) / num_threads;
	size_t fit = URNE_MAX_HINTED_POINTS / urne_ballot_num_points(b->e);

	each = each < MOST_TOGETHER ? each : MOST_TOGETHER;
	fit = fit > PAIR ? fit : PAIR;
	return each < fit ? each : fit;
}

static enum urne_err
batch_init(struct batch *b, const struct urne_election *e, size_t num, struct urne_pool *pool)
{
	enum urne_err err = URNE_OK;

	*b = (struct batch){.e = e, .pool = pool};
	urne_election_bases(&b->bases, e);
	b->group = group_of(b, num);
	b->rooms = calloc(urne_pool_size(pool), sizeof(*b->rooms));
	b->sums = calloc(num, sizeof(*b->sums));
	if (b->rooms == NULL || b->sums == NULL) {
		return URNE_ERR_MEMORY;
	}
	for (size_t t = 0; t < urne_pool_size(pool) && err == URNE_OK; t++) {
		err = urne_hinted_room_init(&b->rooms[t], e, b->group);
	}
	return err;
}

/* The ballots of a group of which nothing bad is known. The k-th has its place k in the room. */
struct group {
	struct urne_hinted_ballot *h[MOST_TOGETHER];
	size_t at[MOST_TOGETHER]; /* in the try */
	size_t num;
};

static bool
open_some(struct urne_hinted_room *r, const struct group *g, size_t first, size_t num)
{
	const uint8_t *hints[MOST_TOGETHER] = {NULL};
	struct urne_edwards_opened *q[MOST_TOGETHER] = {NULL};

	for (size_t k = 0; k < num; k++) {
		hints[k] = g->h[first + k]->hints;
		q[k] = g->h[first + k]->sum.point;
	}
	return urne_hinted_room_open(r, first, hints, q, num);
}

/* open_group: a hint that is no point of the curve harms its own ballot and no other. */
static void
open_group(struct urne_hinted_room *r, struct group *g)
{
	bool all = open_some(r, g, 0, g->num);

	for (size_t k = 0; k < g->num; k++) {
		g->h[k]->good = all || open_some(r, g, k, 1);
		g->h[k]->sum.num = r->points.shape.num;
	}
}

static void
read_group(const struct batch *b, const struct urne_hinted_room *r, const struct group *g)
{
	for (size_t k = 0; k < g->num; k++) {
		struct urne_hinted_ballot *h = g->h[k];
		struct urne_known_elems known = {
		    .elem = urne_hinted_room_elems(r, k), .num = r->points.shape.num_elems};

		urne_arena_reset(h->arena);
		h->good = h->good && urne_ballot_read_known(
					 h->ballot, h->arena, b->e, h->text, &known) == URNE_OK;
	}
}

static void
hash_group(const struct group *g)
{
	struct urne_ballot *read[MOST_TOGETHER];
	const struct urne_sha256 *begun[MOST_TOGETHER];
	size_t num = 0;

	for (size_t k = 0; k < g->num; k++) {
		if (g->h[k]->good) {
			begun[num] = g->h[k]->begun;
			read[num++] = g->h[k]->ballot;
		}
	}
	urne_ballots_hash(read, begun, num);
}

/* make_equations: a ballot is good when its equations are made and its challenges, which are
 * settled for all of the group, agree. */
static void
make_equations(const struct batch *b, struct urne_hinted_room *r, const struct group *g)
{
	bool agree[MOST_TOGETHER] = {false}, settled;

	for (size_t k = 0; k < g->num; k++) {
		struct urne_hinted_ballot *h = g->h[k];
		struct urne_coefficients coefficients;

		if (h->good) {
			urne_coefficients_init(&coefficients, &b->seed, g->at[k]);
			h->good =
			    urne_equations_make(&r->equations, &h->sum, &coefficients, h->ballot,
				urne_hinted_room_encodings(r, k), &agree[k]) == URNE_OK;
		}
	}
	settled = urne_equations_settle(&r->equations) == URNE_OK;
	for (size_t k = 0; k < g->num; k++) {
		g->h[k]->good = g->h[k]->good && settled && agree[k];
	}
}

/* prepare runs in a thread: all of a group's ballots but their equations, and those as sums.
 * Whatever is the matter, it is for the exact check to say, and a next try would find the same. */
static void
prepare(void *ctx, size_t i, size_t t)
{
	const struct batch *b = ctx;
	struct urne_hinted_room *r = &b->rooms[t];
	size_t begin = b->group * i, left = b->num - begin;
	struct group g = {.num = 0};

	for (size_t k = begin; k < begin + (left < b->group ? left : b->group); k++) {
		if (b->ballots[k]->good) {
			g.h[g.num] = b->ballots[k];
			g.at[g.num++] = k;
		}
	}
	open_group(r, &g);
	read_group(b, r, &g);
	hash_group(&g);
	make_equations(b, r, &g);
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
	urne_pool_for(b->pool, (num + b->group - 1) / b->group, prepare, b);
	for (size_t i = 0; i < num; i++) {
		if (ballots[i]->good) {
			b->sums[num_sums++] = &ballots[i]->sum;
		}
	}
	return urne_batch_holds(holds, &b->bases, b->sums, num_sums, b->pool);
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
    struct urne_diag *d, const struct urne_election *e, struct urne_pool *pool)
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
	err = batch_init(&b, e, num, pool);
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
