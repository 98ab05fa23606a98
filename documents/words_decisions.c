/* SPDX-License-Identifier: EUPL-1.2 */
/* The sentence of a decision: what was decided, and the numbers that decided it.
 * Spec: docs/outcome.md#documents */
#include "documents/words.h"
#include "documents/words_fill.h"

#define NUM_GAPS 7

/* What the gaps of every sentence of this file stand for, so that languages may order them. */
enum gap {
	GAP_E,	      /* {0} the "e" of "adoptée" */
	GAP_FOR,      /* {1} "1 203 voix" */
	GAP_BASE,     /* {2} "2 000 suffrages exprimés" */
	GAP_NEEDED,   /* {3} "1 001" */
	GAP_WERE,     /* {4} "was" or "were" */
	GAP_OTHER,    /* {5} title of the alternative */
	GAP_OTHER_FOR /* {6} its votes */
};

static const struct urne_majority *
majority_of(const struct urne_item_outcome *o, const struct urne_decision *decision)
{
	return o->item->kind == URNE_ITEM_TEXT && decision->entry >= o->item->num_entries
		   ? &o->item->whole_majority
		   : &o->item->majority;
}

static uint64_t
votes_for_entry(const struct urne_item_outcome *o, size_t entry)
{
	for (size_t i = 0; i < o->num_decisions; i++) {
		if (o->decisions[i].entry == entry) {
			return o->decisions[i].votes_for;
		}
	}
	return 0;
}

static void
fill_gaps(struct urne_word *gaps, struct urne_reader r, const struct urne_item_outcome *o,
    const struct urne_decision *decision)
{
	static const struct urne_noun *const nouns[] = {
	    [URNE_BASE_EXPRESSED] = &urne_noun_expressed,
	    [URNE_BASE_VOTERS] = &urne_noun_cast,
	    [URNE_BASE_ROLL] = &urne_noun_roll,
	};
	const struct urne_noun *noun = nouns[majority_of(o, decision)->of];

	gaps[GAP_E] = urne_word_e(urne_item_is_feminine(o->item));
	gaps[GAP_FOR] = urne_word_count(decision->votes_for, &urne_noun_vote);
	gaps[GAP_BASE] = urne_word_count(decision->base, noun);
	gaps[GAP_NEEDED] = urne_word_number(decision->needed);
	gaps[GAP_WERE] = urne_word_text(urne_view_of(decision->needed == 1 ? "was" : "were"));
	gaps[GAP_OTHER] = urne_word_text(urne_entry_title(r, o->item, decision->other));
	gaps[GAP_OTHER_FOR] = urne_word_count(votes_for_entry(o, decision->other), &urne_noun_vote);
}

static const struct urne_phrase *
rejected(const struct urne_decision *decision)
{
	static const struct urne_phrase too_few = {{
	    "Rejeté{0}~: {1} pour sur {2}~; il en fallait {3}.",
	    "Rejected: {1} for out of {2}; {3} {4} needed.",
	}};
	static const struct urne_phrase none_would_do = {{
	    "Rejeté{0}~: {1} pour sur {2}~; aucun nombre de voix n’aurait suffi.",
	    "Rejected: {1} for out of {2}; no number of votes would have been enough.",
	}};
	static const struct urne_phrase whole = {{
	    "Rejeté{0}~: {1} pour sur {2}, la majorité de {3} était atteinte, mais le texte entier "
	    "n’est pas adopté.",
	    "Rejected: {1} for out of {2}, the majority of {3} was reached, but the whole text is "
	    "not adopted.",
	}};

	if (decision->reason == URNE_REASON_WHOLE) {
		return &whole;
	}
	return decision->needed > decision->base ? &none_would_do : &too_few;
}

static const struct urne_phrase *
adopted(const struct urne_item_outcome *o, const struct urne_decision *decision)
{
	static const struct urne_phrase plain = {{
	    "Adopté{0}~: {1} pour sur {2}~; il en fallait {3}.",
	    "Adopted: {1} for out of {2}; {3} {4} needed.",
	}};
	static const struct urne_phrase tied[] = {
	    [URNE_TIE_NONE] = {{
		"Adopté{0}~: {1} pour sur {2}, il en fallait {3}~; autant que «~{5}~».",
		"Adopted: {1} for out of {2}, {3} {4} needed; as many as “{5}”.",
	    }},
	    [URNE_TIE_DRAW] = {{
		"Adopté{0}~: {1} pour sur {2}, il en fallait {3}~; autant que «~{5}~», départagé "
		"par tirage au sort.",
		"Adopted: {1} for out of {2}, {3} {4} needed; as many as “{5}”, decided by the "
		"draw.",
	    }},
	    [URNE_TIE_ORDER] = {{
		"Adopté{0}~: {1} pour sur {2}, il en fallait {3}~; autant que «~{5}~», départagé "
		"par l’ordre fixé avant le vote.",
		"Adopted: {1} for out of {2}, {3} {4} needed; as many as “{5}”, decided by the "
		"order fixed before the vote.",
	    }},
	    [URNE_TIE_ALL] = {{
		"Adopté{0}~: {1} pour sur {2}, il en fallait {3}~; autant que «~{5}~», et à "
		"égalité tous sont adoptés.",
		"Adopted: {1} for out of {2}, {3} {4} needed; as many as “{5}”, and equals are all "
		"adopted.",
	    }},
	};

	return decision->reason == URNE_REASON_ALTERNATIVE_TIE ? &tied[o->item->tie] : &plain;
}

static const struct urne_phrase *
set_aside(const struct urne_item_outcome *o, const struct urne_decision *decision)
{
	static const struct urne_phrase fewer = {{
	    "Écarté{0}~: «~{5}~» a obtenu plus de voix, {6} pour au lieu de {1}~; la majorité de "
	    "{3} était atteinte, mais un seul engagement de l’alternative peut être adopté.",
	    "Set aside: “{5}” has more votes, {6} for instead of {1}; the majority of {3} was "
	    "reached, but only one of the alternatives can be adopted.",
	}};
	static const struct urne_phrase tied_draw = {{
	    "Écarté{0}~: «~{5}~» a obtenu autant de voix, {1} pour, et le tirage au sort lui donne "
	    "la priorité.",
	    "Set aside: “{5}” has as many votes, {1} for, and the draw puts it first.",
	}};
	static const struct urne_phrase tied_order = {{
	    "Écarté{0}~: «~{5}~» a obtenu autant de voix, {1} pour, et l’ordre fixé avant le vote "
	    "lui donne la priorité.",
	    "Set aside: “{5}” has as many votes, {1} for, and the order fixed before the vote puts "
	    "it first.",
	}};

	if (decision->reason != URNE_REASON_ALTERNATIVE_TIE) {
		return &fewer;
	}
	return o->item->tie == URNE_TIE_DRAW ? &tied_draw : &tied_order;
}

static void
put_quorum_not_met(
    struct urne_buf *out, enum urne_lang lang, const struct urne_word *value, uint64_t needed)
{
	static const struct urne_phrase phrase = {{
	    "Quorum non atteint~: {0}, il en fallait {1}.",
	    "Quorum not met: {0}, {1} {2} needed.",
	}};
	const struct urne_word words[] = {*value, urne_word_number(needed),
	    urne_word_text(urne_view_of(needed == 1 ? "was" : "were"))};

	urne_words_fill(out, lang, &phrase, words, 3);
}

void
urne_words_decision(struct urne_buf *out, struct urne_reader r, const struct urne_item_outcome *o,
    const struct urne_decision *decision)
{
	static const struct urne_phrase undrawn = {{
	    "En attente du tirage au sort~: {1} pour, autant que «~{5}~»~; un seul engagement de "
	    "l’alternative peut être adopté.",
	    "Waiting for the draw: {1} for, as many as “{5}”; only one of the alternatives can be "
	    "adopted.",
	}};
	const struct urne_phrase *phrase = &undrawn;
	struct urne_word gaps[NUM_GAPS];
	struct urne_word value = urne_word_count(o->quorum.value, &urne_noun_cast);

	fill_gaps(gaps, r, o, decision);
	switch (decision->state) {
	case URNE_DECISION_ADOPTED:
		phrase = adopted(o, decision);
		break;
	case URNE_DECISION_REJECTED:
		phrase = rejected(decision);
		break;
	case URNE_DECISION_NO_QUORUM:
		if (o->item->quorum.counts_expressed) {
			value = urne_word_count(decision->expressed, &urne_noun_expressed);
		}
		put_quorum_not_met(out, r.lang, &value, o->quorum.needed);
		return;
	case URNE_DECISION_SET_ASIDE:
		phrase = set_aside(o, decision);
		break;
	case URNE_DECISION_UNDRAWN:
		break;
	}
	urne_words_fill(out, r.lang, phrase, gaps, NUM_GAPS);
}

void
urne_words_quorum_test(struct urne_buf *out, enum urne_lang lang, const struct urne_item_outcome *o)
{
	static const struct urne_phrase none = {
	    {"Aucun quorum n’était requis.", "No quorum was required."}};
	static const struct urne_phrase met = {{
	    "Quorum atteint~: {0}, il en fallait {1}.",
	    "Quorum met: {0}, {1} {2} needed.",
	}};
	static const struct urne_phrase least_met = {{
	    "Quorum atteint partout~: {0} au moins, il en fallait {1}.",
	    "Quorum met everywhere: {0} at least, {1} {2} needed.",
	}};
	static const struct urne_phrase least_not_met = {{
	    "Quorum non atteint partout~: {0} pour le vote qui en compte le moins, il en fallait "
	    "{1}.",
	    "Quorum not met everywhere: {0} in the vote with the fewest, {1} {2} needed.",
	}};
	bool expressed = o->item->quorum.counts_expressed;
	bool several = expressed && o->num_decisions > 1;
	const struct urne_word words[] = {
	    urne_word_count(o->quorum.value, expressed ? &urne_noun_expressed : &urne_noun_cast),
	    urne_word_number(o->quorum.needed),
	    urne_word_text(urne_view_of(o->quorum.needed == 1 ? "was" : "were")),
	};

	if (!o->quorum.required) {
		urne_words_fill(out, lang, &none, NULL, 0);
	} else if (o->quorum.met) {
		urne_words_fill(out, lang, several ? &least_met : &met, words, 3);
	} else if (several) {
		urne_words_fill(out, lang, &least_not_met, words, 3);
	} else {
		put_quorum_not_met(out, lang, &words[0], o->quorum.needed);
	}
}
