/* SPDX-License-Identifier: EUPL-1.2 */
/* What an item holds: its sections (of a programme, rival lists, titles of a text), the entries in
 * them, and the grades. A kind without sections has its entries in one section without id.
 * Spec: docs/vote-definition.md#items */
#include "election/definition_read.h"

#define MAX_GRADES   ((size_t)20)
#define TEXT_EXAMPLE "{\"fr\":\"...\",\"en\":\"...\"}"

/* How the sections of each kind are written. */
static const struct layout {
	struct urne_def_shape shape;
	enum urne_def_entry_type type;
	size_t min_sections;
	const char *sections, *entries; /* in sentences */
} layouts[URNE_NUM_ITEM_KINDS] = {
#define FIELDS(entries)                                                                            \
	(const struct urne_def_field[])                                                            \
	{                                                                                          \
		URNE_DEF_NEEDED("id", "\"id\":\"part-1\""),                                        \
		    URNE_DEF_NEEDED("title", "\"title\":" TEXT_EXAMPLE),                           \
		    URNE_DEF_NEEDED(entries, "\"" entries "\":[{...}]"), URNE_DEF_OPTIONAL("text") \
	}
    [URNE_ITEM_LIST_RATIFICATION] = {.type = URNE_DEF_CANDIDATE, .entries = "candidates"},
    [URNE_ITEM_LIST_CANDIDATES] = {.type = URNE_DEF_CANDIDATE, .entries = "candidates"},
    [URNE_ITEM_LIST_CHOICE] = {{"a list", FIELDS("candidates"), 4}, URNE_DEF_CANDIDATE, 2, "lists",
	"candidates"},
    [URNE_ITEM_PROGRAMME] = {{"a section", FIELDS("commitments"), 4}, URNE_DEF_COMMITMENT, 1,
	"sections", "commitments"},
    [URNE_ITEM_PRIORITIES] = {.type = URNE_DEF_COMMITMENT, .entries = "commitments"},
    [URNE_ITEM_GRADES] = {.type = URNE_DEF_CANDIDATE, .entries = "entries"},
    [URNE_ITEM_TEXT] = {{"a title", FIELDS("articles"), 3}, URNE_DEF_ARTICLE, 1, "titles",
	"articles"},
#undef FIELDS
};

enum { SECTION_ID, SECTION_TITLE, SECTION_ENTRIES, SECTION_TEXT, SECTION_NUM };

/* alloc_entries makes room for the entries of an item. */
static bool
alloc_entries(
    struct urne_def *r, struct urne_def_item *it, size_t total, const struct urne_json *at)
{
	struct urne_item *item = it->item;

	if (total > URNE_MAX_ANSWERS || r->num_entries + total > URNE_MAX_CHOICES) {
		urne_def_fault(r, at,
		    "with these, there would be %zu entries in this item and %zu in the vote",
		    total, r->num_entries + total);
		urne_def_mend(r,
		    "at most %zu are possible in an item and %zu in a vote; leave "
		    "some out",
		    URNE_MAX_ANSWERS, URNE_MAX_CHOICES);
		it->entries_sound = it->ids_sound = false;
		item->num_sections = 0;
		return false;
	}
	r->num_entries += total;
	it->entries = urne_def_alloc(r, total, sizeof(*it->entries));
	it->entry_at = urne_def_alloc(r, total, sizeof(const struct urne_json *));
	if (it->entries == NULL || it->entry_at == NULL ||
	    !urne_def_keys_alloc(r, &it->entry_ids, total)) {
		return false;
	}
	item->entries = it->entries;
	return true;
}

/* title_of: where the title of an entry, section or grade stands, or else the thing itself. */
static const struct urne_json *
title_of(const struct urne_json *v)
{
	const struct urne_json *title = urne_json_get(v, "title");

	return title != NULL ? title : v;
}

static void
distinct_entries(struct urne_def *r, const struct urne_def_item *it, const struct urne_section *s)
{
	const struct urne_texts **titles = urne_def_alloc(r, s->num, sizeof(*titles));
	const struct urne_json **at = urne_def_alloc(r, s->num, sizeof(*at));

	if (titles == NULL || at == NULL) {
		return;
	}
	for (size_t i = 0; i < s->num; i++) {
		titles[i] = &it->entries[s->first + i].title;
		at[i] = title_of(it->entry_at[s->first + i]);
	}
	urne_def_distinct_titles(r, titles, at, s->num, "title");
}

static void
distinct_sections(struct urne_def *r, const struct urne_def_item *it)
{
	size_t num = it->item->num_sections;
	const struct urne_texts **titles = urne_def_alloc(r, num, sizeof(*titles));
	const struct urne_json **at = urne_def_alloc(r, num, sizeof(*at));

	if (titles == NULL || at == NULL) {
		return;
	}
	for (size_t i = 0; i < num; i++) {
		titles[i] = &it->sections[i].title;
		at[i] = title_of(it->section_at[i]);
	}
	urne_def_distinct_titles(r, titles, at, num, "title");
}

/* read_entries reads lists[i], the entries of section i, one behind the other. */
static void
read_entries(struct urne_def *r, struct urne_def_item *it, enum urne_def_entry_type type,
    const struct urne_json *const *lists)
{
	struct urne_item *item = it->item;
	struct urne_def_keys names;
	size_t n = 0;

	for (size_t s = 0; s < item->num_sections; s++) {
		n += it->sections[s].num;
	}
	if (!alloc_entries(r, it, n, it->at) || !urne_def_keys_alloc(r, &names, n)) {
		return;
	}
	item->num_entries = n;
	n = 0;
	for (size_t s = 0; s < item->num_sections; s++) {
		const struct urne_json *v = it->sections[s].num > 0 ? lists[s]->child : NULL;

		it->sections[s].first = n;
		for (; v != NULL; v = v->next, n++) {
			it->entries[n].section = s;
			urne_def_entry(r, it, n, type, &names, v);
		}
		if (type == URNE_DEF_COMMITMENT) {
			distinct_entries(r, it, &it->sections[s]);
		}
	}
	it->num_left = n;
	it->ids_sound = urne_def_distinct(r, &it->entry_ids, "id") && it->ids_sound;
	(void)urne_def_distinct(r, &names, "name");
}

/* count_list: how many entries a section has; blames a list that is none. */
static size_t
count_list(
    struct urne_def *r, struct urne_def_item *it, const struct urne_json *list, const char *entries)
{
	if (!urne_def_list(r, list, 1, URNE_MAX_ANSWERS, entries)) {
		it->entries_sound = it->ids_sound = false;
		return 0;
	}
	return list->num_children;
}

static void
read_sections(struct urne_def *r, struct urne_def_item *it, const struct layout *layout,
    const struct urne_json **lists, const struct urne_json *v)
{
	const struct urne_json *values[SECTION_NUM] = {NULL};

	for (size_t s = 0; v != NULL; v = v->next, s++) {
		struct urne_section *out = &it->sections[s];

		it->section_at[s] = v;
		(void)urne_def_object(r, values, &layout->shape, URNE_DEF_ANY, v);
		if (urne_def_id(r, &out->id, values[SECTION_ID])) {
			it->section_ids.list[it->section_ids.num++] =
			    (struct urne_def_key){out->id, values[SECTION_ID], s};
		} else {
			it->section_ids_sound = false;
		}
		(void)urne_def_texts(r, &out->title, values[SECTION_TITLE], false);
		(void)urne_def_texts(r, &out->text, values[SECTION_TEXT], true);
		lists[s] = values[SECTION_ENTRIES];
		out->num = count_list(r, it, lists[s], layout->entries);
	}
	it->section_ids_sound =
	    urne_def_distinct(r, &it->section_ids, "id") && it->section_ids_sound;
	if (layout->type != URNE_DEF_ARTICLE) {
		distinct_sections(r, it);
	}
}

void
urne_def_contents(struct urne_def *r, struct urne_def_item *it, const struct urne_json *sections,
    const struct urne_json *entries)
{
	const struct layout *layout = &layouts[it->item->kind];
	const struct urne_json **lists;
	enum urne_def_entry_type type = layout->type;
	size_t num = 1;

	it->entries_sound = it->ids_sound = it->section_ids_sound = true;
	if (layout->sections != NULL) {
		if (!urne_def_list(
			r, sections, layout->min_sections, URNE_MAX_ANSWERS, layout->sections)) {
			it->entries_sound = it->ids_sound = it->section_ids_sound = false;
			return;
		}
		num = sections->num_children;
	} else if (it->item->kind == URNE_ITEM_GRADES && entries != NULL &&
		   urne_view_is(entries->key, "commitments")) {
		type = URNE_DEF_COMMITMENT;
	}
	it->sections = urne_def_alloc(r, num, sizeof(*it->sections));
	it->section_at = urne_def_alloc(r, num, sizeof(const struct urne_json *));
	lists = urne_def_alloc(r, num, sizeof(const struct urne_json *));
	if (it->sections == NULL || it->section_at == NULL || lists == NULL ||
	    !urne_def_keys_alloc(r, &it->section_ids, num)) {
		return;
	}
	it->item->sections = it->sections;
	it->item->num_sections = num;
	if (layout->sections != NULL) {
		read_sections(r, it, layout, lists, sections->child);
	} else {
		lists[0] = entries;
		it->sections[0].num = count_list(r, it, entries, layout->entries);
	}
	read_entries(r, it, type, lists);
}

void
urne_def_grades(struct urne_def *r, struct urne_def_item *it, const struct urne_json *v)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_NEEDED("id", "\"id\":\"good\""),
	    URNE_DEF_NEEDED("title", "\"title\":" TEXT_EXAMPLE),
	};
	static const struct urne_def_shape shape = {"a grade", fields, 2};
	const struct urne_json *values[2];
	const struct urne_json *at[MAX_GRADES] = {NULL};
	const struct urne_texts *titles[MAX_GRADES] = {NULL};
	struct urne_def_keys ids;
	struct urne_grade *out;
	size_t i = 0;

	if (!urne_def_list(r, v, 2, MAX_GRADES, "grades") ||
	    !urne_def_keys_alloc(r, &ids, MAX_GRADES)) {
		return;
	}
	out = urne_def_alloc(r, v->num_children, sizeof(*out));
	if (out == NULL) {
		return;
	}
	it->item->grades = out;
	it->item->num_grades = v->num_children;
	for (v = v->child; v != NULL; v = v->next, i++) {
		(void)urne_def_object(r, values, &shape, URNE_DEF_ANY, v);
		if (urne_def_id(r, &out[i].id, values[0])) {
			ids.list[ids.num++] = (struct urne_def_key){out[i].id, values[0], i};
		}
		(void)urne_def_texts(r, &out[i].title, values[1], false);
		titles[i] = &out[i].title;
		at[i] = title_of(v);
	}
	(void)urne_def_distinct(r, &ids, "id");
	urne_def_distinct_titles(r, titles, at, i, "title");
}
