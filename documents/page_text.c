/* SPDX-License-Identifier: EUPL-1.2 */
/* A page for a terminal: lines of text that also make sense read aloud, with a blank line between
 * blocks. */
#include <string.h>

#include "documents/page_parts.h"

#define MIN_COLUMNS ((size_t)20)
#define STEP	    ((size_t)2) /* what is inside DETAILS is set in */

static void
put_heading(struct urne_page_flow *f, const struct urne_block *b)
{
	static const char underline[] = {[1] = '=', [2] = '-', [3] = '\0'};
	size_t width = urne_flow_put(f, "", b->text);

	if (underline[b->level] == '\0' || width == 0) {
		return;
	}
	urne_flow_spaces(f, f->indent);
	for (size_t i = 0; i < width; i++) {
		urne_buf_putc(f->out, underline[b->level]);
	}
	urne_buf_putc(f->out, '\n');
}

static void
put_paragraph(struct urne_page_flow *f, const struct urne_block *b)
{
	f->keep_lines = true;
	(void)urne_flow_put(f, "", b->text);
	f->keep_lines = false;
}

static void
put_notice(struct urne_page_flow *f, const struct urne_block *b)
{
	f->keep_lines = true;
	(void)urne_flow_put(f, "! ", b->text);
	f->keep_lines = false;
}

/* put_whole keeps the lines of what people copy as they are. */
static void
put_whole(struct urne_page_flow *f, struct urne_view text)
{
	do {
		const char *end = text.len > 0 ? memchr(text.p, '\n', text.len) : NULL;
		size_t len = end != NULL ? (size_t)(end - text.p) : text.len;

		urne_flow_spaces(f, f->indent + STEP);
		urne_flow_put_line(f, (struct urne_view){text.p, len});
		urne_buf_putc(f->out, '\n');
		len += end != NULL ? 1 : 0;
		text.p += len;
		text.len -= len;
	} while (text.len > 0);
}

static void
put_code(struct urne_page_flow *f, const struct urne_block *b)
{
	put_whole(f, b->text);
}

static void
put_qr(struct urne_page_flow *f, const struct urne_block *b)
{
	if (b->label.len > 0) {
		(void)urne_flow_put(f, "", b->label);
	}
	put_whole(f, b->text);
}

static void
put_facts(struct urne_page_flow *f, const struct urne_block *b)
{
	for (const struct urne_block *fact = b->child; fact != NULL; fact = fact->next) {
		urne_flow_fact(f, fact->label, fact->text);
	}
}

/* put_list numbers with figures of one width, so that the texts stand below each other. */
static void
put_list(struct urne_page_flow *f, const struct urne_block *b)
{
	struct urne_buf mark;
	size_t num = 0, digits = 1;

	for (const struct urne_block *e = b->child; e != NULL; e = e->next) {
		num++;
	}
	for (size_t n = num; n >= 10; n /= 10) {
		digits++;
	}
	num = 0;
	urne_buf_init(&mark, 64);
	for (const struct urne_block *e = b->child; e != NULL; e = e->next) {
		num++;
		urne_buf_reset(&mark);
		if (b->numbered) {
			urne_buf_printf(&mark, "%*zu. ", (int)digits, num);
		} else {
			urne_buf_puts(&mark, "- ");
		}
		urne_buf_putc(&mark, '\0');
		if (urne_buf_error(&mark) == URNE_OK) {
			(void)urne_flow_put(f, mark.data, e->text);
		} else {
			f->scratch.err = urne_buf_error(&mark);
		}
	}
	urne_buf_clear(&mark);
}

static void
put_details(struct urne_page_flow *f, const struct urne_block *b)
{
	(void)urne_flow_put(f, "", b->label);
}

/* Children (NULL) are put by their parents. */
static void (*const put[])(struct urne_page_flow *f, const struct urne_block *b) = {
    [URNE_BLOCK_HEADING] = put_heading,
    [URNE_BLOCK_PARAGRAPH] = put_paragraph,
    [URNE_BLOCK_NOTICE] = put_notice,
    [URNE_BLOCK_FACTS] = put_facts,
    [URNE_BLOCK_TABLE] = urne_flow_table,
    [URNE_BLOCK_BARS] = urne_flow_bars,
    [URNE_BLOCK_LIST] = put_list,
    [URNE_BLOCK_DETAILS] = put_details,
    [URNE_BLOCK_CODE] = put_code,
    [URNE_BLOCK_TYPED] = put_code,
    [URNE_BLOCK_QR] = put_qr,
};

void
urne_page_render_text(struct urne_buf *out, const struct urne_page *p, size_t columns)
{
	struct urne_page_flow f = {.out = out, .french = urne_view_is(p->lang, "fr")};
	struct urne_page_walk w = urne_page_walk_from(p);
	size_t deepest;
	enum urne_err e = urne_page_error(p);

	columns = columns > 0 && columns < MIN_COLUMNS ? MIN_COLUMNS : columns;
	/* however deep DETAILS stand, most of the line is left for text */
	deepest = columns > 0 ? columns / 4 : MIN_COLUMNS;
	urne_buf_init(&f.scratch, out->max);
	f.scratch.secret = p->arena->secret;
	for (; e == URNE_OK && w.at != NULL; urne_page_walk_on(&w)) {
		if (w.leaving) {
			continue;
		}
		f.indent = w.depth < deepest / STEP ? w.depth * STEP : deepest;
		f.width = columns > 0 ? columns - f.indent : 0;
		if (w.at != p->root.child) {
			urne_buf_putc(out, '\n');
		}
		put[w.at->kind](&f, w.at);
	}
	e = e == URNE_OK ? urne_buf_error(&f.scratch) : e;
	if (out->err == URNE_OK) {
		out->err = e;
	}
	urne_buf_clear(&f.scratch);
}
