/* SPDX-License-Identifier: EUPL-1.2 */
/* The forms of proofs and receipts: those of others are read, hold, and are written again; every
 * other spelling is refused with its place. Vectors: tests/vectors/tlog/, which say where they come
 * from. */
#include "tests/unit/support/tlog_vectors.h"

#include <string.h>

#include "bulletin/log/receipt.h"
#include "bulletin/log/tile.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))

static void
every_proof_of_the_vectors_is_read_and_written_again(void **state)
{
	struct vectors v;
	size_t num = 0;

	vectors_open(&v, TLOG_VECTORS);
	for (const struct urne_json *x = vector_get(v.root, "receipts")->child; x != NULL;
	     x = x->next, num++) {
		struct urne_tlog_proof p;
		struct urne_diag d = {{0}};
		struct urne_buf out;

		assert_ok(urne_tlog_proof_read(&p, &v.arena, &d, vector_text(x, "proof")));
		assert_int_equal(p.index, vector_u64(x, "index"));
		urne_buf_init(&out, 1 << 16);
		urne_tlog_proof_write(&out, &p);
		assert_true(urne_view_eq(urne_buf_view(&out), vector_text(x, "proof")));
		urne_buf_clear(&out);
	}
	assert_int_equal(num, 5);
	vectors_close(&v);
}

#define HEAD "c2sp.org/tlog-proof@v1\n"
#define B64  "x9a1H0PAGDUYBmOfx5Ju3LOTUCJaKmX5eOR6jzK5f3U="

static void
every_fault_of_a_proof_is_named(void **state)
{
	static const struct refusal cases[] = {
	    {HEAD "extra eA==\nindex 0\n\nnote", URNE_OK, ""},
	    {HEAD "extra eA==\nindex 9223372036854775807\n" B64 "\n\n", URNE_OK, ""},
	    {"", URNE_ERR_SYNTAX, "a proof begins with the line c2sp.org/tlog-proof@v1"},
	    {"c2sp.org/tlog-proof@v2\nextra eA==\nindex 0\n\n", URNE_ERR_SYNTAX, "begins with"},
	    {"\n" HEAD "extra eA==\nindex 0\n\n", URNE_ERR_SYNTAX, "begins with"},
	    {HEAD, URNE_ERR_SYNTAX, "line 2 of the proof"},
	    /* lawful in C2SP, worthless as a receipt */
	    {HEAD "index 0\n\n", URNE_ERR_SYNTAX, "line 2 of the proof"},
	    {HEAD "extra\nindex 0\n\n", URNE_ERR_SYNTAX, "line 2 of the proof"},
	    {HEAD "extra \nindex 0\n\n", URNE_ERR_SYNTAX, "not in Base64"},
	    {HEAD "extra eA\nindex 0\n\n", URNE_ERR_SYNTAX, "not in Base64"},
	    {HEAD "extra eB==\nindex 0\n\n", URNE_ERR_SYNTAX, "not in Base64"},
	    {HEAD "extra  eA==\nindex 0\n\n", URNE_ERR_SYNTAX, "not in Base64"},
	    {HEAD "extra eA==\n\n", URNE_ERR_SYNTAX, "line 3 of the proof"},
	    {HEAD "extra eA==\nindex\n\n", URNE_ERR_SYNTAX, "line 3 of the proof"},
	    {HEAD "extra eA==\nIndex 0\n\n", URNE_ERR_SYNTAX, "line 3 of the proof"},
	    {HEAD "extra eA==\nindex 00\n\n", URNE_ERR_SYNTAX, "the index in the proof"},
	    {HEAD "extra eA==\nindex -1\n\n", URNE_ERR_SYNTAX, "the index in the proof"},
	    {HEAD "extra eA==\nindex 9223372036854775808\n\n", URNE_ERR_RANGE, "the index"},
	    {HEAD "extra eA==\nindex 0\n" B64 "\n", URNE_ERR_SYNTAX, "no empty line"},
	    {HEAD "extra eA==\nindex 0\n" B64, URNE_ERR_SYNTAX, "no empty line"},
	    {HEAD "extra eA==\nindex 0\n" B64 "\neA==\n\n", URNE_ERR_SYNTAX, "hash 2 of the"},
	    {HEAD "extra eA==\nindex 0\n " B64 "\n\n", URNE_ERR_SYNTAX, "hash 1 of the proof"},
	    {HEAD "extra eA==\nindex 0\n" B64 "\r\n\r\n\n", URNE_ERR_SYNTAX, "hash 1 of the"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_tlog_proof p = {.index = 7};
		struct urne_arena arena;
		struct urne_diag d = {{0}};
		enum urne_err e;

		urne_arena_init(&arena, 1 << 20);
		e = urne_tlog_proof_read(&p, &arena, &d, urne_view_of(cases[i].text));
		assert_refusal(&cases[i], i, e, &d);
		assert_true(e == URNE_OK || (p.index == 0 && p.event.len == 0 && p.note.len == 0));
		urne_arena_clear(&arena);
	}
}

static void
a_proof_is_read_up_to_its_limits_and_not_beyond(void **state)
{
	static uint8_t event[URNE_ENTRY_MAX + 1];
	struct urne_tlog_proof p = {.note = VIEW("n")}, back;
	struct urne_arena arena;
	struct urne_diag d = {{0}};
	struct urne_buf out;

	urne_arena_init(&arena, 1 << 24);
	urne_buf_init(&out, 1 << 20);
	for (size_t more = 0; more < 2; more++) {
		p.event = (struct urne_view){(char *)event, URNE_ENTRY_MAX + more};
		p.inclusion.num = 0;
		urne_buf_reset(&out);
		urne_tlog_proof_write(&out, &p);
		assert_int_equal(
		    urne_tlog_proof_read(&back, &arena, &d, urne_buf_view(&out)) == URNE_OK,
		    more == 0);
		p.event.len = 1;
		p.inclusion.num = URNE_MERKLE_MAX_LEVEL + more;
		urne_buf_reset(&out);
		urne_tlog_proof_write(&out, &p);
		assert_err(urne_tlog_proof_read(&back, &arena, &d, urne_buf_view(&out)),
		    more == 0 ? URNE_OK : URNE_ERR_LIMIT);
	}
	urne_buf_clear(&out);
	urne_arena_clear(&arena);
}

#define TRACKER "pIvbQNkh19kNnptjO9RrAU0xikANIJnrUxMcq+BPs1M"
#define UUID	"\"8GpLcyFqQvDrUn\""
#define DOC(format, election, tracker, height, more, proof)                                        \
	"{\"format\":" format ",\"election\":" election ",\"tracker\":" tracker                    \
	",\"height\":" height more ",\"proof\":" proof "}"
#define F "\"urne-receipt/1\""
#define T "\"" TRACKER "\""

static void
every_fault_of_a_document_is_named(void **state)
{
	static const struct refusal cases[] = {
	    {DOC(F, UUID, T, "2", "", "\"a\\nb\""), URNE_OK, ""},
	    {DOC(F, UUID, T, "2", ",\"replaces\":" T, "\"a\""), URNE_OK, ""},
	    {"", URNE_ERR_SYNTAX, "the receipt: "},
	    {DOC("\"urne-receipt/2\"", UUID, T, "2", "", "\"\""), URNE_ERR_SYNTAX, "format"},
	    {DOC(F, "\"8GpLcyFqQvDr\"", T, "2", "", "\"\""), URNE_ERR_SYNTAX, "election: no UUID"},
	    {DOC(F, "\"8GpLcyFqQvDrU/\"", T, "2", "", "\"\""), URNE_ERR_SYNTAX, "election: no"},
	    {DOC(F, UUID, "\"pIvb\"", "2", "", "\"\""), URNE_ERR_SYNTAX, "tracker: "},
	    {DOC(F, UUID, T, "02", "", "\"\""), URNE_ERR_SYNTAX, "height: "},
	    {DOC(F, UUID, T, "-2", "", "\"\""), URNE_ERR_SYNTAX, "height: "},
	    {DOC(F, UUID, T, "9223372036854775808", "", "\"\""), URNE_ERR_RANGE, "height: "},
	    {DOC(F, UUID, T, "2", ",\"replaces\":null", "\"\""), URNE_ERR_SYNTAX, "replaces: "},
	    {DOC(F, UUID, T, "2", ",\"more\":1", "\"\""), URNE_ERR_SYNTAX, "proof: "},
	    {DOC(F, UUID, T, "2", "", "1"), URNE_ERR_SYNTAX, "proof: "},
	    {DOC(F, UUID, T, "2", "", "\"\\u000a\""), URNE_ERR_SYNTAX, "proof: "},
	    {DOC(F, UUID, T, "2", "", "\"\"") "\n", URNE_ERR_SYNTAX, "the receipt: "},
	    {DOC(F, UUID, T, "2", "", "\"\",\"proof\":\"\""), URNE_ERR_SYNTAX, "the receipt: "},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_receipt r = {.height = 7};
		struct urne_arena arena;
		struct urne_diag d = {{0}};
		struct urne_buf again;
		enum urne_err e;

		urne_arena_init(&arena, 1 << 16);
		urne_buf_init(&again, 1 << 16);
		e = urne_receipt_read(&r, &arena, &d, urne_view_of(cases[i].text));
		assert_refusal(&cases[i], i, e, &d);
		if (e == URNE_OK) {
			urne_receipt_write(&again, &r);
			assert_true(urne_view_is(urne_buf_view(&again), cases[i].text));
		} else {
			assert_true(r.height == 0 && r.election.len == 0 && r.proof.len == 0);
		}
		urne_buf_clear(&again);
		urne_arena_clear(&arena);
	}
}

static void
what_is_no_receipt_is_not_written(void **state)
{
	struct urne_receipt r = {.election = VIEW("too short"), .proof = VIEW("")};
	struct urne_buf out;

	urne_buf_init(&out, 1 << 12);
	urne_receipt_write(&out, &r);
	assert_err(urne_buf_error(&out), URNE_ERR_SYNTAX);
	urne_buf_reset(&out);
	r.election = VIEW(TLOG_UUID);
	r.proof = VIEW("\xff");
	urne_receipt_write(&out, &r);
	assert_err(urne_buf_error(&out), URNE_ERR_SYNTAX);
	urne_buf_clear(&out);
}

/* The receipts of the vectors as documents: what is no ballot is no receipt, whatever it proves. */
static void
every_ballot_of_the_vectors_has_a_receipt_that_holds(void **state)
{
	static const char *const says[] = {
	    "is a Setup, no Ballot", "", "", "", "is a Result, no Ballot"};
	struct urne_note_key key;
	struct vectors v;
	size_t num = 0;

	vectors_open(&v, TLOG_VECTORS);
	vector_key(&key, &v, TLOG_SERVICE);
	for (const struct urne_json *x = vector_get(v.root, "receipts")->child; x != NULL;
	     x = x->next, num++) {
		struct urne_receipt r = {.election = VIEW(TLOG_UUID)};
		struct urne_receipt_facts f;
		struct urne_tlog_proof p;
		struct urne_event event;
		struct urne_diag d = {{0}};
		struct urne_buf text;
		enum urne_err e;

		r.proof = vector_text(x, "proof");
		assert_ok(urne_tlog_proof_read(&p, &v.arena, &d, r.proof));
		assert_ok(urne_event_read(&event, &d, p.event));
		r.tracker = event.payload;
		r.height = event.height;
		urne_buf_init(&text, 1 << 16);
		urne_receipt_write(&text, &r);
		e = urne_receipt_verify(&f, &v.arena, &d, urne_buf_view(&text), &key);
		assert_true(num < NUM(says));
		assert_int_equal(e == URNE_OK, says[num][0] == '\0');
		assert_non_null(strstr(d.text, says[num]));
		urne_buf_clear(&text);
	}
	assert_int_equal(num, NUM(says));
	vectors_close(&v);
}

/* Threat A10: a board that shows two people two orders has signed both. Each receipt holds; laid
 * side by side they convict it. */
static void
two_receipts_for_one_height_hold_and_convict_the_board(void **state)
{
	const struct urne_json *pair;
	struct urne_receipt_facts f[2];
	struct urne_note_key key;
	struct urne_buf text[2];
	struct vectors v;

	vectors_open(&v, TLOG_VECTORS);
	vector_key(&key, &v, TLOG_ORIGIN);
	pair = vector_get(v.root, "equivocation");
	for (size_t i = 0; i < 2; i++) {
		const struct urne_json *x = vector_get(pair, i == 0 ? "a" : "b");
		struct urne_tlog_proof p = {.index = vector_u64(pair, "index")};
		struct urne_receipt r = {.election = VIEW(TLOG_UUID), .height = p.index};
		struct urne_event event;
		struct urne_diag d = {{0}};
		struct urne_buf proof;

		p.event = vector_text(x, "event");
		p.note = vector_text(x, "note");
		vector_proof(&p.inclusion, x);
		assert_ok(urne_event_read(&event, &d, p.event));
		r.tracker = event.payload;
		urne_buf_init(&proof, 1 << 16);
		urne_tlog_proof_write(&proof, &p);
		r.proof = urne_buf_view(&proof);
		urne_buf_init(&text[i], 1 << 16);
		urne_receipt_write(&text[i], &r);
		assert_ok(urne_receipt_verify(&f[i], &v.arena, &d, urne_buf_view(&text[i]), &key));
		urne_buf_clear(&proof);
	}
	assert_true(urne_view_eq(f[0].checkpoint.origin, f[1].checkpoint.origin));
	assert_int_equal(f[0].proof.index, f[1].proof.index);
	assert_false(urne_view_eq(f[0].proof.event, f[1].proof.event));
	assert_false(urne_hash_eq(&f[0].checkpoint.root, &f[1].checkpoint.root));
	urne_buf_clear(&text[0]);
	urne_buf_clear(&text[1]);
	vectors_close(&v);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_proof_of_the_vectors_is_read_and_written_again),
	    cmocka_unit_test(every_fault_of_a_proof_is_named),
	    cmocka_unit_test(a_proof_is_read_up_to_its_limits_and_not_beyond),
	    cmocka_unit_test(every_fault_of_a_document_is_named),
	    cmocka_unit_test(what_is_no_receipt_is_not_written),
	    cmocka_unit_test(every_ballot_of_the_vectors_has_a_receipt_that_holds),
	    cmocka_unit_test(two_receipts_for_one_height_hold_and_convict_the_board),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
