/* SPDX-License-Identifier: EUPL-1.2 */
/* The sentence of a rival list: its seats, its votes, and what stood in its way.
 * Spec: docs/outcome.md#documents */
#include "documents/words.h"
#include "documents/words_fill.h"

static void
put_votes(struct urne_buf *out, enum urne_lang lang, const struct urne_item_outcome *o,
    const struct urne_list_share *share)
{
	static const struct urne_phrase phrase = {{"{0} sur {1}, ", "{0} out of {1}, "}};
	const struct urne_word words[] = {urne_word_count(share->votes, &urne_noun_vote),
	    urne_word_count(o->expressed, &urne_noun_expressed)};

	urne_words_fill(out, lang, &phrase, words, 2);
	urne_words_share(out, lang, share->votes, o->expressed);
}

static void
put_last_seat(struct urne_buf *out, enum urne_lang lang, const struct urne_item_outcome *o,
    const struct urne_list_share *share)
{
	static const struct urne_phrase undrawn = {
	    {"~; un siège, entre listes à égalité, attend le tirage au sort",
		"; one seat, between tied lists, waits for the draw"}};
	static const struct urne_phrase drawn = {
	    {"~; le dernier siège, entre listes à égalité, lui revient par tirage au sort",
		"; the last seat, between tied lists, fell to it by the draw"}};
	static const struct urne_phrase ordered = {
	    {"~; le dernier siège, entre listes à égalité, lui revient par l’ordre fixé avant le "
	     "vote",
		"; the last seat, between tied lists, fell to it by the order fixed before the "
		"vote"}};

	if (share->undrawn) {
		urne_words_fill(out, lang, &undrawn, NULL, 0);
	} else if (share->by_tie) {
		urne_words_fill(
		    out, lang, o->item->tie == URNE_TIE_DRAW ? &drawn : &ordered, NULL, 0);
	}
}

void
urne_words_list_share(struct urne_buf *out, struct urne_reader r, const struct urne_item_outcome *o,
    const struct urne_list_share *share)
{
	static const struct urne_noun noun = {{{"siège", "seat"}}, {{"sièges", "seats"}}};
	static const struct urne_phrase seats = {{"{0}~: ", "{0}: "}};
	static const struct urne_phrase none = {{"Aucun siège~: ", "No seat: "}};
	static const struct urne_phrase no_quorum = {
	    {"~; quorum non atteint, aucun siège n’est attribué",
		"; quorum not met, no seat is given"}};
	static const struct urne_phrase below = {{"~; il en fallait au moins ", "; at least "}};
	static const struct urne_phrase below_end = {{"", " was needed"}};
	const struct urne_word word = urne_word_count(share->seats, &noun);
	bool decided = !o->quorum.required || o->quorum.met;

	if (o->item->seats > 0 && decided) {
		urne_words_fill(out, r.lang, share->seats > 0 ? &seats : &none, &word, 1);
	}
	put_votes(out, r.lang, o, share);
	if (!decided) {
		urne_words_fill(out, r.lang, &no_quorum, NULL, 0);
	} else if (o->item->seats > 0 && !share->above_threshold) {
		urne_words_fill(out, r.lang, &below, NULL, 0);
		urne_words_percent(out, r.lang, &o->item->threshold);
		urne_words_fill(out, r.lang, &below_end, NULL, 0);
	} else {
		put_last_seat(out, r.lang, o, share);
	}
	urne_buf_putc(out, '.');
}
