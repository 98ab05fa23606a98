/* SPDX-License-Identifier: EUPL-1.2 */
/* What the program says to members, in French and English: numbers, shares, moments, and a sentence
 * for every decision and every place. Sentences of a definition's further languages are English. */
#ifndef URNE_DOCUMENTS_WORDS_H
#define URNE_DOCUMENTS_WORDS_H

#include "base/buf.h"
#include "election/definition.h"
#include "tally/outcome.h"

enum urne_lang {
	URNE_LANG_FR,
	URNE_LANG_EN,
};

/* urne_lang_of: "fr" is French, everything else English. */
enum urne_lang urne_lang_of(struct urne_view code);
const char *urne_lang_code(enum urne_lang lang);

/* A reader: the language of our own words, and the index of the definition's texts. */
struct urne_reader {
	enum urne_lang lang;
	size_t index;
};
/* urne_reader_for: `code` is a language of the definition or empty for the authentic one. */
struct urne_reader urne_reader_for(const struct urne_definition *v, struct urne_view code);

/* "12 345" with narrow no-break spaces, "12,345" in English. */
void urne_words_number(struct urne_buf *out, enum urne_lang lang, uint64_t n);
/* "54,32 %" and "54.32%": hundredths, rounded half up; of == 0 gives a dash. */
void urne_words_share(struct urne_buf *out, enum urne_lang lang, uint64_t part, uint64_t of);
/* "1 203 voix" / "1,203 votes" */
void urne_words_votes(struct urne_buf *out, enum urne_lang lang, uint64_t n);
/* "1er mars 2027 à 8 h 00 (UTC+01:00)" / "1 March 2027 at 08:00 (UTC+01:00)": as written, never a
 * clock or time zone of the machine. */
void urne_words_moment(struct urne_buf *out, enum urne_lang lang, const struct urne_moment *m);
/* The same in UTC. */
void urne_words_moment_utc(struct urne_buf *out, enum urne_lang lang, const struct urne_moment *m);

/* What a rule asks for: "plus de la moitié des suffrages exprimés". */
void urne_words_majority(struct urne_buf *out, enum urne_lang lang, const struct urne_majority *m,
    enum urne_blank blank);
void urne_words_quorum(struct urne_buf *out, enum urne_lang lang, const struct urne_quorum *q);
/* How to answer: "Choisissez de 1 à 10 noms, ou votez blanc." */
void urne_words_instruction(
    struct urne_buf *out, enum urne_lang lang, const struct urne_item *item);
/* Every rule of an item, one sentence each, into a page's open LIST. */
struct urne_page;
void urne_words_rules(struct urne_page *p, struct urne_reader r, const struct urne_definition *v,
    const struct urne_item *item);
/* Where the randomness for ties comes from: "la valeur du tour 12345678 de la balise publique drand
 * « quicknet », publiée le ..."; nothing without a draw. */
void urne_words_draw(struct urne_buf *out, struct urne_reader r, const struct urne_draw *draw);
const char *urne_words_kind(enum urne_lang lang, enum urne_item_kind kind);
/* "adopté", "rejeté", "quorum non atteint" ... and stable codes for programs: "adopted",
 * "rejected", "no-quorum", "set-aside", "undrawn". */
const char *urne_words_state(enum urne_lang lang, enum urne_decision_state state);
/* The same in the gender of what the item decides on: a list is "adoptée". */
const char *urne_words_item_state(
    enum urne_lang lang, const struct urne_item *item, enum urne_decision_state state);
const char *urne_decision_state_code(enum urne_decision_state state);
const char *urne_decision_reason_code(enum urne_decision_reason reason);
const char *urne_place_reason_code(enum urne_place_reason reason);

/* One sentence that gives the reason, with its numbers:
 * "Adopté : 1 203 voix pour sur 2 000 suffrages exprimés ; il en fallait 1 001." */
void urne_words_decision(struct urne_buf *out, struct urne_reader r,
    const struct urne_item_outcome *o, const struct urne_decision *decision);
/* "Rang 4 : femme suivante selon les voix, 1 203 voix ; X, avec 1 250 voix, est au rang 5." */
void urne_words_place(struct urne_buf *out, struct urne_reader r, const struct urne_item_outcome *o,
    const struct urne_place *place);
/* The same without the rank in front, for a table that has it: "femme suivante selon les voix, ..."
 */
void urne_words_place_reason(struct urne_buf *out, struct urne_reader r,
    const struct urne_item_outcome *o, const struct urne_place *place);
/* "12 sièges : 1 203 voix sur 2 000 suffrages exprimés, 60,15 %." */
void urne_words_list_share(struct urne_buf *out, struct urne_reader r,
    const struct urne_item_outcome *o, const struct urne_list_share *share);
void urne_words_quorum_test(
    struct urne_buf *out, enum urne_lang lang, const struct urne_item_outcome *o);
/* One sentence over an item: "42 engagements adoptés sur 60." */
void urne_words_summary(
    struct urne_buf *out, enum urne_lang lang, const struct urne_item_outcome *o);

#endif
