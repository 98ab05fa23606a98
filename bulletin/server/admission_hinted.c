/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots that came with hints, many at once. Hints let a ballot in and keep none out: whatever is
 * not right by them, whoever is to blame, is for the exact check, whose sentence is the answer.
 * Spec: docs/soundness.md */
#include <stdlib.h>

#include "bulletin/server/admission_parts.h"
#include "election/ballot_batch.h"

/* One ballot of a batch. */
struct slot {
	struct urne_submission *s;
	struct urne_hinted_ballot hinted;
	struct urne_ballot ballot;
	struct urne_arena arena;
};

struct together {
	const struct urne_board_election *e;
	struct slot *slots;
	struct urne_hinted_ballot **hinted; /* of those that take part */
	size_t num_slots, num_hinted;
};

static void
together_clear(struct together *t)
{
	for (size_t i = 0; i < t->num_slots; i++) {
		free(t->slots[i].hinted.sum.point);
		free(t->slots[i].hinted.sum.weight);
		urne_arena_clear(&t->slots[i].arena);
	}
	free(t->slots);
	free(t->hinted);
}

/* add: a ballot that is too long is not even read. */
static enum urne_err
add(struct together *t, struct urne_submission *s)
{
	struct slot *slot = &t->slots[t->num_slots++];
	struct urne_hinted_ballot *h = &slot->hinted;
	size_t num = t->e->num_points;

	slot->s = s;
	urne_arena_init(&slot->arena, URNE_BALLOT_ARENA);
	if (s->ballot.len > t->e->max_ballot) {
		return URNE_OK;
	}
	h->sum.point = calloc(num, sizeof(*h->sum.point));
	h->sum.weight = calloc(num, sizeof(*h->sum.weight));
	h->text = urne_buf_view(&s->ballot);
	h->hints = (const uint8_t *)s->hints.data;
	h->arena = &slot->arena;
	h->ballot = &slot->ballot;
	t->hinted[t->num_hinted++] = h;
	return h->sum.point != NULL && h->sum.weight != NULL ? URNE_OK : URNE_ERR_MEMORY;
}

/* check_together sets `good`. Without memory or randomness nothing is good, and the exact check
 * says what it has to say about that. */
static void
check_together(struct together *t, struct urne_submission *const ballots[], size_t num)
{
	struct urne_diag d = {{0}};
	enum urne_err err = URNE_OK;

	t->slots = calloc(num, sizeof(*t->slots));
	t->hinted = calloc(num, sizeof(struct urne_hinted_ballot *));
	if (t->slots == NULL || t->hinted == NULL) {
		return;
	}
	for (size_t i = 0; err == URNE_OK && i < num; i++) {
		err = add(t, ballots[i]);
	}
	if (err == URNE_OK) {
		err = urne_ballots_check_together(
		    t->hinted, t->num_hinted, &d, &t->e->election, NULL);
	}
	for (size_t i = 0; err != URNE_OK && i < t->num_slots; i++) {
		t->slots[i].hinted.good = false;
	}
}

/* admitted: what hints say nothing about, whose ballot it is and of which election. */
static bool
admitted(const struct together *t, size_t i)
{
	const struct slot *slot = &t->slots[i];
	struct urne_submission *s;

	if (i >= t->num_slots || !slot->hinted.good) {
		return false;
	}
	s = slot->s;
	if (urne_ballot_check_election(&slot->ballot, NULL, &t->e->election) != URNE_OK ||
	    urne_credentials_find(t->e->credentials, &s->member, slot->ballot.credential_text) !=
		URNE_OK) {
		return false;
	}
	s->tracker = slot->ballot.tracker;
	return true;
}

size_t
urne_admit_hinted(struct urne_submission *const ballots[], size_t num,
    const struct urne_board_election *e, const struct urne_records *records)
{
	struct together t = {.e = e};
	size_t num_good = 0;

	check_together(&t, ballots, num);
	for (size_t i = 0; i < num; i++) {
		if (admitted(&t, i)) {
			ballots[i]->err = URNE_OK;
			num_good++;
		} else {
			ballots[i]->err = urne_admit(ballots[i], e, records, NULL);
		}
	}
	together_clear(&t);
	return num_good;
}
