/* SPDX-License-Identifier: EUPL-1.2 */
/* Ordered lists worked by hand: the zipper, kept ranks, blocks, withdrawals, blank votes. */
#include "tests/unit/support/check.h"

#include "tests/unit/support/outcome_case.h"

/* Ten candidates, already in the order of their votes: four women, six men. */
static const struct case_entry ten[] = {
    {"ada", 'f', 900, NULL},
    {"bea", 'f', 850, NULL},
    {"carl", 'm', 800, "isles"},
    {"dina", 'f', 700, NULL},
    {"emil", 'm', 650, NULL},
    {"finn", 'm', 600, NULL},
    {"gus", 'm', 500, "youth"},
    {"hugo", 'm', 400, NULL},
    {"ines", 'f', 300, "youth"},
    {"jan", 'm', 200, NULL},
};

static void
list_of_ten(struct outcome_case *c, size_t seats, enum urne_parity parity)
{
	case_init(c, URNE_ITEM_LIST_CANDIDATES, 1000);
	case_entries(c, ten, 10);
	c->item.seats = seats;
	c->item.parity = parity;
}

static void
without_parity_most_votes_come_first(void **state)
{
	struct outcome_case c;

	list_of_ten(&c, 3, URNE_PARITY_NONE);
	case_assert_places(&c,
	    "1 ada votes; 2 bea votes; 3 carl votes; (4 dina votes); (5 emil votes); (6 finn "
	    "votes); (7 gus votes); (8 hugo votes); (9 ines votes); (10 jan votes)");
	assert_int_equal(c.out.items[0].num_unfilled, 0);
	assert_int_equal(c.out.items[0].places[2].votes, 800);
	assert_int_equal(c.out.items[0].places[2].wanted, URNE_GENDER_NONE);
	case_clear(&c);
}

static void
women_and_men_alternate_and_the_passed_over_are_named(void **state)
{
	struct outcome_case c;

	list_of_ten(&c, 6, URNE_PARITY_ALTERNATE);
	case_assert_places(&c,
	    "1 ada votes; 2 carl parity <bea; 3 bea votes; 4 emil parity <dina; 5 dina votes; "
	    "6 finn votes; (7 gus votes); (8 hugo votes); (9 ines votes); (10 jan votes)");
	assert_int_equal(c.out.items[0].places[0].wanted, URNE_GENDER_WOMAN);
	assert_int_equal(c.out.items[0].places[1].wanted, URNE_GENDER_MAN);
	assert_int_equal(c.out.items[0].places[6].wanted, URNE_GENDER_NONE);
	case_clear(&c);
}

static void
the_rule_can_say_who_begins(void **state)
{
	struct outcome_case c;

	list_of_ten(&c, 4, URNE_PARITY_ALTERNATE);
	c.item.parity_first = URNE_GENDER_MAN;
	case_assert_places(&c,
	    "1 carl parity <ada; 2 ada votes; 3 emil parity <bea; 4 bea votes; (5 dina votes); "
	    "(6 finn votes); (7 gus votes); (8 hugo votes); (9 ines votes); (10 jan votes)");
	case_clear(&c);
}

static void
substitutes_follow_by_votes_whatever_their_gender(void **state)
{
	struct outcome_case c;

	list_of_ten(&c, 2, URNE_PARITY_ALTERNATE);
	case_assert_places(&c,
	    "1 ada votes; 2 carl parity <bea; (3 bea votes); (4 dina votes); (5 emil votes); (6 "
	    "finn votes); (7 gus votes); (8 hugo votes); (9 ines votes); (10 jan votes)");
	case_clear(&c);
}

static void
with_too_few_women_the_rest_stays_unfilled(void **state)
{
	struct outcome_case c;

	list_of_ten(&c, 10, URNE_PARITY_ALTERNATE);
	case_assert_places(&c,
	    "1 ada votes; 2 carl parity <bea; 3 bea votes; 4 emil parity <dina; 5 dina votes; "
	    "6 finn votes; 7 ines parity <gus; 8 gus votes; (11 hugo votes); (12 jan votes)");
	assert_int_equal(c.out.items[0].num_unfilled, 2);
	case_clear(&c);
}

static void
without_quorum_nobody_has_a_place(void **state)
{
	struct outcome_case c;

	list_of_ten(&c, 3, URNE_PARITY_NONE);
	c.item.quorum.kind = URNE_QUORUM_NUMBER;
	c.item.quorum.number = 1001;
	case_assert_places(&c, "");
	assert_int_equal(c.out.items[0].num_unfilled, 0);
	case_clear(&c);
}

/* ---- kept ranks ------------------------------------------------------------------------------ */

static void
a_rank_kept_for_a_candidate_holds_them_back(void **state)
{
	struct outcome_case c;

	list_of_ten(&c, 4, URNE_PARITY_NONE);
	case_reserve_entry(&c, 3, "ada");
	case_assert_places(&c,
	    "1 bea votes; 2 carl votes; 3 ada kept; 4 dina votes; (5 emil votes); (6 finn votes); "
	    "(7 gus votes); (8 hugo votes); (9 ines votes); (10 jan votes)");
	case_clear(&c);
}

/* Rank 4 is kept for a woman, so women have the even ranks although a woman has most votes. */
static void
a_kept_rank_fixes_whose_turn_the_first_is(void **state)
{
	struct outcome_case c;

	list_of_ten(&c, 4, URNE_PARITY_ALTERNATE);
	case_reserve_entry(&c, 4, "ines");
	case_assert_places(&c,
	    "1 carl parity <ada; 2 ada votes; 3 emil parity <bea; 4 ines kept <bea; (5 bea "
	    "votes); (6 dina votes); (7 finn votes); (8 gus votes); (9 hugo votes); (10 jan "
	    "votes)");
	case_clear(&c);
}

static void
a_rank_kept_for_a_group_is_its_best_in_turn(void **state)
{
	struct outcome_case c;

	list_of_ten(&c, 4, URNE_PARITY_ALTERNATE);
	case_reserve_group(&c, 3, "youth"); /* a woman's turn: not gus */
	case_assert_places(&c,
	    "1 ada votes; 2 carl parity <bea; 3 ines group <bea; 4 emil parity <bea; (5 bea "
	    "votes); (6 dina votes); (7 finn votes); (8 gus votes); (9 hugo votes); (10 jan "
	    "votes)");
	case_clear(&c);
}

static void
a_reserve_for_a_group_that_is_not_in_turn_stays_open(void **state)
{
	struct outcome_case c;

	list_of_ten(&c, 3, URNE_PARITY_ALTERNATE);
	case_reserve_group(&c, 3, "isles"); /* carl only, and it is a woman's turn */
	case_assert_places(&c,
	    "1 ada votes; 2 carl parity <bea; 3 bea open; (4 dina votes); (5 emil votes); (6 finn "
	    "votes); (7 gus votes); (8 hugo votes); (9 ines votes); (10 jan votes)");
	case_clear(&c);
}

static void
a_kept_rank_behind_a_gap_is_kept_all_the_same(void **state)
{
	static const struct case_entry few[] = {{"ada", 'f', 9, NULL}, {"bo", 'm', 8, NULL},
	    {"eve", 'f', 1, NULL}, {"ole", 'm', 7, NULL}};
	struct outcome_case c;

	case_init(&c, URNE_ITEM_LIST_CANDIDATES, 10);
	case_entries(&c, few, 4);
	c.item.seats = 5;
	c.item.parity = URNE_PARITY_ALTERNATE;
	case_reserve_entry(&c, 5, "eve");
	case_assert_places(&c, "1 ada votes; 2 bo votes; 5 eve kept <ole; (6 ole votes)");
	assert_int_equal(c.out.items[0].num_unfilled, 2);
	case_clear(&c);
}

/* ---- half of each block ---------------------------------------------------------------------- */

static void
in_blocks_of_four_nobody_has_more_than_two(void **state)
{
	static const struct case_entry men_first[] = {
	    {"al", 'm', 99, NULL},
	    {"bo", 'm', 98, NULL},
	    {"cy", 'm', 97, NULL},
	    {"di", 'f', 50, NULL},
	    {"ed", 'm', 49, NULL},
	    {"flo", 'f', 48, NULL},
	    {"gil", 'm', 47, NULL},
	    {"hal", 'm', 46, NULL},
	    {"ida", 'f', 45, NULL},
	    {"joy", 'f', 44, NULL},
	};
	struct outcome_case c;

	case_init(&c, URNE_ITEM_LIST_CANDIDATES, 100);
	case_entries(&c, men_first, 10);
	c.item.seats = 8;
	c.item.parity = URNE_PARITY_HALF;
	c.item.parity_block = 4;
	case_assert_places(&c,
	    "1 al votes; 2 bo votes; 3 di parity <cy; 4 flo parity <cy; 5 cy votes; 6 ed votes; 7 "
	    "ida parity <gil; 8 joy parity <gil; (9 gil votes); (10 hal votes)");
	assert_int_equal(c.out.items[0].places[0].wanted, URNE_GENDER_NONE);
	assert_int_equal(c.out.items[0].places[2].wanted, URNE_GENDER_WOMAN);
	case_clear(&c);
}

/* Rank 4 of the block is a man's, so one man only may stand before it; the last block has two
 * ranks, one each. */
static void
a_kept_rank_counts_in_its_block_from_the_start(void **state)
{
	struct outcome_case c;

	list_of_ten(&c, 6, URNE_PARITY_HALF);
	c.item.parity_block = 4;
	c.votes[0] = 100; /* ada and bea behind the men */
	c.votes[1] = 90;
	case_reserve_entry(&c, 4, "jan");
	case_assert_places(&c,
	    "1 carl votes; 2 dina votes; 3 ines parity <emil; 4 jan kept <emil; 5 emil votes; "
	    "6 ada parity <finn; (7 finn votes); (8 gus votes); (9 hugo votes); (10 bea votes)");
	assert_int_equal(c.out.items[0].places[3].wanted, URNE_GENDER_NONE);
	case_clear(&c);
}

/* Of three ranks a gender may have two; of one left over, one. */
static void
half_of_an_odd_block_is_rounded_up(void **state)
{
	struct outcome_case c;

	list_of_ten(&c, 4, URNE_PARITY_HALF);
	c.item.parity_block = 3;
	case_reserve_entry(&c, 2, "jan");
	case_assert_places(&c,
	    "1 ada votes; 2 jan kept <bea; 3 bea votes; 4 carl votes; (5 dina votes); (6 emil "
	    "votes); (7 finn votes); (8 gus votes); (9 hugo votes); (10 ines votes)");
	c.item.parity_block = 2;
	c.reserves[0].rank = 1;
	case_run(&c);
	assert_int_equal(c.out.items[0].places[0].wanted, URNE_GENDER_NONE);
	assert_int_equal(c.out.items[0].places[1].wanted, URNE_GENDER_WOMAN);
	case_clear(&c);
}

/* ---- withdrawals ----------------------------------------------------------------------------- */

static void
who_withdrew_after_the_seal_has_no_place(void **state)
{
	const struct urne_item_outcome *o;
	struct outcome_case c;

	list_of_ten(&c, 3, URNE_PARITY_ALTERNATE);
	case_withdraw(&c, "carl");
	case_withdraw(&c, "ada");
	case_assert_places(&c,
	    "1 bea votes; 2 emil parity <dina; 3 dina votes; (4 finn votes); (5 gus votes); (6 "
	    "hugo votes); (7 ines votes); (8 jan votes)");
	o = &c.out.items[0];
	assert_int_equal(o->num_withdrawn, 2);
	assert_int_equal(o->withdrawn[0], 0); /* ada, in the order of the file */
	assert_int_equal(o->withdrawn[1], 2);
	case_clear(&c);
}

static void
a_rank_kept_for_who_withdrew_goes_by_votes(void **state)
{
	struct outcome_case c;

	list_of_ten(&c, 4, URNE_PARITY_ALTERNATE);
	case_reserve_entry(&c, 4, "ines");
	case_withdraw(&c, "ines");
	case_assert_places(&c,
	    "1 ada votes; 2 carl parity <bea; 3 bea votes; 4 emil open <dina; (5 dina votes); "
	    "(6 finn votes); (7 gus votes); (8 hugo votes); (9 jan votes)");
	case_clear(&c);
}

static void
who_withdrew_before_the_seal_was_not_on_the_ballot(void **state)
{
	struct outcome_case c;

	list_of_ten(&c, 1, URNE_PARITY_NONE);
	c.entries[0].withdrawn = true;
	case_run(&c);
	assert_int_equal(c.out.items[0].num_places, 9);
	assert_int_equal(c.out.items[0].num_withdrawn, 0);
	assert_int_equal(c.out.items[0].places[0].entry, 1);
	assert_int_equal(c.out.items[0].places[0].votes, 850);
	case_clear(&c);
}

/* ---- blank ----------------------------------------------------------------------------------- */

static void
blank_votes_stand_beside_the_candidates(void **state)
{
	const struct urne_item_outcome *o;
	struct outcome_case c;

	list_of_ten(&c, 1, URNE_PARITY_NONE);
	c.item.blank = URNE_BLANK_EXCLUDED;
	c.blank = 25;
	o = case_run(&c);
	assert_int_equal(o->blank, 25);
	assert_int_equal(o->expressed, 975);
	assert_int_equal(o->places[0].votes, 900);
	c.item.blank = URNE_BLANK_INCLUDED;
	assert_int_equal(case_run(&c)->expressed, 1000);
	case_clear(&c);
}

static void
with_one_choice_who_marked_nothing_is_known(void **state)
{
	static const struct case_entry two[] = {{"a", 0, 30, NULL}, {"b", 0, 20, NULL}};
	struct outcome_case c;

	case_init(&c, URNE_ITEM_LIST_CANDIDATES, 100);
	case_entries(&c, two, 2);
	c.item.seats = 1;
	c.item.choose_max = 1;
	assert_int_equal(case_run(&c)->expressed, 50);
	c.item.blank = URNE_BLANK_INCLUDED;
	c.blank = 7;
	assert_int_equal(case_run(&c)->expressed, 57);
	case_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(without_parity_most_votes_come_first),
	    cmocka_unit_test(women_and_men_alternate_and_the_passed_over_are_named),
	    cmocka_unit_test(the_rule_can_say_who_begins),
	    cmocka_unit_test(substitutes_follow_by_votes_whatever_their_gender),
	    cmocka_unit_test(with_too_few_women_the_rest_stays_unfilled),
	    cmocka_unit_test(without_quorum_nobody_has_a_place),
	    cmocka_unit_test(a_rank_kept_for_a_candidate_holds_them_back),
	    cmocka_unit_test(a_kept_rank_fixes_whose_turn_the_first_is),
	    cmocka_unit_test(a_rank_kept_for_a_group_is_its_best_in_turn),
	    cmocka_unit_test(a_reserve_for_a_group_that_is_not_in_turn_stays_open),
	    cmocka_unit_test(a_kept_rank_behind_a_gap_is_kept_all_the_same),
	    cmocka_unit_test(in_blocks_of_four_nobody_has_more_than_two),
	    cmocka_unit_test(a_kept_rank_counts_in_its_block_from_the_start),
	    cmocka_unit_test(half_of_an_odd_block_is_rounded_up),
	    cmocka_unit_test(who_withdrew_after_the_seal_has_no_place),
	    cmocka_unit_test(a_rank_kept_for_who_withdrew_goes_by_votes),
	    cmocka_unit_test(who_withdrew_before_the_seal_was_not_on_the_ballot),
	    cmocka_unit_test(blank_votes_stand_beside_the_candidates),
	    cmocka_unit_test(with_one_choice_who_marked_nothing_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
