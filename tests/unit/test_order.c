/* SPDX-License-Identifier: EUPL-1.2 */
/* Orders to the journal as text: the table of docs/journal.md#orders row by row, one form for each,
 * and each fault with its place; whose lines count. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "bulletin/log/order.h"
#include "crypto/secret/signer.h"
#include "crypto/sha256.h"

#define NUM(a)	 (sizeof(a) / sizeof((a)[0]))
#define HEX	 "a48bdb40d921d7d90d9e9b633bd46b014d318a400d2099eb53131cabe04fb353"
#define KEY	 "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
#define HEAD	 "urne-order/1\nvote.example.org/bb/journal\n"
#define ELECTION "8GpLcyFqQvDrUn"
#define WRITTEN	 "2026-11-26T18:00:00Z"
#define ABOUT	 "\n" ELECTION "\n" WRITTEN "\n"
#define NONE	 "\n-\n" WRITTEN "\n"

/* One order of each action, with every argument. */
static const char *const texts[URNE_NUM_ACTIONS] = {
    [URNE_ACTION_PREPARE] = HEAD "prepare" ABOUT "definition " HEX
				 "\ngroup BELENIOS-2048\nthreshold 1\ntrustee " KEY "\n",
    [URNE_ACTION_ROLL] = HEAD "roll" ABOUT "credentials " HEX "\ncount 5\nweight 7\n",
    [URNE_ACTION_SEAL] = HEAD "seal" ABOUT "setup " HEX "\ndefinition -\ntrustees 3\nopens -\n"
			      "closes 2026-11-27T18:00:00Z\nkind vote\n",
    [URNE_ACTION_CHECKLIST] = HEAD "checklist" ABOUT "urn " HEX "\nsoftware " HEX "\nrehearsed 0\n",
    [URNE_ACTION_OPEN] = HEAD "open" ABOUT,
    [URNE_ACTION_EXTEND] = HEAD "extend" ABOUT "closes 2026-11-27T20:00:00Z\nreason Panne du "
				"réseau dans trois communes.\n",
    [URNE_ACTION_CLOSE] = HEAD "close" ABOUT,
    [URNE_ACTION_RELEASE] = HEAD "release" ABOUT "result " HEX "\n",
    [URNE_ACTION_INCIDENT] = HEAD "incident" ABOUT "text Une panne.\n",
    [URNE_ACTION_INTERVENTION] = HEAD "intervention" NONE "text x\n",
    [URNE_ACTION_CERTIFY] = HEAD "certify" ABOUT "minutes " HEX "\n",
    [URNE_ACTION_REVOKE] = HEAD "revoke" NONE "official example.org/carla\nreason Départ.\n",
    [URNE_ACTION_ENROL] = HEAD "enrol" NONE "official " KEY "\nreason Arrivée.\n",
};

static void
every_action_is_read_and_written_as_the_same_bytes(void **state)
{
	for (size_t i = 0; i < URNE_NUM_ACTIONS; i++) {
		struct urne_diag d = {{0}};
		struct urne_order o;
		struct urne_buf out;
		enum urne_err e = urne_order_read(&o, &d, urne_view_of(texts[i]));

		if (e != URNE_OK) {
			fail_msg("action %zu: %s", i, d.text);
		}
		assert_int_equal(o.action, i);
		assert_int_equal(o.issued, 1795716000);
		urne_buf_init(&out, 1 << 12);
		urne_order_write(&out, &o);
		assert_true(urne_view_is(urne_buf_view(&out), texts[i]));
		urne_buf_clear(&out);
	}
}

/* read_twice reads an order in which the line before `rest` stands twice. */
static enum urne_err
read_twice(struct urne_view text, struct urne_view line, struct urne_view rest)
{
	struct urne_order o;
	struct urne_buf out;
	enum urne_err e;

	urne_buf_init(&out, 1 << 12);
	urne_buf_put(&out, text.p, text.len - rest.len);
	urne_buf_put_view(&out, line);
	urne_buf_putc(&out, '\n');
	urne_buf_put_view(&out, rest);
	e = urne_order_read(&o, NULL, urne_buf_view(&out));
	urne_buf_clear(&out);
	return e;
}

static void
no_line_can_go_or_come_or_change_its_place(void **state)
{
	for (size_t i = 0; i < URNE_NUM_ACTIONS; i++) {
		struct urne_view text = urne_view_of(texts[i]), rest = text, line;

		/* cut behind every byte but the last */
		for (size_t len = 0; len < text.len; len++) {
			struct urne_order o;

			assert_err(urne_order_read(&o, NULL, (struct urne_view){text.p, len}),
			    URNE_ERR_SYNTAX);
			assert_int_equal(o.origin.len, 0);
		}
		while (urne_view_cut(&line, &rest, '\n')) {
			bool again = urne_view_starts(line, "trustee ");

			assert_err(read_twice(text, line, rest), again ? URNE_OK : URNE_ERR_SYNTAX);
		}
	}
}

static void
every_fault_of_an_order_is_named(void **state)
{
	static const struct refusal cases[] = {
	    {"", URNE_ERR_SYNTAX, "begins with the line urne-order/1"},
	    {"urne-order/2\nx\nopen" ABOUT, URNE_ERR_SYNTAX, "begins with the line urne-order/1"},
	    {"urne-order/1\n\nopen" ABOUT, URNE_ERR_SYNTAX, "line 2 of the order, the journal"},
	    {"urne-order/1\na journal\nopen" ABOUT, URNE_ERR_SYNTAX, "line 2 of the order"},
	    {HEAD "Open" ABOUT, URNE_ERR_SYNTAX, "line 3 of the order is no action"},
	    {HEAD "Result" ABOUT, URNE_ERR_SYNTAX, "line 3 of the order is no action"},
	    {HEAD "open\n\n" WRITTEN "\n", URNE_ERR_SYNTAX, "line 4 of the order is neither"},
	    {HEAD "open\n8GpL\n" WRITTEN "\n", URNE_ERR_SYNTAX, "line 4 of the order is neither"},
	    {HEAD "open\njournal\n" WRITTEN "\n", URNE_ERR_SYNTAX, "line 4"},
	    {HEAD "open\n8GpLcyFqQvDrU0\n" WRITTEN "\n", URNE_ERR_SYNTAX, "line 4"},
	    {HEAD "open" NONE, URNE_ERR_SYNTAX, "open is about one election, write its UUID"},
	    {HEAD "revoke" ABOUT "official a\nreason b\n", URNE_ERR_SYNTAX,
		"revoke is about no election, write \"-\""},
	    {HEAD "incident" NONE "text Panne.\n", URNE_OK, ""},
	    {HEAD "open\n" ELECTION "\n2026-11-26\n", URNE_ERR_SYNTAX, "line 5 of the order"},
	    {HEAD "open\n" ELECTION "\n2026-02-30T18:00:00Z\n", URNE_ERR_SYNTAX, "line 5"},
	    {HEAD "open" ABOUT "reason x\n", URNE_ERR_SYNTAX,
		"line 6 of the order: open has no further argument"},
	    {HEAD "open" ABOUT "\n", URNE_ERR_SYNTAX, "no further argument"},
	    {HEAD "open" ABOUT "x", URNE_ERR_SYNTAX, "ends with a newline"},
	    {HEAD "incident" ABOUT "text x\ny", URNE_ERR_SYNTAX, "ends with a newline"},
	    {HEAD "release" ABOUT, URNE_ERR_SYNTAX, "the order release lacks its argument result"},
	    {HEAD "extend" ABOUT "closes 2026-11-27T20:00:00Z\n", URNE_ERR_SYNTAX,
		"lacks its argument reason"},
	    {HEAD "extend" ABOUT "reason x\ncloses 2026-11-27T20:00:00Z\n", URNE_ERR_SYNTAX,
		"line 6 of the order: here stands the argument closes of extend"},
	    {HEAD "release" ABOUT "result\n", URNE_ERR_SYNTAX, "here stands the argument result"},
	    {HEAD "release" ABOUT "result  " HEX "\n", URNE_ERR_SYNTAX, "write a hash of 64"},
	    {HEAD "release" ABOUT "result " HEX "0\n", URNE_ERR_SYNTAX, "write a hash of 64"},
	    {HEAD "release" ABOUT "result -\n", URNE_ERR_SYNTAX, "argument result, line 6: write"},
	    {HEAD "release" ABOUT "result A" HEX "\n", URNE_ERR_SYNTAX, "write a hash of 64"},
	    {HEAD "revoke" NONE "official a b\nreason x\n", URNE_ERR_SYNTAX, "the name of a key"},
	    {HEAD "enrol" NONE "official example.org/dora\nreason x\n", URNE_ERR_SYNTAX,
		"a verifier key"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_order o = {.num_values = 7};
		struct urne_diag d = {{0}};
		enum urne_err e = urne_order_read(&o, &d, urne_view_of(cases[i].text));

		assert_refusal(&cases[i], i, e, &d);
		assert_true(e == URNE_OK || (o.origin.len == 0 && o.num_values == 0));
	}
}

/* with: an order of this action with its i-th value replaced. */
static enum urne_err
with(struct urne_diag *d, enum urne_action a, size_t i, struct urne_view value)
{
	struct urne_order o, back;
	struct urne_buf out;
	enum urne_err e;

	assert_ok(urne_order_read(&o, d, urne_view_of(texts[a])));
	o.value[i] = value;
	urne_buf_init(&out, 1 << 14);
	urne_order_write(&out, &o);
	e = urne_order_read(&back, d, urne_buf_view(&out));
	/* what is not read is not written either by those who ask first, and the other way round */
	assert_true((urne_order_check_form(d, &o) == URNE_OK) == (e == URNE_OK));
	urne_buf_clear(&out);
	return e;
}

/* One value in an order that is right beside it. */
static const struct {
	enum urne_action action;
	size_t value;
	const char *text;
	bool good;
} values[] = {
    {URNE_ACTION_ROLL, URNE_ROLL_COUNT, "0", true},
    {URNE_ACTION_ROLL, URNE_ROLL_COUNT, "9223372036854775807", true},
    {URNE_ACTION_ROLL, URNE_ROLL_COUNT, "9223372036854775808", false},
    {URNE_ACTION_ROLL, URNE_ROLL_COUNT, "007", false},
    {URNE_ACTION_ROLL, URNE_ROLL_COUNT, "+7", false},
    {URNE_ACTION_ROLL, URNE_ROLL_COUNT, "-", false},
    {URNE_ACTION_ROLL, URNE_ROLL_COUNT, "", false},
    {URNE_ACTION_SEAL, URNE_SEAL_DEFINITION, HEX, true},
    {URNE_ACTION_SEAL, URNE_SEAL_DEFINITION, "--", false},
    {URNE_ACTION_SEAL, URNE_SEAL_OPENS, "2026-11-26T18:00:00Z", true},
    {URNE_ACTION_SEAL, URNE_SEAL_OPENS, "2026-11-26T18:00:00", false},
    {URNE_ACTION_SEAL, URNE_SEAL_KIND, "test", true},
    {URNE_ACTION_SEAL, URNE_SEAL_KIND, "Test", false},
    {URNE_ACTION_SEAL, URNE_SEAL_KIND, "-", false},
    {URNE_ACTION_EXTEND, URNE_EXTEND_CLOSES, "-", false},
    {URNE_ACTION_PREPARE, URNE_PREPARE_GROUP, "Ed25519", true},
    {URNE_ACTION_PREPARE, URNE_PREPARE_GROUP, "RFC-3526-2048", true},
    {URNE_ACTION_PREPARE, URNE_PREPARE_GROUP, "P-256", false},
    {URNE_ACTION_REVOKE, URNE_REVOKE_OFFICIAL, "a+b", false},
    {URNE_ACTION_ENROL, URNE_ENROL_OFFICIAL,
	"example.com/fox+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", false},
    {URNE_ACTION_ENROL, URNE_ENROL_OFFICIAL,
	"ab+e0aa3c73+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", true},
    {URNE_ACTION_REVOKE, URNE_REVOKE_OFFICIAL,
	"a"
	"\xe2\x80\xae"
	"b",
	false}, /* turned round */
    {URNE_ACTION_ENROL, URNE_ENROL_OFFICIAL,
	"a"
	"\xe2\x80\xae"
	"b+d669e650+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
	false},
    {URNE_ACTION_PREPARE, URNE_PREPARE_TRUSTEES,
	"a"
	"\xe2\x80\xae"
	"b+d669e650+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
	false},
    {URNE_ACTION_INCIDENT, URNE_INCIDENT_TEXT, "x", true},
    {URNE_ACTION_INCIDENT, URNE_INCIDENT_TEXT, "", false},
    {URNE_ACTION_INCIDENT, URNE_INCIDENT_TEXT, " x", false},
    {URNE_ACTION_INCIDENT, URNE_INCIDENT_TEXT, "x ", false},
    {URNE_ACTION_INCIDENT, URNE_INCIDENT_TEXT, "x\ty", false},
    {URNE_ACTION_INCIDENT, URNE_INCIDENT_TEXT, "x\ny", false},
    {URNE_ACTION_INCIDENT, URNE_INCIDENT_TEXT, "x\x7fy", false},
    {URNE_ACTION_INCIDENT, URNE_INCIDENT_TEXT, "x\xc2\x85y", false},	 /* C1 */
    {URNE_ACTION_INCIDENT, URNE_INCIDENT_TEXT, "x\xe2\x80\xaey", false}, /* turned round */
    {URNE_ACTION_INCIDENT, URNE_INCIDENT_TEXT, "x\xc3y", false},	 /* no UTF-8 */
    {URNE_ACTION_INCIDENT, URNE_INCIDENT_TEXT, "urgence \xe2\x80\xa6 42 ?", true},
};

static void
values_are_what_their_kind_says(void **state)
{
	char longest[URNE_ORDER_MAX_TEXT + 1];
	struct urne_diag d = {{0}};

	for (size_t i = 0; i < NUM(values); i++) {
		enum urne_err e =
		    with(&d, values[i].action, values[i].value, urne_view_of(values[i].text));

		if ((e == URNE_OK) != values[i].good) {
			fail_msg("case %zu: %s: %s", i, values[i].text, d.text);
		}
	}
	memset(longest, 'x', sizeof(longest));
	assert_ok(with(&d, URNE_ACTION_INCIDENT, 0, (struct urne_view){longest, 1000}));
	assert_err(
	    with(&d, URNE_ACTION_INCIDENT, 0, (struct urne_view){longest, 1001}), URNE_ERR_SYNTAX);
}

static void
a_preparation_has_1_to_32_trustees(void **state)
{
	struct urne_diag d = {{0}};
	struct urne_order o, back;
	struct urne_buf out;

	assert_ok(urne_order_read(&o, &d, urne_view_of(texts[URNE_ACTION_PREPARE])));
	urne_buf_init(&out, 1 << 14);
	for (size_t num = 0; num <= 33; num++) {
		urne_buf_reset(&out);
		o.num_values = URNE_PREPARE_TRUSTEES + num;
		for (size_t i = 0; i < num; i++) {
			o.value[URNE_PREPARE_TRUSTEES + i] = VIEW(KEY);
		}
		urne_order_write(&out, &o);
		assert_err(urne_order_read(&back, &d, urne_buf_view(&out)),
		    num >= 1 && num <= 32 ? URNE_OK : URNE_ERR_SYNTAX);
	}
	for (size_t i = 0; i < 10; i++) { /* more than an order has room for */
		urne_buf_puts(&out, "trustee " KEY "\n");
	}
	assert_err(urne_order_read(&back, &d, urne_buf_view(&out)), URNE_ERR_SYNTAX);
	urne_buf_clear(&out);
}

static void
values_come_as_what_they_are(void **state)
{
	struct urne_order o;
	struct urne_hash h, want;
	bool there = true;

	assert_ok(urne_hex_decode(want.b, sizeof(want.b), VIEW(HEX)));
	assert_ok(urne_order_read(&o, NULL, urne_view_of(texts[URNE_ACTION_SEAL])));
	h = urne_order_hash(&o, URNE_SEAL_SETUP, &there);
	assert_true(there && urne_hash_eq(&h, &want));
	h = urne_order_hash(&o, URNE_SEAL_DEFINITION, &there);
	assert_false(there);
	assert_int_equal(urne_order_number(&o, URNE_SEAL_TRUSTEES), 3);
	assert_int_equal(urne_order_time(&o, URNE_SEAL_OPENS, &there), 0);
	assert_false(there);
	assert_int_equal(urne_order_time(&o, URNE_SEAL_CLOSES, &there), 1795716000 + 86400);
	assert_true(there);
	urne_sha256_of(&want, VIEW("abc"));
	urne_order_text_hash(&h, VIEW("abc"));
	assert_true(urne_hash_eq(&h, &want));
}

/* --- signers --- */

#define NUM_KEYS 3

static void
lines_count_only_for_keys_in_force(void **state)
{
	static const struct {
		size_t sign[4]; /* up to NUM_KEYS + 1; NUM_KEYS is a stranger */
		size_t num_sign;
		size_t revoked; /* NUM_KEYS: nobody */
		bool other;	/* the last one signed another text */
		enum urne_err want;
		const char *says;
		size_t num;
	} cases[] = {
	    {{0, 1, 2}, 3, 3, false, URNE_OK, "", 3},
	    {{2}, 1, 3, false, URNE_OK, "", 1},
	    {{3}, 1, 3, false, URNE_OK, "", 0},
	    {{3, 1}, 2, 0, false, URNE_OK, "", 1},
	    {{1, 0}, 2, 0, false, URNE_ERR_ORDER, "the order: the key of a was revoked", 0},
	    {{1, 1}, 2, 3, false, URNE_ERR_DUPLICATE, "two signature lines of b", 0},
	    {{0, 1}, 2, 3, true, URNE_ERR_PROOF, "the signature of b does not verify", 0},
	    {{0, 1}, 2, 1, true, URNE_ERR_PROOF, "the signature of b does not verify", 0},
	    {{0, 3}, 2, 3, true, URNE_OK, "", 1},
	};
	static const char text[] = "urne-order/1\n";
	struct urne_official_key keys[NUM_KEYS];
	struct urne_signer s[NUM_KEYS + 1];
	struct urne_arena arena;
	struct urne_buf note;

	urne_buf_init(&note, 1 << 12);
	urne_arena_init(&arena, 1 << 20);
	for (size_t i = 0; i <= NUM_KEYS; i++) {
		uint8_t seed[32] = {(uint8_t)(i + 1)};
		char name[] = {(char)('a' + i), '\0'};
		struct urne_rng rng;

		urne_rng_init_fixed(&rng, seed);
		assert_ok(urne_signer_new(&s[i], NULL, urne_view_of(name), &rng));
	}
	for (size_t i = 0; i < NUM(cases); i++) {
		struct refusal want = {"", cases[i].want, cases[i].says};
		struct urne_order_signers signers = {.num = 9};
		struct urne_diag d = {{0}};
		struct urne_note n;

		for (size_t k = 0; k < NUM_KEYS; k++) {
			keys[k] = (struct urne_official_key){s[k].key, cases[i].revoked == k};
		}
		urne_buf_reset(&note);
		urne_buf_printf(&note, "%s\n", text);
		for (size_t k = 0; k < cases[i].num_sign; k++) {
			bool last = k + 1 == cases[i].num_sign;

			assert_ok(urne_signer_sign(&note, &s[cases[i].sign[k]],
			    last && cases[i].other ? VIEW("other\n") : urne_view_of(text)));
		}
		assert_ok(urne_note_read(&n, &arena, &d, urne_buf_view(&note)));
		assert_refusal(
		    &want, i, urne_order_signers_of(&signers, &d, &n, keys, NUM_KEYS), &d);
		assert_int_equal(signers.num, cases[i].num);
		for (size_t k = 0, num = 0; k < NUM_KEYS; k++) {
			num += signers.signed_by[k] ? 1 : 0;
			assert_true(k + 1 < NUM_KEYS || num == signers.num);
		}
	}
	urne_buf_clear(&note);
	urne_arena_clear(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_action_is_read_and_written_as_the_same_bytes),
	    cmocka_unit_test(no_line_can_go_or_come_or_change_its_place),
	    cmocka_unit_test(every_fault_of_an_order_is_named),
	    cmocka_unit_test(values_are_what_their_kind_says),
	    cmocka_unit_test(a_preparation_has_1_to_32_trustees),
	    cmocka_unit_test(values_come_as_what_they_are),
	    cmocka_unit_test(lines_count_only_for_keys_in_force),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
