/* SPDX-License-Identifier: EUPL-1.2 */
/* Orders: what enough officials signed is obeyed, for one log, one event and one payload; threats
 * A11 and A18 ask that nobody else can say so. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "bulletin/log/event_order.h"
#include "crypto/secret/signer.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))
#define HEX    "a48bdb40d921d7d90d9e9b633bd46b014d318a400d2099eb53131cabe04fb353"
#define LOG    "vote.example.org/bb/8GpLcyFqQvDrUn"
#define ORDER  "urne-order/1\n" LOG "\nResult\n" HEX "\n"

static void
every_event_that_officials_order_is_written_and_read(void **state)
{
	for (size_t i = 0; i < URNE_NUM_EVENT_TYPES; i++) {
		struct urne_event_order o = {.origin = VIEW(LOG), .type = (enum urne_event_type)i},
					back;
		struct urne_diag d = {{0}};
		struct urne_buf out;
		enum urne_err e;

		o.has_payload =
		    o.type != URNE_EVENT_END_BALLOTS && o.type != URNE_EVENT_END_SHUFFLES;
		o.payload.b[0] = o.has_payload ? 1 : 0;
		urne_buf_init(&out, 1 << 12);
		urne_event_order_write(&out, &o);
		e = urne_event_order_read(&back, &d, urne_buf_view(&out));
		/* ballots come from members, nobody orders them */
		assert_err(e, o.type == URNE_EVENT_BALLOT ? URNE_ERR_SYNTAX : URNE_OK);
		if (e == URNE_OK) {
			assert_true(urne_view_is(back.origin, LOG));
			assert_int_equal(back.type, o.type);
			assert_int_equal(back.has_payload, o.has_payload);
			assert_true(urne_hash_eq(&back.payload, &o.payload));
		}
		urne_buf_clear(&out);
	}
}

static void
every_fault_of_an_order_is_named(void **state)
{
	static const struct refusal cases[] = {
	    {ORDER, URNE_OK, ""},
	    {"urne-order/1\n" LOG "\nEndBallots\n-\n", URNE_OK, ""},
	    {"", URNE_ERR_SYNTAX, "begins with the line urne-order/1"},
	    {"urne-order/2\n" LOG "\nResult\n" HEX "\n", URNE_ERR_SYNTAX, "begins with the line"},
	    {"urne-order/1\n" LOG "\nResult\n", URNE_ERR_SYNTAX, "has four lines"},
	    {"urne-order/1\n" LOG "\nResult\n" HEX, URNE_ERR_SYNTAX, "has four lines"},
	    {ORDER "\n", URNE_ERR_SYNTAX, "and no other"},
	    {"urne-order/1\n\nResult\n" HEX "\n", URNE_ERR_RANGE, "line 2 of the order"},
	    {"urne-order/1\na log\nResult\n" HEX "\n", URNE_ERR_SYNTAX, "line 2 of the order"},
	    {"urne-order/1\n" LOG "\nresult\n" HEX "\n", URNE_ERR_SYNTAX, "line 3 of the order"},
	    {"urne-order/1\n" LOG "\n\n" HEX "\n", URNE_ERR_SYNTAX, "line 3 of the order"},
	    {"urne-order/1\n" LOG "\nBallot\n" HEX "\n", URNE_ERR_SYNTAX, "that officials order"},
	    {"urne-order/1\n" LOG "\nResult\n-\n", URNE_ERR_SYNTAX, "Result has a payload"},
	    {"urne-order/1\n" LOG "\nEndBallots\n" HEX "\n", URNE_ERR_SYNTAX,
		"EndBallots has no payload"},
	    {"urne-order/1\n" LOG "\nResult\n" HEX "0\n", URNE_ERR_SYNTAX, "64 lower-case"},
	    {"urne-order/1\n" LOG "\nResult\nA" HEX "\n", URNE_ERR_SYNTAX, "64 lower-case"},
	    {"urne-order/1\n" LOG "\nResult\n\n", URNE_ERR_SYNTAX, "line 4 of the order"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_event_order o = {.has_payload = true};
		struct urne_diag d = {{0}};
		enum urne_err e = urne_event_order_read(&o, &d, urne_view_of(cases[i].text));

		assert_refusal(&cases[i], i, e, &d);
		assert_true(e == URNE_OK || (o.origin.len == 0 && !o.has_payload));
	}
}

/* Three officials, a stranger, and somebody who calls himself like the first official. */
enum who {
	ANNA,
	BRUNO,
	CARLA,
	STRANGER,
	FALSE_ANNA,
	NUM_PEOPLE,
	NOBODY = NUM_PEOPLE,
};
#define NUM_OFFICIALS 3

struct people {
	struct urne_signer signer[NUM_PEOPLE];
	struct urne_note_key key[NUM_PEOPLE];
};

static void
make_people(struct people *p)
{
	static const char *const names[NUM_PEOPLE] = {"anna", "bruno", "carla", "stranger", "anna"};

	for (size_t i = 0; i < NUM_PEOPLE; i++) {
		uint8_t seed[32] = {(uint8_t)(i + 1)};
		struct urne_diag d = {{0}};
		struct urne_rng rng;

		urne_rng_init_fixed(&rng, seed);
		assert_ok(urne_signer_new(&p->signer[i], &d, urne_view_of(names[i]), &rng));
		p->key[i] = p->signer[i].key;
	}
}

static void
put_note(struct urne_buf *note, const struct people *p, const char *text, const enum who *who)
{
	urne_buf_puts(note, text);
	urne_buf_putc(note, '\n');
	for (size_t i = 0; i < NUM_PEOPLE && who[i] != NOBODY; i++) {
		assert_ok(urne_signer_sign(note, &p->signer[who[i]], urne_view_of(text)));
	}
}

static enum urne_err
check(struct urne_diag *d, const struct people *p, struct urne_view note, size_t agree)
{
	struct urne_event_order o;
	struct urne_arena arena;
	enum urne_err e;

	urne_arena_init(&arena, 1 << 20);
	e = urne_event_order_check(&o, &arena, d, note, p->key, NUM_OFFICIALS, agree);
	assert_true((e == URNE_OK) == urne_view_is(o.origin, LOG));
	urne_arena_clear(&arena);
	return e;
}

static void
an_order_needs_as_many_officials_as_were_agreed(void **state)
{
	static const struct {
		enum who who[NUM_PEOPLE];
		size_t agree;
		enum urne_err want;
		const char *says;
	} cases[] = {
	    {{ANNA, NOBODY}, 1, URNE_OK, ""},
	    {{CARLA, NOBODY}, 1, URNE_OK, ""},
	    {{BRUNO, CARLA, NOBODY}, 2, URNE_OK, ""},
	    {{STRANGER, CARLA, FALSE_ANNA, ANNA, NOBODY}, 2, URNE_OK, ""},
	    {{ANNA, BRUNO, CARLA, NOBODY}, 3, URNE_OK, ""},
	    {{BRUNO, NOBODY}, 2, URNE_ERR_INCOMPLETE,
		"has 1 signatures of officials and needs 2: 1"},
	    {{STRANGER, NOBODY}, 1, URNE_ERR_INCOMPLETE, "has 0 signatures"},
	    {{FALSE_ANNA, NOBODY}, 1, URNE_ERR_INCOMPLETE, "has 0 signatures"},
	    {{FALSE_ANNA, STRANGER, BRUNO, NOBODY}, 3, URNE_ERR_INCOMPLETE, "needs 3: 2 missing"},
	    {{ANNA, BRUNO, CARLA, NOBODY}, 4, URNE_ERR_INCOMPLETE, "needs 4: 1 missing"},
	    {{ANNA, ANNA, NOBODY}, 1, URNE_ERR_DUPLICATE, "two signature lines of anna"},
	    {{ANNA, BRUNO, BRUNO, NOBODY}, 1, URNE_ERR_DUPLICATE, "two signature lines of bruno"},
	    {{ANNA, NOBODY}, 0, URNE_ERR_RANGE, "one official at least"},
	    {{STRANGER, NOBODY}, 0, URNE_ERR_RANGE, "one official at least"},
	};
	struct people p;

	make_people(&p);
	for (size_t i = 0; i < NUM(cases); i++) {
		struct refusal want = {"", cases[i].want, cases[i].says};
		struct urne_diag d = {{0}};
		struct urne_buf note;

		urne_buf_init(&note, 1 << 12);
		put_note(&note, &p, ORDER, cases[i].who);
		assert_refusal(&want, i, check(&d, &p, urne_buf_view(&note), cases[i].agree), &d);
		urne_buf_clear(&note);
	}
}

static void
a_signature_over_another_order_refuses_the_whole(void **state)
{
	static const enum who both[] = {ANNA, BRUNO, NOBODY};
	static const char *const others[] = {
	    "urne-order/1\nvote.example.org/bb/another\nResult\n" HEX "\n",
	    "urne-order/1\n" LOG "\nSetup\n" HEX "\n",
	    "urne-order/1\n" LOG "\nResult\nb" HEX "\n",
	};
	struct people p;
	struct urne_diag d = {{0}};
	struct urne_buf note;

	make_people(&p);
	urne_buf_init(&note, 1 << 12);
	for (size_t i = 0; i < NUM(others); i++) {
		urne_buf_reset(&note);
		put_note(&note, &p, ORDER, both);
		/* Carla signed something else: the two others do not outvote that */
		assert_ok(urne_signer_sign(&note, &p.signer[CARLA], urne_view_of(others[i])));
		assert_err(check(&d, &p, urne_buf_view(&note), 2), URNE_ERR_PROOF);
		assert_non_null(strstr(d.text, "the order: the signature of carla does not"));
	}
	urne_buf_reset(&note);
	urne_buf_puts(&note, ORDER);
	assert_err(check(&d, &p, urne_buf_view(&note), 1), URNE_ERR_SYNTAX);
	urne_buf_reset(&note);
	put_note(&note, &p, "urne-minutes-1\n", both);
	assert_err(check(&d, &p, urne_buf_view(&note), 1), URNE_ERR_SYNTAX);
	urne_buf_clear(&note);
}

static void
one_key_under_two_names_does_not_count_twice(void **state)
{
	static const enum who anna[] = {ANNA, NOBODY};
	struct urne_signer alias;
	struct people p;
	struct urne_diag d = {{0}};
	struct urne_buf note;

	make_people(&p);
	assert_ok(urne_signer_rename(&alias, &d, &p.signer[ANNA], VIEW("hannah")));
	p.key[CARLA] = alias.key;
	urne_buf_init(&note, 1 << 12);
	put_note(&note, &p, ORDER, anna);
	assert_ok(urne_signer_sign(&note, &alias, VIEW(ORDER)));
	assert_err(check(&d, &p, urne_buf_view(&note), 2), URNE_ERR_DUPLICATE);
	assert_non_null(strstr(d.text, "anna and hannah have the same key"));
	urne_buf_clear(&note);
	urne_signer_clear(&alias);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_event_that_officials_order_is_written_and_read),
	    cmocka_unit_test(every_fault_of_an_order_is_named),
	    cmocka_unit_test(an_order_needs_as_many_officials_as_were_agreed),
	    cmocka_unit_test(a_signature_over_another_order_refuses_the_whole),
	    cmocka_unit_test(one_key_under_two_names_does_not_count_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
