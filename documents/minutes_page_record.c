/* SPDX-License-Identifier: EUPL-1.2 */
/* The chapters of the minutes on the draw, on the trustees, on what officials declared, and on what
 * nobody can read in the archive. Declared and proven never stand in one list.
 * Spec: docs/minutes.md#page */
#include "documents/minutes_parts.h"

void
urne_minutes_page_draw(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase title = {{"Tirage au sort", "Draw"}};
	static const struct urne_phrase needed = {
	    {"Des voix égales ont été départagées ainsi, ou attendent de l’être.",
		"Equal votes were decided in this way, or wait for it."}};
	static const struct urne_phrase not_needed = {
	    {"Aucune égalité n’a dû être tirée au sort.", "No tie had to be drawn."}};
	static const struct urne_phrase value = {
	    {"Valeur déclarée par les responsables du scrutin~:",
		"Value declared by the officials:"}};
	char hex[URNE_HASH_HEX_LEN];

	if (m->definition->draw.kind == URNE_DRAW_NONE) {
		return;
	}
	urne_compose_chapter(c, &title);
	urne_compose_paragraph(c, m->outcome->draw_needed ? &needed : &not_needed);
	urne_compose_draw(c, &m->definition->draw);
	if (m->declared->has_draw) {
		urne_hex_encode(hex, m->declared->draw.b, URNE_HASH_LEN);
		urne_compose_paragraph(c, &value);
		urne_page_text(c->p, URNE_BLOCK_CODE, (struct urne_view){hex, sizeof(hex)});
	}
}

/* say_owners: "1" or "1 à 3". */
static struct urne_view
say_owners(struct urne_composer *c, const struct urne_minutes_trustee *t)
{
	static const struct urne_phrase range = {{"{0} à {1}", "{0} to {1}"}};
	const struct urne_word words[] = {urne_word_number(t->first_owner),
	    urne_word_number(t->first_owner + t->num_members - 1)};

	return t->num_members == 1 ? urne_say_number(c, t->first_owner)
				   : urne_say_with(c, &range, words, 2);
}

static struct urne_view
say_decrypted(
    struct urne_composer *c, const struct urne_minutes *m, const struct urne_minutes_trustee *t)
{
	const char *before = "";

	for (uint64_t i = 0; i < t->num_members; i++) {
		if (urne_minutes_has_decrypted(m, t->first_owner + i)) {
			urne_buf_puts(&c->buf, before);
			urne_words_number(&c->buf, c->r.lang, t->first_owner + i);
			before = ", ";
		}
	}
	urne_buf_puts(&c->buf, before[0] == '\0' ? "—" : "");
	return urne_composer_take(c);
}

void
urne_minutes_page_trustees(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase title = {{"Dépositaires de clé", "Trustees"}};
	static const struct urne_phrase caption = {
	    {"Qui a déchiffré le résultat", "Who decrypted the result"}};
	static const struct urne_phrase head[] = {
	    {{"Dépositaires (numéros)", "Trustees (numbers)"}},
	    {{"Exigés", "Needed"}},
	    {{"Ont déchiffré", "Have decrypted"}},
	    {{"Seuil atteint", "Threshold met"}},
	};
	static const struct urne_phrase needed = {{"{0} sur {1}", "{0} of {1}"}};
	static const struct urne_phrase met[] = {{{"non", "no"}}, {{"oui", "yes"}}};

	urne_compose_chapter(c, &title);
	urne_compose_table(c, &caption, head, sizeof(head) / sizeof(head[0]), 0);
	for (size_t i = 0; i < m->record.num_trustees; i++) {
		const struct urne_minutes_trustee *t = &m->record.trustees[i];
		const struct urne_word words[] = {
		    urne_word_number(t->threshold), urne_word_number(t->num_members)};
		bool is_met = urne_minutes_num_decrypted(m, t) >= t->threshold;

		urne_compose_row(c);
		urne_page_cell(c->p, false, say_owners(c, t));
		urne_page_cell(c->p, false, urne_say_with(c, &needed, words, 2));
		urne_page_cell(c->p, false, say_decrypted(c, m, t));
		urne_page_cell(c->p, false, urne_say(c, &met[is_met ? 1 : 0]));
		urne_page_close(c->p);
	}
	urne_page_close(c->p);
}

static void
compose_withdrawals(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase caption = {{"Candidatures retirées après le scellement",
	    "Candidates who withdrew after the seal"}};
	static const struct urne_phrase head[] = {
	    {{"Point du vote", "Item"}},
	    {{"Candidature", "Candidate"}},
	    {{"Motif", "Reason"}},
	};
	const struct urne_declared *d = m->declared;

	if (d->num_withdrawn == 0) {
		return;
	}
	urne_compose_table(c, &caption, head, sizeof(head) / sizeof(head[0]), 0);
	for (size_t i = 0; i < d->num_withdrawn; i++) {
		const struct urne_item *item = &m->definition->items[d->withdrawals[i].item];

		urne_compose_row(c);
		urne_page_cell(c->p, false, urne_say_text(c, &item->title));
		urne_page_cell(c->p, false, urne_entry_title(c->r, item, d->withdrawals[i].entry));
		urne_page_cell(c->p, false, urne_say_text(c, &d->withdrawn[i].reason));
		urne_page_close(c->p);
	}
	urne_page_close(c->p);
}

static void
compose_incidents(struct urne_composer *c, const struct urne_declared *d)
{
	static const struct urne_phrase caption = {
	    {"Incidents et interventions", "Incidents and interventions"}};
	static const struct urne_phrase head[] = {
	    {{"Moment", "When"}},
	    {{"Fait déclaré", "What is declared"}},
	};

	if (d->num_incidents == 0) {
		return;
	}
	urne_compose_table(c, &caption, head, sizeof(head) / sizeof(head[0]), 0);
	for (size_t i = 0; i < d->num_incidents; i++) {
		urne_compose_row(c);
		urne_page_cell(c->p, false, urne_say_moment(c, &d->incidents[i].at));
		urne_page_cell(c->p, false, urne_say_text(c, &d->incidents[i].text));
		urne_page_close(c->p);
	}
	urne_page_close(c->p);
}

static void
compose_remarks(struct urne_composer *c, const struct urne_declared *d)
{
	static const struct urne_phrase before = {{"Observations~:", "Remarks:"}};

	if (d->num_remarks == 0) {
		return;
	}
	urne_compose_paragraph(c, &before);
	urne_page_open(c->p, URNE_BLOCK_LIST, (struct urne_view){"", 0});
	for (size_t i = 0; i < d->num_remarks; i++) {
		urne_page_entry(c->p, urne_say_text(c, &d->remarks[i]));
	}
	urne_page_close(c->p);
}

void
urne_minutes_page_declared(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase title = {
	    {"Déclarations des responsables du scrutin", "Declared by the officials"}};
	static const struct urne_phrase something = {
	    {"Ce qui suit engage la signature des responsables. L’archive ne le prouve pas.",
		"What follows rests on the officials’ signatures. The archive does not prove it."}};
	static const struct urne_phrase nothing = {
	    {"Ni retrait, ni incident, ni observation n’ont été déclarés.",
		"No withdrawal, no incident and no remark were declared."}};
	/* Incidents stand in the journal then, and a reader must not be told that there were none.
	 */
	static const struct urne_phrase nothing_more = {
	    {"Rien n’a été déclaré en plus de ce que dit le journal.",
		"Nothing was declared beside what the journal says."}};
	const struct urne_declared *d = m->declared;
	bool is_empty = d->num_withdrawn == 0 && d->num_incidents == 0 && d->num_remarks == 0;
	const struct urne_phrase *none = m->journal.size > 0 ? &nothing_more : &nothing;

	urne_compose_chapter(c, &title);
	urne_compose_paragraph(c, is_empty ? none : &something);
	compose_withdrawals(c, m);
	compose_incidents(c, d);
	compose_remarks(c, d);
}

void
urne_minutes_page_gaps(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase title = {
	    {"Ce que l’archive ne montre pas", "What the archive does not show"}};

	urne_compose_chapter(c, &title);
	urne_page_open(c->p, URNE_BLOCK_LIST, (struct urne_view){"", 0});
	for (size_t i = 0; i < URNE_NUM_MINUTES_GAPS; i++) {
		if (urne_minutes_lacks(m, &urne_minutes_gaps[i])) {
			urne_page_entry(c->p, urne_say(c, &urne_minutes_gaps[i].words));
		}
	}
	urne_page_close(c->p);
}
