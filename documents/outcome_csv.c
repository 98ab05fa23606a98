/* SPDX-License-Identifier: EUPL-1.2 */
/* The outcome as a table for spreadsheets: one line per decision, place, list, grade of a row and
 * withdrawn candidate, in the authentic language. A cell that begins like a formula is made text.
 * Spec: docs/outcome.md#as-csv */
#include <string.h>

#include "documents/outcome_documents.h"

enum column {
	COL_ITEM,
	COL_KIND,
	COL_LINE,
	COL_ENTRY,
	COL_TITLE,
	COL_GRADE,
	COL_RANK,
	COL_VOTES,
	COL_FOR,
	COL_AGAINST,
	COL_BLANK,
	COL_ABSTAINED,
	COL_EXPRESSED,
	COL_BASE,
	COL_NEEDED,
	COL_STATE,
	COL_REASON,
	COL_SEATS,
	COL_SENTENCE,
	NUM_COLUMNS,
};

static const char header[] = "item,kind,line,entry,title,grade,rank,votes,for,against,blank,"
			     "abstained,expressed,base,needed,state,reason,seats,sentence\r\n";

struct cell {
	bool is_number;
	uint64_t n;
	struct urne_view text;
};

struct table {
	struct urne_buf *out;
	struct urne_reader r;
	struct cell cells[NUM_COLUMNS];
	struct urne_buf said; /* the sentence of the line */
};

static void
set_text(struct table *t, enum column at, struct urne_view text)
{
	t->cells[at] = (struct cell){.text = text};
}

static void
set_number(struct table *t, enum column at, uint64_t n)
{
	t->cells[at] = (struct cell){.is_number = true, .n = n};
}

static void
put_text(struct urne_buf *out, struct urne_view text)
{
	bool formula = text.len > 0 && memchr("=+-@\t\r\n", text.p[0], 7) != NULL;
	bool quote = false;

	for (size_t i = 0; i < text.len; i++) {
		quote = quote || memchr(",\"\r\n", text.p[i], 4) != NULL;
	}
	urne_buf_puts(out, quote ? "\"" : "");
	urne_buf_puts(out, formula ? "'" : "");
	for (size_t i = 0; i < text.len; i++) {
		urne_buf_puts(out, text.p[i] == '"' ? "\"" : "");
		urne_buf_putc(out, text.p[i]);
	}
	urne_buf_puts(out, quote ? "\"" : "");
}

/* begin empties the cells of a line and says what it is about. */
static void
begin(struct table *t, const struct urne_item *item, const char *line)
{
	memset(t->cells, 0, sizeof(t->cells));
	urne_buf_reset(&t->said);
	set_text(t, COL_ITEM, item->id);
	set_text(t, COL_KIND, urne_view_of(urne_item_kind_name(item->kind)));
	set_text(t, COL_LINE, urne_view_of(line));
}

static void
end(struct table *t)
{
	set_text(t, COL_SENTENCE, urne_buf_view(&t->said));
	for (size_t i = 0; i < NUM_COLUMNS; i++) {
		urne_buf_puts(t->out, i == 0 ? "" : ",");
		if (t->cells[i].is_number) {
			urne_buf_put_u64(t->out, t->cells[i].n);
		} else {
			put_text(t->out, t->cells[i].text);
		}
	}
	urne_buf_puts(t->out, "\r\n");
	if (urne_buf_error(&t->said) != URNE_OK && t->out->err == URNE_OK) {
		t->out->err = urne_buf_error(&t->said);
	}
}

static void
set_entry(struct table *t, const struct urne_item *item, size_t entry)
{
	set_text(t, COL_ENTRY, item->entries[entry].id);
	set_text(t, COL_TITLE, item->entries[entry].title.by_language[t->r.index]);
}

static void
put_decision(struct table *t, const struct urne_item_outcome *o, const struct urne_decision *x)
{
	const struct urne_item *item = o->item;
	bool whole = x->entry >= item->num_entries;

	begin(t, item, "decision");
	if (whole || item->kind == URNE_ITEM_LIST_RATIFICATION) {
		set_text(t, COL_ENTRY, whole ? urne_view_of("whole") : item->id);
		set_text(t, COL_TITLE, item->title.by_language[t->r.index]);
	} else {
		set_entry(t, item, x->entry);
	}
	set_number(t, COL_FOR, x->votes_for);
	set_number(t, COL_AGAINST, x->against);
	set_number(t, COL_BLANK, x->blank);
	set_number(t, COL_ABSTAINED, x->abstained);
	set_number(t, COL_EXPRESSED, x->expressed);
	set_number(t, COL_BASE, x->base);
	set_number(t, COL_NEEDED, x->needed);
	set_text(t, COL_STATE, urne_view_of(urne_decision_state_code(x->state)));
	set_text(t, COL_REASON, urne_view_of(urne_decision_reason_code(x->reason)));
	urne_words_decision(&t->said, t->r, o, x);
	end(t);
}

static void
put_place(struct table *t, const struct urne_item_outcome *o, const struct urne_place *x)
{
	begin(t, o->item, "place");
	set_entry(t, o->item, x->entry);
	set_number(t, COL_RANK, x->rank);
	if (o->item->kind != URNE_ITEM_GRADES) {
		set_number(t, COL_VOTES, x->votes);
	}
	set_text(t, COL_STATE, urne_view_of(x->in ? "in" : "out"));
	set_text(t, COL_REASON, urne_view_of(urne_place_reason_code(x->reason)));
	urne_words_place(&t->said, t->r, o, x);
	end(t);
}

static void
put_list(struct table *t, const struct urne_item_outcome *o, const struct urne_list_share *x)
{
	const struct urne_section *s = &o->item->sections[x->section];

	begin(t, o->item, "list");
	set_text(t, COL_ENTRY, s->id);
	set_text(t, COL_TITLE, s->title.by_language[t->r.index]);
	set_number(t, COL_VOTES, x->votes);
	set_number(t, COL_EXPRESSED, o->expressed);
	set_number(t, COL_SEATS, x->seats);
	urne_words_list_share(&t->said, t->r, o, x);
	end(t);
}

static void
put_row(struct table *t, const struct urne_item_outcome *o, size_t entry)
{
	for (size_t g = 0; g < o->item->num_grades; g++) {
		begin(t, o->item, "grade");
		set_entry(t, o->item, entry);
		set_text(t, COL_GRADE, o->item->grades[g].id);
		set_number(t, COL_VOTES, o->rows[entry].histogram[g]);
		end(t);
	}
}

/* The list that a ratification adopted, in its order. */
static void
put_ratified(struct table *t, const struct urne_item_outcome *o)
{
	if (o->item->kind != URNE_ITEM_LIST_RATIFICATION || o->num_decisions == 0 ||
	    o->decisions[0].state != URNE_DECISION_ADOPTED) {
		return;
	}
	for (size_t i = 0; i < o->item->num_entries; i++) {
		begin(t, o->item, "place");
		set_entry(t, o->item, i);
		set_number(t, COL_RANK, i + 1);
		set_text(t, COL_STATE, urne_view_of("in"));
		end(t);
	}
}

static void
put_item(struct table *t, const struct urne_item_outcome *o)
{
	for (size_t i = 0; i < o->num_decisions; i++) {
		put_decision(t, o, &o->decisions[i]);
	}
	put_ratified(t, o);
	for (size_t i = 0; i < o->num_lists; i++) {
		put_list(t, o, &o->lists[i]);
	}
	for (size_t i = 0; i < o->num_places; i++) {
		put_place(t, o, &o->places[i]);
	}
	for (size_t i = 0; i < o->num_rows; i++) {
		if (!o->item->entries[i].withdrawn) {
			put_row(t, o, i);
		}
	}
	for (size_t i = 0; o->votes != NULL && i < o->item->num_entries; i++) {
		if (!o->item->entries[i].withdrawn) {
			begin(t, o->item, "votes");
			set_entry(t, o->item, i);
			set_number(t, COL_VOTES, o->votes[i]);
			end(t);
		}
	}
	for (size_t i = 0; i < o->num_withdrawn; i++) {
		begin(t, o->item, "withdrawn");
		set_entry(t, o->item, o->withdrawn[i]);
		end(t);
	}
}

void
urne_outcome_csv(
    struct urne_buf *out, const struct urne_outcome_heading *h, const struct urne_outcome *o)
{
	struct table t = {
	    .out = out, .r = urne_reader_for(h->definition, (struct urne_view){"", 0})};

	urne_buf_init(&t.said, URNE_MAX_TEXT_FILE);
	urne_buf_puts(out, header);
	for (size_t i = 0; i < o->num_items; i++) {
		put_item(&t, &o->items[i]);
	}
	urne_buf_clear(&t.said);
}
