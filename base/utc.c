/* SPDX-License-Identifier: EUPL-1.2 */
/* The system's calendar does the days; the form is held here. */
#include "base/utc.h"

#include <time.h>

/* What a moment looks like: 0 is a digit. */
static const char form[] = "0000-00-00T00:00:00Z";
static const char format[] = "%Y-%m-%dT%H:%M:%SZ";

void
urne_utc_text(char out[URNE_UTC_LEN + 1], int64_t seconds)
{
	time_t t = (time_t)seconds;
	struct tm tm;

	/* the year 10000 has no room in this form */
	if (seconds < 0 || gmtime_r(&t, &tm) == NULL ||
	    strftime(out, URNE_UTC_LEN + 1, format, &tm) != URNE_UTC_LEN) {
		out[0] = '\0';
	}
}

void
urne_utc_write(struct urne_buf *out, int64_t seconds)
{
	char text[URNE_UTC_LEN + 1];

	urne_utc_text(text, seconds);
	if (text[0] == '\0') {
		out->err = out->err == URNE_OK ? URNE_ERR_RANGE : out->err;
		return;
	}
	urne_buf_puts(out, text);
}

static int
number(struct urne_view text, size_t at, size_t digits)
{
	int n = 0;

	for (size_t i = at; i < at + digits; i++) {
		n = 10 * n + (text.p[i] - '0');
	}
	return n;
}

enum urne_err
urne_utc_read(int64_t *out, struct urne_view text)
{
	struct tm tm = {.tm_isdst = 0};
	char again[URNE_UTC_LEN + 1];

	*out = 0;
	if (text.len != URNE_UTC_LEN) {
		return URNE_ERR_SYNTAX;
	}
	for (size_t i = 0; i < text.len; i++) {
		char c = text.p[i];

		if (form[i] == '0' ? c < '0' || c > '9' : c != form[i]) {
			return URNE_ERR_SYNTAX;
		}
	}
	tm.tm_year = number(text, 0, 4) - 1900;
	tm.tm_mon = number(text, 5, 2) - 1;
	tm.tm_mday = number(text, 8, 2);
	tm.tm_hour = number(text, 11, 2);
	tm.tm_min = number(text, 14, 2);
	tm.tm_sec = number(text, 17, 2);
	*out = (int64_t)timegm(&tm);
	/* timegm makes 2 March of 30 February, and a negative number of years before 1970 */
	urne_utc_text(again, *out);
	if (!urne_view_is(text, again)) {
		*out = 0;
		return URNE_ERR_RANGE;
	}
	return URNE_OK;
}
