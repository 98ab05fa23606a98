/* SPDX-License-Identifier: EUPL-1.2 */
/* Who may order: as many officials in force as were agreed, or the registrar; once, for this
 * journal, and in time. And who the officials are, as orders change it. */
#include "tests/unit/support/journal_case.h"

#include <string.h>

#include "base/limits.h"

#define NUM(a)	 (sizeof(a) / sizeof((a)[0]))
#define ELECTION JOURNAL_ELECTION
#define DAY	 ((int64_t)24 * 60 * 60)
#define MAX_LIST 5

#define INCIDENT "text Panne.\n"
#define ROLL	 "credentials " JOURNAL_HASH "\ncount 5\nweight 7\n"

static void
an_order_is_executed_on_enough_signatures(void **state)
{
	static const struct {
		const char *action, *election, *arguments;
		enum journal_who who[MAX_LIST];
		enum urne_err want;
		const char *says;
	} cases[] = {
	    {"incident", "-", INCIDENT, {JOURNAL_ANNA, JOURNAL_BRUNO, JOURNAL_NOBODY}, URNE_OK, ""},
	    {"incident", "-", INCIDENT, {JOURNAL_CARLA, JOURNAL_ANNA, JOURNAL_NOBODY}, URNE_OK, ""},
	    {"incident", "-", INCIDENT,
		{JOURNAL_ANNA, JOURNAL_BRUNO, JOURNAL_CARLA, JOURNAL_NOBODY}, URNE_OK, ""},
	    {"incident", "-", INCIDENT,
		{JOURNAL_DORA, JOURNAL_CARLA, JOURNAL_FALSE_ANNA, JOURNAL_ANNA, JOURNAL_NOBODY},
		URNE_ERR_MISMATCH, "has 4 signature lines and was executed on 2"},
	    {"incident", "-", INCIDENT,
		{JOURNAL_ANNA, JOURNAL_BRUNO, JOURNAL_REGISTRAR, JOURNAL_NOBODY}, URNE_ERR_MISMATCH,
		"has 3 signature lines and was executed on 2"},
	    {"incident", "-", INCIDENT, {JOURNAL_BRUNO, JOURNAL_NOBODY}, URNE_ERR_INCOMPLETE,
		"signed by 1 and needs the signatures of 2 officials: 1 missing"},
	    {"incident", "-", INCIDENT, {JOURNAL_DORA, JOURNAL_BRUNO, JOURNAL_NOBODY},
		URNE_ERR_INCOMPLETE, "1 missing"},
	    {"incident", "-", INCIDENT, {JOURNAL_DORA, JOURNAL_NOBODY}, URNE_ERR_INCOMPLETE,
		"no signature of an official"},
	    {"incident", "-", INCIDENT, {JOURNAL_FALSE_ANNA, JOURNAL_REGISTRAR, JOURNAL_NOBODY},
		URNE_ERR_INCOMPLETE, "no signature of an official"},
	    {"incident", "-", INCIDENT, {JOURNAL_ANNA, JOURNAL_REGISTRAR, JOURNAL_NOBODY},
		URNE_ERR_INCOMPLETE, "1 missing"},
	    {"incident", "-", INCIDENT, {JOURNAL_ANNA, JOURNAL_ANNA, JOURNAL_NOBODY},
		URNE_ERR_DUPLICATE, "two signature lines of example.org/anna"},
	    {"incident", "-", INCIDENT,
		{JOURNAL_ANNA, JOURNAL_BRUNO, JOURNAL_CARLA, JOURNAL_CARLA, JOURNAL_NOBODY},
		URNE_ERR_DUPLICATE, "of example.org/carla"},
	    {"roll", ELECTION, ROLL, {JOURNAL_REGISTRAR, JOURNAL_NOBODY}, URNE_OK, ""},
	    {"roll", ELECTION, ROLL, {JOURNAL_ANNA, JOURNAL_REGISTRAR, JOURNAL_NOBODY},
		URNE_ERR_MISMATCH, "has 2 signature lines and was executed on 1"},
	    {"roll", ELECTION, ROLL, {JOURNAL_ANNA, JOURNAL_BRUNO, JOURNAL_CARLA, JOURNAL_NOBODY},
		URNE_ERR_INCOMPLETE, "no signature of the registrar"},
	    {"roll", ELECTION, ROLL, {JOURNAL_REGISTRAR, JOURNAL_REGISTRAR, JOURNAL_NOBODY},
		URNE_ERR_DUPLICATE, "of example.org/registrar"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct refusal want = {"", cases[i].want, cases[i].says};
		struct journal_case c;
		struct urne_buf before;
		enum urne_err e;

		journal_case_init(&c, 2, true);
		before = journal_case_says(c.journal);
		e = journal_case_signed(
		    &c, cases[i].action, cases[i].election, cases[i].arguments, cases[i].who);
		assert_refusal(&want, i, e, &c.d);
		if (e != URNE_OK) {
			journal_case_unchanged(&c, &before);
		}
		urne_buf_clear(&before);
		journal_case_clear(&c);
	}
}

static void
without_a_registrar_nobody_orders_a_roll(void **state)
{
	static const enum journal_who all[] = {
	    JOURNAL_ANNA, JOURNAL_BRUNO, JOURNAL_CARLA, JOURNAL_REGISTRAR, JOURNAL_NOBODY};
	struct journal_case c;

	journal_case_init(&c, 2, false);
	assert_err(journal_case_signed(&c, "roll", ELECTION, ROLL, all), URNE_ERR_UNKNOWN);
	assert_non_null(strstr(c.d.text, "this journal has no registrar"));
	journal_case_clear(&c);
}

/* step_note steps a note as it is. */
static enum urne_err
step_note(struct journal_case *c, const struct urne_buf *note)
{
	struct urne_journal_order o = {c->now, urne_buf_view(note)};
	struct urne_buf payload;
	enum urne_err e;

	urne_buf_init(&payload, 1 << 16);
	urne_journal_order_write(&payload, &o);
	e = journal_case_step(c, URNE_EVENT_ORDER, urne_buf_view(&payload), VIEW(""));
	urne_buf_clear(&payload);
	return e;
}

static void
an_order_is_executed_once(void **state)
{
	static const enum journal_who first[] = {JOURNAL_ANNA, JOURNAL_BRUNO, JOURNAL_NOBODY};
	static const enum journal_who second[] = {JOURNAL_CARLA, JOURNAL_ANNA, JOURNAL_NOBODY};
	struct urne_buf text, note, before;
	struct urne_hash hash;
	struct journal_case c;
	uint64_t entry;

	journal_case_init(&c, 2, false);
	assert_ok(journal_case_record(&c, URNE_JOURNAL_SOFTWARE, "", 0, 0));
	urne_buf_init(&text, 1 << 12);
	urne_buf_init(&note, 1 << 12);
	journal_case_text(&c, &text, "incident", "-", INCIDENT);
	urne_order_text_hash(&hash, urne_buf_view(&text));
	assert_false(urne_journal_executed(c.journal, &entry, &hash));
	journal_case_note(&c, &note, urne_buf_view(&text), first);
	assert_ok(step_note(&c, &note));
	assert_true(urne_journal_executed(c.journal, &entry, &hash));
	assert_int_equal(entry, 2);
	before = journal_case_says(c.journal);
	assert_err(step_note(&c, &note), URNE_ERR_ORDER);
	assert_non_null(strstr(c.d.text, "this order was executed as entry 2 of the journal"));
	/* nor with the signatures of others */
	urne_buf_reset(&note);
	journal_case_note(&c, &note, urne_buf_view(&text), second);
	assert_err(step_note(&c, &note), URNE_ERR_ORDER);
	assert_non_null(strstr(c.d.text, "an order is executed once"));
	journal_case_unchanged(&c, &before);
	c.now++; /* the same written anew is another */
	assert_ok(journal_case_order(&c, "incident", "-", INCIDENT));
	urne_buf_clear(&text);
	urne_buf_clear(&note);
	journal_case_clear(&c);
}

static void
an_order_for_another_journal_or_changed_is_refused(void **state)
{
	static const enum journal_who who[] = {JOURNAL_ANNA, JOURNAL_BRUNO, JOURNAL_NOBODY};
	static const struct refusal cases[] = {
	    {"urne-order/1\nvote.example.com/bb/journal\nincident\n-\n2026-11-26T18:00:00Z\n"
	     "text Panne.\n",
		URNE_ERR_MISMATCH, "the order is for vote.example.com/bb/journal"},
	    {"urne-order/1\n" JOURNAL_SERVICE "/" ELECTION "\nincident\n-\n2026-11-26T18:00:00Z\n"
	     "text Panne.\n",
		URNE_ERR_MISMATCH, "this journal is " JOURNAL_ORIGIN},
	    {"urne-order/1\n" JOURNAL_ORIGIN "\nResult\n", URNE_ERR_SYNTAX, "five lines"},
	    {"urne-minutes-1\n", URNE_ERR_SYNTAX, "begins with the line urne-order/1"},
	};
	struct journal_case c;
	struct urne_buf note, text, before;

	journal_case_init(&c, 2, false);
	urne_buf_init(&note, 1 << 12);
	urne_buf_init(&text, 1 << 12);
	before = journal_case_says(c.journal);
	for (size_t i = 0; i < NUM(cases); i++) {
		urne_buf_reset(&note);
		journal_case_note(&c, &note, urne_view_of(cases[i].text), who);
		assert_refusal(&cases[i], i, step_note(&c, &note), &c.d);
	}
	/* Carla signed something else: the two others do not outvote that */
	urne_buf_reset(&note);
	journal_case_text(&c, &text, "incident", "-", INCIDENT);
	journal_case_note(&c, &note, urne_buf_view(&text), who);
	assert_ok(urne_signer_sign(&note, &c.signer[JOURNAL_CARLA], VIEW("something else\n")));
	assert_err(step_note(&c, &note), URNE_ERR_PROOF);
	assert_non_null(
	    strstr(c.d.text, "the order: the signature of example.org/carla does not verify"));
	journal_case_unchanged(&c, &before);
	urne_buf_clear(&note);
	urne_buf_clear(&text);
	journal_case_clear(&c);
}

static void
an_order_is_neither_too_old_nor_of_the_future(void **state)
{
	static const struct {
		int64_t issued; /* beside the entry's moment */
		enum urne_err want;
		const char *says;
	} cases[] = {
	    {300, URNE_OK, ""},
	    {301, URNE_ERR_ORDER, "written at 2026-12-26T18:05:01Z, and the board's clock says"},
	    {-14 * DAY, URNE_OK, ""},
	    {-14 * DAY - 1, URNE_ERR_ORDER, "more than 14 days before 2026-12-26T18:00:00Z"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct refusal want = {"", cases[i].want, cases[i].says};
		struct journal_case c;
		enum urne_err e;

		journal_case_init(&c, 2, false);
		c.now = JOURNAL_BEGIN + 30 * DAY;
		c.issued = c.now + cases[i].issued;
		e = journal_case_order(&c, "incident", "-", INCIDENT);
		assert_refusal(&want, i, e, &c.d);
		journal_case_clear(&c);
	}
}

static void
time_does_not_go_back(void **state)
{
	struct journal_case c;
	struct urne_buf before;

	journal_case_init(&c, 2, false);
	before = journal_case_says(c.journal);
	c.now--;
	assert_err(journal_case_order(&c, "incident", "-", INCIDENT), URNE_ERR_RANGE);
	assert_non_null(strstr(c.d.text, "of 2026-11-26T17:59:59Z, and the one before it of "
					 "2026-11-26T18:00:00Z"));
	assert_err(journal_case_record(&c, URNE_JOURNAL_SOFTWARE, "", 0, 0), URNE_ERR_RANGE);
	journal_case_unchanged(&c, &before);
	c.now += 10;
	assert_ok(journal_case_order(&c, "incident", "-", INCIDENT));
	assert_ok(journal_case_record(&c, URNE_JOURNAL_SOFTWARE, "", 0, 0));
	c.now--;
	assert_err(journal_case_order(&c, "incident", "-", INCIDENT), URNE_ERR_RANGE);
	assert_err(journal_case_record(&c, URNE_JOURNAL_SOFTWARE, "", 0, 0), URNE_ERR_RANGE);
	journal_case_clear(&c);
}

/* --- judging before there are enough --- */

static void
what_waits_is_judged_but_for_its_number(void **state)
{
	static const enum journal_who one[] = {JOURNAL_DORA, JOURNAL_CARLA, JOURNAL_NOBODY};
	static const enum journal_who none[] = {JOURNAL_DORA, JOURNAL_NOBODY};
	struct urne_order_signers signers;
	struct urne_buf text, note, before;
	struct urne_arena arena;
	struct journal_case c;
	struct urne_order o;
	size_t needed;

	journal_case_init(&c, 2, false);
	before = journal_case_says(c.journal);
	urne_arena_init(&arena, 1 << 20);
	urne_buf_init(&text, 1 << 12);
	urne_buf_init(&note, 1 << 12);
	journal_case_text(&c, &text, "incident", "-", INCIDENT);
	journal_case_note(&c, &note, urne_buf_view(&text), one);
	assert_ok(urne_journal_judge(
	    c.journal, &o, &signers, &needed, &arena, &c.d, urne_buf_view(&note), c.now));
	assert_int_equal(o.action, URNE_ACTION_INCIDENT);
	assert_int_equal(needed, 2);
	assert_int_equal(signers.num, 1);
	assert_true(signers.signed_by[JOURNAL_CARLA]);
	assert_false(signers.signed_by[JOURNAL_ANNA]);
	/* what it waited for came too late, or it cannot come at all */
	assert_err(urne_journal_judge(c.journal, &o, &signers, &needed, &arena, &c.d,
		       urne_buf_view(&note), c.now + 15 * DAY),
	    URNE_ERR_ORDER);
	assert_int_equal(signers.num, 0);
	assert_int_equal(needed, 0);
	urne_buf_reset(&note);
	journal_case_note(&c, &note, urne_buf_view(&text), none);
	assert_err(urne_journal_judge(
		       c.journal, &o, &signers, &needed, &arena, &c.d, urne_buf_view(&note), c.now),
	    URNE_ERR_INCOMPLETE);
	journal_case_unchanged(&c, &before);
	urne_buf_clear(&text);
	urne_buf_clear(&note);
	urne_arena_clear(&arena);
	journal_case_clear(&c);
}

/* --- who the officials are --- */

static enum urne_err
enrol(struct journal_case *c, const struct urne_note_key *key)
{
	struct urne_buf args;
	enum urne_err e;

	urne_buf_init(&args, 1 << 12);
	urne_buf_puts(&args, "official ");
	urne_note_key_write(&args, key);
	urne_buf_puts(&args, "\nreason Arrivée.\n");
	urne_buf_putc(&args, '\0');
	e = journal_case_order(c, "enrol", "-", args.data);
	urne_buf_clear(&args);
	return e;
}

#define REVOKE(name) "official example.org/" name "\nreason Départ.\n"

static void
a_revoked_key_counts_no_more(void **state)
{
	static const enum journal_who with[] = {
	    JOURNAL_ANNA, JOURNAL_BRUNO, JOURNAL_CARLA, JOURNAL_NOBODY};
	struct journal_case c;
	struct urne_buf before;
	const struct urne_official_key *keys;
	size_t num;

	journal_case_init(&c, 2, false);
	assert_ok(journal_case_order(&c, "revoke", "-", REVOKE("carla")));
	keys = urne_journal_officials(c.journal, &num);
	assert_int_equal(num, 3);
	assert_true(keys[JOURNAL_CARLA].revoked);
	assert_false(keys[JOURNAL_ANNA].revoked);
	before = journal_case_says(c.journal);
	assert_err(journal_case_signed(&c, "incident", "-", INCIDENT, with), URNE_ERR_ORDER);
	assert_non_null(strstr(c.d.text, "the key of example.org/carla was revoked"));
	assert_err(journal_case_order(&c, "revoke", "-", REVOKE("carla")), URNE_ERR_ORDER);
	c.now++;
	assert_err(journal_case_order(&c, "revoke", "-", REVOKE("carla")), URNE_ERR_ORDER);
	assert_non_null(strstr(c.d.text, "example.org/carla was revoked already"));
	assert_err(journal_case_order(&c, "revoke", "-", REVOKE("dora")), URNE_ERR_UNKNOWN);
	assert_non_null(strstr(c.d.text, "example.org/dora is no official"));
	/* two must agree, and two there are */
	assert_err(journal_case_order(&c, "revoke", "-", REVOKE("bruno")), URNE_ERR_ORDER);
	assert_non_null(strstr(c.d.text, "too few officials remain: 1, and 2 must agree"));
	journal_case_unchanged(&c, &before);
	/* another one comes first */
	assert_ok(enrol(&c, &c.signer[JOURNAL_DORA].key));
	assert_ok(journal_case_order(&c, "revoke", "-", REVOKE("bruno")));
	journal_case_clear(&c);
}

static void
who_is_enrolled_signs_from_then_on(void **state)
{
	static const enum journal_who dora[] = {JOURNAL_DORA, JOURNAL_ANNA, JOURNAL_NOBODY};
	struct journal_case c;

	journal_case_init(&c, 2, false);
	assert_err(journal_case_signed(&c, "incident", "-", INCIDENT, dora), URNE_ERR_INCOMPLETE);
	assert_ok(enrol(&c, &c.signer[JOURNAL_DORA].key));
	assert_ok(journal_case_signed(&c, "incident", "-", INCIDENT, dora));
	journal_case_clear(&c);
}

static void
an_official_is_enrolled_once_and_for_all(void **state)
{
	struct urne_signer alias;
	struct journal_case c;
	struct urne_buf before;

	journal_case_init(&c, 2, true);
	assert_ok(journal_case_order(&c, "revoke", "-", REVOKE("carla")));
	assert_ok(urne_signer_rename(
	    &alias, &c.d, &c.signer[JOURNAL_CARLA], VIEW("example.org/charlotte")));
	before = journal_case_says(c.journal);
	assert_err(enrol(&c, &alias.key), URNE_ERR_DUPLICATE); /* the key of one who left */
	assert_non_null(strstr(c.d.text, "example.org/carla is or was an official"));
	assert_err(enrol(&c, &c.signer[JOURNAL_CARLA].key), URNE_ERR_DUPLICATE);
	assert_err(enrol(&c, &c.signer[JOURNAL_FALSE_ANNA].key), URNE_ERR_DUPLICATE);
	assert_non_null(strstr(c.d.text, "example.org/anna is or was an official"));
	assert_err(enrol(&c, &c.signer[JOURNAL_REGISTRAR].key), URNE_ERR_DUPLICATE);
	assert_non_null(strstr(c.d.text, "is or was the registrar"));
	journal_case_unchanged(&c, &before);
	assert_ok(enrol(&c, &c.signer[JOURNAL_DORA].key));
	urne_signer_clear(&alias);
	journal_case_clear(&c);
}

static void
a_journal_has_no_more_officials_than_a_note_has_lines(void **state)
{
	struct journal_case c;
	struct urne_buf before;

	journal_case_init(&c, 2, false);
	for (size_t i = 3; i <= URNE_MAX_OFFICIALS; i++) {
		char name[] = "example.org/00";
		uint8_t seed[32] = {(uint8_t)i, 1};
		struct urne_signer s;
		struct urne_rng rng;

		name[12] = (char)('0' + i / 10);
		name[13] = (char)('0' + i % 10);
		urne_rng_init_fixed(&rng, seed);
		assert_ok(urne_signer_new(&s, &c.d, urne_view_of(name), &rng));
		before = journal_case_says(c.journal);
		assert_err(enrol(&c, &s.key), i < URNE_MAX_OFFICIALS ? URNE_OK : URNE_ERR_LIMIT);
		if (i == URNE_MAX_OFFICIALS) {
			journal_case_unchanged(&c, &before);
		}
		urne_buf_clear(&before);
		urne_signer_clear(&s);
	}
	assert_non_null(strstr(c.d.text, "32 officials at most"));
	journal_case_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_order_is_executed_on_enough_signatures),
	    cmocka_unit_test(without_a_registrar_nobody_orders_a_roll),
	    cmocka_unit_test(an_order_is_executed_once),
	    cmocka_unit_test(an_order_for_another_journal_or_changed_is_refused),
	    cmocka_unit_test(an_order_is_neither_too_old_nor_of_the_future),
	    cmocka_unit_test(time_does_not_go_back),
	    cmocka_unit_test(what_waits_is_judged_but_for_its_number),
	    cmocka_unit_test(a_revoked_key_counts_no_more),
	    cmocka_unit_test(who_is_enrolled_signs_from_then_on),
	    cmocka_unit_test(an_official_is_enrolled_once_and_for_all),
	    cmocka_unit_test(a_journal_has_no_more_officials_than_a_note_has_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
