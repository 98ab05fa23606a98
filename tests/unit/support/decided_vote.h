/* SPDX-License-Identifier: EUPL-1.2 */
/* A vote with an item of each kind and its outcome, both written out by hand. Tests only. */
#ifndef URNE_TESTS_DECIDED_VOTE_H
#define URNE_TESTS_DECIDED_VOTE_H

#include "documents/outcome_documents.h"

/* Items, in the order of enum urne_item_kind. */
struct decided_vote {
	struct urne_definition v;
	struct urne_item items[URNE_NUM_ITEM_KINDS];
	struct urne_item_outcome parts[URNE_NUM_ITEM_KINDS];
	struct urne_decision list[1], programme[2], text[4];
	struct urne_place candidates[3], elected[2], priorities[2], ranking[2];
	struct urne_list_share lists[2];
	struct urne_grade_row rows[3];
	struct urne_outcome o;
	struct urne_outcome_heading h;
};
void decided_vote_init(struct decided_vote *f);

/* The adopted text in French: two articles of three, the first title without any of its own. */
#define DECIDED_TEXT_FR "Titre II\n\nArticle 2\nUn.\nDeux, « à part ».\n\nArticle 3\nTrois.\n\n"
/* printf '%s' of it | sha256sum */
#define DECIDED_TEXT_SHA256 "e0a9f82b27902df28ca9379a0177f8bf8aff3040f8ec9b411e7c7b58089c1feb"

#endif
