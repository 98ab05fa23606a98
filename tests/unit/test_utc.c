/* SPDX-License-Identifier: EUPL-1.2 */
/* Moments: each has one text, and what is no moment of the calendar is none. */
#include "tests/unit/support/check.h"

#include "base/utc.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))
#define LAST   ((int64_t)253402300799)

static void
assert_both_ways(int64_t seconds, const char *text)
{
	char made[URNE_UTC_LEN + 1];
	struct urne_buf out;
	int64_t back = -1;

	urne_buf_init(&out, URNE_UTC_LEN);
	urne_utc_write(&out, seconds);
	assert_ok(urne_buf_error(&out));
	assert_true(urne_view_is(urne_buf_view(&out), text));
	urne_utc_text(made, seconds);
	assert_string_equal(made, text);
	assert_ok(urne_utc_read(&back, urne_view_of(text)));
	assert_true(back == seconds);
	urne_buf_clear(&out);
}

static void
moments_are_written_and_read(void **state)
{
	static const struct {
		int64_t seconds;
		const char *text;
	} cases[] = {
	    {0, "1970-01-01T00:00:00Z"},
	    {951782400, "2000-02-29T00:00:00Z"},
	    {1795716000, "2026-11-26T18:00:00Z"},
	    {2147483648, "2038-01-19T03:14:08Z"},
	    {4107542399, "2100-02-28T23:59:59Z"},
	    {4107542400, "2100-03-01T00:00:00Z"}, /* no leap year */
	    {LAST, "9999-12-31T23:59:59Z"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		assert_both_ways(cases[i].seconds, cases[i].text);
	}
}

static void
a_moment_of_another_year_is_not_written(void **state)
{
	static const int64_t others[] = {-1, INT64_MIN, LAST + 1, INT64_MAX};

	for (size_t i = 0; i < NUM(others); i++) {
		char text[URNE_UTC_LEN + 1] = "x";
		struct urne_buf out;

		urne_buf_init(&out, 64);
		urne_utc_write(&out, others[i]);
		assert_err(urne_buf_error(&out), URNE_ERR_RANGE);
		assert_int_equal(out.len, 0);
		urne_utc_text(text, others[i]);
		assert_string_equal(text, "");
		urne_buf_clear(&out);
	}
}

static void
what_is_no_moment_is_refused(void **state)
{
	static const struct {
		const char *text;
		enum urne_err want;
	} cases[] = {
	    {"", URNE_ERR_SYNTAX},
	    {"2026-11-26T18:00:00", URNE_ERR_SYNTAX},
	    {"2026-11-26T18:00:00Z ", URNE_ERR_SYNTAX},
	    {" 2026-11-26T18:00:0Z", URNE_ERR_SYNTAX},
	    {"2026-11-26 18:00:00Z", URNE_ERR_SYNTAX},
	    {"2026-11-26t18:00:00z", URNE_ERR_SYNTAX},
	    {"2026-11-26T18:00:00+", URNE_ERR_SYNTAX},
	    {"+026-11-26T18:00:00Z", URNE_ERR_SYNTAX},
	    {"2026-11-26T18:00:-1Z", URNE_ERR_SYNTAX},
	    {"2026-1-026T18:00:00Z", URNE_ERR_SYNTAX},
	    {"1969-12-31T23:59:59Z", URNE_ERR_RANGE},
	    {"0000-01-01T00:00:00Z", URNE_ERR_RANGE},
	    {"2026-00-26T18:00:00Z", URNE_ERR_RANGE},
	    {"2026-13-26T18:00:00Z", URNE_ERR_RANGE},
	    {"2026-11-00T18:00:00Z", URNE_ERR_RANGE},
	    {"2026-11-31T18:00:00Z", URNE_ERR_RANGE},
	    {"2026-02-29T18:00:00Z", URNE_ERR_RANGE},
	    {"2100-02-29T18:00:00Z", URNE_ERR_RANGE},
	    {"2026-11-26T24:00:00Z", URNE_ERR_RANGE},
	    {"2026-11-26T18:60:00Z", URNE_ERR_RANGE},
	    {"2026-11-26T18:00:60Z", URNE_ERR_RANGE}, /* a leap second has no number */
	    {"9999-12-31T24:00:00Z", URNE_ERR_RANGE},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		int64_t t = 7;
		enum urne_err e = urne_utc_read(&t, urne_view_of(cases[i].text));

		if (e != cases[i].want || t != 0) {
			fail_msg("%s: %s", cases[i].text, urne_err_name(e));
		}
	}
}

static void
every_day_of_four_centuries_comes_back(void **state)
{
	for (int64_t day = 0; day < (int64_t)146097; day++) {
		int64_t seconds = day * 86400 + day % 86400, back = -1;
		char text[URNE_UTC_LEN + 1];

		urne_utc_text(text, seconds);
		assert_ok(urne_utc_read(&back, urne_view_of(text)));
		assert_true(back == seconds);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(moments_are_written_and_read),
	    cmocka_unit_test(a_moment_of_another_year_is_not_written),
	    cmocka_unit_test(what_is_no_moment_is_refused),
	    cmocka_unit_test(every_day_of_four_centuries_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
