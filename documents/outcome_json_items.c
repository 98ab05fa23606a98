/* SPDX-License-Identifier: EUPL-1.2 */
/* The outcome for programs: decisions, places, seats, rows of grades and the consolidated text.
 * Spec: docs/outcome.md#documents */
#include "crypto/sha256.h"
#include "documents/outcome_json.h"

/* ---- decisions ------------------------------------------------------------------------------- */

/* A decision on an entry carries its id; that on a whole text "whole", that on a list its item's.
 */
static void
put_subject(
    struct urne_outcome_writer *w, const struct urne_item *item, const struct urne_decision *x)
{
	bool whole = x->entry >= item->num_entries;

	if (item->kind == URNE_ITEM_LIST_RATIFICATION || whole) {
		urne_json_string(w->out, "id", whole ? urne_view_of("whole") : item->id);
		urne_json_texts(w, "title", &item->title);
	} else {
		urne_json_string(w->out, "id", item->entries[x->entry].id);
		urne_json_texts(w, "title", &item->entries[x->entry].title);
	}
}

static void
put_decision(
    struct urne_outcome_writer *w, const struct urne_item_outcome *o, const struct urne_decision *x)
{
	struct urne_buf *out = w->out;

	put_subject(w, o->item, x);
	urne_json_number(out, "for", x->votes_for);
	urne_json_number(out, "against", x->against);
	urne_json_number(out, "blank", x->blank);
	urne_json_number(out, "abstained", x->abstained);
	urne_json_number(out, "expressed", x->expressed);
	urne_json_number(out, "base", x->base);
	urne_json_number(out, "needed", x->needed);
	urne_json_string(out, "state", urne_view_of(urne_decision_state_code(x->state)));
	urne_json_string(out, "reason", urne_view_of(urne_decision_reason_code(x->reason)));
	if (x->other < o->item->num_entries) {
		urne_json_string(out, "other", o->item->entries[x->other].id);
	}
	for (size_t l = 0; l < URNE_NUM_LANGS; l++) {
		urne_words_decision(urne_json_say(w), w->readers[l], o, x);
		urne_json_said(w, w->readers[l].lang, "sentence");
	}
}

void
urne_json_decisions(struct urne_outcome_writer *w, const struct urne_item_outcome *o)
{
	urne_json_name(w->out, "decisions");
	urne_buf_putc(w->out, '[');
	for (size_t i = 0; i < o->num_decisions; i++) {
		urne_json_object(w->out, i);
		put_decision(w, o, &o->decisions[i]);
		urne_buf_putc(w->out, '}');
	}
	urne_buf_putc(w->out, ']');
}

void
urne_json_ratification(struct urne_outcome_writer *w, const struct urne_item_outcome *o)
{
	urne_json_decisions(w, o);
	if (o->num_decisions == 0 || o->decisions[0].state != URNE_DECISION_ADOPTED) {
		return;
	}
	urne_json_name(w->out, "list");
	urne_buf_putc(w->out, '[');
	for (size_t i = 0; i < o->item->num_entries; i++) {
		urne_json_object(w->out, i);
		urne_json_number(w->out, "rank", i + 1);
		urne_json_string(w->out, "id", o->item->entries[i].id);
		urne_json_texts(w, "title", &o->item->entries[i].title);
		urne_buf_putc(w->out, '}');
	}
	urne_buf_putc(w->out, ']');
}

/* ---- places ---------------------------------------------------------------------------------- */

static void
put_place(
    struct urne_outcome_writer *w, const struct urne_item_outcome *o, const struct urne_place *x)
{
	static const char *const genders[] = {
	    [URNE_GENDER_NONE] = "",
	    [URNE_GENDER_WOMAN] = "f",
	    [URNE_GENDER_MAN] = "m",
	};
	const struct urne_item *item = o->item;

	urne_json_number(w->out, "rank", x->rank);
	urne_json_string(w->out, "id", item->entries[x->entry].id);
	urne_json_texts(w, "title", &item->entries[x->entry].title);
	if (item->kind == URNE_ITEM_LIST_CHOICE) {
		urne_json_string(
		    w->out, "list", item->sections[item->entries[x->entry].section].id);
	}
	if (item->kind != URNE_ITEM_GRADES) {
		urne_json_number(w->out, "votes", x->votes);
	}
	urne_json_bool(w->out, "in", x->in);
	urne_json_string(w->out, "reason", urne_view_of(urne_place_reason_code(x->reason)));
	if (x->wanted != URNE_GENDER_NONE) {
		urne_json_string(w->out, "wanted", urne_view_of(genders[x->wanted]));
	}
	if (x->passed < item->num_entries) {
		urne_json_string(w->out, "passed", item->entries[x->passed].id);
	}
	if (x->num_tied > 1) {
		urne_json_number(w->out, "tied", x->num_tied);
	}
	for (size_t l = 0; l < URNE_NUM_LANGS; l++) {
		urne_words_place(urne_json_say(w), w->readers[l], o, x);
		urne_json_said(w, w->readers[l].lang, "sentence");
	}
}

static void
put_places(struct urne_outcome_writer *w, const char *name, const struct urne_item_outcome *o)
{
	urne_json_number(w->out, "seats", o->item->seats);
	urne_json_number(w->out, "unfilled", o->num_unfilled);
	urne_json_name(w->out, name);
	urne_buf_putc(w->out, '[');
	for (size_t i = 0; i < o->num_places; i++) {
		urne_json_object(w->out, i);
		put_place(w, o, &o->places[i]);
		urne_buf_putc(w->out, '}');
	}
	urne_buf_putc(w->out, ']');
}

/* Every entry that was on the ballot, in the order of the definition. */
static void
put_votes(struct urne_buf *out, const struct urne_item_outcome *o)
{
	size_t num = 0;

	urne_json_name(out, "votes");
	urne_buf_putc(out, '[');
	for (size_t i = 0; i < o->item->num_entries; i++) {
		if (!o->item->entries[i].withdrawn) {
			urne_json_object(out, num++);
			urne_json_string(out, "id", o->item->entries[i].id);
			urne_json_number(out, "votes", o->votes[i]);
			urne_buf_putc(out, '}');
		}
	}
	urne_buf_putc(out, ']');
}

static void
put_expressed(struct urne_buf *out, const struct urne_item_outcome *o)
{
	urne_json_number(out, "blank", o->blank);
	urne_json_number(out, "expressed", o->expressed);
	put_votes(out, o);
}

void
urne_json_candidates(struct urne_outcome_writer *w, const struct urne_item_outcome *o)
{
	put_expressed(w->out, o);
	put_places(w, "list", o);
}

void
urne_json_priorities(struct urne_outcome_writer *w, const struct urne_item_outcome *o)
{
	put_expressed(w->out, o);
	put_places(w, "ranking", o);
}

void
urne_json_lists(struct urne_outcome_writer *w, const struct urne_item_outcome *o)
{
	put_expressed(w->out, o);
	urne_json_name(w->out, "lists");
	urne_buf_putc(w->out, '[');
	for (size_t i = 0; i < o->num_lists; i++) {
		const struct urne_list_share *x = &o->lists[i];

		urne_json_object(w->out, i);
		urne_json_string(w->out, "id", o->item->sections[x->section].id);
		urne_json_texts(w, "title", &o->item->sections[x->section].title);
		urne_json_number(w->out, "votes", x->votes);
		urne_json_bool(w->out, "above_threshold", x->above_threshold);
		urne_json_number(w->out, "seats", x->seats);
		urne_json_bool(w->out, "by_tie", x->by_tie);
		urne_json_bool(w->out, "undrawn", x->undrawn);
		for (size_t l = 0; l < URNE_NUM_LANGS; l++) {
			urne_words_list_share(urne_json_say(w), w->readers[l], o, x);
			urne_json_said(w, w->readers[l].lang, "sentence");
		}
		urne_buf_putc(w->out, '}');
	}
	urne_buf_putc(w->out, ']');
	put_places(w, "elected", o);
}

/* ---- grades ---------------------------------------------------------------------------------- */

static void
put_row(struct urne_outcome_writer *w, const struct urne_item *item, size_t entry,
    const struct urne_grade_row *row)
{
	urne_json_string(w->out, "id", item->entries[entry].id);
	urne_json_texts(w, "title", &item->entries[entry].title);
	urne_json_name(w->out, "histogram");
	urne_buf_putc(w->out, '[');
	for (size_t g = 0; g < item->num_grades; g++) {
		urne_buf_puts(w->out, g == 0 ? "" : ",");
		urne_buf_put_u64(w->out, row->histogram[g]);
	}
	urne_buf_putc(w->out, ']');
	urne_json_string(w->out, "majority_grade", item->grades[row->majority_grade].id);
	urne_json_number(w->out, "better", row->better);
	urne_json_number(w->out, "worse", row->worse);
}

void
urne_json_grades(struct urne_outcome_writer *w, const struct urne_item_outcome *o)
{
	const struct urne_item *item = o->item;
	size_t num = 0;

	urne_json_name(w->out, "grades");
	urne_buf_putc(w->out, '[');
	for (size_t g = 0; g < item->num_grades; g++) {
		urne_json_object(w->out, g);
		urne_json_string(w->out, "id", item->grades[g].id);
		urne_json_texts(w, "title", &item->grades[g].title);
		urne_buf_putc(w->out, '}');
	}
	urne_buf_putc(w->out, ']');
	urne_json_name(w->out, "rows");
	urne_buf_putc(w->out, '[');
	for (size_t i = 0; i < o->num_rows; i++) {
		/* nobody could grade who had withdrawn before the vote */
		if (!item->entries[i].withdrawn) {
			urne_json_object(w->out, num++);
			put_row(w, item, i, &o->rows[i]);
			urne_buf_putc(w->out, '}');
		}
	}
	urne_buf_putc(w->out, ']');
	put_places(w, "ranking", o);
}

/* ---- text ------------------------------------------------------------------------------------ */

static void
put_adopted_ids(struct urne_buf *out, const struct urne_item_outcome *o)
{
	bool first = true;

	urne_json_name(out, "adopted");
	urne_buf_putc(out, '[');
	for (size_t i = 0; i < o->num_decisions; i++) {
		const struct urne_decision *x = &o->decisions[i];

		if (x->entry < o->item->num_entries && x->state == URNE_DECISION_ADOPTED) {
			urne_buf_puts(out, first ? "" : ",");
			urne_buf_put_json_string(out, o->item->entries[x->entry].id);
			first = false;
		}
	}
	urne_buf_putc(out, ']');
}

static void
put_consolidated(struct urne_outcome_writer *w, const struct urne_item_outcome *o)
{
	const struct urne_definition *v = w->h->definition;
	struct urne_buf *said = urne_json_say(w);
	struct urne_hash h;

	urne_json_name(w->out, "consolidated");
	urne_buf_putc(w->out, '{');
	put_adopted_ids(w->out, o);
	urne_outcome_consolidated(said, o, 0);
	urne_sha256_of(&h, urne_buf_view(said));
	urne_json_hash(w->out, "sha256", &h);
	urne_json_name(w->out, "text");
	urne_buf_putc(w->out, '{');
	for (size_t l = 0; l < v->num_languages; l++) {
		said = urne_json_say(w);
		urne_outcome_consolidated(said, o, l);
		urne_buf_puts(w->out, l == 0 ? "" : ",");
		urne_buf_put_json_string(w->out, v->languages[l]);
		urne_buf_putc(w->out, ':');
		urne_buf_put_json_string(w->out, urne_buf_view(said));
		if (urne_buf_error(said) != URNE_OK && w->out->err == URNE_OK) {
			w->out->err = urne_buf_error(said);
		}
	}
	urne_buf_puts(w->out, "}}");
}

void
urne_json_text(struct urne_outcome_writer *w, const struct urne_item_outcome *o)
{
	urne_json_decisions(w, o);
	if (urne_outcome_text_adopted(o)) {
		put_consolidated(w, o);
	}
}
