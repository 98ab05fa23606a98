/* SPDX-License-Identifier: EUPL-1.2 */
/* Places, rival lists and grades on the outcome's page.
 * Spec: docs/outcome.md#as-a-page */
#include "documents/outcome_page.h"

static const struct urne_phrase head_rank = {{"Rang", "Rank"}};
static const struct urne_phrase head_titles[URNE_NUM_ITEM_KINDS] = {
    [URNE_ITEM_LIST_RATIFICATION] = {{"Nom", "Name"}},
    [URNE_ITEM_LIST_CANDIDATES] = {{"Nom", "Name"}},
    [URNE_ITEM_LIST_CHOICE] = {{"Nom", "Name"}},
    [URNE_ITEM_PROGRAMME] = {{"Engagement", "Commitment"}},
    [URNE_ITEM_PRIORITIES] = {{"Engagement", "Commitment"}},
    [URNE_ITEM_GRADES] = {{"Objet", "Subject"}},
    [URNE_ITEM_TEXT] = {{"Article", "Article"}},
};
static const struct urne_phrase head_votes = {{"Voix", "Votes"}};
static const struct urne_phrase head_reason = {{"Motif", "Reason"}};

static bool
stands_in(const struct urne_item *item, const struct urne_place *place)
{
	return place->in || item->seats == 0;
}

static struct urne_view
say_reason(struct urne_composer *c, const struct urne_item_outcome *o, const struct urne_place *x)
{
	urne_words_place_reason(&c->buf, c->r, o, x);
	return urne_composer_take(c);
}

/* The places that are in, or those that are not. */
static void
compose_places(struct urne_composer *c, const struct urne_item_outcome *o, bool in,
    const struct urne_phrase *caption)
{
	bool votes = o->item->kind != URNE_ITEM_GRADES;

	urne_page_open(c->p, URNE_BLOCK_TABLE, urne_say(c, caption));
	urne_compose_row(c);
	urne_page_cell(c->p, true, urne_say(c, &head_rank));
	urne_page_cell(c->p, false, urne_say(c, &head_titles[o->item->kind]));
	if (votes) {
		urne_page_cell(c->p, true, urne_say(c, &head_votes));
	}
	urne_page_cell(c->p, false, urne_say(c, &head_reason));
	urne_page_close(c->p);
	for (size_t i = 0; i < o->num_places; i++) {
		const struct urne_place *x = &o->places[i];

		if (stands_in(o->item, x) != in) {
			continue;
		}
		urne_compose_row(c);
		urne_page_cell(c->p, true, urne_say_number(c, x->rank));
		urne_page_cell(c->p, false, urne_entry_title(c->r, o->item, x->entry));
		if (votes) {
			urne_page_cell(c->p, true, urne_say_number(c, x->votes));
		}
		urne_page_cell(c->p, false, say_reason(c, o, x));
		urne_page_close(c->p);
	}
	urne_page_close(c->p);
}

static bool
has_place(const struct urne_item_outcome *o, size_t entry)
{
	for (size_t i = 0; i < o->num_places; i++) {
		if (o->places[i].entry == entry) {
			return true;
		}
	}
	return false;
}

void
urne_outcome_page_votes(struct urne_composer *c, const struct urne_item_outcome *o)
{
	static const struct urne_phrase label = {{"Toutes les voix", "All votes"}};
	bool all = true;

	for (size_t i = 0; o->votes != NULL && i < o->item->num_entries; i++) {
		all = all && (o->item->entries[i].withdrawn || has_place(o, i));
	}
	if (all) {
		return;
	}
	urne_page_open(c->p, URNE_BLOCK_DETAILS, urne_say(c, &label));
	urne_page_open(c->p, URNE_BLOCK_TABLE, urne_say(c, &label));
	urne_compose_row(c);
	urne_page_cell(c->p, false, urne_say(c, &head_titles[o->item->kind]));
	urne_page_cell(c->p, true, urne_say(c, &head_votes));
	urne_page_close(c->p);
	for (size_t i = 0; i < o->item->num_entries; i++) {
		if (!o->item->entries[i].withdrawn) {
			urne_compose_row(c);
			urne_page_cell(c->p, false, urne_entry_title(c->r, o->item, i));
			urne_page_cell(c->p, true, urne_say_number(c, o->votes[i]));
			urne_page_close(c->p);
		}
	}
	urne_page_close(c->p);
	urne_page_close(c->p);
}

/* Ranks nobody could take, and who stands behind the seats. */
void
urne_outcome_page_places(struct urne_composer *c, const struct urne_item_outcome *o)
{
	static const struct urne_phrase captions[URNE_NUM_ITEM_KINDS] = {
	    [URNE_ITEM_LIST_RATIFICATION] = {{"", ""}},
	    [URNE_ITEM_LIST_CANDIDATES] = {{"La liste, dans l’ordre", "The list, in order"}},
	    [URNE_ITEM_LIST_CHOICE] = {{"Élus, liste par liste", "Elected, list by list"}},
	    [URNE_ITEM_PROGRAMME] = {{"", ""}},
	    [URNE_ITEM_PRIORITIES] = {{"Le classement", "The ranking"}},
	    [URNE_ITEM_GRADES] = {{"Le classement", "The ranking"}},
	    [URNE_ITEM_TEXT] = {{"", ""}},
	};
	static const struct urne_noun substitutes = {
	    {{"suppléant", "substitute"}}, {{"suppléants", "substitutes"}}};
	static const struct urne_noun others = {{{"rang non retenu", "rank not selected"}},
	    {{"rangs non retenus", "ranks not selected"}}};
	static const struct urne_noun empty = {{{"place reste vacante", "place stays empty"}},
	    {{"places restent vacantes", "places stay empty"}}};
	static const struct urne_phrase unfilled = {{"{0}, faute de noms que les règles admettent.",
	    "{0}, for want of names that the rules allow."}};
	static const struct urne_phrase plain = {{"{0}", "{0}"}};
	static const struct urne_phrase behind_caption = {
	    {"À la suite, dans l’ordre", "Those who follow, in order"}};
	bool candidates = o->item->kind == URNE_ITEM_LIST_CANDIDATES;
	size_t behind = 0;

	for (size_t i = 0; i < o->num_places; i++) {
		behind += stands_in(o->item, &o->places[i]) ? 0 : 1;
	}
	if (o->num_places > behind) {
		compose_places(c, o, true, &captions[o->item->kind]);
	}
	if (o->num_unfilled > 0) {
		urne_page_text(c->p, URNE_BLOCK_PARAGRAPH,
		    urne_say1(c, &unfilled, urne_word_count(o->num_unfilled, &empty)));
	}
	if (behind > 0) {
		struct urne_word num = urne_word_count(behind, candidates ? &substitutes : &others);

		urne_page_open(c->p, URNE_BLOCK_DETAILS, urne_say1(c, &plain, num));
		compose_places(c, o, false, &behind_caption);
		urne_page_close(c->p);
	}
}

static void
compose_list_bars(struct urne_composer *c, const struct urne_item_outcome *o)
{
	static const struct urne_phrase caption = {
	    {"Voix, en part des suffrages exprimés", "Votes, as shares of the expressed votes"}};

	urne_page_open(c->p, URNE_BLOCK_BARS, urne_say(c, &caption));
	for (size_t i = 0; i < o->num_lists; i++) {
		const struct urne_list_share *x = &o->lists[i];

		urne_words_votes(&c->buf, c->r.lang, x->votes);
		urne_buf_puts(&c->buf, ", ");
		urne_words_share(&c->buf, c->r.lang, x->votes, o->expressed);
		urne_page_bar(c->p, x->above_threshold ? URNE_BAR_NEUTRAL : URNE_BAR_QUIET,
		    urne_say_text(c, &o->item->sections[x->section].title), x->votes, o->expressed,
		    urne_composer_take(c));
	}
	urne_page_close(c->p);
}

void
urne_outcome_page_lists(struct urne_composer *c, const struct urne_item_outcome *o)
{
	static const struct urne_phrase caption = {
	    {"Les listes, leurs voix et leurs sièges", "The lists, their votes and seats"}};
	static const struct urne_phrase head[] = {
	    {{"Liste", "List"}},
	    {{"Voix", "Votes"}},
	    {{"Sièges", "Seats"}},
	    {{"Motif", "Reason"}},
	};

	if (o->num_lists == 0) {
		return;
	}
	urne_compose_table(c, &caption, head, sizeof(head) / sizeof(head[0]), 2 | 4);
	for (size_t i = 0; i < o->num_lists; i++) {
		const struct urne_list_share *x = &o->lists[i];

		urne_compose_row(c);
		urne_page_cell(c->p, false, urne_say_text(c, &o->item->sections[x->section].title));
		urne_page_cell(c->p, true, urne_say_number(c, x->votes));
		urne_page_cell(c->p, true, urne_say_number(c, x->seats));
		urne_words_list_share(&c->buf, c->r, o, x);
		urne_page_cell(c->p, false, urne_composer_take(c));
		urne_page_close(c->p);
	}
	urne_page_close(c->p);
	compose_list_bars(c, o);
}

static void
compose_row(struct urne_composer *c, const struct urne_item *item, size_t entry,
    const struct urne_grade_row *row)
{
	urne_compose_row(c);
	urne_page_cell(c->p, false, urne_entry_title(c->r, item, entry));
	for (size_t g = 0; g < item->num_grades; g++) {
		urne_page_cell(c->p, true, urne_say_number(c, row->histogram[g]));
	}
	urne_page_cell(c->p, false, urne_say_text(c, &item->grades[row->majority_grade].title));
	urne_page_close(c->p);
}

void
urne_outcome_page_rows(struct urne_composer *c, const struct urne_item_outcome *o)
{
	static const struct urne_phrase caption = {
	    {"Combien de fois chaque mention a été donnée", "How often each grade was given"}};
	static const struct urne_phrase majority = {{"Mention majoritaire", "Majority grade"}};
	const struct urne_item *item = o->item;

	if (o->num_rows == 0) {
		return;
	}
	urne_page_open(c->p, URNE_BLOCK_TABLE, urne_say(c, &caption));
	urne_compose_row(c);
	urne_page_cell(c->p, false, urne_say(c, &head_titles[item->kind]));
	for (size_t g = 0; g < item->num_grades; g++) {
		urne_page_cell(c->p, true, urne_say_text(c, &item->grades[g].title));
	}
	urne_page_cell(c->p, false, urne_say(c, &majority));
	urne_page_close(c->p);
	for (size_t i = 0; i < o->num_rows; i++) {
		if (!item->entries[i].withdrawn) {
			compose_row(c, item, i, &o->rows[i]);
		}
	}
	urne_page_close(c->p);
}
