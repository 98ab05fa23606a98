/* SPDX-License-Identifier: EUPL-1.2 */
/* Votes for and against on the outcome's page: the vote on a list or on a whole text with all its
 * numbers, many votes as one table and one row of bars per section.
 * Spec: docs/outcome.md#as-a-page */
#include "documents/outcome_page.h"

/* "1 203 voix, 54,32 %" */
static struct urne_view
say_part(struct urne_composer *c, uint64_t votes, uint64_t of)
{
	urne_words_votes(&c->buf, c->r.lang, votes);
	urne_buf_puts(&c->buf, ", ");
	urne_words_share(&c->buf, c->r.lang, votes, of);
	return urne_composer_take(c);
}

static struct urne_view
say_decision(
    struct urne_composer *c, const struct urne_item_outcome *o, const struct urne_decision *x)
{
	urne_words_decision(&c->buf, c->r, o, x);
	return urne_composer_take(c);
}

/* One vote with everything there is to know of it. */
static void
compose_alone(
    struct urne_composer *c, const struct urne_item_outcome *o, const struct urne_decision *x)
{
	static const struct urne_phrase captions[] = {
	    {{"Le vote, en part des votants", "The vote, as shares of the voters"}},
	    {{"Le vote sur le texte entier, en part des votants",
		"The vote on the whole text, as shares of the voters"}},
	};
	static const struct urne_phrase labels[] = {
	    {{"Pour", "For"}},
	    {{"Contre", "Against"}},
	    {{"Blancs", "Blank"}},
	    {{"Abstentions", "Abstentions"}},
	};
	static const enum urne_bar_style styles[] = {
	    URNE_BAR_FOR, URNE_BAR_AGAINST, URNE_BAR_QUIET, URNE_BAR_QUIET};
	const uint64_t votes[] = {x->votes_for, x->against, x->blank, x->abstained};
	uint64_t all = votes[0] + votes[1] + votes[2] + votes[3];

	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, say_decision(c, o, x));
	urne_page_open(
	    c->p, URNE_BLOCK_BARS, urne_say(c, &captions[o->item->kind == URNE_ITEM_TEXT ? 1 : 0]));
	for (size_t i = 0; i < 4; i++) {
		if (i != 2 || o->item->blank != URNE_BLANK_NOT_OFFERED) {
			urne_page_bar(c->p, styles[i], urne_say(c, &labels[i]), votes[i], all,
			    say_part(c, votes[i], all));
		}
	}
	urne_page_close(c->p);
}

static bool
in_section(const struct urne_item_outcome *o, const struct urne_decision *x, size_t section)
{
	return x->entry < o->item->num_entries && o->item->entries[x->entry].section == section;
}

static void
compose_table(struct urne_composer *c, const struct urne_item_outcome *o, size_t section)
{
	static const struct urne_phrase head[] = {
	    {{"Engagement", "Commitment"}},
	    {{"Pour", "For"}},
	    {{"Contre", "Against"}},
	    {{"Blancs", "Blank"}},
	    {{"Abstentions", "Abstentions"}},
	    {{"Résultat", "Result"}},
	};
	static const struct urne_phrase article = {{"Article", "Article"}};
	enum { BLANK = 3, RESULT = 5 };
	bool text = o->item->kind == URNE_ITEM_TEXT;
	bool blank = o->item->blank != URNE_BLANK_NOT_OFFERED;

	urne_page_open(c->p, URNE_BLOCK_TABLE, urne_say_text(c, &o->item->sections[section].title));
	urne_compose_row(c);
	for (size_t i = 0; i <= RESULT; i++) {
		if (i != BLANK || blank) {
			urne_page_cell(c->p, i > 0 && i < RESULT,
			    urne_say(c, text && i == 0 ? &article : &head[i]));
		}
	}
	urne_page_close(c->p);
	for (size_t i = 0; i < o->num_decisions; i++) {
		const struct urne_decision *x = &o->decisions[i];
		const char *state = urne_words_item_state(c->r.lang, o->item, x->state);

		if (!in_section(o, x, section)) {
			continue;
		}
		urne_compose_row(c);
		urne_page_cell(c->p, false, urne_entry_title(c->r, o->item, x->entry));
		urne_page_cell(c->p, true, urne_say_number(c, x->votes_for));
		urne_page_cell(c->p, true, urne_say_number(c, x->against));
		if (blank) {
			urne_page_cell(c->p, true, urne_say_number(c, x->blank));
		}
		urne_page_cell(c->p, true, urne_say_number(c, x->abstained));
		urne_page_cell(c->p, false, urne_view_of(state));
		urne_page_close(c->p);
	}
	urne_page_close(c->p);
}

static void
compose_bars(struct urne_composer *c, const struct urne_item_outcome *o, size_t section)
{
	static const struct urne_phrase captions[] = {
	    [URNE_BASE_EXPRESSED] = {{"Voix pour, en part des suffrages exprimés",
		"Votes for, as shares of the expressed votes"}},
	    [URNE_BASE_VOTERS] = {{"Voix pour, en part des votants",
		"Votes for, as shares of the voters"}},
	    [URNE_BASE_ROLL] = {{"Voix pour, en part des inscrits",
		"Votes for, as shares of the roll"}},
	};

	urne_page_open(c->p, URNE_BLOCK_BARS, urne_say(c, &captions[o->item->majority.of]));
	for (size_t i = 0; i < o->num_decisions; i++) {
		const struct urne_decision *x = &o->decisions[i];
		bool adopted = x->state == URNE_DECISION_ADOPTED;

		if (in_section(o, x, section)) {
			urne_page_bar(c->p, adopted ? URNE_BAR_FOR : URNE_BAR_QUIET,
			    urne_entry_title(c->r, o->item, x->entry), x->votes_for, x->base,
			    say_part(c, x->votes_for, x->base));
		}
	}
	urne_page_close(c->p);
}

static void
compose_reasons(struct urne_composer *c, const struct urne_item_outcome *o)
{
	static const struct urne_phrase label = {
	    {"Le motif de chaque résultat", "The reason for every result"}};

	urne_page_open(c->p, URNE_BLOCK_DETAILS, urne_say(c, &label));
	urne_page_open(c->p, URNE_BLOCK_FACTS, (struct urne_view){"", 0});
	for (size_t i = 0; i < o->num_decisions; i++) {
		const struct urne_decision *x = &o->decisions[i];

		if (x->entry < o->item->num_entries) {
			urne_page_fact(
			    c->p, urne_entry_title(c->r, o->item, x->entry), say_decision(c, o, x));
		}
	}
	urne_page_close(c->p);
	urne_page_close(c->p);
}

void
urne_outcome_page_decisions(struct urne_composer *c, const struct urne_item_outcome *o)
{
	if (o->num_decisions == 0) {
		return;
	}
	if (o->item->kind == URNE_ITEM_LIST_RATIFICATION) {
		compose_alone(c, o, &o->decisions[0]);
		return;
	}
	if (o->item->kind == URNE_ITEM_TEXT) {
		compose_alone(c, o, &o->decisions[o->num_decisions - 1]);
	}
	for (size_t s = 0; s < o->item->num_sections; s++) {
		if (o->item->sections[s].num > 0) {
			compose_table(c, o, s);
			compose_bars(c, o, s);
		}
	}
	compose_reasons(c, o);
}
