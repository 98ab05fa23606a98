/* SPDX-License-Identifier: EUPL-1.2 */
/* Filling the gaps of a sentence. A template is ours and constant; what fills it comes from others
 * and is copied as it is. */
#include "documents/words_fill.h"

#include <string.h>

#define NARROW_SPACE "\u202f"

const struct urne_noun urne_noun_vote = {{{"voix", "vote"}}, {{"voix", "votes"}}};
const struct urne_noun urne_noun_expressed = {
    {{"suffrage exprimé", "expressed vote"}}, {{"suffrages exprimés", "expressed votes"}}};
const struct urne_noun urne_noun_cast = {
    {{"voix déposée", "vote cast"}}, {{"voix déposées", "votes cast"}}};
const struct urne_noun urne_noun_roll = {
    {{"voix inscrite", "vote on the roll"}}, {{"voix inscrites", "votes on the roll"}}};
const struct urne_noun urne_noun_name = {{{"nom", "name"}}, {{"noms", "names"}}};
const struct urne_noun urne_noun_commitment = {
    {{"engagement", "commitment"}}, {{"engagements", "commitments"}}};

struct urne_word
urne_word_text(struct urne_view text)
{
	return (struct urne_word){.text = text};
}

struct urne_word
urne_word_phrase(enum urne_lang lang, const struct urne_phrase *phrase)
{
	return urne_word_text(urne_view_of(phrase->by_lang[lang]));
}

struct urne_word
urne_word_number(uint64_t n)
{
	return (struct urne_word){.n = n, .is_number = true};
}

struct urne_word
urne_word_count(uint64_t n, const struct urne_noun *noun)
{
	return (struct urne_word){.n = n, .is_number = true, .noun = noun};
}

struct urne_word
urne_word_e(bool feminine)
{
	return urne_word_text(urne_view_of(feminine ? "e" : ""));
}

static void
put_word(struct urne_buf *out, enum urne_lang lang, const struct urne_word *word)
{
	bool singular = word->n == 1 || (word->n == 0 && lang == URNE_LANG_FR);

	if (!word->is_number) {
		urne_buf_put_view(out, word->text);
		return;
	}
	urne_words_number(out, lang, word->n);
	if (word->noun != NULL) {
		const struct urne_phrase *form = singular ? &word->noun->one : &word->noun->many;
		urne_buf_putc(out, ' ');
		urne_buf_puts(out, form->by_lang[lang]);
	}
}

void
urne_words_fill(struct urne_buf *out, enum urne_lang lang, const struct urne_phrase *phrase,
    const struct urne_word *words, size_t num)
{
	for (const char *s = phrase->by_lang[lang]; *s != '\0'; s++) {
		if (*s == '~') {
			urne_buf_puts(out, NARROW_SPACE);
		} else if (*s == '{') {
			size_t gap = (size_t)(s[1] - '0');
			if (gap < num) {
				put_word(out, lang, &words[gap]);
			}
			s += strlen("0}");
		} else {
			urne_buf_putc(out, *s);
		}
	}
}

bool
urne_item_is_feminine(const struct urne_item *item)
{
	return item->kind == URNE_ITEM_LIST_RATIFICATION;
}

struct urne_view
urne_entry_title(struct urne_reader r, const struct urne_item *item, size_t entry)
{
	return entry < item->num_entries ? item->entries[entry].title.by_language[r.index]
					 : urne_view_of("?");
}
