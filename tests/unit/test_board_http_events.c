/* SPDX-License-Identifier: EUPL-1.2 */
/* Events of officials over HTTP: the order is judged before the body is read, and the body has to
 * be what the order names. */
#include "tests/unit/board/http_case.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/b64.h"
#include "bulletin/log/event_order.h"
#include "crypto/secret/signer.h"
#include "crypto/sha256.h"

#define ELECTION "{\"uuid\":\"" FAKE_UUID "\"}"

static struct urne_signer claire, amel, stranger;

static int
begin(void **state)
{
	static struct http_case c;
	struct urne_board_config *config;
	struct urne_diag d = {{0}};
	struct urne_rng rng;

	test_rng_init(&rng);
	assert_ok(urne_signer_new(&claire, &d, VIEW("claire"), &rng));
	assert_ok(urne_signer_new(&amel, &d, VIEW("amel"), &rng));
	assert_ok(urne_signer_new(&stranger, &d, VIEW("stranger"), &rng));
	http_begin(&c);
	config = &fake_of(c.board)->config;
	config->officials[0] = claire.key;
	config->officials[1] = amel.key;
	config->num_officials = config->agree = 2;
	fake_of(c.board)->mode = FAKE_LATER;
	c.options.rate = 100000;
	http_start(&c);
	*state = &c;
	return 0;
}

/* What is sent, each part of which a test may change. */
struct sent {
	const char *path_type;
	const char *origin;
	enum urne_event_type type;
	const char *data[8]; /* data records, ends with NULL; the last is the payload */
	bool has_first;	     /* BELENIOS in front */
	bool has_event;	     /* an event record at the end, which must not be */
	uint64_t timestamp;  /* in the records */
	const char *payload; /* named by the order instead of the last record */
	const struct urne_signer *signers[3];
	const char *header; /* instead of the order */
};

static const struct sent result = {.path_type = "Result",
    .origin = FAKE_ORIGIN,
    .type = URNE_EVENT_RESULT,
    .data = {"{\"result\":[[1,2]]}"},
    .timestamp = FAKE_TIME,
    .signers = {&claire, &amel}};

static const struct sent share = {.path_type = "PartialDecryption",
    .type = URNE_EVENT_PARTIAL_DECRYPTION,
    .data = {"{\"decryption_factors\":[]}", "{\"owner\":1}"},
    .timestamp = FAKE_TIME,
    .header = ""};

static const struct sent setup = {.path_type = "Setup",
    .origin = FAKE_ORIGIN,
    .type = URNE_EVENT_SETUP,
    .data = {ELECTION, "[]", "[\"x\"]", "{\"election\":\"...\"}"},
    .has_first = true,
    .timestamp = 1234567,
    .signers = {&claire, &amel}};

static const struct sent end_ballots = {.path_type = "EndBallots",
    .origin = FAKE_ORIGIN,
    .type = URNE_EVENT_END_BALLOTS,
    .timestamp = FAKE_TIME,
    .signers = {&claire, &amel}};

static void
put_order(struct urne_buf *out, const struct sent *s)
{
	struct urne_event_order o = {.origin = urne_view_of(s->origin), .type = s->type};
	struct urne_buf text, note;
	const char *payload = s->payload;

	for (size_t i = 0; payload == NULL && s->data[0] != NULL && s->data[i] != NULL; i++) {
		if (s->data[i + 1] == NULL) {
			payload = s->data[i];
		}
	}
	o.has_payload = payload != NULL;
	if (payload != NULL) {
		urne_sha256_of(&o.payload, urne_view_of(payload));
	}
	urne_buf_init(&text, 1 << 16);
	urne_buf_init(&note, 1 << 16);
	urne_event_order_write(&text, &o);
	urne_buf_put_view(&note, urne_buf_view(&text));
	urne_buf_putc(&note, '\n');
	for (size_t i = 0; i < 3 && s->signers[i] != NULL; i++) {
		assert_ok(urne_signer_sign(&note, s->signers[i], urne_buf_view(&text)));
	}
	urne_b64_put(out, (const uint8_t *)note.data, note.len);
	urne_buf_clear(&text);
	urne_buf_clear(&note);
}

static void
put_records(struct urne_buf *out, const struct sent *s)
{
	struct urne_hash hash;

	if (s->has_first) {
		urne_record_put_header(out, s->timestamp);
	}
	for (size_t i = 0; s->data[i] != NULL; i++) {
		urne_record_put(
		    out, &hash, URNE_RECORD_DATA, urne_view_of(s->data[i]), s->timestamp);
	}
	if (s->has_event) {
		urne_record_put(out, &hash, URNE_RECORD_EVENT, VIEW("{}"), s->timestamp);
	}
}

static void
send_event(struct http_answer *a, struct http_case *c, const struct sent *s)
{
	struct urne_buf request, body;
	int fd = http_connect(c, 1);

	urne_buf_init(&request, 1 << 20);
	urne_buf_init(&body, 1 << 20);
	put_records(&body, s);
	urne_buf_printf(
	    &request, "POST /bb/" FAKE_UUID "/events/%s HTTP/1.1\r\nHost: x\r\n", s->path_type);
	urne_buf_puts(&request, s->header != NULL && s->header[0] == '\0' ? "X: " : "Urne-Order: ");
	if (s->header != NULL) {
		urne_buf_puts(&request, s->header);
	} else {
		put_order(&request, s);
	}
	urne_buf_printf(&request, "\r\nContent-Length: %zu\r\n\r\n", body.len);
	urne_buf_put_view(&request, urne_buf_view(&body));
	assert_ok(urne_buf_error(&request));
	http_send_bytes(fd, request.data, request.len);
	http_receive(a, fd, false);
	(void)close(fd);
	urne_buf_clear(&request);
	urne_buf_clear(&body);
}

static void
an_ordered_event_reaches_the_board(void **state)
{
	struct http_case *c = *state;
	struct fake *f = fake_of(c->board);
	struct http_answer a;

	send_event(&a, c, &result);
	assert_status(&a, 200);
	assert_string_equal(
	    a.body, "{\"election\":\"" FAKE_UUID "\",\"event\":\"Result\",\"height\":7}\n");
	assert_int_equal(f->type, URNE_EVENT_RESULT);
	assert_int_equal(f->num_data, 1);
	assert_int_equal(f->timestamp, FAKE_TIME);
	send_event(&a, c, &setup);
	assert_status(&a, 200);
	assert_int_equal(f->type, URNE_EVENT_SETUP);
	assert_int_equal(f->num_data, 4);
	assert_int_equal(f->timestamp, 1234567);
	send_event(&a, c, &end_ballots);
	assert_status(&a, 200);
	assert_int_equal(f->type, URNE_EVENT_END_BALLOTS);
	assert_int_equal(f->num_data, 0);
	assert_int_equal(f->num_submitted, 3);
}

/* One change each to what was good. */
static void
alter(struct sent *s, size_t i)
{
	switch (i) {
	case 0:
		s->signers[1] = NULL;
		break;
	case 1:
		s->signers[1] = &stranger;
		break;
	case 2:
		s->signers[1] = &claire;
		break;
	case 3:
		s->header = "";
		break;
	case 4:
		s->header = "not-base64!";
		break;
	case 5:
		s->header = "aGVsbG8K";
		break;
	case 6:
		s->origin = "vote.example.org/bb/8GpLcyFqQvDrUm";
		break;
	case 7:
		s->origin = "other.example.org/bb/" FAKE_UUID;
		break;
	case 8:
		s->path_type = "EncryptedTally";
		break;
	case 9:
		s->payload = "something else";
		break;
	case 10:
		s->data[0] = NULL;
		s->payload = "{\"result\":[[1,2]]}";
		break;
	case 11:
		s->has_event = true;
		break;
	case 12:
		s->timestamp++;
		break;
	case 13:
		s->has_first = true;
		break;
	case 14:
		for (size_t j = 0; j < 6; j++) {
			s->data[j] = "again";
		}
		s->payload = "again";
		break;
	default:
		fail();
	}
}

static void
an_event_that_nobody_ordered_so_is_refused(void **state)
{
	static const struct {
		unsigned status;
		const char *says;
	} want[] = {{403, ""}, {403, ""}, {403, "two signature lines"},
	    {403, "header Urne-Order with the officials' signed order is missing"},
	    {403, "no Base64"}, {403, ""}, {403, "the order is for the log"},
	    {403, "the order is for the log"}, {403, "the order is for Result"},
	    {422, "not the payload that the order names"}, {422, "no data records"},
	    {400, "the board makes the event itself"}, {400, "mtime"},
	    {400, "a second record BELENIOS"}, {422, "more data records than any event has"}};
	struct http_case *c = *state;
	size_t before = fake_of(c->board)->num_submitted;

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct sent s = result;
		struct http_answer a;

		alter(&s, i);
		send_event(&a, c, &s);
		if (a.status != want[i].status || strstr(a.body, want[i].says) == NULL) {
			fail_msg("case %zu: %s%s", i, a.head, a.body);
		}
	}
	assert_int_equal(fake_of(c->board)->num_submitted, before);
}

static void
a_setup_is_for_the_election_of_its_path(void **state)
{
	struct http_case *c = *state;
	struct sent s = setup;
	struct http_answer a;

	s.data[0] = "{\"uuid\":\"8GpLcyFqQvDrUm\"}";
	send_event(&a, c, &s);
	assert_status(&a, 422);
	assert_non_null(strstr(a.body, "which the path names"));
	s.data[0] = "no json";
	send_event(&a, c, &s);
	assert_status(&a, 400);
	s = setup;
	s.has_first = false;
	send_event(&a, c, &s);
	assert_status(&a, 400);
	assert_non_null(strstr(a.body, "BELENIOS"));
}

static void
an_event_without_payload_has_no_body(void **state)
{
	struct http_case *c = *state;
	struct sent s = end_ballots;
	struct http_answer a;
	struct urne_buf order, request;
	int fd;

	urne_buf_init(&order, 1 << 16);
	urne_buf_init(&request, 1 << 16);
	put_order(&order, &s);
	urne_buf_printf(&request,
	    "POST /bb/" FAKE_UUID "/events/EndBallots HTTP/1.1\r\nHost: x\r\n"
	    "Urne-Order: %.*s\r\nContent-Length: 1\r\n\r\nx",
	    (int)order.len, order.data);
	fd = http_connect(c, 1);
	http_send_bytes(fd, request.data, request.len);
	http_receive(&a, fd, false);
	assert_status(&a, 413);
	(void)close(fd);
	urne_buf_clear(&order);
	urne_buf_clear(&request);
}

static void
a35_bodies_without_an_order_are_not_read(void **state)
{
	struct http_case *c = *state;
	struct http_answer a;
	struct sent s = result;
	struct urne_buf order, request;
	int fd = http_connect(c, 1);

	/* signed by one of two: told so while the body has not begun */
	s.signers[1] = NULL;
	urne_buf_init(&order, 1 << 16);
	urne_buf_init(&request, 1 << 16);
	put_order(&order, &s);
	urne_buf_printf(&request,
	    "POST /bb/" FAKE_UUID "/events/Result HTTP/1.1\r\nHost: x\r\nUrne-Order: %.*s\r\n"
	    "Content-Length: 500000000\r\n\r\n",
	    (int)order.len, order.data);
	http_send_bytes(fd, request.data, request.len);
	http_receive(&a, fd, false);
	assert_status(&a, 403);
	assert_int_equal(atomic_load(&c->service.events.used), 0);
	(void)close(fd);
	urne_buf_clear(&order);
	urne_buf_clear(&request);
}

/* A trustee asks no official: the stage, the size and the proofs decide. */
static void
a_share_needs_no_order(void **state)
{
	struct http_case *c = *state;
	struct fake *f = fake_of(c->board);
	struct urne_board_state before = f->state;
	struct http_answer a;
	struct sent s = share;
	size_t num = f->num_submitted;

	f->election.max_share = 4096;
	f->state.stage = URNE_STAGE_DECRYPTING;
	send_event(&a, c, &s);
	assert_status(&a, 200);
	assert_int_equal(f->num_submitted, num + 1);
	assert_int_equal(f->type, URNE_EVENT_PARTIAL_DECRYPTION);
	assert_int_equal(f->num_data, 2);
	/* one that was sent before the result gets its answer from the board */
	f->state.stage = URNE_STAGE_DONE;
	send_event(&a, c, &s);
	assert_status(&a, 200);
	/* an order that comes along must be good */
	f->state.stage = URNE_STAGE_DECRYPTING;
	s.header = "aGVsbG8K";
	send_event(&a, c, &s);
	assert_status(&a, 403);
	s = share;
	s.data[0] = NULL;
	send_event(&a, c, &s);
	assert_status(&a, 422);
	/* nothing else goes without one */
	s = result;
	s.header = "";
	send_event(&a, c, &s);
	assert_status(&a, 403);
	assert_int_equal(f->num_submitted, num + 2);
	f->state = before;
}

/* A23, A35: what cannot be a share of this election, or comes too early, is not read. */
static void
a23_a_share_is_not_read_before_its_time_nor_beyond_its_size(void **state)
{
	static const enum urne_stage early[] = {
	    URNE_STAGE_OPEN, URNE_STAGE_CLOSED, URNE_STAGE_SHUFFLING};
	struct http_case *c = *state;
	struct fake *f = fake_of(c->board);
	struct urne_board_state before = f->state;
	struct http_answer a;
	size_t num = f->num_submitted;

	f->election.max_share = 4096;
	for (size_t i = 0; i < sizeof(early) / sizeof(early[0]); i++) {
		f->state.stage = early[i];
		send_event(&a, c, &share);
		assert_status(&a, 409);
		assert_non_null(strstr(a.body, "no encrypted tally to decrypt yet"));
	}
	f->state.stage = URNE_STAGE_DECRYPTING;
	f->election.max_share = 2047;
	send_event(&a, c, &share);
	assert_status(&a, 413);
	f->election.max_share = 2048;
	send_event(&a, c, &share);
	assert_status(&a, 200);
	assert_int_equal(f->num_submitted, num + 1);
	f->state = before;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_ordered_event_reaches_the_board),
	    cmocka_unit_test(an_event_that_nobody_ordered_so_is_refused),
	    cmocka_unit_test(a_setup_is_for_the_election_of_its_path),
	    cmocka_unit_test(an_event_without_payload_has_no_body),
	    cmocka_unit_test(a35_bodies_without_an_order_are_not_read),
	    cmocka_unit_test(a_share_needs_no_order),
	    cmocka_unit_test(a23_a_share_is_not_read_before_its_time_nor_beyond_its_size),
	};
	return cmocka_run_group_tests_name("board_http_events", tests, begin, http_tear_down);
}
