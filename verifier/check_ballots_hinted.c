/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots with hints: those that are good by them are not checked one by one. Hints never make a
 * failure: what is not good by them is left to check_ballots.c.
 * Spec: docs/soundness.md */
#include <stdlib.h>

#include "base/pool.h"
#include "verifier/ballot_chunk.h"

void
urne_verify_hints_begin(struct urne_verification *v)
{
	struct urne_ballot_chunk *c = v->chunk;

	if (v->hint_reader == NULL && v->hint_writer == NULL) {
		return;
	}
	c->num_points = urne_ballot_num_points(&v->election);
	c->by_hints = v->hint_reader != NULL && c->num_points > 0;
	c->make_hints = v->hint_writer != NULL && c->num_points > 0;
	if (c->num_points == 0) {
		urne_report_note(v->report,
		    "hints do not serve the ballots of this election: every ballot is checked "
		    "exactly");
	}
}

/* make_room for the hints of a slot, once. */
static enum urne_err
make_room(const struct urne_ballot_chunk *c, struct urne_ballot_slot *s)
{
	struct urne_batch_sum *sum = &s->hinted.sum;

	if (s->hints == NULL) {
		s->hints = calloc(c->num_points, URNE_HINT_LEN);
	}
	if (c->by_hints && sum->point == NULL) {
		sum->point = calloc(c->num_points, sizeof(*sum->point));
		sum->weight = calloc(c->num_points, sizeof(*sum->weight));
	}
	if (s->hints == NULL || (c->by_hints && (sum->point == NULL || sum->weight == NULL))) {
		return URNE_ERR_MEMORY;
	}
	return URNE_OK;
}

enum urne_err
urne_verify_hints_ballot(
    struct urne_verification *v, struct urne_diag *d, struct urne_ballot_slot *s)
{
	struct urne_ballot_chunk *c = v->chunk;
	enum urne_err err = URNE_OK;

	s->has_hints = false;
	s->hinted.good = false;
	if (c->num_points == 0) {
		return URNE_OK;
	}
	if (make_room(c, s) != URNE_OK) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for hints");
	}
	err = urne_hint_reader_find(v->hint_reader, &s->place, d, &s->record.hash);
	s->has_hints = s->place.num_points == c->num_points;
	return err;
}

/* load runs in a thread and touches its slot only. */
static void
load(void *ctx, size_t i, size_t t)
{
	const struct urne_ballot_set *set = ctx;
	const struct urne_verification *v = set->v;
	struct urne_ballot_slot *s = &set->slots[i];

	(void)t;
	s->has_hints = s->has_hints && urne_hint_reader_read(v->hint_reader, s->hints, &s->place, 0,
					   v->chunk->num_points);
}

enum urne_err
urne_verify_hints_check(struct urne_ballot_set *set, struct urne_diag *d)
{
	struct urne_verification *v = set->v;
	size_t num = 0;

	if (!v->chunk->by_hints) {
		return URNE_OK;
	}
	urne_pool_for(v->pool, set->num, load, set);
	for (size_t i = 0; i < set->num; i++) {
		struct urne_ballot_slot *s = &set->slots[i];

		if (s->has_hints && s->too_large == URNE_OK) {
			s->hinted.text = urne_buf_view(&s->text);
			s->hinted.begun = &s->record.begun;
			s->hinted.hints = s->hints;
			s->hinted.arena = &s->arena;
			s->hinted.ballot = &s->ballot;
			set->hinted[num++] = &s->hinted;
		}
	}
	return urne_ballots_check_together(set->hinted, num, d, &v->election, v->pool);
}

enum urne_err
urne_verify_hints_write(
    struct urne_verification *v, struct urne_diag *d, const struct urne_ballot_slot *s)
{
	struct urne_ballot_chunk *c = v->chunk;
	enum urne_err err = URNE_OK;

	if (!c->make_hints || !s->has_hints) {
		return URNE_OK;
	}
	err = urne_hint_writer_begin(v->hint_writer, d, &s->record.hash, c->num_points);
	return err == URNE_OK ? urne_hint_writer_put(v->hint_writer, d, s->hints, c->num_points)
			      : err;
}

void
urne_verify_hints_free(struct urne_ballot_slot *s)
{
	free(s->hints);
	free(s->hinted.sum.point);
	free(s->hinted.sum.weight);
}
