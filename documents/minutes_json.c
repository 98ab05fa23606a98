/* SPDX-License-Identifier: EUPL-1.2 */
/* The minutes as one canonical JSON document, field by field in the order of a table. It is made of
 * struct urne_minutes alone: no clock, no host, no locale (threat A36), so that anybody who has the
 * archive, the definition and what was declared makes the same bytes.
 * Spec: docs/minutes.md#fields */
#include <inttypes.h>

#include "documents/minutes_parts.h"

#define SECONDS_PER_DAY	  ((int64_t)86400)
#define DAYS_PER_ERA	  ((int64_t)146097) /* 400 years */
#define DAYS_0000_TO_1970 ((int64_t)719468) /* from 1 March of year 0 */

typedef void put_field(struct urne_buf *out, const struct urne_minutes *m);

static void
put_string(struct urne_buf *out, const char *before, struct urne_view v)
{
	urne_buf_puts(out, before);
	urne_buf_put_json_string(out, v);
}

static void
put_number(struct urne_buf *out, const char *before, uint64_t n)
{
	urne_buf_puts(out, before);
	urne_buf_put_u64(out, n);
}

static void
put_hash(struct urne_buf *out, const char *before, const struct urne_hash *h)
{
	urne_buf_puts(out, before);
	urne_buf_putc(out, '"');
	urne_buf_put_hex(out, h->b, URNE_HASH_LEN);
	urne_buf_putc(out, '"');
}

/* put_utc computes the date from the seconds (Howard Hinnant's civil_from_days): years begin in
 * March, so that the leap day is the last of its year. */
static void
put_utc(struct urne_buf *out, int64_t seconds)
{
	int64_t days = seconds / SECONDS_PER_DAY - (seconds % SECONDS_PER_DAY < 0 ? 1 : 0);
	int64_t rest = seconds - days * SECONDS_PER_DAY;
	int64_t z = days + DAYS_0000_TO_1970;
	int64_t era = (z >= 0 ? z : z - DAYS_PER_ERA + 1) / DAYS_PER_ERA;
	int64_t doe = z - era * DAYS_PER_ERA;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int64_t month = mp < 10 ? mp + 3 : mp - 9;

	urne_buf_printf(out,
	    "\"%04" PRId64 "-%02" PRId64 "-%02" PRId64 "T%02" PRId64 ":%02" PRId64 ":%02" PRId64
	    "Z\"",
	    yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1,
	    rest / 3600, rest / 60 % 60, rest % 60);
}

static void
put_moment(struct urne_buf *out, const struct urne_moment *at)
{
	put_string(out, "{\"written\":", at->text);
	urne_buf_puts(out, ",\"utc\":");
	put_utc(out, at->seconds);
	urne_buf_putc(out, '}');
}

static void
put_format(struct urne_buf *out, const struct urne_minutes *m)
{
	(void)m;
	urne_buf_puts(out, "\"urne-minutes-1\"");
}

static void
put_organiser(struct urne_buf *out, const struct urne_minutes *m)
{
	urne_texts_json(out, m->definition, &m->definition->organiser);
}

static void
put_title(struct urne_buf *out, const struct urne_minutes *m)
{
	urne_texts_json(out, m->definition, &m->definition->title);
}

static void
put_object(struct urne_buf *out, const struct urne_minutes *m)
{
	urne_texts_json(out, m->definition, &m->definition->description);
}

static void
put_definition(struct urne_buf *out, const struct urne_minutes *m)
{
	put_hash(out, "{\"sha256\":", &m->definition->sha256);
	put_string(out, ",\"authentic_language\":", m->definition->languages[0]);
	put_number(out, ",\"floor\":", m->definition->floor);
	urne_buf_putc(out, '}');
}

static void
put_election(struct urne_buf *out, const struct urne_minutes *m)
{
	put_string(out, "{\"uuid\":", m->record.uuid);
	put_string(out, ",\"name\":", m->record.name);
	put_string(out, ",\"group\":", m->record.group);
	put_string(out, ",\"fingerprint\":", m->record.fingerprint);
	urne_buf_putc(out, '}');
}

static void
put_opens(struct urne_buf *out, const struct urne_minutes *m)
{
	put_moment(out, &m->definition->opens);
}

static void
put_closes(struct urne_buf *out, const struct urne_minutes *m)
{
	put_moment(out, &m->definition->closes);
}

static void
put_roll(struct urne_buf *out, const struct urne_minutes *m)
{
	put_number(out, "{\"members\":", m->outcome->turnout.members);
	put_number(out, ",\"weight\":", m->outcome->turnout.roll);
	urne_buf_putc(out, '}');
}

static void
put_turnout(struct urne_buf *out, const struct urne_minutes *m)
{
	const struct urne_turnout *t = &m->outcome->turnout;

	put_number(out, "{\"voters\":", t->voters);
	put_number(out, ",\"votes\":", t->votes);
	put_number(out, ",\"voters_of_members\":", urne_minutes_hundredths(t->voters, t->members));
	put_number(out, ",\"votes_of_weight\":", urne_minutes_hundredths(t->votes, t->roll));
	urne_buf_putc(out, '}');
}

static void
put_ballots(struct urne_buf *out, const struct urne_minutes *m)
{
	put_number(out, "{\"received\":", m->record.ballots);
	put_number(out, ",\"revotes\":", urne_minutes_revotes(m));
	urne_buf_putc(out, '}');
}

static void
put_items(struct urne_buf *out, const struct urne_minutes *m)
{
	struct urne_outcome_heading h = urne_minutes_heading(m);

	urne_outcome_items_json(out, &h, m->outcome);
}

/* The rule of the draw, whether this outcome needed it, and whether it is still waited for; the
 * value itself is what was declared. */
static void
put_draw(struct urne_buf *out, const struct urne_minutes *m)
{
	static const char *const kinds[] = {
	    [URNE_DRAW_NONE] = "none",
	    [URNE_DRAW_DRAND] = "drand",
	    [URNE_DRAW_PUBLIC] = "public",
	};
	const struct urne_draw *draw = &m->definition->draw;

	urne_buf_printf(out, "{\"source\":\"%s\"", kinds[draw->kind]);
	if (draw->kind == URNE_DRAW_DRAND) {
		put_string(out, ",\"chain\":", draw->chain);
		put_number(out, ",\"round\":", draw->round);
	} else if (draw->kind == URNE_DRAW_PUBLIC) {
		urne_buf_puts(out, ",\"description\":");
		urne_texts_json(out, m->definition, &draw->source);
	}
	if (draw->kind != URNE_DRAW_NONE) {
		urne_buf_puts(out, ",\"published_utc\":");
		put_utc(out, draw->published.seconds);
	}
	urne_buf_printf(out, ",\"needed\":%s,\"outcome_complete\":%s}",
	    m->outcome->draw_needed ? "true" : "false", m->outcome->complete ? "true" : "false");
}

static void
put_trustees(struct urne_buf *out, const struct urne_minutes *m)
{
	for (size_t i = 0; i < m->record.num_trustees; i++) {
		const struct urne_minutes_trustee *t = &m->record.trustees[i];
		const char *comma = "";

		put_number(out, i == 0 ? "[{\"first\":" : ",{\"first\":", t->first_owner);
		put_number(out, ",\"members\":", t->num_members);
		put_number(out, ",\"threshold\":", t->threshold);
		urne_buf_puts(out, ",\"decrypted\":[");
		for (uint64_t k = 0; k < t->num_members; k++) {
			if (urne_minutes_has_decrypted(m, t->first_owner + k)) {
				put_number(out, comma, t->first_owner + k);
				comma = ",";
			}
		}
		urne_buf_printf(out, "],\"met\":%s}",
		    urne_minutes_num_decrypted(m, t) >= t->threshold ? "true" : "false");
	}
	urne_buf_puts(out, m->record.num_trustees == 0 ? "[]" : "]");
}

static void
put_declared(struct urne_buf *out, const struct urne_minutes *m)
{
	urne_declared_json(out, m->definition, m->declared);
}

static void
put_gaps(struct urne_buf *out, const struct urne_minutes *m)
{
	const char *before = "";

	urne_buf_putc(out, '[');
	for (size_t i = 0; i < URNE_NUM_MINUTES_GAPS; i++) {
		const struct urne_minutes_gap *gap = &urne_minutes_gaps[i];

		if (!urne_minutes_lacks(m, gap)) {
			continue;
		}
		/* our own sentences hold nothing that JSON would escape */
		urne_buf_printf(out, "%s{\"code\":\"%s\",\"fr\":\"", before, gap->code);
		urne_words_fill(out, URNE_LANG_FR, &gap->words, NULL, 0);
		urne_buf_puts(out, "\",\"en\":\"");
		urne_words_fill(out, URNE_LANG_EN, &gap->words, NULL, 0);
		urne_buf_puts(out, "\"}");
		before = ",";
	}
	urne_buf_putc(out, ']');
}

static void
put_software(struct urne_buf *out, const struct urne_minutes *m)
{
	urne_software_json(out, m->definition->software, m->definition->num_software);
}

static void
put_archive(struct urne_buf *out, const struct urne_minutes *m)
{
	put_hash(out, "{\"sha256\":", &m->record.archive_sha256);
	put_number(out, ",\"bytes\":", m->record.archive_bytes);
	put_number(out, ",\"events\":", m->record.num_events);
	put_hash(out, ",\"head\":", &m->record.head);
	urne_buf_putc(out, '}');
}

static void
put_verification(struct urne_buf *out, const struct urne_minutes *m)
{
	const char *comma = "";

	put_string(out, "{\"verdict\":", m->verdict);
	urne_buf_puts(out, ",\"checks\":[");
	for (size_t i = 0; i < m->num_checks; i++) {
		const struct urne_minutes_check *c = &m->checks[i];

		put_string(out, i == 0 ? "{\"id\":" : ",{\"id\":", c->id);
		put_string(out, ",\"verdict\":", c->verdict);
		put_number(out, ",\"items\":", c->items);
		put_string(out, ",\"unit\":", c->unit);
		urne_buf_putc(out, '}');
	}
	urne_buf_puts(out, "],\"not_checked\":[");
	for (size_t i = 0; i < m->num_checks; i++) {
		if (urne_view_is(m->checks[i].verdict, "NOT CHECKED")) {
			put_string(out, comma, m->checks[i].id);
			comma = ",";
		}
	}
	urne_buf_puts(out, "]}");
}

static void
put_officials(struct urne_buf *out, const struct urne_minutes *m)
{
	const struct urne_definition *v = m->definition;

	put_number(out, "{\"required\":", v->officials_required);
	urne_buf_puts(out, ",\"keys\":[");
	for (size_t i = 0; i < v->num_officials; i++) {
		put_string(out, i == 0 ? "{\"name\":" : ",{\"name\":", v->officials[i].name);
		urne_buf_puts(out, ",\"role\":");
		urne_texts_json(out, v, &v->officials[i].role);
		put_string(out, ",\"key\":", v->officials[i].key);
		urne_buf_putc(out, '}');
	}
	urne_buf_puts(out, "]}");
}

void
urne_minutes_json(struct urne_buf *out, const struct urne_minutes *m)
{
	static const struct {
		const char *name;
		put_field *put;
		bool of_journal; /* absent without one */
	} fields[] = {
	    {"format", put_format, false},
	    {"organiser", put_organiser, false},
	    {"title", put_title, false},
	    {"object", put_object, false},
	    {"definition", put_definition, false},
	    {"election", put_election, false},
	    {"opens", put_opens, false},
	    {"closes", put_closes, false},
	    {"roll", put_roll, false},
	    {"turnout", put_turnout, false},
	    {"ballots", put_ballots, false},
	    {"items", put_items, false},
	    {"draw", put_draw, false},
	    {"trustees", put_trustees, false},
	    {"journal", urne_minutes_put_journal, true},
	    {"declared", put_declared, false},
	    {"not_in_record", put_gaps, false},
	    {"software_announced", put_software, false},
	    {"archive", put_archive, false},
	    {"verification", put_verification, false},
	    {"officials", put_officials, false},
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (fields[i].of_journal && m->journal.size == 0) {
			continue;
		}
		urne_buf_printf(out, "%s\"%s\":", i == 0 ? "{" : ",", fields[i].name);
		fields[i].put(out, m);
	}
	urne_buf_puts(out, "}\n");
}
