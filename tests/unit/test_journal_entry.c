/* SPDX-License-Identifier: EUPL-1.2 */
/* The payloads of the journal's entries: one form each, read and written alike, and each fault
 * with its place. */
#include "tests/unit/support/check.h"

#include "bulletin/log/journal_entry.h"
#include "crypto/secret/signer.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))
#define HEX    "a48bdb40d921d7d90d9e9b633bd46b014d318a400d2099eb53131cabe04fb353"
#define FOO    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
#define AT     "\"at\":\"2026-11-26T18:00:00Z\""
#define ID     "8GpLcyFqQvDrUn"

#define GENESIS_HEAD                                                                               \
	"{" AT ",\"format\":\"urne-journal/1\",\"name\":\"Communaut\xc3\xa9 \\\"A\\\"\","          \
	"\"service\":\"vote.example.org/bb\","
#define GENESIS GENESIS_HEAD "\"agree\":1,\"officials\":[\"" FOO "\"]}"

static void
what_is_read_is_written_as_the_same_bytes(void **state)
{
	static const char *const records[] = {
	    "{" AT ",\"record\":\"software\",\"hash\":\"" HEX "\"}",
	    "{" AT ",\"record\":\"rehearsed\",\"election\":\"" ID
	    "\",\"trustee\":256,\"object\":\"" HEX "\"}",
	    "{" AT ",\"record\":\"opened\",\"election\":\"" ID "\",\"size\":1,\"root\":\"" HEX
	    "\"}",
	    "{" AT ",\"record\":\"closed\",\"election\":\"" ID
	    "\",\"size\":9223372036854775807,\"root\":\"" HEX "\"}",
	    "{" AT ",\"record\":\"tallied\",\"election\":\"" ID "\",\"size\":0,\"root\":\"" HEX
	    "\"}",
	};
	static const char order[] = "{" AT ",\"order\":\"a \\\"note\\\"\\n\\n\xe2\x80\x94 x\\n\"}";
	struct urne_journal_record r;
	struct urne_journal_order o;
	struct urne_genesis g;
	struct urne_arena arena;
	struct urne_diag d;
	struct urne_buf out;

	urne_arena_init(&arena, 1 << 20);
	urne_buf_init(&out, 1 << 12);
	for (size_t i = 0; i < NUM(records); i++) {
		assert_ok(urne_journal_record_read(&r, &d, urne_view_of(records[i])));
		assert_int_equal(r.kind, i);
		assert_int_equal(r.at, 1795716000);
		urne_buf_reset(&out);
		urne_journal_record_write(&out, &r);
		assert_ok(urne_buf_error(&out));
		assert_true(urne_view_is(urne_buf_view(&out), records[i]));
	}
	assert_ok(urne_journal_order_read(&o, &arena, &d, VIEW(order)));
	assert_true(urne_view_is(o.note, "a \"note\"\n\n\xe2\x80\x94 x\n"));
	urne_buf_reset(&out);
	urne_journal_order_write(&out, &o);
	assert_true(urne_view_is(urne_buf_view(&out), order));
	assert_ok(urne_genesis_read(&g, &arena, &d, VIEW(GENESIS)));
	assert_int_equal(g.num_officials, 1);
	assert_false(g.has_registrar);
	urne_buf_reset(&out);
	urne_genesis_write(&out, &g);
	assert_true(urne_view_is(urne_buf_view(&out), GENESIS));
	urne_buf_clear(&out);
	urne_arena_clear(&arena);
}

static void
every_fault_of_a_genesis_is_named(void **state)
{
	static const struct refusal cases[] = {
	    {GENESIS, URNE_OK, ""},
	    {"", URNE_ERR_SYNTAX, "the genesis: "},
	    {GENESIS " ", URNE_ERR_SYNTAX, "after the end"},
	    {"{\"at\":\"2026-11-26\",", URNE_ERR_SYNTAX, "at: no moment in UTC"},
	    {"{\"at\":\"2026-02-30T18:00:00Z\",", URNE_ERR_SYNTAX, "at: no moment in UTC"},
	    {"{" AT ",\"format\":\"urne-journal/2\"", URNE_ERR_SYNTAX, "format"},
	    {"{" AT ",\"format\":\"urne-journal/1\",\"name\":\"\"", URNE_ERR_RANGE,
		"1 to 200 bytes"},
	    {"{" AT ",\"format\":\"urne-journal/1\",\"name\":\"A\",\"service\":\"a b\",\"agree\":1,"
	     "\"officials\":[\"" FOO "\"]}",
		URNE_ERR_SYNTAX, "the service"},
	    {GENESIS_HEAD "\"agree\":1,\"officials\":[\"a"
			  "\xe2\x80\xae"
			  "b+d669e650+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\"]}",
		URNE_ERR_SYNTAX, "nobody sees"},
	    {GENESIS_HEAD "\"agree\":0,\"officials\":[\"" FOO "\"]}", URNE_ERR_RANGE,
		"0 officials have to agree, and there are 1"},
	    {GENESIS_HEAD "\"agree\":2,\"officials\":[\"" FOO "\"]}", URNE_ERR_RANGE,
		"2 officials have to agree, and there are 1"},
	    {GENESIS_HEAD "\"agree\":33,\"officials\":[\"" FOO "\"]}", URNE_ERR_RANGE, "agree"},
	    {GENESIS_HEAD "\"agree\":1,\"officials\":[]}", URNE_ERR_RANGE, "there are 0"},
	    {GENESIS_HEAD "\"agree\":1,\"officials\":[\"example.com/foo\"]}", URNE_ERR_SYNTAX,
		"officials[0]: a key is written NAME+HASH+KEY"},
	    {GENESIS_HEAD "\"agree\":1,\"officials\":[\"" FOO "\",\"" FOO "\"]}",
		URNE_ERR_DUPLICATE, "example.com/foo and example.com/foo have the same"},
	    {GENESIS_HEAD "\"agree\":1,\"officials\":[\"" FOO "\"],\"registrar\":\"" FOO "\"}",
		URNE_ERR_DUPLICATE, "example.com/foo and example.com/foo have the same"},
	    {GENESIS_HEAD "\"agree\":1,\"officials\":[\"" FOO "\"],\"registrar\":\"\"}",
		URNE_ERR_SYNTAX, "registrar"},
	};
	struct urne_arena arena;

	urne_arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_genesis g = {.agree = 7};
		struct urne_diag d = {{0}};
		enum urne_err e = urne_genesis_read(&g, &arena, &d, urne_view_of(cases[i].text));

		assert_refusal(&cases[i], i, e, &d);
		assert_int_equal(g.agree, e == URNE_OK ? 1 : 0);
	}
	urne_arena_clear(&arena);
}

/* Officials and registrar: no name twice, no key twice. */
static void
one_person_is_not_two(void **state)
{
	static const struct {
		const char *name[3]; /* two officials, the registrar */
		uint8_t seed[3];
		enum urne_err want;
	} cases[] = {
	    {{"a", "b", "r"}, {1, 2, 3}, URNE_OK},
	    {{"a", "a", "r"}, {1, 2, 3}, URNE_ERR_DUPLICATE},
	    {{"a", "b", "r"}, {1, 1, 3}, URNE_ERR_DUPLICATE},
	    {{"a", "b", "b"}, {1, 2, 3}, URNE_ERR_DUPLICATE},
	    {{"a", "b", "r"}, {1, 2, 2}, URNE_ERR_DUPLICATE},
	};
	struct urne_arena arena;
	struct urne_buf out;

	urne_arena_init(&arena, 1 << 20);
	urne_buf_init(&out, 1 << 12);
	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_genesis g = {.agree = 1, .num_officials = 2, .has_registrar = true};
		struct urne_genesis back;
		struct urne_signer s[3];
		struct urne_diag d = {{0}};

		g.name = VIEW("x");
		g.service = VIEW("host/bb");
		for (size_t k = 0; k < 3; k++) {
			struct urne_note_key *key = k < 2 ? &g.officials[k] : &g.registrar;
			uint8_t seed[32] = {cases[i].seed[k]};
			struct urne_rng rng;

			urne_rng_init_fixed(&rng, seed);
			assert_ok(urne_signer_new(&s[k], &d, urne_view_of(cases[i].name[k]), &rng));
			*key = s[k].key;
		}
		urne_buf_reset(&out);
		urne_genesis_write(&out, &g);
		assert_ok(urne_buf_error(&out));
		assert_err(
		    urne_genesis_read(&back, &arena, &d, urne_buf_view(&out)), cases[i].want);
	}
	urne_buf_clear(&out);
	urne_arena_clear(&arena);
}

static void
every_fault_of_a_record_or_order_is_named(void **state)
{
	static const struct refusal records[] = {
	    {"{" AT ",\"record\":\"reopened\",\"hash\":\"" HEX "\"}", URNE_ERR_SYNTAX,
		"the record: record: no known kind of record"},
	    {"{\"at\":\"1969-12-31T23:59:59Z\",\"record\":\"software\",\"hash\":\"" HEX "\"}",
		URNE_ERR_SYNTAX, "at: no moment"},
	    {"{" AT ",\"record\":\"software\",\"root\":\"" HEX "\"}", URNE_ERR_SYNTAX, "hash"},
	    {"{" AT ",\"record\":\"software\",\"hash\":\"" HEX "\",\"size\":1}", URNE_ERR_SYNTAX,
		"end of the object"},
	    {"{" AT ",\"record\":\"opened\",\"election\":\"journal\",\"size\":1,\"root\":\"" HEX
	     "\"}",
		URNE_ERR_SYNTAX, "election: no UUID"},
	    {"{" AT ",\"record\":\"opened\",\"election\":\"8GpLcyFqQvDrU0\",\"size\":1",
		URNE_ERR_SYNTAX, "election: no UUID"},
	    {"{" AT ",\"record\":\"opened\",\"election\":\"" ID
	     "\",\"size\":9223372036854775808,\"root\":\"" HEX "\"}",
		URNE_ERR_RANGE, "size"},
	    {"{" AT ",\"record\":\"rehearsed\",\"election\":\"" ID "\",\"trustee\":257",
		URNE_ERR_RANGE, "trustee"},
	    {"{" AT ",\"record\":\"opened\",\"size\":1,\"election\":\"" ID "\",\"root\":\"" HEX
	     "\"}",
		URNE_ERR_SYNTAX, "election"},
	};
	static const struct refusal orders[] = {
	    {"{" AT ",\"order\":1}", URNE_ERR_SYNTAX, "the entry of an order: order"},
	    {"{\"order\":\"x\"," AT "}", URNE_ERR_SYNTAX, "at"},
	    {"{" AT ",\"order\":\"x\"}\n", URNE_ERR_SYNTAX, "after the end"},
	};
	struct urne_arena arena;

	urne_arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < NUM(records); i++) {
		struct urne_journal_record r = {.size = 7};
		struct urne_diag d = {{0}};

		assert_refusal(&records[i], i,
		    urne_journal_record_read(&r, &d, urne_view_of(records[i].text)), &d);
		assert_int_equal(r.size, 0);
		assert_int_equal(r.election.len, 0);
	}
	for (size_t i = 0; i < NUM(orders); i++) {
		struct urne_journal_order o = {.at = 7};
		struct urne_diag d = {{0}};

		assert_refusal(&orders[i], i,
		    urne_journal_order_read(&o, &arena, &d, urne_view_of(orders[i].text)), &d);
		assert_int_equal(o.at, 0);
	}
	urne_arena_clear(&arena);
}

static void
what_cannot_be_written_is_told(void **state)
{
	struct urne_buf out;

	urne_buf_init(&out, 1 << 12);
	urne_journal_record_write(&out, &(struct urne_journal_record){.at = -1});
	assert_err(urne_buf_error(&out), URNE_ERR_RANGE);
	urne_buf_reset(&out);
	urne_journal_record_write(&out, &(struct urne_journal_record){.kind = URNE_JOURNAL_OPENED,
					    .election = VIEW("journal")});
	assert_err(urne_buf_error(&out), URNE_ERR_SYNTAX);
	urne_buf_reset(&out);
	urne_journal_order_write(&out, &(struct urne_journal_order){0, VIEW("\xff")});
	assert_err(urne_buf_error(&out), URNE_ERR_SYNTAX);
	urne_buf_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_read_is_written_as_the_same_bytes),
	    cmocka_unit_test(every_fault_of_a_genesis_is_named),
	    cmocka_unit_test(one_person_is_not_two),
	    cmocka_unit_test(every_fault_of_a_record_or_order_is_named),
	    cmocka_unit_test(what_cannot_be_written_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
