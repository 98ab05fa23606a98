/* SPDX-License-Identifier: EUPL-1.2 */
/* Text by Pango, in the DejaVu fonts: what they lack (other scripts) Pango takes from the fonts of
 * the machine. Layouts are used for one text after the other, so nothing is kept but lines. */
#include "documents/page_pdf.h"

#include <limits.h>
#include <string.h>

#include <pango/pangocairo.h>

#define PACKAGE "fonts-dejavu-core"

/* A layout, the text it holds in lines, and how far that is drawn. */
struct slot {
	PangoLayout *layout;
	const struct urne_pdf_text *text;
	GSList *line; /* number `next` */
	size_t next;
	uint64_t used; /* when, in uses of any */
};

/* As many as a row of a table has cells, and the footer with its number: so a row that goes on over
 * many sheets is not broken into lines again for each. */
#define NUM_SLOTS ((size_t)URNE_PDF_MAX_COLUMNS + 2)

struct urne_pdf_type {
	PangoFontMap *map;
	PangoContext *context;
	struct slot slots[NUM_SLOTS];
	uint64_t num_uses;
	PangoFontDescription *fonts[URNE_PDF_NUM_FONTS];
};

/* Only faces of the package: it has neither italics nor condensed ones. */
static const struct {
	const char *family;
	bool bold;
	int size;
	int spacing; /* between lines, more than the font's own */
} fonts[URNE_PDF_NUM_FONTS] = {
    [URNE_PDF_TITLE] = {"DejaVu Serif", true, URNE_PDF_PT(19), URNE_PDF_PT(3)},
    [URNE_PDF_HEADING] = {"DejaVu Serif", true, URNE_PDF_PT(13), URNE_PDF_PT(2)},
    [URNE_PDF_SUBHEADING] = {"DejaVu Serif", true, URNE_PDF_PT(21) / 2, URNE_PDF_PT(2)},
    [URNE_PDF_BODY] = {"DejaVu Serif", false, URNE_PDF_PT(19) / 2, URNE_PDF_PT(3)},
    [URNE_PDF_LABEL] = {"DejaVu Sans", false, URNE_PDF_PT(17) / 2, URNE_PDF_PT(2)},
    [URNE_PDF_CAPTION] = {"DejaVu Sans", true, URNE_PDF_PT(17) / 2, URNE_PDF_PT(2)},
    [URNE_PDF_CODE] = {"DejaVu Sans Mono", false, URNE_PDF_PT(8), URNE_PDF_PT(2)},
    [URNE_PDF_TYPED] = {"DejaVu Sans Mono", false, URNE_PDF_PT(11), URNE_PDF_PT(9) / 2},
    [URNE_PDF_FOOTER] = {"DejaVu Sans", false, URNE_PDF_PT(7), URNE_PDF_PT(1)},
    [URNE_PDF_CELL] = {"DejaVu Sans", false, URNE_PDF_PT(8), URNE_PDF_PT(3) / 2},
    [URNE_PDF_CELL_SMALL] = {"DejaVu Sans", false, URNE_PDF_PT(7), URNE_PDF_PT(1)},
    [URNE_PDF_CELL_TINY] = {"DejaVu Sans", false, URNE_PDF_PT(6), URNE_PDF_PT(1)},
    [URNE_PDF_HEAD] = {"DejaVu Sans", true, URNE_PDF_PT(8), URNE_PDF_PT(3) / 2},
    [URNE_PDF_HEAD_SMALL] = {"DejaVu Sans", true, URNE_PDF_PT(7), URNE_PDF_PT(1)},
    [URNE_PDF_HEAD_TINY] = {"DejaVu Sans", true, URNE_PDF_PT(6), URNE_PDF_PT(1)},
};

static PangoFontDescription *
describe(enum urne_pdf_font font)
{
	PangoFontDescription *desc = pango_font_description_new();

	pango_font_description_set_family_static(desc, fonts[font].family);
	pango_font_description_set_weight(
	    desc, fonts[font].bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_absolute_size(desc, fonts[font].size);
	return desc;
}

/* fontconfig answers every question with some font; whether it is the one asked for shows in the
 * description of the font that came. */
static bool
is_installed(struct urne_pdf_type *t, enum urne_pdf_font font)
{
	PangoFont *found = NULL;
	PangoFontDescription *desc = NULL;
	const char *family;
	bool is_it = false;

	if (pango_font_map_get_family(t->map, fonts[font].family) == NULL) {
		return false;
	}
	found = pango_font_map_load_font(t->map, t->context, t->fonts[font]);
	if (found == NULL) {
		return false;
	}
	desc = pango_font_describe(found);
	family = pango_font_description_get_family(desc);
	is_it = family != NULL && strcmp(family, fonts[font].family) == 0 &&
		pango_font_description_get_weight(desc) ==
		    pango_font_description_get_weight(t->fonts[font]);
	pango_font_description_free(desc);
	g_object_unref(found);
	return is_it;
}

/* Glyphs stand where the font's own measures put them, whatever the screen settings of this
 * machine are: otherwise lines would break elsewhere on another one. */
static void
leave_hinting_out(PangoContext *context)
{
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_context_set_round_glyph_positions(context, FALSE);
}

/* A hyphen that is not in the text would be read as a part of it: of a hash, of a command. */
static void
leave_hyphens_out(PangoLayout *layout)
{
	PangoAttrList *attributes = pango_attr_list_new();

	pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
	pango_layout_set_attributes(layout, attributes);
	pango_attr_list_unref(attributes);
}

enum urne_err
urne_pdf_type_open(struct urne_pdf_type **out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view lang)
{
	struct urne_pdf_type *t = urne_arena_alloc(arena, 1, sizeof(*t));
	struct urne_view code;

	*out = NULL;
	if (t == NULL || urne_arena_copy(arena, &code, lang) != URNE_OK) {
		return urne_fail(d, URNE_ERR_MEMORY, "page: no memory");
	}
	*out = t;
	t->map = pango_cairo_font_map_new();
	t->context = pango_font_map_create_context(t->map);
	leave_hinting_out(t->context);
	pango_context_set_language(t->context, pango_language_from_string(code.p));
	for (size_t i = 0; i < NUM_SLOTS; i++) {
		t->slots[i].layout = pango_layout_new(t->context);
		leave_hyphens_out(t->slots[i].layout);
	}
	for (unsigned i = 0; i < URNE_PDF_NUM_FONTS; i++) {
		t->fonts[i] = describe((enum urne_pdf_font)i);
		if (!is_installed(t, (enum urne_pdf_font)i)) {
			return urne_fail(d, URNE_ERR_IO,
			    "the font %s%s is not on this machine: install the package %s",
			    fonts[i].family, fonts[i].bold ? " Bold" : "", PACKAGE);
		}
	}
	return URNE_OK;
}

void
urne_pdf_type_close(struct urne_pdf_type *t)
{
	if (t == NULL) {
		return;
	}
	for (unsigned i = 0; i < URNE_PDF_NUM_FONTS; i++) {
		pango_font_description_free(t->fonts[i]);
		t->fonts[i] = NULL;
	}
	for (size_t i = 0; i < NUM_SLOTS; i++) {
		g_clear_object(&t->slots[i].layout);
	}
	g_clear_object(&t->context);
	g_clear_object(&t->map);
}

/* take_slot gives the slot that holds the text, or the one that has waited longest. */
static struct slot *
take_slot(struct urne_pdf_type *t, const struct urne_pdf_text *text)
{
	struct slot *oldest = &t->slots[0], *slot = NULL;

	for (size_t i = 0; i < NUM_SLOTS && slot == NULL; i++) {
		if (t->slots[i].used < oldest->used) {
			oldest = &t->slots[i];
		}
		if (t->slots[i].text == text) {
			slot = &t->slots[i];
		}
	}
	slot = slot != NULL ? slot : oldest;
	slot->used = ++t->num_uses;
	return slot;
}

/* load: a width of -1 is no width; PANGO_WRAP_WORD leaves long words whole. */
static PangoLayout *
load(struct slot *slot, const struct urne_pdf_type *t, const struct urne_pdf_text *text, int width,
    PangoWrapMode wrap)
{
	slot->text = NULL;
	pango_layout_set_font_description(slot->layout, t->fonts[text->font]);
	pango_layout_set_spacing(slot->layout, fonts[text->font].spacing);
	pango_layout_set_alignment(
	    slot->layout, text->right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
	pango_layout_set_wrap(slot->layout, wrap);
	pango_layout_set_width(slot->layout, width);
	pango_layout_set_text(slot->layout, text->text.p, (int)text->text.len);
	return slot->layout;
}

static struct slot *
load_lines(struct urne_pdf_type *t, const struct urne_pdf_text *text)
{
	struct slot *slot = take_slot(t, text);

	if (slot->text != text) {
		(void)load(slot, t, text, text->width,
		    text->font == URNE_PDF_CODE ? PANGO_WRAP_CHAR : PANGO_WRAP_WORD_CHAR);
		slot->text = text;
		slot->line = pango_layout_get_lines_readonly(slot->layout);
		slot->next = 0;
	}
	return slot;
}

enum urne_err
urne_pdf_type_break(struct urne_pdf_text *text, struct urne_pdf_type *t, struct urne_arena *arena)
{
	struct urne_pdf_line *lines;
	PangoLayoutIter *iter;
	PangoLayout *layout;
	size_t num, i = 0;

	text->lines = NULL;
	text->num_lines = 0;
	layout = load_lines(t, text)->layout;
	num = (size_t)pango_layout_get_line_count(layout);
	lines = urne_arena_alloc(arena, num, sizeof(*lines));
	if (lines == NULL) {
		return URNE_ERR_MEMORY;
	}
	iter = pango_layout_get_iter(layout);
	do {
		PangoRectangle box;

		pango_layout_iter_get_line_extents(iter, NULL, &box);
		lines[i++] = (struct urne_pdf_line){
		    .x = box.x,
		    .y = box.y,
		    .height = box.height,
		    .baseline = pango_layout_iter_get_baseline(iter),
		};
	} while (i < num && pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
	text->lines = lines;
	text->num_lines = i;
	return URNE_OK;
}

void
urne_pdf_type_widths(
    int *word, int *whole, struct urne_pdf_type *t, const struct urne_pdf_text *text)
{
	struct slot *slot = take_slot(t, text);
	PangoRectangle box;

	pango_layout_get_extents(load(slot, t, text, 0, PANGO_WRAP_WORD), NULL, &box);
	*word = box.width;
	pango_layout_get_extents(load(slot, t, text, -1, PANGO_WRAP_WORD), NULL, &box);
	*whole = box.width;
}

void
urne_pdf_type_draw(struct urne_pdf_type *t, struct _cairo *cr, const struct urne_pdf_text *text,
    size_t first, size_t num, const int at[2])
{
	struct slot *slot;

	if (num == 0) {
		return;
	}
	slot = load_lines(t, text);
	if (first < slot->next) {
		slot->line = pango_layout_get_lines_readonly(slot->layout);
		slot->next = 0;
	}
	for (; slot->line != NULL && slot->next < first + num; slot->next++) {
		const struct urne_pdf_line *l = &text->lines[slot->next];

		if (slot->next >= first) {
			cairo_move_to(cr, pango_units_to_double(at[0] + l->x),
			    pango_units_to_double(at[1] + l->baseline - text->lines[first].y));
			pango_cairo_show_layout_line(cr, slot->line->data);
		}
		slot->line = slot->line->next;
	}
}
