/* SPDX-License-Identifier: EUPL-1.2 */
/* What the renderers of pages share: the way through a page, the flow of text on a terminal,
 * pictures, and the style sheet. Not for composers. */
#ifndef URNE_DOCUMENTS_PAGE_PARTS_H
#define URNE_DOCUMENTS_PAGE_PARTS_H

#include "documents/page.h"

/* urne_page_walk: the place of a renderer on a page. It goes into DETAILS only; what the other
 * blocks hold is drawn together with them. */
struct urne_page_walk {
	const struct urne_page *page;
	const struct urne_block *at; /* NULL at the end */
	bool leaving;		     /* `at` is a DETAILS whose children are done */
	size_t depth;		     /* number of DETAILS around `at` */
};

struct urne_page_walk urne_page_walk_from(const struct urne_page *p);
void urne_page_walk_on(struct urne_page_walk *w);

/* urne_page_scaled: value of max as a part of `width`, rounded down; 0 of anything is 0, and
 * anything else at least 1. */
uint64_t urne_page_scaled(uint64_t value, uint64_t max, uint64_t width);
/* A terminal: `width` characters from `indent` on; width 0 is endless. */
struct urne_page_flow {
	struct urne_buf *out;
	struct urne_buf scratch; /* for texts put together */
	size_t indent, width;
	bool keep_lines; /* line ends of texts are kept */
	bool french;
};

/* urne_flow_width counts the characters of a text; accents of their own count as part of the letter
 * before. */
size_t urne_flow_width(struct urne_view text);
/* urne_flow_longest is the length of the longest word. */
size_t urne_flow_longest(struct urne_view text);
/* urne_flow_line takes the next line of at most `width` characters off `rest`, without the spaces
 * around it. Only spaces and line ends break a text; a word that is too long is cut. */
struct urne_view urne_flow_line(struct urne_view *rest, size_t width, bool keep_lines);
void urne_flow_spaces(struct urne_page_flow *f, size_t num);
/* urne_flow_put_line writes text as one line would have it: safe, white space as spaces. */
void urne_flow_put_line(struct urne_page_flow *f, struct urne_view line);
/* urne_flow_put wraps a text, its first line behind `mark`, the others below the text; returns the
 * width of the widest line. */
size_t urne_flow_put(struct urne_page_flow *f, const char *mark, struct urne_view text);
/* urne_flow_fact wraps "label: text". */
void urne_flow_fact(struct urne_page_flow *f, struct urne_view label, struct urne_view text);
void urne_flow_table(struct urne_page_flow *f, const struct urne_block *table);
void urne_flow_bars(struct urne_page_flow *f, const struct urne_block *bars);

/* Pictures as SVG inside HTML, hidden from screen readers: their text stands beside them. */
void urne_page_svg_bar(struct urne_buf *out, const struct urne_block *bar);
void urne_page_svg_qr(struct urne_buf *out, const uint8_t *modules, size_t size);

/* urne_page_style appends the style sheet. */
void urne_page_style(struct urne_buf *out);

#endif
