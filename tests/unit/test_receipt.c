/* SPDX-License-Identifier: EUPL-1.2 */
/* Receipts: those of others are read and hold, and each step of the offline check refuses what it
 * is there for and nothing before it does. Vectors: tests/vectors/tlog/, which say where they come
 * from. */
#include "tests/unit/support/tlog_vectors.h"

#include <string.h>

#include "base/b64.h"
#include "bulletin/log/receipt.h"
#include "crypto/sha256.h"
#include "tests/unit/support/memory_log.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))

/* Proofs in the vectors' own form. */

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

/* Documents. */

/* A receipt under construction: what the board would put together, and may get wrong. */
struct made {
	struct urne_event event;
	struct urne_view leaf;	    /* the event's bytes; empty: as it is written */
	struct urne_view in_log;    /* the entry that is in the tree; empty: the leaf */
	uint64_t index, height;	    /* in the proof, in the document */
	size_t place, size;	    /* where it really stands, of how many */
	const char *election;	    /* in the document */
	const char *origin, *signs; /* in the checkpoint; the name of the key that signs it */
	struct urne_hash tracker;
	bool has_replaced;
	const char *more_lines; /* behind the signature */
};

/* What a board makes for a ballot at place 2 of 5 entries. */
static struct made
honest(void)
{
	struct made m = {.event = {.type = URNE_EVENT_BALLOT, .height = 2},
	    .leaf = {"", 0},
	    .in_log = {"", 0},
	    .index = 2,
	    .height = 2,
	    .place = 2,
	    .size = 5,
	    .election = TLOG_UUID,
	    .origin = TLOG_ORIGIN,
	    .signs = TLOG_ORIGIN,
	    .more_lines = ""};

	m.event.has_parent = true;
	m.event.has_payload = true;
	urne_sha256_of(&m.event.payload, VIEW("a ballot"));
	m.tracker = m.event.payload;
	return m;
}

/* put_proof makes the log, the checkpoint and the proof. */
static void
put_proof(
    struct urne_buf *out, const struct made *m, const struct vectors *v, struct urne_view leaf)
{
	struct urne_tlog_proof p = {.event = leaf, .index = m->index};
	struct urne_checkpoint c = {.origin = urne_view_of(m->origin), .size = m->size};
	struct urne_merkle_source source;
	struct memory_log log;
	struct urne_signer signer;
	struct urne_buf note, text;

	memory_log_init(&log);
	for (size_t i = 0; i < m->size; i++) {
		assert_ok(memory_log_append(&log, i != m->place	      ? VIEW("another entry")
						  : m->in_log.len > 0 ? m->in_log
								      : leaf));
	}
	source = memory_log_source(&log);
	assert_ok(urne_merkle_prove_inclusion(&p.inclusion, m->place, m->size, &source));
	urne_merkle_root(&log.tree, &c.root);
	urne_buf_init(&text, 1 << 12);
	urne_buf_init(&note, 1 << 16);
	urne_checkpoint_write(&text, &c);
	urne_buf_put_view(&note, urne_buf_view(&text));
	urne_buf_putc(&note, '\n');
	vector_signer(&signer, v, m->signs);
	assert_ok(urne_signer_sign(&note, &signer, urne_buf_view(&text)));
	urne_buf_puts(&note, m->more_lines);
	p.note = urne_buf_view(&note);
	urne_tlog_proof_write(out, &p);
	urne_signer_clear(&signer);
	urne_buf_clear(&text);
	urne_buf_clear(&note);
	memory_log_clear(&log);
}

static void
make(struct urne_buf *out, const struct made *m, const struct vectors *v)
{
	struct urne_receipt r = {.election = urne_view_of(m->election),
	    .tracker = m->tracker,
	    .height = m->height,
	    .has_replaced = m->has_replaced};
	struct urne_buf event, proof;

	urne_buf_init(&event, 1 << 12);
	urne_buf_init(&proof, 1 << 20);
	urne_event_write(&event, &m->event);
	put_proof(&proof, m, v, m->leaf.len > 0 ? m->leaf : urne_buf_view(&event));
	r.proof = urne_buf_view(&proof);
	urne_receipt_write(out, &r);
	assert_ok(urne_buf_error(out));
	urne_buf_clear(&event);
	urne_buf_clear(&proof);
}

/* The vectors' log key under a name, public side. */
static void
key_named(struct urne_note_key *out, const struct vectors *v, const char *name)
{
	struct urne_diag d = {{0}};

	assert_ok(urne_note_key_read(out, &d, vector_text(vector_get(v->root, "key"), "verifier")));
	out->name = urne_view_of(name);
	out->id = urne_note_key_id(out->name, out->key);
}

static enum urne_err
verify(struct urne_receipt_facts *f, struct urne_arena *arena, struct urne_diag *d,
    const struct made *m, const char *key_name)
{
	struct urne_note_key key;
	struct urne_buf text;
	struct urne_view kept = {"", 0};
	struct vectors v;
	enum urne_err e;

	vectors_open(&v, TLOG_VECTORS);
	key_named(&key, &v, key_name);
	urne_buf_init(&text, 1 << 20);
	make(&text, m, &v);
	/* what is found borrows from the text */
	assert_ok(urne_arena_copy(arena, &kept, urne_buf_view(&text)));
	e = urne_receipt_verify(f, arena, d, kept, &key);
	urne_buf_clear(&text);
	vectors_close(&v);
	return e;
}

static void
a_receipt_holds_for_the_key_of_the_log_and_of_its_service(void **state)
{
	static const char *const names[] = {TLOG_ORIGIN, TLOG_SERVICE};

	for (size_t i = 0; i < NUM(names); i++) {
		for (size_t replaced = 0; replaced < 2; replaced++) {
			struct made m = honest();
			struct urne_receipt_facts f;
			struct urne_arena arena;
			struct urne_diag d = {{0}};

			m.has_replaced = replaced == 1;
			urne_arena_init(&arena, 1 << 20);
			assert_ok(verify(&f, &arena, &d, &m, names[i]));
			assert_int_equal(f.event.height, 2);
			assert_int_equal(f.proof.index, 2);
			assert_int_equal(f.checkpoint.size, 5);
			assert_true(urne_view_is(f.checkpoint.origin, TLOG_ORIGIN));
			assert_true(urne_hash_eq(&f.receipt.tracker, &m.event.payload));
			assert_int_equal(f.receipt.has_replaced, m.has_replaced);
			urne_arena_clear(&arena);
		}
	}
}

static void
a_receipt_holds_wherever_the_ballot_stands(void **state)
{
	for (size_t size = 2; size < 20; size++) {
		for (size_t place = 1; place < size; place++) {
			struct made m = honest();
			struct urne_receipt_facts f;
			struct urne_arena arena;
			struct urne_diag d = {{0}};

			m.event.height = m.index = m.height = m.place = place;
			m.size = size;
			urne_arena_init(&arena, 1 << 20);
			assert_ok(verify(&f, &arena, &d, &m, TLOG_SERVICE));
			urne_arena_clear(&arena);
		}
	}
}

/* Witnesses and other algorithms add lines of their own; a log key does not ask about them. */
static void
lines_of_others_under_the_checkpoint_are_ignored(void **state)
{
	struct made m = honest();
	struct urne_receipt_facts f;
	struct urne_arena arena;
	struct urne_diag d = {{0}};

	m.more_lines = "— someone.example/x "
		       "AQIDBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
		       "AAAAAAAAAAAAAAAAAAAAAAAAA=\n— another.example/y AQIDBAU=\n";
	urne_arena_init(&arena, 1 << 20);
	assert_ok(verify(&f, &arena, &d, &m, TLOG_ORIGIN));
	urne_arena_clear(&arena);
}

/* One mutation for each step of the check. */

static void
as_setup(struct made *m)
{
	m->event.type = URNE_EVENT_SETUP;
}

static void
without_payload(struct made *m)
{
	m->event.has_payload = false;
}

static void
another_spelling_of_the_event(struct made *m)
{
	m->leaf =
	    VIEW("{\"height\": 2,\"type\":\"Ballot\",\"payload\":\"a48bdb40d921d7d90d9e9b633bd4"
		 "6b014d318a400d2099eb53131cabe04fb353\"}");
}

static void
another_index(struct made *m)
{
	m->index = 3;
}

/* The event says 2, the log has it at 3. */
static void
another_place(struct made *m)
{
	m->index = m->place = 3;
}

static void
another_height(struct made *m)
{
	m->height = 1;
}

static void
beyond_the_size(struct made *m)
{
	m->event.height = m->index = m->height = 5;
}

static void
another_tracker(struct made *m)
{
	m->tracker.b[31] ^= 1;
}

static void
another_event_in_the_log(struct made *m)
{
	m->in_log = VIEW("the log has something else here");
}

static void
another_election(struct made *m)
{
	m->election = "8GpLcyFqQvDrUm";
}

static void
signed_for_another_election(struct made *m)
{
	m->origin = m->signs = TLOG_SERVICE "/8GpLcyFqQvDrUm";
}

static void
signed_under_another_name(struct made *m)
{
	m->signs = TLOG_SERVICE "/8GpLcyFqQvDrUm";
}

static void
signed_by_the_service_itself(struct made *m)
{
	m->origin = m->signs = TLOG_SERVICE;
}

static void
each_step_refuses_what_it_is_there_for(void **state)
{
	static const struct {
		void (*break_it)(struct made *m);
		const char *key;
		enum urne_err want;
		const char *says;
	} cases[] = {
	    {signed_under_another_name, TLOG_SERVICE, URNE_ERR_UNKNOWN, "no signature of"},
	    {signed_for_another_election, TLOG_ORIGIN, URNE_ERR_MISMATCH, "the key is that of"},
	    {signed_for_another_election, TLOG_SERVICE, URNE_ERR_MISMATCH,
		"the receipt is for election 8GpLcyFqQvDrUn, and the board signed for"},
	    {signed_by_the_service_itself, TLOG_SERVICE, URNE_ERR_MISMATCH,
		"the receipt is for election"},
	    {another_election, TLOG_ORIGIN, URNE_ERR_MISMATCH, "the receipt is for election"},
	    {another_spelling_of_the_event, TLOG_ORIGIN, URNE_ERR_SYNTAX,
		"the event in the proof: height: "},
	    {as_setup, TLOG_ORIGIN, URNE_ERR_MISMATCH, "is a Setup, no Ballot"},
	    {without_payload, TLOG_ORIGIN, URNE_ERR_MISMATCH, "Ballot without payload"},
	    {another_index, TLOG_ORIGIN, URNE_ERR_MISMATCH, "height 2 and stands at index 3"},
	    {another_place, TLOG_ORIGIN, URNE_ERR_MISMATCH, "height 2 and stands at index 3"},
	    {another_height, TLOG_ORIGIN, URNE_ERR_MISMATCH, "says height 1, its event has 2"},
	    {beyond_the_size, TLOG_ORIGIN, URNE_ERR_RANGE, "covers 5 entries only"},
	    {another_tracker, TLOG_ORIGIN, URNE_ERR_MISMATCH, "the tracker of the receipt"},
	    {another_event_in_the_log, TLOG_ORIGIN, URNE_ERR_PROOF, "does not lead"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct refusal want = {"", cases[i].want, cases[i].says};
		struct made m = honest();
		struct urne_receipt_facts f = {.proof = {.index = 7}};
		struct urne_arena arena;
		struct urne_diag d = {{0}};

		cases[i].break_it(&m);
		urne_arena_init(&arena, 1 << 20);
		assert_refusal(&want, i, verify(&f, &arena, &d, &m, cases[i].key), &d);
		assert_int_equal(f.proof.index, 0);
		assert_int_equal(f.receipt.election.len, 0);
		urne_arena_clear(&arena);
	}
}

/* Every byte of the document: a receipt with another byte in it is no receipt, except in a line
 * that nobody looks at, of which there is none here. */
static void
every_changed_byte_of_a_receipt_is_noticed(void **state)
{
	struct made m = honest();
	struct urne_note_key key;
	struct urne_arena arena;
	struct urne_diag d = {{0}};
	struct urne_buf text;
	struct vectors v;

	vectors_open(&v, TLOG_VECTORS);
	key_named(&key, &v, TLOG_SERVICE);
	urne_arena_init(&arena, 1 << 20);
	urne_buf_init(&text, 1 << 20);
	make(&text, &m, &v);
	for (size_t i = 0; i < text.len; i++) {
		struct urne_receipt_facts f;

		text.data[i] ^= 1;
		assert_true(
		    urne_receipt_verify(&f, &arena, &d, urne_buf_view(&text), &key) != URNE_OK);
		text.data[i] ^= 1;
		urne_arena_reset(&arena);
	}
	urne_buf_clear(&text);
	urne_arena_clear(&arena);
	vectors_close(&v);
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
	key_named(&key, &v, TLOG_SERVICE);
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
	key_named(&key, &v, TLOG_ORIGIN);
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
	    cmocka_unit_test(a_receipt_holds_for_the_key_of_the_log_and_of_its_service),
	    cmocka_unit_test(a_receipt_holds_wherever_the_ballot_stands),
	    cmocka_unit_test(lines_of_others_under_the_checkpoint_are_ignored),
	    cmocka_unit_test(each_step_refuses_what_it_is_there_for),
	    cmocka_unit_test(every_changed_byte_of_a_receipt_is_noticed),
	    cmocka_unit_test(every_fault_of_a_document_is_named),
	    cmocka_unit_test(what_is_no_receipt_is_not_written),
	    cmocka_unit_test(every_ballot_of_the_vectors_has_a_receipt_that_holds),
	    cmocka_unit_test(two_receipts_for_one_height_hold_and_convict_the_board),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
