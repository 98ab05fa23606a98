/* SPDX-License-Identifier: EUPL-1.2 */
/* A vote of one item with its counts, built by hand, and its outcome as a line of text. */
#ifndef URNE_TESTS_OUTCOME_CASE_H
#define URNE_TESTS_OUTCOME_CASE_H

#include "base/arena.h"
#include "tally/outcome.h"

#define CASE_MAX    64
#define CASE_GRADES 20

struct outcome_case {
	struct urne_arena arena;
	struct urne_definition v;
	struct urne_item item;
	struct urne_entry entries[CASE_MAX];
	struct urne_view groups[CASE_MAX];
	struct urne_section sections[CASE_MAX];
	struct urne_grade grades[CASE_GRADES];
	struct urne_reserve reserves[CASE_MAX];
	size_t order[CASE_MAX];
	struct urne_withdrawal withdrawals[CASE_MAX];
	struct urne_hash draw;

	/* what is counted, before it is laid out as a result */
	uint64_t blank;
	uint64_t votes[CASE_MAX];
	uint64_t list_votes[CASE_MAX];
	uint64_t rows[CASE_MAX][3]; /* for, against, blank */
	uint64_t histograms[CASE_MAX][CASE_GRADES];
	uint64_t counts[CASE_MAX * CASE_GRADES];

	struct urne_outcome_input in;
	struct urne_outcome out;
	struct urne_diag d;
	char text[8192];
};

/* A candidate or commitment: gender 'f', 'm' or 0; the group may be NULL. */
struct case_entry {
	const char *id;
	char gender;
	uint64_t votes;
	const char *group;
};

/* case_init: an item called "x" in an election φ = "fp" where all of `votes` members voted. */
void case_init(struct outcome_case *c, enum urne_item_kind kind, uint64_t votes);
void case_clear(struct outcome_case *c);
void case_entries(struct outcome_case *c, const struct case_entry *list, size_t num);
/* case_row: an entry that is voted for or against; its index. */
size_t case_row(
    struct outcome_case *c, const char *id, uint64_t votes_for, uint64_t against, uint64_t blank);
void case_graded(struct outcome_case *c, const char *id, const uint64_t *histogram);
/* case_list opens a rival list; the entries added from then on are its candidates. */
void case_list(struct outcome_case *c, const char *id, uint64_t votes);
void case_reserve_entry(struct outcome_case *c, size_t rank, const char *id);
void case_reserve_group(struct outcome_case *c, size_t rank, const char *group);
/* case_withdraw: after the seal. */
void case_withdraw(struct outcome_case *c, const char *id);
/* case_order: URNE_TIE_ORDER by these ids (of lists, where there are lists), blanks between. */
void case_order(struct outcome_case *c, const char *ids);
/* case_draw: URNE_TIE_DRAW; the value is 32 times `byte`. Undrawn: not known. */
void case_draw(struct outcome_case *c, uint8_t byte);
void case_undrawn(struct outcome_case *c);
size_t case_find(const struct outcome_case *c, const char *id);

/* case_compute lays the counts out as docs/vote-definition.md#compilation says, and computes. */
enum urne_err case_compute(struct outcome_case *c);
/* case_run: must succeed; the item's outcome. */
const struct urne_item_outcome *case_run(struct outcome_case *c);
/* case_refused: must be refused with the code, in a sentence that has `part` in it. */
void case_refused(struct outcome_case *c, enum urne_err code, const char *part);

/* case_places: "1 ada votes; 2 bo parity <cleo; (3 cleo votes)": rank, id, reason, xN when N were
 * equal, < who was passed over; brackets: not within the seats. */
const char *case_places(struct outcome_case *c);
/* case_assert_places computes, and compares. */
void case_assert_places(struct outcome_case *c, const char *want);
/* case_decisions: "a adopted majority; b set-aside alternative a": id, state, reason, other. */
const char *case_decisions(struct outcome_case *c);
/* case_seats: "a 3; b 1 tie; c 0 below; d 1 undrawn". */
const char *case_seats(struct outcome_case *c);

#endif
