/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables. A column is as wide as its content if all columns find room; otherwise the widest ones
 * give way: first those few cells that are longer than usual in their column, then the others, down
 * to the longest words; a table of many columns is set in a smaller font before words are cut. */
#include "documents/page_pdf.h"

/* For writing by hand: a signature. */
#define BLANK_WIDTH  URNE_PDF_MM(55)
#define BLANK_HEIGHT URNE_PDF_MM(10)

struct column {
	int word, usual, whole; /* the longest word, most cells, the longest cell */
	int width;		/* of its text */
	int x;
};

struct table {
	struct urne_pdf_doc *doc;
	const struct urne_block *block;
	size_t num_rows, num_columns;
	struct urne_pdf_text **texts; /* row by row; every row has all columns */
	struct column *columns;
	struct urne_pdf_cell *cells; /* of one row */
	int padding, room;	     /* room: of all texts of a row */
	bool has_blank;		     /* a column to be written by hand */
	unsigned tag;
};

static int
smaller(int a, int b)
{
	return a < b ? a : b;
}

static int
larger(int a, int b)
{
	return a > b ? a : b;
}

/* read_cells makes the texts; rows that are too short get empty cells. */
static void
read_cells(struct table *t)
{
	struct urne_pdf_text **text = t->texts;

	for (const struct urne_block *row = t->block->child; row != NULL; row = row->next) {
		const struct urne_block *cell = row->child;

		for (size_t c = 0; c < t->num_columns; c++, text++) {
			struct urne_view v = cell != NULL ? cell->text : urne_view_of("");

			*text = urne_pdf_text(t->doc, v, URNE_PDF_CELL);
			if (*text == NULL) {
				return;
			}
			(*text)->right = cell != NULL && cell->numeric;
			cell = cell != NULL ? cell->next : NULL;
		}
	}
	/* a head stands over its numbers */
	for (size_t c = 0; t->num_rows > 1 && c < t->num_columns; c++) {
		t->texts[c]->right = t->texts[t->num_columns + c]->right;
	}
}

/* is_blank: a column with a head and nothing below it. */
static bool
is_blank(const struct table *t, size_t c)
{
	for (size_t r = 1; r < t->num_rows; r++) {
		if (t->texts[r * t->num_columns + c]->text.len > 0) {
			return false;
		}
	}
	return t->num_rows > 1 && t->texts[c]->text.len > 0;
}

static void
measure_column(struct table *t, size_t c, enum urne_pdf_font head, enum urne_pdf_font body)
{
	struct column *column = &t->columns[c];
	uint64_t sum = 0;

	*column = (struct column){0};
	for (size_t r = 0; r < t->num_rows; r++) {
		struct urne_pdf_text *text = t->texts[r * t->num_columns + c];
		int word = 0, whole = 0;

		text->font = r == 0 ? head : body;
		urne_pdf_type_widths(&word, &whole, t->doc->type, text);
		/* a number is one word, whatever parts it has */
		word = text->right && r > 0 ? whole : word;
		sum += (uint64_t)whole;
		column->word = larger(column->word, word);
		column->whole = larger(column->whole, whole);
	}
	if (is_blank(t, c)) {
		t->has_blank = true;
		column->whole = larger(column->whole, BLANK_WIDTH);
		column->word = larger(column->word, BLANK_WIDTH);
	}
	column->whole = smaller(column->whole, t->room);
	column->word = smaller(column->word, t->room);
	/* half as much again as the mean */
	sum = sum / t->num_rows * 3 / 2;
	column->usual = sum < (uint64_t)column->whole ? (int)sum : column->whole;
	column->usual = larger(column->usual, column->word);
}

/* What a column may have at least and at most, from generous to narrow. */
enum stage {
	STAGE_USUAL_TO_WHOLE,
	STAGE_WORD_TO_USUAL,
	STAGE_CUT_WORDS,
};

/* set_widths gives every column `level`, within the limits of the stage; returns the sum, or a
 * little more than there is room for. */
static int
set_widths(struct table *t, enum stage stage, int level)
{
	int sum = 0;

	for (size_t c = 0; c < t->num_columns; c++) {
		struct column *column = &t->columns[c];
		const int limits[][2] = {
		    [STAGE_USUAL_TO_WHOLE] = {column->usual, column->whole},
		    [STAGE_WORD_TO_USUAL] = {column->word, column->usual},
		    [STAGE_CUT_WORDS] = {0, column->word},
		};

		column->width = larger(limits[stage][0], smaller(level, limits[stage][1]));
		sum = sum > t->room ? sum : sum + column->width;
	}
	return sum;
}

/* choose_size measures in the largest font that cuts no word, else in the smallest, and tells the
 * first stage that leaves room for all columns. */
static enum stage
choose_size(struct table *t)
{
	static const enum urne_pdf_font head[] = {
	    URNE_PDF_HEAD, URNE_PDF_HEAD_SMALL, URNE_PDF_HEAD_TINY};
	static const enum urne_pdf_font body[] = {
	    URNE_PDF_CELL, URNE_PDF_CELL_SMALL, URNE_PDF_CELL_TINY};

	for (size_t size = 0; size < sizeof(head) / sizeof(head[0]); size++) {
		for (size_t c = 0; c < t->num_columns; c++) {
			measure_column(t, c, head[size], body[size]);
		}
		if (set_widths(t, STAGE_USUAL_TO_WHOLE, 0) <= t->room) {
			return STAGE_USUAL_TO_WHOLE;
		}
		if (set_widths(t, STAGE_WORD_TO_USUAL, 0) <= t->room) {
			return STAGE_WORD_TO_USUAL;
		}
	}
	return STAGE_CUT_WORDS;
}

/* place_columns finds the highest level that leaves room for all columns; returns the width of the
 * table. */
static int
place_columns(struct table *t)
{
	enum stage stage = choose_size(t);
	int low = 0, high = t->room, x = 0;

	while (low < high) {
		int level = low + (high - low + 1) / 2;

		if (set_widths(t, stage, level) <= t->room) {
			low = level;
		} else {
			high = level - 1;
		}
	}
	(void)set_widths(t, stage, low);
	for (size_t c = 0; c < t->num_columns; c++) {
		t->columns[c].x = x + t->padding;
		x += t->columns[c].width + 2 * t->padding;
	}
	return x;
}

static struct urne_pdf_piece *
put_row(struct table *t, size_t r, struct urne_pdf_row *row)
{
	for (size_t c = 0; c < t->num_columns; c++) {
		t->cells[c] = (struct urne_pdf_cell){
		    .text = urne_pdf_wrap(
			t->doc, t->texts[r * t->num_columns + c], t->columns[c].width),
		    .x = t->columns[c].x,
		    .role = r == 0 ? URNE_PDF_ROLE_TH : URNE_PDF_ROLE_TD,
		};
	}
	row->cells = t->cells;
	row->num_cells = t->num_columns;
	row->padding = URNE_PDF_PT(5) / 2;
	row->min_height = r > 0 && t->has_blank ? BLANK_HEIGHT : 0;
	row->block = t->tag;
	return urne_pdf_row_add(t->doc, row);
}

/* put_rows: the head stays with the first two rows, and the last row is never alone on a sheet. */
static void
put_rows(struct table *t, int width, int gap)
{
	const struct urne_pdf_piece *head;

	head = put_row(t, 0,
	    &(struct urne_pdf_row){
		.gap = gap,
		.width = width,
		.shaded = true,
		.rule = URNE_PDF_PT(3) / 4,
		.rule_shade = URNE_PDF_INK,
		.keep = t->num_rows > 1,
	    });
	/* a head that takes half a sheet is not worth repeating */
	if (head != NULL && head->height > (t->doc->bottom - t->doc->top) / 2) {
		head = NULL;
	}
	for (size_t r = 1; r < t->num_rows && t->doc->err == URNE_OK; r++) {
		bool is_last = r + 1 == t->num_rows;

		(void)put_row(t, r,
		    &(struct urne_pdf_row){
			.width = width,
			.rule = is_last ? URNE_PDF_PT(3) / 4 : URNE_PDF_PT(1) / 3,
			.rule_shade = is_last ? URNE_PDF_INK : URNE_PDF_HAIR,
			.keep = !is_last && (r == 1 || r + 2 == t->num_rows),
			.head = head,
		    });
	}
}

void
urne_pdf_table(struct urne_pdf_doc *doc, const struct urne_block *table)
{
	struct table t = {.doc = doc, .block = table, .tag = urne_pdf_tag_next(doc)};
	size_t num_texts;

	for (const struct urne_block *row = table->child; row != NULL; row = row->next) {
		size_t num = 0;

		for (const struct urne_block *cell = row->child; cell != NULL; cell = cell->next) {
			num++;
		}
		t.num_columns = num > t.num_columns ? num : t.num_columns;
		t.num_rows++;
	}
	if (t.num_columns == 0) {
		return;
	}
	if (t.num_columns > URNE_PDF_MAX_COLUMNS ||
	    !urne_mul_size(&num_texts, t.num_rows, t.num_columns)) {
		urne_pdf_fail(doc, URNE_ERR_LIMIT,
		    "page: a table has more than 64 columns, which no sheet of paper holds");
		return;
	}
	t.padding = t.num_columns > 10 ? URNE_PDF_PT(1) : URNE_PDF_PT(4);
	t.room = URNE_PDF_WIDTH - 2 * t.padding * (int)t.num_columns;
	t.texts = urne_pdf_alloc(doc, num_texts, sizeof(struct urne_pdf_text *));
	t.columns = urne_pdf_alloc(doc, t.num_columns, sizeof(*t.columns));
	t.cells = urne_pdf_alloc(doc, t.num_columns, sizeof(*t.cells));
	if (doc->err == URNE_OK) {
		read_cells(&t);
	}
	if (doc->err == URNE_OK) {
		int width = place_columns(&t);

		put_rows(&t, width, urne_pdf_caption(doc, table->text, t.tag));
	}
}
