/* SPDX-License-Identifier: EUPL-1.2 */
/* People, orders and entries of a journal, made with fixed keys. */
#include "tests/unit/support/journal_case.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "crypto/sha256.h"

#define TIMESTAMP ((uint64_t)JOURNAL_BEGIN)
#define MAX_TEXT  ((size_t)1 << 20)

static const char *const names[JOURNAL_NUM_PEOPLE] = {
    "example.org/anna",
    "example.org/bruno",
    "example.org/carla",
    "example.org/registrar",
    "example.org/dora",
    "example.org/enzo",
    "example.org/anna",
};

void
journal_case_init(struct journal_case *c, size_t agree, bool with_registrar)
{
	struct urne_genesis g = {.at = JOURNAL_BEGIN, .agree = agree, .num_officials = 3};
	struct urne_buf payload;

	*c = (struct journal_case){.now = JOURNAL_BEGIN, .kind = "vote", .hours = true};
	c->chain.is_journal = true;
	for (size_t i = 0; i < JOURNAL_NUM_PEOPLE; i++) {
		uint8_t seed[32] = {(uint8_t)(i + 1)};
		struct urne_rng rng;

		urne_rng_init_fixed(&rng, seed);
		assert_ok(urne_signer_new(&c->signer[i], &c->d, urne_view_of(names[i]), &rng));
	}
	for (size_t i = 0; i < g.num_officials; i++) {
		g.officials[i] = c->signer[i].key;
	}
	g.name = VIEW("Communauté d'Exemple");
	g.service = VIEW(JOURNAL_SERVICE);
	g.has_registrar = with_registrar;
	g.registrar = c->signer[JOURNAL_REGISTRAR].key;
	urne_buf_init(&c->archive, MAX_TEXT);
	urne_record_put_header(&c->archive, TIMESTAMP);
	assert_ok(urne_journal_new(&c->journal, &c->d));
	urne_buf_init(&payload, MAX_TEXT);
	urne_genesis_write(&payload, &g);
	assert_ok(journal_case_step(c, URNE_EVENT_GENESIS, urne_buf_view(&payload), VIEW("")));
	urne_buf_clear(&payload);
}

void
journal_case_clear(struct journal_case *c)
{
	for (size_t i = 0; i < JOURNAL_NUM_PEOPLE; i++) {
		urne_signer_clear(&c->signer[i]);
	}
	urne_journal_free(c->journal);
	urne_buf_clear(&c->archive);
}

void
journal_case_text(const struct journal_case *c, struct urne_buf *out, const char *action,
    const char *election, const char *arguments)
{
	char at[URNE_UTC_LEN + 1];

	urne_utc_text(at, c->issued != 0 ? c->issued : c->now);
	urne_buf_printf(out, "urne-order/1\n" JOURNAL_ORIGIN "\n%s\n%s\n%s\n%s", action, election,
	    at, arguments);
}

void
journal_case_note(const struct journal_case *c, struct urne_buf *out, struct urne_view text,
    const enum journal_who *who)
{
	urne_buf_put_view(out, text);
	urne_buf_putc(out, '\n');
	for (size_t i = 0; who[i] != JOURNAL_NOBODY; i++) {
		assert_ok(urne_signer_sign(out, &c->signer[who[i]], text));
	}
}

enum urne_err
journal_case_step(struct journal_case *c, enum urne_event_type type, struct urne_view payload,
    struct urne_view object)
{
	struct urne_view data[2] = {object, payload};
	size_t first = object.len > 0 ? 0 : 1;
	enum urne_err e = urne_journal_step(c->journal, &c->d, type, payload);

	if (e == URNE_OK) {
		assert_ok(urne_event_append(
		    &c->archive, &c->chain, &c->d, type, &data[first], 2 - first, TIMESTAMP));
	}
	return e;
}

enum urne_err
journal_case_signed(struct journal_case *c, const char *action, const char *election,
    const char *arguments, const enum journal_who *who)
{
	struct urne_buf text, note, payload;
	enum urne_err e;

	urne_buf_init(&text, MAX_TEXT);
	urne_buf_init(&note, MAX_TEXT);
	urne_buf_init(&payload, MAX_TEXT);
	journal_case_text(c, &text, action, election, arguments);
	journal_case_note(c, &note, urne_buf_view(&text), who);
	urne_journal_order_write(
	    &payload, &(struct urne_journal_order){c->now, urne_buf_view(&note)});
	assert_ok(urne_buf_error(&payload));
	e = journal_case_step(c, URNE_EVENT_ORDER, urne_buf_view(&payload), VIEW(""));
	urne_buf_clear(&text);
	urne_buf_clear(&note);
	urne_buf_clear(&payload);
	return e;
}

enum urne_err
journal_case_order(
    struct journal_case *c, const char *action, const char *election, const char *arguments)
{
	static const enum journal_who officials[] = {JOURNAL_ANNA, JOURNAL_BRUNO, JOURNAL_NOBODY};
	static const enum journal_who registrar[] = {JOURNAL_REGISTRAR, JOURNAL_NOBODY};

	return journal_case_signed(
	    c, action, election, arguments, strcmp(action, "roll") == 0 ? registrar : officials);
}

enum urne_err
journal_case_record(struct journal_case *c, enum urne_record_kind_of_journal kind,
    const char *election, uint64_t trustee, uint64_t size)
{
	struct urne_journal_record r = {.at = c->now, .kind = kind, .trustee = trustee};
	bool named = urne_journal_kind_has_object(kind);
	struct urne_buf payload;
	char object[64];
	enum urne_err e;

	(void)snprintf(object, sizeof(object), "{\"trustee\":%" PRIu64 "}", trustee);
	r.election = urne_view_of(election);
	r.size = size;
	assert_ok(urne_hex_decode(r.hash.b, sizeof(r.hash.b),
	    urne_view_of(kind == URNE_JOURNAL_SOFTWARE ? JOURNAL_SOFTWARE : JOURNAL_HASH)));
	if (named) {
		urne_sha256_of(&r.hash, urne_view_of(object));
	}
	urne_buf_init(&payload, MAX_TEXT);
	urne_journal_record_write(&payload, &r);
	assert_ok(urne_buf_error(&payload));
	e = journal_case_step(
	    c, URNE_EVENT_RECORD, urne_buf_view(&payload), named ? urne_view_of(object) : VIEW(""));
	urne_buf_clear(&payload);
	return e;
}

/* --- what fits --- */

static void
put_hours(const struct journal_case *c, struct urne_buf *out)
{
	char opens[URNE_UTC_LEN + 1] = "-", closes[URNE_UTC_LEN + 1] = "-";

	if (c->hours) {
		urne_utc_text(opens, JOURNAL_BEGIN + JOURNAL_OPENS);
		urne_utc_text(closes, JOURNAL_BEGIN + JOURNAL_CLOSES);
	}
	urne_buf_printf(out, "opens %s\ncloses %s\nkind %s\n", opens, closes, c->kind);
}

void
journal_case_arguments(const struct journal_case *c, struct urne_buf *out, enum urne_action action)
{
	static const char *const fixed[URNE_NUM_ACTIONS] = {
	    [URNE_ACTION_PREPARE] =
		"definition " JOURNAL_DEFINITION "\ngroup BELENIOS-2048\nthreshold 2\n",
	    [URNE_ACTION_ROLL] = "credentials " JOURNAL_HASH "\ncount 5\nweight 7\n",
	    [URNE_ACTION_SEAL] =
		"setup " JOURNAL_SETUP "\ndefinition " JOURNAL_DEFINITION "\ntrustees 2\n",
	    [URNE_ACTION_CHECKLIST] =
		"urn " JOURNAL_HASH "\nsoftware " JOURNAL_SOFTWARE "\nrehearsed ",
	    [URNE_ACTION_OPEN] = "",
	    [URNE_ACTION_EXTEND] = "closes ",
	    [URNE_ACTION_CLOSE] = "",
	    [URNE_ACTION_RELEASE] = "result " JOURNAL_HASH "\n",
	    [URNE_ACTION_INCIDENT] = "text Panne du réseau.\n",
	    [URNE_ACTION_INTERVENTION] = "text Redémarrage du serveur.\n",
	    [URNE_ACTION_CERTIFY] = "minutes " JOURNAL_HASH "\n",
	    [URNE_ACTION_REVOKE] = "official example.org/carla\nreason Départ.\n",
	    [URNE_ACTION_ENROL] = "official ",
	};
	const struct urne_journal_election *e =
	    urne_journal_find(c->journal, VIEW(JOURNAL_ELECTION));
	char later[URNE_UTC_LEN + 1];

	urne_buf_puts(out, fixed[action]);
	if (action == URNE_ACTION_PREPARE) {
		for (size_t i = JOURNAL_DORA; i <= JOURNAL_ENZO; i++) {
			urne_buf_puts(out, "trustee ");
			urne_note_key_write(out, &c->signer[i].key);
			urne_buf_putc(out, '\n');
		}
	} else if (action == URNE_ACTION_SEAL) {
		put_hours(c, out);
	} else if (action == URNE_ACTION_CHECKLIST) {
		urne_buf_printf(out, "%zu\n", e == NULL ? 0 : e->num_rehearsed);
	} else if (action == URNE_ACTION_EXTEND) {
		urne_utc_text(later, JOURNAL_BEGIN + JOURNAL_CLOSES + 3600);
		urne_buf_printf(out, "%s\nreason Panne.\n", later);
	} else if (action == URNE_ACTION_ENROL) {
		urne_note_key_write(out, &c->signer[JOURNAL_DORA].key);
		urne_buf_puts(out, "\nreason Arrivée.\n");
	}
}

static void
obey(struct journal_case *c, const char *election, enum urne_action action)
{
	struct urne_buf arguments;
	enum urne_err e;

	urne_buf_init(&arguments, MAX_TEXT);
	journal_case_arguments(c, &arguments, action);
	urne_buf_putc(&arguments, '\0');
	e = journal_case_order(c, urne_action_form(action)->name, election, arguments.data);
	if (e != URNE_OK) {
		fail_msg("%s: %s", urne_action_form(action)->name, c->d.text);
	}
	urne_buf_clear(&arguments);
}

/* From sealed to called: the software is known, both trustees rehearse, a checklist. */
static void
call(struct journal_case *c, const char *election)
{
	assert_ok(journal_case_record(c, URNE_JOURNAL_SOFTWARE, "", 0, 0));
	assert_ok(journal_case_record(c, URNE_JOURNAL_REHEARSED, election, 1, 0));
	assert_ok(journal_case_record(c, URNE_JOURNAL_REHEARSED, election, 2, 0));
	obey(c, election, URNE_ACTION_CHECKLIST);
	obey(c, election, URNE_ACTION_OPEN);
}

static void
seal(struct journal_case *c, const char *election)
{
	if (urne_journal_genesis(c->journal)->has_registrar) {
		obey(c, election, URNE_ACTION_ROLL);
	}
	obey(c, election, URNE_ACTION_SEAL);
}

void
journal_case_reach(struct journal_case *c, const char *election, enum urne_journal_stage stage)
{
	if (stage >= URNE_JOURNAL_PREPARED) {
		obey(c, election, URNE_ACTION_PREPARE);
	}
	if (stage >= URNE_JOURNAL_SEALED) {
		seal(c, election);
	}
	if (stage >= URNE_JOURNAL_CALLED) {
		call(c, election);
	}
	if (stage >= URNE_JOURNAL_OPEN) {
		c->now = JOURNAL_BEGIN + JOURNAL_OPENS;
		assert_ok(journal_case_record(c, URNE_JOURNAL_OPENED, election, 0, 1));
	}
	if (stage >= URNE_JOURNAL_ENDED) {
		c->now = JOURNAL_BEGIN + JOURNAL_CLOSES;
		assert_ok(journal_case_record(c, URNE_JOURNAL_CLOSED, election, 0, 5));
	}
	if (stage >= URNE_JOURNAL_COUNTED) {
		assert_ok(journal_case_record(c, URNE_JOURNAL_TALLIED, election, 0, 6));
	}
	if (stage >= URNE_JOURNAL_RELEASED) {
		obey(c, election, URNE_ACTION_RELEASE);
	}
	if (stage >= URNE_JOURNAL_CERTIFIED) {
		obey(c, election, URNE_ACTION_CERTIFY);
	}
}

/* --- the state as text --- */

static void
put_hash(struct urne_buf *out, const char *name, bool there, const struct urne_hash *h)
{
	urne_buf_printf(out, " %s %d ", name, there);
	urne_buf_put_hex(out, h->b, sizeof(h->b));
}

static void
put_tree(struct urne_buf *out, const char *name, const struct urne_journal_tree *t)
{
	put_hash(out, name, t->there, &t->root);
	urne_buf_printf(out, " %" PRId64 " %" PRIu64, t->at, t->size);
}

static void
put_election(struct urne_buf *out, const struct urne_journal_election *e)
{
	urne_buf_put_view(out, e->uuid);
	urne_buf_printf(out, " %s group ", urne_journal_stage_name(e->stage));
	urne_buf_put_view(out, e->group);
	urne_buf_printf(out, " %" PRIu64 "/%zu", e->threshold, e->num_prepared);
	for (size_t i = 0; i < e->num_prepared; i++) {
		urne_buf_putc(out, ' ');
		urne_note_key_write(out, &e->trustees[i]);
	}
	put_hash(out, "prepared", e->has_prepared_definition, &e->prepared_definition);
	put_hash(out, "roll", e->has_roll, &e->credentials);
	urne_buf_printf(out, " %" PRIu64 " %" PRIu64, e->num_credentials, e->weight);
	put_hash(out, "setup", true, &e->setup);
	put_hash(out, "definition", e->has_definition, &e->definition);
	urne_buf_printf(out, " hours %d %" PRId64 " %" PRId64 " %" PRId64 " test %d", e->has_hours,
	    e->opens, e->closes, e->sealed_closes, e->test);
	for (size_t i = 0; i < e->num_trustees; i++) {
		put_hash(out, "rehearsed", e->rehearsed[i], &e->rehearsals[i]);
	}
	urne_buf_printf(out, " of %" PRIu64 " %zu", e->num_trustees, e->num_rehearsed);
	put_hash(out, "urn", e->has_checklist, &e->urn);
	put_tree(out, "opened", &e->opened);
	put_tree(out, "closed", &e->closed);
	put_tree(out, "tallied", &e->tallied);
	urne_buf_printf(out, " close %d", e->close_ordered);
	put_hash(out, "result", true, &e->result);
	put_hash(out, "minutes", true, &e->minutes);
	urne_buf_putc(out, '\n');
}

static void
put_state(struct urne_buf *out, const struct urne_journal *j)
{
	const struct urne_genesis *g = urne_journal_genesis(j);
	const struct urne_official_key *keys;
	struct urne_hash software, pages;
	bool there = urne_journal_software(j, &software);
	bool shown = urne_journal_pages(j, &pages);
	size_t num;

	urne_buf_printf(out, "%" PRIu64 " entries, last at %" PRId64, urne_journal_size(j),
	    urne_journal_last_at(j));
	put_hash(out, "software", there, &software);
	put_hash(out, "pages", shown, &pages);
	urne_buf_putc(out, '\n');
	if (g != NULL) {
		urne_genesis_write(out, g);
	}
	keys = urne_journal_officials(j, &num);
	for (size_t i = 0; i < num; i++) {
		urne_buf_printf(out, "\nofficial, revoked %d: ", keys[i].revoked);
		urne_note_key_write(out, &keys[i].key);
	}
	urne_buf_putc(out, '\n');
	for (const struct urne_journal_election *e = urne_journal_first(j); e != NULL;
	     e = e->next) {
		put_election(out, e);
	}
	assert_ok(urne_buf_error(out));
}

struct urne_buf
journal_case_says(const struct urne_journal *j)
{
	struct urne_buf b;

	urne_buf_init(&b, MAX_TEXT);
	put_state(&b, j);
	return b;
}

void
journal_case_unchanged(const struct journal_case *c, struct urne_buf *before)
{
	struct urne_buf after = journal_case_says(c->journal);

	assert_true(urne_view_eq(urne_buf_view(&after), urne_buf_view(before)));
	urne_buf_clear(&after);
	urne_buf_clear(before);
}
