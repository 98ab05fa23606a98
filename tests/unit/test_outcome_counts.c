/* SPDX-License-Identifier: EUPL-1.2 */
/* Threat A31, from the counts on: numbers that no ballots can give decide nothing, and the sentence
 * names the place. Every refused case is accepted with one vote less (or more). */
#include "tests/unit/support/check.h"

#include "tests/unit/support/outcome_case.h"

static void
a31_a_turnout_above_the_roll_is_refused(void **state)
{
	struct outcome_case c;

	case_init(&c, URNE_ITEM_LIST_RATIFICATION, 10);
	case_row(&c, "a", 1, 0, 0);
	case_run(&c);
	c.in.turnout.voters = 11;
	case_refused(&c, URNE_ERR_MISMATCH, "11 voters, but only 10 members");
	c.in.turnout.voters = 10;
	c.in.turnout.votes = 11;
	case_refused(&c, URNE_ERR_MISMATCH, "11 votes, but the roll has only 10");
	c.in.turnout.votes = 10;
	c.in.turnout.roll = 1000000000001;
	case_refused(&c, URNE_ERR_MISMATCH, "the roll has 1000000000001 votes");
	c.in.turnout.roll = 1000000000000;
	case_run(&c);
	case_clear(&c);
}

static void
a31_for_and_against_above_the_votes_are_refused(void **state)
{
	struct outcome_case c;

	case_init(&c, URNE_ITEM_PROGRAMME, 10);
	c.item.blank = URNE_BLANK_EXCLUDED;
	case_row(&c, "a", 5, 5, 0);
	case_row(&c, "b", 4, 3, 3);
	case_run(&c);
	c.rows[1][2] = 4;
	case_refused(&c, URNE_ERR_MISMATCH,
	    "item x, entry b: 11 votes for, against and blank, but only 10 votes were cast");
	c.rows[1][2] = 11;
	case_refused(&c, URNE_ERR_MISMATCH, "item x, entry b: 11 blank votes");
	c.rows[1][1] = 12;
	case_refused(&c, URNE_ERR_MISMATCH, "item x, entry b: 12 votes against");
	c.rows[0][0] = 13;
	case_refused(&c, URNE_ERR_MISMATCH, "item x, entry a: 13 votes for");
	c.rows[0][0] = UINT64_MAX - 4; /* the sum would wrap to a small number */
	case_refused(&c, URNE_ERR_MISMATCH, "item x, entry a:");
	case_clear(&c);
}

static void
a31_the_whole_and_a_ratification_are_named(void **state)
{
	struct outcome_case c;

	case_init(&c, URNE_ITEM_TEXT, 10);
	case_row(&c, "a", 5, 5, 0);
	case_row(&c, "whole", 5, 6, 0);
	case_refused(&c, URNE_ERR_MISMATCH, "item x, entry whole: 11 votes");
	case_clear(&c);
	case_init(&c, URNE_ITEM_LIST_RATIFICATION, 10);
	case_row(&c, "a", 5, 6, 0);
	case_refused(&c, URNE_ERR_MISMATCH, "item x: 11 votes");
	case_clear(&c);
}

static const struct case_entry two[] = {{"a", 0, 7, NULL}, {"b", 0, 5, NULL}};

static void
candidates(struct outcome_case *c, enum urne_item_kind kind)
{
	case_init(c, kind, 10);
	case_entries(c, two, 2);
	c->item.seats = 1;
	c->item.choose_min = 1;
	c->item.choose_max = 2;
	c->item.blank = URNE_BLANK_EXCLUDED;
	c->blank = 3;
}

static void
a31_more_votes_than_were_cast_for_a_candidate_are_refused(void **state)
{
	static const enum urne_item_kind kinds[] = {
	    URNE_ITEM_LIST_CANDIDATES, URNE_ITEM_PRIORITIES};

	for (size_t i = 0; i < 2; i++) {
		struct outcome_case c;

		candidates(&c, kinds[i]);
		case_run(&c);
		c.votes[1] = 8; /* 3 of 10 are blank */
		case_refused(&c, URNE_ERR_MISMATCH,
		    "item x, entry b: 8 votes, but only 7 votes were cast and not blank");
		c.blank = 11;
		case_refused(&c, URNE_ERR_MISMATCH, "item x: 11 blank votes");
		c.blank = UINT64_MAX;
		case_refused(&c, URNE_ERR_MISMATCH, "item x: 18446744073709551615 blank votes");
		case_clear(&c);
	}
}

static void
a31_votes_given_to_too_many_or_too_few_are_refused(void **state)
{
	struct outcome_case c;

	candidates(&c, URNE_ITEM_LIST_CANDIDATES);
	c.item.choose_max = 1; /* 7 + 5 of 7 voters */
	case_refused(&c, URNE_ERR_MISMATCH, "item x: 12 votes were given, but 7 votes");
	c.votes[1] = 0;
	case_run(&c);
	c.votes[0] = 6;
	case_refused(&c, URNE_ERR_MISMATCH, "with 1 choices at least");
	c.item.choose_min = 0;
	case_run(&c);
	case_clear(&c);
}

static void
rival_lists(struct outcome_case *c)
{
	static const struct case_entry a[] = {{"a1", 0, 6, NULL}, {"a2", 0, 2, NULL}};
	static const struct case_entry b[] = {{"b1", 0, 4, NULL}};

	case_init(c, URNE_ITEM_LIST_CHOICE, 10);
	c->item.seats = 2;
	case_list(c, "a", 6);
	case_entries(c, a, 2);
	case_list(c, "b", 4);
	case_entries(c, b, 1);
}

static void
a31_lists_and_their_candidates_must_fit_together(void **state)
{
	struct outcome_case c;

	rival_lists(&c);
	case_run(&c);
	c.votes[1] = 7;
	case_refused(&c, URNE_ERR_MISMATCH, "item x, entry a2: 7 votes, but only 6 votes chose");
	c.votes[1] = 0;
	case_run(&c);
	c.votes[0] = 5; /* six ballots for a, and only five candidates chosen on them */
	case_refused(&c, URNE_ERR_MISMATCH, "item x, entry a: 6 votes for the list, but only 5");
	c.list_votes[0] = 11;
	case_refused(&c, URNE_ERR_MISMATCH, "item x, entry a: 11 votes for the list");
	case_clear(&c);
}

static void
a31_lists_together_must_have_all_votes(void **state)
{
	struct outcome_case c;

	rival_lists(&c);
	c.list_votes[1] = 3;
	c.votes[2] = 3;
	case_refused(&c, URNE_ERR_MISMATCH, "item x: 9 votes for the lists together, but 10");
	c.list_votes[1] = 5;
	c.votes[2] = 5;
	case_refused(&c, URNE_ERR_MISMATCH, "item x: 11 votes for the lists together, but 10");
	case_clear(&c);
}

static void
a31_grades_of_a_row_must_add_up_to_the_votes(void **state)
{
	static const uint64_t good[] = {3, 3, 4}, few[] = {3, 3, 3}, many[] = {0, 0, 11};
	struct outcome_case c;

	case_init(&c, URNE_ITEM_GRADES, 10);
	c.item.num_grades = 3;
	case_graded(&c, "a", good);
	case_graded(&c, "b", few);
	case_refused(&c, URNE_ERR_MISMATCH, "item x, entry b: 9 grades, but 10 votes");
	c.entries[1].withdrawn = true; /* then there is no row */
	case_run(&c);
	case_graded(&c, "d", many);
	case_refused(&c, URNE_ERR_MISMATCH, "item x, entry d: 11 votes for one grade");
	case_clear(&c);
}

static void
withdrawals_are_of_candidates_on_the_ballot(void **state)
{
	struct outcome_case c;

	candidates(&c, URNE_ITEM_LIST_CANDIDATES);
	c.withdrawals[0] = (struct urne_withdrawal){0, 2};
	c.in.num_withdrawals = 1;
	case_refused(&c, URNE_ERR_RANGE, "withdrawal 1: the vote has no such candidate");
	c.withdrawals[0] = (struct urne_withdrawal){1, 0};
	case_refused(&c, URNE_ERR_RANGE, "withdrawal 1: the vote has no such candidate");
	c.withdrawals[0] = (struct urne_withdrawal){0, 0};
	case_run(&c);
	case_withdraw(&c, "a");
	case_refused(&c, URNE_ERR_DUPLICATE, "withdrawal 2: the same as withdrawal 1");
	c.in.num_withdrawals = 1;
	c.entries[0].withdrawn = true;
	c.item.choose_min = 0;
	case_refused(&c, URNE_ERR_RANGE, "a of item x had withdrawn before the seal");
	case_clear(&c);
	candidates(&c, URNE_ITEM_PRIORITIES);
	case_withdraw(&c, "a");
	case_refused(&c, URNE_ERR_RANGE, "nobody can withdraw from item x");
	case_clear(&c);
}

static void
no_memory_is_our_fault_and_leaves_no_outcome(void **state)
{
	struct outcome_case c;

	rival_lists(&c);
	for (c.arena.max = 0; c.arena.max < 4096; c.arena.max++) {
		enum urne_err e = case_compute(&c);

		if (e == URNE_OK) {
			break;
		}
		assert_err(e, URNE_ERR_MEMORY);
		assert_null(c.out.items);
		assert_int_equal(c.out.num_items, 0);
		urne_arena_reset(&c.arena);
	}
	assert_in_range(c.arena.max, 1, 4095);
	case_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a31_a_turnout_above_the_roll_is_refused),
	    cmocka_unit_test(a31_for_and_against_above_the_votes_are_refused),
	    cmocka_unit_test(a31_the_whole_and_a_ratification_are_named),
	    cmocka_unit_test(a31_more_votes_than_were_cast_for_a_candidate_are_refused),
	    cmocka_unit_test(a31_votes_given_to_too_many_or_too_few_are_refused),
	    cmocka_unit_test(a31_lists_and_their_candidates_must_fit_together),
	    cmocka_unit_test(a31_lists_together_must_have_all_votes),
	    cmocka_unit_test(a31_grades_of_a_row_must_add_up_to_the_votes),
	    cmocka_unit_test(withdrawals_are_of_candidates_on_the_ballot),
	    cmocka_unit_test(no_memory_is_our_fault_and_leaves_no_outcome),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
