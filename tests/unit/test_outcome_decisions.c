/* SPDX-License-Identifier: EUPL-1.2 */
/* For or against: majorities at their edge, quorum, blank votes, alternatives, the whole text. */
#include "tests/unit/support/check.h"

#include "tests/unit/support/outcome_case.h"

static struct urne_majority
majority(bool more_than, uint64_t num, uint64_t den, enum urne_base of)
{
	return (struct urne_majority){more_than, {num, den}, of};
}

/* The one decision of a ratification with these votes among 100 voters and a roll of 200. */
static struct urne_decision
ratify(
    struct urne_majority m, uint64_t votes_for, uint64_t against, uint64_t blank, enum urne_blank b)
{
	struct urne_decision x;
	struct outcome_case c;

	case_init(&c, URNE_ITEM_LIST_RATIFICATION, 100);
	c.in.turnout.members = 200;
	c.in.turnout.roll = 200;
	c.item.majority = m;
	c.item.blank = b;
	case_row(&c, "ada", votes_for, against, blank);
	x = case_run(&c)->decisions[0];
	assert_int_equal(c.out.items[0].num_decisions, 1);
	assert_int_equal(x.has_majority, x.votes_for >= x.needed);
	case_clear(&c);
	return x;
}

struct edge {
	bool more_than;
	uint64_t num, den;
	enum urne_base of;
	uint64_t base, needed; /* worked by hand, with 60 expressed, 100 voters, roll 200 */
};

static void
every_majority_turns_at_its_edge(void **state)
{
	static const struct edge edges[] = {
	    {true, 1, 2, URNE_BASE_EXPRESSED, 60, 31},
	    {false, 1, 2, URNE_BASE_EXPRESSED, 60, 30},
	    {true, 2, 3, URNE_BASE_EXPRESSED, 60, 41},
	    {false, 2, 3, URNE_BASE_EXPRESSED, 60, 40},
	    {true, 1, 2, URNE_BASE_VOTERS, 100, 51},
	    {false, 1, 2, URNE_BASE_VOTERS, 100, 50},
	    {true, 1, 3, URNE_BASE_VOTERS, 100, 34},
	    {false, 1, 3, URNE_BASE_VOTERS, 100, 34},
	    {true, 1, 4, URNE_BASE_ROLL, 200, 51},
	    {false, 1, 4, URNE_BASE_ROLL, 200, 50},
	};

	for (size_t i = 0; i < sizeof(edges) / sizeof(*edges); i++) {
		const struct edge *t = &edges[i];
		struct urne_majority m = majority(t->more_than, t->num, t->den, t->of);
		uint64_t n = t->needed;
		struct urne_decision x = ratify(m, n, 60 - n, 0, URNE_BLANK_NOT_OFFERED);

		assert_int_equal(x.base, t->base);
		assert_int_equal(x.needed, n);
		assert_int_equal(x.state, URNE_DECISION_ADOPTED);
		assert_int_equal(x.abstained, 40);
		x = ratify(m, n - 1, 60 - (n - 1), 0, URNE_BLANK_NOT_OFFERED);
		assert_int_equal(x.needed, n);
		assert_int_equal(x.state, URNE_DECISION_REJECTED);
		assert_int_equal(x.reason, URNE_REASON_MAJORITY);
	}
}

static void
exactly_half_is_not_more_than_half(void **state)
{
	struct urne_majority m = majority(true, 1, 2, URNE_BASE_EXPRESSED);

	assert_int_equal(
	    ratify(m, 50, 50, 0, URNE_BLANK_NOT_OFFERED).state, URNE_DECISION_REJECTED);
	m.more_than = false;
	assert_int_equal(ratify(m, 50, 50, 0, URNE_BLANK_NOT_OFFERED).state, URNE_DECISION_ADOPTED);
}

static void
nobody_for_it_adopts_nothing(void **state)
{
	struct urne_decision x =
	    ratify(majority(false, 1, 2, URNE_BASE_EXPRESSED), 0, 0, 0, URNE_BLANK_NOT_OFFERED);

	assert_int_equal(x.state, URNE_DECISION_REJECTED);
	assert_int_equal(x.base, 0);
	assert_int_equal(x.needed, 1);
	x = ratify(majority(true, 1, 2, URNE_BASE_EXPRESSED), 0, 0, 0, URNE_BLANK_NOT_OFFERED);
	assert_int_equal(x.needed, 1);
	assert_int_equal(x.state, URNE_DECISION_REJECTED);
}

static void
blank_votes_count_as_the_rule_says(void **state)
{
	struct urne_majority m = majority(true, 1, 2, URNE_BASE_EXPRESSED);
	struct urne_decision x = ratify(m, 40, 30, 0, URNE_BLANK_NOT_OFFERED);

	assert_int_equal(x.expressed, 70);
	assert_int_equal(x.abstained, 30);
	x = ratify(m, 40, 30, 20, URNE_BLANK_EXCLUDED);
	assert_int_equal(x.expressed, 70);
	assert_int_equal(x.blank, 20);
	assert_int_equal(x.abstained, 10);
	assert_int_equal(x.state, URNE_DECISION_ADOPTED);
	x = ratify(m, 40, 30, 20, URNE_BLANK_INCLUDED);
	assert_int_equal(x.expressed, 90);
	assert_int_equal(x.needed, 46);
	assert_int_equal(x.abstained, 10);
	assert_int_equal(x.state, URNE_DECISION_REJECTED);
}

/* By trying every number, for every small base and fraction. */
static void
the_number_needed_is_the_smallest_that_suffices(void **state)
{
	for (uint64_t den = 1; den <= 7; den++) {
		for (uint64_t num = 0; num <= den; num++) {
			for (uint64_t at = 0; at < 2 * 13; at++) {
				uint64_t base = at / 2, n = 0;
				struct urne_majority m =
				    majority(at % 2 == 0, num, den, URNE_BASE_EXPRESSED);
				struct urne_decision x =
				    ratify(m, 0, base, 0, URNE_BLANK_NOT_OFFERED);

				while (
				    n <= base && !(m.more_than ? n * den > num * base
							       : n > 0 && n * den >= num * base)) {
					n++;
				}
				assert_int_equal(x.needed, n);
			}
		}
	}
}

static void
the_largest_counts_do_not_wrap(void **state)
{
	struct urne_decision x;
	struct outcome_case c;
	uint64_t all = 1000000000000;

	case_init(&c, URNE_ITEM_LIST_RATIFICATION, all);
	c.item.majority = majority(true, 999999, 1000000, URNE_BASE_ROLL);
	case_row(&c, "ada", 999999000000, 1000000, 0);
	x = case_run(&c)->decisions[0];
	assert_int_equal(x.needed, 999999000001);
	assert_int_equal(x.state, URNE_DECISION_REJECTED);
	c.rows[0][0]++;
	c.rows[0][1]--;
	assert_int_equal(case_run(&c)->decisions[0].state, URNE_DECISION_ADOPTED);
	case_clear(&c);
}

/* ---- quorum ---------------------------------------------------------------------------------- */

static void
quorum_counts_the_roll_not_the_voters(void **state)
{
	const struct urne_item_outcome *o;
	struct outcome_case c;

	case_init(&c, URNE_ITEM_LIST_RATIFICATION, 50);
	c.in.turnout.members = 199;
	c.in.turnout.roll = 199;
	c.item.quorum.kind = URNE_QUORUM_SHARE;
	c.item.quorum.share = (struct urne_fraction){1, 4}; /* 49.75 */
	case_row(&c, "ada", 1, 0, 0);
	o = case_run(&c);
	assert_true(o->quorum.required);
	assert_true(o->quorum.met);
	assert_int_equal(o->quorum.needed, 50);
	assert_int_equal(o->quorum.value, 50);
	c.in.turnout.votes = 49;
	o = case_run(&c);
	assert_false(o->quorum.met);
	assert_string_equal(case_decisions(&c), "ada no-quorum quorum");
	assert_true(o->decisions[0].has_majority);
	case_clear(&c);
}

static void
a_quorum_of_votes_is_met_by_just_so_many(void **state)
{
	struct outcome_case c;

	case_init(&c, URNE_ITEM_LIST_RATIFICATION, 500);
	c.item.quorum.kind = URNE_QUORUM_NUMBER;
	c.item.quorum.number = 500;
	case_row(&c, "ada", 1, 0, 0);
	assert_true(case_run(&c)->quorum.met);
	c.item.quorum.number = 501;
	assert_false(case_run(&c)->quorum.met);
	case_clear(&c);
}

static void
a_quorum_of_expressed_votes_is_tested_decision_by_decision(void **state)
{
	const struct urne_item_outcome *o;
	struct outcome_case c;

	case_init(&c, URNE_ITEM_PROGRAMME, 100);
	c.item.quorum = (struct urne_quorum){
	    .kind = URNE_QUORUM_SHARE, .share = {1, 4}, .counts_expressed = true};
	c.item.blank = URNE_BLANK_EXCLUDED;
	case_row(&c, "a", 20, 5, 75);
	case_row(&c, "b", 24, 0, 76);
	case_row(&c, "c", 10, 15, 0);
	o = case_run(&c);
	assert_string_equal(
	    case_decisions(&c), "a adopted majority; b no-quorum quorum; c rejected majority");
	assert_false(o->quorum.met);
	assert_int_equal(o->quorum.value, 24);
	assert_int_equal(o->quorum.needed, 25);
	c.item.blank = URNE_BLANK_INCLUDED; /* then b has 100, but no majority of them */
	assert_true(case_run(&c)->quorum.met);
	case_clear(&c);
}

static void
without_a_rule_the_quorum_is_met(void **state)
{
	struct outcome_case c;

	case_init(&c, URNE_ITEM_PROGRAMME, 3);
	c.in.turnout.roll = 1000;
	c.in.turnout.members = 1000;
	case_row(&c, "a", 1, 0, 0);
	assert_false(case_run(&c)->quorum.required);
	assert_true(c.out.items[0].quorum.met);
	case_clear(&c);
}

/* ---- alternatives ---------------------------------------------------------------------------- */

static const size_t set_abc[] = {0, 1, 2};
static const struct urne_alternative abc = {set_abc, 3};

/* a, b and c are alternatives; d is none of them. */
static void
alternatives(struct outcome_case *c, uint64_t a, uint64_t b, uint64_t x)
{
	case_init(c, URNE_ITEM_PROGRAMME, 100);
	case_row(c, "a", a, 100 - a, 0);
	case_row(c, "b", b, 100 - b, 0);
	case_row(c, "c", x, 100 - x, 0);
	case_row(c, "d", 51, 49, 0);
	c->item.alternatives = &abc;
	c->item.num_alternatives = 1;
}

static void
of_alternatives_the_one_with_most_votes_is_adopted(void **state)
{
	struct outcome_case c;

	alternatives(&c, 60, 70, 50);
	case_run(&c);
	assert_string_equal(case_decisions(&c),
	    "a set-aside alternative b; b adopted majority; c rejected majority; d adopted "
	    "majority");
	assert_true(c.out.complete);
	assert_false(c.out.draw_needed);
	case_clear(&c);
}

static void
an_alternative_without_quorum_sets_nothing_aside(void **state)
{
	struct outcome_case c;

	alternatives(&c, 60, 40, 0);
	c.rows[1][0] = 70;
	c.rows[1][1] = 0; /* 70 expressed */
	c.item.quorum = (struct urne_quorum){
	    .kind = URNE_QUORUM_NUMBER, .number = 80, .counts_expressed = true};
	case_run(&c);
	assert_string_equal(case_decisions(&c),
	    "a adopted majority; b no-quorum quorum; c rejected majority; d adopted majority");
	case_clear(&c);
}

static void
equal_alternatives_go_by_the_order(void **state)
{
	struct outcome_case c;

	alternatives(&c, 70, 60, 70);
	case_order(&c, "d c b a");
	case_run(&c);
	assert_string_equal(case_decisions(&c),
	    "a set-aside tie c; b set-aside alternative c; c adopted tie a; d adopted majority");
	assert_false(c.out.draw_needed);
	case_clear(&c);
}

static void
equal_alternatives_are_all_adopted_if_the_rule_says_so(void **state)
{
	struct outcome_case c;

	alternatives(&c, 70, 60, 70);
	c.item.tie = URNE_TIE_ALL;
	case_run(&c);
	assert_string_equal(case_decisions(&c),
	    "a adopted tie c; b set-aside alternative a; c adopted tie a; d adopted majority");
	case_clear(&c);
}

/* Keys of 32 bytes 0xab: b 166d.. < c c48f.. < a dc44.. (sha256sum). */
static void
equal_alternatives_are_drawn(void **state)
{
	struct outcome_case c;

	alternatives(&c, 70, 70, 70);
	case_draw(&c, 0xab);
	case_run(&c);
	assert_string_equal(case_decisions(&c),
	    "a set-aside tie b; b adopted tie c; c set-aside tie b; d adopted majority");
	assert_true(c.out.draw_needed);
	assert_true(c.out.complete);
	case_clear(&c);
}

static void
equal_alternatives_wait_for_a_draw_that_is_not_known(void **state)
{
	struct outcome_case c;

	alternatives(&c, 70, 60, 70);
	case_undrawn(&c);
	case_run(&c);
	assert_string_equal(case_decisions(&c),
	    "a undrawn tie c; b set-aside alternative a; c undrawn tie a; d adopted majority");
	assert_true(c.out.items[0].undrawn);
	assert_true(c.out.draw_needed);
	assert_false(c.out.complete);
	case_clear(&c);
}

static void
equals_below_the_top_need_no_draw(void **state)
{
	struct outcome_case c;

	alternatives(&c, 70, 60, 60);
	case_undrawn(&c);
	case_run(&c);
	assert_string_equal(case_decisions(&c),
	    "a adopted majority; b set-aside alternative a; c set-aside alternative a; d adopted "
	    "majority");
	assert_true(c.out.complete);
	case_clear(&c);
}

/* ---- text ------------------------------------------------------------------------------------ */

static void
an_article_needs_the_whole(void **state)
{
	struct outcome_case c;

	case_init(&c, URNE_ITEM_TEXT, 90);
	c.item.whole_majority = majority(false, 2, 3, URNE_BASE_EXPRESSED);
	case_row(&c, "art-1", 80, 10, 0);
	case_row(&c, "art-2", 10, 80, 0);
	case_row(&c, "whole", 60, 30, 0);
	case_run(&c);
	assert_string_equal(case_decisions(&c),
	    "art-1 adopted majority; art-2 rejected majority; whole adopted majority");
	c.rows[2][0] = 59;
	c.rows[2][1] = 31;
	case_run(&c);
	assert_string_equal(case_decisions(&c),
	    "art-1 rejected whole; art-2 rejected majority; whole rejected majority");
	assert_true(c.out.items[0].decisions[0].has_majority);
	case_clear(&c);
}

static void
a_whole_without_quorum_carries_no_article(void **state)
{
	struct outcome_case c;

	case_init(&c, URNE_ITEM_TEXT, 100);
	c.item.quorum = (struct urne_quorum){
	    .kind = URNE_QUORUM_NUMBER, .number = 50, .counts_expressed = true};
	case_row(&c, "art-1", 80, 10, 0);
	case_row(&c, "whole", 49, 0, 0);
	case_run(&c);
	assert_string_equal(case_decisions(&c), "art-1 rejected whole; whole no-quorum quorum");
	case_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_majority_turns_at_its_edge),
	    cmocka_unit_test(exactly_half_is_not_more_than_half),
	    cmocka_unit_test(nobody_for_it_adopts_nothing),
	    cmocka_unit_test(blank_votes_count_as_the_rule_says),
	    cmocka_unit_test(the_number_needed_is_the_smallest_that_suffices),
	    cmocka_unit_test(the_largest_counts_do_not_wrap),
	    cmocka_unit_test(quorum_counts_the_roll_not_the_voters),
	    cmocka_unit_test(a_quorum_of_votes_is_met_by_just_so_many),
	    cmocka_unit_test(a_quorum_of_expressed_votes_is_tested_decision_by_decision),
	    cmocka_unit_test(without_a_rule_the_quorum_is_met),
	    cmocka_unit_test(of_alternatives_the_one_with_most_votes_is_adopted),
	    cmocka_unit_test(an_alternative_without_quorum_sets_nothing_aside),
	    cmocka_unit_test(equal_alternatives_go_by_the_order),
	    cmocka_unit_test(equal_alternatives_are_all_adopted_if_the_rule_says_so),
	    cmocka_unit_test(equal_alternatives_are_drawn),
	    cmocka_unit_test(equal_alternatives_wait_for_a_draw_that_is_not_known),
	    cmocka_unit_test(equals_below_the_top_need_no_draw),
	    cmocka_unit_test(an_article_needs_the_whole),
	    cmocka_unit_test(a_whole_without_quorum_carries_no_article),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
