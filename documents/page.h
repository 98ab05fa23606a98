/* SPDX-License-Identifier: EUPL-1.2 */
/* A page that people read, as data: headings, paragraphs, facts, tables, bars, a QR code. It is
 * composed once and rendered three ways: for a terminal, as HTML, as PDF. All texts are copied;
 * text from outside is safe to put in (renderers escape it and drop control characters). */
#ifndef URNE_DOCUMENTS_PAGE_H
#define URNE_DOCUMENTS_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

enum urne_block_kind {
	URNE_BLOCK_HEADING,   /* level 1..3; 1 is the title, once */
	URNE_BLOCK_PARAGRAPH, /* text */
	URNE_BLOCK_NOTICE,    /* text that must not be overlooked */
	URNE_BLOCK_FACTS,     /* children FACT: label, text */
	URNE_BLOCK_FACT,
	URNE_BLOCK_TABLE,   /* children ROW, the first is the head; text: the caption */
	URNE_BLOCK_ROW,	    /* children CELL */
	URNE_BLOCK_CELL,    /* text; numeric: set to the right */
	URNE_BLOCK_BARS,    /* children BAR; text: the caption */
	URNE_BLOCK_BAR,	    /* label, value of max, text ("1 203 votes, 54.32 %"); style */
	URNE_BLOCK_LIST,    /* children ENTRY; numbered: 1. 2. 3. */
	URNE_BLOCK_ENTRY,   /* text */
	URNE_BLOCK_DETAILS, /* label: what it is; children: blocks that HTML folds away */
	URNE_BLOCK_CODE,    /* text to be copied: a command, a hash */
	URNE_BLOCK_TYPED,   /* text to be typed line by line; label: the QR code beside it */
	URNE_BLOCK_QR,	    /* text: what it carries; label: what stands below it */
};

/* What a bar stands for; renderers also print its text, so nothing hangs on the colour. */
enum urne_bar_style {
	URNE_BAR_NEUTRAL,
	URNE_BAR_FOR,
	URNE_BAR_AGAINST,
	URNE_BAR_QUIET, /* blank, abstention, not on the list */
};

struct urne_block {
	enum urne_block_kind kind;
	unsigned level;
	bool numeric, numbered;
	enum urne_bar_style style;
	uint64_t value, max;
	struct urne_view label, text;
	struct urne_block *child, *last, *next, *parent;
};

/* A page being built. Errors stick; urne_page_error tells at the end. A page in a secret arena is
 * secret: renderers wipe what they make of it, and `out` must be a secret buffer. */
struct urne_page {
	struct urne_arena *arena;
	struct urne_view lang;	/* "fr": of the whole page */
	struct urne_view title; /* of the document */
	struct urne_block root;
	struct urne_block *open; /* where blocks are added */
	enum urne_err err;
	bool has_title; /* its heading of level 1 is there */
};

void urne_page_init(
    struct urne_page *p, struct urne_arena *arena, struct urne_view lang, struct urne_view title);
/* urne_page_error: URNE_ERR_MEMORY or URNE_ERR_LIMIT of the arena; URNE_ERR_INTERNAL when blocks do
 * not fit together: a block inside one that cannot hold it, closing what is not open, a second
 * title, and, at the end, something that was never closed. After an error nothing is added. */
enum urne_err urne_page_error(const struct urne_page *p) URNE_MUST_USE;

/* Level 1 to 3; headings stand on the page or in DETAILS, level 1 only on the page. */
void urne_page_heading(struct urne_page *p, unsigned level, struct urne_view text);
/* urne_page_text adds a PARAGRAPH, NOTICE or CODE. Line ends in their text are kept; in
 * every other text a line end is a space. */
void urne_page_text(struct urne_page *p, enum urne_block_kind kind, struct urne_view text);
/* urne_page_open begins FACTS, TABLE, ROW, BARS, LIST or DETAILS; label: of DETAILS; text: caption
 * of TABLE and BARS. urne_page_close ends the innermost one. */
void urne_page_open(
    struct urne_page *p, enum urne_block_kind kind, struct urne_view label_or_caption);
/* urne_page_open_numbered begins a LIST whose entries are numbered. */
void urne_page_open_numbered(struct urne_page *p);
void urne_page_close(struct urne_page *p);
void urne_page_fact(struct urne_page *p, struct urne_view label, struct urne_view text);
void urne_page_cell(struct urne_page *p, bool numeric, struct urne_view text);
void urne_page_bar(struct urne_page *p, enum urne_bar_style style, struct urne_view label,
    uint64_t value, uint64_t max, struct urne_view text);
void urne_page_entry(struct urne_page *p, struct urne_view text);
/* urne_page_typed adds TYPED: lines that a person types from paper, kept as they are, and beside
 * them a code that carries `content`, which may be empty: then there is none. */
void urne_page_typed(struct urne_page *p, struct urne_view lines, struct urne_view content);
void urne_page_qr(struct urne_page *p, struct urne_view content, struct urne_view caption);

/* The renderers. text: at most `columns` wide (0: no wrapping; below 20 counts as 20), no control
 * characters reach the terminal; CODE, TYPED and what a QR code carries are never broken, so that
 * they can be copied. html: one complete document without any reference to elsewhere, usable on a
 * phone, in print, light and dark, with lang set; bars as inline SVG. An error of the page, or of a
 * QR code, becomes the error of `out`. */
void urne_page_render_text(struct urne_buf *out, const struct urne_page *p, size_t columns);
void urne_page_render_html(struct urne_buf *out, const struct urne_page *p);
/* urne_page_policy appends the Content-Security-Policy that such a document names in itself, for
 * whoever serves it: its one style sheet, by its hash, and nothing else. */
void urne_page_policy(struct urne_buf *out);
/* pdf: A4, tagged, numbered pages with `footer` on each; same page and footer, same bytes.
 * URNE_ERR_INTERNAL when a library fails, URNE_ERR_IO when the font is not installed,
 * URNE_ERR_LIMIT for a text above 64 KiB, more than 64 columns, a footer taller than a quarter of
 * the sheet. */
enum urne_err urne_page_render_pdf(struct urne_buf *out, struct urne_diag *d,
    const struct urne_page *p, struct urne_view footer) URNE_MUST_USE;

/* urne_qr makes the modules of a QR code (error correction M): *size rows of *size bytes, 1 is
 * dark, without the quiet zone. In arena. URNE_ERR_RANGE for no content, URNE_ERR_LIMIT above 2331
 * bytes. */
enum urne_err urne_qr(const uint8_t **modules, size_t *size, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view content) URNE_MUST_USE;

#endif
