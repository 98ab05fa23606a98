/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots with hints: those that are good by them are not checked one by one. Hints never make a
 * failure: what is not good by them is left to check_ballots.c.
 * Spec: docs/soundness.md */
#include <stdlib.h>

#include "verifier/ballot_chunk.h"

enum urne_err
urne_verify_hints_begin(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_ballot_chunk *c = v->chunk;
	enum urne_err err = URNE_OK;

	if (v->files.hints != NULL) {
		err = urne_hint_reader_open(&c->reader, d, v->report, v->files.hints, &v->election);
	} else if (v->files.write_hints != NULL && urne_ballot_num_points(&v->election) == 0) {
		urne_report_note(v->report,
		    "%s: was not written, hints do not serve this kind of election",
		    v->files.write_hints);
	} else if (v->files.write_hints != NULL) {
		err = urne_hint_writer_open(&c->writer, d, v->files.write_hints, &v->election);
	}
	if (c->reader != NULL || c->writer != NULL) {
		c->num_points = urne_ballot_num_points(&v->election);
	}
	return err;
}

/* make_room for the hints of a slot, once. */
static enum urne_err
make_room(const struct urne_ballot_chunk *c, struct urne_ballot_slot *s)
{
	struct urne_batch_sum *sum = &s->hinted.sum;

	if (s->hints == NULL) {
		s->hints = calloc(c->num_points, URNE_HINT_LEN);
	}
	if (c->reader != NULL && sum->point == NULL) {
		sum->point = calloc(c->num_points, sizeof(*sum->point));
		sum->weight = calloc(c->num_points, sizeof(*sum->weight));
	}
	if (s->hints == NULL ||
	    (c->reader != NULL && (sum->point == NULL || sum->weight == NULL))) {
		return URNE_ERR_MEMORY;
	}
	return URNE_OK;
}

enum urne_err
urne_verify_hints_ballot(
    struct urne_verification *v, struct urne_diag *d, struct urne_ballot_slot *s)
{
	struct urne_ballot_chunk *c = v->chunk;

	s->has_hints = false;
	s->hinted.good = false;
	if (c->num_points == 0) {
		return URNE_OK;
	}
	if (make_room(c, s) != URNE_OK) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for hints");
	}
	s->has_hints =
	    c->reader != NULL && urne_hint_reader_find(c->reader, s->hints, &s->record.hash);
	return URNE_OK;
}

enum urne_err
urne_verify_hints_flush(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_ballot_chunk *c = v->chunk;
	size_t num = 0;

	if (c->reader == NULL) {
		return URNE_OK;
	}
	for (size_t i = 0; i < c->num; i++) {
		struct urne_ballot_slot *s = &c->slots[i];

		if (s->has_hints && s->too_large == URNE_OK) {
			s->hinted.text = urne_buf_view(&s->text);
			s->hinted.hints = s->hints;
			s->hinted.arena = &s->arena;
			s->hinted.ballot = &s->ballot;
			c->hinted[num++] = &s->hinted;
		}
	}
	return urne_ballots_check_together(c->hinted, num, d, &v->election, v->num_threads);
}

void
urne_verify_hints_make(const struct urne_verification *v, struct urne_ballot_slot *s)
{
	if (v->chunk->writer == NULL) {
		return;
	}
	s->has_hints = urne_ballot_hints_make(s->hints, &s->ballot, &v->election) == URNE_OK;
	if (!s->has_hints) {
		s->err[0] = urne_fail(&s->diag[0], URNE_ERR_MEMORY, "no memory for hints");
	}
}

enum urne_err
urne_verify_hints_write(
    struct urne_verification *v, struct urne_diag *d, const struct urne_ballot_slot *s)
{
	if (v->chunk->writer == NULL || !s->has_hints) {
		return URNE_OK;
	}
	return urne_hint_writer_put(v->chunk->writer, d, &s->record.hash, s->hints);
}

enum urne_err
urne_verify_hints_end(struct urne_verification *v, struct urne_diag *d)
{
	if (v->chunk->writer == NULL) {
		return URNE_OK;
	}
	return urne_hint_writer_finish(v->chunk->writer, d);
}

void
urne_verify_hints_free(struct urne_ballot_chunk *c)
{
	for (size_t i = 0; c->slots != NULL && i < c->max; i++) {
		free(c->slots[i].hints);
		free(c->slots[i].hinted.sum.point);
		free(c->slots[i].hinted.sum.weight);
	}
	free(c->hinted);
	urne_hint_reader_close(c->reader);
	urne_hint_writer_close(c->writer);
}
