/* SPDX-License-Identifier: EUPL-1.2 */
/* Equal votes on an ordered list: by the order, by the draw, undrawn, and when whose turn it is
 * hangs on them. */
#include "tests/unit/support/check.h"

#include "tests/unit/support/outcome_case.h"

static const struct case_entry tied[] = {
    {"a", 'f', 50, NULL},
    {"b", 'm', 40, NULL},
    {"c", 'm', 40, NULL},
    {"d", 'm', 40, NULL},
    {"e", 'f', 10, NULL},
    {"f", 'f', 10, NULL},
};

static void
tied_list(struct outcome_case *c, size_t seats, enum urne_parity parity)
{
	case_init(c, URNE_ITEM_LIST_CANDIDATES, 100);
	case_entries(c, tied, 6);
	c->item.seats = seats;
	c->item.parity = parity;
}

static void
equals_at_the_last_seat_go_by_the_order(void **state)
{
	struct outcome_case c;

	tied_list(&c, 2, URNE_PARITY_NONE);
	case_order(&c, "c d b f a e");
	case_assert_places(&c,
	    "1 a votes; 2 c order x3; (3 d order x2); (4 b votes); (5 f order x2); (6 e votes)");
	assert_false(c.out.draw_needed);
	case_clear(&c);
}

/* Keys of 32 bytes 0xab (sha256sum): b 166d.. < f 5a70.. < e 6328.. < d 742d.. < c c48f.. */
static void
equals_at_the_last_seat_are_drawn(void **state)
{
	struct outcome_case c;

	tied_list(&c, 2, URNE_PARITY_NONE);
	case_draw(&c, 0xab);
	case_assert_places(
	    &c, "1 a votes; 2 b draw x3; (3 d draw x2); (4 c votes); (5 f draw x2); (6 e votes)");
	assert_true(c.out.draw_needed);
	assert_true(c.out.complete);
	case_clear(&c);
}

static void
until_the_draw_is_known_every_place_among_equals_is_undrawn(void **state)
{
	struct outcome_case c;

	tied_list(&c, 2, URNE_PARITY_NONE);
	case_undrawn(&c);
	case_assert_places(&c,
	    "1 a votes; 2 b undrawn x3; (3 c undrawn x2); (4 d undrawn); (5 e undrawn x2); (6 f "
	    "undrawn)");
	assert_true(c.out.draw_needed);
	assert_false(c.out.complete);
	assert_true(c.out.items[0].undrawn);
	case_clear(&c);
}

static void
equals_of_whom_one_is_not_in_turn_do_not_compete(void **state)
{
	struct outcome_case c;

	tied_list(&c, 2, URNE_PARITY_ALTERNATE);
	c.votes[1] = 30;
	c.votes[2] = 20;
	c.votes[3] = 10; /* d, e, f are equal; d alone is a man among them */
	c.item.seats = 6;
	case_undrawn(&c);
	case_assert_places(
	    &c, "1 a votes; 2 b votes; 3 e undrawn x2 <c; 4 c votes; 5 f undrawn; 6 d votes");
	case_clear(&c);
}

/* A woman and a man have most votes: who begins the alternation is itself drawn. */
static void
a_tie_of_both_genders_at_the_top_decides_who_begins(void **state)
{
	static const struct case_entry two[] = {
	    {"a", 'f', 50, NULL}, {"b", 'm', 50, NULL}, {"c", 'f', 40, NULL}, {"d", 'm', 30, NULL}};
	struct outcome_case c;

	case_init(&c, URNE_ITEM_LIST_CANDIDATES, 100);
	case_entries(&c, two, 4);
	c.item.seats = 3;
	c.item.parity = URNE_PARITY_ALTERNATE;
	case_draw(&c, 0xab);
	case_assert_places(&c, "1 b draw x2; 2 a votes; 3 d parity <c; (4 c votes)");
	case_undrawn(&c);
	case_assert_places(&c, "1 a undrawn x2; 2 b undrawn; 3 c votes; (4 d votes)");
	assert_false(c.out.complete);
	case_clear(&c);
}

/* Rank 1 is a group's, so neither of the equals has it, but whose turn it is hangs on them. */
static void
a_tie_about_who_begins_is_undrawn_behind_a_group_too(void **state)
{
	static const struct case_entry group[] = {
	    {"a", 'f', 50, NULL}, {"b", 'm', 50, NULL}, {"c", 'f', 40, "g"}, {"d", 'm', 30, "g"}};
	struct outcome_case c;

	case_init(&c, URNE_ITEM_LIST_CANDIDATES, 100);
	case_entries(&c, group, 4);
	c.item.seats = 3;
	c.item.parity = URNE_PARITY_ALTERNATE;
	case_reserve_group(&c, 1, "g");
	case_undrawn(&c);
	case_assert_places(&c, "1 c group <a; 2 b undrawn; 3 a undrawn; (4 d votes)");
	assert_false(c.out.complete);
	case_draw(&c, 0xab);
	case_assert_places(&c, "1 d group <b; 2 a votes; 3 b votes; (4 c votes)");
	assert_true(c.out.draw_needed);
	case_clear(&c);
}

static void
equals_within_a_group_keep_the_reserve_as_reason(void **state)
{
	static const struct case_entry group[] = {
	    {"a", 0, 50, NULL}, {"b", 0, 20, "g"}, {"c", 0, 20, "g"}, {"d", 0, 20, NULL}};
	struct outcome_case c;

	case_init(&c, URNE_ITEM_LIST_CANDIDATES, 100);
	case_entries(&c, group, 4);
	c.item.seats = 2;
	case_reserve_group(&c, 1, "g");
	case_order(&c, "d c b a");
	case_assert_places(&c, "1 c group x2 <a; 2 a votes; (3 d order x2); (4 b votes)");
	case_undrawn(&c);
	case_assert_places(&c, "1 b undrawn x2 <a; 2 a votes; (3 c undrawn x2); (4 d undrawn)");
	case_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(equals_at_the_last_seat_go_by_the_order),
	    cmocka_unit_test(equals_at_the_last_seat_are_drawn),
	    cmocka_unit_test(until_the_draw_is_known_every_place_among_equals_is_undrawn),
	    cmocka_unit_test(equals_of_whom_one_is_not_in_turn_do_not_compete),
	    cmocka_unit_test(a_tie_of_both_genders_at_the_top_decides_who_begins),
	    cmocka_unit_test(a_tie_about_who_begins_is_undrawn_behind_a_group_too),
	    cmocka_unit_test(equals_within_a_group_keep_the_reserve_as_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
