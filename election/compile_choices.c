/* SPDX-License-Identifier: EUPL-1.2 */
/* A member's choices in the words of the definition become marks. Sentences name places of the
 * member's own file, so only the member's terminal sees them. They quote ids of the definition,
 * never text of the file, which may hold anything.
 * Spec: docs/vote-definition.md#choices */
#include <stdlib.h>

#include "base/limits.h"
#include "election/compile.h"
#include "election/compile_place.h"

struct reader {
	const struct urne_item *item;
	uint64_t *m; /* marks of all items */
	struct urne_diag *d;
};

#define ID(v) (int)(v).len, (v).p

static bool
is_word(const struct urne_json *x, const char *word)
{
	return x->type == URNE_JSON_STRING && urne_view_is(x->text, word);
}

static const char *
or_blank(const struct urne_item *item)
{
	return urne_item_has_blank(item) ? ", or \"blank\"" : "";
}

static enum urne_err
no_blank(const struct reader *r, const struct urne_json *x)
{
	return urne_json_fail(r->d, URNE_ERR_RANGE, x,
	    "item %.*s offers no blank vote; choose, or leave it out where that is an abstention",
	    ID(r->item->id));
}

/* "for", "against", "abstain", "blank" in one row */
static enum urne_err
read_row(const struct reader *r, size_t row, const struct urne_json *x)
{
	bool blank = urne_item_has_blank(r->item);
	uint64_t *m = r->m + urne_item_row_place(r->item, row);

	if (is_word(x, "abstain")) {
		return URNE_OK;
	}
	if (is_word(x, "blank")) {
		if (!blank) {
			return no_blank(r, x);
		}
		m[0] = 1;
		return URNE_OK;
	}
	if (!is_word(x, "for") && !is_word(x, "against")) {
		return urne_json_fail(r->d, URNE_ERR_SYNTAX, x,
		    "\"for\", \"against\" or \"abstain\"%s is possible here", or_blank(r->item));
	}
	m[(blank ? 1 : 0) + (is_word(x, "for") ? 0 : 1)] = 1;
	return URNE_OK;
}

/* {"climat-1":"for","climat-2":"against"} */
static enum urne_err
read_rows(const struct reader *r, const struct urne_json *v)
{
	const struct urne_item *item = r->item;
	bool is_text = item->kind == URNE_ITEM_TEXT;

	if (v->type != URNE_JSON_OBJECT) {
		return urne_json_fail(r->d, URNE_ERR_SYNTAX, v,
		    "%s of item %.*s is voted on by itself; write {\"%.*s\":\"for\"} with an "
		    "answer "
		    "for each%s",
		    is_text ? "every article" : "every commitment", ID(item->id),
		    ID(item->entries[0].id),
		    urne_item_has_blank(item) ? ", or \"blank\" for all of them" : "");
	}
	for (const struct urne_json *x = v->child; x != NULL; x = x->next) {
		size_t row = urne_item_find_entry(item, x->key);
		enum urne_err e;

		if (is_text && urne_view_is(x->key, "whole")) {
			row = item->num_entries;
		} else if (row == SIZE_MAX) {
			return urne_json_fail(r->d, URNE_ERR_UNKNOWN, x,
			    "item %.*s has no %s of this id; \"urne definition show\" prints the "
			    "ids",
			    ID(item->id), is_text ? "article" : "commitment");
		}
		e = read_row(r, row, x);
		if (e != URNE_OK) {
			return e;
		}
	}
	return URNE_OK;
}

static const char *
noun(const struct urne_item *item)
{
	return item->kind == URNE_ITEM_PRIORITIES ? "commitment" : "candidate";
}

/* find_on_ballot finds an entry that can be chosen. */
static enum urne_err
find_on_ballot(size_t *out, const struct reader *r, struct urne_view id, const struct urne_json *at)
{
	const struct urne_item *item = r->item;

	*out = urne_item_find_entry(item, id);
	if (*out == SIZE_MAX) {
		return urne_json_fail(r->d, URNE_ERR_UNKNOWN, at,
		    "item %.*s has nothing of this id; \"urne definition show\" prints the ids",
		    ID(item->id));
	}
	if (item->entries[*out].withdrawn) {
		return urne_json_fail(r->d, URNE_ERR_RANGE, at,
		    "%.*s has withdrawn and is not on the ballot; take it out", ID(id));
	}
	return URNE_OK;
}

/* ["c-1","c-7"]: only entries of one section, unless section is SIZE_MAX. */
static enum urne_err
read_chosen(const struct reader *r, size_t section, const struct urne_json *v)
{
	const struct urne_item *item = r->item;

	if (v->type != URNE_JSON_ARRAY) {
		return urne_json_fail(r->d, URNE_ERR_SYNTAX, v,
		    "the ids of those chosen are written [\"%.*s\"]%s", ID(item->entries[0].id),
		    section == SIZE_MAX ? or_blank(item) : "");
	}
	for (const struct urne_json *x = v->child; x != NULL; x = x->next) {
		size_t entry = 0, place = 0;
		enum urne_err e = URNE_OK;

		if (x->type != URNE_JSON_STRING) {
			return urne_json_fail(
			    r->d, URNE_ERR_SYNTAX, x, "the id of a %s is expected", noun(item));
		}
		e = find_on_ballot(&entry, r, x->text, x);
		if (e != URNE_OK) {
			return e;
		}
		if (section != SIZE_MAX && item->entries[entry].section != section) {
			return urne_json_fail(r->d, URNE_ERR_RANGE, x,
			    "%.*s is on list %.*s, not on list %.*s; choose one list and "
			    "candidates of it",
			    ID(x->text), ID(item->sections[item->entries[entry].section].id),
			    ID(item->sections[section].id));
		}
		place = urne_item_entry_place(item, entry);
		if (r->m[place] != 0) {
			return urne_json_fail(r->d, URNE_ERR_DUPLICATE, x,
			    "%.*s stands here twice; one vote is all it can have", ID(x->text));
		}
		r->m[place] = 1;
	}
	return URNE_OK;
}

/* list-candidates, priorities */
static enum urne_err
read_choose(const struct reader *r, const struct urne_json *v)
{
	const struct urne_item *item = r->item;
	enum urne_err e = read_chosen(r, SIZE_MAX, v);

	if (e != URNE_OK) {
		return e;
	}
	if (v->num_children < item->choose_min || v->num_children > item->choose_max) {
		return urne_json_fail(r->d, URNE_ERR_RANGE, v,
		    "%zu are chosen; choose %zu to %zu%s", v->num_children, item->choose_min,
		    item->choose_max, or_blank(item));
	}
	return URNE_OK;
}

/* {"list-a":["x"]} */
static enum urne_err
read_list(const struct reader *r, const struct urne_json *v)
{
	const struct urne_item *item = r->item;
	const struct urne_json *x = v->child;
	size_t section = 0;

	if (v->type != URNE_JSON_OBJECT || v->num_children != 1) {
		return urne_json_fail(r->d, URNE_ERR_RANGE, v,
		    "choose exactly one list of item %.*s and candidates of it, such as "
		    "{\"%.*s\":[\"%.*s\"]}",
		    ID(item->id), ID(item->sections[0].id), ID(item->entries[0].id));
	}
	while (section < item->num_sections && !urne_view_eq(item->sections[section].id, x->key)) {
		section++;
	}
	if (section == item->num_sections) {
		return urne_json_fail(r->d, URNE_ERR_UNKNOWN, x,
		    "item %.*s has no list of this id; \"urne definition show\" prints the ids",
		    ID(item->id));
	}
	if (x->type == URNE_JSON_ARRAY && x->num_children == 0) {
		return urne_json_fail(r->d, URNE_ERR_RANGE, x,
		    "list %.*s is chosen but none of its candidates; choose at least one",
		    ID(x->key));
	}
	r->m[urne_item_list_place(item, section)] = 1;
	return read_chosen(r, section, x);
}

static enum urne_err
read_grade(const struct reader *r, size_t entry, const struct urne_json *x)
{
	const struct urne_item *item = r->item;
	size_t grade = 0;

	while (grade < item->num_grades &&
	       (x->type != URNE_JSON_STRING || !urne_view_eq(item->grades[grade].id, x->text))) {
		grade++;
	}
	if (grade == item->num_grades) {
		return urne_json_fail(r->d, URNE_ERR_UNKNOWN, x,
		    "item %.*s has no such grade; the best is \"%.*s\", and \"urne definition "
		    "show\" prints all of them",
		    ID(item->id), ID(item->grades[0].id));
	}
	r->m[urne_item_entry_place(item, entry) + grade] = 1;
	return URNE_OK;
}

/* {"r-1":"good","r-2":"poor"}: every row */
static enum urne_err
read_grades(const struct reader *r, const struct urne_json *v)
{
	const struct urne_item *item = r->item;
	size_t entry = 0;

	if (v->type != URNE_JSON_OBJECT) {
		return urne_json_fail(r->d, URNE_ERR_SYNTAX, v,
		    "grades are written {\"%.*s\":\"%.*s\"}, one for every row",
		    ID(item->entries[0].id), ID(item->grades[0].id));
	}
	for (const struct urne_json *x = v->child; x != NULL; x = x->next) {
		enum urne_err e = find_on_ballot(&entry, r, x->key, x);

		if (e == URNE_OK) {
			e = read_grade(r, entry, x);
		}
		if (e != URNE_OK) {
			return e;
		}
	}
	if (v->num_children == item->num_questions) {
		return URNE_OK;
	}
	for (entry = 0; entry < item->num_entries; entry++) {
		const uint64_t *m = r->m + urne_item_entry_place(item, entry);
		uint64_t given = item->entries[entry].withdrawn ? 1 : 0;

		for (size_t i = 0; given == 0 && i < item->num_grades; i++) {
			given = m[i];
		}
		if (given == 0) {
			break;
		}
	}
	return urne_json_fail(r->d, URNE_ERR_INCOMPLETE, v,
	    "%.*s has no grade; every row needs one, %zu rows here", ID(item->entries[entry].id),
	    item->num_questions);
}

/* A blank vote in every question of the item. */
static enum urne_err
mark_blank(const struct reader *r, const struct urne_json *x)
{
	if (!urne_item_has_blank(r->item)) {
		return no_blank(r, x);
	}
	if (!urne_item_has_rows(r->item)) {
		r->m[r->item->first_choice] = 1;
		return URNE_OK;
	}
	for (size_t row = 0; row < r->item->num_questions; row++) {
		r->m[urne_item_row_place(r->item, row)] = 1;
	}
	return URNE_OK;
}

/* Nothing is marked: whether that is an answer. */
static enum urne_err
abstain(const struct reader *r, const struct urne_json *at)
{
	const struct urne_item *item = r->item;

	switch (item->kind) {
	case URNE_ITEM_LIST_RATIFICATION:
	case URNE_ITEM_PROGRAMME:
	case URNE_ITEM_TEXT:
		return URNE_OK;
	case URNE_ITEM_LIST_CANDIDATES:
	case URNE_ITEM_PRIORITIES:
		return item->choose_min == 0
			   ? URNE_OK
			   : urne_json_fail(r->d, URNE_ERR_INCOMPLETE, at,
				 "item %.*s allows no abstention; choose %zu to %zu%s",
				 ID(item->id), item->choose_min, item->choose_max, or_blank(item));
	case URNE_ITEM_LIST_CHOICE:
		return urne_json_fail(r->d, URNE_ERR_INCOMPLETE, at,
		    "item %.*s allows no abstention; choose one list and candidates of it",
		    ID(item->id));
	case URNE_ITEM_GRADES:
		return urne_json_fail(r->d, URNE_ERR_INCOMPLETE, at,
		    "item %.*s allows no abstention; every row needs a grade, %zu rows here",
		    ID(item->id), item->num_questions);
	}
	return URNE_ERR_INTERNAL;
}

static enum urne_err
read_item(const struct reader *r, const struct urne_json *x)
{
	if (is_word(x, "abstain")) {
		return abstain(r, x);
	}
	if (is_word(x, "blank")) {
		return mark_blank(r, x);
	}
	switch (r->item->kind) {
	case URNE_ITEM_LIST_RATIFICATION:
		return read_row(r, 0, x);
	case URNE_ITEM_LIST_CANDIDATES:
	case URNE_ITEM_PRIORITIES:
		return read_choose(r, x);
	case URNE_ITEM_LIST_CHOICE:
		return read_list(r, x);
	case URNE_ITEM_PROGRAMME:
	case URNE_ITEM_TEXT:
		return read_rows(r, x);
	case URNE_ITEM_GRADES:
		return read_grades(r, x);
	}
	return URNE_ERR_INTERNAL;
}

static enum urne_err
read_items(
    uint64_t *m, struct urne_diag *d, const struct urne_definition *v, const struct urne_json *root)
{
	bool given[URNE_MAX_ITEMS] = {false};
	struct reader r = {.m = m, .d = d};

	if (root->type != URNE_JSON_OBJECT) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, root,
		    "choices are an object with a field for each item, such as {\"%.*s\":...}",
		    ID(v->items[0].id));
	}
	for (const struct urne_json *x = root->child; x != NULL; x = x->next) {
		size_t i = urne_definition_find_item(v, x->key);
		enum urne_err e;

		if (i == SIZE_MAX) {
			return urne_json_fail(d, URNE_ERR_UNKNOWN, x,
			    "the vote has no item of this id; \"urne definition show\" prints the "
			    "ids");
		}
		given[i] = true;
		r.item = &v->items[i];
		e = read_item(&r, x);
		if (e != URNE_OK) {
			return e;
		}
	}
	for (size_t i = 0; i < v->num_items; i++) {
		enum urne_err e = URNE_OK;

		r.item = &v->items[i];
		e = given[i] ? URNE_OK : abstain(&r, root);
		if (e != URNE_OK) {
			return e;
		}
	}
	return URNE_OK;
}

enum urne_err
urne_definition_choices(struct urne_choices *out, struct urne_diag *d,
    const struct urne_definition *v, struct urne_view text)
{
	struct urne_arena arena;
	const struct urne_json *root = NULL;
	enum urne_err e = URNE_OK;

	*out = (struct urne_choices){NULL, 0};
	urne_arena_init_secret(&arena, URNE_MAX_TEXT_FILE * 16); /* it holds the choices */
	e = urne_json_parse(&root, &arena, d, text);
	if (e == URNE_OK) {
		out->num = v->num_choices;
		out->m = calloc(out->num + 1, sizeof(*out->m));
		e = out->m == NULL ? urne_fail(d, URNE_ERR_MEMORY, "no memory for the choices")
				   : read_items(out->m, d, v, root);
	}
	if (e != URNE_OK) {
		urne_choices_clear(out);
	}
	urne_arena_clear(&arena);
	return e;
}
