/* SPDX-License-Identifier: EUPL-1.2 */
/* What the journal refuses, beside what comes at the wrong stage: each refusal with its sentence,
 * the state as it was, and the right thing taken afterwards. */
#include "tests/unit/support/journal_case.h"

#include <string.h>

#define NUM(a)	 (sizeof(a) / sizeof((a)[0]))
#define ELECTION JOURNAL_ELECTION
#define OTHER	 "0000000000000000000000000000000000000000000000000000000000000000"
#define DAY	 ((int64_t)24 * 60 * 60)

#define SEAL(setup_and_more) "setup " JOURNAL_SETUP "\ndefinition " setup_and_more
#define HOURS		     "opens 2026-11-26T19:00:00Z\ncloses 2026-11-26T20:00:00Z\nkind vote\n"

/* --- arguments --- */

struct trial {
	enum urne_journal_stage stage;
	bool registrar;
	const char *kind;
	bool hours;
	const char *action, *election, *arguments;
	int64_t after; /* seconds behind the genesis; 0: as the stage has it */
	enum urne_err want;
	const char *says;
};

static void
try_order(const struct trial *t, size_t i)
{
	struct journal_case c;
	struct urne_buf before;
	enum urne_err e;

	journal_case_init(&c, 2, t->registrar);
	c.kind = t->kind;
	c.hours = t->hours;
	journal_case_reach(&c, ELECTION, t->stage);
	c.now = t->after != 0 ? JOURNAL_BEGIN + t->after : c.now;
	before = journal_case_says(c.journal);
	e = journal_case_order(&c, t->action, t->election, t->arguments);
	if (e != t->want || (e != URNE_OK && strstr(c.d.text, t->says) == NULL)) {
		fail_msg("case %zu, %s: %s: %s", i, t->action, urne_err_name(e), c.d.text);
	}
	if (e != URNE_OK) {
		journal_case_unchanged(&c, &before);
	}
	urne_buf_clear(&before);
	journal_case_clear(&c);
}

static void
a_seal_holds_against_roll_and_preparation(void **state)
{
	static const struct trial cases[] = {
	    {URNE_JOURNAL_NONE, false, "vote", true, "seal", ELECTION,
		SEAL("-\ntrustees 5\n" HOURS), 0, URNE_OK, ""},
	    {URNE_JOURNAL_NONE, true, "vote", true, "seal", ELECTION, SEAL("-\ntrustees 5\n" HOURS),
		0, URNE_ERR_ORDER, "no roll yet"},
	    {URNE_JOURNAL_PREPARED, false, "vote", true, "seal", ELECTION,
		SEAL(JOURNAL_DEFINITION "\ntrustees 2\n" HOURS), 0, URNE_OK, ""},
	    {URNE_JOURNAL_PREPARED, false, "vote", true, "seal", ELECTION,
		SEAL(OTHER "\ntrustees 2\n" HOURS), 0, URNE_ERR_MISMATCH, "another definition"},
	    {URNE_JOURNAL_PREPARED, false, "vote", true, "seal", ELECTION,
		SEAL("-\ntrustees 2\n" HOURS), 0, URNE_ERR_MISMATCH, "another definition"},
	    {URNE_JOURNAL_PREPARED, false, "vote", true, "seal", ELECTION,
		SEAL(JOURNAL_DEFINITION "\ntrustees 1\n" HOURS), 0, URNE_ERR_MISMATCH,
		"has 1 trustees, and 2 were prepared"},
	    {URNE_JOURNAL_NONE, false, "vote", true, "seal", ELECTION,
		SEAL("-\ntrustees 0\n" HOURS), 0, URNE_ERR_RANGE, "1 to 256 trustees"},
	    {URNE_JOURNAL_NONE, false, "vote", true, "seal", ELECTION,
		SEAL("-\ntrustees 257\n" HOURS), 0, URNE_ERR_RANGE, "1 to 256 trustees"},
	    {URNE_JOURNAL_NONE, false, "vote", true, "seal", ELECTION,
		SEAL("-\ntrustees 1\nopens -\ncloses -\nkind vote\n"), 0, URNE_OK, ""},
	    {URNE_JOURNAL_NONE, false, "vote", true, "seal", ELECTION,
		SEAL("-\ntrustees 1\nopens -\ncloses 2026-11-26T20:00:00Z\nkind vote\n"), 0,
		URNE_ERR_MISMATCH, "one of opens and closes"},
	    {URNE_JOURNAL_NONE, false, "vote", true, "seal", ELECTION,
		SEAL("-\ntrustees 1\nopens 2026-11-26T20:00:00Z\ncloses -\nkind vote\n"), 0,
		URNE_ERR_MISMATCH, "one of opens and closes"},
	    {URNE_JOURNAL_NONE, false, "vote", true, "seal", ELECTION,
		SEAL("-\ntrustees 1\nopens 2026-11-26T20:00:00Z\n"
		     "closes 2026-11-26T20:00:00Z\nkind vote\n"),
		0, URNE_ERR_RANGE, "not behind the opening"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		try_order(&cases[i], i);
	}
}

static void
run_other_software(struct journal_case *c)
{
	struct urne_journal_record r = {
	    .at = c->now, .kind = URNE_JOURNAL_SOFTWARE, .hash = {{0x0b, 0xad}}};
	struct urne_buf text;

	urne_buf_init(&text, 1024);
	urne_journal_record_write(&text, &r);
	assert_ok(journal_case_step(
	    c, URNE_EVENT_RECORD, urne_buf_view(&text), (struct urne_view){"", 0}));
	urne_buf_clear(&text);
}

static void
a_voting_opens_after_rehearsal_and_checklist(void **state)
{
	static const struct trial cases[] = {
	    {URNE_JOURNAL_SEALED, false, "vote", true, "open", ELECTION, "", 0, URNE_ERR_ORDER,
		"0 of 2 trustees rehearsed"},
	    {URNE_JOURNAL_SEALED, false, "test", true, "open", ELECTION, "", 0, URNE_OK, ""},
	    {URNE_JOURNAL_SEALED, false, "vote", true, "checklist", ELECTION,
		"urn " OTHER "\nsoftware " JOURNAL_SOFTWARE "\nrehearsed 0\n", 0, URNE_ERR_ORDER,
		"has not recorded its software"},
	};
	static const char checklist[] =
	    "urn " OTHER "\nsoftware " JOURNAL_SOFTWARE "\nrehearsed 1\n";
	struct journal_case c;
	struct urne_buf before;

	for (size_t i = 0; i < NUM(cases); i++) {
		try_order(&cases[i], i);
	}
	journal_case_init(&c, 2, false);
	journal_case_reach(&c, ELECTION, URNE_JOURNAL_SEALED);
	assert_ok(journal_case_record(&c, URNE_JOURNAL_SOFTWARE, "", 0, 0));
	assert_ok(journal_case_record(&c, URNE_JOURNAL_REHEARSED, ELECTION, 1, 0));
	before = journal_case_says(c.journal);
	assert_err(journal_case_order(&c, "checklist", ELECTION,
		       "urn " OTHER "\nsoftware " OTHER "\nrehearsed 1\n"),
	    URNE_ERR_MISMATCH);
	assert_non_null(strstr(c.d.text, "names another software"));
	assert_err(journal_case_order(&c, "checklist", ELECTION,
		       "urn " OTHER "\nsoftware " JOURNAL_SOFTWARE "\nrehearsed 2\n"),
	    URNE_ERR_MISMATCH);
	assert_non_null(strstr(c.d.text, "2 trustees rehearsed, and the journal has 1"));
	journal_case_unchanged(&c, &before);
	assert_ok(journal_case_order(&c, "checklist", ELECTION, checklist));
	assert_err(journal_case_order(&c, "open", ELECTION, ""), URNE_ERR_ORDER);
	assert_non_null(strstr(c.d.text, "1 of 2 trustees rehearsed"));
	assert_ok(journal_case_record(&c, URNE_JOURNAL_REHEARSED, ELECTION, 2, 0));
	run_other_software(&c);
	assert_err(journal_case_order(&c, "open", ELECTION, ""), URNE_ERR_ORDER);
	assert_non_null(strstr(c.d.text, "another software than the checklist names"));
	assert_ok(journal_case_record(&c, URNE_JOURNAL_SOFTWARE, "", 0, 0));
	assert_ok(journal_case_order(&c, "open", ELECTION, ""));
	journal_case_clear(&c);

	journal_case_init(&c, 2, false);
	journal_case_reach(&c, ELECTION, URNE_JOURNAL_SEALED);
	assert_ok(journal_case_record(&c, URNE_JOURNAL_REHEARSED, ELECTION, 1, 0));
	assert_ok(journal_case_record(&c, URNE_JOURNAL_REHEARSED, ELECTION, 2, 0));
	assert_err(journal_case_order(&c, "open", ELECTION, ""), URNE_ERR_ORDER);
	assert_non_null(strstr(c.d.text, "no checklist yet"));
	journal_case_clear(&c);
}

#define EXTEND(time) "closes " time "\nreason Panne.\n"
/* JOURNAL_CLOSES is 19:23:20 */
static void
the_hours_are_kept(void **state)
{
	static const struct trial cases[] = {
	    {URNE_JOURNAL_OPEN, false, "vote", true, "extend", ELECTION,
		EXTEND("2026-11-26T19:23:21Z"), 0, URNE_OK, ""},
	    {URNE_JOURNAL_OPEN, false, "vote", true, "extend", ELECTION,
		EXTEND("2026-11-26T19:23:20Z"), 0, URNE_ERR_RANGE,
		"at 2026-11-26T19:23:20Z already"},
	    {URNE_JOURNAL_OPEN, false, "vote", true, "extend", ELECTION,
		EXTEND("2026-11-26T19:00:00Z"), 0, URNE_ERR_RANGE, "names a later one"},
	    {URNE_JOURNAL_OPEN, false, "vote", true, "extend", ELECTION,
		EXTEND("2026-11-26T20:00:00Z"), JOURNAL_CLOSES, URNE_ERR_ORDER,
		"was over at 2026-11-26T19:23:20Z"},
	    {URNE_JOURNAL_OPEN, false, "vote", true, "extend", ELECTION,
		EXTEND("2026-11-26T20:00:00Z"), JOURNAL_CLOSES - 1, URNE_OK, ""},
	    {URNE_JOURNAL_SEALED, false, "vote", true, "extend", ELECTION,
		EXTEND("2026-11-26T20:00:00Z"), JOURNAL_CLOSES, URNE_ERR_ORDER, "was over"},
	    {URNE_JOURNAL_OPEN, false, "vote", false, "extend", ELECTION,
		EXTEND("2026-11-26T20:00:00Z"), 0, URNE_ERR_ORDER, "without a closing"},
	    {URNE_JOURNAL_OPEN, false, "vote", true, "close", ELECTION, "", 0, URNE_ERR_ORDER,
		"members may vote until 2026-11-26T19:23:20Z"},
	    {URNE_JOURNAL_OPEN, false, "vote", true, "close", ELECTION, "", JOURNAL_CLOSES - 1,
		URNE_ERR_ORDER, "nobody closes the voting before"},
	    {URNE_JOURNAL_OPEN, false, "vote", true, "close", ELECTION, "", JOURNAL_CLOSES, URNE_OK,
		""},
	    {URNE_JOURNAL_OPEN, false, "vote", false, "close", ELECTION, "", 0, URNE_OK, ""},
	    {URNE_JOURNAL_OPEN, false, "test", true, "close", ELECTION, "", 0, URNE_OK, ""},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		try_order(&cases[i], i);
	}
}

static void
an_extension_moves_the_closing_and_nothing_follows_a_close(void **state)
{
	struct journal_case c;
	const struct urne_journal_election *e;

	journal_case_init(&c, 2, false);
	journal_case_reach(&c, ELECTION, URNE_JOURNAL_OPEN);
	assert_ok(journal_case_order(&c, "extend", ELECTION, EXTEND("2026-11-26T20:00:00Z")));
	e = urne_journal_find(c.journal, VIEW(ELECTION));
	assert_int_equal(e->closes, JOURNAL_BEGIN + 7200);
	assert_int_equal(e->sealed_closes, JOURNAL_BEGIN + JOURNAL_CLOSES);
	c.now = JOURNAL_BEGIN + JOURNAL_CLOSES;
	assert_err(journal_case_record(&c, URNE_JOURNAL_CLOSED, ELECTION, 0, 5), URNE_ERR_ORDER);
	assert_non_null(strstr(c.d.text, "members may vote until 2026-11-26T20:00:00Z"));
	assert_err(journal_case_order(&c, "extend", ELECTION, EXTEND("2026-11-26T19:59:59Z")),
	    URNE_ERR_RANGE);
	assert_ok(journal_case_order(&c, "extend", ELECTION, EXTEND("2026-11-26T20:00:01Z")));
	c.now = JOURNAL_BEGIN + 7201;
	assert_ok(journal_case_order(&c, "close", ELECTION, ""));
	c.now++;
	assert_err(journal_case_order(&c, "close", ELECTION, ""), URNE_ERR_ORDER);
	assert_non_null(strstr(c.d.text, "executed already"));
	assert_ok(journal_case_record(&c, URNE_JOURNAL_CLOSED, ELECTION, 0, 5));
	journal_case_clear(&c);

	/* a test closes before its hour, and is not opened again by an extension */
	journal_case_init(&c, 2, false);
	c.kind = "test";
	journal_case_reach(&c, ELECTION, URNE_JOURNAL_OPEN);
	assert_ok(journal_case_order(&c, "close", ELECTION, ""));
	assert_err(journal_case_order(&c, "extend", ELECTION, EXTEND("2026-11-26T20:00:00Z")),
	    URNE_ERR_ORDER);
	assert_ok(journal_case_record(&c, URNE_JOURNAL_CLOSED, ELECTION, 0, 5));
	journal_case_clear(&c);
}

static void
a_preparation_names_each_trustee_once(void **state)
{
	static const struct {
		const char *threshold;
		enum journal_who trustee[2];
		enum urne_err want;
		const char *says;
	} cases[] = {
	    {"1", {JOURNAL_DORA, JOURNAL_ENZO}, URNE_OK, ""},
	    {"2", {JOURNAL_DORA, JOURNAL_ENZO}, URNE_OK, ""},
	    {"0", {JOURNAL_DORA, JOURNAL_ENZO}, URNE_ERR_RANGE, "threshold of 0 with 2"},
	    {"3", {JOURNAL_DORA, JOURNAL_ENZO}, URNE_ERR_RANGE, "threshold of 3 with 2"},
	    {"2", {JOURNAL_DORA, JOURNAL_DORA}, URNE_ERR_DUPLICATE,
		"trustees 1 and 2 have the same"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct refusal want = {"", cases[i].want, cases[i].says};
		struct urne_buf args, before;
		struct journal_case c;
		enum urne_err e;

		journal_case_init(&c, 2, false);
		before = journal_case_says(c.journal);
		urne_buf_init(&args, 1 << 12);
		urne_buf_printf(
		    &args, "definition -\ngroup Ed25519\nthreshold %s\n", cases[i].threshold);
		for (size_t k = 0; k < 2; k++) {
			urne_buf_puts(&args, "trustee ");
			urne_note_key_write(&args, &c.signer[cases[i].trustee[k]].key);
			urne_buf_putc(&args, '\n');
		}
		urne_buf_putc(&args, '\0');
		e = journal_case_order(&c, "prepare", ELECTION, args.data);
		assert_refusal(&want, i, e, &c.d);
		if (e != URNE_OK) {
			journal_case_unchanged(&c, &before);
		}
		urne_buf_clear(&before);
		urne_buf_clear(&args);
		journal_case_clear(&c);
	}
}

static void
a_definition_of_zeros_is_not_none(void **state)
{
	struct urne_buf args;
	struct journal_case c;

	journal_case_init(&c, 2, false);
	urne_buf_init(&args, 1 << 12);
	urne_buf_puts(&args, "definition " OTHER "\ngroup Ed25519\nthreshold 1\ntrustee ");
	urne_note_key_write(&args, &c.signer[JOURNAL_DORA].key);
	urne_buf_puts(&args, "\n");
	urne_buf_putc(&args, '\0');
	assert_ok(journal_case_order(&c, "prepare", ELECTION, args.data));
	assert_err(journal_case_order(&c, "seal", ELECTION, SEAL("-\ntrustees 1\n" HOURS)),
	    URNE_ERR_MISMATCH);
	assert_ok(journal_case_order(&c, "seal", ELECTION, SEAL(OTHER "\ntrustees 1\n" HOURS)));
	urne_buf_clear(&args);
	journal_case_clear(&c);
}

/* --- records --- */

/* What the officials looked at before the opening is what opens. */
static void
another_urn_than_that_of_the_checklist_does_not_open(void **state)
{
	static const char *const urns[] = {OTHER, JOURNAL_HASH};
	struct journal_case c;
	struct urne_buf args;

	(void)state;
	for (size_t i = 0; i < NUM(urns); i++) {
		enum urne_err e;

		journal_case_init(&c, 2, false);
		journal_case_reach(&c, ELECTION, URNE_JOURNAL_SEALED);
		assert_ok(journal_case_record(&c, URNE_JOURNAL_SOFTWARE, "", 0, 0));
		assert_ok(journal_case_record(&c, URNE_JOURNAL_REHEARSED, ELECTION, 1, 0));
		assert_ok(journal_case_record(&c, URNE_JOURNAL_REHEARSED, ELECTION, 2, 0));
		urne_buf_init(&args, 1 << 16);
		urne_buf_printf(
		    &args, "urn %s\nsoftware " JOURNAL_SOFTWARE "\nrehearsed 2\n", urns[i]);
		urne_buf_put(&args, "", 1);
		assert_ok(journal_case_order(&c, "checklist", ELECTION, args.data));
		assert_ok(journal_case_order(&c, "open", ELECTION, ""));
		c.now = JOURNAL_BEGIN + JOURNAL_OPENS;
		e = journal_case_record(&c, URNE_JOURNAL_OPENED, ELECTION, 0, 1);
		assert_err(e, i == 0 ? URNE_ERR_MISMATCH : URNE_OK);
		assert_true(i > 0 || strstr(c.d.text, "not the one that the checklist names"));
		urne_buf_clear(&args);
		journal_case_clear(&c);
	}
}

static void
every_fault_of_a_record_is_named(void **state)
{
	static const struct {
		enum urne_journal_stage stage;
		bool hours;
		enum urne_record_kind_of_journal kind;
		const char *election;
		uint64_t trustee, size;
		int64_t later; /* than the entry before */
		enum urne_err want;
		const char *says;
	} cases[] = {
	    {URNE_JOURNAL_SEALED, true, URNE_JOURNAL_REHEARSED, ELECTION, 0, 0, 0, URNE_ERR_RANGE,
		"trustees 1 to 2"},
	    {URNE_JOURNAL_SEALED, true, URNE_JOURNAL_REHEARSED, ELECTION, 3, 0, 0, URNE_ERR_RANGE,
		"trustee 3 rehearsed, and the election has trustees 1 to 2"},
	    {URNE_JOURNAL_SEALED, true, URNE_JOURNAL_REHEARSED, ELECTION, 2, 0, 0, URNE_OK, ""},
	    {URNE_JOURNAL_SEALED, true, URNE_JOURNAL_REHEARSED, "9GpLcyFqQvDrUn", 1, 0, 0,
		URNE_ERR_UNKNOWN, "knows no election 9GpLcyFqQvDrUn"},
	    {URNE_JOURNAL_SEALED, true, URNE_JOURNAL_REHEARSED, ELECTION, 1, 0, -1, URNE_ERR_RANGE,
		"set the board's clock right"},
	    {URNE_JOURNAL_CALLED, true, URNE_JOURNAL_OPENED, ELECTION, 0, 1, JOURNAL_OPENS - 1,
		URNE_ERR_ORDER, "opens at 2026-11-26T18:16:40Z, and not before"},
	    {URNE_JOURNAL_CALLED, true, URNE_JOURNAL_OPENED, ELECTION, 0, 1, JOURNAL_OPENS, URNE_OK,
		""},
	    {URNE_JOURNAL_CALLED, false, URNE_JOURNAL_OPENED, ELECTION, 0, 1, 0, URNE_OK, ""},
	    {URNE_JOURNAL_CALLED, true, URNE_JOURNAL_OPENED, ELECTION, 0, 2, JOURNAL_OPENS,
		URNE_ERR_MISMATCH, "the urn was not empty: the log had 2 entries"},
	    {URNE_JOURNAL_CALLED, true, URNE_JOURNAL_OPENED, ELECTION, 0, 0, JOURNAL_OPENS,
		URNE_ERR_MISMATCH, "not empty"},
	    {URNE_JOURNAL_OPEN, true, URNE_JOURNAL_CLOSED, ELECTION, 0, 5, 0, URNE_ERR_ORDER,
		"cannot be over"},
	    {URNE_JOURNAL_OPEN, false, URNE_JOURNAL_CLOSED, ELECTION, 0, 5, 0, URNE_OK, ""},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct refusal want = {"", cases[i].want, cases[i].says};
		struct journal_case c;
		struct urne_buf before;
		enum urne_err e;

		journal_case_init(&c, 2, false);
		c.hours = cases[i].hours;
		journal_case_reach(&c, ELECTION, cases[i].stage);
		c.now += cases[i].later;
		before = journal_case_says(c.journal);
		e = journal_case_record(
		    &c, cases[i].kind, cases[i].election, cases[i].trustee, cases[i].size);
		assert_refusal(&want, i, e, &c.d);
		if (e != URNE_OK) {
			journal_case_unchanged(&c, &before);
		}
		urne_buf_clear(&before);
		journal_case_clear(&c);
	}
}

static void
nobody_rehearses_twice(void **state)
{
	struct journal_case c;
	const struct urne_journal_election *e;

	journal_case_init(&c, 2, false);
	journal_case_reach(&c, ELECTION, URNE_JOURNAL_SEALED);
	assert_ok(journal_case_record(&c, URNE_JOURNAL_REHEARSED, ELECTION, 2, 0));
	assert_err(
	    journal_case_record(&c, URNE_JOURNAL_REHEARSED, ELECTION, 2, 0), URNE_ERR_DUPLICATE);
	assert_non_null(strstr(c.d.text, "trustee 2 rehearsed already"));
	e = urne_journal_find(c.journal, VIEW(ELECTION));
	assert_int_equal(e->num_rehearsed, 1);
	assert_false(e->rehearsed[0]);
	assert_true(e->rehearsed[1]);
	journal_case_clear(&c);
}

static void
ballots_are_taken_between_the_hours(void **state)
{
	struct journal_case c;
	struct urne_view id = VIEW(ELECTION);
	int64_t closes = JOURNAL_BEGIN + JOURNAL_CLOSES;

	journal_case_init(&c, 2, false);
	assert_err(urne_journal_may_take(c.journal, &c.d, id, c.now), URNE_ERR_UNKNOWN);
	assert_err(urne_journal_may_take(c.journal, &c.d, VIEW(""), c.now), URNE_ERR_UNKNOWN);
	journal_case_reach(&c, ELECTION, URNE_JOURNAL_CALLED);
	assert_err(urne_journal_may_take(c.journal, &c.d, id, c.now + 1000), URNE_ERR_ORDER);
	assert_non_null(strstr(c.d.text, "is called to open"));
	c.now = JOURNAL_BEGIN + JOURNAL_OPENS;
	assert_ok(journal_case_record(&c, URNE_JOURNAL_OPENED, ELECTION, 0, 1));
	assert_ok(urne_journal_may_take(c.journal, &c.d, id, c.now));
	assert_ok(urne_journal_may_take(c.journal, &c.d, id, closes - 1));
	assert_err(urne_journal_may_take(c.journal, &c.d, id, closes), URNE_ERR_ORDER);
	assert_non_null(strstr(c.d.text, "closed at 2026-11-26T19:23:20Z"));
	journal_case_clear(&c);

	journal_case_init(&c, 2, false);
	c.hours = false;
	journal_case_reach(&c, ELECTION, URNE_JOURNAL_OPEN);
	assert_ok(urne_journal_may_take(c.journal, &c.d, id, c.now + 1000 * DAY));
	assert_ok(journal_case_order(&c, "close", ELECTION, ""));
	assert_err(urne_journal_may_take(c.journal, &c.d, id, c.now), URNE_ERR_ORDER);
	assert_non_null(strstr(c.d.text, "the officials closed"));
	journal_case_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_seal_holds_against_roll_and_preparation),
	    cmocka_unit_test(a_voting_opens_after_rehearsal_and_checklist),
	    cmocka_unit_test(the_hours_are_kept),
	    cmocka_unit_test(an_extension_moves_the_closing_and_nothing_follows_a_close),
	    cmocka_unit_test(a_preparation_names_each_trustee_once),
	    cmocka_unit_test(a_definition_of_zeros_is_not_none),
	    cmocka_unit_test(every_fault_of_a_record_is_named),
	    cmocka_unit_test(another_urn_than_that_of_the_checklist_does_not_open),
	    cmocka_unit_test(nobody_rehearses_twice),
	    cmocka_unit_test(ballots_are_taken_between_the_hours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
