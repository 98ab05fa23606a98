/* SPDX-License-Identifier: EUPL-1.2 */
/* Composing a page from sentences of ours (words_fill.h) and texts of the definition: what the
 * pages of the definition and of the minutes share. */
#ifndef URNE_DOCUMENTS_COMPOSER_H
#define URNE_DOCUMENTS_COMPOSER_H

#include "documents/page.h"
#include "documents/words_fill.h"

/* A page being composed for one reader. Views that the functions return live in the page's arena;
 * errors stick to the page. */
struct urne_composer {
	struct urne_page *p;
	struct urne_reader r;
	struct urne_buf buf; /* the text being made */
};
void urne_composer_init(struct urne_composer *c, struct urne_page *p, struct urne_reader r);
void urne_composer_clear(struct urne_composer *c);
/* urne_composer_take returns what c->buf holds and empties it. */
struct urne_view urne_composer_take(struct urne_composer *c);

/* A sentence, with its gaps filled by one word, two, or as many as there are. */
struct urne_view urne_say(struct urne_composer *c, const struct urne_phrase *f);
struct urne_view urne_say_with(struct urne_composer *c, const struct urne_phrase *f,
    const struct urne_word *words, size_t num);
struct urne_view urne_say1(
    struct urne_composer *c, const struct urne_phrase *f, struct urne_word word);
struct urne_view urne_say_number(struct urne_composer *c, uint64_t n);
struct urne_view urne_say_share(struct urne_composer *c, uint64_t part, uint64_t of);
/* A moment as written, the same moment in UTC, and both unless it is written in UTC. */
struct urne_view urne_say_moment(struct urne_composer *c, const struct urne_moment *m);
struct urne_view urne_say_utc(struct urne_composer *c, const struct urne_moment *m);
struct urne_view urne_say_moment_and_utc(struct urne_composer *c, const struct urne_moment *m);
/* urne_say_text: a text of the definition in the reader's language. */
struct urne_view urne_say_text(const struct urne_composer *c, const struct urne_texts *t);
/* urne_say_grouped: eight characters at a time, so that two people can compare them aloud. */
struct urne_view urne_say_grouped(struct urne_composer *c, struct urne_view digits);
struct urne_view urne_say_hash(struct urne_composer *c, const struct urne_hash *h);
/* urne_say_fours: a hash four digits at a time, as people say them on the telephone. */
struct urne_view urne_say_fours(struct urne_composer *c, const struct urne_hash *h);

/* A heading of level 2; a paragraph of one sentence. */
void urne_compose_chapter(struct urne_composer *c, const struct urne_phrase *title);
void urne_compose_paragraph(struct urne_composer *c, const struct urne_phrase *f);
/* urne_compose_lines adds a paragraph per line of the text; empty lines give none. */
void urne_compose_lines(struct urne_composer *c, struct urne_view text);
/* urne_compose_table opens a table with its head row; bit i of `numeric`: column i. */
void urne_compose_table(struct urne_composer *c, const struct urne_phrase *caption,
    const struct urne_phrase *head, size_t num, unsigned numeric);
/* urne_compose_row opens a row. urne_page_close ends a table, and a row. */
void urne_compose_row(struct urne_composer *c);
/* urne_compose_software adds a table of programs: name, release, SHA-256. */
void urne_compose_software(struct urne_composer *c, const struct urne_phrase *caption,
    const struct urne_software *software, size_t num);
/* urne_compose_officials adds a table of the officials: name, role, and their key or, to sign, a
 * cell that is empty. */
void urne_compose_officials(struct urne_composer *c, const struct urne_definition *v, bool to_sign);
/* urne_compose_draw adds where the randomness for ties comes from, and the recipe. */
void urne_compose_draw(struct urne_composer *c, const struct urne_draw *draw);

#endif
