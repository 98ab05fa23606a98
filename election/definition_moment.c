/* SPDX-License-Identifier: EUPL-1.2 */
/* Moments: RFC 3339 with seconds and offset, no fraction, no leap second, in the Gregorian
 * calendar; never a time zone of the machine.
 * Spec: docs/vote-definition.md#texts-ids-moments */
#include "election/definition_read.h"

#define FIRST_YEAR 1970
#define DATE_LEN   ((size_t)19) /* 2027-03-01T08:00:00 */

/* The parts of a moment, and where each stands. */
enum { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, OFFSET_HOUR, OFFSET_MINUTE, NUM_PARTS };

static bool
fits(struct urne_view v, const char *pattern)
{
	size_t i = 0;

	for (; pattern[i] != '\0'; i++) {
		if (i >= v.len ||
		    (pattern[i] == '0' ? v.p[i] < '0' || v.p[i] > '9' : v.p[i] != pattern[i])) {
			return false;
		}
	}
	return i == v.len;
}

static int32_t
digits(const char *p, size_t len)
{
	int32_t n = 0;

	for (size_t i = 0; i < len; i++) {
		n = n * 10 + (p[i] - '0');
	}
	return n;
}

static bool
is_leap(int32_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int32_t
days_of_month(int32_t year, int32_t month)
{
	static const int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

/* days_since_1970 counts whole years, months and days. */
static int64_t
days_since_1970(int32_t year, int32_t month, int32_t day)
{
	int32_t y = year - 1;
	/* 719162 days from 0001-01-01 to 1970-01-01 */
	int64_t days = (int64_t)y * 365 + y / 4 - y / 100 + y / 400 - 719162;

	for (int32_t m = 1; m < month; m++) {
		days += days_of_month(year, m);
	}
	return days + day - 1;
}

static bool
is_form(struct urne_view v)
{
	return fits(v, "0000-00-00T00:00:00Z") || fits(v, "0000-00-00T00:00:00+00:00") ||
	       fits(v, "0000-00-00T00:00:00-00:00");
}

static void
take_apart(int32_t part[NUM_PARTS], const char *p, bool has_offset)
{
	static const size_t places[NUM_PARTS] = {0, 5, 8, 11, 14, 17, 20, 23};

	for (size_t i = 0; i < NUM_PARTS; i++) {
		part[i] = 0;
		if (i < OFFSET_HOUR || has_offset) {
			part[i] = digits(p + places[i], i == YEAR ? 4 : 2);
		}
	}
}

/* reason says why there is no such moment, or NULL. */
static const char *
reason(const int32_t part[NUM_PARTS], bool is_minus)
{
	if (part[YEAR] < FIRST_YEAR) {
		return "the year is before 1970";
	}
	if (part[MONTH] < 1 || part[MONTH] > 12) {
		return "there is no such month";
	}
	if (part[DAY] < 1 || part[DAY] > days_of_month(part[YEAR], part[MONTH])) {
		return "the month has no such day";
	}
	if (part[HOUR] > 23 || part[MINUTE] > 59) {
		return "hours go from 00 to 23 and minutes to 59";
	}
	if (part[SECOND] > 59) {
		return "seconds go to 59; leap seconds are not possible";
	}
	if (part[OFFSET_HOUR] > 23 || part[OFFSET_MINUTE] > 59) {
		return "there is no such offset";
	}
	if (is_minus && part[OFFSET_HOUR] == 0 && part[OFFSET_MINUTE] == 0) {
		return "the offset -00:00 means that it is not known";
	}
	return NULL;
}

bool
urne_def_moment(struct urne_def *r, struct urne_moment *out, const struct urne_json *v)
{
	int32_t part[NUM_PARTS];
	bool has_offset, is_minus;
	const char *why = NULL;

	if (v == NULL) {
		return false;
	}
	if (v->type != URNE_JSON_STRING || !is_form(v->text)) {
		urne_def_fault(r, v, "this is no moment with date, time and offset");
		urne_def_mend(r, "write for instance \"2027-03-01T08:00:00+01:00\"");
		return false;
	}
	has_offset = v->text.len > DATE_LEN + 1;
	is_minus = v->text.p[DATE_LEN] == '-';
	take_apart(part, v->text.p, has_offset);
	why = reason(part, is_minus);
	if (why != NULL) {
		urne_def_fault(r, v, "%s does not exist: %s", urne_def_quote(r, v->text), why);
		urne_def_mend(r,
		    "write a day of the calendar, a time up to 23:59:59, and an offset "
		    "such as +01:00");
		return false;
	}
	out->text = v->text;
	out->offset_minutes = (part[OFFSET_HOUR] * 60 + part[OFFSET_MINUTE]) * (is_minus ? -1 : 1);
	out->seconds = days_since_1970(part[YEAR], part[MONTH], part[DAY]) * URNE_DEF_DAY +
		       part[HOUR] * 3600 + part[MINUTE] * 60 + part[SECOND] -
		       (int64_t)out->offset_minutes * 60;
	return true;
}
