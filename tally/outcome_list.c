/* SPDX-License-Identifier: EUPL-1.2 */
/* An ordered list of candidates: rank by rank, whoever has most votes of those whose turn it is,
 * with ranks kept for candidates and groups; behind the seats the substitutes.
 * Spec: docs/outcome.md#ordered-lists */
#include "election/compile.h"
#include "tally/outcome_parts.h"

#define NUM_GENDERS 3 /* NONE, WOMAN, MAN: an index by enum urne_gender */

/* What is known of the candidates while ranks are filled. */
struct filling {
	struct urne_item_work *w;
	uint64_t *votes;
	bool *placed;
	bool *held;  /* a rank is kept for this candidate: takes no other */
	bool *hangs; /* was among equals that wait for the draw */

	enum urne_gender first; /* alternate: of rank 1 */
	size_t first_tied;	/* so many equals, of both genders, decided about it; or 0 */

	size_t in_block[NUM_GENDERS]; /* half: given in this block, or kept for a candidate */
	size_t block_limit;
	bool in_turn[NUM_GENDERS];
	enum urne_gender wanted;
	bool stopped; /* nobody was in turn */
};

static enum urne_gender
other_gender(enum urne_gender g)
{
	return g == URNE_GENDER_WOMAN ? URNE_GENDER_MAN : URNE_GENDER_WOMAN;
}

/* The rule for a rank, or NULL. */
static const struct urne_reserve *
reserve_at(const struct urne_item *item, size_t rank)
{
	for (size_t i = 0; i < item->num_reserves; i++) {
		if (item->reserves[i].rank == rank) {
			return &item->reserves[i];
		}
	}
	return NULL;
}

/* Whether the rank is kept for a candidate who is still there. */
static bool
keeps_entry(const struct filling *f, const struct urne_reserve *r)
{
	return r->entry != URNE_NOBODY && r->rank <= f->w->item->seats && !f->w->gone[r->entry];
}

static bool
in_group(const struct urne_entry *e, struct urne_view group)
{
	for (size_t i = 0; i < e->num_groups; i++) {
		if (urne_view_eq(e->groups[i], group)) {
			return true;
		}
	}
	return false;
}

/* May be placed, and no rank is kept for them. */
static bool
available(const struct filling *f, size_t e)
{
	return !f->w->gone[e] && !f->placed[e] && !f->held[e];
}

/* The group may be NULL. */
static bool
eligible(const struct filling *f, size_t e, const struct urne_reserve *group)
{
	const struct urne_entry *entry = &f->w->item->entries[e];

	return available(f, e) && f->in_turn[entry->gender] &&
	       (group == NULL || in_group(entry, group->group));
}

/* Most votes of the eligible, equals by the tie rule; or URNE_NOBODY. */
static size_t
choose(const struct filling *f, const struct urne_reserve *group)
{
	size_t best = URNE_NOBODY;

	for (size_t i = 0; i < f->w->item->num_entries; i++) {
		if (!eligible(f, i, group)) {
			continue;
		}
		if (best == URNE_NOBODY || f->votes[i] > f->votes[best] ||
		    (f->votes[i] == f->votes[best] && f->w->tie_rank[i] < f->w->tie_rank[best])) {
			best = i;
		}
	}
	return best;
}

/* Eligible with the votes of `e`, who is one of them. */
static size_t
count_equals(const struct filling *f, size_t e, const struct urne_reserve *group)
{
	size_t num = 0;

	for (size_t i = 0; i < f->w->item->num_entries; i++) {
		num += f->votes[i] == f->votes[e] && eligible(f, i, group) ? 1 : 0;
	}
	return num;
}

/* Equals of `e` have been met: the reason of whoever goes first, unless a reserve is the reason. As
 * long as the draw is not known, the places of all of them hang on it. */
static enum urne_place_reason
note_tie(
    struct filling *f, size_t e, const struct urne_reserve *group, enum urne_place_reason otherwise)
{
	enum urne_place_reason how = urne_tie_reason(f->w);

	for (size_t i = 0; i < f->w->item->num_entries && how == URNE_PLACE_UNDRAWN; i++) {
		if (f->votes[i] == f->votes[e] && eligible(f, i, group)) {
			f->hangs[i] = true;
		}
	}
	return otherwise == URNE_PLACE_VOTES ? how : otherwise;
}

/* ---- whose turn it is ------------------------------------------------------------------------ */

static void
everybody_in_turn(struct filling *f)
{
	for (size_t g = 0; g < NUM_GENDERS; g++) {
		f->in_turn[g] = true;
	}
	f->wanted = URNE_GENDER_NONE;
}

/* With {"alternate":"votes"} the gender of rank 1 is fixed by a rank kept for a candidate, or is
 * that of whoever has most votes. */
static void
find_first_gender(struct filling *f)
{
	const struct urne_item *item = f->w->item;
	size_t best = URNE_NOBODY;
	bool both = false;

	f->first = item->parity_first;
	for (size_t i = 0; i < item->num_reserves && f->first == URNE_GENDER_NONE; i++) {
		const struct urne_reserve *r = &item->reserves[i];

		if (keeps_entry(f, r)) {
			enum urne_gender g = item->entries[r->entry].gender;

			f->first = r->rank % 2 == 1 ? g : other_gender(g);
		}
	}
	if (f->first != URNE_GENDER_NONE) {
		return;
	}
	best = choose(f, NULL);
	if (best == URNE_NOBODY) {
		return;
	}
	f->first = item->entries[best].gender;
	for (size_t i = 0; i < item->num_entries; i++) {
		both = both || (eligible(f, i, NULL) && f->votes[i] == f->votes[best] &&
				   item->entries[i].gender != f->first);
	}
	if (both) {
		f->first_tied = count_equals(f, best, NULL);
		(void)note_tie(f, best, NULL, URNE_PLACE_VOTES);
	}
}

/* At the start of a block those for whom a rank of it is kept count already: nobody may take what
 * is theirs. The last block may be shorter. */
static void
begin_block(struct filling *f, size_t rank)
{
	const struct urne_item *item = f->w->item;
	size_t left = item->seats - rank + 1;
	size_t len = left < item->parity_block ? left : item->parity_block;

	f->in_block[URNE_GENDER_WOMAN] = 0;
	f->in_block[URNE_GENDER_MAN] = 0;
	f->block_limit = (len + 1) / 2;
	for (size_t i = 0; i < item->num_reserves; i++) {
		const struct urne_reserve *r = &item->reserves[i];

		if (r->rank >= rank && r->rank < rank + len && keeps_entry(f, r)) {
			f->in_block[item->entries[r->entry].gender]++;
		}
	}
}

static void
find_turn(struct filling *f, size_t rank)
{
	const struct urne_item *item = f->w->item;
	bool women = true, men = true;

	switch (item->parity) {
	case URNE_PARITY_NONE:
		break;
	case URNE_PARITY_ALTERNATE:
		women = (rank % 2 == 1) == (f->first == URNE_GENDER_WOMAN);
		men = !women;
		break;
	case URNE_PARITY_HALF:
		if ((rank - 1) % item->parity_block == 0) {
			begin_block(f, rank);
		}
		women = f->in_block[URNE_GENDER_WOMAN] < f->block_limit;
		men = f->in_block[URNE_GENDER_MAN] < f->block_limit;
		break;
	}
	f->in_turn[URNE_GENDER_NONE] = item->parity == URNE_PARITY_NONE;
	f->in_turn[URNE_GENDER_WOMAN] = women;
	f->in_turn[URNE_GENDER_MAN] = men;
	f->wanted = URNE_GENDER_NONE;
	if (women != men) {
		f->wanted = women ? URNE_GENDER_WOMAN : URNE_GENDER_MAN;
	}
}

/* ---- who takes the rank ---------------------------------------------------------------------- */

/* Who of those not yet placed has most votes, if more than `e`: has to wait. */
static size_t
passed_over(const struct filling *f, size_t e)
{
	size_t best = e;

	for (size_t i = 0; i < f->w->item->num_entries; i++) {
		if (!available(f, i)) {
			continue;
		}
		if (f->votes[i] > f->votes[best] || (best != e && f->votes[i] == f->votes[best] &&
							f->w->tie_rank[i] < f->w->tie_rank[best])) {
			best = i;
		}
	}
	return best == e ? URNE_NOBODY : best;
}

static void
put(struct filling *f, size_t rank, struct urne_place place)
{
	struct urne_item_outcome *out = f->w->out;

	place.rank = rank;
	place.votes = f->votes[place.entry];
	place.in = rank <= f->w->item->seats;
	place.wanted = place.in ? f->wanted : URNE_GENDER_NONE;
	place.passed = passed_over(f, place.entry);
	if (place.reason == URNE_PLACE_VOTES && place.passed != URNE_NOBODY) {
		place.reason = URNE_PLACE_PARITY;
	}
	if (f->hangs[place.entry]) {
		place.reason = URNE_PLACE_UNDRAWN;
	}
	f->placed[place.entry] = true;
	out->places[out->num_places++] = place;
}

/* A rank that no candidate has for themselves. `kept` is its reserve, or NULL. */
static bool
fill_by_votes(struct filling *f, size_t rank, const struct urne_reserve *kept)
{
	const struct urne_reserve *group = kept != NULL && kept->entry == URNE_NOBODY ? kept : NULL;
	size_t e = group == NULL ? URNE_NOBODY : choose(f, group);
	struct urne_place place = {.reason = URNE_PLACE_VOTES};

	if (e != URNE_NOBODY) {
		place.reason = URNE_PLACE_RESERVED_GROUP;
	} else {
		group = NULL;
		e = choose(f, NULL);
		place.reason = kept == NULL ? URNE_PLACE_VOTES : URNE_PLACE_RESERVE_OPEN;
	}
	if (e == URNE_NOBODY) {
		return false;
	}
	place.entry = e;
	place.num_tied = count_equals(f, e, group);
	if (rank == 1 && group == NULL && f->first_tied > place.num_tied) {
		place.num_tied = f->first_tied;
	}
	if (place.num_tied > 1) {
		place.reason = note_tie(f, e, group, place.reason);
	}
	put(f, rank, place);
	f->in_block[f->w->item->entries[e].gender]++;
	return true;
}

static void
fill_rank(struct filling *f, size_t rank)
{
	const struct urne_reserve *kept = reserve_at(f->w->item, rank);

	find_turn(f, rank);
	if (kept != NULL && keeps_entry(f, kept)) {
		if (f->w->item->parity == URNE_PARITY_HALF) {
			f->wanted = URNE_GENDER_NONE; /* their own turn was counted beforehand */
		}
		put(f, rank,
		    (struct urne_place){
			.entry = kept->entry, .reason = URNE_PLACE_RESERVED_ENTRY, .num_tied = 1});
	} else if (f->stopped || !fill_by_votes(f, rank, kept)) {
		f->stopped = true;
		f->w->out->num_unfilled++;
	}
}

/* Behind the seats gender and groups play no part. */
static void
add_substitutes(struct filling *f)
{
	size_t rank = f->w->item->seats;

	everybody_in_turn(f);
	while (fill_by_votes(f, ++rank, NULL)) {
		continue;
	}
}

static enum urne_err
begin(struct filling *f)
{
	struct urne_item_work *w = f->w;
	const struct urne_item *item = w->item;
	size_t n = item->num_entries;

	f->votes = urne_arena_alloc(w->arena, n, sizeof(*f->votes));
	f->placed = urne_arena_alloc(w->arena, n, sizeof(*f->placed));
	f->held = urne_arena_alloc(w->arena, n, sizeof(*f->held));
	f->hangs = urne_arena_alloc(w->arena, n, sizeof(*f->hangs));
	w->out->places = urne_arena_alloc(w->arena, n, sizeof(*w->out->places));
	if (f->votes == NULL || f->placed == NULL || f->held == NULL || f->hangs == NULL ||
	    w->out->places == NULL) {
		return urne_outcome_no_memory(w->d);
	}
	for (size_t i = 0; i < n; i++) {
		f->votes[i] = urne_item_votes(item, w->in->counts, i);
	}
	for (size_t i = 0; i < item->num_reserves; i++) {
		if (keeps_entry(f, &item->reserves[i])) {
			f->held[item->reserves[i].entry] = true;
		}
	}
	everybody_in_turn(f);
	if (item->parity == URNE_PARITY_ALTERNATE) {
		find_first_gender(f);
	}
	return URNE_OK;
}

enum urne_err
urne_outcome_list(struct urne_item_work *w)
{
	struct filling f = {.w = w};
	enum urne_err e = URNE_OK;

	if (!w->out->quorum.met) {
		return URNE_OK;
	}
	e = begin(&f);
	for (size_t rank = 1; e == URNE_OK && rank <= w->item->seats; rank++) {
		fill_rank(&f, rank);
	}
	if (e == URNE_OK) {
		add_substitutes(&f);
	}
	return e;
}
