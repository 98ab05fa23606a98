/* SPDX-License-Identifier: EUPL-1.2 */
/* Sentences with gaps: one template per language, numbers that agree with their noun. Only for the
 * files of documents/ that speak.
 * Spec: docs/outcome.md#documents */
#ifndef URNE_DOCUMENTS_WORDS_FILL_H
#define URNE_DOCUMENTS_WORDS_FILL_H

#include "documents/words.h"

#define URNE_NUM_LANGS 2

/* A sentence, or a part of one, in every language of ours: {0} to {9} are gaps, ~ is the narrow
 * no-break space of French typography. */
struct urne_phrase {
	const char *by_lang[URNE_NUM_LANGS];
};

/* A noun after its number. French takes the singular up to 1, English at 1 only. */
struct urne_noun {
	struct urne_phrase one, many;
};

extern const struct urne_noun urne_noun_vote;	    /* voix */
extern const struct urne_noun urne_noun_expressed;  /* suffrages exprimés */
extern const struct urne_noun urne_noun_cast;	    /* voix déposées */
extern const struct urne_noun urne_noun_roll;	    /* voix inscrites */
extern const struct urne_noun urne_noun_name;	    /* noms */
extern const struct urne_noun urne_noun_commitment; /* engagements */

/* What fills a gap: a text, a number, or a number with its noun. */
struct urne_word {
	struct urne_view text;
	uint64_t n;
	bool is_number;
	const struct urne_noun *noun;
};
struct urne_word urne_word_text(struct urne_view text);
struct urne_word urne_word_phrase(enum urne_lang lang, const struct urne_phrase *phrase);
struct urne_word urne_word_number(uint64_t n);
struct urne_word urne_word_count(uint64_t n, const struct urne_noun *noun);
/* urne_word_e: the "e" that a French participle takes in the feminine, or nothing. */
struct urne_word urne_word_e(bool feminine);

/* urne_words_fill appends the phrase with its gaps filled. Words are never read as templates. */
void urne_words_fill(struct urne_buf *out, enum urne_lang lang, const struct urne_phrase *phrase,
    const struct urne_word *words, size_t num);

/* urne_item_is_feminine: French says "la liste adoptée", but "l'engagement adopté". */
bool urne_item_is_feminine(const struct urne_item *item);
/* urne_entry_title: the title of an entry, "?" behind the last one. */
struct urne_view urne_entry_title(struct urne_reader r, const struct urne_item *item, size_t entry);

/* urne_words_fraction: "la moitié", "les deux tiers", "12,5 %", "3/7", behind `more_than` or at
 * least: "plus de la moitié", "au moins 12,5 %". */
void urne_words_fraction(
    struct urne_buf *out, enum urne_lang lang, bool more_than, const struct urne_fraction *share);
/* urne_words_percent: "12,5 %", or "3/7" when 4 decimals cannot write it. */
void urne_words_percent(
    struct urne_buf *out, enum urne_lang lang, const struct urne_fraction *share);

#endif
