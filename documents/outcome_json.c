/* SPDX-License-Identifier: EUPL-1.2 */
/* The outcome for programs: the document's fields, and what every kind of item has. Counts,
 * decisions and texts of the definition only; nothing in it comes from a single ballot.
 * Spec: docs/outcome.md#documents */
#include "documents/outcome_json.h"

#include "crypto/sha256.h"

static const enum urne_lang langs[] = {URNE_LANG_FR, URNE_LANG_EN};

void
urne_json_name(struct urne_buf *out, const char *name)
{
	char last = out->len > 0 ? out->data[out->len - 1] : '{';

	urne_buf_puts(out, last == '{' || last == '[' ? "\"" : ",\"");
	urne_buf_puts(out, name);
	urne_buf_puts(out, "\":");
}

void
urne_json_number(struct urne_buf *out, const char *name, uint64_t n)
{
	urne_json_name(out, name);
	urne_buf_put_u64(out, n);
}

void
urne_json_bool(struct urne_buf *out, const char *name, bool value)
{
	urne_json_name(out, name);
	urne_buf_puts(out, value ? "true" : "false");
}

void
urne_json_string(struct urne_buf *out, const char *name, struct urne_view text)
{
	urne_json_name(out, name);
	urne_buf_put_json_string(out, text);
}

void
urne_json_hash(struct urne_buf *out, const char *name, const struct urne_hash *h)
{
	urne_json_name(out, name);
	urne_buf_putc(out, '"');
	urne_buf_put_hex(out, h->b, URNE_HASH_LEN);
	urne_buf_putc(out, '"');
}

void
urne_json_object(struct urne_buf *out, size_t index)
{
	urne_buf_puts(out, index == 0 ? "{" : ",{");
}

void
urne_json_texts(struct urne_outcome_writer *w, const char *name, const struct urne_texts *texts)
{
	urne_json_name(w->out, name);
	urne_texts_json(w->out, w->h->definition, texts);
}

struct urne_buf *
urne_json_say(struct urne_outcome_writer *w)
{
	urne_buf_reset(&w->said);
	return &w->said;
}

void
urne_json_said(struct urne_outcome_writer *w, enum urne_lang lang, const char *object)
{
	enum urne_err e = urne_buf_error(&w->said);

	if (lang == langs[0]) {
		urne_json_name(w->out, object);
		urne_buf_putc(w->out, '{');
	}
	urne_json_string(w->out, urne_lang_code(lang), urne_buf_view(&w->said));
	if (lang == langs[1]) {
		urne_buf_putc(w->out, '}');
	}
	if (e != URNE_OK && w->out->err == URNE_OK) {
		w->out->err = e;
	}
}

static void
put_quorum(struct urne_buf *out, const struct urne_quorum_test *q)
{
	urne_json_name(out, "quorum");
	urne_buf_putc(out, '{');
	urne_json_bool(out, "required", q->required);
	urne_json_bool(out, "met", q->met);
	urne_json_number(out, "value", q->value);
	urne_json_number(out, "needed", q->needed);
	urne_buf_putc(out, '}');
}

static void
put_withdrawn(struct urne_outcome_writer *w, const struct urne_item_outcome *o)
{
	urne_json_name(w->out, "withdrawn");
	urne_buf_putc(w->out, '[');
	for (size_t i = 0; i < o->num_withdrawn; i++) {
		const struct urne_entry *x = &o->item->entries[o->withdrawn[i]];

		urne_json_object(w->out, i);
		urne_json_string(w->out, "id", x->id);
		urne_json_texts(w, "title", &x->title);
		urne_buf_putc(w->out, '}');
	}
	urne_buf_putc(w->out, ']');
}

static void
put_item(struct urne_outcome_writer *w, const struct urne_item_outcome *o)
{
	static void (*const parts[URNE_NUM_ITEM_KINDS])(
	    struct urne_outcome_writer *, const struct urne_item_outcome *) = {
	    [URNE_ITEM_LIST_RATIFICATION] = urne_json_ratification,
	    [URNE_ITEM_LIST_CANDIDATES] = urne_json_candidates,
	    [URNE_ITEM_LIST_CHOICE] = urne_json_lists,
	    [URNE_ITEM_PROGRAMME] = urne_json_decisions,
	    [URNE_ITEM_PRIORITIES] = urne_json_priorities,
	    [URNE_ITEM_GRADES] = urne_json_grades,
	    [URNE_ITEM_TEXT] = urne_json_text,
	};

	urne_json_string(w->out, "id", o->item->id);
	urne_json_string(w->out, "kind", urne_view_of(urne_item_kind_name(o->item->kind)));
	urne_json_texts(w, "title", &o->item->title);
	put_quorum(w->out, &o->quorum);
	parts[o->item->kind](w, o);
	put_withdrawn(w, o);
	urne_json_bool(w->out, "undrawn", o->undrawn);
	for (size_t l = 0; l < URNE_NUM_LANGS; l++) {
		urne_words_summary(urne_json_say(w), langs[l], o);
		urne_json_said(w, langs[l], "summary");
	}
}

void
urne_outcome_items_json(
    struct urne_buf *out, const struct urne_outcome_heading *h, const struct urne_outcome *o)
{
	struct urne_outcome_writer w = {.out = out, .h = h};

	for (size_t l = 0; l < URNE_NUM_LANGS; l++) {
		struct urne_view code = urne_view_of(urne_lang_code(langs[l]));
		w.readers[l] = (struct urne_reader){
		    .lang = langs[l], .index = urne_definition_language(h->definition, code)};
	}
	urne_buf_init(&w.said, URNE_MAX_TEXT_FILE);
	urne_buf_putc(out, '[');
	for (size_t i = 0; i < o->num_items; i++) {
		urne_json_object(out, i);
		put_item(&w, &o->items[i]);
		urne_buf_putc(out, '}');
	}
	urne_buf_putc(out, ']');
	urne_buf_clear(&w.said);
}

void
urne_outcome_json(
    struct urne_buf *out, const struct urne_outcome_heading *h, const struct urne_outcome *o)
{
	struct urne_outcome_writer w = {.out = out, .h = h};

	urne_buf_putc(out, '{');
	urne_json_string(out, "format", urne_view_of("urne-outcome-1"));
	urne_json_string(out, "uuid", h->uuid);
	urne_json_string(out, "fingerprint", h->fingerprint);
	urne_json_hash(out, "definition", &h->definition->sha256);
	urne_json_texts(&w, "title", &h->definition->title);
	urne_json_name(out, "turnout");
	urne_buf_putc(out, '{');
	urne_json_number(out, "members", o->turnout.members);
	urne_json_number(out, "roll", o->turnout.roll);
	urne_json_number(out, "voters", o->turnout.voters);
	urne_json_number(out, "votes", o->turnout.votes);
	urne_buf_putc(out, '}');
	if (h->draw != NULL) {
		urne_json_hash(out, "draw", h->draw);
	}
	urne_json_bool(out, "complete", o->complete);
	urne_json_name(out, "items");
	urne_outcome_items_json(out, h, o);
	urne_buf_putc(out, '}');
}
