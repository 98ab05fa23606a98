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

/* module_of: a code is 35 mm wide, or so wide that a camera and a scan of 150 dpi still tell its
 * modules apart. */
static int
module_of(size_t size)
{
	const int least = URNE_PDF_MM(1) / 2;
	int module = URNE_PDF_MM(35) / (int)size;

	return module < least ? least : module;
}

/* A code that has its size. */
struct code {
	const uint8_t *modules;
	size_t size;
	int module, width; /* without the quiet zone of four modules around it */
};

static bool
make_code(struct code *out, struct urne_pdf_doc *doc, struct urne_view content)
{
	*out = (struct code){.modules = NULL};
	if (doc->err == URNE_OK) {
		doc->err = urne_qr(&out->modules, &out->size, doc->arena, &doc->diag, content);
	}
	if (doc->err != URNE_OK) {
		return false;
	}
	out->module = module_of(out->size);
	out->width = out->module * (int)out->size;
	return true;
}

static void
put_code(struct urne_pdf_doc *doc, struct urne_pdf_piece *piece, const struct code *code, int x)
{
	if (piece == NULL) {
		return;
	}
	urne_pdf_mark_add(doc, piece,
	    &(struct urne_pdf_mark){
		.kind = URNE_PDF_MARK_QR,
		.x = x,
		.y = 4 * code->module,
		.width = code->width,
		.modules = code->modules,
		.size = code->size,
		.tag = {.role = URNE_PDF_ROLE_FIGURE, .leaf = urne_pdf_tag_next(doc)},
	    });
}

/* put_code_row sets a code with its caption beside it. The quiet zone is on the left the margin of
 * the sheet. */
static void
put_code_row(struct urne_pdf_doc *doc, const struct code *code, struct urne_view caption)
{
	int height = code->width + 8 * code->module;
	struct urne_pdf_cell cell = {
	    .role = URNE_PDF_ROLE_P, .x = height - 4 * code->module + BETWEEN};

	cell.text = urne_pdf_wrap(
	    doc, urne_pdf_text(doc, caption, URNE_PDF_LABEL), URNE_PDF_WIDTH - cell.x);
	cell.y = (height - urne_pdf_text_height(cell.text)) / 2;
	cell.y = cell.y < 0 ? 0 : cell.y;
	urne_pdf_keep_last(doc);
	put_code(doc,
	    urne_pdf_row_add(doc,
		&(struct urne_pdf_row){
		    .cells = &cell, .num_cells = 1, .gap = URNE_PDF_PT(9), .min_height = height}),
	    code, 0);
}

void
urne_pdf_qr(struct urne_pdf_doc *doc, const struct urne_block *qr)
{
	struct code code;

	if (make_code(&code, doc, qr->text)) {
		put_code_row(doc, &code, qr->label);
	}
}

/* Lines in large type on white, the code at their right, or below them when it is too wide. */
void
urne_pdf_typed(struct urne_pdf_doc *doc, const struct urne_block *typed)
{
	struct urne_pdf_text *text = urne_pdf_lines(doc, typed->text, URNE_PDF_TYPED);
	int whole = urne_pdf_whole_width(doc, text);
	struct urne_pdf_cell cell = {.role = URNE_PDF_ROLE_P};
	struct urne_pdf_piece *piece;
	struct code code = {.modules = NULL};
	bool beside = false;

	if (typed->label.len > 0 && !make_code(&code, doc, typed->label)) {
		return;
	}
	beside = code.modules != NULL && whole + code.width + 4 * code.module <= URNE_PDF_WIDTH;
	cell.text = urne_pdf_wrap(doc, text, URNE_PDF_WIDTH);
	piece = urne_pdf_row_add(doc, &(struct urne_pdf_row){
					  .cells = &cell,
					  .num_cells = 1,
					  .gap = URNE_PDF_PT(7),
					  .padding = URNE_PDF_PT(5),
					  .min_height = beside ? code.width + 8 * code.module : 0,
				      });
	if (beside) {
		put_code(doc, piece, &code, URNE_PDF_WIDTH - code.width);
	} else if (code.modules != NULL) {
		put_code_row(doc, &code, (struct urne_view){"", 0});
	}
}
