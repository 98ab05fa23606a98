/* SPDX-License-Identifier: EUPL-1.2 */
/* The JSON of the journal's payloads. Spec: docs/journal.md#entries */
#include "bulletin/log/journal_entry.h"

#include <string.h>

#include "base/codec.h"
#include "base/limits.h"
#include "base/safe_text.h"
#include "base/utc.h"
#include "bulletin/log/merkle.h"
#include "election/election.h"

#define FORMAT	 "urne-journal/1"
#define MAX_UUID ((size_t)64)
#define MAX_NAME ((size_t)200)
/* A verifier key: name, hash, Base64 of 33 bytes. */
#define MAX_KEY	 (URNE_NOTE_MAX_NAME + 64)
#define MAX_KIND ((size_t)16)

_Static_assert(sizeof(((struct urne_genesis *)NULL)->officials) / sizeof(struct urne_note_key) ==
		   URNE_MAX_OFFICIALS,
    "room for as many officials as a note has lines");

/* put_plain writes what was made in a buffer of its own, or its error. */
static void
put_plain(struct urne_codec *c, const struct urne_buf *text, const char *what)
{
	struct urne_view v = urne_buf_view(text);

	if (urne_buf_error(text) != URNE_OK) {
		urne_codec_fail(c, urne_buf_error(text), "%s cannot be written", what);
	} else {
		urne_codec_string(c, &v);
	}
}

static void
time_codec(struct urne_codec *c, int64_t *t)
{
	struct urne_view v = {"", 0};
	struct urne_buf text;

	if (!c->reading) {
		urne_buf_init(&text, URNE_UTC_LEN);
		urne_utc_write(&text, *t);
		put_plain(c, &text, "a moment");
		urne_buf_clear(&text);
		return;
	}
	urne_codec_plain(c, &v, URNE_UTC_LEN);
	if (urne_codec_ok(c) && urne_utc_read(t, v) != URNE_OK) {
		urne_codec_fail(
		    c, URNE_ERR_SYNTAX, "no moment in UTC, such as 2026-11-26T18:00:00Z");
	}
}

static void
key_codec(struct urne_codec *c, struct urne_note_key *key)
{
	struct urne_view v = {"", 0};
	struct urne_diag why = {{0}};
	struct urne_buf text;
	enum urne_err e;

	if (!c->reading) {
		urne_buf_init(&text, MAX_KEY);
		urne_note_key_write(&text, key);
		put_plain(c, &text, "a key");
		urne_buf_clear(&text);
		return;
	}
	urne_codec_string(c, &v);
	if (urne_codec_ok(c) && (e = urne_note_key_read(key, &why, v)) != URNE_OK) {
		urne_codec_fail(c, e, "%s", why.text);
	}
	if (urne_codec_ok(c) && !urne_is_safe_text(key->name)) {
		urne_codec_fail(c, URNE_ERR_SYNTAX,
		    "the name of a key has a character that nobody sees; write one such as "
		    "example.org/claire");
	}
}

static void
election_codec(struct urne_codec *c, struct urne_view *uuid)
{
	urne_codec_plain(c, uuid, MAX_UUID);
	if (urne_codec_ok(c) && !urne_uuid_check(*uuid)) {
		urne_codec_fail(c, URNE_ERR_SYNTAX, "no UUID of an election");
	}
}

/* end_writing hands on what could not be written: a buffer with half an entry says so. */
static void
end_writing(struct urne_codec *c, struct urne_buf *out)
{
	enum urne_err e = urne_codec_end(c, NULL);

	if (out->err == URNE_OK) {
		out->err = e;
	}
}

/* --- genesis --- */

/* Two names with one key would be one person who counts twice; and who makes the roll is none of
 * those who decide on it. */
static void
check_keys(struct urne_codec *c, const struct urne_genesis *g)
{
	size_t num = g->num_officials + (g->has_registrar ? 1 : 0);

	for (size_t i = 0; i < num; i++) {
		const struct urne_note_key *a =
		    i < g->num_officials ? &g->officials[i] : &g->registrar;

		for (size_t j = 0; j < i; j++) {
			const struct urne_note_key *b = &g->officials[j];

			if (memcmp(a->key, b->key, sizeof(a->key)) == 0 ||
			    urne_view_eq(a->name, b->name)) {
				urne_codec_fail(c, URNE_ERR_DUPLICATE,
				    "%.*s and %.*s have the same name or key", (int)b->name.len,
				    b->name.p, (int)a->name.len, a->name.p);
			}
		}
	}
	if (g->agree < 1 || g->agree > g->num_officials) {
		urne_codec_fail(c, URNE_ERR_RANGE, "%zu officials have to agree, and there are %zu",
		    g->agree, g->num_officials);
	}
}

/* The journal's origin, which has the service in front, is a name too. */
static void
check_service(struct urne_codec *c, struct urne_view service)
{
	struct urne_diag why = {{0}};
	enum urne_err e = urne_note_name_check(&why, service);

	if (e != URNE_OK) {
		urne_codec_fail(c, e, "the service: %s", why.text);
	} else if (service.len + sizeof("/" URNE_JOURNAL_NAME) - 1 > URNE_NOTE_MAX_NAME) {
		urne_codec_fail(c, URNE_ERR_RANGE, "the name of the service is too long");
	}
}

static void
genesis_codec(struct urne_codec *c, struct urne_genesis *g)
{
	static const char literal[] = "\"" FORMAT "\"";
	size_t n;

	urne_codec_object(c);
	urne_codec_field(c, "at");
	time_codec(c, &g->at);
	urne_codec_field(c, "format");
	urne_codec_literal(c, literal);
	urne_codec_field(c, "name");
	urne_codec_string(c, &g->name);
	if (g->name.len == 0 || g->name.len > MAX_NAME) {
		urne_codec_fail(c, URNE_ERR_RANGE, "a name has 1 to %zu bytes", MAX_NAME);
	}
	urne_codec_field(c, "service");
	urne_codec_string(c, &g->service);
	urne_codec_field(c, "agree");
	urne_codec_size(c, &g->agree, URNE_MAX_OFFICIALS);
	urne_codec_field(c, "officials");
	urne_codec_array(c);
	for (n = 0; urne_codec_more(c, n, g->num_officials, URNE_MAX_OFFICIALS); n++) {
		key_codec(c, &g->officials[n]);
	}
	g->num_officials = n;
	urne_codec_array_end(c);
	g->has_registrar = urne_codec_optional(c, "registrar", g->has_registrar);
	if (g->has_registrar) {
		key_codec(c, &g->registrar);
	}
	urne_codec_object_end(c);
}

enum urne_err
urne_genesis_read(
    struct urne_genesis *out, struct urne_arena *arena, struct urne_diag *d, struct urne_view text)
{
	struct urne_codec c;
	enum urne_err e;

	*out = (struct urne_genesis){.at = 0};
	urne_codec_read(&c, text, arena);
	genesis_codec(&c, out);
	if (urne_codec_ok(&c)) {
		check_service(&c, out->service);
		check_keys(&c, out);
	}
	e = urne_codec_end(&c, d);
	if (e != URNE_OK) {
		urne_diag_within(d, "the genesis: ");
		*out = (struct urne_genesis){.at = 0};
	}
	return e;
}

void
urne_genesis_write(struct urne_buf *out, const struct urne_genesis *g)
{
	struct urne_genesis copy = *g;
	struct urne_codec c;

	urne_codec_write(&c, out);
	genesis_codec(&c, &copy);
	end_writing(&c, out);
}

/* --- an executed order --- */

static void
order_codec(struct urne_codec *c, struct urne_journal_order *o)
{
	urne_codec_object(c);
	urne_codec_field(c, "at");
	time_codec(c, &o->at);
	urne_codec_field(c, "order");
	urne_codec_string(c, &o->note);
	urne_codec_object_end(c);
}

enum urne_err
urne_journal_order_read(struct urne_journal_order *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text)
{
	struct urne_codec c;
	enum urne_err e;

	*out = (struct urne_journal_order){.at = 0};
	urne_codec_read(&c, text, arena);
	order_codec(&c, out);
	e = urne_codec_end(&c, d);
	if (e != URNE_OK) {
		urne_diag_within(d, "the entry of an order: ");
		*out = (struct urne_journal_order){.at = 0};
	}
	return e;
}

void
urne_journal_order_write(struct urne_buf *out, const struct urne_journal_order *o)
{
	struct urne_journal_order copy = *o;
	struct urne_codec c;

	urne_codec_write(&c, out);
	order_codec(&c, &copy);
	end_writing(&c, out);
}

/* --- records --- */

/* The fields of each kind, beside "at" and "record"; in this order. */
static const struct kind {
	const char *name;
	bool election, trustee, size, object; /* object: its hash names a data record */
	const char *hash;		      /* the name of its hash */
} kinds[URNE_NUM_JOURNAL_KINDS] = {
    [URNE_JOURNAL_SOFTWARE] = {"software", false, false, false, false, "hash"},
    [URNE_JOURNAL_REHEARSED] = {"rehearsed", true, true, false, true, "object"},
    [URNE_JOURNAL_OPENED] = {"opened", true, false, true, false, "root"},
    [URNE_JOURNAL_CLOSED] = {"closed", true, false, true, false, "root"},
    [URNE_JOURNAL_TALLIED] = {"tallied", true, false, true, false, "root"},
    [URNE_JOURNAL_PAGES] = {"pages", false, false, false, true, "manifest"},
};

const char *
urne_journal_kind_name(enum urne_record_kind_of_journal k)
{
	return kinds[k].name;
}

bool
urne_journal_kind_has_object(enum urne_record_kind_of_journal k)
{
	return kinds[k].object;
}

static void
kind_codec(struct urne_codec *c, enum urne_record_kind_of_journal *k)
{
	struct urne_view name = urne_view_of(kinds[*k].name);

	urne_codec_plain(c, &name, MAX_KIND);
	for (size_t i = 0; i < URNE_NUM_JOURNAL_KINDS; i++) {
		if (urne_view_is(name, kinds[i].name)) {
			*k = (enum urne_record_kind_of_journal)i;
			return;
		}
	}
	urne_codec_fail(c, URNE_ERR_SYNTAX, "no known kind of record");
}

static void
record_codec(struct urne_codec *c, struct urne_journal_record *r)
{
	const struct kind *kind;

	urne_codec_object(c);
	urne_codec_field(c, "at");
	time_codec(c, &r->at);
	urne_codec_field(c, "record");
	kind_codec(c, &r->kind);
	kind = &kinds[r->kind];
	if (kind->election) {
		urne_codec_field(c, "election");
		election_codec(c, &r->election);
	}
	if (kind->trustee) {
		urne_codec_field(c, "trustee");
		urne_codec_u64(c, &r->trustee, URNE_MAX_TRUSTEES);
	}
	if (kind->size) {
		urne_codec_field(c, "size");
		urne_codec_u64(c, &r->size, URNE_MERKLE_MAX_SIZE);
	}
	urne_codec_field(c, kind->hash);
	urne_codec_hash_hex(c, &r->hash);
	urne_codec_object_end(c);
}

enum urne_err
urne_journal_record_read(
    struct urne_journal_record *out, struct urne_diag *d, struct urne_view text)
{
	struct urne_codec c;
	enum urne_err e;

	*out = (struct urne_journal_record){.kind = URNE_JOURNAL_SOFTWARE};
	urne_codec_read(&c, text, NULL);
	record_codec(&c, out);
	e = urne_codec_end(&c, d);
	if (e != URNE_OK) {
		urne_diag_within(d, "the record: ");
		*out = (struct urne_journal_record){.kind = URNE_JOURNAL_SOFTWARE};
	}
	return e;
}

void
urne_journal_record_write(struct urne_buf *out, const struct urne_journal_record *r)
{
	struct urne_journal_record copy = *r;
	struct urne_codec c;

	urne_codec_write(&c, out);
	record_codec(&c, &copy);
	end_writing(&c, out);
}
