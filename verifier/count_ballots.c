/* SPDX-License-Identifier: EUPL-1.2 */
/* The last ballot of each credential counts. Which ones these are is settled in the order of the
 * log; adding them up, and taking back those that they replace, is left to threads with a sum each,
 * since multiplication does not mind the order.
 * Spec: docs/protocol.md#tally */
#include <stdlib.h>

#include "base/pool.h"
#include "verifier/ballot_chunk.h"

/* What a thread has for itself. */
struct urne_ballot_counter {
	struct urne_arena kept; /* of the sum */
	struct urne_tally sum;
	struct urne_arena arena; /* of a ballot that is taken back */
	struct urne_buf text;
};

enum urne_err
urne_verify_count_begin(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_ballot_chunk *c = v->chunk;

	v->can_tally = !v->election.has_non_homomorphic;
	if (!v->can_tally) {
		return URNE_OK;
	}
	c->counters = calloc(urne_pool_size(v->pool), sizeof(c->counters[0]));
	if (c->counters == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the tally");
	}
	c->num_counters = urne_pool_size(v->pool);
	for (size_t t = 0; t < c->num_counters; t++) {
		urne_arena_init(&c->counters[t].kept, v->tally_arena.max);
		urne_arena_init(&c->counters[t].arena, c->arena_max);
		urne_buf_init(&c->counters[t].text, c->cap);
	}
	return urne_tally_init(&v->tally, &v->tally_arena, &v->election);
}

void
urne_verify_count_free(struct urne_ballot_chunk *c)
{
	for (size_t t = 0; t < c->num_counters; t++) {
		urne_arena_clear(&c->counters[t].kept);
		urne_arena_clear(&c->counters[t].arena);
		urne_buf_clear(&c->counters[t].text);
	}
	free(c->counters);
}

struct urne_last_ballot
urne_verify_take_place(
    struct urne_verification *v, uint64_t height, size_t index, const struct urne_record *r)
{
	struct urne_last_ballot *last = &v->last[index], before = *last;

	if (before.offset == 0) {
		v->num_voters++;
		v->total_weight += urne_credentials_weight(v->credentials, index);
	}
	urne_verify_receipts_counted(v, height, index, before.offset == 0 ? NULL : &before.hash);
	*last = (struct urne_last_ballot){r->offset, r->size, r->hash};
	return before;
}

void
urne_verify_count(struct urne_verification *v, struct urne_ballot_slot *s)
{
	s->before = urne_verify_take_place(v, s->height, s->index, &s->record);
	s->counts = true;
}

/* take_back removes the ballot that counted so far: it is read again. Its bytes are those that were
 * checked, so that its ciphertexts are members of the group, which was the most of that work. */
static enum urne_err
take_back(const struct urne_verification *v, struct urne_ballot_counter *c,
    struct urne_ballot_slot *s, uint64_t weight)
{
	struct urne_record rec = {
	    .kind = URNE_RECORD_DATA,
	    .hash = s->before.hash,
	    .offset = s->before.offset,
	    .size = s->before.size,
	};
	struct urne_diag *d = &s->diag[0];
	struct urne_ballot old;
	enum urne_err e;

	urne_buf_reset(&c->text);
	urne_arena_reset(&c->arena);
	e = urne_archive_load(v->archive, &c->text, d, &rec);
	if (e == URNE_OK) {
		e = urne_ballot_read_unproved(
		    &old, &c->arena, d, &v->election, urne_buf_view(&c->text));
	}
	if (e == URNE_OK) {
		urne_tally_remove(&c->sum, &v->election, &old, weight);
	} else if (!urne_err_is_ours(e)) {
		e = urne_fail(d, URNE_ERR_INTERNAL, "a ballot that was good cannot be read again");
	}
	return e;
}

/* count_one runs in a thread and touches its slot and its counter only. */
static void
count_one(void *ctx, size_t i, size_t t)
{
	const struct urne_ballot_set *set = ctx;
	const struct urne_verification *v = set->v;
	struct urne_ballot_slot *s = &set->slots[i];
	struct urne_ballot_counter *c = &v->chunk->counters[t];
	uint64_t weight;

	if (!s->counts) {
		return;
	}
	weight = urne_credentials_weight(v->credentials, s->index);
	urne_tally_add(&c->sum, &v->election, &s->ballot, weight);
	if (s->before.offset != 0) {
		s->err[0] = take_back(v, c, s, weight);
	}
}

enum urne_err
urne_verify_count_flush(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_ballot_chunk *c = v->chunk;
	struct urne_ballot_set *set = c->concluded;

	if (set == NULL || v->num_bad_ballots > 0) {
		return URNE_OK; /* nobody looks at the sum any more: check_tally.c */
	}
	for (size_t t = 0; t < c->num_counters; t++) {
		struct urne_ballot_counter *counter = &c->counters[t];
		enum urne_err e;

		urne_arena_reset(&counter->kept);
		e = urne_tally_init(&counter->sum, &counter->kept, &v->election);
		if (e != URNE_OK) {
			return urne_fail(d, e, "no memory for the tally");
		}
	}
	if (c->num_counters > 0) {
		urne_pool_for(v->pool, set->num, count_one, set);
	}
	for (size_t i = 0; i < set->num; i++) {
		const struct urne_ballot_slot *s = &set->slots[i];

		if (s->counts && s->err[0] != URNE_OK) {
			*d = s->diag[0];
			return s->err[0];
		}
	}
	for (size_t t = 0; t < c->num_counters; t++) {
		urne_tally_join(&v->tally, &v->election, &c->counters[t].sum);
	}
	return URNE_OK;
}
