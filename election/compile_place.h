/* SPDX-License-Identifier: EUPL-1.2 */
/* Where the things of an item stand among the flattened choices: by arithmetic, so that reading a
 * member's choices and reading a result cannot disagree. All need urne_definition_layout.
 * Spec: docs/vote-definition.md#compilation */
#ifndef URNE_ELECTION_COMPILE_PLACE_H
#define URNE_ELECTION_COMPILE_PLACE_H

#include "election/definition.h"

/* urne_item_has_blank: a blank choice stands in front of each question of the item. */
bool urne_item_has_blank(const struct urne_item *item);

/* urne_item_has_rows: every question of the item is answered for or against. Their number is
 * item->num_questions; of a text the last is the whole. */
bool urne_item_has_rows(const struct urne_item *item);
/* urne_item_row_place: the first choice of a row: blank where offered, then for, then against. */
size_t urne_item_row_place(const struct urne_item *item, size_t row);

/* urne_item_withdrawn_before counts the withdrawn among the first `num` entries, looking at no
 * more than one part of them. */
size_t urne_item_withdrawn_before(const struct urne_item *item, size_t num);
/* urne_item_entry_place: the choice of an entry that has not withdrawn (list-candidates,
 * list-choice, priorities); of grades: its choice for the best grade, the others follow. */
size_t urne_item_entry_place(const struct urne_item *item, size_t entry);
/* urne_item_list_place: the choice of a rival list itself. */
size_t urne_item_list_place(const struct urne_item *item, size_t section);

#endif
