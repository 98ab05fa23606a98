/* SPDX-License-Identifier: EUPL-1.2 */
/* How many choices a question has and where they stand is taken from the election, which is what
 * gets encrypted; the definition, which was compared with it, gives the words. */
#include "client/questionnaire/paper.h"

#include "documents/words_fill.h"

#define NO_TEXT ((struct urne_view){"", 0})

/* The nth of entries first .. first + num - 1 that is on the ballot. */
static const struct urne_entry *
nth_left(const struct urne_item *item, size_t first, size_t num, size_t nth)
{
	for (size_t i = first; i < first + num; i++) {
		if (item->entries[i].withdrawn) {
			continue;
		}
		if (nth == 0) {
			return &item->entries[i];
		}
		nth--;
	}
	return NULL;
}

static size_t
entry_of_row(const struct urne_item *item, size_t row)
{
	switch (item->kind) {
	case URNE_ITEM_PROGRAMME:
	case URNE_ITEM_TEXT:
		return row;
	case URNE_ITEM_GRADES: {
		const struct urne_entry *e = nth_left(item, 0, item->num_entries, row);
		return e != NULL ? (size_t)(e - item->entries) : SIZE_MAX;
	}
	case URNE_ITEM_LIST_RATIFICATION:
	case URNE_ITEM_LIST_CANDIDATES:
	case URNE_ITEM_LIST_CHOICE:
	case URNE_ITEM_PRIORITIES:
		return SIZE_MAX;
	}
	return SIZE_MAX;
}

struct urne_asked
urne_paper_ask(const struct urne_paper *p, size_t number)
{
	const struct urne_definition *v = p->definition;
	struct urne_asked a = {
	    .q = &p->election->questions[number], .number = number, .entry = SIZE_MAX};

	for (size_t i = 0; i < number; i++) {
		a.first += urne_question_num_choices(&p->election->questions[i]);
	}
	if (v == NULL) {
		return a;
	}
	while (a.item_number + 1 < v->num_items &&
	       number >= v->items[a.item_number + 1].first_question) {
		a.item_number++;
	}
	a.item = &v->items[a.item_number];
	a.entry = entry_of_row(a.item, number - a.item->first_question);
	return a;
}

struct urne_view
urne_asked_title(const struct urne_paper *p, const struct urne_asked *a)
{
	static const struct urne_phrase whole = {{"Le texte dans son ensemble", "The whole text"}};

	if (a->item == NULL) {
		return a->q->title;
	}
	if (a->entry == SIZE_MAX) {
		return a->item->title.by_language[p->r.index];
	}
	if (a->entry == a->item->num_entries) {
		return urne_view_of(whole.by_lang[p->r.lang]);
	}
	return a->item->entries[a->entry].title.by_language[p->r.index];
}

bool
urne_asked_is_item(const struct urne_asked *a)
{
	return a->item != NULL && a->entry == SIZE_MAX;
}

const struct urne_section *
urne_asked_section(const struct urne_asked *a)
{
	if (a->item == NULL || a->entry >= a->item->num_entries || a->item->num_sections == 0) {
		return NULL;
	}
	return &a->item->sections[a->item->entries[a->entry].section];
}

bool
urne_asked_may_abstain(const struct urne_asked *a)
{
	return a->q->kind == URNE_QUESTION_HOMOMORPHIC && a->q->min == 0;
}

bool
urne_asked_picks_one(const struct urne_asked *a)
{
	return a->q->kind == URNE_QUESTION_LISTS || a->q->max == 1;
}

struct urne_view
urne_paper_blank(const struct urne_paper *p)
{
	static const struct urne_phrase blank = {{"Vote blanc", "Blank vote"}};

	return urne_view_of(blank.by_lang[p->r.lang]);
}

/* --- answers --- */

size_t
urne_asked_place(const struct urne_asked *a, size_t i)
{
	return a->first + (a->q->blank ? 1 : 0) + i;
}

/* A question that is answered for or against, whose words are ours. */
static bool
is_row(const struct urne_asked *a)
{
	return a->item->kind == URNE_ITEM_LIST_RATIFICATION ||
	       a->item->kind == URNE_ITEM_PROGRAMME || a->item->kind == URNE_ITEM_TEXT;
}

const struct urne_entry *
urne_asked_entry(const struct urne_asked *a, size_t i)
{
	if (a->item == NULL || is_row(a) || a->item->kind == URNE_ITEM_GRADES) {
		return NULL;
	}
	return nth_left(a->item, 0, a->item->num_entries, i);
}

struct urne_view
urne_asked_label(const struct urne_paper *p, const struct urne_asked *a, size_t i)
{
	static const struct urne_phrase rows[] = {{{"Pour", "For"}}, {{"Contre", "Against"}}};
	const struct urne_entry *e = urne_asked_entry(a, i);

	if (e != NULL) {
		return e->title.by_language[p->r.index];
	}
	if (a->item != NULL && a->item->kind == URNE_ITEM_GRADES) {
		return a->item->grades[i].title.by_language[p->r.index];
	}
	if (a->item != NULL && is_row(a)) {
		return urne_view_of(rows[i == 0 ? 0 : 1].by_lang[p->r.lang]);
	}
	return i < a->q->num_answers ? a->q->answers[i] : NO_TEXT;
}

size_t
urne_asked_list_place(const struct urne_asked *a, size_t list, size_t i)
{
	size_t place = a->first;

	for (size_t k = 0; k < list; k++) {
		place += a->q->lists[k].num_labels;
	}
	return i == URNE_THE_LIST ? place : place + 1 + i;
}

const struct urne_entry *
urne_asked_list_entry(const struct urne_asked *a, size_t list, size_t i)
{
	const struct urne_section *s;

	if (a->item == NULL) {
		return NULL;
	}
	s = &a->item->sections[list];
	return nth_left(a->item, s->first, s->num, i);
}

struct urne_view
urne_asked_list_label(const struct urne_paper *p, const struct urne_asked *a, size_t list, size_t i)
{
	const struct urne_entry *e;

	if (a->item == NULL) {
		return a->q->lists[list].labels[i == URNE_THE_LIST ? 0 : 1 + i];
	}
	if (i == URNE_THE_LIST) {
		return a->item->sections[list].title.by_language[p->r.index];
	}
	e = urne_asked_list_entry(a, list, i);
	return e != NULL ? e->title.by_language[p->r.index] : NO_TEXT;
}

struct urne_view
urne_asked_choice_label(const struct urne_paper *p, const struct urne_asked *a, size_t i)
{
	size_t list = 0;

	if (a->q->kind != URNE_QUESTION_LISTS) {
		if (a->q->blank && i == 0) {
			return urne_paper_blank(p);
		}
		return urne_asked_label(p, a, i - (a->q->blank ? 1 : 0));
	}
	while (i >= a->q->lists[list].num_labels) {
		i -= a->q->lists[list].num_labels;
		list++;
	}
	return urne_asked_list_label(p, a, list, i == 0 ? URNE_THE_LIST : i - 1);
}
