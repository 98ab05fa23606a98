/* SPDX-License-Identifier: EUPL-1.2 */
/* Languages, numbers, shares and moments in words. Whole numbers only; no clock and no time zone of
 * the machine.
 * Spec: docs/outcome.md#documents */
#include "documents/words.h"

#include <inttypes.h>

#include "base/limits.h"
#include "documents/words_fill.h"

#define SECONDS_A_DAY ((int64_t)86400)

/* The calendar repeats after 400 years, which have this many days. */
#define DAYS_OF_400_YEARS ((int64_t)146097)
/* From 1 March of the year 0 to 1 January 1970. */
#define DAYS_BEFORE_1970 ((int64_t)719468)

enum urne_lang
urne_lang_of(struct urne_view code)
{
	return urne_view_is(code, "fr") ? URNE_LANG_FR : URNE_LANG_EN;
}

const char *
urne_lang_code(enum urne_lang lang)
{
	static const char *const codes[] = {[URNE_LANG_FR] = "fr", [URNE_LANG_EN] = "en"};

	return codes[lang];
}

struct urne_reader
urne_reader_for(const struct urne_definition *v, struct urne_view code)
{
	struct urne_view language = code.len == 0 ? v->languages[0] : code;

	return (struct urne_reader){
	    .lang = urne_lang_of(language), .index = urne_definition_language(v, language)};
}

void
urne_words_number(struct urne_buf *out, enum urne_lang lang, uint64_t n)
{
	static const char *const separators[] = {[URNE_LANG_FR] = "\u202f", [URNE_LANG_EN] = ","};
	char digits[20]; /* of 2^64 - 1 */
	size_t len = 0;

	do {
		digits[len++] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	while (len > 0) {
		len--;
		urne_buf_putc(out, digits[len]);
		if (len > 0 && len % 3 == 0) {
			urne_buf_puts(out, separators[lang]);
		}
	}
}

/* part and of are at most 10^12 (URNE_MAX_TOTAL_WEIGHT), so part * 20000 + of is at most
 * 2 * 10^16 + 10^12, far below 2^64 = 1.8 * 10^19. Half up: the whole of x + 1/2, which is the
 * whole of (2 * x * of + of) / (2 * of). */
void
urne_words_share(struct urne_buf *out, enum urne_lang lang, uint64_t part, uint64_t of)
{
	static const char *const tails[] = {[URNE_LANG_FR] = "\u202f%", [URNE_LANG_EN] = "%"};
	uint64_t hundredths = 0;

	if (of == 0 || of > URNE_MAX_TOTAL_WEIGHT || part > URNE_MAX_TOTAL_WEIGHT) {
		urne_buf_puts(out, "—");
		return;
	}
	hundredths = (part * 20000 + of) / (2 * of);
	urne_words_number(out, lang, hundredths / 100);
	urne_buf_printf(out, "%c%02" PRIu64, lang == URNE_LANG_FR ? ',' : '.', hundredths % 100);
	urne_buf_puts(out, tails[lang]);
}

void
urne_words_votes(struct urne_buf *out, enum urne_lang lang, uint64_t n)
{
	static const struct urne_phrase phrase = {{"{0}", "{0}"}};
	const struct urne_word word = urne_word_count(n, &urne_noun_vote);

	urne_words_fill(out, lang, &phrase, &word, 1);
}

struct date {
	int64_t year;
	unsigned month, day; /* from 1 */
	unsigned hour, minute, second;
};

/* floor_div divides towards minus infinity: moments before 1970 are negative. */
static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0 ? 1 : 0);
}

/* The calendar is counted from 1 March of the year 0, so that the leap day is the last of its
 * year. */
static struct date
date_of(int64_t seconds)
{
	int64_t days = floor_div(seconds, SECONDS_A_DAY);
	unsigned rest = (unsigned)(seconds - days * SECONDS_A_DAY);
	int64_t cycle = floor_div(days + DAYS_BEFORE_1970, DAYS_OF_400_YEARS);
	unsigned day = (unsigned)(days + DAYS_BEFORE_1970 - cycle * DAYS_OF_400_YEARS);
	unsigned year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	unsigned day_of_year = day - (365 * year + year / 4 - year / 100);
	unsigned month = (5 * day_of_year + 2) / 153; /* 0 is March */
	bool next_year = month >= 10;		      /* January and February */

	return (struct date){
	    .year = cycle * 400 + (int64_t)year + (next_year ? 1 : 0),
	    .month = next_year ? month - 9 : month + 3,
	    .day = day_of_year - (153 * month + 2) / 5 + 1,
	    .hour = rest / 3600,
	    .minute = rest / 60 % 60,
	    .second = rest % 60,
	};
}

static void
put_date(struct urne_buf *out, enum urne_lang lang, const struct date *t)
{
	static const char *const months[URNE_NUM_LANGS][12] = {
	    [URNE_LANG_FR] = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet",
		"août", "septembre", "octobre", "novembre", "décembre"},
	    [URNE_LANG_EN] = {"January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December"},
	};
	const char *month = months[lang][t->month - 1];

	if (lang == URNE_LANG_FR) {
		urne_buf_printf(out, "%u%s %s %" PRId64 " à %u\u202fh\u202f%02u", t->day,
		    t->day == 1 ? "er" : "", month, t->year, t->hour, t->minute);
		if (t->second != 0) {
			urne_buf_printf(out, "\u202fmin\u202f%02u\u202fs", t->second);
		}
		return;
	}
	urne_buf_printf(
	    out, "%u %s %" PRId64 " at %02u:%02u", t->day, month, t->year, t->hour, t->minute);
	if (t->second != 0) {
		urne_buf_printf(out, ":%02u", t->second);
	}
}

static void
put_moment(struct urne_buf *out, enum urne_lang lang, int64_t seconds, int32_t offset_minutes)
{
	const struct date t = date_of(seconds + (int64_t)offset_minutes * 60);
	unsigned away = (unsigned)(offset_minutes < 0 ? -offset_minutes : offset_minutes);

	put_date(out, lang, &t);
	if (away == 0) {
		urne_buf_puts(out, " (UTC)");
		return;
	}
	urne_buf_printf(
	    out, " (UTC%c%02u:%02u)", offset_minutes < 0 ? '-' : '+', away / 60, away % 60);
}

void
urne_words_moment(struct urne_buf *out, enum urne_lang lang, const struct urne_moment *m)
{
	put_moment(out, lang, m->seconds, m->offset_minutes);
}

void
urne_words_moment_utc(struct urne_buf *out, enum urne_lang lang, const struct urne_moment *m)
{
	put_moment(out, lang, m->seconds, 0);
}
