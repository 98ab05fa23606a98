/* SPDX-License-Identifier: EUPL-1.2 */
/* The plain blocks of a page: headings, paragraphs, boxes, facts and lists. What HTML folds away is
 * printed in full: paper cannot be unfolded. */
#include "documents/page_parts.h"
#include "documents/page_pdf.h"

#include <inttypes.h>
#include <stdio.h>

#define BOX_PADDING URNE_PDF_PT(7)

static void
put_heading(struct urne_pdf_doc *doc, const struct urne_block *b)
{
	static const struct {
		enum urne_pdf_font font;
		enum urne_pdf_role role;
		int gap, padding, rule;
		enum urne_pdf_shade shade;
	} levels[] = {
	    [1] = {URNE_PDF_TITLE, URNE_PDF_ROLE_H1, 0, URNE_PDF_PT(7), URNE_PDF_PT(3) / 2,
		URNE_PDF_INK},
	    [2] = {URNE_PDF_HEADING, URNE_PDF_ROLE_H2, URNE_PDF_PT(17), URNE_PDF_PT(3),
		URNE_PDF_PT(1) / 2, URNE_PDF_SOFT_INK},
	    [3] = {URNE_PDF_SUBHEADING, URNE_PDF_ROLE_H3, URNE_PDF_PT(12), URNE_PDF_PT(1), 0,
		URNE_PDF_INK},
	};
	unsigned level = b->level < 1 || b->level > 3 ? 3 : b->level;
	struct urne_pdf_text *text = urne_pdf_text(doc, b->text, levels[level].font);
	const struct urne_pdf_cell cell = {
	    .text = urne_pdf_wrap(doc, text, URNE_PDF_WIDTH), .role = levels[level].role};
	struct urne_pdf_piece *piece = urne_pdf_row_add(doc, &(struct urne_pdf_row){
								 .cells = &cell,
								 .num_cells = 1,
								 .gap = levels[level].gap,
								 .padding = levels[level].padding,
								 .width = URNE_PDF_WIDTH,
								 .rule = levels[level].rule,
								 .rule_shade = levels[level].shade,
								 .keep = true,
							     });

	if (piece != NULL) {
		piece->level = level;
		piece->heading = text->text;
	}
}

/* put_paragraph makes each line a piece. Neither the first nor the last line stays alone at the
 * foot or the top of a sheet. */
static void
put_paragraph(struct urne_pdf_doc *doc, const struct urne_block *b)
{
	const struct urne_pdf_text *text =
	    urne_pdf_wrap(doc, urne_pdf_lines(doc, b->text, URNE_PDF_BODY), URNE_PDF_WIDTH);
	unsigned leaf = urne_pdf_tag_next(doc);
	int end = -URNE_PDF_PT(7);

	for (size_t i = 0; text != NULL && i < text->num_lines; i++) {
		const struct urne_pdf_line *line = &text->lines[i];
		struct urne_pdf_piece *piece = urne_pdf_piece_add(doc, line->y - end, line->height);

		if (piece == NULL) {
			return;
		}
		piece->keep = i + 1 < text->num_lines && (i == 0 || i + 2 == text->num_lines);
		end = line->y + line->height;
		urne_pdf_mark_add(doc, piece,
		    &(struct urne_pdf_mark){
			.kind = URNE_PDF_MARK_TEXT,
			.text = text,
			.first = i,
			.num = 1,
			.tag = {.role = URNE_PDF_ROLE_P, .leaf = leaf},
		    });
	}
}

static void
put_box(struct urne_pdf_doc *doc, struct urne_view from, enum urne_pdf_font font, int edge)
{
	const struct urne_pdf_cell cell = {
	    .text = urne_pdf_wrap(
		doc, urne_pdf_lines(doc, from, font), URNE_PDF_WIDTH - 2 * BOX_PADDING - edge),
	    .x = BOX_PADDING + edge,
	    .role = URNE_PDF_ROLE_P,
	};

	(void)urne_pdf_row_add(doc, &(struct urne_pdf_row){
					.cells = &cell,
					.num_cells = 1,
					.gap = URNE_PDF_PT(9),
					.padding = BOX_PADDING,
					.width = URNE_PDF_WIDTH,
					.shaded = true,
					.edge = edge,
				    });
}

static void
put_notice(struct urne_pdf_doc *doc, const struct urne_block *b)
{
	put_box(doc, b->text, URNE_PDF_BODY, URNE_PDF_PT(3));
}

static void
put_code(struct urne_pdf_doc *doc, const struct urne_block *b)
{
	urne_pdf_keep_last(doc);
	put_box(doc, b->text, URNE_PDF_CODE, 0);
}

static void
put_details(struct urne_pdf_doc *doc, const struct urne_block *b)
{
	const struct urne_pdf_cell cell = {
	    .text =
		urne_pdf_wrap(doc, urne_pdf_text(doc, b->label, URNE_PDF_CAPTION), URNE_PDF_WIDTH),
	    .role = URNE_PDF_ROLE_P,
	};

	(void)urne_pdf_row_add(doc, &(struct urne_pdf_row){.cells = &cell,
					.num_cells = 1,
					.gap = URNE_PDF_PT(12),
					.width = URNE_PDF_WIDTH,
					.keep = true});
}

int
urne_pdf_caption(struct urne_pdf_doc *doc, struct urne_view caption, unsigned block)
{
	const struct urne_pdf_cell cell = {
	    .text =
		urne_pdf_wrap(doc, urne_pdf_text(doc, caption, URNE_PDF_CAPTION), URNE_PDF_WIDTH),
	    .role = URNE_PDF_ROLE_CAPTION,
	};

	if (caption.len == 0) {
		return URNE_PDF_PT(10);
	}
	(void)urne_pdf_row_add(doc, &(struct urne_pdf_row){.cells = &cell,
					.num_cells = 1,
					.gap = URNE_PDF_PT(12),
					.block = block,
					.keep = true});
	return URNE_PDF_PT(4);
}

/* widest label or number of the children, but no more than `most`. */
static int
widest_label(struct urne_pdf_doc *doc, const struct urne_block *parent, int most)
{
	int width = 0;

	for (const struct urne_block *b = parent->child; b != NULL; b = b->next) {
		int whole = urne_pdf_whole_width(doc, urne_pdf_text(doc, b->label, URNE_PDF_LABEL));

		width = whole > width ? whole : width;
	}
	return width > most ? most : width;
}

/* level_with moves a label down so that it stands on the same line as the text beside it. */
static int
level_with(const struct urne_pdf_text *text, const struct urne_pdf_text *label)
{
	int by =
	    text != NULL && label != NULL ? text->lines[0].baseline - label->lines[0].baseline : 0;

	return by > 0 ? by : 0;
}

/* A fact without text is to be written by hand: there is a line for it, and room for a signature.
 */
void
urne_pdf_facts(struct urne_pdf_doc *doc, const struct urne_block *facts)
{
	const int between = URNE_PDF_MM(5);
	int width = widest_label(doc, facts, URNE_PDF_WIDTH * 2 / 5);
	unsigned block = urne_pdf_tag_next(doc);

	for (const struct urne_block *b = facts->child; b != NULL; b = b->next) {
		const struct urne_pdf_text *label =
		    urne_pdf_wrap(doc, urne_pdf_text(doc, b->label, URNE_PDF_LABEL), width);
		const struct urne_pdf_text *text = urne_pdf_wrap(doc,
		    urne_pdf_text(doc, b->text, URNE_PDF_BODY), URNE_PDF_WIDTH - width - between);
		bool blank = b->text.len == 0;
		int down = blank ? URNE_PDF_MM(5) : 0;
		const struct urne_pdf_cell cells[] = {
		    {label, 0, down + level_with(text, label), URNE_PDF_ROLE_TH, URNE_PDF_SOFT_INK},
		    {text, width + between, down, URNE_PDF_ROLE_TD, URNE_PDF_INK},
		};
		struct urne_pdf_piece *piece =
		    urne_pdf_row_add(doc, &(struct urne_pdf_row){
					      .cells = cells,
					      .num_cells = 2,
					      .gap = b == facts->child ? URNE_PDF_PT(8) : 0,
					      .padding = URNE_PDF_PT(5) / 2,
					      .block = block,
					      .keep = b == facts->child && b->next != NULL,
					  });

		if (piece != NULL && blank) {
			urne_pdf_mark_add(doc, piece,
			    &(struct urne_pdf_mark){.kind = URNE_PDF_MARK_FILL,
				.shade = URNE_PDF_SOFT_INK,
				.x = width + between,
				.y = piece->height - URNE_PDF_PT(3),
				.width = URNE_PDF_WIDTH - width - between,
				.height = URNE_PDF_PT(1) / 2});
		}
	}
}

/* item_mark writes "12." or a bullet. */
static struct urne_pdf_text *
item_mark(struct urne_pdf_doc *doc, const struct urne_block *list, uint64_t number)
{
	char room[32] = "\xe2\x80\xa2";
	struct urne_pdf_text *text;

	if (list->numbered) {
		(void)snprintf(room, sizeof(room), "%" PRIu64 ".", number);
	}
	text = urne_pdf_text(doc, urne_view_of(room), URNE_PDF_BODY);
	if (text != NULL) {
		text->right = list->numbered;
	}
	return text;
}

void
urne_pdf_list(struct urne_pdf_doc *doc, const struct urne_block *list)
{
	const int between = URNE_PDF_PT(6);
	unsigned block = urne_pdf_tag_next(doc);
	uint64_t number = 0;
	int width;

	for (const struct urne_block *b = list->child; b != NULL; b = b->next) {
		number++;
	}
	width = urne_pdf_whole_width(doc, item_mark(doc, list, number));
	width = width < URNE_PDF_PT(8) ? URNE_PDF_PT(8) : width;
	number = 0;
	for (const struct urne_block *b = list->child; b != NULL; b = b->next) {
		const struct urne_pdf_cell cells[] = {
		    {urne_pdf_wrap(doc, item_mark(doc, list, ++number), width), 0, 0,
			URNE_PDF_ROLE_LBL, URNE_PDF_INK},
		    {urne_pdf_wrap(doc, urne_pdf_text(doc, b->text, URNE_PDF_BODY),
			 URNE_PDF_WIDTH - width - between),
			width + between, 0, URNE_PDF_ROLE_LBODY, URNE_PDF_INK},
		};

		(void)urne_pdf_row_add(
		    doc, &(struct urne_pdf_row){.cells = cells,
			     .num_cells = 2,
			     .gap = b == list->child ? URNE_PDF_PT(6) : URNE_PDF_PT(3),
			     .block = block});
	}
}

static void
refuse_stray(struct urne_pdf_doc *doc, const struct urne_block *b)
{
	(void)b;
	urne_pdf_fail(doc, URNE_ERR_INTERNAL, "page: a part of a block stands outside its block");
}

void
urne_pdf_blocks(struct urne_pdf_doc *doc, const struct urne_page *p)
{
	static void (*const put[])(struct urne_pdf_doc *, const struct urne_block *) = {
	    [URNE_BLOCK_HEADING] = put_heading,
	    [URNE_BLOCK_PARAGRAPH] = put_paragraph,
	    [URNE_BLOCK_NOTICE] = put_notice,
	    [URNE_BLOCK_FACTS] = urne_pdf_facts,
	    [URNE_BLOCK_FACT] = refuse_stray,
	    [URNE_BLOCK_TABLE] = urne_pdf_table,
	    [URNE_BLOCK_ROW] = refuse_stray,
	    [URNE_BLOCK_CELL] = refuse_stray,
	    [URNE_BLOCK_BARS] = urne_pdf_bars,
	    [URNE_BLOCK_BAR] = refuse_stray,
	    [URNE_BLOCK_LIST] = urne_pdf_list,
	    [URNE_BLOCK_ENTRY] = refuse_stray,
	    [URNE_BLOCK_DETAILS] = put_details,
	    [URNE_BLOCK_CODE] = put_code,
	    [URNE_BLOCK_TYPED] = urne_pdf_typed,
	    [URNE_BLOCK_QR] = urne_pdf_qr,
	};
	struct urne_page_walk w;

	for (w = urne_page_walk_from(p); w.at != NULL && doc->err == URNE_OK;
	     urne_page_walk_on(&w)) {
		if (!w.leaving) {
			put[w.at->kind](doc, w.at);
		}
	}
}
