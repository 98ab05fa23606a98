/* SPDX-License-Identifier: EUPL-1.2 */
/* The offline check of receipts: what a board makes holds, and each step refuses what it is there
 * for and nothing before it does. The key is that of tests/vectors/tlog/. */
#include "tests/unit/support/tlog_vectors.h"

#include "bulletin/log/receipt.h"
#include "crypto/sha256.h"
#include "tests/unit/support/memory_log.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))

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
	vector_key(&key, &v, key_name);
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
	vector_key(&key, &v, TLOG_SERVICE);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_receipt_holds_for_the_key_of_the_log_and_of_its_service),
	    cmocka_unit_test(a_receipt_holds_wherever_the_ballot_stands),
	    cmocka_unit_test(lines_of_others_under_the_checkpoint_are_ignored),
	    cmocka_unit_test(each_step_refuses_what_it_is_there_for),
	    cmocka_unit_test(every_changed_byte_of_a_receipt_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
