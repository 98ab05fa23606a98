/* SPDX-License-Identifier: EUPL-1.2 */
/* A page as PDF: texts become pieces, pieces find their sheets, sheets are drawn. */
#include "documents/page_pdf.h"

/* A thousand sheets of small print take about a tenth of it. */
#define MAX_MEMORY ((size_t)512 << 20)

/* set_footer makes room for the footer, which is the same on all sheets. */
static void
set_footer(struct urne_pdf_doc *doc, struct urne_view footer)
{
	const int number = URNE_PDF_MM(25); /* room for "n / N" beside it */

	doc->top = URNE_PDF_TOP;
	doc->bottom = URNE_PDF_SHEET_HEIGHT / 2;
	doc->footer = urne_pdf_wrap(
	    doc, urne_pdf_text(doc, footer, URNE_PDF_FOOTER), URNE_PDF_WIDTH - number);
	if (urne_pdf_text_height(doc->footer) > URNE_PDF_SHEET_HEIGHT / 4) {
		urne_pdf_fail(doc, URNE_ERR_LIMIT,
		    "page: the footer would take a quarter of each sheet, shorten it");
		return;
	}
	doc->bottom = URNE_PDF_SHEET_HEIGHT - URNE_PDF_FOOT - urne_pdf_text_height(doc->footer) -
		      URNE_PDF_MM(6);
}

enum urne_err
urne_page_render_pdf(
    struct urne_buf *out, struct urne_diag *d, const struct urne_page *p, struct urne_view footer)
{
	size_t start = out->len;
	struct urne_arena arena;
	struct urne_pdf_doc doc = {.arena = &arena};
	const struct urne_pdf_place *places = NULL;
	unsigned num_sheets = 0;
	enum urne_err e = urne_page_error(p);

	urne_arena_init(&arena, MAX_MEMORY);
	arena.secret = p->arena->secret;
	if (e != URNE_OK) {
		e = urne_fail(d, e, "page: it was not composed to its end");
	} else if (urne_buf_error(out) != URNE_OK) {
		e = urne_fail(d, urne_buf_error(out), "page: there is no room for the PDF");
	} else {
		e = urne_pdf_type_open(&doc.type, &arena, d, p->lang);
	}
	if (e == URNE_OK) {
		set_footer(&doc, footer);
		urne_pdf_blocks(&doc, p);
		urne_pdf_flow(&places, &num_sheets, &doc);
		e = doc.err;
		if (e != URNE_OK) {
			e = urne_fail(d, e, "%s", doc.diag.text);
		}
	}
	if (e == URNE_OK) {
		e = urne_pdf_draw(out, d, &doc, p, places, num_sheets);
	}
	if (e != URNE_OK && out->len > start) {
		out->len = start;
	}
	urne_pdf_type_close(doc.type);
	urne_arena_clear(&arena);
	return e;
}
