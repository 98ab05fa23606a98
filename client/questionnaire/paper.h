/* SPDX-License-Identifier: EUPL-1.2 */
/* The ballot paper: the questions of an election as a member reads them, in the words of the vote
 * definition and in the member's language, or as they are where there is no definition. */
#ifndef URNE_CLIENT_QUESTIONNAIRE_PAPER_H
#define URNE_CLIENT_QUESTIONNAIRE_PAPER_H

#include "documents/words.h"
#include "election/election.h"

/* Everything is borrowed. */
struct urne_paper {
	const struct urne_election *election;
	const struct urne_definition *definition; /* the sealed one; NULL: bare questions */
	struct urne_reader r;
};

/* One question of it. */
struct urne_asked {
	const struct urne_question *q;
	size_t number;		      /* from 0 */
	size_t first;		      /* its first choice among all */
	const struct urne_item *item; /* NULL: a bare question */
	size_t item_number;	      /* from 0 */
	size_t entry; /* what one of several questions of an item is about; num_entries:
			 the whole text; SIZE_MAX: the item itself */
};
struct urne_asked urne_paper_ask(const struct urne_paper *p, size_t number);

/* urne_asked_title: what the question is about: "Planter des arbres". */
struct urne_view urne_asked_title(const struct urne_paper *p, const struct urne_asked *a);
/* urne_asked_is_item: it is about its item as a whole, whose title says it. */
bool urne_asked_is_item(const struct urne_asked *a);
/* urne_asked_section: the section it stands in; NULL where there are none. */
const struct urne_section *urne_asked_section(const struct urne_asked *a);
/* urne_asked_may_abstain: nothing chosen is an answer. */
bool urne_asked_may_abstain(const struct urne_asked *a);
/* urne_asked_picks_one: exactly one of the answers is chosen, or none. */
bool urne_asked_picks_one(const struct urne_asked *a);

/* urne_asked_place: where among all choices answer i stands (not for lists, blank not counted).
 * urne_asked_label: its words. urne_asked_entry: whom it stands for, or NULL. */
size_t urne_asked_place(const struct urne_asked *a, size_t i);
struct urne_view urne_asked_label(const struct urne_paper *p, const struct urne_asked *a, size_t i);
const struct urne_entry *urne_asked_entry(const struct urne_asked *a, size_t i);

/* The same of a lists question: name i of a list; the list itself has SIZE_MAX. */
#define URNE_THE_LIST SIZE_MAX
size_t urne_asked_list_place(const struct urne_asked *a, size_t list, size_t i);
struct urne_view urne_asked_list_label(
    const struct urne_paper *p, const struct urne_asked *a, size_t list, size_t i);
const struct urne_entry *urne_asked_list_entry(const struct urne_asked *a, size_t list, size_t i);

/* urne_paper_blank: "Vote blanc". */
struct urne_view urne_paper_blank(const struct urne_paper *p);
/* urne_asked_choice_label: the words of the question's choice i as it is encrypted: blank first,
 * lists flattened. */
struct urne_view urne_asked_choice_label(
    const struct urne_paper *p, const struct urne_asked *a, size_t i);

#endif
