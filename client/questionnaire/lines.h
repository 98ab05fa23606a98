/* SPDX-License-Identifier: EUPL-1.2 */
/* Lines of text for a terminal or a screen reader: sentences of ours in the reader's language and
 * texts of the vote, wrapped, nothing in them that a terminal would obey. They may tell how
 * somebody votes, so every buffer is a secret one. */
#ifndef URNE_CLIENT_QUESTIONNAIRE_LINES_H
#define URNE_CLIENT_QUESTIONNAIRE_LINES_H

#include "documents/words_fill.h"

struct urne_lines {
	struct urne_buf *out;
	enum urne_lang lang;
	struct urne_buf scratch;
};

/* urne_lines_init: `out` is borrowed and should be a secret buffer; its error tells at the end. */
void urne_lines_init(struct urne_lines *l, struct urne_buf *out, enum urne_lang lang);
void urne_lines_clear(struct urne_lines *l);

void urne_lines_empty(struct urne_lines *l);
/* urne_lines_text: a paragraph behind `mark` ("12. "), whose other lines stand below the first. */
void urne_lines_text(struct urne_lines *l, const char *mark, struct urne_view text);
/* urne_lines_command: what is to be copied into a shell: on one line, however long. */
void urne_lines_command(struct urne_lines *l, struct urne_view command);
/* urne_lines_say: a sentence with its gaps filled. */
void urne_lines_say(struct urne_lines *l, const char *mark, const struct urne_phrase *phrase,
    const struct urne_word *words, size_t num);
void urne_lines_say1(
    struct urne_lines *l, const char *mark, const struct urne_phrase *phrase, struct urne_word w);
/* urne_lines_prompt: the same, with the cursor left behind it. */
void urne_lines_prompt(struct urne_lines *l, const struct urne_phrase *phrase,
    const struct urne_word *words, size_t num);
/* urne_lines_number sets `mark` to "12. ". */
#define URNE_LINES_MARK ((size_t)24)
void urne_lines_number(char mark[URNE_LINES_MARK], size_t n);

#endif
