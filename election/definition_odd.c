/* SPDX-License-Identifier: EUPL-1.2 */
/* What is lawful but odd: people probably meant something else, and the vote can be held all the
 * same. Only sound values are looked at.
 * Spec: docs/vote-definition.md#rules */
#include "election/definition_read.h"

#define USUAL_FLOOR 5

void
urne_def_odd_texts(struct urne_def *r, const struct urne_texts *texts, const struct urne_json *at)
{
	for (size_t l = 1; l < r->out->num_languages; l++) {
		for (size_t k = 0; k < l; k++) {
			if (urne_view_eq(texts->by_language[l], texts->by_language[k])) {
				urne_def_warn(r, at, "the text is the same in %s and %s",
				    urne_def_quote(r, r->out->languages[k]),
				    urne_def_quote(r, r->out->languages[l]));
				urne_def_mend(r, "translate it, unless it is the same word");
				break;
			}
		}
	}
}

static bool
has_language(const struct urne_definition *v, const char *name)
{
	for (size_t i = 0; i < v->num_languages; i++) {
		if (urne_view_is(v->languages[i], name)) {
			return true;
		}
	}
	return false;
}

void
urne_def_odd(struct urne_def *r)
{
	static const char *const usual[] = {"fr", "en"};
	const struct urne_definition *out = r->out;
	int64_t length = out->closes.seconds - out->opens.seconds;

	for (size_t i = 0; i < 2 && r->languages_sound; i++) {
		if (!has_language(out, usual[i])) {
			urne_def_warn(r, r->top[URNE_TOP_LANGUAGES],
			    "the vote has no texts in \"%s\"", usual[i]);
			urne_def_mend(r, "add \"%s\" if some members read it better", usual[i]);
		}
	}
	if (out->opens.text.len > 0 && out->closes.text.len > 0 && length > 0 &&
	    length < URNE_DEF_DAY) {
		urne_def_warn(r, r->top[URNE_TOP_CLOSES], "the vote is open for less than a day");
		urne_def_mend(r, "close it later if members are to have time");
	}
	if (r->top[URNE_TOP_FLOOR] != NULL && out->floor < USUAL_FLOOR) {
		urne_def_warn(r, r->top[URNE_TOP_FLOOR],
		    "with so few voters the result can tell how each of them voted");
		urne_def_mend(r, "write %d or more", USUAL_FLOOR);
	}
}

static void
odd_majority(struct urne_def *r, const struct urne_majority *majority, const struct urne_json *at)
{
	/* a share that was not read has no denominator */
	if (at != NULL && majority->share.num * 2 < majority->share.den) {
		urne_def_warn(r, at, "fewer than half can adopt this");
		urne_def_mend(r, "write for instance \"more_than\":\"1/2\"");
	}
}

static void
odd_quorum(struct urne_def *r, const struct urne_def_item *it)
{
	const struct urne_quorum *q = &it->item->quorum;

	if ((q->kind == URNE_QUORUM_SHARE && q->share.num == 0) ||
	    (q->kind == URNE_QUORUM_NUMBER && q->number == 0)) {
		urne_def_warn(r, it->rule[URNE_RULE_QUORUM], "a quorum of 0 is always met");
		urne_def_mend(r, "remove it, or raise it");
	}
}

/* odd_blank: expressed votes play a part in a majority or a quorum of them only. */
static void
odd_blank(struct urne_def *r, const struct urne_def_item *it)
{
	const struct urne_item *item = it->item;

	if (item->blank == URNE_BLANK_INCLUDED && item->majority.share.den > 0 &&
	    item->majority.of != URNE_BASE_EXPRESSED &&
	    item->whole_majority.of != URNE_BASE_EXPRESSED && !item->quorum.counts_expressed) {
		urne_def_warn(r, it->rule[URNE_RULE_BLANK],
		    "\"included\" changes nothing: the majority is not one of expressed votes");
		urne_def_mend(r, "write \"excluded\", or a majority of \"expressed\"");
	}
}

static void
odd_choice(struct urne_def *r, const struct urne_def_item *it)
{
	const struct urne_item *item = it->item;

	if (!it->entries_sound) {
		return;
	}
	if (it->choose_sound && item->choose_max == it->num_left) {
		urne_def_warn(r, it->rule[URNE_RULE_CHOOSE],
		    "members can choose all %zu, which is as good as none", it->num_left);
		urne_def_mend(r, "lower \"max\"");
	}
	if (item->kind != URNE_ITEM_LIST_CHOICE && item->seats == 1 && it->num_left == 1) {
		urne_def_warn(r, it->rule[URNE_RULE_SEATS], "there is one candidate for one seat");
		urne_def_mend(r, "use \"list-ratification\" if members are to accept or refuse");
	}
}

static void
odd_alternatives(struct urne_def *r, const struct urne_def_item *it)
{
	const struct urne_json *at =
	    it->item->num_alternatives > 0 ? it->rule[URNE_RULE_ALTERNATIVES]->child : NULL;

	for (size_t i = 0; i < it->item->num_alternatives; i++, at = at->next) {
		const struct urne_alternative *a = &it->item->alternatives[i];

		for (size_t k = 1; k < a->num; k++) {
			if (it->entries[a->entries[k]].section !=
			    it->entries[a->entries[0]].section) {
				urne_def_warn(r, at, "the alternatives are in different sections");
				urne_def_mend(r, "put them together, so that members see them as "
						 "alternatives");
				break;
			}
		}
	}
}

void
urne_def_odd_item(struct urne_def *r, const struct urne_def_item *it)
{
	const struct urne_json *whole = urne_json_get(it->rule[URNE_RULE_WHOLE], "majority");

	if (urne_json_get(it->at, "text") == NULL) {
		urne_def_warn(r, it->at, "the item has no \"text\"");
		urne_def_mend(r, "say in a few sentences what members decide here");
	}
	odd_majority(r, &it->item->majority, it->rule[URNE_RULE_MAJORITY]);
	odd_majority(r, &it->item->whole_majority, whole);
	odd_quorum(r, it);
	odd_blank(r, it);
	odd_choice(r, it);
	odd_alternatives(r, it);
}
