/* SPDX-License-Identifier: EUPL-1.2 */
/* The table of docs/journal.md#what-may-follow-what, asked in both directions: at each stage every
 * order and every record is taken exactly where the table has it, leads where the table says, and
 * changes nothing where it is refused. */
#include "tests/unit/support/journal_case.h"

#include <stdio.h>
#include <string.h>

#define ELECTION JOURNAL_ELECTION

/* For each stage, none first: the initial of the stage to which it leads, or '.': refused.
 * n none, p prepared, s sealed, c called, o open, e closed, t tallied, r released, C certified. */
static const char *const orders[URNE_NUM_ACTIONS] = {
    [URNE_ACTION_PREPARE] = "p........",
    [URNE_ACTION_ROLL] = "np.......",
    [URNE_ACTION_SEAL] = "ss.......",
    [URNE_ACTION_CHECKLIST] = "..s......",
    [URNE_ACTION_OPEN] = "..c......",
    [URNE_ACTION_EXTEND] = "..sco....",
    [URNE_ACTION_CLOSE] = "....o....",
    [URNE_ACTION_RELEASE] = "......r..",
    [URNE_ACTION_INCIDENT] = ".pscoetrC",
    [URNE_ACTION_INTERVENTION] = ".pscoetrC",
    [URNE_ACTION_CERTIFY] = ".......C.",
    [URNE_ACTION_REVOKE] = "npscoetrC",
    [URNE_ACTION_ENROL] = "npscoetrC",
};
static const char *const records[URNE_NUM_JOURNAL_KINDS] = {
    [URNE_JOURNAL_SOFTWARE] = "npscoetrC",
    [URNE_JOURNAL_REHEARSED] = "..s......",
    [URNE_JOURNAL_OPENED] = "...o.....",
    [URNE_JOURNAL_CLOSED] = "....e....",
    [URNE_JOURNAL_TALLIED] = ".....t...",
    [URNE_JOURNAL_PAGES] = "npscoetrC",
};
static const char initials[] = "npscoetrC";

/* The case at a stage. What the order or record asks beside the stage is there: a roll, the
 * software, rehearsals and the checklist, the hour. */
static void
reach(struct journal_case *c, enum urne_journal_stage stage, bool roll)
{
	journal_case_init(c, 2, roll);
	journal_case_reach(c, ELECTION, stage);
	assert_ok(journal_case_record(c, URNE_JOURNAL_SOFTWARE, "", 0, 0));
}

static void
judge(struct journal_case *c, const char *name, enum urne_journal_stage stage, char want,
    enum urne_err e, struct urne_buf *before)
{
	const struct urne_journal_election *el = urne_journal_find(c->journal, VIEW(ELECTION));
	enum urne_journal_stage now = el == NULL ? URNE_JOURNAL_NONE : el->stage;

	if ((e == URNE_OK) != (want != '.')) {
		fail_msg("%s while %s: %s", name, urne_journal_stage_name(stage),
		    e == URNE_OK ? "taken" : c->d.text);
	}
	if (e == URNE_OK) {
		if (initials[now] != want) {
			fail_msg("%s while %s leads to %s", name, urne_journal_stage_name(stage),
			    urne_journal_stage_name(now));
		}
		return;
	}
	assert_err(e, stage == URNE_JOURNAL_NONE ? URNE_ERR_UNKNOWN : URNE_ERR_ORDER);
	assert_non_null(strstr(c->d.text,
	    stage == URNE_JOURNAL_NONE ? "knows no election " ELECTION : "cannot come now"));
	journal_case_unchanged(c, before);
}

/* Until now: rehearsals and a checklist, when an order to open is what is asked. */
static void
rehearse(struct journal_case *c)
{
	static const char checklist[] =
	    "urn " JOURNAL_HASH "\nsoftware " JOURNAL_SOFTWARE "\nrehearsed 2\n";

	assert_ok(journal_case_record(c, URNE_JOURNAL_REHEARSED, ELECTION, 1, 0));
	assert_ok(journal_case_record(c, URNE_JOURNAL_REHEARSED, ELECTION, 2, 0));
	assert_ok(journal_case_order(c, "checklist", ELECTION, checklist));
}

static void
try_order(enum urne_action a, enum urne_journal_stage stage)
{
	const struct urne_action_form *f = urne_action_form(a);
	const char *election = f->about == URNE_ABOUT_NONE ? "-" : ELECTION;
	struct urne_buf before, arguments;
	struct journal_case c;
	enum urne_err e;

	reach(&c, stage, f->by_registrar);
	if (a == URNE_ACTION_OPEN && stage == URNE_JOURNAL_SEALED) {
		rehearse(&c);
	}
	if (a == URNE_ACTION_CLOSE) {
		c.now = JOURNAL_BEGIN + JOURNAL_CLOSES;
	}
	urne_buf_init(&arguments, 1 << 16);
	before = journal_case_says(c.journal);
	journal_case_arguments(&c, &arguments, a);
	urne_buf_putc(&arguments, '\0');
	c.issued = c.now + 1; /* not the order that led here */
	e = journal_case_order(&c, f->name, election, arguments.data);
	judge(&c, f->name, stage, orders[a][stage], e, &before);
	urne_buf_clear(&before);
	urne_buf_clear(&arguments);
	journal_case_clear(&c);
}

static void
try_record(enum urne_record_kind_of_journal k, enum urne_journal_stage stage)
{
	struct journal_case c;
	struct urne_buf before;
	enum urne_err e;

	reach(&c, stage, false);
	if (k == URNE_JOURNAL_OPENED || k == URNE_JOURNAL_CLOSED) {
		c.now = JOURNAL_BEGIN + JOURNAL_CLOSES;
	}
	before = journal_case_says(c.journal);
	e = journal_case_record(&c, k, ELECTION, 1, 1);
	judge(&c, urne_journal_kind_name(k), stage, records[k][stage], e, &before);
	urne_buf_clear(&before);
	journal_case_clear(&c);
}

static void
every_order_comes_exactly_where_the_table_has_it(void **state)
{
	for (size_t a = 0; a < URNE_NUM_ACTIONS; a++) {
		for (size_t s = 0; s < URNE_NUM_JOURNAL_STAGES; s++) {
			try_order((enum urne_action)a, (enum urne_journal_stage)s);
		}
	}
}

static void
every_record_comes_exactly_where_the_table_has_it(void **state)
{
	for (size_t k = 0; k < URNE_NUM_JOURNAL_KINDS; k++) {
		for (size_t s = 0; s < URNE_NUM_JOURNAL_STAGES; s++) {
			try_record((enum urne_record_kind_of_journal)k, (enum urne_journal_stage)s);
		}
	}
}

static void
a_roll_alone_leaves_an_election_at_the_beginning(void **state)
{
	struct journal_case c;

	journal_case_init(&c, 2, true);
	assert_ok(journal_case_order(
	    &c, "roll", ELECTION, "credentials " JOURNAL_HASH "\ncount 5\nweight 7\n"));
	assert_int_equal(urne_journal_find(c.journal, VIEW(ELECTION))->stage, URNE_JOURNAL_NONE);
	assert_err(journal_case_order(&c, "incident", ELECTION, "text Panne.\n"), URNE_ERR_ORDER);
	assert_non_null(strstr(c.d.text, "is neither prepared nor sealed"));
	assert_ok(journal_case_order(&c, "incident", "-", "text Panne.\n"));
	journal_case_clear(&c);
}

static void
two_elections_go_their_own_ways(void **state)
{
	struct journal_case c;
	const struct urne_journal_election *first;

	journal_case_init(&c, 2, false);
	journal_case_reach(&c, "9GpLcyFqQvDrUn", URNE_JOURNAL_PREPARED);
	journal_case_reach(&c, ELECTION, URNE_JOURNAL_CERTIFIED);
	first = urne_journal_first(c.journal);
	assert_true(urne_view_is(first->uuid, "9GpLcyFqQvDrUn"));
	assert_int_equal(first->stage, URNE_JOURNAL_PREPARED);
	assert_true(urne_view_is(first->next->uuid, ELECTION));
	assert_int_equal(first->next->stage, URNE_JOURNAL_CERTIFIED);
	assert_null(first->next->next);
	assert_null(urne_journal_find(c.journal, VIEW("AGpLcyFqQvDrUn")));
	journal_case_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_order_comes_exactly_where_the_table_has_it),
	    cmocka_unit_test(every_record_comes_exactly_where_the_table_has_it),
	    cmocka_unit_test(a_roll_alone_leaves_an_election_at_the_beginning),
	    cmocka_unit_test(two_elections_go_their_own_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
