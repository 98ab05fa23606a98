/* SPDX-License-Identifier: EUPL-1.2 */
/* The layout of a definition: how many questions and choices each item has, and where among them
 * its entries stand.
 * Spec: docs/vote-definition.md#compilation */
#include "election/compile_place.h"

#include "election/compile.h"

bool
urne_item_has_rows(const struct urne_item *item)
{
	return item->kind == URNE_ITEM_LIST_RATIFICATION || item->kind == URNE_ITEM_PROGRAMME ||
	       item->kind == URNE_ITEM_TEXT;
}

bool
urne_item_has_blank(const struct urne_item *item)
{
	return item->blank != URNE_BLANK_NOT_OFFERED && item->kind != URNE_ITEM_LIST_CHOICE &&
	       item->kind != URNE_ITEM_GRADES;
}

static size_t
choices_of_row(const struct urne_item *item)
{
	return urne_item_has_blank(item) ? 3 : 2;
}

size_t
urne_item_row_place(const struct urne_item *item, size_t row)
{
	return item->first_choice + row * choices_of_row(item);
}

/* Entries in a part: the last part may have fewer. */
static size_t
part_len(const struct urne_item *item)
{
	return item->num_entries / URNE_ITEM_PARTS + 1;
}

static void
count_withdrawn(struct urne_item *item)
{
	size_t num = 0, len = part_len(item);

	for (size_t part = 0, i = 0; part < URNE_ITEM_PARTS; part++) {
		item->withdrawn_before[part] = num;
		for (; i < item->num_entries && i < (part + 1) * len; i++) {
			num += item->entries[i].withdrawn ? 1 : 0;
		}
	}
}

size_t
urne_item_withdrawn_before(const struct urne_item *item, size_t num)
{
	size_t len = part_len(item), part = num / len, withdrawn = item->withdrawn_before[part];

	for (size_t i = part * len; i < num; i++) {
		withdrawn += item->entries[i].withdrawn ? 1 : 0;
	}
	return withdrawn;
}

size_t
urne_item_list_place(const struct urne_item *item, size_t section)
{
	size_t first = item->sections[section].first;

	/* in front of it: its rivals' titles and candidates */
	return item->first_choice + section + first - urne_item_withdrawn_before(item, first);
}

size_t
urne_item_entry_place(const struct urne_item *item, size_t entry)
{
	size_t before = entry - urne_item_withdrawn_before(item, entry);

	if (item->kind == URNE_ITEM_GRADES) {
		return item->first_choice + before * item->num_grades;
	}
	if (item->kind == URNE_ITEM_LIST_CHOICE) {
		/* its own list's title and those in front */
		return item->first_choice + item->entries[entry].section + 1 + before;
	}
	return item->first_choice + (urne_item_has_blank(item) ? 1 : 0) + before;
}

static void
count_item(struct urne_item *item)
{
	size_t on_ballot = item->num_entries - urne_item_withdrawn_before(item, item->num_entries);

	switch (item->kind) {
	case URNE_ITEM_LIST_RATIFICATION:
		item->num_questions = 1;
		item->num_choices = choices_of_row(item);
		return;
	case URNE_ITEM_PROGRAMME:
		item->num_questions = item->num_entries;
		item->num_choices = item->num_questions * choices_of_row(item);
		return;
	case URNE_ITEM_TEXT:
		item->num_questions = item->num_entries + 1;
		item->num_choices = item->num_questions * choices_of_row(item);
		return;
	case URNE_ITEM_LIST_CANDIDATES:
	case URNE_ITEM_PRIORITIES:
		item->num_questions = 1;
		item->num_choices = on_ballot + (urne_item_has_blank(item) ? 1 : 0);
		return;
	case URNE_ITEM_LIST_CHOICE:
		item->num_questions = 1;
		item->num_choices = on_ballot + item->num_sections;
		return;
	case URNE_ITEM_GRADES:
		item->num_questions = on_ballot;
		item->num_choices = on_ballot * item->num_grades;
		return;
	}
}

void
urne_definition_layout(struct urne_definition *v)
{
	v->num_questions = 0;
	v->num_choices = 0;
	for (size_t i = 0; i < v->num_items; i++) {
		struct urne_item *item = &v->items[i];

		count_withdrawn(item);
		count_item(item);
		item->first_question = v->num_questions;
		item->first_choice = v->num_choices;
		v->num_questions += item->num_questions;
		v->num_choices += item->num_choices;
	}
}
