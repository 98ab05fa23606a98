/* SPDX-License-Identifier: EUPL-1.2 */
/* The outcome for people, item by item: first the one sentence that everybody wants, then what it
 * rests on.
 * Spec: docs/outcome.md#as-a-page */
#include "documents/outcome_page.h"

#include "crypto/sha256.h"

static void
compose_undrawn(
    struct urne_composer *c, const struct urne_definition *v, const struct urne_item_outcome *o)
{
	static const struct urne_phrase phrase = {{
	    "Des ex æquo restent à départager par tirage au sort~: {0}. Dès que les responsables "
	    "en auront déclaré la valeur, le résultat de ce point sera recalculé et définitif.",
	    "A tie has still to be drawn: {0}. As soon as the officials have declared the value, "
	    "the outcome of this item is computed again and final.",
	}};
	struct urne_word word = {.n = 0};

	if (!o->undrawn) {
		return;
	}
	urne_words_draw(&c->buf, c->r, &v->draw);
	word = urne_word_text(urne_composer_take(c));
	urne_page_text(c->p, URNE_BLOCK_NOTICE, urne_say1(c, &phrase, word));
}

/* The list that a ratification adopted, in its order. */
static void
compose_ratified(struct urne_composer *c, const struct urne_item_outcome *o)
{
	if (o->item->kind != URNE_ITEM_LIST_RATIFICATION || o->num_decisions == 0 ||
	    o->decisions[0].state != URNE_DECISION_ADOPTED) {
		return;
	}
	urne_page_open_numbered(c->p);
	for (size_t i = 0; i < o->item->num_entries; i++) {
		urne_page_entry(c->p, urne_entry_title(c->r, o->item, i));
	}
	urne_page_close(c->p);
}

static void
compose_withdrawn(struct urne_composer *c, const struct urne_item_outcome *o)
{
	static const struct urne_phrase intro = {
	    {"Retirés après le scellement du vote, et donc sans rang~:",
		"Withdrew after the vote was sealed, and so have no rank:"}};

	if (o->num_withdrawn == 0) {
		return;
	}
	urne_compose_paragraph(c, &intro);
	urne_page_open(c->p, URNE_BLOCK_LIST, (struct urne_view){"", 0});
	for (size_t i = 0; i < o->num_withdrawn; i++) {
		urne_page_entry(c->p, urne_entry_title(c->r, o->item, o->withdrawn[i]));
	}
	urne_page_close(c->p);
}

static void
compose_item(
    struct urne_composer *c, const struct urne_definition *v, const struct urne_item_outcome *o)
{
	urne_page_heading(c->p, 2, urne_say_text(c, &o->item->title));
	urne_words_summary(&c->buf, c->r.lang, o);
	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, urne_composer_take(c));
	compose_undrawn(c, v, o);
	if (o->quorum.required) {
		urne_words_quorum_test(&c->buf, c->r.lang, o);
		urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, urne_composer_take(c));
	}
	urne_outcome_page_decisions(c, o);
	compose_ratified(c, o);
	urne_outcome_page_lists(c, o);
	urne_outcome_page_places(c, o);
	urne_outcome_page_votes(c, o);
	urne_outcome_page_rows(c, o);
	urne_outcome_page_text(c, v, o);
	compose_withdrawn(c, o);
}

void
urne_outcome_page_text(
    struct urne_composer *c, const struct urne_definition *v, const struct urne_item_outcome *o)
{
	static const struct urne_phrase label = {{"Le texte adopté", "The text as adopted"}};
	static const struct urne_phrase hash = {
	    {"SHA-256 du texte adopté, dans la langue qui fait foi ({0})~:",
		"SHA-256 of the text as adopted, in the authentic language ({0}):"}};
	char hex[URNE_HASH_HEX_LEN];
	struct urne_hash h;

	if (!urne_outcome_text_adopted(o)) {
		return;
	}
	urne_page_open(c->p, URNE_BLOCK_DETAILS, urne_say(c, &label));
	urne_outcome_consolidated(&c->buf, o, c->r.index);
	urne_compose_lines(c, urne_composer_take(c));
	urne_page_close(c->p);
	urne_outcome_consolidated(&c->buf, o, 0);
	urne_sha256_of(&h, urne_buf_view(&c->buf));
	(void)urne_composer_take(c);
	urne_hex_encode(hex, h.b, URNE_HASH_LEN);
	urne_page_text(
	    c->p, URNE_BLOCK_PARAGRAPH, urne_say1(c, &hash, urne_word_text(v->languages[0])));
	urne_page_text(c->p, URNE_BLOCK_CODE, (struct urne_view){hex, sizeof(hex)});
}

void
urne_outcome_compose(struct urne_page *p, struct urne_reader r,
    const struct urne_outcome_heading *h, const struct urne_outcome *o)
{
	struct urne_composer c;

	urne_composer_init(&c, p, r);
	for (size_t i = 0; i < o->num_items; i++) {
		compose_item(&c, h->definition, &o->items[i]);
	}
	urne_composer_clear(&c);
}
