/* SPDX-License-Identifier: EUPL-1.2 */
/* The chain accepts exactly the life cycle of an election, and nothing but its own links. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bulletin/log/event.h"
#include "crypto/sha256.h"
#include "tally/tally.h"

#define NUM_STAGES 7
#define TIME	   ((uint64_t)1795403491)

/* For every stage, which events may come: S B E T s X P R and G O R of a journal in the order of
 * enum urne_event_type.
 * '.' never, 'x' always, '1' only
 * when a shuffle is there. */
static const char *const may_come[NUM_STAGES] = {
    [URNE_STAGE_EMPTY] = "x.......x..",
    [URNE_STAGE_OPEN] = ".xx........",
    [URNE_STAGE_CLOSED] = "...x.......",
    [URNE_STAGE_SHUFFLING] = "....x1.....",
    [URNE_STAGE_DECRYPTING] = "......xx...",
    [URNE_STAGE_DONE] = "...........",
    [URNE_STAGE_JOURNAL] = ".........xx",
};

static const bool with_payload[URNE_NUM_EVENT_TYPES] = {
    true, true, false, true, true, false, true, true, true, true, true};

static struct urne_event
event_for(const struct urne_chain *c, enum urne_event_type t)
{
	struct urne_event e = {.type = t, .height = c->num_events};

	e.has_parent = c->num_events > 0;
	e.parent = c->last;
	e.has_payload = with_payload[t];
	return e;
}

static bool
expected(const struct urne_chain *c, enum urne_event_type t)
{
	char m = may_come[c->stage][t];

	if (c->stage == URNE_STAGE_EMPTY && c->is_journal != (t == URNE_EVENT_GENESIS)) {
		return false;
	}
	return m == 'x' || (m == '1' && c->num_of[URNE_EVENT_SHUFFLE] > 0);
}

static void
chain_accepts_exactly_the_life_cycle(void **state)
{
	struct urne_hash h = {{7}};
	unsigned stage, t, k;

	for (stage = 0; stage < NUM_STAGES; stage++) {
		for (t = 0; t < URNE_NUM_EVENT_TYPES; t++) {
			for (k = 0; k < 8; k++) {
				struct urne_chain c = {.stage = (enum urne_stage)stage};
				struct urne_chain before;
				struct urne_diag d = {""};
				struct urne_event e;
				enum urne_err got;

				c.num_events = stage == URNE_STAGE_EMPTY ? 0 : 5;
				c.last.b[3] = 9;
				c.has_non_homomorphic = (k & 1) != 0;
				c.num_of[URNE_EVENT_SHUFFLE] = (k & 2) != 0 ? 1 : 0;
				c.is_journal = (k & 4) != 0;
				before = c;
				e = event_for(&c, (enum urne_event_type)t);
				got = urne_chain_step(&c, &d, &e, &h);
				if (expected(&before, e.type)) {
					assert_int_equal(got, URNE_OK);
					assert_int_equal(c.num_events, before.num_events + 1);
					assert_int_equal(c.num_of[t], before.num_of[t] + 1);
					assert_true(urne_hash_eq(&c.last, &h));
				} else {
					assert_int_equal(got, URNE_ERR_ORDER);
					assert_memory_equal(&c, &before, sizeof(c));
					assert_true(d.text[0] != '\0');
				}
			}
		}
	}
}

static void
chain_goes_to_the_right_stage(void **state)
{
	static const struct {
		enum urne_stage from;
		enum urne_event_type type;
		bool non_homomorphic;
		enum urne_stage to;
	} rows[] = {
	    {URNE_STAGE_EMPTY, URNE_EVENT_SETUP, false, URNE_STAGE_OPEN},
	    {URNE_STAGE_OPEN, URNE_EVENT_BALLOT, false, URNE_STAGE_OPEN},
	    {URNE_STAGE_OPEN, URNE_EVENT_END_BALLOTS, false, URNE_STAGE_CLOSED},
	    {URNE_STAGE_CLOSED, URNE_EVENT_ENCRYPTED_TALLY, false, URNE_STAGE_DECRYPTING},
	    {URNE_STAGE_CLOSED, URNE_EVENT_ENCRYPTED_TALLY, true, URNE_STAGE_SHUFFLING},
	    {URNE_STAGE_SHUFFLING, URNE_EVENT_SHUFFLE, true, URNE_STAGE_SHUFFLING},
	    {URNE_STAGE_SHUFFLING, URNE_EVENT_END_SHUFFLES, true, URNE_STAGE_DECRYPTING},
	    {URNE_STAGE_DECRYPTING, URNE_EVENT_PARTIAL_DECRYPTION, false, URNE_STAGE_DECRYPTING},
	    {URNE_STAGE_DECRYPTING, URNE_EVENT_RESULT, false, URNE_STAGE_DONE},
	    {URNE_STAGE_EMPTY, URNE_EVENT_GENESIS, false, URNE_STAGE_JOURNAL},
	    {URNE_STAGE_JOURNAL, URNE_EVENT_ORDER, false, URNE_STAGE_JOURNAL},
	    {URNE_STAGE_JOURNAL, URNE_EVENT_RECORD, false, URNE_STAGE_JOURNAL},
	};
	struct urne_hash h = {{1}};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct urne_chain c = {.stage = rows[i].from};
		struct urne_event e;

		c.has_non_homomorphic = rows[i].non_homomorphic;
		c.is_journal = rows[i].to == URNE_STAGE_JOURNAL;
		c.num_of[URNE_EVENT_SHUFFLE] = 1;
		c.num_events = rows[i].from == URNE_STAGE_EMPTY ? 0 : 3;
		e = event_for(&c, rows[i].type);
		assert_int_equal(urne_chain_step(&c, NULL, &e, &h), URNE_OK);
		assert_int_equal(c.stage, rows[i].to);
	}
}

static void
chain_refuses_a_wrong_height_or_parent(void **state)
{
	struct urne_chain c = {.stage = URNE_STAGE_OPEN, .num_events = 4};
	struct urne_hash h = {{1}};
	struct urne_event e;

	c.last.b[0] = 5;
	e = event_for(&c, URNE_EVENT_BALLOT);
	e.height = 3;
	assert_int_equal(urne_chain_step(&c, NULL, &e, &h), URNE_ERR_MISMATCH);
	e.height = 5;
	assert_int_equal(urne_chain_step(&c, NULL, &e, &h), URNE_ERR_MISMATCH);
	e.height = 4;
	e.parent.b[31] ^= 1;
	assert_int_equal(urne_chain_step(&c, NULL, &e, &h), URNE_ERR_MISMATCH);
	e.parent = c.last;
	e.has_parent = false;
	assert_int_equal(urne_chain_step(&c, NULL, &e, &h), URNE_ERR_MISMATCH);
	c = (struct urne_chain){.stage = URNE_STAGE_EMPTY};
	e = event_for(&c, URNE_EVENT_SETUP);
	e.has_parent = true;
	assert_int_equal(urne_chain_step(&c, NULL, &e, &h), URNE_ERR_MISMATCH);
}

static void
chain_refuses_a_payload_that_is_missing_or_too_much(void **state)
{
	struct urne_chain c = {.stage = URNE_STAGE_OPEN, .num_events = 1};
	struct urne_hash h = {{1}};
	struct urne_event e = event_for(&c, URNE_EVENT_BALLOT);

	e.has_payload = false;
	assert_int_equal(urne_chain_step(&c, NULL, &e, &h), URNE_ERR_SYNTAX);
	e = event_for(&c, URNE_EVENT_END_BALLOTS);
	e.has_payload = true;
	assert_int_equal(urne_chain_step(&c, NULL, &e, &h), URNE_ERR_SYNTAX);
}

#define H0 "0000000000000000000000000000000000000000000000000000000000000000"
#define HA "00000000000000000000000000000000000000000000000000000000000000aA"

static void
event_reads_only_the_canonical_form(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} rows[] = {
	    {"{\"height\":0,\"type\":\"Setup\",\"payload\":\"" H0 "\"}", true},
	    {"{\"parent\":\"" H0 "\",\"height\":7,\"type\":\"EndBallots\"}", true},
	    {"{\"parent\":\"" H0 "\",\"height\":\"7\",\"type\":\"EndBallots\"}", false},
	    {"{\"parent\":\"" H0 "\",\"height\":07,\"type\":\"EndBallots\"}", false},
	    {"{\"parent\":\"" HA "\",\"height\":7,\"type\":\"EndBallots\"}", false},
	    {"{\"height\":7,\"parent\":\"" H0 "\",\"type\":\"EndBallots\"}", false},
	    {"{\"parent\":null,\"height\":0,\"type\":\"Setup\"}", false},
	    {"{\"height\":0,\"type\":\"Frobnicate\"}", false},
	    {"{\"height\":0,\"type\":[\"Setup\"]}", false},
	    {"{\"height\":0,\"type\":\"Setup\",\"extra\":1}", false},
	    {"{\"height\":0,\"type\":\"Setup\"}\n", false},
	    {"{\"height\":0, \"type\":\"Setup\"}", false},
	    {"", false},
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct urne_event e;
		struct urne_diag d = {""};
		enum urne_err err = urne_event_read(&e, &d, urne_view_of(rows[i].text));
		struct urne_buf b;

		if ((err == URNE_OK) != rows[i].good) {
			fail_msg("row %zu: %s", i, d.text);
		}
		if (rows[i].good) {
			urne_buf_init(&b, 4096);
			urne_event_write(&b, &e);
			assert_true(urne_view_is(urne_buf_view(&b), rows[i].text));
			urne_buf_clear(&b);
		}
	}
}

static void
setup_data_reads_only_the_canonical_form(void **state)
{
#define CORE "{\"election\":\"" H0 "\",\"trustees\":\"" H0 "\",\"credentials\":\"" H0 "\""
	struct urne_setup_data s;

	assert_int_equal(urne_setup_data_read(&s, NULL, urne_view_of(CORE "}")), URNE_OK);
	assert_false(s.has_certificate);
	assert_int_equal(urne_setup_data_read(&s, NULL,
			     urne_view_of(CORE ",\"credentials_certificate\":\"" H0 "\"}")),
	    URNE_OK);
	assert_true(s.has_certificate);
	assert_int_equal(
	    urne_setup_data_read(&s, NULL, urne_view_of(CORE ",\"x\":1}")), URNE_ERR_SYNTAX);
	assert_int_equal(urne_setup_data_read(&s, NULL, urne_view_of(CORE)), URNE_ERR_SYNTAX);
#undef CORE
}

/* What goes wrong in a stream of records, and which fault names it. */

struct stream {
	char folder[40], path[64];
	struct urne_buf out;
	struct urne_chain chain;
	struct urne_hash election, payload;
};

static void
stream_begin(struct stream *s)
{
	static const char *const parts[] = {"\"e\"", "\"t\"", "\"c\""};
	struct urne_view data[4];
	struct urne_hash h[3];
	struct urne_setup_data setup = {.has_certificate = false};
	struct urne_buf text;
	struct urne_diag d = {""};
	size_t i;

	memset(s, 0, sizeof(*s));
	(void)snprintf(s->folder, sizeof(s->folder), "/tmp/urne-chain-XXXXXX");
	assert_non_null(mkdtemp(s->folder));
	(void)snprintf(s->path, sizeof(s->path), "%s/a.bel", s->folder);
	urne_buf_init(&s->out, (size_t)1 << 20);
	urne_record_put_header(&s->out, TIME);
	for (i = 0; i < 3; i++) {
		data[i] = urne_view_of(parts[i]);
		urne_sha256_of(&h[i], data[i]);
	}
	setup.election = h[0];
	setup.trustees = h[1];
	setup.credentials = h[2];
	urne_buf_init(&text, 4096);
	urne_setup_data_write(&text, &setup);
	data[3] = urne_buf_view(&text);
	assert_int_equal(
	    urne_event_append(&s->out, &s->chain, &d, URNE_EVENT_SETUP, data, 4, TIME), URNE_OK);
	urne_buf_clear(&text);
}

static enum urne_err
stream_read(struct stream *s, size_t *num, enum urne_log_fault *fault)
{
	struct urne_archive *a = NULL;
	struct urne_chain chain = {.stage = URNE_STAGE_EMPTY};
	struct urne_log_item item;
	struct urne_diag d = {""};
	bool done = false;
	FILE *f = fopen(s->path, "wb");
	enum urne_err e;

	assert_non_null(f);
	assert_int_equal(fwrite(s->out.data, 1, s->out.len, f), s->out.len);
	assert_int_equal(fclose(f), 0);
	*num = 0;
	e = urne_archive_open(&a, &d, s->path);
	while (e == URNE_OK && !done) {
		e = urne_log_next(a, &chain, &item, &done, fault, &d);
		*num += e == URNE_OK && !done ? 1 : 0;
	}
	urne_archive_close(a);
	return e;
}

static void
stream_end(struct stream *s)
{
	(void)unlink(s->path);
	(void)rmdir(s->folder);
	urne_buf_clear(&s->out);
}

static void
put_event(struct stream *s, enum urne_event_type type, const char *payload)
{
	struct urne_event e = event_for(&s->chain, type);
	struct urne_hash h;
	struct urne_buf text;

	e.has_payload = payload != NULL;
	if (payload != NULL) {
		urne_sha256_of(&e.payload, urne_view_of(payload));
	}
	urne_buf_init(&text, 4096);
	urne_event_write(&text, &e);
	urne_record_put(&s->out, &h, URNE_RECORD_EVENT, urne_buf_view(&text), TIME);
	urne_buf_clear(&text);
}

static void
log_reads_what_append_writes(void **state)
{
	struct urne_view ballot = urne_view_of("\"b\"");
	struct stream s;
	enum urne_log_fault fault;
	size_t num;

	stream_begin(&s);
	assert_int_equal(
	    urne_event_append(&s.out, &s.chain, NULL, URNE_EVENT_BALLOT, &ballot, 1, TIME),
	    URNE_OK);
	assert_int_equal(
	    urne_event_append(&s.out, &s.chain, NULL, URNE_EVENT_END_BALLOTS, NULL, 0, TIME),
	    URNE_OK);
	assert_int_equal(stream_read(&s, &num, &fault), URNE_OK);
	assert_int_equal(num, 3);
	assert_int_equal(fault, URNE_LOG_FAULT_NONE);
	stream_end(&s);
}

static void
append_refuses_what_the_chain_or_the_records_do_not_allow(void **state)
{
	struct urne_view two[2] = {urne_view_of("\"b\""), urne_view_of("\"c\"")};
	struct stream s;
	struct urne_chain before;
	size_t len;

	stream_begin(&s);
	before = s.chain;
	len = s.out.len;
	assert_int_equal(urne_event_append(&s.out, &s.chain, NULL, URNE_EVENT_RESULT, two, 1, TIME),
	    URNE_ERR_ORDER);
	assert_int_equal(urne_event_append(&s.out, &s.chain, NULL, URNE_EVENT_BALLOT, two, 2, TIME),
	    URNE_ERR_MISMATCH);
	assert_int_equal(
	    urne_event_append(&s.out, &s.chain, NULL, URNE_EVENT_BALLOT, NULL, 0, TIME),
	    URNE_ERR_SYNTAX);
	assert_memory_equal(&before, &s.chain, sizeof(before));
	assert_int_equal(s.out.len, len);
	stream_end(&s);
}

/* The board keeps events and data apart: what it makes is what stands in the archive. */
static void
make_writes_the_event_that_append_writes(void **state)
{
	struct urne_view ballot = urne_view_of("\"b\"");
	struct urne_chain chain, before;
	struct urne_hash hash, again;
	struct urne_buf text;
	struct stream s;
	size_t start;

	stream_begin(&s);
	chain = s.chain;
	urne_buf_init(&text, 4096);
	urne_buf_puts(&text, "in front");
	start = text.len;
	assert_int_equal(
	    urne_event_make(&text, &chain, &hash, NULL, URNE_EVENT_BALLOT, &ballot, 1), URNE_OK);
	assert_int_equal(
	    urne_event_append(&s.out, &s.chain, NULL, URNE_EVENT_BALLOT, &ballot, 1, TIME),
	    URNE_OK);
	assert_memory_equal(&chain, &s.chain, sizeof(chain));
	urne_sha256_of(&again, (struct urne_view){text.data + start, text.len - start});
	assert_true(urne_hash_eq(&again, &hash));
	assert_true(urne_hash_eq(&s.chain.last, &hash));
	before = chain;
	urne_buf_reset(&text);
	assert_int_equal(
	    urne_event_make(&text, &chain, &hash, NULL, URNE_EVENT_END_BALLOTS, &ballot, 1),
	    URNE_ERR_SYNTAX);
	assert_memory_equal(&chain, &before, sizeof(chain));
	urne_buf_clear(&text);
	stream_end(&s);
}

static void
check_refuses_data_that_the_event_does_not_ask_for(void **state)
{
	static const char owned[] =
	    "{\"owner\":1,\"payload\":\""
	    "aaf71b5c5b2bbbd4a7fbe1b4e2ea8aef5a0a9f4d9b9c8b4f3fd7c4ff4ae0a1c2\"}";
	struct urne_view two[2] = {urne_view_of("\"x\""), urne_view_of(owned)};
	struct urne_hash hash[URNE_MAX_EVENT_DATA], want;
	struct urne_owned o = {.owner = 1};
	struct urne_diag d = {""};
	struct urne_buf text;

	assert_int_equal(urne_event_check(hash, &d, URNE_EVENT_RESULT, two, 1), URNE_OK);
	urne_sha256_of(&want, two[0]);
	assert_true(urne_hash_eq(&hash[0], &want));
	assert_int_equal(
	    urne_event_check(hash, &d, URNE_EVENT_END_BALLOTS, two, 1), URNE_ERR_MISMATCH);
	assert_int_equal(urne_event_check(hash, &d, URNE_EVENT_RESULT, two, 2), URNE_ERR_MISMATCH);
	assert_int_equal(
	    urne_event_check(hash, &d, URNE_EVENT_PARTIAL_DECRYPTION, two, 2), URNE_ERR_MISMATCH);
	assert_non_null(strstr(d.text, "is not the one that the payload names"));
	o.payload = want;
	urne_buf_init(&text, 4096);
	urne_owned_write(&text, &o);
	two[1] = urne_buf_view(&text);
	assert_int_equal(
	    urne_event_check(hash, &d, URNE_EVENT_PARTIAL_DECRYPTION, two, 2), URNE_OK);
	urne_buf_clear(&text);
}

static void
links_are_the_records_that_a_payload_names(void **state)
{
	struct urne_setup_data setup = {
	    .election = {{1}}, .trustees = {{2}}, .credentials = {{3}}, .certificate = {{4}}};
	struct urne_hash wanted[URNE_MAX_EVENT_DATA];
	struct urne_diag d = {""};
	struct urne_buf text;
	size_t num = 9;

	urne_buf_init(&text, 4096);
	setup.has_certificate = true;
	urne_setup_data_write(&text, &setup);
	assert_int_equal(
	    urne_event_links(wanted, &num, &d, URNE_EVENT_SETUP, urne_buf_view(&text)), URNE_OK);
	assert_int_equal(num, 4);
	assert_true(urne_hash_eq(&wanted[0], &setup.election));
	assert_true(urne_hash_eq(&wanted[3], &setup.certificate));
	assert_int_equal(
	    urne_event_links(wanted, &num, &d, URNE_EVENT_BALLOT, urne_view_of("\"b\"")), URNE_OK);
	assert_int_equal(num, 0);
	assert_int_equal(urne_event_links(wanted, &num, &d, URNE_EVENT_PARTIAL_DECRYPTION,
			     urne_view_of("{\"owner\":1}")),
	    URNE_ERR_SYNTAX);
	assert_non_null(strstr(d.text, "the payload of the event: "));
	urne_buf_clear(&text);
}

/* One event of the second kind behind a good setup, with these data records before it. */
static void
log_names_the_fault_of_each_wrong_event(void **state)
{
	static const struct {
		enum urne_event_type type;
		const char *payload; /* of the event */
		const char *data[3]; /* records before it */
		bool orphan;	     /* no event at all */
		enum urne_log_fault fault;
	} rows[] = {
	    {URNE_EVENT_BALLOT, "\"b\"", {"\"b\""}, false, URNE_LOG_FAULT_NONE},
	    {URNE_EVENT_BALLOT, "\"b\"", {"\"x\""}, false, URNE_LOG_FAULT_RECORDS},
	    {URNE_EVENT_BALLOT, "\"b\"", {NULL}, false, URNE_LOG_FAULT_RECORDS},
	    {URNE_EVENT_BALLOT, "\"b\"", {"\"x\"", "\"b\""}, false, URNE_LOG_FAULT_RECORDS},
	    {URNE_EVENT_BALLOT, NULL, {NULL}, false, URNE_LOG_FAULT_EVENT},
	    {URNE_EVENT_END_BALLOTS, NULL, {NULL}, false, URNE_LOG_FAULT_NONE},
	    {URNE_EVENT_END_BALLOTS, NULL, {"\"x\""}, false, URNE_LOG_FAULT_RECORDS},
	    {URNE_EVENT_END_BALLOTS, "\"x\"", {"\"x\""}, false, URNE_LOG_FAULT_EVENT},
	    {URNE_EVENT_SETUP, "\"x\"", {"\"x\""}, false, URNE_LOG_FAULT_CYCLE},
	    {URNE_EVENT_RESULT, "\"x\"", {"\"x\""}, false, URNE_LOG_FAULT_CYCLE},
	    {URNE_EVENT_BALLOT, NULL, {"\"x\""}, true, URNE_LOG_FAULT_RECORDS},
	};
	size_t i, k, num;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct stream s;
		struct urne_hash h;
		enum urne_log_fault fault;
		enum urne_err e;

		stream_begin(&s);
		for (k = 0; k < 3 && rows[i].data[k] != NULL; k++) {
			urne_record_put(
			    &s.out, &h, URNE_RECORD_DATA, urne_view_of(rows[i].data[k]), TIME);
		}
		if (!rows[i].orphan) {
			put_event(&s, rows[i].type, rows[i].payload);
		}
		e = stream_read(&s, &num, &fault);
		if (fault != rows[i].fault || (e == URNE_OK) != (fault == URNE_LOG_FAULT_NONE)) {
			fail_msg("row %zu: fault %d", i, (int)fault);
		}
		stream_end(&s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(chain_accepts_exactly_the_life_cycle),
	    cmocka_unit_test(chain_goes_to_the_right_stage),
	    cmocka_unit_test(chain_refuses_a_wrong_height_or_parent),
	    cmocka_unit_test(chain_refuses_a_payload_that_is_missing_or_too_much),
	    cmocka_unit_test(event_reads_only_the_canonical_form),
	    cmocka_unit_test(setup_data_reads_only_the_canonical_form),
	    cmocka_unit_test(log_reads_what_append_writes),
	    cmocka_unit_test(append_refuses_what_the_chain_or_the_records_do_not_allow),
	    cmocka_unit_test(make_writes_the_event_that_append_writes),
	    cmocka_unit_test(check_refuses_data_that_the_event_does_not_ask_for),
	    cmocka_unit_test(links_are_the_records_that_a_payload_names),
	    cmocka_unit_test(log_names_the_fault_of_each_wrong_event),
	};

	return cmocka_run_group_tests_name("log_chain", tests, NULL, NULL);
}
