/* SPDX-License-Identifier: EUPL-1.2 */
/* Majority judgement: the median, successive medians against a reference that takes them out one
 * by one, and the places that follow. */
#include "tests/unit/support/check.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/support/outcome_case.h"

static void
the_majority_grade_is_the_lower_middlemost(void **state)
{
	static const struct {
		uint64_t histogram[4];
		size_t grade;
	} cases[] = {
	    {{1, 0, 0, 0}, 0},
	    {{1, 0, 0, 1}, 3}, /* two votes: the worse one */
	    {{1, 1, 1, 0}, 1},
	    {{2, 0, 0, 2}, 3},
	    {{3, 0, 0, 2}, 0},
	    {{0, 4, 3, 1}, 2},
	    {{0, 5, 3, 1}, 1},
	    {{0, 0, 0, 9}, 3},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(urne_grades_median(cases[i].histogram, 4), cases[i].grade);
	}
}

static void
successive_medians_decide_not_the_votes_above(void **state)
{
	static const uint64_t divided[] = {3, 2, 4}; /* 3 above the majority grade, 4 below */
	static const uint64_t agreed[] = {2, 5, 2};  /* 2 and 2 */

	assert_int_equal(urne_grades_median(divided, 3), 1);
	assert_int_equal(urne_grades_median(agreed, 3), 1);
	assert_true(urne_grades_compare(agreed, divided, 3) < 0);
	assert_true(urne_grades_compare(divided, agreed, 3) > 0);
}

static void
rows_with_the_same_gauge_can_still_differ(void **state)
{
	/* both: majority grade 2, 2 votes above it, 2 below it. Medians taken out of the first:
	 * 2 2 2 3 1 4 0, of the second: 2 2 2 3 1 3 1. */
	static const uint64_t spread[] = {1, 1, 3, 1, 1};
	static const uint64_t close[] = {0, 2, 3, 2, 0};

	assert_true(urne_grades_compare(close, spread, 5) < 0);
	assert_int_equal(urne_grades_compare(close, close, 5), 0);
}

static void
with_two_votes_the_worse_one_comes_first(void **state)
{
	static const uint64_t extremes[] = {1, 0, 1};
	static const uint64_t middling[] = {0, 2, 0};

	assert_true(urne_grades_compare(middling, extremes, 3) < 0);
}

/* ---- a reference that does what the definition says ------------------------------------------ */

#define MAX_VOTES 40

/* The majority value: the grades in the order in which they are taken out. */
static size_t
reference_value(size_t *out, const uint64_t *histogram, size_t num_grades)
{
	size_t line[MAX_VOTES], n = 0, total = 0;

	for (size_t g = 0; g < num_grades; g++) {
		for (uint64_t k = 0; k < histogram[g]; k++) {
			line[n++] = g;
		}
	}
	while (n > 0) {
		size_t middle = n / 2;

		out[total++] = line[middle];
		memmove(line + middle, line + middle + 1, (n - middle - 1) * sizeof(*line));
		n--;
	}
	return total;
}

static int
reference_compare(const uint64_t *a, const uint64_t *b, size_t num_grades)
{
	size_t value_a[MAX_VOTES] = {0}, value_b[MAX_VOTES] = {0};
	size_t n = reference_value(value_a, a, num_grades);

	assert_int_equal(reference_value(value_b, b, num_grades), n);
	for (size_t i = 0; i < n; i++) {
		if (value_a[i] != value_b[i]) {
			return value_a[i] < value_b[i] ? -1 : 1;
		}
	}
	return 0;
}

static void
random_histogram(uint64_t *out, struct urne_rng *rng, size_t num_grades, uint64_t votes)
{
	memset(out, 0, CASE_GRADES * sizeof(*out));
	for (uint64_t k = 0; k < votes; k++) {
		/* twice drawn, so that the middle is crowded and medians are often equal */
		out[(urne_rng_below(rng, num_grades) + urne_rng_below(rng, num_grades)) / 2]++;
	}
}

static void
thousands_of_random_rows_compare_as_the_reference_does(void **state)
{
	uint64_t a[CASE_GRADES], b[CASE_GRADES];
	size_t value[MAX_VOTES] = {0};
	struct urne_rng rng;

	test_rng_init(&rng);
	for (size_t i = 0; i < 20000; i++) {
		size_t grades = 2 + (size_t)urne_rng_below(&rng, 7);
		uint64_t votes = 1 + urne_rng_below(&rng, i % 2 == 0 ? 6 : MAX_VOTES);
		int want = 0, got = 0;

		random_histogram(a, &rng, grades, votes);
		random_histogram(b, &rng, grades, votes);
		want = reference_compare(a, b, grades);
		got = urne_grades_compare(a, b, grades);
		assert_int_equal((got > 0) - (got < 0), want);
		got = urne_grades_compare(b, a, grades);
		assert_int_equal((got > 0) - (got < 0), -want);
		(void)reference_value(value, a, grades);
		assert_int_equal(urne_grades_median(a, grades), value[0]);
	}
}

static void
every_small_row_compares_as_the_reference_does(void **state)
{
	uint64_t rows[84][4]; /* all rows of 6 votes with 4 grades: 9 over 3 */
	size_t n = 0;

	for (uint64_t x = 0; x <= 6; x++) {
		for (uint64_t y = 0; x + y <= 6; y++) {
			for (uint64_t z = 0; x + y + z <= 6; z++, n++) {
				rows[n][0] = x;
				rows[n][1] = y;
				rows[n][2] = z;
				rows[n][3] = 6 - x - y - z;
			}
		}
	}
	assert_int_equal(n, 84);
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < n; j++) {
			assert_int_equal(urne_grades_compare(rows[i], rows[j], 4),
			    reference_compare(rows[i], rows[j], 4));
		}
	}
}

static void
a_million_million_votes_take_no_longer(void **state)
{
	/* the rows differ in one vote, at the very end of what is taken out */
	static const uint64_t a[] = {1, 499999999999, 499999999999, 1};
	static const uint64_t b[] = {0, 500000000000, 500000000000, 0};
	static const uint64_t c[] = {1, 499999999999, 500000000000, 0};

	assert_true(urne_grades_compare(b, a, 4) < 0);
	assert_true(urne_grades_compare(c, b, 4) < 0);
	assert_true(urne_grades_compare(c, a, 4) < 0);
	assert_int_equal(urne_grades_compare(a, a, 4), 0);
	assert_int_equal(urne_grades_median(a, 4), 2);
}

/* ---- places ---------------------------------------------------------------------------------- */

static void
graded_case(struct outcome_case *c)
{
	static const uint64_t rows[][3] = {{4, 2, 4}, {5, 3, 2}, {4, 2, 4}, {1, 8, 1}, {4, 2, 4}};
	static const char *const ids[] = {"a", "b", "c", "d", "e"};

	case_init(c, URNE_ITEM_GRADES, 10);
	c->item.num_grades = 3;
	for (size_t i = 0; i < 5; i++) {
		case_graded(c, ids[i], rows[i]);
	}
}

static void
rows_are_ranked_by_majority_value(void **state)
{
	const struct urne_item_outcome *o;
	struct outcome_case c;

	graded_case(&c);
	case_order(&c, "e d c b a");
	c.item.seats = 3;
	o = case_run(&c);
	assert_string_equal(
	    case_places(&c), "1 b grade; 2 d grade; 3 e order x3; (4 c order x2); (5 a grade)");
	assert_int_equal(o->num_rows, 5);
	assert_int_equal(o->rows[1].majority_grade, 1);
	assert_int_equal(o->rows[1].better, 5);
	assert_int_equal(o->rows[1].worse, 2);
	assert_int_equal(o->rows[1].histogram[1], 3);
	case_clear(&c);
}

static void
rows_with_the_same_grades_share_a_rank(void **state)
{
	struct outcome_case c;

	graded_case(&c);
	c.item.tie = URNE_TIE_ALL;
	c.item.seats = 3;
	case_run(&c);
	assert_string_equal(
	    case_places(&c), "1 b grade; 2 d grade; 3 a shared x3; 3 c shared x3; 3 e shared x3");
	case_clear(&c);
}

static void
a_withdrawn_row_keeps_its_grades_but_has_no_place(void **state)
{
	const struct urne_item_outcome *o;
	struct outcome_case c;

	graded_case(&c);
	c.entries[0].withdrawn = true; /* a: before the seal, never on the ballot */
	case_withdraw(&c, "b");
	c.item.seats = 4;
	o = case_run(&c);
	assert_string_equal(case_places(&c), "1 d grade; 2 c order x2; 3 e grade");
	assert_int_equal(o->num_rows, 5);
	assert_int_equal(o->num_unfilled, 1);
	assert_int_equal(o->rows[0].histogram[0], 0);
	assert_int_equal(o->rows[1].histogram[0], 5);
	assert_int_equal(o->rows[2].histogram[0], 4);
	case_clear(&c);
}

static void
without_quorum_rows_are_shown_but_not_ranked(void **state)
{
	struct outcome_case c;

	graded_case(&c);
	c.item.quorum.kind = URNE_QUORUM_NUMBER;
	c.item.quorum.number = 11;
	case_run(&c);
	assert_int_equal(c.out.items[0].num_rows, 5);
	assert_int_equal(c.out.items[0].num_places, 0);
	case_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_majority_grade_is_the_lower_middlemost),
	    cmocka_unit_test(successive_medians_decide_not_the_votes_above),
	    cmocka_unit_test(rows_with_the_same_gauge_can_still_differ),
	    cmocka_unit_test(with_two_votes_the_worse_one_comes_first),
	    cmocka_unit_test(thousands_of_random_rows_compare_as_the_reference_does),
	    cmocka_unit_test(every_small_row_compares_as_the_reference_does),
	    cmocka_unit_test(a_million_million_votes_take_no_longer),
	    cmocka_unit_test(rows_are_ranked_by_majority_value),
	    cmocka_unit_test(rows_with_the_same_grades_share_a_rank),
	    cmocka_unit_test(a_withdrawn_row_keeps_its_grades_but_has_no_place),
	    cmocka_unit_test(without_quorum_rows_are_shown_but_not_ranked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
