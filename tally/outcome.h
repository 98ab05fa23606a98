/* SPDX-License-Identifier: EUPL-1.2 */
/* From counts to decisions: a pure function of definition, result, turnout and the draw. Integer
 * arithmetic only; the same inputs give the same outcome everywhere.
 * Spec: docs/outcome.md */
#ifndef URNE_TALLY_OUTCOME_H
#define URNE_TALLY_OUTCOME_H

#include "election/definition.h"

/* Everything is counted in votes: the weights of credentials, 1 each without weights. */
struct urne_turnout {
	uint64_t members; /* credentials on the roll */
	uint64_t roll;	  /* their weight */
	uint64_t voters;  /* credentials that voted */
	uint64_t votes;	  /* their weight */
};

/* A candidate who withdrew after the definition was sealed. */
struct urne_withdrawal {
	size_t item, entry;
};

struct urne_outcome_input {
	const struct urne_definition *definition;
	const uint64_t *counts; /* definition->num_choices, flattened result */
	struct urne_turnout turnout;
	struct urne_view fingerprint; /* φ of the election: part of every draw */
	const struct urne_hash *draw; /* the published randomness, or NULL: not known (yet) */
	const struct urne_withdrawal *withdrawals;
	size_t num_withdrawals;
};

enum urne_decision_state {
	URNE_DECISION_ADOPTED,
	URNE_DECISION_REJECTED,
	URNE_DECISION_NO_QUORUM,
	URNE_DECISION_SET_ASIDE, /* had the majority, but an alternative had more votes */
	URNE_DECISION_UNDRAWN,	 /* waits for the draw */
};

enum urne_decision_reason {
	URNE_REASON_MAJORITY,	     /* reached, or not: see votes_for, needed, base */
	URNE_REASON_QUORUM,	     /* not met */
	URNE_REASON_ALTERNATIVE,     /* `other` had more votes */
	URNE_REASON_ALTERNATIVE_TIE, /* equal with `other`; decided by the tie rule */
	URNE_REASON_WHOLE, /* article: had its majority, but the whole text was not adopted */
};

/* for / against on one entry, or on the whole (ratification: entry 0 of one decision; text: the
 * last decision has entry == item->num_entries). */
struct urne_decision {
	size_t entry;
	uint64_t votes_for, against, blank, abstained;
	uint64_t expressed; /* as the rule on blank says */
	uint64_t base;	    /* of the majority */
	uint64_t needed;    /* the smallest number of votes that is the majority of `base`; base + 1
			     * when no number is */
	bool has_majority;
	enum urne_decision_state state;
	enum urne_decision_reason reason;
	size_t other; /* entry, or SIZE_MAX */
};

enum urne_place_reason {
	URNE_PLACE_VOTES,  /* most votes of those left */
	URNE_PLACE_PARITY, /* next of the gender whose turn it is; `passed` had more votes */
	URNE_PLACE_RESERVED_ENTRY, /* the rank was kept for this candidate */
	URNE_PLACE_RESERVED_GROUP, /* the rank was kept for the group */
	URNE_PLACE_RESERVE_OPEN,   /* kept for a group of which nobody was left: by votes and parity
				    */
	URNE_PLACE_DRAW,	   /* equal votes, drawn */
	URNE_PLACE_ORDER,	   /* equal votes, by the definition's order; list-choice with
				    * num_tied 1: next in the order of the list */
	URNE_PLACE_SHARED,	   /* equal votes, shared rank */
	URNE_PLACE_UNDRAWN,	   /* equal votes: waits for the draw */
	URNE_PLACE_GRADE,	   /* better majority value */
};

/* One place of an ordered list or ranking. `rank` counts from 1 (list-choice: within each list);
 * shared ranks repeat, unfilled ranks are left out. Who has which reason when several apply:
 * docs/outcome.md#ordered-lists */
struct urne_place {
	size_t rank;
	size_t entry;
	uint64_t votes; /* 0 for grades */
	bool in;	/* within the seats; without a rule on seats always */
	enum urne_place_reason reason;
	enum urne_gender wanted; /* whose turn parity made it, or NONE */
	size_t passed;	 /* entry that had more votes and had to wait for its turn, or SIZE_MAX */
	size_t num_tied; /* how many had the same votes when this place was given, 1 = no tie */
};

/* A rival list. */
struct urne_list_share {
	size_t section;
	uint64_t votes;
	bool above_threshold;
	uint64_t seats;
	bool undrawn; /* its last seat, or one more, waits for the draw */
	bool by_tie;  /* its last seat was decided by the tie rule */
};

/* A row of grades, in the order of the entries: row i is entry i (all 0 when it had withdrawn
 * before the seal). */
struct urne_grade_row {
	const uint64_t *histogram; /* num_grades counts, best first */
	size_t majority_grade;
	uint64_t better, worse; /* votes above and below it */
};

struct urne_quorum_test {
	bool required, met;
	uint64_t value;	 /* votes that count for it */
	uint64_t needed; /* smallest number that meets it */
};

struct urne_item_outcome {
	const struct urne_item *item;
	struct urne_quorum_test quorum; /* with counts_expressed of programme and text: `met` when
					 * every decision meets it, value the smallest */
	uint64_t blank, expressed;	/* list-candidates, list-choice, priorities */
	const uint64_t *votes; /* list-candidates, list-choice, priorities: of every entry of the
				* item, whatever is decided and whoever withdrew; else NULL */
	struct urne_decision *decisions;
	size_t num_decisions;
	struct urne_place *places; /* list-candidates, priorities, grades: all that could be ranked,
				    * candidates beyond the seats too (substitutes); list-choice:
				    * those elected, list by list */
	size_t num_places;
	size_t num_unfilled; /* seats nobody could take (parity or too few candidates) */
	struct urne_list_share *lists;
	size_t num_lists;
	struct urne_grade_row *rows;
	size_t num_rows;
	const size_t *withdrawn; /* entries that were on the ballot and withdrew later */
	size_t num_withdrawn;
	bool undrawn; /* something waits for the draw */
};

struct urne_outcome {
	struct urne_turnout turnout;
	struct urne_item_outcome *items;
	size_t num_items;
	bool draw_needed; /* a tie is or was to be drawn */
	bool complete;	  /* nothing waits for the draw */
};

/* urne_outcome_compute. Counts that cannot be (more votes than voters, rows of grades that differ
 * in number, voters above the roll): URNE_ERR_MISMATCH with item and entry named. A withdrawal of
 * nobody on the ballot or declared twice: URNE_ERR_RANGE or URNE_ERR_DUPLICATE. Else
 * URNE_ERR_MEMORY. Empty after an error. In arena; borrows from the definition.
 * Spec: docs/outcome.md#counts-that-cannot-be */
enum urne_err urne_outcome_compute(struct urne_outcome *out, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_outcome_input *in) URNE_MUST_USE;

/* urne_draw_key: the number by which tied entries are drawn, smallest first: SHA-256 of
 * "urne-draw|" φ "|" item "|" entry "|" randomness in lower-case hex.
 * Spec: docs/vote-definition.md#draws */
void urne_draw_key(struct urne_hash *out, struct urne_view fingerprint, struct urne_view item,
    struct urne_view entry, const struct urne_hash *draw);

/* urne_grades_compare: majority judgement of two histograms with the same total, best grade first:
 * < 0 when a is better, 0 when they are the same. Balinski and Laraki's majority value: medians
 * are taken out one after the other until they differ. Time: grades, not votes. */
int urne_grades_compare(const uint64_t *a, const uint64_t *b, size_t num_grades);
/* urne_grades_median: index of the majority grade (the lower middlemost). Total above 0. */
size_t urne_grades_median(const uint64_t *histogram, size_t num_grades);

#endif
