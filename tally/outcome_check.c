/* SPDX-License-Identifier: EUPL-1.2 */
/* Counts that ballots which follow the rules cannot give, whatever the members chose: then result,
 * turnout and definition are not of the same vote, and nothing may be decided from them.
 * Spec: docs/outcome.md#counts-that-cannot-be */
#include <inttypes.h>

#include "election/compile.h"
#include "tally/outcome_parts.h"

#define SAME_ARCHIVE "use the result and the turnout of one and the same archive"
#define WERE_CAST    "were cast"
#define LEN(v)	     (int)(v).len, (v).p

/* The place in front of the sentence: "item tete, entry c-3: ". */
static enum urne_err
at_entry(const struct urne_item_work *w, struct urne_view entry)
{
	urne_diag_within(w->d, "item %.*s, entry %.*s: ", LEN(w->item->id), LEN(entry));
	return URNE_ERR_MISMATCH;
}

static enum urne_err
at_item(const struct urne_item_work *w)
{
	urne_diag_within(w->d, "item %.*s: ", LEN(w->item->id));
	return URNE_ERR_MISMATCH;
}

/* A count that is above what it is part of. */
static enum urne_err
above(struct urne_diag *d, uint64_t count, const char *what, uint64_t most, const char *which)
{
	if (count <= most) {
		return URNE_OK;
	}
	return urne_fail(d, URNE_ERR_MISMATCH,
	    "%" PRIu64 " %s, but only %" PRIu64 " votes %s; " SAME_ARCHIVE, count, what, most,
	    which);
}

static enum urne_err
check_row(const struct urne_item_work *w, size_t row)
{
	struct urne_row_counts c = urne_item_row(w->item, w->in->counts, row);
	uint64_t votes = w->in->turnout.votes;
	enum urne_err e = above(w->d, c.votes_for, "votes for", votes, WERE_CAST);

	if (e == URNE_OK) {
		e = above(w->d, c.against, "votes against", votes, WERE_CAST);
	}
	if (e == URNE_OK) {
		e = above(w->d, c.blank, "blank votes", votes, WERE_CAST);
	}
	if (e == URNE_OK) {
		e = above(w->d, c.votes_for + c.against + c.blank, "votes for, against and blank",
		    votes, WERE_CAST);
	}
	return e;
}

static enum urne_err
check_rows(const struct urne_item_work *w)
{
	const struct urne_item *item = w->item;
	bool whole = item->kind == URNE_ITEM_TEXT;
	size_t num = item->kind == URNE_ITEM_LIST_RATIFICATION ? 1 : item->num_entries;

	for (size_t i = 0; i < num; i++) {
		if (check_row(w, i) != URNE_OK) {
			return item->kind == URNE_ITEM_LIST_RATIFICATION
				   ? at_item(w)
				   : at_entry(w, item->entries[i].id);
		}
	}
	if (whole && check_row(w, num) != URNE_OK) {
		return at_entry(w, urne_view_of("whole"));
	}
	return URNE_OK;
}

/* Votes given to several entries by each of `voters`: between min and max each. */
static enum urne_err
check_chosen(const struct urne_item_work *w, uint64_t sum, uint64_t voters)
{
	const struct urne_item *item = w->item;

	if (sum > item->choose_max * voters) {
		return urne_fail(w->d, URNE_ERR_MISMATCH,
		    "%" PRIu64 " votes were given, but %" PRIu64
		    " votes that are not blank, with %zu choices at most, cannot give so "
		    "many; " SAME_ARCHIVE,
		    sum, voters, item->choose_max);
	}
	if (sum < item->choose_min * voters) {
		return urne_fail(w->d, URNE_ERR_MISMATCH,
		    "%" PRIu64 " votes were given, but %" PRIu64
		    " votes that are not blank, with %zu choices at least, give "
		    "more; " SAME_ARCHIVE,
		    sum, voters, item->choose_min);
	}
	return URNE_OK;
}

static enum urne_err
check_candidates(const struct urne_item_work *w)
{
	const struct urne_item *item = w->item;
	uint64_t voters = w->in->turnout.votes, sum = 0;
	uint64_t blank = urne_item_blank(item, w->in->counts);

	if (above(w->d, blank, "blank votes", voters, WERE_CAST) != URNE_OK) {
		return at_item(w);
	}
	voters -= blank;
	for (size_t i = 0; i < item->num_entries; i++) {
		uint64_t votes = urne_item_votes(item, w->in->counts, i);

		if (above(w->d, votes, "votes", voters, "were cast and not blank") != URNE_OK) {
			return at_entry(w, item->entries[i].id);
		}
		sum += votes;
	}
	return check_chosen(w, sum, voters) == URNE_OK ? URNE_OK : at_item(w);
}

/* A ballot chooses one list and at least one candidate of it, and none of another. */
static enum urne_err
check_list(const struct urne_item_work *w, size_t section)
{
	const struct urne_item *item = w->item;
	const struct urne_section *list = &item->sections[section];
	uint64_t votes = urne_item_list_votes(item, w->in->counts, section), sum = 0;

	if (above(w->d, votes, "votes for the list", w->in->turnout.votes, WERE_CAST) != URNE_OK) {
		return at_entry(w, list->id);
	}
	for (size_t i = list->first; i < list->first + list->num; i++) {
		uint64_t own = urne_item_votes(item, w->in->counts, i);

		if (above(w->d, own, "votes", votes, "chose the list") != URNE_OK) {
			return at_entry(w, item->entries[i].id);
		}
		sum += own;
	}
	if (sum < votes) {
		(void)urne_fail(w->d, URNE_ERR_MISMATCH,
		    "%" PRIu64 " votes for the list, but only %" PRIu64
		    " for its candidates, of whom every ballot chooses one at least; use the "
		    "result of a verified archive",
		    votes, sum);
		return at_entry(w, list->id);
	}
	return URNE_OK;
}

static enum urne_err
check_lists(const struct urne_item_work *w)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < w->item->num_sections; i++) {
		enum urne_err e = check_list(w, i);

		if (e != URNE_OK) {
			return e;
		}
		sum += urne_item_list_votes(w->item, w->in->counts, i);
	}
	if (sum != w->in->turnout.votes) {
		(void)urne_fail(w->d, URNE_ERR_MISMATCH,
		    "%" PRIu64 " votes for the lists together, but %" PRIu64
		    " votes, each for exactly one list; " SAME_ARCHIVE,
		    sum, w->in->turnout.votes);
		return at_item(w);
	}
	return URNE_OK;
}

static enum urne_err
check_grades(const struct urne_item_work *w)
{
	const struct urne_item *item = w->item;

	for (size_t i = 0; i < item->num_entries; i++) {
		uint64_t sum = 0;

		if (item->entries[i].withdrawn) {
			continue;
		}
		for (size_t g = 0; g < item->num_grades; g++) {
			uint64_t votes = urne_item_grade_votes(item, w->in->counts, i, g);

			if (above(w->d, votes, "votes for one grade", w->in->turnout.votes,
				WERE_CAST) != URNE_OK) {
				return at_entry(w, item->entries[i].id);
			}
			sum += votes;
		}
		if (sum != w->in->turnout.votes) {
			(void)urne_fail(w->d, URNE_ERR_MISMATCH,
			    "%" PRIu64 " grades, but %" PRIu64
			    " votes, each with exactly one grade; " SAME_ARCHIVE,
			    sum, w->in->turnout.votes);
			return at_entry(w, item->entries[i].id);
		}
	}
	return URNE_OK;
}

enum urne_err
urne_outcome_check_item(const struct urne_item_work *w)
{
	switch (w->item->kind) {
	case URNE_ITEM_LIST_RATIFICATION:
	case URNE_ITEM_PROGRAMME:
	case URNE_ITEM_TEXT:
		return check_rows(w);
	case URNE_ITEM_LIST_CANDIDATES:
	case URNE_ITEM_PRIORITIES:
		return check_candidates(w);
	case URNE_ITEM_LIST_CHOICE:
		return check_lists(w);
	case URNE_ITEM_GRADES:
		return check_grades(w);
	}
	return URNE_ERR_INTERNAL;
}
