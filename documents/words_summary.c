/* SPDX-License-Identifier: EUPL-1.2 */
/* One sentence over an item: what a person would say who is asked how it went.
 * Spec: docs/outcome.md#documents */
#include "documents/words.h"
#include "documents/words_fill.h"

static size_t
num_adopted(const struct urne_item_outcome *o)
{
	size_t num = 0;

	for (size_t i = 0; i < o->num_decisions; i++) {
		bool on_entry = o->decisions[i].entry < o->item->num_entries;
		num += on_entry && o->decisions[i].state == URNE_DECISION_ADOPTED ? 1 : 0;
	}
	return num;
}

static size_t
num_in(const struct urne_item_outcome *o)
{
	size_t num = 0;

	for (size_t i = 0; i < o->num_places; i++) {
		num += o->places[i].in ? 1 : 0;
	}
	return num;
}

/* Liste adoptée, 1 203 voix pour et 797 voix contre */
static void
sum_ratification(struct urne_buf *out, enum urne_lang lang, const struct urne_item_outcome *o)
{
	static const struct urne_phrase counted = {
	    {"Liste {0}, {1} pour et {2} contre", "List {0}, {1} for and {2} against"}};
	static const struct urne_phrase plain = {{"Liste~: {0}", "List: {0}"}};
	const struct urne_decision *x = &o->decisions[0];
	const struct urne_word words[] = {
	    urne_word_text(urne_view_of(urne_words_item_state(lang, o->item, x->state))),
	    urne_word_count(x->votes_for, &urne_noun_vote),
	    urne_word_count(x->against, &urne_noun_vote)};
	bool decided = x->reason == URNE_REASON_MAJORITY;

	urne_words_fill(out, lang, decided ? &counted : &plain, words, 3);
}

static void
sum_candidates(struct urne_buf *out, enum urne_lang lang, const struct urne_item_outcome *o)
{
	static const struct urne_noun places = {
	    {{"place attribuée", "seat filled"}}, {{"places attribuées", "seats filled"}}};
	static const struct urne_noun substitutes = {
	    {{"suppléant", "substitute"}}, {{"suppléants", "substitutes"}}};
	static const struct urne_phrase phrase = {{"{0} sur {1}, {2}", "{0} out of {1}, {2}"}};
	size_t in = num_in(o);
	const struct urne_word words[] = {urne_word_count(in, &places),
	    urne_word_number(o->item->seats), urne_word_count(o->num_places - in, &substitutes)};

	urne_words_fill(out, lang, &phrase, words, 3);
}

static void
sum_lists(struct urne_buf *out, enum urne_lang lang, const struct urne_item_outcome *o)
{
	static const struct urne_noun seats = {
	    {{"siège attribué", "seat given"}}, {{"sièges attribués", "seats given"}}};
	static const struct urne_noun lists = {{{"liste", "list"}}, {{"listes", "lists"}}};
	static const struct urne_phrase have[] = {
	    {{"ont obtenu des sièges", "have seats"}},
	    {{"a obtenu des sièges", "has seats"}},
	};
	static const struct urne_phrase seated = {
	    {"{0} sur {1}~; {2} sur {3} {4}", "{0} out of {1}; {2} out of {3} {4}"}};
	static const struct urne_phrase votes = {{"{0} pour {1}", "{0} for {1}"}};
	uint64_t given = 0, seated_lists = 0;
	bool singular = false;

	for (size_t i = 0; i < o->num_lists; i++) {
		given += o->lists[i].seats;
		seated_lists += o->lists[i].seats > 0 ? 1 : 0;
	}
	singular = seated_lists == 1 || (seated_lists == 0 && lang == URNE_LANG_FR);
	if (o->item->seats == 0) {
		const struct urne_word words[] = {
		    urne_word_count(o->expressed, &urne_noun_expressed),
		    urne_word_count(o->num_lists, &lists)};
		urne_words_fill(out, lang, &votes, words, 2);
	} else {
		const struct urne_word words[] = {urne_word_count(given, &seats),
		    urne_word_number(o->item->seats), urne_word_count(seated_lists, &lists),
		    urne_word_number(o->num_lists),
		    urne_word_phrase(lang, &have[singular ? 1 : 0])};
		urne_words_fill(out, lang, &seated, words, 5);
	}
}

static void
sum_programme(struct urne_buf *out, enum urne_lang lang, const struct urne_item_outcome *o)
{
	static const struct urne_noun adopted = {{{"engagement adopté", "commitment adopted"}},
	    {{"engagements adoptés", "commitments adopted"}}};
	static const struct urne_phrase phrase = {{"{0} sur {1}", "{0} out of {1}"}};
	const struct urne_word words[] = {
	    urne_word_count(num_adopted(o), &adopted), urne_word_number(o->num_decisions)};

	urne_words_fill(out, lang, &phrase, words, 2);
}

/* Priorities and grades: the first `seats` are selected, or all stand in a ranking. */
static void
sum_ranking(struct urne_buf *out, enum urne_lang lang, const struct urne_item_outcome *o)
{
	static const struct urne_noun selected[] = {
	    {{{"engagement retenu", "commitment selected"}},
		{{"engagements retenus", "commitments selected"}}},
	    {{{"rang retenu", "rank selected"}}, {{"rangs retenus", "ranks selected"}}},
	};
	static const struct urne_noun ranked[] = {
	    {{{"engagement classé", "commitment ranked"}},
		{{"engagements classés", "commitments ranked"}}},
	    {{{"rang attribué", "rank given"}}, {{"rangs attribués", "ranks given"}}},
	};
	static const struct urne_phrase of = {{"{0} sur {1}", "{0} out of {1}"}};
	static const struct urne_phrase all = {{"{0}", "{0}"}};
	size_t form = o->item->kind == URNE_ITEM_PRIORITIES ? 0 : 1;
	bool chosen = o->item->seats > 0;
	const struct urne_word words[] = {
	    urne_word_count(num_in(o), chosen ? &selected[form] : &ranked[form]),
	    urne_word_number(o->num_places)};

	urne_words_fill(out, lang, chosen ? &of : &all, words, 2);
}

/* Texte adopté, avec 12 articles sur 14 */
static void
sum_text(struct urne_buf *out, enum urne_lang lang, const struct urne_item_outcome *o)
{
	static const struct urne_noun articles = {
	    {{"article", "article"}}, {{"articles", "articles"}}};
	static const struct urne_phrase adopted = {
	    {"Texte adopté, avec {1} sur {2}", "Text adopted, with {1} out of {2}"}};
	static const struct urne_phrase other = {{"Texte~: {0}", "Text: {0}"}};
	const struct urne_decision *whole = &o->decisions[o->num_decisions - 1];
	const struct urne_word words[] = {
	    urne_word_text(urne_view_of(urne_words_state(lang, whole->state))),
	    urne_word_count(num_adopted(o), &articles), urne_word_number(o->item->num_entries)};

	urne_words_fill(
	    out, lang, whole->state == URNE_DECISION_ADOPTED ? &adopted : &other, words, 3);
}

void
urne_words_summary(struct urne_buf *out, enum urne_lang lang, const struct urne_item_outcome *o)
{
	static void (*const sums[URNE_NUM_ITEM_KINDS])(
	    struct urne_buf *, enum urne_lang, const struct urne_item_outcome *) = {
	    [URNE_ITEM_LIST_RATIFICATION] = sum_ratification,
	    [URNE_ITEM_LIST_CANDIDATES] = sum_candidates,
	    [URNE_ITEM_LIST_CHOICE] = sum_lists,
	    [URNE_ITEM_PROGRAMME] = sum_programme,
	    [URNE_ITEM_PRIORITIES] = sum_ranking,
	    [URNE_ITEM_GRADES] = sum_ranking,
	    [URNE_ITEM_TEXT] = sum_text,
	};
	static const struct urne_phrase nothing = {
	    {"Quorum non atteint~: rien n’est décidé", "Quorum not met: nothing is decided"}};
	static const struct urne_phrase undrawn = {
	    {"~; provisoire, dans l’attente d’un tirage au sort",
		"; provisional, a draw is still to come"}};
	bool every = o->item->quorum.counts_expressed && o->num_decisions > 1;

	if (o->quorum.required && !o->quorum.met && !every) {
		urne_words_fill(out, lang, &nothing, NULL, 0);
	} else {
		sums[o->item->kind](out, lang, o);
	}
	if (o->undrawn) {
		urne_words_fill(out, lang, &undrawn, NULL, 0);
	}
	urne_buf_putc(out, '.');
}
