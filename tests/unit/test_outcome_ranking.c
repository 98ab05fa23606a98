/* SPDX-License-Identifier: EUPL-1.2 */
/* Priorities: ranks by votes, shared ranks, ties at the last seat. */
#include "tests/unit/support/check.h"

#include "election/compile.h"
#include "tests/unit/support/outcome_case.h"

static const struct case_entry five[] = {
    {"a", 0, 10, NULL},
    {"b", 0, 40, NULL},
    {"c", 0, 30, NULL},
    {"d", 0, 30, NULL},
    {"e", 0, 20, NULL},
};

static void
priorities(struct outcome_case *c, size_t seats)
{
	case_init(c, URNE_ITEM_PRIORITIES, 50);
	case_entries(c, five, 5);
	c->item.seats = seats;
}

static void
equals_share_the_rank_and_the_next_rank_is_skipped(void **state)
{
	struct outcome_case c;

	priorities(&c, 4);
	c.item.tie = URNE_TIE_ALL;
	case_run(&c);
	assert_string_equal(
	    case_places(&c), "1 b votes; 2 c shared x2; 2 d shared x2; 4 e votes; (5 a votes)");
	assert_true(c.out.complete);
	case_clear(&c);
}

static void
equals_on_the_last_seat_are_all_in(void **state)
{
	struct outcome_case c;

	priorities(&c, 2);
	c.item.tie = URNE_TIE_ALL;
	case_run(&c);
	assert_string_equal(
	    case_places(&c), "1 b votes; 2 c shared x2; 2 d shared x2; (4 e votes); (5 a votes)");
	c.item.seats = 1;
	case_run(&c);
	assert_string_equal(case_places(&c),
	    "1 b votes; (2 c shared x2); (2 d shared x2); (4 e votes); (5 a votes)");
	case_clear(&c);
}

static void
the_order_decides_between_equals(void **state)
{
	struct outcome_case c;

	priorities(&c, 2);
	case_order(&c, "e d c b a");
	case_run(&c);
	assert_string_equal(
	    case_places(&c), "1 b votes; 2 d order x2; (3 c votes); (4 e votes); (5 a votes)");
	assert_false(c.out.draw_needed);
	case_clear(&c);
}

/* Keys of 32 bytes 0xab (sha256sum): d 742d.. < c c48f.. */
static void
the_draw_decides_between_equals(void **state)
{
	struct outcome_case c;

	priorities(&c, 2);
	case_draw(&c, 0xab);
	case_run(&c);
	assert_string_equal(
	    case_places(&c), "1 b votes; 2 d draw x2; (3 c votes); (4 e votes); (5 a votes)");
	assert_true(c.out.draw_needed);
	case_undrawn(&c);
	case_run(&c);
	assert_string_equal(
	    case_places(&c), "1 b votes; 2 c undrawn x2; (3 d undrawn); (4 e votes); (5 a votes)");
	assert_false(c.out.complete);
	case_clear(&c);
}

static void
a_draw_that_nobody_needs_is_not_missing(void **state)
{
	struct outcome_case c;

	priorities(&c, 2);
	c.votes[3] = 29;
	case_undrawn(&c);
	case_run(&c);
	assert_false(c.out.draw_needed);
	assert_true(c.out.complete);
	case_clear(&c);
}

static void
without_seats_nothing_is_cut_off(void **state)
{
	struct outcome_case c;

	priorities(&c, 0);
	c.item.tie = URNE_TIE_ALL;
	case_run(&c);
	assert_string_equal(
	    case_places(&c), "1 b votes; 2 c shared x2; 2 d shared x2; 4 e votes; 5 a votes");
	assert_int_equal(c.out.items[0].num_unfilled, 0);
	case_clear(&c);
}

static void
blank_votes_of_priorities_are_told_apart(void **state)
{
	struct outcome_case c;

	priorities(&c, 2);
	c.item.blank = URNE_BLANK_EXCLUDED;
	c.blank = 6;
	assert_int_equal(case_run(&c)->blank, 6);
	assert_int_equal(c.out.items[0].expressed, 44);
	case_clear(&c);
}

static void
without_quorum_nothing_is_ranked(void **state)
{
	struct outcome_case c;

	priorities(&c, 2);
	c.item.quorum.kind = URNE_QUORUM_SHARE;
	c.item.quorum.share = (struct urne_fraction){1, 1};
	c.in.turnout.roll = 51;
	c.in.turnout.members = 51;
	case_run(&c);
	assert_string_equal(case_places(&c), "");
	assert_int_equal(c.out.items[0].quorum.needed, 51);
	/* what was counted is told all the same */
	assert_true(c.out.items[0].votes[0] > 0);
	assert_true(c.out.items[0].votes[0] == urne_item_votes(&c.item, c.in.counts, 0));
	case_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(equals_share_the_rank_and_the_next_rank_is_skipped),
	    cmocka_unit_test(equals_on_the_last_seat_are_all_in),
	    cmocka_unit_test(the_order_decides_between_equals),
	    cmocka_unit_test(the_draw_decides_between_equals),
	    cmocka_unit_test(a_draw_that_nobody_needs_is_not_missing),
	    cmocka_unit_test(without_seats_nothing_is_cut_off),
	    cmocka_unit_test(blank_votes_of_priorities_are_told_apart),
	    cmocka_unit_test(without_quorum_nothing_is_ranked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
