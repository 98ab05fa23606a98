/* SPDX-License-Identifier: EUPL-1.2 */
/* From a vote definition to the questions of the cryptographic election, always in the same way,
 * and from a member's choices in the words of the definition to marks.
 * Spec: docs/vote-definition.md#compilation */
#ifndef URNE_ELECTION_COMPILE_H
#define URNE_ELECTION_COMPILE_H

#include "election/definition.h"
#include "election/election.h"
#include "election/vote.h"

/* urne_definition_layout sets first_question, num_questions, first_choice, num_choices and
 * withdrawn_before of every item, and the totals. Called by urne_definition_check; all functions
 * below need it. */
void urne_definition_layout(struct urne_definition *v);

/* urne_definition_compile makes the questions. Texts are those of the authentic language. In arena,
 * borrowing from the definition. URNE_ERR_MEMORY, or URNE_ERR_LIMIT when there is more than an
 * election holds. */
enum urne_err urne_definition_compile(const struct urne_question **out, size_t *num,
    struct urne_arena *arena, struct urne_diag *d, const struct urne_definition *v) URNE_MUST_USE;

/* urne_definition_agrees: the election is the one that the definition compiles to: it seals the
 * definition's hash, its questions are the compiled ones byte for byte, its name (behind the mark
 * of a test) and description are the definition's. URNE_ERR_MISMATCH names what differs. */
enum urne_err urne_definition_agrees(struct urne_diag *d, const struct urne_definition *v,
    const struct urne_election *e) URNE_MUST_USE;

/* urne_definition_choices reads choices in the words of the definition:
 *   {"liste":"for","programme":{"climat-1":"for","climat-2":"against"},"tete":["c-1"],
 *    "listes":{"list-a":["x"]},"notes":{"r-1":"good"},"texte":{"art-1":"for","whole":"against"}}
 * What is left out is an abstention where the item allows it. Faults name line, path and the way
 * out. The sentence is for the member's own terminal only. The result satisfies urne_choices_check
 * with the compiled election; after an error it is empty. Spec: docs/vote-definition.md#choices */
enum urne_err urne_definition_choices(struct urne_choices *out, struct urne_diag *d,
    const struct urne_definition *v, struct urne_view text) URNE_MUST_USE;

/* The place of an item's numbers in the flattened result. Rows: ratification has one (entry 0),
 * programme one per entry, text one per entry and one for the whole (entry == num_entries). */
struct urne_row_counts {
	uint64_t votes_for, against, blank;
};
struct urne_row_counts urne_item_row(
    const struct urne_item *item, const uint64_t *counts, size_t row);
/* urne_item_votes: votes of an entry of list-candidates, list-choice and priorities; 0 for
 * withdrawn ones. urne_item_blank: blank votes there. urne_item_list_votes: of a rival list.
 * urne_item_grade_votes: how many gave entry the grade. */
uint64_t urne_item_votes(const struct urne_item *item, const uint64_t *counts, size_t entry);
uint64_t urne_item_blank(const struct urne_item *item, const uint64_t *counts);
uint64_t urne_item_list_votes(const struct urne_item *item, const uint64_t *counts, size_t section);
uint64_t urne_item_grade_votes(
    const struct urne_item *item, const uint64_t *counts, size_t entry, size_t grade);

#endif
