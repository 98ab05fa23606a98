/* SPDX-License-Identifier: EUPL-1.2 */
/* Majorities and quorums: shares of a number of votes.
 * Spec: docs/vote-definition.md#rules */
#include "election/definition_read.h"

static void
read_majority(struct urne_def *r, struct urne_majority *out, const struct urne_json *v)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_OPTIONAL("more_than"),
	    URNE_DEF_OPTIONAL("at_least"),
	    URNE_DEF_NEEDED("of", "\"of\":\"expressed\""),
	};
	static const struct urne_def_shape shape = {"a majority", fields, 3};
	static const char *const either[] = {"more_than", "at_least"};
	static const char *const bases[] = {"expressed", "voters", "roll", NULL};
	const struct urne_json *values[3];
	struct urne_fraction share = {0, 0};
	size_t of = 0;
	int which;

	if (!urne_def_object(r, values, &shape, URNE_DEF_ANY, v)) {
		return;
	}
	if (urne_def_word(r, &of, values[2], bases)) {
		out->of = (enum urne_base)of;
	}
	which = urne_def_one_of(r, v, either);
	if (which < 0 || !urne_def_fraction(r, &share, values[which])) {
		return;
	}
	if (which == 0 && share.num == share.den) {
		urne_def_fault(
		    r, values[0], "there is no more than all: this majority can never be met");
		urne_def_mend(r, "write \"at_least\":\"1/1\" if all are meant");
		return;
	}
	if (which == 1 && share.num == 0) {
		urne_def_fault(r, values[1], "at least nothing is no majority");
		urne_def_mend(r, "write for instance \"more_than\":\"1/2\"");
		return;
	}
	out->more_than = which == 0;
	out->share = share;
}

void
urne_def_majority(struct urne_def *r, struct urne_def_item *it, const struct urne_json *v)
{
	read_majority(r, &it->item->majority, v);
	it->item->whole_majority = it->item->majority;
}

void
urne_def_whole(struct urne_def *r, struct urne_def_item *it, const struct urne_json *v)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_NEEDED("majority", "\"majority\":{\"at_least\":\"2/3\",\"of\":\"expressed\"}"),
	};
	static const struct urne_def_shape shape = {"the rule of the whole", fields, 1};
	const struct urne_json *values[1];

	if (urne_def_object(r, values, &shape, URNE_DEF_ANY, v) && values[0] != NULL) {
		it->item->whole_majority = (struct urne_majority){0};
		read_majority(r, &it->item->whole_majority, values[0]);
	}
}

static bool
can_count_expressed(enum urne_item_kind kind)
{
	return kind == URNE_ITEM_LIST_RATIFICATION || kind == URNE_ITEM_PROGRAMME ||
	       kind == URNE_ITEM_TEXT;
}

void
urne_def_quorum(struct urne_def *r, struct urne_def_item *it, const struct urne_json *v)
{
	static const struct urne_def_field fields[] = {
	    URNE_DEF_NEEDED("at_least", "\"at_least\":\"25%\""),
	    URNE_DEF_OPTIONAL("counting"),
	};
	static const struct urne_def_shape shape = {"a quorum", fields, 2};
	static const char *const words[] = {"voters", "expressed", NULL};
	const struct urne_json *values[2];
	struct urne_quorum *out = &it->item->quorum;
	size_t counting = 0;

	if (!urne_def_object(r, values, &shape, URNE_DEF_ANY, v)) {
		return;
	}
	if (values[0] != NULL && values[0]->type == URNE_JSON_INTEGER) {
		if (urne_def_number(r, &out->number, values[0], 0, URNE_MAX_TOTAL_WEIGHT)) {
			out->kind = URNE_QUORUM_NUMBER;
		}
	} else if (urne_def_fraction(r, &out->share, values[0])) {
		out->kind = URNE_QUORUM_SHARE;
	}
	if (!urne_def_word(r, &counting, values[1], words)) {
		return;
	}
	out->counts_expressed = counting == 1;
	if (out->counts_expressed && !can_count_expressed(it->item->kind)) {
		urne_def_fault(r, values[1], "expressed votes cannot be counted in a %s item",
		    urne_item_kind_name(it->item->kind));
		urne_def_mend(r, "write \"counting\":\"voters\", or remove it");
	}
}
