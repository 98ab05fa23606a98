/* SPDX-License-Identifier: EUPL-1.2 */
/* Tables and bars on a terminal. A table stands in columns when they fit, long cells wrapped;
 * otherwise each row becomes a group of lines "head: cell", which loses nothing. */
#include "documents/page_parts.h"

#define MAX_COLUMNS ((size_t)32)
#define GAP	    ((size_t)2) /* between columns */
/* A column of sentences narrower than this is harder to read than lines "head: cell". */
#define MIN_WRAPPED ((size_t)16)
#define MAX_BAR	    ((size_t)30)
#define MIN_BAR	    ((size_t)10)

struct table {
	const struct urne_block *head;
	size_t num;
	bool fits;
	size_t width[MAX_COLUMNS], least[MAX_COLUMNS];
	bool numeric[MAX_COLUMNS];
};

static size_t
larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

static size_t
smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* measure finds the natural and the least width of each column. */
static void
measure(struct table *t, const struct urne_block *table)
{
	t->fits = true;
	for (const struct urne_block *row = table->child; row != NULL; row = row->next) {
		size_t i = 0;

		for (const struct urne_block *c = row->child; c != NULL; c = c->next, i++) {
			size_t width;

			if (i == MAX_COLUMNS) {
				t->fits = false;
				return;
			}
			width = urne_flow_width(c->text);
			t->num = larger(t->num, i + 1);
			t->width[i] = larger(t->width[i], width);
			t->least[i] = larger(t->least[i],
			    larger(urne_flow_longest(c->text), smaller(width, MIN_WRAPPED)));
			t->numeric[i] = t->numeric[i] || c->numeric;
		}
	}
}

/* squeeze makes the widest columns narrower until all fit into `width`. */
static void
squeeze(struct table *t, size_t width)
{
	size_t total = t->num > 0 ? (t->num - 1) * GAP : 0;

	for (size_t i = 0; i < t->num; i++) {
		t->width[i] = larger(smaller(t->width[i], width), t->least[i]);
		total += t->width[i];
	}
	while (total > width) {
		size_t widest = t->num;

		for (size_t i = 0; i < t->num; i++) {
			if (t->width[i] > t->least[i] &&
			    (widest == t->num || t->width[i] > t->width[widest])) {
				widest = i;
			}
		}
		if (widest == t->num) {
			t->fits = false;
			return;
		}
		t->width[widest]--;
		total--;
	}
}

/* put_row writes one row in columns, over as many lines as its longest cell takes. */
static void
put_row(struct urne_page_flow *f, const struct table *t, const struct urne_block *row)
{
	struct urne_view rest[MAX_COLUMNS] = {{0}};
	size_t i = 0;
	bool more = true;

	for (const struct urne_block *c = row->child; c != NULL; c = c->next) {
		rest[i++] = c->text;
	}
	while (more) {
		size_t pending = f->indent; /* spaces that only count if something follows */

		more = false;
		for (i = 0; i < t->num; i++) {
			struct urne_view line = urne_flow_line(&rest[i], t->width[i], false);
			size_t free_space = t->width[i] - urne_flow_width(line);

			if (line.len > 0) {
				urne_flow_spaces(f, pending + (t->numeric[i] ? free_space : 0));
				urne_flow_put_line(f, line);
				pending = t->numeric[i] ? 0 : free_space;
			} else {
				pending += t->width[i];
			}
			pending += GAP;
			more = more || rest[i].len > 0;
		}
		urne_buf_putc(f->out, '\n');
	}
}

static void
put_rule(struct urne_page_flow *f, const struct table *t)
{
	for (size_t i = 0; i < t->num; i++) {
		urne_flow_spaces(f, i == 0 ? f->indent : GAP);
		for (size_t k = 0; k < t->width[i]; k++) {
			urne_buf_putc(f->out, '-');
		}
	}
	urne_buf_putc(f->out, '\n');
}

/* put_group writes a row as lines of its own, each with the head of its column. */
static void
put_group(struct urne_page_flow *f, const struct urne_block *head, const struct urne_block *row)
{
	const struct urne_block *label = head->child;

	for (const struct urne_block *c = row->child; c != NULL; c = c->next) {
		if (label != NULL) {
			urne_flow_fact(f, label->text, c->text);
			label = label->next;
		} else {
			(void)urne_flow_put(f, "", c->text);
		}
	}
}

void
urne_flow_table(struct urne_page_flow *f, const struct urne_block *table)
{
	struct table t = {.head = table->child};

	if (table->text.len > 0) {
		(void)urne_flow_put(f, "", table->text);
	}
	measure(&t, table);
	if (t.fits && f->width > 0) {
		squeeze(&t, f->width);
	}
	for (const struct urne_block *row = t.head; row != NULL; row = row->next) {
		if (t.fits) {
			put_row(f, &t, row);
			if (row == t.head) {
				put_rule(f, &t);
			}
		} else if (row != t.head) {
			if (row != t.head->next || table->text.len > 0) {
				urne_buf_putc(f->out, '\n');
			}
			put_group(f, t.head, row);
		}
	}
}

static void
put_bar(struct urne_page_flow *f, const struct urne_block *bar, size_t width)
{
	static const char *const shades[] = {
	    [URNE_BAR_NEUTRAL] = "\u2588", /* full block */
	    [URNE_BAR_FOR] = "\u2588",
	    [URNE_BAR_AGAINST] = "\u2593", /* dark shade */
	    [URNE_BAR_QUIET] = "\u2591",   /* light shade */
	};
	uint64_t length = urne_page_scaled(bar->value, bar->max, width);

	for (uint64_t i = 0; i < length; i++) {
		urne_buf_puts(f->out, shades[bar->style]);
	}
}

/* put_bar_lines writes label and text as they come, and the bar on a line of its own. */
static void
put_bar_lines(struct urne_page_flow *f, const struct urne_block *bar)
{
	urne_flow_fact(f, bar->label, bar->text);
	if (urne_page_scaled(bar->value, bar->max, MAX_BAR) == 0) {
		return;
	}
	urne_flow_spaces(f, f->indent + 2);
	put_bar(f, bar, f->width == 0 ? MAX_BAR : smaller(MAX_BAR, f->width - 2));
	urne_buf_putc(f->out, '\n');
}

/* Label and text come first: what is read aloud is the vote, not the blocks. */
void
urne_flow_bars(struct urne_page_flow *f, const struct urne_block *bars)
{
	size_t label = 0, text = 0, room = MAX_BAR;

	if (bars->text.len > 0) {
		(void)urne_flow_put(f, "", bars->text);
	}
	for (const struct urne_block *b = bars->child; b != NULL; b = b->next) {
		label = larger(label, urne_flow_width(b->label));
		text = larger(text, urne_flow_width(b->text));
	}
	if (f->width > 0) {
		size_t taken = label + text + 2 * GAP;

		room = taken < f->width ? smaller(MAX_BAR, f->width - taken) : 0;
	}
	for (const struct urne_block *b = bars->child; b != NULL; b = b->next) {
		if (room < MIN_BAR) {
			put_bar_lines(f, b);
			continue;
		}
		urne_flow_spaces(f, f->indent);
		urne_flow_put_line(f, b->label);
		urne_flow_spaces(
		    f, label - urne_flow_width(b->label) + GAP + text - urne_flow_width(b->text));
		urne_flow_put_line(f, b->text);
		if (urne_page_scaled(b->value, b->max, room) > 0) {
			urne_flow_spaces(f, GAP);
			put_bar(f, b, room);
		}
		urne_buf_putc(f->out, '\n');
	}
}
