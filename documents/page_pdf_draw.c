/* SPDX-License-Identifier: EUPL-1.2 */
/* The file, by Cairo: sheets, footers, marks, tags for those who listen, bookmarks. Here, and only
 * here, lengths become the floating-point numbers that Cairo takes. Nothing of the machine gets in:
 * Cairo would add the time of day, and does not when the date is taken away. */
#include "documents/page_pdf.h"

#include <stdio.h>
#include <string.h>

#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pango.h>

#define MAX_DEPTH 3

struct element {
	const char *name;
	unsigned id;
};

struct pen {
	struct urne_pdf_doc *doc;
	cairo_surface_t *surface;
	cairo_t *cr;
	struct element open[MAX_DEPTH]; /* inside Document */
	size_t depth;
	bool leaf_open;
	int bookmarks[4]; /* the last one of each level; 0: none */
	unsigned num_sheets;
};

static cairo_status_t
write_bytes(void *out, const unsigned char *data, unsigned length)
{
	struct urne_buf *b = out;

	urne_buf_put(b, data, length);
	return urne_buf_error(b) == URNE_OK ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* ---- tags ------------------------------------------------------------------------------------ */

static const struct {
	size_t depth;
	const char *names[MAX_DEPTH];
} roles[] = {
    [URNE_PDF_ROLE_NONE] = {0, {NULL}},
    [URNE_PDF_ROLE_P] = {1, {"P"}},
    [URNE_PDF_ROLE_H1] = {1, {"H1"}},
    [URNE_PDF_ROLE_H2] = {1, {"H2"}},
    [URNE_PDF_ROLE_H3] = {1, {"H3"}},
    [URNE_PDF_ROLE_CAPTION] = {2, {"Table", "Caption"}},
    [URNE_PDF_ROLE_TH] = {3, {"Table", "TR", "TH"}},
    [URNE_PDF_ROLE_TD] = {3, {"Table", "TR", "TD"}},
    [URNE_PDF_ROLE_LBL] = {3, {"L", "LI", "Lbl"}},
    [URNE_PDF_ROLE_LBODY] = {3, {"L", "LI", "LBody"}},
    [URNE_PDF_ROLE_FIGURE] = {1, {"Figure"}},
};

static void
close_to(struct pen *pen, size_t depth)
{
	while (pen->depth > depth) {
		pen->depth--;
		cairo_tag_end(pen->cr, pen->open[pen->depth].name);
	}
	pen->leaf_open = false;
}

/* close_leaf: content between leaves is decoration. Tables and lists stay open. */
static void
close_leaf(struct pen *pen)
{
	if (pen->leaf_open) {
		close_to(pen, pen->depth - 1);
	}
}

/* enter closes what a mark is not part of and opens what it is part of. */
static void
enter(struct pen *pen, const struct urne_pdf_tag *tag)
{
	size_t depth = roles[tag->role].depth, same = 0;
	struct element path[MAX_DEPTH] = {{0}};

	if (depth == 0) {
		close_leaf(pen);
		return;
	}
	path[0].id = tag->block;
	path[1].id = tag->row;
	path[depth - 1].id = tag->leaf;
	for (size_t i = 0; i < depth; i++) {
		path[i].name = roles[tag->role].names[i];
	}
	while (same < depth && same < pen->depth && pen->open[same].id == path[same].id &&
	       strcmp(pen->open[same].name, path[same].name) == 0) {
		same++;
	}
	if (same == depth && pen->depth == depth) {
		return;
	}
	close_to(pen, same);
	for (size_t i = same; i < depth; i++) {
		cairo_tag_begin(pen->cr, path[i].name, NULL);
		pen->open[i] = path[i];
	}
	pen->depth = depth;
	pen->leaf_open = true;
}

/* bookmark puts a heading into the outline below the last one of a higher level. */
static void
bookmark(struct pen *pen, const struct urne_pdf_place *place)
{
	unsigned level = place->piece->level;
	int parent = CAIRO_PDF_OUTLINE_ROOT;
	char where[80];

	for (unsigned i = 1; i < level; i++) {
		parent = pen->bookmarks[i] != 0 ? pen->bookmarks[i] : parent;
	}
	(void)snprintf(where, sizeof(where), "page=%u pos=[%d %d]", place->sheet + 1,
	    URNE_PDF_LEFT / URNE_PDF_PT(1), place->y / URNE_PDF_PT(1));
	pen->bookmarks[level] = cairo_pdf_surface_add_outline(pen->surface, parent,
	    place->piece->heading.p, where, level < 2 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
	for (unsigned i = level + 1; i <= 3; i++) {
		pen->bookmarks[i] = 0;
	}
}

/* ---- marks ----------------------------------------------------------------------------------- */

static void
set_shade(cairo_t *cr, enum urne_pdf_shade shade)
{
	static const struct {
		int red, green, blue; /* of 255 */
	} shades[URNE_PDF_NUM_SHADES] = {
	    [URNE_PDF_INK] = {0x11, 0x11, 0x11},
	    [URNE_PDF_SOFT_INK] = {0x50, 0x50, 0x50},
	    [URNE_PDF_HAIR] = {0xb8, 0xb8, 0xb8},
	    [URNE_PDF_PAPER] = {0xf1, 0xf1, 0xf1},
	    [URNE_PDF_FOR] = {0x1d, 0x3f, 0x66},
	    [URNE_PDF_AGAINST] = {0x9a, 0x45, 0x1c},
	    [URNE_PDF_NEUTRAL] = {0x6a, 0x6a, 0x6a},
	    [URNE_PDF_QUIET] = {0xb4, 0xb4, 0xb4},
	};

	cairo_set_source_rgb(
	    cr, shades[shade].red / 255.0, shades[shade].green / 255.0, shades[shade].blue / 255.0);
}

static void
rectangle(cairo_t *cr, int x, int y, int width, int height)
{
	cairo_rectangle(cr, pango_units_to_double(x), pango_units_to_double(y),
	    pango_units_to_double(width), pango_units_to_double(height));
}

static void
draw_hatch(cairo_t *cr, const struct urne_pdf_mark *m, int x, int y)
{
	const int step = URNE_PDF_PT(3), half = URNE_PDF_PT(1) / 4;

	cairo_save(cr);
	rectangle(cr, x, y, m->width, m->height);
	cairo_clip(cr);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	set_shade(cr, m->shade);
	cairo_set_line_width(cr, 1);
	for (int from = -m->height; from < m->width; from += step) {
		cairo_move_to(
		    cr, pango_units_to_double(x + from), pango_units_to_double(y + m->height));
		cairo_line_to(
		    cr, pango_units_to_double(x + from + m->height), pango_units_to_double(y));
	}
	cairo_stroke(cr);
	rectangle(cr, x + half, y + half, m->width - 2 * half, m->height - 2 * half);
	cairo_set_line_width(cr, 0.5);
	cairo_stroke(cr);
	cairo_restore(cr);
}

/* All modules are one path, so that no fine white lines show between them. */
static void
draw_qr(cairo_t *cr, const struct urne_pdf_mark *m, int x, int y)
{
	int module = m->width / (int)m->size;

	cairo_set_source_rgb(cr, 0, 0, 0);
	for (size_t row = 0; row < m->size; row++) {
		size_t column = 0;

		while (column < m->size) {
			size_t from = column;

			while (column < m->size && m->modules[row * m->size + column] == 1) {
				column++;
			}
			if (column > from) {
				rectangle(cr, x + module * (int)from, y + module * (int)row,
				    module * (int)(column - from), module);
			} else {
				column++;
			}
		}
	}
	cairo_fill(cr);
}

static void
draw_mark(struct pen *pen, const struct urne_pdf_mark *m, int left, int top)
{
	int x = left + m->x, y = top + m->y;

	switch (m->kind) {
	case URNE_PDF_MARK_TEXT:
		set_shade(pen->cr, m->shade);
		urne_pdf_type_draw(
		    pen->doc->type, pen->cr, m->text, m->first, m->num, (const int[2]){x, y});
		break;
	case URNE_PDF_MARK_FILL:
		set_shade(pen->cr, m->shade);
		rectangle(pen->cr, x, y, m->width, m->height);
		cairo_fill(pen->cr);
		break;
	case URNE_PDF_MARK_HATCH:
		draw_hatch(pen->cr, m, x, y);
		break;
	case URNE_PDF_MARK_QR:
		draw_qr(pen->cr, m, x, y);
		break;
	}
}

/* ---- sheets ---------------------------------------------------------------------------------- */

static void
draw_footer(struct pen *pen, unsigned sheet)
{
	const struct urne_pdf_mark rule = {.kind = URNE_PDF_MARK_FILL,
	    .shade = URNE_PDF_HAIR,
	    .width = URNE_PDF_WIDTH,
	    .height = URNE_PDF_PT(1) / 3};
	struct urne_pdf_mark text = {.kind = URNE_PDF_MARK_TEXT, .shade = URNE_PDF_SOFT_INK};
	struct urne_pdf_text *number;
	char room[40];
	int y = URNE_PDF_SHEET_HEIGHT - URNE_PDF_FOOT - urne_pdf_text_height(pen->doc->footer);

	draw_mark(pen, &rule, URNE_PDF_LEFT, y - URNE_PDF_PT(5));
	text.text = pen->doc->footer;
	text.num = text.text->num_lines;
	draw_mark(pen, &text, URNE_PDF_LEFT, y);
	(void)snprintf(room, sizeof(room), "%u / %u", sheet + 1, pen->num_sheets);
	number = urne_pdf_text(pen->doc, urne_view_of(room), URNE_PDF_FOOTER);
	if (number == NULL) {
		return;
	}
	number->right = true;
	text.text = urne_pdf_wrap(pen->doc, number, URNE_PDF_WIDTH);
	if (text.text != NULL) {
		text.num = 1;
		draw_mark(pen, &text, URNE_PDF_LEFT, y);
	}
}

static void
end_sheet(struct pen *pen, unsigned sheet)
{
	close_leaf(pen);
	draw_footer(pen, sheet);
	cairo_show_page(pen->cr);
}

static void
draw_places(struct pen *pen, const struct urne_pdf_place *place)
{
	static const struct urne_pdf_tag decoration = {URNE_PDF_ROLE_NONE, 0, 0, 0};
	unsigned sheet = 0;

	cairo_tag_begin(pen->cr, "Document", NULL);
	for (; place != NULL; place = place->next) {
		while (sheet < place->sheet) {
			end_sheet(pen, sheet++);
		}
		for (const struct urne_pdf_mark *m = place->piece->first; m != NULL; m = m->next) {
			enter(pen, place->again ? &decoration : &m->tag);
			draw_mark(pen, m, URNE_PDF_LEFT, place->y);
		}
		if (place->piece->level > 0) {
			bookmark(pen, place);
		}
	}
	end_sheet(pen, sheet);
	close_to(pen, 0);
	cairo_tag_end(pen->cr, "Document");
}

/* The surface has no date of creation, which would be that of the clock. */
static void
set_metadata(cairo_surface_t *surface, struct urne_pdf_doc *doc, struct urne_view title)
{
	const struct urne_pdf_text *safe = urne_pdf_text(doc, title, URNE_PDF_BODY);

	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, NULL);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, NULL);
	if (safe != NULL && safe->text.len > 0) {
		cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, safe->text.p);
	}
}

enum urne_err
urne_pdf_draw(struct urne_buf *out, struct urne_diag *d, struct urne_pdf_doc *doc,
    const struct urne_page *p, const struct urne_pdf_place *places, unsigned num_sheets)
{
	struct pen pen = {.doc = doc, .num_sheets = num_sheets};
	cairo_status_t status;

	pen.surface = cairo_pdf_surface_create_for_stream(write_bytes, out,
	    pango_units_to_double(URNE_PDF_SHEET_WIDTH),
	    pango_units_to_double(URNE_PDF_SHEET_HEIGHT));
	set_metadata(pen.surface, doc, p->title);
	pen.cr = cairo_create(pen.surface);
	draw_places(&pen, places);
	status = cairo_status(pen.cr);
	cairo_destroy(pen.cr);
	cairo_surface_finish(pen.surface);
	if (status == CAIRO_STATUS_SUCCESS) {
		status = cairo_surface_status(pen.surface);
	}
	cairo_surface_destroy(pen.surface);
	if (urne_buf_error(out) != URNE_OK) {
		return urne_fail(d, urne_buf_error(out), "page: the PDF is larger than allowed");
	}
	if (status != CAIRO_STATUS_SUCCESS) {
		return urne_fail(
		    d, URNE_ERR_INTERNAL, "page: Cairo failed: %s", cairo_status_to_string(status));
	}
	return URNE_OK;
}
