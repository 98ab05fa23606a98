/* SPDX-License-Identifier: EUPL-1.2 */
/* What decides between equals, and which commitments exclude each other.
 * Spec: docs/vote-definition.md#rules */
#include "election/definition_read.h"

#include <stdio.h>

#define MAX_LACKING ((size_t)3) /* named in a sentence */

void
urne_def_tie(struct urne_def *r, struct urne_def_item *it, const struct urne_json *v)
{
	static const char *const words[] = {"draw", "order", "all", NULL};
	static const enum urne_tie ties[] = {URNE_TIE_DRAW, URNE_TIE_ORDER, URNE_TIE_ALL};
	size_t i = 0;

	if (urne_def_word(r, &i, v, words)) {
		it->item->tie = ties[i];
	}
}

/* fault_lacking names the first ids that the order does not have. */
static void
fault_lacking(struct urne_def *r, const struct urne_json *at, const struct urne_def_keys *keys,
    const bool *seen)
{
	char names[256] = "";
	size_t lacking = 0, len = 0;

	for (size_t i = 0; i < keys->num; i++) {
		int n;

		if (seen[keys->list[i].pos] || ++lacking > MAX_LACKING) {
			continue;
		}
		n = snprintf(names + len, sizeof(names) - len, "%s%s", lacking > 1 ? ", " : "",
		    urne_def_quote(r, keys->list[i].name));
		len += n > 0 && (size_t)n < sizeof(names) - len ? (size_t)n : 0;
	}
	if (lacking > 0) {
		urne_def_fault(r, at, "the order lacks %zu ids: %s%s", lacking, names,
		    lacking > MAX_LACKING ? " and more" : "");
		urne_def_mend(r, "add every id of the item; whoever stands first wins");
	}
}

void
urne_def_order(struct urne_def *r, struct urne_def_item *it, const struct urne_json *list)
{
	bool lists = it->item->kind == URNE_ITEM_LIST_CHOICE;
	const struct urne_def_keys *keys = lists ? &it->section_ids : &it->entry_ids;
	bool keys_sound = lists ? it->section_ids_sound : it->ids_sound;
	size_t num = lists ? it->item->num_sections : it->item->num_entries, n = 0;
	size_t *order = urne_def_alloc(r, num, sizeof(*order));
	bool *seen = urne_def_alloc(r, num, sizeof(*seen));

	if (order == NULL || seen == NULL || !urne_def_list(r, list, 0, URNE_MAX_ANSWERS, "ids")) {
		return;
	}
	for (const struct urne_json *v = list->child; v != NULL; v = v->next) {
		size_t i = urne_def_reference(
		    r, v, keys, keys_sound, lists ? "a list of this item" : "this item's");

		if (i == SIZE_MAX) {
			continue;
		}
		if (seen[i]) {
			urne_def_fault(
			    r, v, "%s stands before in the order", urne_def_quote(r, v->text));
			urne_def_mend(r, "remove one of the two");
			continue;
		}
		seen[i] = true;
		order[n++] = i;
	}
	it->item->order = order;
	if (keys_sound && n < num) {
		fault_lacking(r, list, keys, seen);
	}
}

static void
read_alternative(struct urne_def *r, struct urne_def_item *it, struct urne_alternative *out,
    bool *seen, const struct urne_json *list)
{
	size_t *entries;

	if (!urne_def_list(r, list, 2, URNE_MAX_ANSWERS, "commitments")) {
		return;
	}
	entries = urne_def_alloc(r, list->num_children, sizeof(*entries));
	if (entries == NULL) {
		return;
	}
	out->entries = entries;
	for (const struct urne_json *v = list->child; v != NULL; v = v->next) {
		size_t i = urne_def_reference(
		    r, v, &it->entry_ids, it->ids_sound, "a commitment of this item");

		if (i == SIZE_MAX) {
			continue;
		}
		if (seen[i]) {
			urne_def_fault(r, v, "%s stands among alternatives before",
			    urne_def_quote(r, v->text));
			urne_def_mend(r, "leave it in one set only");
			continue;
		}
		seen[i] = true;
		entries[out->num++] = i;
	}
}

void
urne_def_alternatives(struct urne_def *r, struct urne_def_item *it, const struct urne_json *list)
{
	struct urne_alternative *out;
	bool *seen = urne_def_alloc(r, it->item->num_entries, sizeof(*seen));
	size_t i = 0;

	if (seen == NULL || !urne_def_list(r, list, 0, URNE_MAX_ANSWERS, "sets of alternatives")) {
		return;
	}
	out = urne_def_alloc(r, list->num_children, sizeof(*out));
	if (out == NULL) {
		return;
	}
	for (const struct urne_json *v = list->child; v != NULL; v = v->next) {
		read_alternative(r, it, &out[i++], seen, v);
	}
	it->item->alternatives = out;
	it->item->num_alternatives = list->num_children;
}

/* check_missing: kinds that need a rule for equals only when they can have some that matter. */
static void
check_missing(struct urne_def *r, const struct urne_def_item *it)
{
	const char *why = NULL;

	if (it->item->kind == URNE_ITEM_PROGRAMME && it->item->num_alternatives > 0) {
		why = "alternatives can have equal votes";
	} else if (it->item->kind == URNE_ITEM_LIST_CHOICE && it->rule[URNE_RULE_SEATS] != NULL) {
		why = "lists can have equal claims to a seat";
	}
	if (why != NULL && it->rule[URNE_RULE_TIE] == NULL) {
		urne_def_fault(r, it->rules, "\"tie\" is missing: %s", why);
		urne_def_mend(r, "add for instance \"tie\":\"draw\"");
	}
}

static void
check_all(struct urne_def *r, const struct urne_def_item *it)
{
	const char *why = NULL;

	if (it->item->kind == URNE_ITEM_LIST_CANDIDATES) {
		why = "on an ordered list two cannot share a rank";
	} else if (it->item->kind == URNE_ITEM_LIST_CHOICE && it->rule[URNE_RULE_SEATS] != NULL) {
		why = "two lists cannot share a seat";
	}
	if (why != NULL) {
		urne_def_fault(r, it->rule[URNE_RULE_TIE], "\"all\" is not possible: %s", why);
		urne_def_mend(r, "write \"draw\" or \"order\"");
	}
}

void
urne_def_check_ties(struct urne_def *r, struct urne_def_item *it)
{
	const struct urne_json *tie = it->rule[URNE_RULE_TIE];
	const struct urne_json *order = it->rule[URNE_RULE_ORDER];
	/* a rule that is missing or misspelt has been blamed, or will be, for itself */
	bool other = it->item->tie == URNE_TIE_DRAW || it->item->tie == URNE_TIE_ALL;

	check_missing(r, it);
	switch (it->item->tie) {
	case URNE_TIE_NONE:
		break;
	case URNE_TIE_DRAW:
		if (r->top[URNE_TOP_DRAW] == NULL) {
			urne_def_fault(r, tie, "the vote has no \"draw\" to take lots from");
			urne_def_mend(r, "add \"draw\" to the file, or write \"tie\":\"order\"");
		}
		break;
	case URNE_TIE_ORDER:
		if (order == NULL) {
			urne_def_fault(r, tie, "\"order\" is missing, and \"tie\" needs it");
			urne_def_mend(r, "add \"order\" with all ids; whoever stands first wins");
		}
		break;
	case URNE_TIE_ALL:
		check_all(r, it);
		break;
	}
	if (order != NULL && (other || tie == NULL)) {
		urne_def_fault(r, order, "\"order\" has no effect without \"tie\":\"order\"");
		urne_def_mend(r, "write \"tie\":\"order\", or remove \"order\"");
	}
}
