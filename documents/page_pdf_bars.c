/* SPDX-License-Identifier: EUPL-1.2 */
/* Pictures: bars with their label and their text, and a QR code with its caption. For and against
 * differ by hatching, not by colour alone, so that a grey print tells them apart. */
#include "documents/page_parts.h"
#include "documents/page_pdf.h"

#define BETWEEN URNE_PDF_MM(3)

struct bars {
	struct urne_pdf_doc *doc;
	int label, track, text; /* widths */
	unsigned tag;
};

/* A full bar is as long as the track, whose outline shows what all would be. */
static void
put_picture(struct bars *bars, struct urne_pdf_piece *piece, const struct urne_block *b)
{
	static const struct {
		enum urne_pdf_mark_kind kind;
		enum urne_pdf_shade shade;
	} styles[] = {
	    [URNE_BAR_NEUTRAL] = {URNE_PDF_MARK_FILL, URNE_PDF_NEUTRAL},
	    [URNE_BAR_FOR] = {URNE_PDF_MARK_FILL, URNE_PDF_FOR},
	    [URNE_BAR_AGAINST] = {URNE_PDF_MARK_HATCH, URNE_PDF_AGAINST},
	    [URNE_BAR_QUIET] = {URNE_PDF_MARK_FILL, URNE_PDF_QUIET},
	};
	struct urne_pdf_mark mark = {
	    .kind = URNE_PDF_MARK_FILL,
	    .shade = URNE_PDF_PAPER,
	    .x = bars->label + BETWEEN,
	    .y = URNE_PDF_PT(3),
	    .width = bars->track,
	    .height = URNE_PDF_PT(9),
	};

	urne_pdf_mark_add(bars->doc, piece, &mark);
	mark.kind = styles[b->style].kind;
	mark.shade = styles[b->style].shade;
	mark.width = (int)urne_page_scaled(b->value, b->max, (uint64_t)bars->track);
	if (mark.width > 0) {
		/* a single vote is still seen */
		mark.width = mark.width < URNE_PDF_PT(1) / 2 ? URNE_PDF_PT(1) / 2 : mark.width;
		urne_pdf_mark_add(bars->doc, piece, &mark);
	}
}

static int
widest(struct urne_pdf_doc *doc, const struct urne_block *parent, bool labels, int most)
{
	int width = 0;

	for (const struct urne_block *b = parent->child; b != NULL; b = b->next) {
		int whole = urne_pdf_whole_width(
		    doc, urne_pdf_text(doc, labels ? b->label : b->text, URNE_PDF_LABEL));

		width = whole > width ? whole : width;
	}
	return width > most ? most : width;
}

void
urne_pdf_bars(struct urne_pdf_doc *doc, const struct urne_block *block)
{
	struct bars bars = {.doc = doc, .tag = urne_pdf_tag_next(doc)};
	int gap = urne_pdf_caption(doc, block->text, bars.tag);

	bars.label = widest(doc, block, true, URNE_PDF_WIDTH / 3);
	bars.text = widest(doc, block, false, URNE_PDF_WIDTH / 3);
	bars.track = URNE_PDF_WIDTH - bars.label - bars.text - 2 * BETWEEN;
	for (const struct urne_block *b = block->child; b != NULL; b = b->next) {
		const struct urne_pdf_cell cells[] = {
		    {urne_pdf_wrap(doc, urne_pdf_text(doc, b->label, URNE_PDF_LABEL), bars.label),
			0, 0, URNE_PDF_ROLE_TH, URNE_PDF_INK},
		    {urne_pdf_wrap(doc, urne_pdf_text(doc, b->text, URNE_PDF_LABEL), bars.text),
			bars.label + bars.track + 2 * BETWEEN, 0, URNE_PDF_ROLE_TD, URNE_PDF_INK},
		};
		struct urne_pdf_piece *piece =
		    urne_pdf_row_add(doc, &(struct urne_pdf_row){
					      .cells = cells,
					      .num_cells = 2,
					      .gap = b == block->child ? gap : 0,
					      .padding = URNE_PDF_PT(5) / 2,
					      .min_height = URNE_PDF_PT(10),
					      .block = bars.tag,
					      .keep = b == block->child && b->next != NULL,
					  });

		if (piece != NULL) {
			put_picture(&bars, piece, b);
		}
	}
}

/* The code, 35 mm wide, with its caption beside it. Its quiet zone of four modules is on the left
 * the margin of the sheet. */
void
urne_pdf_qr(struct urne_pdf_doc *doc, const struct urne_block *qr)
{
	const uint8_t *modules = NULL;
	struct urne_pdf_cell cell = {.role = URNE_PDF_ROLE_P};
	struct urne_pdf_piece *piece;
	size_t size = 0;
	int module, height;

	if (doc->err == URNE_OK) {
		doc->err = urne_qr(&modules, &size, doc->arena, &doc->diag, qr->text);
	}
	if (doc->err != URNE_OK) {
		return;
	}
	module = URNE_PDF_MM(35) / (int)size;
	height = module * ((int)size + 8);
	cell.x = height - 4 * module + BETWEEN;
	cell.text = urne_pdf_wrap(
	    doc, urne_pdf_text(doc, qr->label, URNE_PDF_LABEL), URNE_PDF_WIDTH - cell.x);
	cell.y = (height - urne_pdf_text_height(cell.text)) / 2;
	cell.y = cell.y < 0 ? 0 : cell.y;
	urne_pdf_keep_last(doc);
	piece = urne_pdf_row_add(
	    doc, &(struct urne_pdf_row){
		     .cells = &cell, .num_cells = 1, .gap = URNE_PDF_PT(9), .min_height = height});
	if (piece != NULL) {
		urne_pdf_mark_add(doc, piece,
		    &(struct urne_pdf_mark){
			.kind = URNE_PDF_MARK_QR,
			.y = 4 * module,
			.width = module * (int)size,
			.modules = modules,
			.size = size,
			.tag = {.role = URNE_PDF_ROLE_FIGURE, .leaf = urne_pdf_tag_next(doc)},
		    });
	}
}
