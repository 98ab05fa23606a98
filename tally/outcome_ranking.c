/* SPDX-License-Identifier: EUPL-1.2 */
/* Rankings of priorities by votes and of graded rows by majority judgement: sorted by a total
 * order, then equals get their places by the tie rule.
 * Spec: docs/outcome.md#priorities */
#include <stdlib.h>

#include "election/compile.h"
#include "tally/outcome_parts.h"

/* One entry to be ranked: by votes, or by grades when it has a histogram. */
struct contender {
	size_t entry, tie_rank, num_grades;
	uint64_t votes;
	const uint64_t *histogram;
};

static int
compare(const struct contender *a, const struct contender *b)
{
	if (a->histogram != NULL) {
		return urne_grades_compare(a->histogram, b->histogram, a->num_grades);
	}
	return a->votes > b->votes ? -1 : a->votes < b->votes;
}

static int
compare_strictly(const void *x, const void *y)
{
	const struct contender *a = x, *b = y;
	int c = compare(a, b);

	if (c != 0) {
		return c;
	}
	return a->tie_rank < b->tie_rank ? -1 : a->tie_rank > b->tie_rank;
}

/* The places of equals, who stand at list[at] .. list[end - 1] of the sorted contenders. */
static void
place_equals(struct urne_item_work *w, const struct contender *list, size_t at, size_t end)
{
	enum urne_place_reason plain =
	    list[at].histogram != NULL ? URNE_PLACE_GRADE : URNE_PLACE_VOTES;
	enum urne_place_reason how = end - at > 1 ? urne_tie_reason(w) : plain;
	bool shared = how == URNE_PLACE_SHARED;

	for (size_t i = at; i < end; i++) {
		size_t rank = shared ? at + 1 : i + 1;
		bool left_over = i + 1 == end && !shared && how != URNE_PLACE_UNDRAWN;

		w->out->places[w->out->num_places++] = (struct urne_place){
		    .rank = rank,
		    .entry = list[i].entry,
		    .votes = list[i].votes,
		    .in = w->item->seats == 0 || rank <= w->item->seats,
		    .reason = left_over ? plain : how,
		    .passed = URNE_NOBODY,
		    .num_tied = shared ? end - at : end - i,
		};
	}
}

static enum urne_err
rank(struct urne_item_work *w, struct contender *list, size_t num)
{
	w->out->places = urne_arena_alloc(w->arena, num, sizeof(*w->out->places));
	if (w->out->places == NULL) {
		return urne_outcome_no_memory(w->d);
	}
	qsort(list, num, sizeof(*list), compare_strictly);
	for (size_t at = 0, end = 0; at < num; at = end) {
		for (end = at + 1; end < num && compare(&list[at], &list[end]) == 0; end++) {
			continue;
		}
		place_equals(w, list, at, end);
	}
	w->out->num_unfilled = w->item->seats > num ? w->item->seats - num : 0;
	return URNE_OK;
}

enum urne_err
urne_outcome_priorities(struct urne_item_work *w)
{
	const struct urne_item *item = w->item;
	struct contender *list = NULL;

	if (!w->out->quorum.met) {
		return URNE_OK;
	}
	list = urne_arena_alloc(w->arena, item->num_entries, sizeof(*list));
	if (list == NULL) {
		return urne_outcome_no_memory(w->d);
	}
	for (size_t i = 0; i < item->num_entries; i++) {
		list[i] = (struct contender){
		    .entry = i,
		    .tie_rank = w->tie_rank[i],
		    .votes = urne_item_votes(item, w->in->counts, i),
		};
	}
	return rank(w, list, item->num_entries);
}

static void
fill_row(struct urne_grade_row *row, uint64_t *histogram, const struct urne_item_work *w, size_t e)
{
	size_t n = w->item->num_grades;

	for (size_t g = 0; g < n; g++) {
		histogram[g] = urne_item_grade_votes(w->item, w->in->counts, e, g);
	}
	*row = (struct urne_grade_row){
	    .histogram = histogram,
	    .majority_grade = urne_grades_median(histogram, n),
	};
	for (size_t g = 0; g < n; g++) {
		row->better += g < row->majority_grade ? histogram[g] : 0;
		row->worse += g > row->majority_grade ? histogram[g] : 0;
	}
}

enum urne_err
urne_outcome_grades(struct urne_item_work *w)
{
	const struct urne_item *item = w->item;
	size_t n = item->num_entries, num = 0;
	struct contender *list = urne_arena_alloc(w->arena, n, sizeof(*list));
	uint64_t *cells = urne_arena_alloc(w->arena, n * item->num_grades, sizeof(*cells));

	w->out->rows = urne_arena_alloc(w->arena, n, sizeof(*w->out->rows));
	if (list == NULL || cells == NULL || w->out->rows == NULL) {
		return urne_outcome_no_memory(w->d);
	}
	w->out->num_rows = n;
	for (size_t i = 0; i < n; i++) {
		fill_row(&w->out->rows[i], cells + i * item->num_grades, w, i);
		if (!w->gone[i]) {
			list[num++] = (struct contender){
			    .entry = i,
			    .tie_rank = w->tie_rank[i],
			    .num_grades = item->num_grades,
			    .histogram = w->out->rows[i].histogram,
			};
		}
	}
	return w->out->quorum.met ? rank(w, list, num) : URNE_OK;
}
