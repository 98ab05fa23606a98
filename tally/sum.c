/* SPDX-License-Identifier: EUPL-1.2 */
/* Every thread keeps a sum of its own, and multiplication does not mind the order: so the total is
 * the same however the ballots fall to threads. */
#include "tally/sum.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/pool.h"

/* Ballots in memory at a time: this many per thread, and about so many bytes. */
#define PER_THREAD   ((size_t)16)
#define SLICE_BYTES  ((size_t)64 << 20)
#define BALLOT_ARENA ((size_t)512 << 20)

struct slot {
	struct urne_buf text;
	enum urne_err err;
	struct urne_diag diag;
};

struct worker {
	struct urne_arena arena; /* of one ballot at a time */
	struct urne_arena kept;	 /* of the sum */
	struct urne_tally sum;
};

struct slices {
	const struct urne_election *e;
	const struct urne_ballot_source *from;
	size_t first; /* index of the ballot in slot 0 */
	struct slot *slots;
	size_t num_slots;
	struct worker *workers;
	size_t num_workers;
	struct urne_pool *pool;
};

static void
read_one(void *ctx, size_t i, size_t t)
{
	struct slices *s = ctx;
	struct slot *slot = &s->slots[i];
	struct worker *w = &s->workers[t];
	struct urne_counted_ballot b = {.counts = false};

	urne_arena_reset(&w->arena);
	slot->err = s->from->read(
	    s->from->ctx, &b, &w->arena, &slot->diag, s->first + i, urne_buf_view(&slot->text));
	if (slot->err == URNE_OK && b.counts) {
		urne_tally_add(&w->sum, s->e, &b.ballot, b.weight);
	}
}

/* Fills slots with the ballots from s->first on; *num tells how many. */
static enum urne_err
load_slots(struct slices *s, size_t *num, struct urne_diag *d)
{
	size_t bytes = 0;
	enum urne_err e = URNE_OK;

	for (*num = 0; e == URNE_OK && *num < s->num_slots && bytes < SLICE_BYTES &&
		       s->first + *num < s->from->num;
	     ++*num) {
		struct slot *slot = &s->slots[*num];

		urne_buf_reset(&slot->text);
		e = s->from->load(s->from->ctx, &slot->text, d, s->first + *num);
		bytes += slot->text.len;
	}
	return e;
}

static enum urne_err
first_error(const struct slices *s, struct urne_diag *d, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		if (s->slots[i].err != URNE_OK) {
			if (d != NULL) {
				*d = s->slots[i].diag;
			}
			return s->slots[i].err;
		}
	}
	return URNE_OK;
}

static enum urne_err
add_all(struct slices *s, struct urne_diag *d)
{
	size_t num = 0;
	enum urne_err e = URNE_OK;

	for (s->first = 0; e == URNE_OK && s->first < s->from->num; s->first += num) {
		e = load_slots(s, &num, d);
		if (e == URNE_OK) {
			urne_pool_for(s->pool, num, read_one, s);
			e = first_error(s, d, num);
		}
		if (e == URNE_OK && s->from->progress != NULL) {
			s->from->progress(s->from->ctx, num);
		}
	}
	return e;
}

static enum urne_err
slices_init(struct slices *s, struct urne_diag *d, struct urne_pool *pool)
{
	const size_t num = urne_pool_size(pool);
	enum urne_err e = URNE_OK;

	s->slots = calloc(num * PER_THREAD, sizeof(*s->slots));
	s->workers = calloc(num, sizeof(*s->workers));
	if (s->slots == NULL || s->workers == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the ballots");
	}
	s->pool = pool;
	s->num_slots = num * PER_THREAD;
	s->num_workers = num;
	for (size_t i = 0; i < s->num_slots; i++) {
		urne_buf_init(&s->slots[i].text, URNE_MAX_BALLOT);
	}
	for (size_t t = 0; t < s->num_workers; t++) {
		struct worker *w = &s->workers[t];

		urne_arena_init(&w->arena, BALLOT_ARENA);
		urne_arena_init(&w->kept, BALLOT_ARENA);
		if (e == URNE_OK) {
			e = urne_tally_init(&w->sum, &w->kept, s->e);
		}
	}
	return e == URNE_OK ? e : urne_fail(d, e, "no memory for the tally");
}

static void
slices_clear(struct slices *s)
{
	for (size_t i = 0; i < s->num_slots; i++) {
		urne_buf_clear(&s->slots[i].text);
	}
	for (size_t t = 0; t < s->num_workers; t++) {
		urne_arena_clear(&s->workers[t].arena);
		urne_arena_clear(&s->workers[t].kept);
	}
	free(s->slots);
	free(s->workers);
}

enum urne_err
urne_tally_sum(struct urne_tally *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_election *e, const struct urne_ballot_source *from, struct urne_pool *pool)
{
	struct slices s = {.e = e, .from = from};
	enum urne_err err = urne_tally_init(out, arena, e);

	if (err != URNE_OK) {
		return urne_fail(d, err, "no room for the tally of this election");
	}
	err = slices_init(&s, d, pool);
	if (err == URNE_OK) {
		err = add_all(&s, d);
	}
	for (size_t t = 0; err == URNE_OK && t < s.num_workers; t++) {
		urne_tally_join(out, e, &s.workers[t].sum);
	}
	slices_clear(&s);
	return err;
}
