/* SPDX-License-Identifier: EUPL-1.2 */
/* The items of a vote, each by the table of its kind, and how large they make the vote.
 * Spec: docs/vote-definition.md#items */
#include <stdio.h>

#include "base/limits.h"
#include "election/compile.h"
#include "election/definition_read.h"

#define TEXT_EXAMPLE "{\"fr\":\"...\",\"en\":\"...\"}"

#define BIT(kind)  (1U << (kind))
#define CANDIDATES BIT(URNE_ITEM_LIST_CANDIDATES)
#define COMMITTED  BIT(URNE_ITEM_PRIORITIES)
#define GRADED	   BIT(URNE_ITEM_GRADES)

enum {
	ITEM_ID,
	ITEM_KIND,
	ITEM_TITLE,
	ITEM_TEXT,
	ITEM_RULES,
	ITEM_LIST,
	ITEM_CANDIDATES,
	ITEM_COMMITMENTS,
	ITEM_GRADES,
	ITEM_LISTS,
	ITEM_SECTIONS,
	ITEM_TITLES,
	ITEM_NUM,
};

#define OF(name, kinds, example)                                                                   \
	{                                                                                          \
		(name), (kinds), (kinds), (example)                                                \
	}
static const struct urne_def_field fields[ITEM_NUM] = {
    [ITEM_ID] = URNE_DEF_NEEDED("id", "\"id\":\"programme\""),
    [ITEM_KIND] = URNE_DEF_NEEDED("kind", "\"kind\":\"programme\""),
    [ITEM_TITLE] = URNE_DEF_NEEDED("title", "\"title\":" TEXT_EXAMPLE),
    [ITEM_TEXT] = URNE_DEF_OPTIONAL("text"),
    [ITEM_RULES] = URNE_DEF_NEEDED("rules", "\"rules\":{...}"),
    [ITEM_LIST] = OF("list", BIT(URNE_ITEM_LIST_RATIFICATION), "\"list\":[{...}]"),
    [ITEM_CANDIDATES] = {"candidates", CANDIDATES, CANDIDATES | GRADED, "\"candidates\":[{...}]"},
    [ITEM_COMMITMENTS] = {"commitments", COMMITTED, COMMITTED | GRADED, "\"commitments\":[{...}]"},
    [ITEM_GRADES] = OF("grades", GRADED, "\"grades\":[{\"id\":\"good\",\"title\":{...}},...]"),
    [ITEM_LISTS] = OF("lists", BIT(URNE_ITEM_LIST_CHOICE), "\"lists\":[{...},{...}]"),
    [ITEM_SECTIONS] = OF("sections", BIT(URNE_ITEM_PROGRAMME), "\"sections\":[{...}]"),
    [ITEM_TITLES] = OF("titles", BIT(URNE_ITEM_TEXT), "\"titles\":[{...}]"),
};

/* read_kind: whether the item is of a kind that is known. */
static bool
read_kind(struct urne_def *r, struct urne_item *item, const struct urne_json *v)
{
	const char *names[URNE_NUM_ITEM_KINDS + 1] = {NULL};
	size_t kind = 0;

	if (v->type == URNE_JSON_STRING && urne_view_is(v->text, "ranking")) {
		urne_def_fault(r, v,
		    "rankings are not possible: they need shuffles, which this version does not "
		    "have");
		urne_def_mend(r, "use \"grades\", \"priorities\" or \"list-candidates\"");
		return false;
	}
	for (size_t i = 0; i < URNE_NUM_ITEM_KINDS; i++) {
		names[i] = urne_item_kind_name((enum urne_item_kind)i);
	}
	if (!urne_def_word(r, &kind, v, names)) {
		return false;
	}
	item->kind = (enum urne_item_kind)kind;
	return true;
}

/* read_contents: the entries of the kind, wherever they are written. */
static void
read_contents(struct urne_def *r, struct urne_def_item *it, const struct urne_json *const *values)
{
	static const struct {
		int sections, entries; /* -1: the kind has none */
	} where[URNE_NUM_ITEM_KINDS] = {
	    [URNE_ITEM_LIST_RATIFICATION] = {-1, ITEM_LIST},
	    [URNE_ITEM_LIST_CANDIDATES] = {-1, ITEM_CANDIDATES},
	    [URNE_ITEM_LIST_CHOICE] = {ITEM_LISTS, -1},
	    [URNE_ITEM_PROGRAMME] = {ITEM_SECTIONS, -1},
	    [URNE_ITEM_PRIORITIES] = {-1, ITEM_COMMITMENTS},
	    [URNE_ITEM_GRADES] = {-1, ITEM_CANDIDATES},
	    [URNE_ITEM_TEXT] = {ITEM_TITLES, -1},
	};
	static const char *const either[] = {"candidates", "commitments"};
	int sections = where[it->item->kind].sections;
	int entries = where[it->item->kind].entries;

	if (it->item->kind == URNE_ITEM_GRADES) {
		int which = urne_def_one_of(r, it->at, either);

		entries = which == 1 ? ITEM_COMMITMENTS : which == 0 ? ITEM_CANDIDATES : -1;
		urne_def_grades(r, it, values[ITEM_GRADES]);
	}
	urne_def_contents(
	    r, it, sections < 0 ? NULL : values[sections], entries < 0 ? NULL : values[entries]);
}

/* read_unknown: of an item without a known kind only what all items have can be read. */
static void
read_unknown(struct urne_def *r, const struct urne_json **values, const struct urne_json *v)
{
	static const struct urne_def_shape nothing = {"an item", fields, 0};

	if (v->type != URNE_JSON_OBJECT) {
		(void)urne_def_object(r, values, &nothing, URNE_DEF_ANY, v);
		return;
	}
	for (size_t i = 0; i <= ITEM_TEXT; i++) {
		values[i] = urne_json_get(v, fields[i].name);
		urne_def_need(r, &fields[i], URNE_DEF_ANY, values[i], v);
	}
}

static void
read_item(struct urne_def *r, struct urne_item *item, struct urne_def_keys *ids,
    const struct urne_json *v)
{
	struct urne_def_item it = {.item = item, .at = v};
	struct urne_def_shape shape = {"an item", fields, ITEM_NUM};
	const struct urne_json *values[ITEM_NUM] = {NULL};
	const struct urne_json *kind = urne_json_get(v, "kind");
	bool known = kind != NULL && read_kind(r, item, kind);
	char what[40];

	if (known) {
		(void)snprintf(what, sizeof(what), "a %s item", urne_item_kind_name(item->kind));
		shape.what = what;
		(void)urne_def_object(r, values, &shape, BIT(item->kind), v);
	} else {
		read_unknown(r, values, v);
	}
	if (urne_def_id(r, &item->id, values[ITEM_ID])) {
		ids->list[ids->num] = (struct urne_def_key){item->id, values[ITEM_ID], ids->num};
		ids->num++;
	}
	(void)urne_def_texts(r, &item->title, values[ITEM_TITLE], false);
	(void)urne_def_texts(r, &item->text, values[ITEM_TEXT], true);
	if (known) {
		read_contents(r, &it, values);
		it.rules = values[ITEM_RULES];
		urne_def_rules(r, &it);
		urne_def_odd_item(r, &it);
	}
}

/* check_size: the cryptographic election has its limits, and says so only after the definition is
 * sealed; so they are held here. */
static void
check_size(struct urne_def *r, const struct urne_json *list)
{
	const struct urne_json *v = list->child;
	bool questions = false, choices = false;

	urne_definition_layout(r->out);
	for (size_t i = 0; v != NULL; v = v->next, i++) {
		const struct urne_item *item = &r->out->items[i];

		if (!questions && item->first_question + item->num_questions > URNE_MAX_QUESTIONS) {
			questions = true;
			urne_def_fault(r, v, "with this item the vote has more than %zu questions",
			    URNE_MAX_QUESTIONS);
			urne_def_mend(r, "make two votes of it");
		}
		if (!choices && item->first_choice + item->num_choices > URNE_MAX_CHOICES) {
			choices = true;
			urne_def_fault(r, v, "with this item the vote has more than %zu choices",
			    URNE_MAX_CHOICES);
			urne_def_mend(r, "make two votes of it");
		}
		if (item->num_questions == 1 && item->num_choices > URNE_MAX_ANSWERS) {
			urne_def_fault(r, v,
			    "the one question of this item has more than %zu choices",
			    URNE_MAX_ANSWERS);
			urne_def_mend(r, "make two items of it");
		}
	}
}

void
urne_def_items(struct urne_def *r)
{
	const struct urne_json *list = r->top[URNE_TOP_ITEMS];
	struct urne_definition *out = r->out;
	struct urne_def_keys ids;
	size_t i = 0;

	if (!urne_def_list(r, list, 1, URNE_MAX_ITEMS, "items") ||
	    !urne_def_keys_alloc(r, &ids, list->num_children)) {
		return;
	}
	out->items = urne_def_alloc(r, list->num_children, sizeof(*out->items));
	if (out->items == NULL) {
		return;
	}
	out->num_items = list->num_children;
	for (const struct urne_json *v = list->child; v != NULL; v = v->next) {
		read_item(r, &out->items[i++], &ids, v);
	}
	(void)urne_def_distinct(r, &ids, "id");
	if (r->findings->err == URNE_OK) {
		check_size(r, list);
	}
}
