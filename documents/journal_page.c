/* SPDX-License-Identifier: EUPL-1.2 */
/* Each entry is a heading with its number and moment, a sentence, and what can be compared. */
#include "documents/journal_page.h"

#include "documents/composer.h"
#include "documents/order_page.h"

#define ENTRY_MEMORY URNE_MAX_SMALL_FILE
#define NO_TEXT	     ((struct urne_view){"", 0})

static const struct urne_phrase stages[URNE_NUM_JOURNAL_STAGES] = {
    [URNE_JOURNAL_NONE] = {{"inconnue du journal", "unknown to the journal"}},
    [URNE_JOURNAL_PREPARED] = {{"en préparation", "being prepared"}},
    [URNE_JOURNAL_SEALED] = {{"scellée", "sealed"}},
    [URNE_JOURNAL_CALLED] = {{"convoquée, ouvre à son heure", "called, opens at its hour"}},
    [URNE_JOURNAL_OPEN] = {{"ouverte", "open"}},
    [URNE_JOURNAL_ENDED] = {{"close", "closed"}},
    [URNE_JOURNAL_COUNTED] = {{"additionnée, à déchiffrer", "added up, to be decrypted"}},
    [URNE_JOURNAL_RELEASED] = {{"au résultat publié", "with its result released"}},
    [URNE_JOURNAL_CERTIFIED] = {{"certifiée", "certified"}},
};

const char *
urne_words_journal_stage(enum urne_lang lang, enum urne_journal_stage s)
{
	return stages[s].by_lang[lang];
}

void
urne_journal_compose_title(struct urne_page *p, enum urne_lang lang)
{
	static const struct urne_phrase title = {{"Journal des scrutins", "Journal of the votes"}};
	struct urne_composer c;

	urne_composer_init(&c, p, (struct urne_reader){.lang = lang});
	urne_page_heading(p, 1, urne_say(&c, &title));
	urne_composer_clear(&c);
}

static void
compose_heading(struct urne_composer *c, uint64_t height, int64_t at)
{
	static const struct urne_phrase phrase = {{"{0}. Le {1}", "{0}. {1}"}};
	struct urne_view moment;

	urne_words_seconds(&c->buf, c->r.lang, at);
	moment = urne_composer_take(c);
	urne_page_heading(c->p, 2,
	    urne_say_with(c, &phrase,
		(const struct urne_word[]){urne_word_number(height), urne_word_text(moment)}, 2));
}

/* --- genesis --- */

static void
compose_genesis(struct urne_composer *c, const struct urne_genesis *g)
{
	static const struct urne_phrase begin = {
	    {"Le journal de {0} commence~: {1} sur {2} responsables doivent être d’accord.",
		"The journal of {0} begins: {1} of {2} officials must agree."}};
	static const struct urne_phrase service = {{"Service", "Service"}};
	static const struct urne_phrase official = {{"Responsable", "Official"}};
	static const struct urne_phrase registrar = {
	    {"Tient la liste électorale", "Keeps the roll"}};
	const struct urne_word words[] = {urne_word_text(g->name), urne_word_number(g->agree),
	    urne_word_number(g->num_officials)};

	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, urne_say_with(c, &begin, words, 3));
	urne_page_open(c->p, URNE_BLOCK_FACTS, NO_TEXT);
	urne_page_fact(c->p, urne_say(c, &service), g->service);
	for (size_t i = 0; i < g->num_officials; i++) {
		urne_note_key_write(&c->buf, &g->officials[i]);
		urne_page_fact(c->p, urne_say(c, &official), urne_composer_take(c));
	}
	if (g->has_registrar) {
		urne_note_key_write(&c->buf, &g->registrar);
		urne_page_fact(c->p, urne_say(c, &registrar), urne_composer_take(c));
	}
	urne_page_close(c->p);
}

/* --- orders --- */

/* The journal has taken the entry, so every line in it is a signature that verified. */
static void
compose_signers(struct urne_composer *c, const struct urne_note *note)
{
	static const struct urne_phrase phrase = {{"Signé par~: {0}.", "Signed by: {0}."}};
	struct urne_view names;

	for (size_t i = 0; i < note->num_lines; i++) {
		urne_buf_puts(&c->buf, i > 0 ? ", " : "");
		urne_buf_put_view(&c->buf, note->lines[i].name);
	}
	names = urne_composer_take(c);
	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, urne_say1(c, &phrase, urne_word_text(names)));
}

static enum urne_err
compose_order(
    struct urne_composer *c, struct urne_diag *d, struct urne_arena *arena, struct urne_view text)
{
	struct urne_note note = {.num_lines = 0};
	struct urne_hash hash;
	struct urne_order order;
	enum urne_err e = urne_note_read(&note, arena, d, text);

	if (e == URNE_OK) {
		e = urne_order_read(&order, d, note.text);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_words_order(&c->buf, c->r.lang, &order);
	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, urne_composer_take(c));
	urne_order_text_hash(&hash, note.text);
	urne_order_compose_facts(c->p, c->r.lang, &order, &hash);
	compose_signers(c, &note);
	return URNE_OK;
}

/* --- records --- */

static const struct urne_phrase kinds[URNE_NUM_JOURNAL_KINDS] = {
    [URNE_JOURNAL_SOFTWARE] = {{"Le serveur fait tourner ce programme à partir d’ici.",
	"The board runs this program from here on."}},
    [URNE_JOURNAL_REHEARSED] = {{"Le dépositaire {0} a répété le déchiffrement.",
	"Trustee {0} has rehearsed the decryption."}},
    [URNE_JOURNAL_OPENED] = {{"Le vote est ouvert.", "The voting is open."}},
    [URNE_JOURNAL_CLOSED] = {{"Le vote est clos~; le registre a {1} entrées.",
	"The voting is closed; the log has {1} entries."}},
    [URNE_JOURNAL_TALLIED] = {{"Les bulletins sont additionnés, sans être déchiffrés.",
	"The ballots are added up, and not decrypted."}},
    [URNE_JOURNAL_PAGES] = {{"Le serveur montre ces pages aux navigateurs à partir d’ici.",
	"The board shows browsers these pages from here on."}},
};

static const struct urne_phrase hashes[URNE_NUM_JOURNAL_KINDS] = {
    [URNE_JOURNAL_SOFTWARE] = {{"Programme (SHA-256)", "Program (SHA-256)"}},
    [URNE_JOURNAL_REHEARSED] = {{"Déchiffrement (SHA-256)", "Decryption (SHA-256)"}},
    [URNE_JOURNAL_OPENED] = {{"Racine du registre", "Root of the log"}},
    [URNE_JOURNAL_CLOSED] = {{"Racine du registre", "Root of the log"}},
    [URNE_JOURNAL_TALLIED] = {{"Racine du registre", "Root of the log"}},
    [URNE_JOURNAL_PAGES] = {{"Liste des pages (SHA-256)", "List of the pages (SHA-256)"}},
};

static void
compose_record(struct urne_composer *c, const struct urne_journal_record *r)
{
	static const struct urne_phrase election = {{"Élection", "Election"}};
	const struct urne_word words[] = {urne_word_number(r->trustee), urne_word_number(r->size)};

	urne_page_text(c->p, URNE_BLOCK_PARAGRAPH, urne_say_with(c, &kinds[r->kind], words, 2));
	urne_page_open(c->p, URNE_BLOCK_FACTS, NO_TEXT);
	if (r->election.len > 0) {
		urne_page_fact(c->p, urne_say(c, &election), r->election);
	}
	urne_page_fact(c->p, urne_say(c, &hashes[r->kind]), urne_say_fours(c, &r->hash));
	urne_page_close(c->p);
}

static enum urne_err
compose(struct urne_composer *c, struct urne_diag *d, struct urne_arena *arena,
    const struct urne_journal *j, uint64_t height, enum urne_event_type type,
    struct urne_view payload)
{
	struct urne_journal_order order;
	struct urne_journal_record record;
	enum urne_err e;

	if (type == URNE_EVENT_GENESIS) {
		compose_heading(c, height, urne_journal_genesis(j)->at);
		compose_genesis(c, urne_journal_genesis(j));
		return URNE_OK;
	}
	if (type == URNE_EVENT_ORDER) {
		e = urne_journal_order_read(&order, arena, d, payload);
		if (e == URNE_OK) {
			compose_heading(c, height, order.at);
			e = compose_order(c, d, arena, order.note);
		}
		return e;
	}
	e = urne_journal_record_read(&record, d, payload);
	if (e == URNE_OK) {
		compose_heading(c, height, record.at);
		compose_record(c, &record);
	}
	return e;
}

enum urne_err
urne_journal_compose_entry(struct urne_page *p, struct urne_diag *d, enum urne_lang lang,
    const struct urne_journal *j, uint64_t height, enum urne_event_type type,
    struct urne_view payload)
{
	struct urne_arena arena;
	struct urne_composer c;
	enum urne_err e;

	urne_arena_init(&arena, ENTRY_MEMORY);
	urne_composer_init(&c, p, (struct urne_reader){.lang = lang});
	e = compose(&c, d, &arena, j, height, type, payload);
	urne_composer_clear(&c);
	urne_arena_clear(&arena);
	return e;
}
