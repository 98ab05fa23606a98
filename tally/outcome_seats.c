/* SPDX-License-Identifier: EUPL-1.2 */
/* Rival lists: seats by highest averages or largest remainders, and who of a list takes them.
 * Spec: docs/outcome.md#rival-lists */
#include <stdlib.h>

#include "election/compile.h"
#include "tally/outcome_parts.h"

/* A list while seats are given. */
struct claim {
	uint64_t votes, seats;
	uint64_t most;	    /* candidates who can take a seat */
	uint64_t remainder; /* largest remainder */
	bool takes_part;
	bool served; /* had a seat by remainder in this round */
	size_t tie_rank;
};

static bool
has_room(const struct claim *c)
{
	return c->takes_part && c->seats < c->most;
}

/* Of equal claims: the list with more votes, then the tie rule. */
static bool
wins_equal(const struct claim *a, const struct claim *b)
{
	return a->votes != b->votes ? a->votes > b->votes : a->tie_rank < b->tie_rank;
}

/* ---- highest averages ------------------------------------------------------------------------ */

static uint64_t
divisor(enum urne_apportionment rule, const struct claim *c)
{
	return rule == URNE_APPORTION_SAINTE_LAGUE ? 2 * c->seats + 1 : c->seats + 1;
}

/* Whether a's average is above b's: votes/divisor compared as products. */
static bool
average_wins(enum urne_apportionment rule, const struct claim *a, const struct claim *b)
{
	uint64_t left = a->votes * divisor(rule, b), right = b->votes * divisor(rule, a);

	return left != right ? left > right : wins_equal(a, b);
}

static uint64_t
by_averages(enum urne_apportionment rule, struct claim *list, size_t num, uint64_t seats)
{
	for (; seats > 0; seats--) {
		struct claim *best = NULL;

		for (size_t i = 0; i < num; i++) {
			if (has_room(&list[i]) &&
			    (best == NULL || average_wins(rule, &list[i], best))) {
				best = &list[i];
			}
		}
		if (best == NULL) {
			break;
		}
		best->seats++;
	}
	return seats;
}

/* ---- largest remainders ---------------------------------------------------------------------- */

static bool
remainder_wins(const struct claim *a, const struct claim *b)
{
	return a->remainder != b->remainder ? a->remainder > b->remainder : wins_equal(a, b);
}

/* One seat each in the order of the remainders. Lists below the threshold and lists that are full
 * can leave more seats over than there are lists: then again from the largest. */
static uint64_t
by_remainders(struct claim *list, size_t num, uint64_t seats)
{
	bool fresh = true; /* nobody was served in this round */

	while (seats > 0) {
		struct claim *best = NULL;

		for (size_t i = 0; i < num; i++) {
			if (has_room(&list[i]) && !list[i].served &&
			    (best == NULL || remainder_wins(&list[i], best))) {
				best = &list[i];
			}
		}
		if (best == NULL && fresh) {
			break;
		}
		fresh = best == NULL;
		if (best != NULL) {
			best->seats++;
			best->served = true;
			seats--;
		}
		for (size_t i = 0; i < num && fresh; i++) {
			list[i].served = false;
		}
	}
	return seats;
}

static uint64_t
by_quota(struct claim *list, size_t num, uint64_t seats)
{
	uint64_t left = seats, votes = 0;

	/* the quota is of the votes of those who take part, as electoral laws have it */
	for (size_t i = 0; i < num; i++) {
		votes += list[i].takes_part ? list[i].votes : 0;
	}

	for (size_t i = 0; i < num; i++) {
		struct claim *c = &list[i];

		if (c->takes_part) {
			c->seats = c->votes * seats / votes;
			c->remainder = c->votes * seats % votes;
			c->seats = c->seats < c->most ? c->seats : c->most;
			left -= c->seats;
		}
	}
	return by_remainders(list, num, left);
}

/* ---- the lists ------------------------------------------------------------------------------- */

static uint64_t
num_standing(const struct urne_item_work *w, const struct urne_section *s)
{
	uint64_t num = 0;

	for (size_t i = s->first; i < s->first + s->num; i++) {
		num += w->gone[i] ? 0 : 1;
	}
	return num;
}

static void
make_claim(struct claim *c, struct urne_item_work *w, size_t section)
{
	const struct urne_item *item = w->item;
	struct urne_list_share *share = &w->out->lists[section];

	share->section = section;
	share->votes = urne_item_list_votes(item, w->in->counts, section);
	share->above_threshold = urne_share_met(share->votes, item->threshold, w->out->expressed);
	*c = (struct claim){
	    .votes = share->votes,
	    .most = num_standing(w, &item->sections[section]),
	    .takes_part = share->above_threshold && share->votes > 0,
	    .tie_rank = w->tie_rank[section],
	};
}

/* Lists with the same votes have the same claims, so one that has a seat more than another with
 * room for it owes that seat to the tie rule. */
static bool
owes_seat(const struct claim *list, size_t num, size_t i)
{
	for (size_t j = 0; j < num; j++) {
		if (has_room(&list[j]) && list[j].votes == list[i].votes &&
		    list[j].seats < list[i].seats) {
			return true;
		}
	}
	return false;
}

static void
mark_ties(struct urne_item_work *w, const struct claim *list, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		struct urne_list_share *share = &w->out->lists[i];

		if (!owes_seat(list, num, i)) {
			continue;
		}
		if (urne_tie_reason(w) != URNE_PLACE_UNDRAWN) {
			share->by_tie = true;
			continue;
		}
		for (size_t j = 0; j < num; j++) {
			if (list[j].votes == list[i].votes && (j == i || has_room(&list[j]))) {
				w->out->lists[j].undrawn = true;
			}
		}
	}
}

/* ---- who takes the seats --------------------------------------------------------------------- */

struct elected {
	size_t entry;
	uint64_t votes;
};

static int
compare_elected(const void *x, const void *y)
{
	const struct elected *a = x, *b = y;

	if (a->votes != b->votes) {
		return a->votes > b->votes ? -1 : 1;
	}
	return a->entry < b->entry ? -1 : a->entry > b->entry;
}

static size_t
num_equal(const struct elected *who, size_t num, size_t at)
{
	size_t end = at;

	while (end < num && who[end].votes == who[at].votes) {
		end++;
	}
	return end - at;
}

/* The candidates of one list take its seats; `who` has room for all of them. */
static void
seat_list(struct urne_item_work *w, struct elected *who, size_t section, bool last_hangs)
{
	const struct urne_item *item = w->item;
	const struct urne_section *s = &item->sections[section];
	uint64_t seats = w->out->lists[section].seats;
	size_t num = 0;

	for (size_t i = s->first; i < s->first + s->num; i++) {
		if (!w->gone[i]) {
			who[num++] = (struct elected){i, urne_item_votes(item, w->in->counts, i)};
		}
	}
	if (item->within_by_votes) {
		qsort(who, num, sizeof(*who), compare_elected);
	}
	for (size_t i = 0; i < seats; i++) {
		size_t tied = item->within_by_votes ? num_equal(who, num, i) : 1;
		bool by_order = !item->within_by_votes || tied > 1;
		struct urne_place place = {
		    .rank = i + 1,
		    .entry = who[i].entry,
		    .votes = who[i].votes,
		    .in = true,
		    .reason = by_order ? URNE_PLACE_ORDER : URNE_PLACE_VOTES,
		    .passed = URNE_NOBODY,
		    .num_tied = tied,
		};

		if (last_hangs && i + 1 == seats) {
			place.reason = URNE_PLACE_UNDRAWN;
		}
		w->out->places[w->out->num_places++] = place;
	}
}

static enum urne_err
seat_all(struct urne_item_work *w, const struct claim *list, size_t num)
{
	struct elected *who = urne_arena_alloc(w->arena, w->item->num_entries, sizeof(*who));

	w->out->places = urne_arena_alloc(w->arena, w->item->num_entries, sizeof(*w->out->places));
	if (who == NULL || w->out->places == NULL) {
		return urne_outcome_no_memory(w->d);
	}
	for (size_t i = 0; i < num; i++) {
		w->out->lists[i].seats = list[i].seats;
		seat_list(w, who, i, w->out->lists[i].undrawn && owes_seat(list, num, i));
	}
	return URNE_OK;
}

enum urne_err
urne_outcome_seats(struct urne_item_work *w)
{
	const struct urne_item *item = w->item;
	size_t num = item->num_sections;
	struct claim *list = urne_arena_alloc(w->arena, num, sizeof(*list));
	uint64_t left = 0;

	w->out->lists = urne_arena_alloc(w->arena, num, sizeof(*w->out->lists));
	if (list == NULL || w->out->lists == NULL) {
		return urne_outcome_no_memory(w->d);
	}
	w->out->num_lists = num;
	for (size_t i = 0; i < num; i++) {
		make_claim(&list[i], w, i);
	}
	if (!w->out->quorum.met) {
		return URNE_OK;
	}
	if (item->apportionment == URNE_APPORTION_LARGEST_REMAINDER) {
		left = by_quota(list, num, item->seats);
	} else {
		left = by_averages(item->apportionment, list, num, item->seats);
	}
	w->out->num_unfilled = (size_t)left;
	mark_ties(w, list, num);
	return seat_all(w, list, num);
}
