/* SPDX-License-Identifier: EUPL-1.2 */
/* Orders in words: a sentence for every action in both languages, every argument on the page, every
 * hash in groups of four. */
#include "tests/unit/support/pages.h"

#include <string.h>

#include "documents/order_page.h"
#include "tests/unit/support/sample_minutes.h"
#include "tests/unit/support/sample_vote.h"
#include "tests/unit/support/words_case.h"

#define HEX   "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define FOURS "0123 4567 89ab cdef 0123 4567 89ab cdef 0123 4567 89ab cdef 0123 4567 89ab cdef"
#define UUID  "8GpLcyFqQvDrUn"
#define HEAD(action, election)                                                                     \
	"urne-order/1\nvote.example.org/bb/journal\n" action "\n" election                         \
	"\n2026-11-26T18:00:00Z\n"

struct world {
	struct urne_arena arena;
	struct urne_buf text, page_text;
	struct urne_order order;
	struct urne_page page;
	struct urne_diag d;
};

static int
setup(void **state)
{
	static struct world w;

	w = (struct world){.d = {{0}}};
	urne_arena_init(&w.arena, (size_t)64 << 20);
	urne_buf_init(&w.text, (size_t)1 << 20);
	urne_buf_init(&w.page_text, (size_t)4 << 20);
	*state = &w;
	return 0;
}

static int
teardown(void **state)
{
	struct world *w = *state;

	urne_arena_clear(&w->arena);
	urne_buf_clear(&w->text);
	urne_buf_clear(&w->page_text);
	words_case_clear();
	return 0;
}

/* put_key writes a verifier key: the public keys of RFC 8032, section 7.1, tests 1 and 2. */
static void
put_key(struct urne_buf *out, const char *name, size_t which)
{
	static const char *const keys[] = {
	    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
	    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
	};
	struct urne_note_key key = {.name = urne_view_of(name)};

	assert_ok(urne_hex_decode(key.key, sizeof(key.key), urne_view_of(keys[which])));
	key.id = urne_note_key_id(key.name, key.key);
	urne_note_key_write(out, &key);
}

/* read: the order of this text, in which "@1" and "@2" stand for the keys of Inès and Odile. */
static const struct urne_order *
read(struct world *w, const char *text)
{
	urne_buf_reset(&w->text);
	for (; *text != '\0'; text++) {
		if (*text == '@') {
			text++;
			put_key(&w->text, *text == '1' ? "ines" : "odile", *text == '1' ? 0 : 1);
		} else {
			urne_buf_putc(&w->text, *text);
		}
	}
	assert_ok(urne_order_read(&w->order, &w->d, urne_buf_view(&w->text)));
	return &w->order;
}

static const struct sentence {
	const char *text, *fr, *en;
} sentences[] = {
    {HEAD("prepare", UUID) "definition -\ngroup Ed25519\nthreshold 2\ntrustee @1\ntrustee @2\n",
	"Préparer l’élection~: la clé est faite par 2 dépositaires de clé, dans le groupe "
	"Ed25519, et il en suffit de 2 pour déchiffrer le résultat.",
	"Prepare the election: the key is made by 2 trustees, in the group Ed25519; to decrypt the "
	"result takes 2 of them."},
    {HEAD("roll", UUID) "credentials " HEX "\ncount 1203\nweight 1300\n",
	"Arrêter la liste électorale~: 1~203 codes de vote, de poids total 1~300.",
	"Fix the roll: 1,203 credentials, of total weight 1,300."},
    {HEAD("seal", UUID) "setup " HEX "\ndefinition " HEX
			"\ntrustees 3\nopens 2026-11-27T08:00:00Z\ncloses "
			"2026-11-28T20:00:00Z\nkind vote\n",
	"Sceller l’élection, où plus rien ne change alors~; on vote du 27 novembre 2026 à "
	"8~h~00 (UTC) au 28 novembre 2026 à 20~h~00 (UTC).",
	"Seal the election, in which nothing changes from then on; the voting is from 27 November "
	"2026 at 08:00 (UTC) to 28 November 2026 at 20:00 (UTC)."},
    {HEAD("seal", UUID) "setup " HEX "\ndefinition -\ntrustees 1\nopens -\ncloses -\nkind test\n",
	"Sceller une élection d’essai, qui ne décide de rien~; elle n’a pas d’heures, les "
	"responsables l’ouvrent et la closent.",
	"Seal a test election, which decides nothing; it has no hours, officials open and close "
	"it."},
    {HEAD("checklist", UUID) "urn " HEX "\nsoftware " HEX "\nrehearsed 3\n",
	"Constater avant l’ouverture que l’urne est vide, quel programme le serveur fait tourner, "
	"et que le déchiffrement a été répété par 3 dépositaires de clé.",
	"State before the opening that the urn is empty, which program the board runs, and that 3 "
	"trustees rehearsed the decryption."},
    {HEAD("checklist", UUID) "urn " HEX "\nsoftware " HEX "\nrehearsed 1\n",
	"Constater avant l’ouverture que l’urne est vide, quel programme le serveur fait tourner, "
	"et que le déchiffrement a été répété par 1 dépositaire de clé.",
	"State before the opening that the urn is empty, which program the board runs, and that 1 "
	"trustee rehearsed the decryption."},
    {HEAD("open", UUID), "Ouvrir le vote, à l’heure scellée s’il y en a une.",
	"Open the voting, at the sealed hour if there is one."},
    {HEAD("extend", UUID) "closes 2026-11-27T20:00:00Z\nreason Panne du réseau.\n",
	"Prolonger le vote jusqu’au 27 novembre 2026 à 20~h~00 (UTC). Motif~: Panne du réseau.",
	"Extend the voting until 27 November 2026 at 20:00 (UTC). Reason: Panne du réseau."},
    {HEAD("close", UUID), "Clore le vote~: plus aucun bulletin n’est accepté.",
	"Close the voting: no ballot is taken any more."},
    {HEAD("release", UUID) "result " HEX "\n", "Publier le résultat.", "Release the result."},
    {HEAD("incident", "-") "text {0} Coupure.\n", "Consigner un incident~: {0} Coupure.",
	"Record an incident: {0} Coupure."},
    {HEAD("intervention", UUID) "text Redémarrage.\n", "Consigner une intervention~: Redémarrage.",
	"Record an intervention: Redémarrage."},
    {HEAD("certify", UUID) "minutes " HEX "\n", "Certifier le procès-verbal.",
	"Certify the minutes."},
    {HEAD("revoke", "-") "official odile\nreason Clé perdue.\n",
	"Retirer à odile le droit de signer. Motif~: Clé perdue.",
	"Revoke the right of odile to sign. Reason: Clé perdue."},
    {HEAD("enrol", "-") "official @2\nreason Élue hier.\n",
	"Admettre odile parmi les responsables du scrutin. Motif~: Élue hier.",
	"Enrol odile as an official. Reason: Élue hier."},
    {HEAD("prepare", UUID) "definition -\ngroup Ed25519\nthreshold 1\ntrustee @1\n",
	"Préparer l’élection~: la clé est faite par 1 dépositaire de clé, dans le groupe "
	"Ed25519, et il en suffit de 1 pour déchiffrer le résultat.",
	"Prepare the election: the key is made by 1 trustee, in the group Ed25519; to decrypt the "
	"result takes 1 of them."},
};
#define NUM_SENTENCES (sizeof(sentences) / sizeof(sentences[0]))

static void
every_action_has_a_sentence_in_both_languages(void **state)
{
	bool seen[URNE_NUM_ACTIONS] = {false};

	for (size_t i = 0; i < NUM_SENTENCES; i++) {
		const struct urne_order *o = read(*state, sentences[i].text);

		seen[o->action] = true;
		urne_words_order(said(), URNE_LANG_FR, o);
		assert_said(sentences[i].fr);
		urne_words_order(said(), URNE_LANG_EN, o);
		assert_said(sentences[i].en);
	}
	for (size_t a = 0; a < URNE_NUM_ACTIONS; a++) {
		assert_true(seen[a]);
		assert_true(strlen(urne_words_action(URNE_LANG_FR, (enum urne_action)a)) > 0);
		assert_true(strlen(urne_words_action(URNE_LANG_EN, (enum urne_action)a)) > 0);
	}
}

/* rendered: the page as a text that nothing wraps, until the next one. */
static const char *
rendered(struct world *w)
{
	urne_buf_reset(&w->page_text);
	assert_ok(urne_page_error(&w->page));
	urne_page_render_text(&w->page_text, &w->page, 0);
	urne_buf_put(&w->page_text, "", 1);
	assert_ok(urne_buf_error(&w->page_text));
	return w->page_text.data;
}

static const char *
page(struct world *w, enum urne_lang lang, const struct urne_order_facts *f)
{
	urne_page_init(&w->page, &w->arena, urne_view_of(urne_lang_code(lang)), VIEW("t"));
	urne_order_compose(&w->page, lang, f);
	return rendered(w);
}

static void
assert_on(const char *text, const char *piece)
{
	if (strstr(text, piece) == NULL) {
		print_error("no \"%s\" in:\n%s\n", piece, text);
		fail();
	}
}

static bool
is_hex(struct urne_view v)
{
	return urne_view_is(v, HEX);
}

/* An official signs nothing unseen: a line of the page for each argument, and in it the value, a
 * hash in fours, a time in words. */
static void
every_argument_stands_on_the_page(void **state)
{
	struct world *w = *state;

	for (size_t i = 0; i < NUM_SENTENCES; i++) {
		const struct urne_order *o = read(w, sentences[i].text);
		const struct urne_order_facts f = {.order = o};
		const char *text = page(w, URNE_LANG_EN, &f);
		size_t hashes = 0;

		for (size_t k = 0; k < o->num_values; k++) {
			char value[256] = {0};

			memcpy(value, o->value[k].p, o->value[k].len);
			hashes += is_hex(o->value[k]) ? 1 : 0;
			if (strchr(value, '+') != NULL || strchr(value, '.') != NULL ||
			    strcmp(value, "vote") == 0 || strcmp(value, "odile") == 0) {
				assert_on(text, value);
			}
		}
		assert_int_equal(test_page_count(text, FOURS), hashes);
		assert_on(text, "26 November 2026 at 18:00 (UTC)");
		assert_on(text, "vote.example.org/bb/journal");
		assert_on(text, o->election.len > 0 ? UUID : "all of them, or none");
	}
}

static void
a_seal_shows_both_hours_and_the_number_of_trustees(void **state)
{
	struct world *w = *state;
	struct urne_order_facts f = {.order = read(w, sentences[2].text)};

	assert_on(page(w, URNE_LANG_FR, &f), "Ouverture\u00a0: 27 novembre 2026");
	assert_on(page(w, URNE_LANG_FR, &f), "Clôture\u00a0: 28 novembre 2026");
	assert_on(page(w, URNE_LANG_FR, &f), "Dépositaires de clé\u00a0: 3");
	assert_on(page(w, URNE_LANG_FR, &f), "Nature\u00a0: vote");
	f.order = read(w, sentences[3].text);
	assert_on(page(w, URNE_LANG_FR, &f), "Nature\u00a0: essai");
	assert_on(page(w, URNE_LANG_FR, &f), "Définition du vote (SHA-256)\u00a0: aucune");
}

static void
a_page_says_who_signed_and_what_is_missing(void **state)
{
	const struct urne_view names[] = {VIEW("ines"), VIEW("odile")};
	struct world *w = *state;
	struct urne_order_facts f = {.order = read(w, HEAD("close", UUID))};

	assert_on(page(w, URNE_LANG_FR, &f), "Personne n’a encore signé.");
	assert_on(page(w, URNE_LANG_EN, &f), "Nobody has signed yet.");
	f.signed_by = names;
	f.num_signed = 2;
	f.has_needed = true;
	f.needed = 3;
	assert_on(page(w, URNE_LANG_EN, &f), "Signed by: ines, odile.");
	assert_on(page(w, URNE_LANG_EN, &f), "Signatures missing: 1.");
	f.unverified = true;
	assert_on(page(w, URNE_LANG_EN, &f), "whose keys could not be compared");
	f.executed = true;
	f.entry = 7;
	assert_on(page(w, URNE_LANG_FR, &f), "c’est l’entrée 7 du journal");
}

static void
what_cannot_be_taken_back_is_said_until_it_is_done(void **state)
{
	struct world *w = *state;
	struct urne_order_facts f = {.order = read(w, HEAD("close", UUID))};

	assert_on(page(w, URNE_LANG_FR, &f), "ne se rouvre pas");
	assert_on(page(w, URNE_LANG_EN, &f), "not opened again");
	f.executed = true;
	assert_null(strstr(page(w, URNE_LANG_EN, &f), "not opened again"));
}

static void
what_is_sealed_stands_behind_its_order(void **state)
{
	static const struct urne_seal_trustee trustees[] = {
	    {.name = {"marie", 5}, .key = {{0xab}}, .group = 0, .needed = 1},
	    {.name = {"", 0}, .key = {{0xcd}}, .group = 1, .needed = 2},
	};
	struct world *w = *state;
	struct urne_definition v;
	struct urne_arena arena;
	const struct urne_seal_facts f = {.name = VIEW("Congrès"),
	    .setup = {{0x12, 0x34}},
	    .fingerprint = {{0x56, 0x78}},
	    .definition = &v,
	    .credentials = {{0x9a, 0xbc}},
	    .num_credentials = 1203,
	    .weight = 1300,
	    .trustees = trustees,
	    .num_trustees = 2};
	const struct urne_order_facts order = {.order = read(w, HEAD("close", UUID))};
	static const char *const pieces[] = {
	    "Élection entière (SHA-256)\u00a0: 1234 0000",
	    "5678 0000",
	    "(VngAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA)",
	    "9abc 0000",
	    "Codes de vote\u00a0: 1\u202f203",
	    "Poids total\u00a0: 1\u202f300",
	    "marie",
	    "ab00 0000",
	    "cd00 0000",
	    "toujours exigé",
	    "groupe 1, où 2 suffisent",
	    "Congrès du printemps", /* the whole definition follows */
	    "Règles",
	};

	sample_vote_read(&v, &arena, &w->d);
	urne_page_init(&w->page, &w->arena, VIEW("fr"), VIEW("t"));
	urne_order_compose(&w->page, URNE_LANG_FR, &order);
	urne_seal_compose(&w->page, (struct urne_reader){URNE_LANG_FR, 0}, &f);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		assert_on(rendered(w), pieces[i]);
	}
	urne_arena_clear(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		every_action_has_a_sentence_in_both_languages, setup, teardown),
	    cmocka_unit_test_setup_teardown(every_argument_stands_on_the_page, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		a_seal_shows_both_hours_and_the_number_of_trustees, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		a_page_says_who_signed_and_what_is_missing, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		what_cannot_be_taken_back_is_said_until_it_is_done, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		what_is_sealed_stands_behind_its_order, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
