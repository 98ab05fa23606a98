/* SPDX-License-Identifier: EUPL-1.2 */
/* Rival lists: textbook apportionments, thresholds, lists that run out, ties, and who is elected.
 */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/support/outcome_case.h"

#define PER_LIST 9
#define NAMES_OF(id)                                                                               \
	{                                                                                          \
		id "1", id "2", id "3", id "4", id "5", id "6", id "7", id "8", id "9"             \
	}
static const char *const lists[] = {"a", "b", "c", "d", "e", "f"};
static const char *const names[][PER_LIST] = {
    NAMES_OF("a"), NAMES_OF("b"), NAMES_OF("c"), NAMES_OF("d"), NAMES_OF("e"), NAMES_OF("f")};

/* Adds a list whose members all voted for all of its candidates. */
static void
add_list(struct outcome_case *c, uint64_t votes, size_t num)
{
	size_t s = c->item.num_sections;

	case_list(c, lists[s], votes);
	for (size_t i = 0; i < num; i++) {
		struct case_entry e = {names[s][i], 0, votes, NULL};

		case_entries(c, &e, 1);
	}
	c->in.turnout.votes += votes;
	c->in.turnout.roll += votes;
}

static void
rival_lists(struct outcome_case *c, enum urne_apportionment rule, size_t seats,
    const uint64_t *votes, size_t num)
{
	case_init(c, URNE_ITEM_LIST_CHOICE, 0);
	c->item.apportionment = rule;
	c->item.seats = seats;
	for (size_t i = 0; i < num; i++) {
		add_list(c, votes[i], PER_LIST);
	}
}

static void
assert_seats(struct outcome_case *c, const char *want)
{
	case_run(c);
	assert_string_equal(case_seats(c), want);
}

static const uint64_t four[] = {340000, 280000, 160000, 60000};
static const uint64_t six[] = {47000, 16000, 15800, 12000, 6100, 3100};

/* 340 280 170 160 140 113.3 93.3 */
static void
dhondt_goes_by_votes_over_seats_plus_one(void **state)
{
	struct outcome_case c;

	rival_lists(&c, URNE_APPORTION_DHONDT, 7, four, 4);
	assert_seats(&c, "a 3; b 3; c 1; d 0");
	assert_int_equal(c.out.items[0].expressed, 840000);
	assert_int_equal(c.out.items[0].num_places, 7);
	case_clear(&c);
}

/* 340 280 160 113.3 93.3 68 60 */
static void
sainte_lague_goes_by_votes_over_odd_numbers(void **state)
{
	struct outcome_case c;

	rival_lists(&c, URNE_APPORTION_SAINTE_LAGUE, 7, four, 4);
	assert_seats(&c, "a 3; b 2; c 1; d 1");
	case_clear(&c);
}

/* 4.7 1.6 1.58 1.2 0.61 0.31: seven seats, and three for 0.7, 0.61 and 0.6. */
static void
largest_remainders_take_what_is_left(void **state)
{
	struct outcome_case c;

	rival_lists(&c, URNE_APPORTION_LARGEST_REMAINDER, 10, six, 6);
	assert_seats(&c, "a 5; b 2; c 1; d 1; e 1; f 0");
	case_clear(&c);
}

static void
a_list_below_the_threshold_has_no_seat(void **state)
{
	struct outcome_case c;

	rival_lists(&c, URNE_APPORTION_SAINTE_LAGUE, 7, four, 4);
	c.item.threshold = (struct urne_fraction){1, 10};
	assert_seats(&c, "a 3; b 3; c 1; d 0 below");
	c.item.threshold = (struct urne_fraction){1, 14}; /* exactly d's share */
	assert_seats(&c, "a 3; b 2; c 1; d 1");
	case_clear(&c);
	rival_lists(&c, URNE_APPORTION_LARGEST_REMAINDER, 10, six, 6);
	c.item.threshold = (struct urne_fraction){7, 100};
	assert_seats(&c, "a 5; b 2; c 2; d 1; e 0 below; f 0 below");
	case_clear(&c);
}

/* Of 91 votes: 6.59 2.20 1.21, so the last seat is a's. Of all 100 it would be c's. */
static void
the_quota_is_of_the_lists_above_the_threshold(void **state)
{
	static const uint64_t votes[] = {60, 20, 11, 9};
	struct outcome_case c;

	rival_lists(&c, URNE_APPORTION_LARGEST_REMAINDER, 10, votes, 4);
	c.item.threshold = (struct urne_fraction){1, 10};
	assert_seats(&c, "a 7; b 2; c 1; d 0 below");
	case_clear(&c);
}

/* a1 only. Then 280 160 140 93.3 80 70. */
static void
a_list_that_runs_out_of_candidates_passes_the_rest_on(void **state)
{
	struct outcome_case c;

	case_init(&c, URNE_ITEM_LIST_CHOICE, 0);
	c.item.seats = 7;
	add_list(&c, four[0], 1);
	add_list(&c, four[1], 9);
	add_list(&c, four[2], 9);
	add_list(&c, four[3], 9);
	assert_seats(&c, "a 1; b 4; c 2; d 0");
	case_clear(&c);
	case_init(&c, URNE_ITEM_LIST_CHOICE, 0);
	c.item.apportionment = URNE_APPORTION_LARGEST_REMAINDER;
	c.item.seats = 10;
	add_list(&c, six[0], 2); /* 2 of 4.7; five seats are left for 0.61 0.6 0.58 0.31 0.2 */
	for (size_t i = 1; i < 6; i++) {
		add_list(&c, six[i], 9);
	}
	assert_seats(&c, "a 2; b 2; c 2; d 2; e 1; f 1");
	case_clear(&c);
}

static void
who_withdrew_leaves_a_seat_to_the_next(void **state)
{
	struct outcome_case c;

	rival_lists(&c, URNE_APPORTION_DHONDT, 7, four, 4);
	c.item.order = NULL;
	c.item.tie = URNE_TIE_NONE;
	case_withdraw(&c, "c1");
	for (size_t i = 0; i < 8; i++) {
		case_withdraw(&c, names[0][i]); /* a9 alone stays */
	}
	assert_seats(&c, "a 1; b 4; c 2; d 0");
	assert_string_equal(case_places(&c),
	    "1 a9 order; 1 b1 order; 2 b2 order; 3 b3 order; 4 b4 order; 1 c2 order; 2 c3 order");
	case_clear(&c);
}

static void
a_list_without_votes_has_no_seat(void **state)
{
	static const enum urne_apportionment rules[] = {
	    URNE_APPORTION_DHONDT, URNE_APPORTION_SAINTE_LAGUE, URNE_APPORTION_LARGEST_REMAINDER};

	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
		struct outcome_case c;

		case_init(&c, URNE_ITEM_LIST_CHOICE, 0);
		c.item.apportionment = rules[i];
		c.item.seats = 3;
		add_list(&c, 10, 1);
		add_list(&c, 0, 5);
		assert_seats(&c, "a 1; b 0");
		assert_int_equal(c.out.items[0].num_unfilled, 2);
		case_clear(&c);
	}
}

static void
without_seats_the_votes_are_the_outcome(void **state)
{
	struct outcome_case c;

	rival_lists(&c, URNE_APPORTION_DHONDT, 0, four, 4);
	case_undrawn(&c);
	assert_seats(&c, "a 0; b 0; c 0; d 0");
	assert_int_equal(c.out.items[0].lists[1].votes, 280000);
	assert_int_equal(c.out.items[0].num_places, 0);
	assert_true(c.out.complete);
	case_clear(&c);
}

static void
without_quorum_no_list_has_a_seat(void **state)
{
	struct outcome_case c;

	rival_lists(&c, URNE_APPORTION_DHONDT, 7, four, 4);
	c.item.quorum.kind = URNE_QUORUM_NUMBER;
	c.item.quorum.number = 840001;
	assert_seats(&c, "a 0; b 0; c 0; d 0");
	assert_int_equal(c.out.items[0].num_places, 0);
	assert_int_equal(c.out.items[0].num_unfilled, 0);
	case_clear(&c);
}

/* ---- ties ------------------------------------------------------------------------------------ */

static void
equal_quotients_go_to_the_list_with_more_votes(void **state)
{
	static const uint64_t votes[] = {50, 100};
	static const uint64_t remainders[] = {5, 15};
	struct outcome_case c;

	rival_lists(&c, URNE_APPORTION_DHONDT, 2, votes, 2); /* 100/2 = 50/1 */
	case_undrawn(&c);
	assert_seats(&c, "a 0; b 2");
	assert_false(c.out.draw_needed);
	case_clear(&c);
	rival_lists(&c, URNE_APPORTION_LARGEST_REMAINDER, 2, remainders, 2); /* 0.5 and 1.5 */
	case_undrawn(&c);
	assert_seats(&c, "a 0; b 2");
	assert_false(c.out.draw_needed);
	case_clear(&c);
}

static const enum urne_apportionment every_rule[] = {
    URNE_APPORTION_DHONDT, URNE_APPORTION_SAINTE_LAGUE, URNE_APPORTION_LARGEST_REMAINDER};
static const uint64_t equal[] = {70, 70, 70};

/* Keys of 32 bytes 0xab (sha256sum): b 166d.. < c c48f.. < a dc44.. */
static void
the_last_seat_of_equal_lists_goes_by_the_tie_rule(void **state)
{
	for (size_t i = 0; i < sizeof(every_rule) / sizeof(*every_rule); i++) {
		struct outcome_case c;

		rival_lists(&c, every_rule[i], 4, equal, 3);
		case_order(&c, "c b a");
		assert_seats(&c, "a 1; b 1; c 2 tie");
		assert_false(c.out.draw_needed);
		case_draw(&c, 0xab);
		assert_seats(&c, "a 1; b 2 tie; c 1");
		assert_true(c.out.draw_needed);
		assert_true(c.out.complete);
		c.item.seats = 5;
		assert_seats(&c, "a 1; b 2 tie; c 2 tie");
		case_undrawn(&c);
		c.item.seats = 4;
		assert_seats(&c, "a 2 undrawn; b 1 undrawn; c 1 undrawn");
		assert_string_equal(
		    case_places(&c), "1 a1 order; 2 a2 undrawn; 1 b1 order; 1 c1 order");
		assert_false(c.out.complete);
		case_clear(&c);
	}
}

static void
equal_lists_with_equal_seats_need_no_draw(void **state)
{
	for (size_t i = 0; i < sizeof(every_rule) / sizeof(*every_rule); i++) {
		struct outcome_case c;

		rival_lists(&c, every_rule[i], 6, equal, 3);
		case_undrawn(&c);
		assert_seats(&c, "a 2; b 2; c 2");
		assert_false(c.out.draw_needed);
		assert_true(c.out.complete);
		case_clear(&c);
	}
}

static void
a_full_list_does_not_tie_with_its_equal(void **state)
{
	struct outcome_case c;

	case_init(&c, URNE_ITEM_LIST_CHOICE, 0);
	c.item.seats = 4;
	case_undrawn(&c);
	add_list(&c, 70, 1);
	add_list(&c, 70, 9);
	assert_seats(&c, "a 1; b 3");
	assert_true(c.out.complete);
	case_clear(&c);
}

/* ---- who is elected -------------------------------------------------------------------------- */

static void
seats_go_to_candidates_by_votes_when_the_rule_says_so(void **state)
{
	static const uint64_t votes[] = {100};
	struct outcome_case c;

	rival_lists(&c, URNE_APPORTION_DHONDT, 4, votes, 1);
	c.item.within_by_votes = true;
	c.votes[0] = 10;
	c.votes[1] = 20;
	c.votes[2] = 90;
	c.votes[3] = 20;
	c.votes[4] = 20;
	memset(&c.votes[5], 0, 4 * sizeof(*c.votes));
	case_run(&c);
	assert_string_equal(
	    case_places(&c), "1 a3 votes; 2 a2 order x3; 3 a4 order x2; 4 a5 votes");
	assert_int_equal(c.out.items[0].places[0].votes, 90);
	c.item.within_by_votes = false;
	case_run(&c);
	assert_string_equal(case_places(&c), "1 a1 order; 2 a2 order; 3 a3 order; 4 a4 order");
	case_clear(&c);
}

/* ---- what must hold of every apportionment --------------------------------------------------- */

static uint64_t
divided_by(enum urne_apportionment rule, uint64_t seats)
{
	return rule == URNE_APPORTION_DHONDT ? seats + 1 : 2 * seats + 1;
}

/* No list that could take a seat has a larger average than the last seat of another. */
static void
no_average_beats_the_last_seat_given(void **state)
{
	struct urne_rng rng;

	test_rng_init(&rng);
	for (size_t i = 0; i < 3000; i++) {
		enum urne_apportionment rule = every_rule[i % 2];
		const struct urne_item_outcome *o;
		struct outcome_case c;
		size_t most[6];
		uint64_t sum = 0;

		case_init(&c, URNE_ITEM_LIST_CHOICE, 0);
		c.item.apportionment = rule;
		c.item.seats = (size_t)urne_rng_below(&rng, 20);
		for (size_t k = 0; k < 6; k++) {
			most[k] = 1 + (size_t)urne_rng_below(&rng, PER_LIST);
			add_list(&c, urne_rng_below(&rng, 30), most[k]);
		}
		o = case_run(&c);
		for (size_t a = 0; a < 6; a++) {
			const struct urne_list_share *x = &o->lists[a];

			assert_in_range(x->seats, 0, most[a]);
			sum += x->seats;
			for (size_t b = 0; b < 6 && x->seats > 0; b++) {
				const struct urne_list_share *y = &o->lists[b];

				assert_true(y->seats == most[b] ||
					    x->votes * divided_by(rule, y->seats) >=
						y->votes * divided_by(rule, x->seats - 1));
			}
		}
		assert_int_equal(sum + o->num_unfilled, c.item.seats);
		assert_int_equal(sum, o->num_places);
		case_clear(&c);
	}
}

static void
the_largest_votes_and_seats_do_not_wrap(void **state)
{
	static const uint64_t votes[] = {600000000000, 400000000000};

	for (size_t i = 0; i < sizeof(every_rule) / sizeof(*every_rule); i++) {
		struct outcome_case c;

		rival_lists(&c, every_rule[i], 5, votes, 2);
		assert_seats(&c, "a 3; b 2");
		c.item.seats = 65536;
		assert_seats(&c, "a 9; b 9");
		assert_int_equal(c.out.items[0].num_unfilled, 65536 - 18);
		c.item.seats = 65537;
		case_refused(&c, URNE_ERR_RANGE, "item x: 65537 seats");
		case_clear(&c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dhondt_goes_by_votes_over_seats_plus_one),
	    cmocka_unit_test(sainte_lague_goes_by_votes_over_odd_numbers),
	    cmocka_unit_test(largest_remainders_take_what_is_left),
	    cmocka_unit_test(a_list_below_the_threshold_has_no_seat),
	    cmocka_unit_test(the_quota_is_of_the_lists_above_the_threshold),
	    cmocka_unit_test(a_list_that_runs_out_of_candidates_passes_the_rest_on),
	    cmocka_unit_test(who_withdrew_leaves_a_seat_to_the_next),
	    cmocka_unit_test(a_list_without_votes_has_no_seat),
	    cmocka_unit_test(without_seats_the_votes_are_the_outcome),
	    cmocka_unit_test(without_quorum_no_list_has_a_seat),
	    cmocka_unit_test(equal_quotients_go_to_the_list_with_more_votes),
	    cmocka_unit_test(the_last_seat_of_equal_lists_goes_by_the_tie_rule),
	    cmocka_unit_test(equal_lists_with_equal_seats_need_no_draw),
	    cmocka_unit_test(a_full_list_does_not_tie_with_its_equal),
	    cmocka_unit_test(seats_go_to_candidates_by_votes_when_the_rule_says_so),
	    cmocka_unit_test(no_average_beats_the_last_seat_given),
	    cmocka_unit_test(the_largest_votes_and_seats_do_not_wrap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
