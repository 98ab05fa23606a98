/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside of the PDF renderer. A page becomes pieces (strips that are never torn, each with marks:
 * lines of text, filled areas, a QR code), the pieces find their places on sheets of A4, and only
 * then, when the number of sheets is known, everything is drawn.
 *
 * All lengths are whole numbers of 1/1024 point, Pango's unit, to the right and downwards. */
#ifndef URNE_DOCUMENTS_PAGE_PDF_H
#define URNE_DOCUMENTS_PAGE_PDF_H

#include "documents/page.h"

#define URNE_PDF_PT(n) ((n)*1024)
#define URNE_PDF_MM(n) ((n)*2903)

#define URNE_PDF_SHEET_WIDTH  609562 /* 210 mm */
#define URNE_PDF_SHEET_HEIGHT 862095 /* 297 mm */
#define URNE_PDF_LEFT	      URNE_PDF_MM(22)
#define URNE_PDF_TOP	      URNE_PDF_MM(20)
#define URNE_PDF_FOOT	      URNE_PDF_MM(12) /* below the footer */
#define URNE_PDF_WIDTH	      (URNE_PDF_SHEET_WIDTH - 2 * URNE_PDF_LEFT)

/* More do not fit on paper. */
#define URNE_PDF_MAX_COLUMNS 64

/* ---- text ------------------------------------------------------------------------------------ */

enum urne_pdf_font {
	URNE_PDF_TITLE,
	URNE_PDF_HEADING,
	URNE_PDF_SUBHEADING,
	URNE_PDF_BODY,
	URNE_PDF_LABEL,
	URNE_PDF_CAPTION,
	URNE_PDF_CODE,
	URNE_PDF_TYPED,
	URNE_PDF_FOOTER,
	URNE_PDF_CELL, /* three sizes, for tables of few and of many columns */
	URNE_PDF_CELL_SMALL,
	URNE_PDF_CELL_TINY,
	URNE_PDF_HEAD,
	URNE_PDF_HEAD_SMALL,
	URNE_PDF_HEAD_TINY,
	URNE_PDF_NUM_FONTS,
};

struct urne_pdf_line {
	int x, y, height; /* from the corner of the text */
	int baseline;
};

/* A text to be set, safe UTF-8; its lines are there once its width is known. */
struct urne_pdf_text {
	struct urne_view text;
	enum urne_pdf_font font;
	bool right; /* set to the right */
	int width;
	const struct urne_pdf_line *lines;
	size_t num_lines;
};

/* The typesetter: fonts and the one Pango layout that all texts go through. */
struct urne_pdf_type;
struct _cairo;

/* urne_pdf_type_open: URNE_ERR_IO when a font is not installed. Close it in any case. */
enum urne_err urne_pdf_type_open(struct urne_pdf_type **out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view lang) URNE_MUST_USE;
void urne_pdf_type_close(struct urne_pdf_type *t);
/* urne_pdf_type_break finds the lines of a text. In arena. */
enum urne_err urne_pdf_type_break(
    struct urne_pdf_text *text, struct urne_pdf_type *t, struct urne_arena *arena) URNE_MUST_USE;
/* urne_pdf_type_widths: of the longest word, and of the text without any break. */
void urne_pdf_type_widths(
    int *word, int *whole, struct urne_pdf_type *t, const struct urne_pdf_text *text);
/* urne_pdf_type_draw draws lines first .. first+num-1, the corner of the first at (x, y). */
void urne_pdf_type_draw(struct urne_pdf_type *t, struct _cairo *cr,
    const struct urne_pdf_text *text, size_t first, size_t num, const int at[2]);

/* ---- pieces ---------------------------------------------------------------------------------- */

/* What a mark is for those who listen to the page. */
enum urne_pdf_role {
	URNE_PDF_ROLE_NONE, /* decoration */
	URNE_PDF_ROLE_P,
	URNE_PDF_ROLE_H1,
	URNE_PDF_ROLE_H2,
	URNE_PDF_ROLE_H3,
	URNE_PDF_ROLE_CAPTION,
	URNE_PDF_ROLE_TH,
	URNE_PDF_ROLE_TD,
	URNE_PDF_ROLE_LBL,
	URNE_PDF_ROLE_LBODY,
	URNE_PDF_ROLE_FIGURE,
};

/* Marks with the same numbers are in the same table, row and cell. */
struct urne_pdf_tag {
	enum urne_pdf_role role;
	unsigned block, row, leaf;
};

enum urne_pdf_mark_kind {
	URNE_PDF_MARK_TEXT,
	URNE_PDF_MARK_FILL,
	URNE_PDF_MARK_HATCH, /* hatched, with an outline */
	URNE_PDF_MARK_QR,
};

enum urne_pdf_shade {
	URNE_PDF_INK,
	URNE_PDF_SOFT_INK, /* labels, footer */
	URNE_PDF_HAIR,	   /* thin rules */
	URNE_PDF_PAPER,	   /* behind heads and code */
	URNE_PDF_FOR,
	URNE_PDF_AGAINST,
	URNE_PDF_NEUTRAL,
	URNE_PDF_QUIET,
	URNE_PDF_NUM_SHADES,
};

struct urne_pdf_mark {
	enum urne_pdf_mark_kind kind;
	enum urne_pdf_shade shade;
	int x, y, width, height; /* from the piece's corner at the left margin */
	const struct urne_pdf_text *text;
	size_t first, num; /* lines of text */
	const uint8_t *modules;
	size_t size; /* of a row of modules */
	struct urne_pdf_tag tag;
	struct urne_pdf_mark *next;
};

struct urne_pdf_piece {
	int gap; /* above, except at the top of a sheet */
	int height;
	bool keep;			   /* on the same sheet as the next piece */
	const struct urne_pdf_piece *head; /* drawn again where this begins a sheet */
	unsigned level;			   /* of a heading, for the outline; else 0 */
	struct urne_view heading;
	struct urne_pdf_mark *first, *last;
	struct urne_pdf_piece *next;
};

/* A document being laid out. Errors stick. */
struct urne_pdf_doc {
	struct urne_arena *arena;
	struct urne_pdf_type *type;
	int top, bottom; /* of what is printed on, without the footer */
	const struct urne_pdf_text *footer;
	struct urne_pdf_piece *first, *last;
	unsigned num_tags;
	enum urne_err err;
	struct urne_diag diag;
};

/* urne_pdf_fail keeps the first error. */
void urne_pdf_fail(struct urne_pdf_doc *doc, enum urne_err e, const char *sentence);
/* urne_pdf_alloc returns zeroed memory of the arena, or NULL and the error sticks. */
void *urne_pdf_alloc(struct urne_pdf_doc *doc, size_t num, size_t size);
/* urne_pdf_text makes a text safe; line ends become spaces. NULL only after an error, as with all
 * that follows here, and all of it accepts that NULL. */
struct urne_pdf_text *urne_pdf_text(
    struct urne_pdf_doc *doc, struct urne_view text, enum urne_pdf_font font);
/* urne_pdf_lines: the same, line ends are kept. */
struct urne_pdf_text *urne_pdf_lines(
    struct urne_pdf_doc *doc, struct urne_view text, enum urne_pdf_font font);
/* urne_pdf_wrap breaks the text into lines of at most `width`, and returns it. */
const struct urne_pdf_text *urne_pdf_wrap(
    struct urne_pdf_doc *doc, struct urne_pdf_text *text, int width);
/* urne_pdf_whole_width: how wide the text is without a break. */
int urne_pdf_whole_width(struct urne_pdf_doc *doc, const struct urne_pdf_text *text);
int urne_pdf_text_height(const struct urne_pdf_text *text);
/* urne_pdf_keep_last keeps what is there with what comes: the sentence that introduces a command.
 */
void urne_pdf_keep_last(struct urne_pdf_doc *doc);
/* urne_pdf_piece_add appends a piece, urne_pdf_mark_add a copy of a mark to it. */
struct urne_pdf_piece *urne_pdf_piece_add(struct urne_pdf_doc *doc, int gap, int height);
void urne_pdf_mark_add(
    struct urne_pdf_doc *doc, struct urne_pdf_piece *piece, const struct urne_pdf_mark *mark);

struct urne_pdf_cell {
	const struct urne_pdf_text *text;
	int x, y; /* y: further down than the padding, on the first sheet */
	enum urne_pdf_role role;
	enum urne_pdf_shade shade;
};

/* Cells side by side: a row of a table, a fact, an entry of a list; one cell: a heading, a box. */
struct urne_pdf_row {
	const struct urne_pdf_cell *cells;
	size_t num_cells;
	int gap, padding, min_height;
	int width; /* of shade and rule */
	bool keep, shaded;
	int edge; /* thickness of the rule on the left */
	int rule; /* of the rule below */
	enum urne_pdf_shade rule_shade;
	unsigned block; /* tag of the table or list */
	const struct urne_pdf_piece *head;
};

/* urne_pdf_row_add appends it as one piece; as several when it is taller than a sheet. Returns the
 * first, or NULL. */
struct urne_pdf_piece *urne_pdf_row_add(struct urne_pdf_doc *doc, const struct urne_pdf_row *row);

/* ---- blocks ---------------------------------------------------------------------------------- */

void urne_pdf_blocks(struct urne_pdf_doc *doc, const struct urne_page *p);
void urne_pdf_table(struct urne_pdf_doc *doc, const struct urne_block *table);
void urne_pdf_facts(struct urne_pdf_doc *doc, const struct urne_block *facts);
void urne_pdf_list(struct urne_pdf_doc *doc, const struct urne_block *list);
void urne_pdf_bars(struct urne_pdf_doc *doc, const struct urne_block *bars);
void urne_pdf_qr(struct urne_pdf_doc *doc, const struct urne_block *qr);
void urne_pdf_typed(struct urne_pdf_doc *doc, const struct urne_block *typed);
/* urne_pdf_caption adds the caption of a table or of bars, kept with what follows; nothing when
 * it is empty. Returns the gap above what follows. */
int urne_pdf_caption(struct urne_pdf_doc *doc, struct urne_view caption, unsigned block);
/* urne_pdf_tag_next returns a new number for a table, a list, a row or a leaf. */
unsigned urne_pdf_tag_next(struct urne_pdf_doc *doc);

/* ---- sheets ---------------------------------------------------------------------------------- */

struct urne_pdf_place {
	const struct urne_pdf_piece *piece;
	unsigned sheet; /* from 0 */
	int y;
	bool again; /* the head of a table once more: decoration */
	struct urne_pdf_place *next;
};

/* urne_pdf_flow places all pieces, in their order; *num_sheets is at least 1. */
void urne_pdf_flow(
    const struct urne_pdf_place **places, unsigned *num_sheets, struct urne_pdf_doc *doc);
/* urne_pdf_draw makes the file. URNE_ERR_INTERNAL when Cairo fails. */
enum urne_err urne_pdf_draw(struct urne_buf *out, struct urne_diag *d, struct urne_pdf_doc *doc,
    const struct urne_page *p, const struct urne_pdf_place *places,
    unsigned num_sheets) URNE_MUST_USE;

#endif
