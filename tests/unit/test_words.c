/* SPDX-License-Identifier: EUPL-1.2 */
/* Languages, numbers, shares and moments in words. In what is expected, ~ stands for the narrow
 * no-break space. */
#include "tests/unit/support/check.h"
#include "tests/unit/support/words_case.h"

#include "base/limits.h"
#include "election/definition.h"

static void
assert_number(enum urne_lang lang, uint64_t n, const char *want)
{
	urne_words_number(said(), lang, n);
	assert_said(want);
}

static void
assert_share(uint64_t part, uint64_t of, const char *fr, const char *en)
{
	urne_words_share(said(), URNE_LANG_FR, part, of);
	assert_said(fr);
	urne_words_share(said(), URNE_LANG_EN, part, of);
	assert_said(en);
}

static void
numbers_are_grouped_by_three(void **state)
{
	assert_number(URNE_LANG_FR, 0, "0");
	assert_number(URNE_LANG_FR, 999, "999");
	assert_number(URNE_LANG_FR, 1000, "1~000");
	assert_number(URNE_LANG_FR, 1234567, "1~234~567");
	assert_number(URNE_LANG_EN, 1000, "1,000");
	assert_number(URNE_LANG_EN, UINT64_MAX, "18,446,744,073,709,551,615");
}

static void
french_separates_with_the_narrow_no_break_space(void **state)
{
	struct urne_buf *out = said();

	urne_words_number(out, URNE_LANG_FR, 12345);
	assert_true(urne_view_is(urne_buf_view(out), "12\xe2\x80\xaf"
						     "345"));
}

static void
shares_are_rounded_half_up_to_hundredths(void **state)
{
	assert_share(0, 7, "0,00~%", "0.00%");
	assert_share(7, 7, "100,00~%", "100.00%");
	assert_share(1, 3, "33,33~%", "33.33%");
	assert_share(2, 3, "66,67~%", "66.67%");
	assert_share(1, 20000, "0,01~%", "0.01%");
	assert_share(1, 20001, "0,00~%", "0.00%");
	assert_share(19999, 20000, "100,00~%", "100.00%");
	assert_share(19998, 20000, "99,99~%", "99.99%");
	assert_share(5432, 10000, "54,32~%", "54.32%");
}

static void
shares_do_not_wrap_at_the_largest_weight(void **state)
{
	assert_share(URNE_MAX_TOTAL_WEIGHT, URNE_MAX_TOTAL_WEIGHT, "100,00~%", "100.00%");
	assert_share(URNE_MAX_TOTAL_WEIGHT - 1, URNE_MAX_TOTAL_WEIGHT, "100,00~%", "100.00%");
	assert_share(URNE_MAX_TOTAL_WEIGHT / 2, URNE_MAX_TOTAL_WEIGHT, "50,00~%", "50.00%");
}

static void
a_share_of_nothing_or_of_too_much_is_a_dash(void **state)
{
	assert_share(0, 0, "—", "—");
	assert_share(1, URNE_MAX_TOTAL_WEIGHT + 1, "—", "—");
	assert_share(UINT64_MAX, 1, "—", "—");
}

static void
votes_agree_with_their_number(void **state)
{
	urne_words_votes(said(), URNE_LANG_EN, 0);
	assert_said("0 votes");
	urne_words_votes(said(), URNE_LANG_EN, 1);
	assert_said("1 vote");
	urne_words_votes(said(), URNE_LANG_EN, 1203);
	assert_said("1,203 votes");
	urne_words_votes(said(), URNE_LANG_FR, 1203);
	assert_said("1~203 voix");
}

static void
moments_are_shown_as_written_and_in_utc(void **state)
{
	static const struct urne_moment m = {.seconds = 1803884400, .offset_minutes = 60};

	urne_words_moment(said(), URNE_LANG_FR, &m);
	assert_said("1er mars 2027 à 8~h~00 (UTC+01:00)");
	urne_words_moment(said(), URNE_LANG_EN, &m);
	assert_said("1 March 2027 at 08:00 (UTC+01:00)");
	urne_words_moment_utc(said(), URNE_LANG_FR, &m);
	assert_said("1er mars 2027 à 7~h~00 (UTC)");
	urne_words_moment_utc(said(), URNE_LANG_EN, &m);
	assert_said("1 March 2027 at 07:00 (UTC)");
}

static void
moments_know_leap_days_and_the_years_before_1970(void **state)
{
	static const struct {
		struct urne_moment m;
		const char *en;
	} cases[] = {
	    {{.seconds = 0}, "1 January 1970 at 00:00 (UTC)"},
	    {{.seconds = -1}, "31 December 1969 at 23:59:59 (UTC)"},
	    {{.seconds = 951782400}, "29 February 2000 at 00:00 (UTC)"},
	    {{.seconds = 951868800}, "1 March 2000 at 00:00 (UTC)"},
	    {{.seconds = 4107542400}, "1 March 2100 at 00:00 (UTC)"},
	    {{.seconds = 4107456000}, "28 February 2100 at 00:00 (UTC)"},
	    {{.seconds = 1835395199, .offset_minutes = -210},
		"28 February 2028 at 20:29:59 (UTC-03:30)"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		urne_words_moment(said(), URNE_LANG_EN, &cases[i].m);
		assert_said(cases[i].en);
	}
}

static void
seconds_are_told_only_when_there_are_any(void **state)
{
	static const struct urne_moment m = {.seconds = 1803884407};

	urne_words_moment(said(), URNE_LANG_FR, &m);
	assert_said("1er mars 2027 à 7~h~00~min~07~s (UTC)");
}

static void
a_reader_has_the_language_of_the_definition_or_the_authentic_one(void **state)
{
	static const struct urne_definition v = {
	    .languages = {V("en"), V("fr"), V("de")}, .num_languages = 3};
	struct urne_reader r = urne_reader_for(&v, VIEW(""));

	assert_int_equal(r.lang, URNE_LANG_EN);
	assert_int_equal(r.index, 0);
	r = urne_reader_for(&v, VIEW("fr"));
	assert_int_equal(r.lang, URNE_LANG_FR);
	assert_int_equal(r.index, 1);
	r = urne_reader_for(&v, VIEW("de"));
	assert_int_equal(r.lang, URNE_LANG_EN);
	assert_int_equal(r.index, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_are_grouped_by_three),
	    cmocka_unit_test(french_separates_with_the_narrow_no_break_space),
	    cmocka_unit_test(shares_are_rounded_half_up_to_hundredths),
	    cmocka_unit_test(shares_do_not_wrap_at_the_largest_weight),
	    cmocka_unit_test(a_share_of_nothing_or_of_too_much_is_a_dash),
	    cmocka_unit_test(votes_agree_with_their_number),
	    cmocka_unit_test(moments_are_shown_as_written_and_in_utc),
	    cmocka_unit_test(moments_know_leap_days_and_the_years_before_1970),
	    cmocka_unit_test(seconds_are_told_only_when_there_are_any),
	    cmocka_unit_test(a_reader_has_the_language_of_the_definition_or_the_authentic_one),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	words_case_clear();
	return failed;
}
