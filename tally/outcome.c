/* SPDX-License-Identifier: EUPL-1.2 */
/* The outcome of a vote, item by item: what must hold of turnout and counts before anything
 * follows from them, the quorum, and then the part for the kind of item.
 * Spec: docs/outcome.md */
#include <inttypes.h>

#include "base/limits.h"
#include "election/compile.h"
#include "tally/outcome_parts.h"

enum urne_err
urne_outcome_no_memory(struct urne_diag *d)
{
	return urne_fail(d, URNE_ERR_MEMORY, "no memory for the outcome");
}

static enum urne_err
check_turnout(struct urne_diag *d, const struct urne_turnout *t)
{
	if (t->roll > URNE_MAX_TOTAL_WEIGHT) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the roll has %" PRIu64 " votes, more than the %" PRIu64
		    " that a roll can have; use the turnout of a verified archive",
		    t->roll, URNE_MAX_TOTAL_WEIGHT);
	}
	if (t->voters > t->members) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "%" PRIu64 " voters, but only %" PRIu64
		    " members on the roll; use the turnout and the roll of the same archive",
		    t->voters, t->members);
	}
	if (t->votes > t->roll) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "%" PRIu64 " votes, but the roll has only %" PRIu64
		    "; use the turnout and the roll of the same archive",
		    t->votes, t->roll);
	}
	return URNE_OK;
}

/* Withdrawals are of candidates who were on the ballot, each declared once. */
static enum urne_err
check_withdrawal(struct urne_diag *d, const struct urne_outcome_input *in, size_t index)
{
	const struct urne_withdrawal *x = &in->withdrawals[index];
	const struct urne_definition *v = in->definition;
	const struct urne_item *item = NULL;

	if (x->item >= v->num_items || x->entry >= v->items[x->item].num_entries) {
		return urne_fail(d, URNE_ERR_RANGE,
		    "withdrawal %zu: the vote has no such candidate; name one by the ids of the "
		    "vote definition",
		    index + 1);
	}
	item = &v->items[x->item];
	if (item->kind != URNE_ITEM_LIST_CANDIDATES && item->kind != URNE_ITEM_LIST_CHOICE &&
	    item->kind != URNE_ITEM_GRADES) {
		return urne_fail(d, URNE_ERR_RANGE,
		    "withdrawal %zu: nobody can withdraw from item %.*s, where nobody stands; "
		    "declare a remark instead",
		    index + 1, (int)item->id.len, item->id.p);
	}
	for (size_t i = 0; i < index; i++) {
		if (in->withdrawals[i].item == x->item && in->withdrawals[i].entry == x->entry) {
			return urne_fail(d, URNE_ERR_DUPLICATE,
			    "withdrawal %zu: the same as withdrawal %zu; declare it once",
			    index + 1, i + 1);
		}
	}
	if (item->entries[x->entry].withdrawn) {
		return urne_fail(d, URNE_ERR_RANGE,
		    "withdrawal %zu: %.*s of item %.*s had withdrawn before the seal; leave it out",
		    index + 1, (int)item->entries[x->entry].id.len, item->entries[x->entry].id.p,
		    (int)item->id.len, item->id.p);
	}
	return URNE_OK;
}

static void
test_quorum(
    struct urne_quorum_test *out, const struct urne_item *item, const struct urne_turnout *t)
{
	*out = (struct urne_quorum_test){.value = t->votes, .met = true};
	switch (item->quorum.kind) {
	case URNE_QUORUM_NONE:
		return;
	case URNE_QUORUM_SHARE:
		out->needed = urne_share_needed(item->quorum.share, t->roll);
		break;
	case URNE_QUORUM_NUMBER:
		out->needed = item->quorum.number;
		break;
	}
	out->required = true;
	out->met = out->value >= out->needed;
}

/* Of an item in which entries are chosen. Who marked nothing is known when one answer at most is
 * possible; a ballot on rival lists always chooses one. */
static void
count_expressed(struct urne_item_work *w)
{
	const struct urne_item *item = w->item;
	uint64_t sum = 0;

	w->out->blank = urne_item_blank(item, w->in->counts);
	w->out->expressed = w->in->turnout.votes - w->out->blank;
	if (item->kind != URNE_ITEM_LIST_CHOICE && item->choose_max == 1) {
		for (size_t i = 0; i < item->num_entries; i++) {
			sum += w->out->votes[i];
		}
		w->out->expressed = sum;
	}
	if (item->blank == URNE_BLANK_INCLUDED) {
		w->out->expressed += w->out->blank;
	}
}

/* What was counted is told in full, also where a quorum, a withdrawal or the seats leave it out. */
static enum urne_err
count_votes(struct urne_item_work *w)
{
	const struct urne_item *item = w->item;
	uint64_t *votes = urne_arena_alloc(w->arena, item->num_entries, sizeof(*votes));

	if (votes == NULL) {
		return URNE_ERR_MEMORY;
	}
	for (size_t i = 0; i < item->num_entries; i++) {
		votes[i] = urne_item_votes(item, w->in->counts, i);
	}
	w->out->votes = votes;
	count_expressed(w);
	return URNE_OK;
}

static enum urne_err
fill_item(struct urne_item_work *w)
{
	enum urne_err e = URNE_OK;

	switch (w->item->kind) {
	case URNE_ITEM_LIST_RATIFICATION:
	case URNE_ITEM_PROGRAMME:
	case URNE_ITEM_TEXT:
		return urne_outcome_decisions(w);
	case URNE_ITEM_LIST_CANDIDATES:
		e = count_votes(w);
		return e == URNE_OK ? urne_outcome_list(w) : e;
	case URNE_ITEM_PRIORITIES:
		e = count_votes(w);
		return e == URNE_OK ? urne_outcome_priorities(w) : e;
	case URNE_ITEM_LIST_CHOICE:
		e = count_votes(w);
		return e == URNE_OK ? urne_outcome_seats(w) : e;
	case URNE_ITEM_GRADES:
		return urne_outcome_grades(w);
	}
	return URNE_ERR_INTERNAL;
}

/* Who is not to be placed: the withdrawn of the file, and those of the declaration, who are listed
 * in the order of the file. */
static enum urne_err
find_gone(struct urne_item_work *w)
{
	const struct urne_outcome_input *in = w->in;
	const struct urne_item *item = w->item;
	size_t *later = urne_arena_alloc(w->arena, item->num_entries, sizeof(*later));
	bool *gone = urne_arena_alloc(w->arena, item->num_entries, sizeof(*gone));

	w->gone = gone;
	w->out->withdrawn = later;
	if (gone == NULL || later == NULL) {
		return urne_outcome_no_memory(w->d);
	}
	for (size_t i = 0; i < in->num_withdrawals; i++) {
		if (&in->definition->items[in->withdrawals[i].item] == item) {
			gone[in->withdrawals[i].entry] = true;
		}
	}
	for (size_t i = 0; i < item->num_entries; i++) {
		if (gone[i]) {
			later[w->out->num_withdrawn++] = i;
		}
		gone[i] = gone[i] || item->entries[i].withdrawn;
	}
	return URNE_OK;
}

static enum urne_err
compute_item(struct urne_item_work *w)
{
	enum urne_err e = URNE_OK;

	w->out->item = w->item;
	if (w->item->seats > URNE_MAX_CHOICES) {
		return urne_fail(w->d, URNE_ERR_RANGE,
		    "item %.*s: %zu seats, more than there can be candidates; correct the vote "
		    "definition",
		    (int)w->item->id.len, w->item->id.p, w->item->seats);
	}
	e = urne_outcome_check_item(w);
	if (e == URNE_OK) {
		e = find_gone(w);
	}
	if (e == URNE_OK) {
		e = urne_tie_ranks(&w->tie_rank, w);
	}
	if (e == URNE_OK) {
		test_quorum(&w->out->quorum, w->item, &w->in->turnout);
		e = fill_item(w);
	}
	return e;
}

static enum urne_err
compute(struct urne_outcome *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_outcome_input *in)
{
	const struct urne_definition *v = in->definition;
	enum urne_err e = check_turnout(d, &in->turnout);

	for (size_t i = 0; i < in->num_withdrawals && e == URNE_OK; i++) {
		e = check_withdrawal(d, in, i);
	}
	if (e != URNE_OK) {
		return e;
	}
	out->items = urne_arena_alloc(arena, v->num_items, sizeof(*out->items));
	if (out->items == NULL) {
		return urne_outcome_no_memory(d);
	}
	out->turnout = in->turnout;
	out->num_items = v->num_items;
	out->complete = true;
	for (size_t i = 0; i < v->num_items && e == URNE_OK; i++) {
		struct urne_item_work w = {
		    .in = in,
		    .item = &v->items[i],
		    .arena = arena,
		    .d = d,
		    .out = &out->items[i],
		};

		e = compute_item(&w);
		out->draw_needed = out->draw_needed || w.draw_needed;
		out->complete = out->complete && !w.out->undrawn;
	}
	return e;
}

enum urne_err
urne_outcome_compute(struct urne_outcome *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_outcome_input *in)
{
	enum urne_err e = URNE_OK;

	*out = (struct urne_outcome){0};
	e = compute(out, arena, d, in);
	if (e != URNE_OK) {
		*out = (struct urne_outcome){0};
	}
	return e;
}
