/* SPDX-License-Identifier: EUPL-1.2 */
/* What the parts of the outcome share: one item under work, the tie rule, and the functions that
 * fill the outcome of each kind of item.
 *
 * No product here can wrap. A count is at most URNE_MAX_TOTAL_WEIGHT, 10^12 < 2^40, which
 * outcome.c and outcome_check.c establish before anything is multiplied. It is multiplied with the
 * parts of a fraction (at most 10^6 < 2^20), with a number of answers (at most 2^12), or with
 * 2 * seats + 1 where seats is at most URNE_MAX_CHOICES = 2^16: below 2^60 in every case.
 * Spec: docs/outcome.md */
#ifndef URNE_TALLY_OUTCOME_PARTS_H
#define URNE_TALLY_OUTCOME_PARTS_H

#include "tally/outcome.h"

#define URNE_NOBODY SIZE_MAX

/* One item while its outcome is computed. */
struct urne_item_work {
	const struct urne_outcome_input *in;
	const struct urne_item *item;
	struct urne_arena *arena;
	struct urne_diag *d;
	struct urne_item_outcome *out;
	const bool *gone;	/* by entry: withdrew, before the seal or after it */
	const size_t *tie_rank; /* by entry (list-choice: by section): who comes first of equals */
	bool draw_needed;	/* equals were met, and the rule is to draw */
};

/* urne_share_met: votes/base is at least the share. */
bool urne_share_met(uint64_t votes, struct urne_fraction share, uint64_t base);
/* urne_share_needed: the smallest number of votes that urne_share_met accepts. */
uint64_t urne_share_needed(struct urne_fraction share, uint64_t base);

/* urne_outcome_check_item: whether rules-abiding ballots can give these counts. MISMATCH names item
 * and entry. Spec: docs/outcome.md#counts-that-cannot-be */
enum urne_err urne_outcome_check_item(const struct urne_item_work *w) URNE_MUST_USE;

/* The parts, by kind of item. URNE_ERR_MEMORY. */
enum urne_err urne_outcome_decisions(struct urne_item_work *w) URNE_MUST_USE;
enum urne_err urne_outcome_list(struct urne_item_work *w) URNE_MUST_USE;
enum urne_err urne_outcome_seats(struct urne_item_work *w) URNE_MUST_USE;
enum urne_err urne_outcome_priorities(struct urne_item_work *w) URNE_MUST_USE;
enum urne_err urne_outcome_grades(struct urne_item_work *w) URNE_MUST_USE;

/* urne_tie_ranks: a total order of the item's entries (list-choice: of its lists) that decides
 * between equals. Order of the file where no rule decides, or where the draw is not known. */
enum urne_err urne_tie_ranks(const size_t **out, struct urne_item_work *w) URNE_MUST_USE;
/* urne_tie_reason: why somebody of several equals has a place. Notes that a draw was needed. */
enum urne_place_reason urne_tie_reason(struct urne_item_work *w);

enum urne_err urne_outcome_no_memory(struct urne_diag *d) URNE_MUST_USE;

#endif
