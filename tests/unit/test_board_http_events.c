/* SPDX-License-Identifier: EUPL-1.2 */
/* Partial decryptions over HTTP: stage and size are judged before the body is read, and the body
 * has to be records. */
#include "tests/unit/board/http_case.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bulletin/log/archive.h"

static int
begin(void **state)
{
	static struct http_case c;

	http_begin(&c);
	fake_of(c.board)->mode = FAKE_LATER;
	fake_of(c.board)->election.max_share = (size_t)1 << 16;
	fake_of(c.board)->state.stage = URNE_STAGE_DECRYPTING;
	c.options.rate = 100000;
	http_start(&c);
	*state = &c;
	return 0;
}

/* What is sent, each part of which a test may change. */
struct sent {
	const char *data[8]; /* data records, ends with NULL; the last is the payload */
	bool has_first;	     /* BELENIOS in front */
	bool has_event;	     /* an event record at the end, which must not be */
	uint64_t timestamp;  /* in the records */
};

static const struct sent share = {
    .data = {"{\"decryption_factors\":[]}", "{\"owner\":1}"}, .timestamp = FAKE_TIME};

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
	urne_buf_printf(&request,
	    "POST /bb/" FAKE_UUID "/events/PartialDecryption HTTP/1.1\r\nHost: x\r\n"
	    "Content-Length: %zu\r\n\r\n",
	    body.len);
	urne_buf_put_view(&request, urne_buf_view(&body));
	assert_ok(urne_buf_error(&request));
	http_send_bytes(fd, request.data, request.len);
	http_receive(a, fd, false);
	(void)close(fd);
	urne_buf_clear(&request);
	urne_buf_clear(&body);
}

/* A trustee asks no official: the stage, the size and the proofs decide. */
static void
a_share_needs_no_order(void **state)
{
	struct http_case *c = *state;
	struct fake *f = fake_of(c->board);
	struct http_answer a;
	size_t num = f->num_submitted;

	send_event(&a, c, &share);
	assert_status(&a, 200);
	assert_string_equal(a.body,
	    "{\"election\":\"" FAKE_UUID "\",\"event\":\"PartialDecryption\",\"height\":7}\n");
	assert_int_equal(f->num_submitted, num + 1);
	assert_int_equal(f->type, URNE_EVENT_PARTIAL_DECRYPTION);
	assert_int_equal(f->num_data, 2);
	assert_int_equal(f->timestamp, FAKE_TIME);
	/* one that was sent before the result gets its answer from the board */
	f->state.stage = URNE_STAGE_DONE;
	send_event(&a, c, &share);
	assert_status(&a, 200);
	assert_int_equal(f->num_submitted, num + 2);
	f->state.stage = URNE_STAGE_DECRYPTING;
}

/* One change each to what was good. */
static void
alter(struct sent *s, size_t i)
{
	switch (i) {
	case 0:
		s->data[0] = NULL;
		break;
	case 1:
		s->has_event = true;
		break;
	case 2:
		s->timestamp++;
		break;
	case 3:
		s->has_first = true;
		break;
	case 4:
		for (size_t j = 0; j < 6; j++) {
			s->data[j] = "again";
		}
		break;
	default:
		fail();
	}
}

static void
a_body_that_is_no_records_of_this_log_is_refused(void **state)
{
	static const struct {
		unsigned status;
		const char *says;
	} want[] = {{422, "no data records"}, {400, "the board makes the event itself"},
	    {400, "mtime"}, {400, "a second record BELENIOS"},
	    {422, "more data records than any event has"}};
	struct http_case *c = *state;
	size_t before = fake_of(c->board)->num_submitted;

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct sent s = share;
		struct http_answer a;

		alter(&s, i);
		send_event(&a, c, &s);
		if (a.status != want[i].status || strstr(a.body, want[i].says) == NULL) {
			fail_msg("case %zu: %s%s", i, a.head, a.body);
		}
	}
	assert_int_equal(fake_of(c->board)->num_submitted, before);
}

/* A23, A35: what cannot be a share of this election, or comes too early, is not read. */
static void
a23_a_share_is_not_read_before_its_time_nor_beyond_its_size(void **state)
{
	static const enum urne_stage early[] = {
	    URNE_STAGE_OPEN, URNE_STAGE_CLOSED, URNE_STAGE_SHUFFLING};
	struct http_case *c = *state;
	struct fake *f = fake_of(c->board);
	struct http_answer a;
	size_t num = f->num_submitted;

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
	f->election.max_share = (size_t)1 << 16;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_share_needs_no_order),
	    cmocka_unit_test(a_body_that_is_no_records_of_this_log_is_refused),
	    cmocka_unit_test(a23_a_share_is_not_read_before_its_time_nor_beyond_its_size),
	};
	return cmocka_run_group_tests_name("board_http_events", tests, begin, http_tear_down);
}
