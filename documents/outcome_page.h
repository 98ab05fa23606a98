/* SPDX-License-Identifier: EUPL-1.2 */
/* The parts of the outcome's page, by what an item has.
 * Spec: docs/outcome.md#as-a-page */
#ifndef URNE_DOCUMENTS_OUTCOME_PAGE_H
#define URNE_DOCUMENTS_OUTCOME_PAGE_H

#include "documents/composer.h"
#include "documents/outcome_documents.h"

/* For or against: sentence, table, bars and reasons; nothing without decisions. */
void urne_outcome_page_decisions(struct urne_composer *c, const struct urne_item_outcome *o);
/* The places within the seats, those behind them folded away, and how many stay empty. */
void urne_outcome_page_places(struct urne_composer *c, const struct urne_item_outcome *o);
/* Rival lists: votes, seats, bars. */
void urne_outcome_page_lists(struct urne_composer *c, const struct urne_item_outcome *o);
/* The votes of every name on the ballot, folded away, when the places do not show them all. */
void urne_outcome_page_votes(struct urne_composer *c, const struct urne_item_outcome *o);
/* Grades: how often each was given, row by row. */
void urne_outcome_page_rows(struct urne_composer *c, const struct urne_item_outcome *o);
/* The text as adopted, with its hash. */
void urne_outcome_page_text(
    struct urne_composer *c, const struct urne_definition *v, const struct urne_item_outcome *o);

#endif
