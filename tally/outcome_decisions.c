/* SPDX-License-Identifier: EUPL-1.2 */
/* For or against: majority, quorum of expressed votes, alternatives, and the vote on the whole.
 * Spec: docs/outcome.md#majority */
#include "election/compile.h"
#include "tally/outcome_parts.h"

bool
urne_share_met(uint64_t votes, struct urne_fraction share, uint64_t base)
{
	return votes * share.den >= share.num * base;
}

uint64_t
urne_share_needed(struct urne_fraction share, uint64_t base)
{
	return (share.num * base + share.den - 1) / share.den;
}

static bool
majority_reached(const struct urne_majority *m, uint64_t votes, uint64_t base)
{
	if (m->more_than) {
		return votes * m->share.den > m->share.num * base;
	}
	return votes > 0 && urne_share_met(votes, m->share, base);
}

/* The smallest number that majority_reached accepts. */
static uint64_t
majority_needed(const struct urne_majority *m, uint64_t base)
{
	uint64_t needed = 0;

	if (m->more_than) {
		return m->share.num * base / m->share.den + 1;
	}
	needed = urne_share_needed(m->share, base);
	return needed > 0 ? needed : 1;
}

static uint64_t
base_of(const struct urne_item_work *w, enum urne_base of, uint64_t expressed)
{
	switch (of) {
	case URNE_BASE_EXPRESSED:
		return expressed;
	case URNE_BASE_VOTERS:
		return w->in->turnout.votes;
	case URNE_BASE_ROLL:
		break;
	}
	return w->in->turnout.roll;
}

/* The quorum of the item, or with a quorum of expressed votes that of one decision. */
static bool
quorum_met(const struct urne_item_work *w, uint64_t expressed)
{
	const struct urne_quorum_test *q = &w->out->quorum;

	if (q->required && w->item->quorum.counts_expressed) {
		return expressed >= q->needed;
	}
	return q->met;
}

static void
decide(const struct urne_item_work *w, struct urne_decision *x, size_t row)
{
	const struct urne_item *item = w->item;
	bool whole = item->kind == URNE_ITEM_TEXT && row == item->num_entries;
	const struct urne_majority *m = whole ? &item->whole_majority : &item->majority;
	struct urne_row_counts c = urne_item_row(item, w->in->counts, row);

	*x = (struct urne_decision){
	    .entry = row,
	    .votes_for = c.votes_for,
	    .against = c.against,
	    .blank = c.blank,
	    .abstained = w->in->turnout.votes - c.votes_for - c.against - c.blank,
	    .expressed =
		c.votes_for + c.against + (item->blank == URNE_BLANK_INCLUDED ? c.blank : 0),
	    .other = URNE_NOBODY,
	};
	x->base = base_of(w, m->of, x->expressed);
	x->needed = majority_needed(m, x->base);
	x->has_majority = majority_reached(m, x->votes_for, x->base);
	x->state = x->has_majority ? URNE_DECISION_ADOPTED : URNE_DECISION_REJECTED;
	x->reason = URNE_REASON_MAJORITY;
	if (!quorum_met(w, x->expressed)) {
		x->state = URNE_DECISION_NO_QUORUM;
		x->reason = URNE_REASON_QUORUM;
	}
}

/* The adopted of a set that stand at its top. */
struct top {
	uint64_t votes;
	size_t num;
	size_t first, second; /* of equals, by the tie rule; or URNE_NOBODY */
};

static struct top
top_of(const struct urne_item_work *w, const struct urne_alternative *set)
{
	struct top t = {.first = URNE_NOBODY, .second = URNE_NOBODY};

	for (size_t i = 0; i < set->num; i++) {
		size_t e = set->entries[i];
		const struct urne_decision *x = &w->out->decisions[e];

		if (x->state != URNE_DECISION_ADOPTED || x->votes_for < t.votes) {
			continue;
		}
		if (x->votes_for > t.votes) {
			t = (struct top){x->votes_for, 1, e, URNE_NOBODY};
			continue;
		}
		t.num++;
		if (w->tie_rank[e] < w->tie_rank[t.first]) {
			t.second = t.first;
			t.first = e;
		} else if (t.second == URNE_NOBODY || w->tie_rank[e] < w->tie_rank[t.second]) {
			t.second = e;
		}
	}
	return t;
}

/* One of several equals at the top: which state, by the tie rule. */
static enum urne_decision_state
state_of_equal(struct urne_item_work *w, bool first)
{
	enum urne_place_reason how = urne_tie_reason(w);

	if (how == URNE_PLACE_UNDRAWN) {
		return URNE_DECISION_UNDRAWN;
	}
	return how == URNE_PLACE_SHARED || first ? URNE_DECISION_ADOPTED : URNE_DECISION_SET_ASIDE;
}

/* Of a set, the adopted one with most votes stays adopted. */
static void
settle(struct urne_item_work *w, const struct urne_alternative *set)
{
	struct top t = top_of(w, set);

	for (size_t i = 0; i < set->num; i++) {
		struct urne_decision *x = &w->out->decisions[set->entries[i]];

		if (x->state != URNE_DECISION_ADOPTED) {
			continue;
		}
		if (x->votes_for < t.votes) {
			x->state = URNE_DECISION_SET_ASIDE;
			x->reason = URNE_REASON_ALTERNATIVE;
			x->other = t.first;
		} else if (t.num > 1) {
			x->state = state_of_equal(w, x->entry == t.first);
			x->reason = URNE_REASON_ALTERNATIVE_TIE;
			x->other = x->entry == t.first ? t.second : t.first;
		}
	}
}

/* No article without the whole. */
static void
apply_whole(struct urne_item_work *w)
{
	size_t whole = w->item->num_entries;

	for (size_t i = 0; i < whole; i++) {
		struct urne_decision *x = &w->out->decisions[i];

		if (x->state == URNE_DECISION_ADOPTED &&
		    w->out->decisions[whole].state != URNE_DECISION_ADOPTED) {
			x->state = URNE_DECISION_REJECTED;
			x->reason = URNE_REASON_WHOLE;
		}
	}
}

static size_t
num_rows(const struct urne_item *item)
{
	if (item->kind == URNE_ITEM_LIST_RATIFICATION) {
		return 1;
	}
	return item->num_entries + (item->kind == URNE_ITEM_TEXT ? 1 : 0);
}

/* With a quorum of expressed votes the item's test is that of its weakest decision. */
static void
sum_up_quorum(struct urne_item_work *w)
{
	struct urne_quorum_test *q = &w->out->quorum;

	q->value = UINT64_MAX;
	for (size_t i = 0; i < w->out->num_decisions; i++) {
		uint64_t expressed = w->out->decisions[i].expressed;

		q->value = expressed < q->value ? expressed : q->value;
	}
	q->met = q->value >= q->needed;
}

enum urne_err
urne_outcome_decisions(struct urne_item_work *w)
{
	const struct urne_item *item = w->item;
	size_t num = num_rows(item);

	w->out->decisions = urne_arena_alloc(w->arena, num, sizeof(*w->out->decisions));
	if (w->out->decisions == NULL) {
		return urne_outcome_no_memory(w->d);
	}
	w->out->num_decisions = num;
	for (size_t i = 0; i < num; i++) {
		decide(w, &w->out->decisions[i], i);
	}
	if (w->out->quorum.required && item->quorum.counts_expressed) {
		sum_up_quorum(w);
	}
	for (size_t i = 0; i < item->num_alternatives; i++) {
		settle(w, &item->alternatives[i]);
	}
	if (item->kind == URNE_ITEM_TEXT) {
		apply_whole(w);
	}
	return URNE_OK;
}
