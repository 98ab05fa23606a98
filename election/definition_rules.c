/* SPDX-License-Identifier: EUPL-1.2 */
/* The rules of an item: which of them its kind has, and whether they can hold together. They are
 * read in the order of the table, so that each finds what it depends on.
 * Spec: docs/vote-definition.md#rules */
#include "election/definition_read.h"

#include <stdio.h>

#define BIT(kind)    (1U << (kind))
#define RATIFICATION BIT(URNE_ITEM_LIST_RATIFICATION)
#define CANDIDATES   BIT(URNE_ITEM_LIST_CANDIDATES)
#define CHOICE	     BIT(URNE_ITEM_LIST_CHOICE)
#define PROGRAMME    BIT(URNE_ITEM_PROGRAMME)
#define PRIORITIES   BIT(URNE_ITEM_PRIORITIES)
#define GRADES	     BIT(URNE_ITEM_GRADES)
#define TEXT	     BIT(URNE_ITEM_TEXT)
#define DECIDED	     (RATIFICATION | PROGRAMME | TEXT)
#define RANKED	     (CANDIDATES | PRIORITIES | GRADES)

static const struct urne_def_field fields[URNE_RULE_NUM] = {
    [URNE_RULE_WITHDRAWN] = {"withdrawn", 0, CANDIDATES | CHOICE | GRADES, NULL},
    [URNE_RULE_MAJORITY] = {"majority", DECIDED, DECIDED,
	"\"majority\":{\"more_than\":\"1/2\",\"of\":\"expressed\"}"},
    [URNE_RULE_WHOLE] = {"whole", 0, TEXT, NULL},
    [URNE_RULE_QUORUM] = {"quorum", 0, URNE_DEF_ANY, NULL},
    [URNE_RULE_BLANK] = {"blank", 0, DECIDED | CANDIDATES | PRIORITIES, NULL},
    [URNE_RULE_CHOOSE] = {"choose", CANDIDATES | PRIORITIES, CANDIDATES | PRIORITIES,
	"\"choose\":{\"min\":1,\"max\":3}"},
    [URNE_RULE_SEATS] = {"seats", CANDIDATES, RANKED | CHOICE, "\"seats\":10"},
    [URNE_RULE_PARITY] = {"parity", 0, RATIFICATION | CANDIDATES, NULL},
    [URNE_RULE_RESERVED] = {"reserved", 0, RATIFICATION | CANDIDATES, NULL},
    [URNE_RULE_TIE] = {"tie", RANKED, RANKED | CHOICE | PROGRAMME, "\"tie\":\"draw\""},
    [URNE_RULE_ORDER] = {"order", 0, RANKED | CHOICE | PROGRAMME, NULL},
    [URNE_RULE_ALTERNATIVES] = {"alternatives", 0, PROGRAMME, NULL},
    [URNE_RULE_APPORTIONMENT] = {"apportionment", 0, CHOICE, NULL},
    [URNE_RULE_THRESHOLD] = {"threshold", 0, CHOICE, NULL},
    [URNE_RULE_WITHIN] = {"within", 0, CHOICE, NULL},
};

static void
read_withdrawn(struct urne_def *r, struct urne_def_item *it, const struct urne_json *list)
{
	if (urne_json_get(it->at, "commitments") != NULL &&
	    urne_json_get(it->at, "candidates") == NULL) {
		urne_def_fault(r, list, "only candidates can withdraw");
		urne_def_mend(r, "remove the commitments from the item instead");
		return;
	}
	if (!urne_def_list(r, list, 0, URNE_MAX_ANSWERS, "ids")) {
		return;
	}
	for (const struct urne_json *v = list->child; v != NULL; v = v->next) {
		size_t i = urne_def_reference(
		    r, v, &it->entry_ids, it->ids_sound, "a candidate of this item");

		if (i == SIZE_MAX) {
			continue;
		}
		if (it->entries[i].withdrawn) {
			urne_def_fault(
			    r, v, "%s stands before in this list", urne_def_quote(r, v->text));
			urne_def_mend(r, "remove one of the two");
			continue;
		}
		it->entries[i].withdrawn = true;
		it->num_left--;
	}
}

static void
read_blank(struct urne_def *r, struct urne_def_item *it, const struct urne_json *v)
{
	static const char *const words[] = {"not-offered", "excluded", "included", NULL};
	size_t i = 0;

	if (urne_def_word(r, &i, v, words)) {
		it->item->blank = (enum urne_blank)i;
	}
}

static void
read_choose(struct urne_def *r, struct urne_def_item *it, const struct urne_json *v)
{
	static const struct urne_def_field bounds[] = {
	    URNE_DEF_NEEDED("min", "\"min\":1"),
	    URNE_DEF_NEEDED("max", "\"max\":3"),
	};
	static const struct urne_def_shape shape = {"choose", bounds, 2};
	const struct urne_json *values[2];
	struct urne_item *item = it->item;
	bool min, max;

	if (!urne_def_object(r, values, &shape, URNE_DEF_ANY, v)) {
		return;
	}
	min = urne_def_size(r, &item->choose_min, values[0], 0, URNE_MAX_ANSWERS);
	max = urne_def_size(r, &item->choose_max, values[1], 1, URNE_MAX_ANSWERS);
	it->choose_sound = min && max;
	if (min && max && item->choose_min > item->choose_max) {
		it->choose_sound = false;
		urne_def_fault(r, v, "\"min\" is %zu and \"max\" is %zu: no choice satisfies both",
		    item->choose_min, item->choose_max);
		urne_def_mend(r, "lower \"min\" or raise \"max\"");
	}
	if (max && it->entries_sound && it->num_left > 0 && item->choose_max > it->num_left) {
		it->choose_sound = false;
		urne_def_fault(r, values[1],
		    "\"max\" is %zu, but there are only %zu to choose from", item->choose_max,
		    it->num_left);
		urne_def_mend(r, "write at most %zu", it->num_left);
	}
}

static void
read_seats(struct urne_def *r, struct urne_def_item *it, const struct urne_json *v)
{
	if (!urne_def_size(r, &it->item->seats, v, 1, URNE_MAX_ANSWERS)) {
		return;
	}
	if (it->entries_sound && it->num_left > 0 && it->item->seats > it->num_left) {
		urne_def_fault(r, v, "\"seats\" is %zu, but those left for them are %zu",
		    it->item->seats, it->num_left);
		urne_def_mend(r, "lower \"seats\" or add to the list");
	}
}

static void
read_apportionment(struct urne_def *r, struct urne_def_item *it, const struct urne_json *v)
{
	static const char *const words[] = {"dhondt", "sainte-lague", "largest-remainder", NULL};
	size_t i = 0;

	if (urne_def_word(r, &i, v, words)) {
		it->item->apportionment = (enum urne_apportionment)i;
	}
}

static void
read_threshold(struct urne_def *r, struct urne_def_item *it, const struct urne_json *v)
{
	(void)urne_def_fraction(r, &it->item->threshold, v);
}

static void
read_within(struct urne_def *r, struct urne_def_item *it, const struct urne_json *v)
{
	static const char *const words[] = {"list", "votes", NULL};
	size_t i = 0;

	if (urne_def_word(r, &i, v, words)) {
		it->item->within_by_votes = i == 1;
	}
}

/* check_left: somebody must be left to vote for, on every rival list too. */
static void
check_left(struct urne_def *r, const struct urne_def_item *it)
{
	const struct urne_item *item = it->item;

	if (!it->entries_sound || item->num_entries == 0) {
		return;
	}
	if (item->kind != URNE_ITEM_LIST_CHOICE) {
		if (it->num_left == 0) {
			urne_def_fault(
			    r, it->rule[URNE_RULE_WITHDRAWN], "all candidates have withdrawn");
			urne_def_mend(r, "add candidates, or remove the item");
		}
		return;
	}
	for (size_t s = 0; s < item->num_sections; s++) {
		size_t left = 0;

		for (size_t i = 0; i < it->sections[s].num; i++) {
			left += it->entries[it->sections[s].first + i].withdrawn ? 0 : 1;
		}
		if (left == 0) {
			urne_def_fault(r, it->section_at[s], "no candidate of this list is left");
			urne_def_mend(r, "add candidates, or remove the list");
		}
	}
}

/* check_seats_of_lists: how seats are shared out makes sense only together. */
static void
check_seats_of_lists(struct urne_def *r, const struct urne_def_item *it)
{
	static const int need_seats[] = {
	    URNE_RULE_APPORTIONMENT, URNE_RULE_THRESHOLD, URNE_RULE_WITHIN};

	if (it->item->kind != URNE_ITEM_LIST_CHOICE) {
		return;
	}
	if (it->rule[URNE_RULE_SEATS] != NULL) {
		if (it->rule[URNE_RULE_APPORTIONMENT] == NULL) {
			urne_def_fault(r, it->rules,
			    "\"apportionment\" is missing: it says how lists share the seats");
			urne_def_mend(r, "add for instance \"apportionment\":\"dhondt\"");
		}
		return;
	}
	for (size_t i = 0; i < sizeof(need_seats) / sizeof(need_seats[0]); i++) {
		if (it->rule[need_seats[i]] != NULL) {
			urne_def_fault(r, it->rule[need_seats[i]],
			    "\"%s\" has no effect without \"seats\"", fields[need_seats[i]].name);
			urne_def_mend(r, "add \"seats\", or remove it");
		}
	}
}

void
urne_def_rules(struct urne_def *r, struct urne_def_item *it)
{
	static urne_def_rule_fn *const readers[URNE_RULE_NUM] = {
	    [URNE_RULE_WITHDRAWN] = read_withdrawn,
	    [URNE_RULE_MAJORITY] = urne_def_majority,
	    [URNE_RULE_WHOLE] = urne_def_whole,
	    [URNE_RULE_QUORUM] = urne_def_quorum,
	    [URNE_RULE_BLANK] = read_blank,
	    [URNE_RULE_CHOOSE] = read_choose,
	    [URNE_RULE_SEATS] = read_seats,
	    [URNE_RULE_PARITY] = urne_def_parity,
	    [URNE_RULE_RESERVED] = urne_def_reserved,
	    [URNE_RULE_TIE] = urne_def_tie,
	    [URNE_RULE_ORDER] = urne_def_order,
	    [URNE_RULE_ALTERNATIVES] = urne_def_alternatives,
	    [URNE_RULE_APPORTIONMENT] = read_apportionment,
	    [URNE_RULE_THRESHOLD] = read_threshold,
	    [URNE_RULE_WITHIN] = read_within,
	};
	struct urne_def_shape shape = {"rules", fields, URNE_RULE_NUM};
	char what[48];

	(void)snprintf(
	    what, sizeof(what), "the rules of a %s item", urne_item_kind_name(it->item->kind));
	shape.what = what;
	if (!urne_def_object(r, it->rule, &shape, BIT(it->item->kind), it->rules)) {
		return;
	}
	for (size_t i = 0; i < URNE_RULE_NUM; i++) {
		if (it->rule[i] != NULL) {
			readers[i](r, it, it->rule[i]);
		}
	}
	check_left(r, it);
	check_seats_of_lists(r, it);
	urne_def_check_parity(r, it);
	urne_def_check_ties(r, it);
}
