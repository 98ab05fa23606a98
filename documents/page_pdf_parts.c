/* SPDX-License-Identifier: EUPL-1.2 */
/* Texts, pieces and rows. A row is cut only when it would not fit on any sheet; everything else
 * about sheets is decided later, by the flow. */
#include "base/safe_text.h"
#include "documents/page_pdf.h"

#include <limits.h>

/* So long a text, in the largest font and one letter to a line, is still measured by an int. */
#define MAX_TEXT ((size_t)64 << 10)
/* Of a sheet: what a row is cut into when it does not fit on one. */
#define PARTS 5

void
urne_pdf_fail(struct urne_pdf_doc *doc, enum urne_err e, const char *sentence)
{
	if (doc->err == URNE_OK) {
		doc->err = urne_fail(&doc->diag, e, "%s", sentence);
	}
}

void *
urne_pdf_alloc(struct urne_pdf_doc *doc, size_t num, size_t size)
{
	void *p = doc->err == URNE_OK ? urne_arena_alloc(doc->arena, num, size) : NULL;

	if (p == NULL && !urne_arena_fits(doc->arena, num, size)) {
		urne_pdf_fail(doc, URNE_ERR_LIMIT, "page: it is too long to be printed");
	} else if (p == NULL) {
		urne_pdf_fail(doc, URNE_ERR_MEMORY, "page: no memory");
	}
	return p;
}

/* make_safe writes at most text.len bytes: a question mark is no longer than what it stands for. */
static size_t
make_safe(char *out, struct urne_view text, bool keep_lines)
{
	size_t len = 0;

	while (text.len > 0) {
		char c = text.p[0];
		struct urne_view safe = urne_safe_char(&text);

		if (c == '\n' && keep_lines) {
			safe = urne_view_of("\n");
		} else if (c == '\n' || c == '\t') {
			safe = urne_view_of(" ");
		}
		for (size_t i = 0; i < safe.len; i++) {
			out[len++] = safe.p[i];
		}
	}
	return len;
}

static struct urne_pdf_text *
new_text(struct urne_pdf_doc *doc, struct urne_view from, enum urne_pdf_font font, bool keep_lines)
{
	struct urne_pdf_text *text;
	char *safe;

	if (from.len > MAX_TEXT) {
		urne_pdf_fail(doc, URNE_ERR_LIMIT,
		    "page: one text of it is longer than 64 KiB, make several paragraphs of it");
		return NULL;
	}
	text = urne_pdf_alloc(doc, 1, sizeof(*text));
	safe = urne_pdf_alloc(doc, from.len + 1, 1);
	if (text == NULL || safe == NULL) {
		return NULL;
	}
	text->text = (struct urne_view){safe, make_safe(safe, from, keep_lines)};
	text->font = font;
	return text;
}

struct urne_pdf_text *
urne_pdf_text(struct urne_pdf_doc *doc, struct urne_view text, enum urne_pdf_font font)
{
	return new_text(doc, text, font, false);
}

struct urne_pdf_text *
urne_pdf_lines(struct urne_pdf_doc *doc, struct urne_view text, enum urne_pdf_font font)
{
	return new_text(doc, text, font, true);
}

const struct urne_pdf_text *
urne_pdf_wrap(struct urne_pdf_doc *doc, struct urne_pdf_text *text, int width)
{
	if (text == NULL || doc->err != URNE_OK) {
		return NULL;
	}
	text->width = width;
	if (urne_pdf_type_break(text, doc->type, doc->arena) != URNE_OK) {
		urne_pdf_fail(doc, URNE_ERR_LIMIT, "page: it is too long to be printed");
		return NULL;
	}
	return text;
}

int
urne_pdf_whole_width(struct urne_pdf_doc *doc, const struct urne_pdf_text *text)
{
	int word = 0, whole = 0;

	if (text != NULL && doc->err == URNE_OK) {
		urne_pdf_type_widths(&word, &whole, doc->type, text);
	}
	return whole;
}

/* height_of lines first .. end-1. */
static int
height_of(const struct urne_pdf_text *text, size_t first, size_t end)
{
	return end > first
		   ? text->lines[end - 1].y + text->lines[end - 1].height - text->lines[first].y
		   : 0;
}

int
urne_pdf_text_height(const struct urne_pdf_text *text)
{
	return text != NULL ? height_of(text, 0, text->num_lines) : 0;
}

unsigned
urne_pdf_tag_next(struct urne_pdf_doc *doc)
{
	return ++doc->num_tags;
}

struct urne_pdf_piece *
urne_pdf_piece_add(struct urne_pdf_doc *doc, int gap, int height)
{
	struct urne_pdf_piece *piece = urne_pdf_alloc(doc, 1, sizeof(*piece));

	if (piece == NULL) {
		return NULL;
	}
	piece->gap = gap;
	piece->height = height;
	if (doc->last == NULL) {
		doc->first = piece;
	} else {
		doc->last->next = piece;
	}
	doc->last = piece;
	return piece;
}

void
urne_pdf_keep_last(struct urne_pdf_doc *doc)
{
	if (doc->last != NULL) {
		doc->last->keep = true;
	}
}

void
urne_pdf_mark_add(
    struct urne_pdf_doc *doc, struct urne_pdf_piece *piece, const struct urne_pdf_mark *mark)
{
	struct urne_pdf_mark *copy = urne_pdf_alloc(doc, 1, sizeof(*copy));

	if (copy == NULL || piece == NULL) {
		return;
	}
	*copy = *mark;
	if (piece->last == NULL) {
		piece->first = copy;
	} else {
		piece->last->next = copy;
	}
	piece->last = copy;
}

/* How far the cells of a row are laid out: the next line of each. */
struct cut {
	const struct urne_pdf_row *row;
	size_t *next, *end; /* lines of this piece */
	int limit;	    /* height for the lines of one piece */
	int height;	    /* of the lines of this piece */
	bool is_first, is_done;
};

/* reach: down to the end of the lines, or to where the next one begins. */
static int
reach(const struct urne_pdf_text *text, size_t first, size_t end)
{
	return end < text->num_lines ? text->lines[end].y - text->lines[first].y
				     : height_of(text, first, end);
}

/* take gives each cell the lines that fit into one piece, and at least one, so that it ends. */
static void
take(struct cut *c)
{
	const struct urne_pdf_row *row = c->row;

	c->height = c->is_first ? row->min_height : 0;
	c->is_done = true;
	for (size_t i = 0; i < row->num_cells; i++) {
		const struct urne_pdf_text *text = row->cells[i].text;
		int y = c->is_first ? row->cells[i].y : 0;
		size_t end = c->next[i];

		while (
		    end < text->num_lines &&
		    (end == c->next[i] || y + height_of(text, c->next[i], end + 1) <= c->limit)) {
			end++;
		}
		c->end[i] = end;
		c->is_done = c->is_done && end == text->num_lines;
		if (end > c->next[i] && y + reach(text, c->next[i], end) > c->height) {
			c->height = y + reach(text, c->next[i], end);
		}
	}
}

static void
decorate(struct urne_pdf_doc *doc, struct urne_pdf_piece *piece, const struct urne_pdf_row *row)
{
	if (row->shaded) {
		urne_pdf_mark_add(doc, piece,
		    &(struct urne_pdf_mark){.kind = URNE_PDF_MARK_FILL,
			.shade = URNE_PDF_PAPER,
			.width = row->width,
			.height = piece->height});
	}
	if (row->edge > 0) {
		urne_pdf_mark_add(doc, piece,
		    &(struct urne_pdf_mark){.kind = URNE_PDF_MARK_FILL,
			.shade = URNE_PDF_INK,
			.width = row->edge,
			.height = piece->height});
	}
	if (row->rule > 0) {
		urne_pdf_mark_add(doc, piece,
		    &(struct urne_pdf_mark){.kind = URNE_PDF_MARK_FILL,
			.shade = row->rule_shade,
			.y = piece->height - row->rule,
			.width = row->width,
			.height = row->rule});
	}
}

/* put_lines appends the piece that take() has found. Where a row is cut it has neither padding nor
 * rule, so that its lines go on evenly. */
static struct urne_pdf_piece *
put_lines(struct urne_pdf_doc *doc, const struct cut *c)
{
	struct urne_pdf_row part = *c->row;
	const struct urne_pdf_row *row = &part;
	int above = c->is_first ? row->padding : 0, below = c->is_done ? row->padding : 0;
	unsigned tag = urne_pdf_tag_next(doc);
	struct urne_pdf_piece *piece;

	part.gap = c->is_first ? row->gap : 0;
	part.rule = c->is_done ? row->rule : 0;
	piece = urne_pdf_piece_add(doc, row->gap, above + c->height + below + row->rule);
	if (piece == NULL) {
		return NULL;
	}
	piece->keep = row->keep && c->is_done;
	piece->head = row->head;
	decorate(doc, piece, row);
	for (size_t i = 0; i < row->num_cells; i++) {
		const struct urne_pdf_cell *cell = &row->cells[i];

		urne_pdf_mark_add(doc, piece,
		    &(struct urne_pdf_mark){
			.kind = URNE_PDF_MARK_TEXT,
			.shade = cell->shade,
			.x = cell->x,
			.y = above + (c->is_first ? cell->y : 0),
			.text = cell->text,
			.first = c->next[i],
			.num = c->end[i] - c->next[i],
			.tag = {cell->role, row->block, tag, urne_pdf_tag_next(doc)},
		    });
		c->next[i] = c->end[i];
	}
	return piece;
}

struct urne_pdf_piece *
urne_pdf_row_add(struct urne_pdf_doc *doc, const struct urne_pdf_row *row)
{
	struct urne_pdf_piece *first = NULL;
	struct cut c = {
	    .row = row,
	    .next = urne_pdf_alloc(doc, row->num_cells, sizeof(*c.next)),
	    .end = urne_pdf_alloc(doc, row->num_cells, sizeof(*c.end)),
	    .limit = doc->bottom - doc->top - 2 * row->padding - row->rule -
		     (row->head != NULL ? row->head->height : 0),
	    .is_first = true,
	};

	if (doc->err != URNE_OK) {
		return NULL;
	}
	take(&c);
	if (!c.is_done) {
		/* parts small enough to begin below what is already on the sheet */
		c.limit /= PARTS;
	}
	do {
		struct urne_pdf_piece *piece;

		take(&c);
		piece = put_lines(doc, &c);
		first = c.is_first ? piece : first;
		c.is_first = false;
	} while (!c.is_done && doc->err == URNE_OK);
	return first;
}
