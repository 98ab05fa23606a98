/* SPDX-License-Identifier: EUPL-1.2 */
/* Every rule of an item in words, one entry each of a page's list: what the item's rules say and
 * nothing about counts.
 * Spec: docs/vote-definition.md#rules */
#include "documents/composer.h"

struct telling {
	struct urne_composer c;
	const struct urne_definition *v;
	const struct urne_item *item;
};

/* tell adds one entry: the phrase, its gaps filled. */
static void
tell(struct telling *t, const struct urne_phrase *phrase, const struct urne_word *words, size_t num)
{
	urne_page_entry(t->c.p, urne_say_with(&t->c, phrase, words, num));
}

static void
tell_majorities(struct telling *t)
{
	static const struct urne_phrase one = {{"Majorité~: {0}.", "Majority: {0}."}};
	static const struct urne_phrase article = {
	    {"Majorité pour un article~: {0}.", "Majority for an article: {0}."}};
	static const struct urne_phrase whole = {
	    {"Majorité pour le texte entier~: {0}~; sans elle, aucun article n’est adopté.",
		"Majority for the whole text: {0}; without it no article is adopted."}};
	const struct urne_item *item = t->item;
	bool text = item->kind == URNE_ITEM_TEXT;
	struct urne_word word = {.n = 0};

	urne_words_majority(&t->c.buf, t->c.r.lang, &item->majority, item->blank);
	word = urne_word_text(urne_composer_take(&t->c));
	tell(t, text ? &article : &one, &word, 1);
	if (text) {
		urne_words_majority(&t->c.buf, t->c.r.lang, &item->whole_majority, item->blank);
		word = urne_word_text(urne_composer_take(&t->c));
		tell(t, &whole, &word, 1);
	}
}

static void
tell_quorum(struct telling *t)
{
	static const struct urne_phrase none = {{"Aucun quorum.", "No quorum."}};
	static const struct urne_phrase phrase = {
	    {"Quorum~: {0}~; sinon rien n’est décidé.", "Quorum: {0}; else nothing is decided."}};
	struct urne_word word = {.n = 0};

	if (t->item->quorum.kind == URNE_QUORUM_NONE) {
		tell(t, &none, NULL, 0);
		return;
	}
	urne_words_quorum(&t->c.buf, t->c.r.lang, &t->item->quorum);
	word = urne_word_text(urne_composer_take(&t->c));
	tell(t, &phrase, &word, 1);
}

static void
tell_blank(struct telling *t)
{
	static const struct urne_phrase phrases[] = {
	    [URNE_BLANK_NOT_OFFERED] = {{"Le vote blanc n’est pas proposé.",
		"A blank vote is not offered."}},
	    [URNE_BLANK_EXCLUDED] = {{"Le vote blanc est proposé~; il est compté à part et ne fait "
				      "pas partie des suffrages exprimés.",
		"A blank vote is offered; it is counted apart and is no expressed vote."}},
	    [URNE_BLANK_INCLUDED] = {{"Le vote blanc est proposé~; il fait partie des suffrages "
				      "exprimés.",
		"A blank vote is offered; it is an expressed vote."}},
	};

	tell(t, &phrases[t->item->blank], NULL, 0);
}

static void
tell_order_of_votes(struct telling *t)
{
	static const struct urne_phrase votes = {
	    {"Les rangs vont du plus grand au plus petit nombre de voix.",
		"Ranks go from the most votes to the fewest."}};
	static const struct urne_phrase grades = {{
	    "Jugement majoritaire~: le rang dépend de la mention majoritaire, la meilleure mention "
	    "que plus de la moitié des votants donnent ou dépassent~; à mention égale, on retire "
	    "de chaque côté un vote de cette mention et l’on compare de nouveau.",
	    "Majority judgement: ranks follow the majority grade, the best grade that more than "
	    "half of the voters give or exceed; where it is the same, one vote of that grade is "
	    "taken out of each and they are compared again.",
	}};

	tell(t, t->item->kind == URNE_ITEM_GRADES ? &grades : &votes, NULL, 0);
}

static void
tell_seats(struct telling *t)
{
	static const struct urne_noun nouns[] = {
	    {{{"place", "place"}}, {{"places", "places"}}},
	    {{{"engagement", "commitment"}}, {{"engagements", "commitments"}}},
	    {{{"rang", "rank"}}, {{"rangs", "ranks"}}},
	};
	static const struct urne_phrase list = {{"La liste a {0}~; les suivants sont suppléants.",
	    "The list has {0}; those who follow are substitutes."}};
	static const struct urne_phrase selected = {{"Retenus~: {0}, les premiers du classement.",
	    "Selected: {0}, the first of the ranking."}};
	static const struct urne_phrase all = {
	    {"Tout est classé~; aucun nombre de places n’est fixé.",
		"All are ranked; no number of places is fixed."}};
	bool candidates = t->item->kind == URNE_ITEM_LIST_CANDIDATES;
	size_t form = t->item->kind == URNE_ITEM_PRIORITIES ? 1 : 2;
	struct urne_word word = urne_word_count(t->item->seats, &nouns[candidates ? 0 : form]);

	if (t->item->seats == 0) {
		tell(t, &all, NULL, 0);
	} else {
		tell(t, candidates ? &list : &selected, &word, 1);
	}
}

static void
tell_apportionment(struct telling *t)
{
	static const struct urne_noun seats = {{{"siège", "seat"}}, {{"sièges", "seats"}}};
	static const struct urne_phrase methods[] = {
	    [URNE_APPORTION_DHONDT] = {{"{0} à répartir entre les listes à la plus forte moyenne "
					"(méthode d’Hondt).",
		"{0} to be shared among the lists by highest averages (D’Hondt)."}},
	    [URNE_APPORTION_SAINTE_LAGUE] = {{"{0} à répartir entre les listes à la plus forte "
					      "moyenne (méthode de Sainte-Laguë).",
		"{0} to be shared among the lists by highest averages (Sainte-Laguë)."}},
	    [URNE_APPORTION_LARGEST_REMAINDER] = {{"{0} à répartir entre les listes au plus fort "
						   "reste (quotient simple).",
		"{0} to be shared among the lists by largest remainders (Hare quota)."}},
	};
	static const struct urne_phrase none = {
	    {"Aucun siège n’est réparti~: les voix de chaque liste sont comptées.",
		"No seats are shared out: the votes of every list are counted."}};
	static const struct urne_phrase threshold = {
	    {"Une liste n’a de siège qu’avec au moins {0} des suffrages exprimés.",
		"A list has seats only with at least {0} of the expressed votes."}};
	static const struct urne_phrase within[] = {
	    {{"Les sièges d’une liste vont à ses noms dans l’ordre de la liste.",
		"A list’s seats go to its names in the list’s order."}},
	    {{"Les sièges d’une liste vont à ses noms selon leurs voix~; à égalité, dans l’ordre "
	      "de la liste.",
		"A list’s seats go to its names by their votes; equals in the list’s order."}},
	};
	const struct urne_item *item = t->item;
	struct urne_word word = urne_word_count(item->seats, &seats);

	if (item->seats == 0) {
		tell(t, &none, NULL, 0);
		return;
	}
	tell(t, &methods[item->apportionment], &word, 1);
	if (item->threshold.num > 0) {
		urne_words_percent(&t->c.buf, t->c.r.lang, &item->threshold);
		word = urne_word_text(urne_composer_take(&t->c));
		tell(t, &threshold, &word, 1);
	}
	tell(t, &within[item->within_by_votes ? 1 : 0], NULL, 0);
}

static void
tell_parity(struct telling *t)
{
	static const struct urne_phrase alternate[] = {
	    [URNE_GENDER_NONE] = {{"Femmes et hommes alternent, à partir de la personne qui a le "
				   "plus de voix.",
		"Women and men in turn, beginning with whoever has most votes."}},
	    [URNE_GENDER_WOMAN] = {{"Femmes et hommes alternent, à partir d’une femme.",
		"Women and men in turn, beginning with a woman."}},
	    [URNE_GENDER_MAN] = {{"Femmes et hommes alternent, à partir d’un homme.",
		"Women and men in turn, beginning with a man."}},
	};
	static const struct urne_noun ranks = {{{"rang", "rank"}}, {{"rangs", "ranks"}}};
	static const struct urne_noun women = {{{"femme", "woman"}}, {{"femmes", "women"}}};
	static const struct urne_noun men = {{{"homme", "man"}}, {{"hommes", "men"}}};
	static const struct urne_phrase half = {
	    {"Dans chaque tranche de {0}, au plus {1} et au plus {2}.",
		"In each block of {0}, at most {1} and at most {2}."}};
	size_t most = t->item->parity_block / 2 + t->item->parity_block % 2;
	const struct urne_word words[] = {urne_word_count(t->item->parity_block, &ranks),
	    urne_word_count(most, &women), urne_word_count(most, &men)};

	switch (t->item->parity) {
	case URNE_PARITY_NONE:
		return;
	case URNE_PARITY_ALTERNATE:
		tell(t, &alternate[t->item->parity_first], NULL, 0);
		return;
	case URNE_PARITY_HALF:
		tell(t, &half, words, 3);
		return;
	}
}

static void
tell_reserves(struct telling *t)
{
	static const struct urne_phrase entry = {
	    {"Le rang {0} est réservé à {1}.", "Rank {0} is kept for {1}."}};
	static const struct urne_phrase group = {{"Le rang {0} est réservé au groupe «~{1}~».",
	    "Rank {0} is kept for the group “{1}”."}};

	for (size_t i = 0; i < t->item->num_reserves; i++) {
		const struct urne_reserve *x = &t->item->reserves[i];
		bool named = x->entry < t->item->num_entries;
		const struct urne_word words[] = {urne_word_number(x->rank),
		    urne_word_text(named ? urne_entry_title(t->c.r, t->item, x->entry) : x->group)};

		tell(t, named ? &entry : &group, words, 2);
	}
}

static void
tell_withdrawn(struct telling *t)
{
	static const struct urne_phrase gone = {
	    {"{0} s’est retiré{1} avant le vote et n’est pas sur le bulletin.",
		"{0} withdrew before the vote and is not on the ballot."}};

	for (size_t i = 0; i < t->item->num_entries; i++) {
		const struct urne_entry *x = &t->item->entries[i];
		const struct urne_word words[] = {
		    urne_word_text(urne_entry_title(t->c.r, t->item, i)),
		    urne_word_e(x->gender == URNE_GENDER_WOMAN)};

		if (x->withdrawn) {
			tell(t, &gone, words, 2);
		}
	}
}

static void
put_titles(struct telling *t, const size_t *list, size_t num)
{
	bool lists = t->item->kind == URNE_ITEM_LIST_CHOICE;

	for (size_t i = 0; i < num; i++) {
		urne_buf_puts(&t->c.buf, i == 0 ? "" : ", ");
		urne_buf_put_view(
		    &t->c.buf, lists ? urne_say_text(&t->c, &t->item->sections[list[i]].title)
				     : urne_entry_title(t->c.r, t->item, list[i]));
	}
}

static void
tell_alternatives(struct telling *t)
{
	static const struct urne_phrase phrase = {
	    {"Au plus un de ces engagements est adopté, celui qui a le plus de voix pour~: {0}.",
		"At most one of these commitments is adopted, the one with most votes for: {0}."}};

	for (size_t i = 0; i < t->item->num_alternatives; i++) {
		const struct urne_alternative *set = &t->item->alternatives[i];
		struct urne_word word = {.n = 0};

		put_titles(t, set->entries, set->num);
		word = urne_word_text(urne_composer_take(&t->c));
		tell(t, &phrase, &word, 1);
	}
}

static void
tell_tie(struct telling *t)
{
	static const struct urne_phrase draw = {
	    {"À égalité de voix, un tirage au sort décide~: {0}.", "Equal votes are drawn: {0}."}};
	static const struct urne_phrase order = {
	    {"À égalité, le premier dans cet ordre l’emporte~: {0}.",
		"Of equals, whoever is first in this order wins: {0}."}};
	static const struct urne_phrase all[] = {
	    {{"À égalité, le rang est partagé, et tous les ex æquo sont retenus.",
		"Equals share the rank, and all of them are selected."}},
	    {{"À égalité dans une alternative, tous les ex æquo sont adoptés.",
		"Of alternatives, equals are all adopted."}},
	};
	bool lists = t->item->kind == URNE_ITEM_LIST_CHOICE;
	struct urne_word word = {.n = 0};

	switch (t->item->tie) {
	case URNE_TIE_NONE:
		return;
	case URNE_TIE_DRAW:
		urne_words_draw(&t->c.buf, t->c.r, &t->v->draw);
		word = urne_word_text(urne_composer_take(&t->c));
		tell(t, &draw, &word, 1);
		return;
	case URNE_TIE_ORDER:
		put_titles(t, t->item->order, lists ? t->item->num_sections : t->item->num_entries);
		word = urne_word_text(urne_composer_take(&t->c));
		tell(t, &order, &word, 1);
		return;
	case URNE_TIE_ALL:
		tell(t, &all[t->item->kind == URNE_ITEM_PROGRAMME ? 1 : 0], NULL, 0);
		return;
	}
}

/* Which rules a kind of item can have, in the order in which they are told. */
void
urne_words_rules(struct urne_page *p, struct urne_reader r, const struct urne_definition *v,
    const struct urne_item *item)
{
	enum { MAX_RULES = 9 };
	static void (*const rules[URNE_NUM_ITEM_KINDS][MAX_RULES])(struct telling *) = {
	    [URNE_ITEM_LIST_RATIFICATION] = {tell_majorities, tell_quorum, tell_blank, tell_parity,
		tell_reserves},
	    [URNE_ITEM_LIST_CANDIDATES] = {tell_order_of_votes, tell_seats, tell_parity,
		tell_reserves, tell_tie, tell_quorum, tell_blank, tell_withdrawn},
	    [URNE_ITEM_LIST_CHOICE] = {tell_apportionment, tell_tie, tell_quorum, tell_withdrawn},
	    [URNE_ITEM_PROGRAMME] = {tell_majorities, tell_alternatives, tell_tie, tell_quorum,
		tell_blank},
	    [URNE_ITEM_PRIORITIES] = {tell_order_of_votes, tell_seats, tell_tie, tell_quorum,
		tell_blank},
	    [URNE_ITEM_GRADES] = {tell_order_of_votes, tell_seats, tell_tie, tell_quorum,
		tell_withdrawn},
	    [URNE_ITEM_TEXT] = {tell_majorities, tell_quorum, tell_blank},
	};
	struct telling t = {.v = v, .item = item};

	urne_composer_init(&t.c, p, r);
	for (size_t i = 0; i < MAX_RULES && rules[item->kind][i] != NULL; i++) {
		rules[item->kind][i](&t);
	}
	urne_composer_clear(&t.c);
}
