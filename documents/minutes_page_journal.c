/* SPDX-License-Identifier: EUPL-1.2 */
/* The minutes' chapter on the journal of the board: what was ordered and by whom, when voting
 * opened and ended, and what happened meanwhile. The moments are the journal's. Spec:
 * docs/minutes.md#page
 */
#include <string.h>

#include "documents/minutes_parts.h"
#include "documents/order_page.h"

static const struct urne_phrase records[URNE_NUM_JOURNAL_KINDS] = {
    [URNE_JOURNAL_SOFTWARE] = {{"programme de l’urne", "program of the board"}},
    [URNE_JOURNAL_REHEARSED] = {{"répétition du dépositaire {0}", "rehearsal of trustee {0}"}},
    [URNE_JOURNAL_OPENED] = {{"vote ouvert, urne vide", "voting opened, the urn is empty"}},
    [URNE_JOURNAL_CLOSED] = {{"vote clos", "voting ended"}},
    [URNE_JOURNAL_TALLIED] = {{"bulletins additionnés", "ballots added up"}},
    [URNE_JOURNAL_PAGES] = {{"pages pour les navigateurs", "pages for browsers"}},
};

static struct urne_view
say_instant(struct urne_composer *c, int64_t moment)
{
	urne_words_seconds(&c->buf, c->r.lang, moment);
	return urne_composer_take(c);
}

static struct urne_view
say_what(struct urne_composer *c, const struct urne_proceeding *p)
{
	static const struct urne_phrase with_text = {{"{0}~: {1}", "{0}: {1}"}};
	static const struct urne_phrase until = {{"{0} jusqu’au {1}~: {2}", "{0} until {1}: {2}"}};
	struct urne_word words[3];
	size_t num = 1;

	if (!p->is_order) {
		return urne_say1(c, &records[p->record.kind], urne_word_number(p->record.trustee));
	}
	words[0] = urne_word_text(urne_view_of(urne_words_action(c->r.lang, p->action)));
	if (p->text.len == 0) {
		return words[0].text;
	}
	if (p->action == URNE_ACTION_EXTEND) {
		words[num++] = urne_word_text(say_instant(c, p->closes));
	}
	words[num++] = urne_word_text(p->text);
	return urne_say_with(c, num == 3 ? &until : &with_text, words, num);
}

static struct urne_view
say_signers(struct urne_composer *c, const struct urne_proceeding *p)
{
	static const struct urne_phrase board = {{"l’urne", "the board"}};

	if (!p->is_order) {
		return urne_say(c, &board);
	}
	for (size_t i = 0; i < p->num_signers; i++) {
		urne_buf_puts(&c->buf, i == 0 ? "" : ", ");
		urne_buf_put_view(&c->buf, p->signers[i]);
	}
	return urne_composer_take(c);
}

static void
compose_entries(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase caption = {{"Déroulement", "What happened"}};
	static const struct urne_phrase head[] = {
	    {{"N°", "No."}},
	    {{"Moment", "When"}},
	    {{"Fait", "What"}},
	    {{"Par", "By"}},
	};

	urne_compose_table(c, &caption, head, sizeof(head) / sizeof(head[0]), 1);
	for (size_t i = 0; i < m->journal.said->num; i++) {
		const struct urne_proceeding *p = &m->journal.said->items[i];

		if (!urne_minutes_tells(m, p)) {
			continue;
		}
		urne_compose_row(c);
		urne_page_cell(c->p, true, urne_say_number(c, p->entry));
		urne_page_cell(c->p, false, say_instant(c, p->at));
		urne_page_cell(c->p, false, say_what(c, p));
		urne_page_cell(c->p, false, say_signers(c, p));
		urne_page_close(c->p);
	}
	urne_page_close(c->p);
}

/* What the hash of an order's argument is of, by the argument's name. */
static const struct {
	const char *name;
	struct urne_phrase of;
} hashes[] = {
    {"setup", {{"{0}. Élection scellée (Setup)", "{0}. Sealed election (Setup)"}}},
    {"urn", {{"{0}. Racine de l’urne vide", "{0}. Root of the empty urn"}}},
    {"software", {{"{0}. Programme de l’urne", "{0}. Program of the board"}}},
};

static void
compose_hash(struct urne_composer *c, const struct urne_proceeding *p, size_t i)
{
	for (size_t k = 0; k < sizeof(hashes) / sizeof(hashes[0]); k++) {
		if (strcmp(hashes[k].name, p->hash_names[i]) == 0) {
			struct urne_view of =
			    urne_say1(c, &hashes[k].of, urne_word_number(p->entry));

			urne_page_fact(c->p, of, urne_say_hash(c, &p->hashes[i]));
		}
	}
}

/* compose_hashes: what was sealed and what was found before the opening, to be compared. */
static void
compose_hashes(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase about = {
	    {"Empreintes de ce que les responsables ont scellé et constaté, par écriture~:",
		"Hashes of what the officials sealed and found, by entry:"}};
	const struct urne_proceedings *said = m->journal.said;
	bool is_open = false;

	for (size_t i = 0; i < said->num; i++) {
		const struct urne_proceeding *p = &said->items[i];

		if (!urne_minutes_tells(m, p) || p->num_hashes == 0) {
			continue;
		}
		if (!is_open) {
			urne_compose_paragraph(c, &about);
			urne_page_open(c->p, URNE_BLOCK_FACTS, (struct urne_view){"", 0});
			is_open = true;
		}
		for (size_t k = 0; k < p->num_hashes; k++) {
			compose_hash(c, p, k);
		}
	}
	if (is_open) {
		urne_page_close(c->p);
	}
}

void
urne_minutes_page_journal(struct urne_composer *c, const struct urne_minutes *m)
{
	static const struct urne_phrase title = {{"Journal de l’urne", "Journal of the board"}};
	static const struct urne_phrase about = {
	    {"Journal de {0}~: {1} sur {2} responsables devaient être d’accord au début. Les "
	     "moments sont ceux de l’urne, signés dans le journal.",
		"Journal of {0}: {1} of {2} officials had to agree at its beginning. The moments "
		"are the board’s, signed in the journal."}};
	static const struct urne_phrase head = {
	    {"Le journal avait {0} écritures~; empreinte de la dernière~:",
		"The journal had {0} entries; hash of the last:"}};
	const struct urne_minutes_journal *j = &m->journal;
	struct urne_word words[3];

	if (j->size == 0) {
		return;
	}
	words[0] = urne_word_text(j->genesis->name);
	words[1] = urne_word_number(j->genesis->agree);
	words[2] = urne_word_number(j->genesis->num_officials);
	urne_compose_chapter(c, &title);
	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, urne_say_with(c, &about, words, 3));
	compose_entries(c, m);
	compose_hashes(c, m);
	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, urne_say1(c, &head, urne_word_number(j->size)));
	urne_page_text(c->p, URNE_BLOCK_CODE, urne_say_hash(c, &j->said->items[j->size - 2].event));
}
