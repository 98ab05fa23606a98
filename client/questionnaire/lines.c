/* SPDX-License-Identifier: EUPL-1.2 */
/* Wrapping is that of pages (documents/page_flow.c). */
#include "client/questionnaire/lines.h"

#include <stdio.h>

#include "documents/page_parts.h"

/* Terminals have 80 columns and more; a braille line takes what it can. */
#define COLUMNS ((size_t)78)

void
urne_lines_init(struct urne_lines *l, struct urne_buf *out, enum urne_lang lang)
{
	*l = (struct urne_lines){.out = out, .lang = lang};
	urne_buf_init_secret(&l->scratch, out->max);
}

void
urne_lines_clear(struct urne_lines *l)
{
	urne_buf_clear(&l->scratch);
}

void
urne_lines_empty(struct urne_lines *l)
{
	urne_buf_putc(l->out, '\n');
}

static void
put(struct urne_lines *l, size_t columns, const char *mark, struct urne_view text)
{
	struct urne_page_flow flow = {.out = l->out, .width = columns, .keep_lines = true};

	if (text.len > 0) {
		(void)urne_flow_put(&flow, mark, text);
	}
}

void
urne_lines_command(struct urne_lines *l, struct urne_view command)
{
	put(l, 0, "  ", command);
}

void
urne_lines_text(struct urne_lines *l, const char *mark, struct urne_view text)
{
	put(l, COLUMNS, mark, text);
}

static void
fill(struct urne_lines *l, const struct urne_phrase *phrase, const struct urne_word *words,
    size_t num)
{
	urne_buf_reset(&l->scratch);
	urne_words_fill(&l->scratch, l->lang, phrase, words, num);
	if (urne_buf_error(&l->scratch) != URNE_OK && l->out->err == URNE_OK) {
		l->out->err = urne_buf_error(&l->scratch);
	}
}

void
urne_lines_say(struct urne_lines *l, const char *mark, const struct urne_phrase *phrase,
    const struct urne_word *words, size_t num)
{
	fill(l, phrase, words, num);
	urne_lines_text(l, mark, urne_buf_view(&l->scratch));
}

void
urne_lines_say1(
    struct urne_lines *l, const char *mark, const struct urne_phrase *phrase, struct urne_word w)
{
	urne_lines_say(l, mark, phrase, &w, 1);
}

void
urne_lines_prompt(struct urne_lines *l, const struct urne_phrase *phrase,
    const struct urne_word *words, size_t num)
{
	urne_lines_say(l, "", phrase, words, num);
	if (l->out->len > 0 && l->out->data[l->out->len - 1] == '\n') {
		l->out->data[l->out->len - 1] = ' ';
	}
}

void
urne_lines_number(char mark[URNE_LINES_MARK], size_t n)
{
	(void)snprintf(mark, URNE_LINES_MARK, "%zu. ", n);
}
