/* SPDX-License-Identifier: EUPL-1.2 */
/* The journal in words: every kind of entry in both languages, with its moment, its hashes in
 * fours, and the signatures that count. */
#include "tests/unit/support/pages.h"

#include <string.h>

#include "crypto/secret/signer.h"
#include "documents/journal_page.h"

#define UUID  "8GpLcyFqQvDrUn"
#define HEX   "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define FOURS "0123 4567 89ab cdef 0123 4567 89ab cdef 0123 4567 89ab cdef 0123 4567 89ab cdef"
/* 2026-11-26T18:00:00Z; each entry comes a minute after the one before. */
#define BEGIN ((int64_t)1795716000)

enum who { INES, ODILE, GUSTAVE, NUM_PEOPLE };

struct world {
	struct urne_arena arena;
	struct urne_signer people[NUM_PEOPLE];
	struct urne_journal *journal;
	struct urne_page page;
	enum urne_lang lang;
	struct urne_buf text, payload, page_text;
	struct urne_diag d;
};

static int
setup(void **state)
{
	static const char *const names[NUM_PEOPLE] = {"ines", "odile", "gustave"};
	static struct world w;
	struct urne_rng rng;

	w = (struct world){.lang = URNE_LANG_FR};
	test_rng_init(&rng);
	for (size_t i = 0; i < NUM_PEOPLE; i++) {
		assert_ok(urne_signer_new(&w.people[i], &w.d, urne_view_of(names[i]), &rng));
	}
	urne_rng_clear(&rng);
	urne_arena_init(&w.arena, (size_t)64 << 20);
	urne_buf_init(&w.text, (size_t)1 << 20);
	urne_buf_init(&w.payload, (size_t)1 << 20);
	urne_buf_init(&w.page_text, (size_t)1 << 20);
	*state = &w;
	return 0;
}

static int
teardown(void **state)
{
	struct world *w = *state;

	for (size_t i = 0; i < NUM_PEOPLE; i++) {
		urne_signer_clear(&w->people[i]);
	}
	urne_journal_free(w->journal);
	urne_arena_clear(&w->arena);
	urne_buf_clear(&w->text);
	urne_buf_clear(&w->payload);
	urne_buf_clear(&w->page_text);
	return 0;
}

static int64_t
now(const struct world *w)
{
	return BEGIN + 60 * (int64_t)urne_journal_size(w->journal);
}

/* take steps the journal by what is in w->payload, and adds the entry to the page. */
static void
take(struct world *w, enum urne_event_type type)
{
	uint64_t height = urne_journal_size(w->journal);
	enum urne_err e = urne_journal_step(w->journal, &w->d, type, urne_buf_view(&w->payload));

	if (e != URNE_OK) {
		print_error("%s\n", w->d.text);
	}
	assert_ok(e);
	assert_ok(urne_journal_compose_entry(
	    &w->page, &w->d, w->lang, w->journal, height, type, urne_buf_view(&w->payload)));
}

static void
begin(struct world *w, enum urne_lang lang)
{
	struct urne_genesis g = {.at = BEGIN,
	    .name = VIEW("Les Essais"),
	    .service = VIEW("vote.example.org/bb"),
	    .officials = {w->people[INES].key, w->people[ODILE].key},
	    .num_officials = 2,
	    .agree = 2,
	    .has_registrar = true,
	    .registrar = w->people[GUSTAVE].key};

	w->lang = lang;
	urne_journal_free(w->journal);
	w->journal = NULL;
	assert_ok(urne_journal_new(&w->journal, &w->d));
	urne_page_init(&w->page, &w->arena, urne_view_of(urne_lang_code(lang)), VIEW("t"));
	urne_journal_compose_title(&w->page, lang);
	urne_buf_reset(&w->payload);
	urne_genesis_write(&w->payload, &g);
	take(w, URNE_EVENT_GENESIS);
}

/* order: the rest of the text behind the moment, signed by those whose bits are set. */
static void
order(struct world *w, const char *action, const char *election, const char *rest, unsigned by)
{
	struct urne_journal_order o = {.at = now(w)};
	struct urne_buf note;

	urne_buf_init(&note, URNE_NOTE_MAX);
	urne_buf_reset(&w->text);
	urne_buf_printf(
	    &w->text, "urne-order/1\nvote.example.org/bb/journal\n%s\n%s\n", action, election);
	urne_utc_write(&w->text, now(w));
	urne_buf_printf(&w->text, "\n%s", rest);
	urne_buf_put_view(&note, urne_buf_view(&w->text));
	urne_buf_putc(&note, '\n');
	for (size_t i = 0; i < NUM_PEOPLE; i++) {
		if ((by >> i & 1) != 0) {
			assert_ok(urne_signer_sign(&note, &w->people[i], urne_buf_view(&w->text)));
		}
	}
	o.note = urne_buf_view(&note);
	urne_buf_reset(&w->payload);
	urne_journal_order_write(&w->payload, &o);
	take(w, URNE_EVENT_ORDER);
	urne_buf_clear(&note);
}

static void
record(struct world *w, enum urne_record_kind_of_journal kind, uint64_t size)
{
	struct urne_journal_record r = {.at = now(w), .kind = kind, .trustee = 1, .size = size};

	assert_ok(urne_hex_decode(r.hash.b, sizeof(r.hash.b), VIEW(HEX)));
	if (kind != URNE_JOURNAL_SOFTWARE) {
		r.election = VIEW(UUID);
	}
	urne_buf_reset(&w->payload);
	urne_journal_record_write(&w->payload, &r);
	take(w, URNE_EVENT_RECORD);
}

/* whole_life: an election from its roll to its result. */
static const char *
whole_life(struct world *w, enum urne_lang lang)
{
	const unsigned officials = 1u << INES | 1u << ODILE;

	begin(w, lang);
	record(w, URNE_JOURNAL_SOFTWARE, 0);
	order(w, "roll", UUID, "credentials " HEX "\ncount 5\nweight 5\n", 1u << GUSTAVE);
	order(w, "seal", UUID,
	    "setup " HEX "\ndefinition -\ntrustees 1\nopens -\ncloses -\nkind test\n", officials);
	record(w, URNE_JOURNAL_REHEARSED, 0);
	order(w, "open", UUID, "", officials);
	record(w, URNE_JOURNAL_OPENED, 1);
	order(w, "close", UUID, "", officials);
	record(w, URNE_JOURNAL_CLOSED, 7);
	record(w, URNE_JOURNAL_TALLIED, 8);
	assert_ok(urne_page_error(&w->page));
	urne_buf_reset(&w->page_text);
	urne_page_render_text(&w->page_text, &w->page, 0);
	urne_buf_put(&w->page_text, "", 1);
	assert_ok(urne_buf_error(&w->page_text));
	return w->page_text.data;
}

static void
assert_all(const char *text, const char *const *pieces, size_t num)
{
	const char *at = text;

	for (size_t i = 0; i < num; i++) {
		const char *found = strstr(at, pieces[i]);

		if (found == NULL) {
			print_error("no \"%s\" in its place in:\n%s\n", pieces[i], text);
			fail();
		}
		at = found + strlen(pieces[i]);
	}
}

static void
every_entry_is_said_in_english_in_its_place(void **state)
{
	static const char *const pieces[] = {
	    "Journal of the votes",
	    "0. 26 November 2026 at 18:00 (UTC)",
	    "The journal of Les Essais begins: 2 of 2 officials must agree.",
	    "Official: ines+",
	    "Official: odile+",
	    "Keeps the roll: gustave+",
	    "1. 26 November 2026 at 18:01 (UTC)",
	    "The board runs this program from here on.",
	    FOURS,
	    "Fix the roll: 5 credentials",
	    "Signed by: gustave.",
	    "Seal a test election",
	    "Signed by: ines, odile.",
	    "Trustee 1 has rehearsed the decryption.",
	    UUID,
	    FOURS,
	    "Open the voting",
	    "The voting is open.",
	    "Close the voting",
	    "The voting is closed; the log has 7 entries.",
	    "9. 26 November 2026 at 18:09 (UTC)",
	    "The ballots are added up, and not decrypted.",
	};

	assert_all(whole_life(*state, URNE_LANG_EN), pieces, sizeof(pieces) / sizeof(pieces[0]));
}

static void
every_entry_is_said_in_french_in_its_place(void **state)
{
	static const char *const pieces[] = {
	    "Journal des scrutins",
	    "0. Le 26 novembre 2026 à 18\u202fh\u202f00 (UTC)",
	    "Le journal de Les Essais commence\u202f: 2 sur 2 responsables doivent être d’accord.",
	    "Le serveur fait tourner ce programme",
	    FOURS,
	    "Arrêter la liste électorale",
	    "Signé par\u202f: gustave.",
	    "Sceller une élection d’essai",
	    "Le dépositaire 1 a répété le déchiffrement.",
	    "Ouvrir le vote",
	    "Le vote est ouvert.",
	    "Clore le vote",
	    "Le vote est clos\u202f; le registre a 7 entrées.",
	    "Les bulletins sont additionnés, sans être déchiffrés.",
	};

	assert_all(whole_life(*state, URNE_LANG_FR), pieces, sizeof(pieces) / sizeof(pieces[0]));
}

static void
every_stage_has_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < URNE_NUM_JOURNAL_STAGES; i++) {
		assert_non_null(urne_words_journal_stage(URNE_LANG_FR, (enum urne_journal_stage)i));
		assert_non_null(urne_words_journal_stage(URNE_LANG_EN, (enum urne_journal_stage)i));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		every_entry_is_said_in_english_in_its_place, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		every_entry_is_said_in_french_in_its_place, setup, teardown),
	    cmocka_unit_test(every_stage_has_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
