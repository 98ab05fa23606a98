/* SPDX-License-Identifier: EUPL-1.2 */
/* Short names: of kinds and states for people, of states and reasons for programs. Those for
 * programs never change.
 * Spec: docs/outcome.md#documents */
#include "documents/words.h"
#include "documents/words_fill.h"

const char *
urne_words_kind(enum urne_lang lang, enum urne_item_kind kind)
{
	static const struct urne_phrase names[] = {
	    [URNE_ITEM_LIST_RATIFICATION] = {{"ratification d’une liste",
		"ratification of a list"}},
	    [URNE_ITEM_LIST_CANDIDATES] = {{"choix des noms d’une liste",
		"choice of names for a list"}},
	    [URNE_ITEM_LIST_CHOICE] = {{"choix entre des listes", "choice between lists"}},
	    [URNE_ITEM_PROGRAMME] = {{"programme, engagement par engagement",
		"programme, commitment by commitment"}},
	    [URNE_ITEM_PRIORITIES] = {{"choix des priorités", "choice of priorities"}},
	    [URNE_ITEM_GRADES] = {{"jugement majoritaire", "majority judgement"}},
	    [URNE_ITEM_TEXT] = {{"texte, article par article", "text, article by article"}},
	};

	return names[kind].by_lang[lang];
}

static const char *
state_name(enum urne_lang lang, enum urne_decision_state state, bool feminine)
{
	static const struct urne_phrase names[][2] = {
	    [URNE_DECISION_ADOPTED] = {{{"adopté", "adopted"}}, {{"adoptée", "adopted"}}},
	    [URNE_DECISION_REJECTED] = {{{"rejeté", "rejected"}}, {{"rejetée", "rejected"}}},
	    [URNE_DECISION_NO_QUORUM] = {{{"quorum non atteint", "quorum not met"}},
		{{"quorum non atteint", "quorum not met"}}},
	    [URNE_DECISION_SET_ASIDE] = {{{"écarté", "set aside"}}, {{"écartée", "set aside"}}},
	    [URNE_DECISION_UNDRAWN] = {{{"en attente du tirage au sort", "waiting for the draw"}},
		{{"en attente du tirage au sort", "waiting for the draw"}}},
	};

	return names[state][feminine ? 1 : 0].by_lang[lang];
}

const char *
urne_words_state(enum urne_lang lang, enum urne_decision_state state)
{
	return state_name(lang, state, false);
}

const char *
urne_words_item_state(
    enum urne_lang lang, const struct urne_item *item, enum urne_decision_state state)
{
	return state_name(lang, state, urne_item_is_feminine(item));
}

const char *
urne_decision_state_code(enum urne_decision_state state)
{
	static const char *const codes[] = {
	    [URNE_DECISION_ADOPTED] = "adopted",
	    [URNE_DECISION_REJECTED] = "rejected",
	    [URNE_DECISION_NO_QUORUM] = "no-quorum",
	    [URNE_DECISION_SET_ASIDE] = "set-aside",
	    [URNE_DECISION_UNDRAWN] = "undrawn",
	};

	return codes[state];
}

const char *
urne_decision_reason_code(enum urne_decision_reason reason)
{
	static const char *const codes[] = {
	    [URNE_REASON_MAJORITY] = "majority",
	    [URNE_REASON_QUORUM] = "quorum",
	    [URNE_REASON_ALTERNATIVE] = "alternative",
	    [URNE_REASON_ALTERNATIVE_TIE] = "alternative-tie",
	    [URNE_REASON_WHOLE] = "whole",
	};

	return codes[reason];
}

const char *
urne_place_reason_code(enum urne_place_reason reason)
{
	static const char *const codes[] = {
	    [URNE_PLACE_VOTES] = "votes",
	    [URNE_PLACE_PARITY] = "parity",
	    [URNE_PLACE_RESERVED_ENTRY] = "reserved-entry",
	    [URNE_PLACE_RESERVED_GROUP] = "reserved-group",
	    [URNE_PLACE_RESERVE_OPEN] = "reserve-open",
	    [URNE_PLACE_DRAW] = "draw",
	    [URNE_PLACE_ORDER] = "order",
	    [URNE_PLACE_SHARED] = "shared",
	    [URNE_PLACE_UNDRAWN] = "undrawn",
	    [URNE_PLACE_GRADE] = "grade",
	};

	return codes[reason];
}
