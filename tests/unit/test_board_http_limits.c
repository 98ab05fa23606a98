/* SPDX-License-Identifier: EUPL-1.2 */
/* Threat A35: what a hostile client can take of a board, and what it cannot. Each test says what is
 * refused or cut, and that others are served meanwhile. */
#include "tests/unit/board/http_case.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "bulletin/server/connections.h"

#define BB	"/bb/" FAKE_UUID
#define BALLOTS "POST " BB "/ballots" HTTP_HOST

static int
begin(void **state)
{
	static struct http_case c;

	http_begin(&c);
	c.options.head_seconds = 1;
	c.options.idle_seconds = 2;
	c.options.rate = 100000;
	*state = &c;
	return 0;
}

static int64_t
cut(struct http_case *c)
{
	return atomic_load(&urne_board_metrics(c->board)->value[URNE_METRIC_CONNECTIONS_CUT]);
}

static void
sleep_ms(long ms)
{
	struct timespec t = {ms / 1000, ms % 1000 * 1000000};

	while (nanosleep(&t, &t) != 0) {
	}
}

/* trickle sends a byte every 100 ms, at most for `ms`, and tells after how many the end came. */
static uint64_t
trickle(int fd, char byte, uint64_t ms)
{
	uint64_t start = urne_now_ms();

	while (urne_now_ms() - start < ms) {
		if (send(fd, &byte, 1, MSG_NOSIGNAL) != 1 || http_is_closed(fd, 100)) {
			break;
		}
	}
	return urne_now_ms() - start;
}

static void
a35_a_head_that_comes_byte_by_byte_is_cut(void **state)
{
	struct http_case *c = *state;
	uint64_t ms;
	int fd;

	http_start(c);
	fd = http_connect(c, 1);
	http_send(fd, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ");
	http_assert_served(c);
	/* every byte is a sign of life; the deadline is for the whole head all the same */
	ms = trickle(fd, 'a', HTTP_PATIENCE_MS);
	assert_in_range(ms, 500, HTTP_PATIENCE_MS - 1);
	assert_int_equal(cut(c), 1);
	http_assert_served(c);
	(void)close(fd);
}

static void
a35_a_body_that_comes_byte_by_byte_is_cut(void **state)
{
	struct http_case *c = *state;
	uint64_t ms;
	int fd;

	http_start(c);
	fd = http_connect(c, 1);
	http_send(fd, BALLOTS "Content-Length: 900\r\n\r\n");
	ms = trickle(fd, 'a', HTTP_PATIENCE_MS);
	assert_in_range(ms, 500, HTTP_PATIENCE_MS - 1);
	assert_int_equal(fake_of(c->board)->num_submitted, 0);
	http_assert_served(c);
	(void)close(fd);
}

static void
a35_a_chunked_body_that_never_ends_is_cut(void **state)
{
	struct http_case *c = *state;
	uint64_t start = urne_now_ms();
	int fd;

	http_start(c);
	fd = http_connect(c, 1);
	http_send(fd, BALLOTS "Transfer-Encoding: chunked\r\n\r\n");
	while (urne_now_ms() - start < HTTP_PATIENCE_MS && !http_is_closed(fd, 100)) {
		http_send(fd, "1\r\nx\r\n");
	}
	assert_in_range(urne_now_ms() - start, 500, HTTP_PATIENCE_MS - 1);
	(void)close(fd);
}

static bool
nobody_is_connected(struct http_case *c)
{
	return atomic_load(&urne_board_metrics(c->board)->value[URNE_METRIC_CONNECTIONS]) == 0;
}

static void
a35_an_answer_that_nobody_reads_is_cut(void **state)
{
	struct http_case *c = *state;
	const size_t len = (size_t)16 << 20;
	char *big = calloc(1, len), byte;
	uint64_t start = urne_now_ms();
	int fd;

	assert_non_null(big);
	http_publish(c, "log-list.1", big, len);
	free(big);
	c->options.idle_seconds = 1;
	http_start(c);
	fd = http_connect(c, 1);
	http_send(fd, "GET /bb/log-list.1" HTTP_HOST "\r\n");
	http_assert_served(c);
	http_await(nobody_is_connected, c);
	assert_true(urne_now_ms() - start >= 500);
	assert_int_equal(recv(fd, &byte, 1, 0), 1);
	(void)close(fd);
}

static void
a35_a_connection_without_a_request_is_closed(void **state)
{
	struct http_case *c = *state;
	int silent, half, kept;
	struct http_answer a;

	http_start(c);
	silent = http_connect(c, 1);
	half = http_connect(c, 1);
	http_send(half, "GE");
	kept = http_connect(c, 1);
	http_send(kept, HTTP_HEALTH);
	http_receive(&a, kept, false);
	assert_status(&a, 200);
	assert_true(http_is_closed(silent, HTTP_PATIENCE_MS));
	assert_true(http_is_closed(half, HTTP_PATIENCE_MS));
	/* after its answer too */
	assert_true(http_is_closed(kept, HTTP_PATIENCE_MS));
	(void)close(silent);
	(void)close(half);
	(void)close(kept);
}

#define NUM_IDLE 1000

static void
a35_a_thousand_idle_connections_keep_nobody_out(void **state)
{
	struct http_case *c = *state;
	static int fds[NUM_IDLE];
	struct rlimit files = {4096, 4096};

	(void)setrlimit(RLIMIT_NOFILE, &files);
	c->options.head_seconds = 60;
	c->options.idle_seconds = 60;
	http_start(c);
	for (unsigned i = 0; i < NUM_IDLE; i++) {
		fds[i] = http_connect(c, 2 + i % 20);
		http_send(fds[i], i % 2 == 0 ? "POST " : BALLOTS "Content-Length: 900\r\n\r\nx");
	}
	for (int i = 0; i < 20; i++) {
		http_assert_served(c);
	}
	for (unsigned i = 0; i < NUM_IDLE; i++) {
		(void)close(fds[i]);
	}
}

/* taken: whether the server serves a connection from this address. */
static bool
taken(struct http_case *c, int fds[], size_t *num, unsigned from)
{
	struct http_answer a;

	fds[*num] = http_connect(c, from);
	http_send(fds[*num], HTTP_HEALTH);
	http_receive(&a, fds[*num], false);
	(*num)++;
	return a.status == 200;
}

static void
a35_one_address_gets_so_many_connections(void **state)
{
	struct http_case *c = *state;
	int fds[16];
	size_t num = 0;
	uint64_t start;

	c->options.max_per_address = 4;
	c->options.head_seconds = 60;
	c->options.idle_seconds = 60;
	assert_ok(urne_address_read(&c->options.proxies[0], VIEW("127.0.0.9")));
	c->options.num_proxies = 1;
	http_start(c);
	for (int i = 0; i < 4; i++) {
		assert_true(taken(c, fds, &num, 1));
	}
	assert_false(taken(c, fds, &num, 1));
	assert_true(taken(c, fds, &num, 2));
	/* a proxy brings many people */
	for (int i = 0; i < 6; i++) {
		assert_true(taken(c, fds, &num, 9));
	}
	/* who leaves makes room */
	(void)close(fds[0]);
	start = urne_now_ms();
	while (!taken(c, fds, &num, 1)) {
		(void)close(fds[--num]);
		assert_true(urne_now_ms() - start < HTTP_PATIENCE_MS);
	}
	for (size_t i = 1; i < num; i++) {
		(void)close(fds[i]);
	}
}

static void
a35_bodies_are_refused_before_they_are_read(void **state)
{
	static const struct {
		const char *request;
		unsigned status;
		const char *says;
	} cases[] = {
	    /* this election's ballots have at most 1000 bytes */
	    {BALLOTS "Content-Length: 1001\r\n\r\n", 413, "at most 1000 bytes"},
	    {BALLOTS "Content-Length: 1001\r\nExpect: 100-continue\r\n\r\n", 413, "at most 1000"},
	    {BALLOTS "Content-Length: 99999999999\r\n\r\n", 413, "at most 68157441 bytes"},
	    {BALLOTS "Content-Length: 18446744073709551615\r\n\r\n", 413, "at most"},
	    {BALLOTS "Content-Length: 18446744073709551616\r\n\r\n", 413, ""},
	    {"POST " BB "/events/PartialDecryption" HTTP_HOST "Content-Length: 2000000\r\n\r\n",
		409, "no encrypted tally to decrypt yet"},
	    {"POST " BB "/events/PartialDecryption" HTTP_HOST "Content-Length: 2000000000\r\n\r\n",
		413, "at most"},
	    {"POST " BB "/events/Setup" HTTP_HOST "Content-Length: 2000000000\r\n\r\n", 404, ""},
	    {"POST /bb/journal/orders" HTTP_HOST
	     "Content-Length: 16385\r\nExpect: 100-continue\r\n\r\n",
		413, "at most 16384 bytes"},
	    {"POST /nowhere" HTTP_HOST "Content-Length: 2000000\r\n\r\n", 404, ""},
	    {"POST /bb/8GpLcyFqQvDrUm/ballots" HTTP_HOST
	     "Content-Length: 900\r\nExpect: 100-continue\r\n\r\n",
		404, ""},
	};
	struct http_case *c = *state;

	c->options.head_seconds = 20;
	http_start(c);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_answer a;
		uint64_t start = urne_now_ms();
		int fd = http_connect(c, 1);

		http_send(fd, cases[i].request);
		if (strstr(cases[i].request, ": 1001\r\n\r\n") != NULL) {
			/* a short one is read and thrown away, so that the answer arrives */
			char body[1001] = {0};

			http_send_bytes(fd, body, sizeof(body));
		}
		http_receive(&a, fd, false);
		if (a.status != cases[i].status || strstr(a.body, cases[i].says) == NULL) {
			fail_msg("%s: %s%s", cases[i].request, a.head, a.body);
		}
		assert_in_range(urne_now_ms() - start, 0, 2000);
		(void)close(fd);
	}
	assert_int_equal(fake_of(c->board)->num_submitted, 0);
}

/* Sends `num` chunks of 500 bytes. */
static void
send_chunks(int fd, size_t num)
{
	char chunk[512];

	(void)snprintf(chunk, sizeof(chunk), "1f4\r\n%0500d\r\n", 0);
	for (size_t i = 0; i < num; i++) {
		http_send(fd, chunk);
	}
}

static void
a35_chunks_are_counted_as_they_come(void **state)
{
	struct http_case *c = *state;
	struct http_answer a;
	int fd;

	http_start(c);
	fd = http_connect(c, 1);
	http_send(fd, BALLOTS "Transfer-Encoding: chunked\r\n\r\n");
	send_chunks(fd, 2);
	http_send(fd, "0\r\n\r\n");
	http_receive(&a, fd, false);
	assert_status(&a, 200);
	assert_int_equal(strlen(fake_of(c->board)->ballot), 1000);
	http_send(fd, BALLOTS "Transfer-Encoding: chunked\r\n\r\n");
	send_chunks(fd, 3);
	http_send(fd, "0\r\n\r\n");
	http_receive(&a, fd, false);
	assert_status(&a, 413);
	(void)close(fd);
	/* without end: the connection goes */
	fd = http_connect(c, 1);
	http_send(fd, BALLOTS "Transfer-Encoding: chunked\r\n\r\n");
	send_chunks(fd, URNE_HTTP_DRAIN / 500 + 100);
	assert_true(http_is_closed(fd, 500));
	(void)close(fd);
	assert_int_equal(fake_of(c->board)->num_submitted, 1);
}

static bool
one_body_is_coming(struct http_case *c)
{
	return atomic_load(&c->service.bodies.used) == 900;
}

static bool
no_body_is_coming(struct http_case *c)
{
	return atomic_load(&c->service.bodies.used) == 0;
}

static void
a35_bodies_together_have_a_budget(void **state)
{
	struct http_case *c = *state;
	struct http_answer a;
	int first, second;

	c->options.head_seconds = 20;
	c->service.bodies.max = 1500;
	http_start(c);
	first = http_connect(c, 1);
	http_send(first, BALLOTS "Content-Length: 900\r\n\r\n");
	http_await(one_body_is_coming, c);
	second = http_connect(c, 1);
	http_send(second, BALLOTS "Content-Length: 900\r\nExpect: 100-continue\r\n\r\n");
	http_receive(&a, second, false);
	assert_status(&a, 503);
	assert_non_null(http_header(&a, "Retry-After"));
	(void)close(first);
	http_await(no_body_is_coming, c);
	/* what the first gave up is free again */
	http_ask(&a, c, BALLOTS "Content-Length: 6\r\n\r\nballot");
	assert_status(&a, 200);
	(void)close(second);
}

static void
ask_forwarded(struct http_answer *a, struct http_case *c, unsigned from, const char *forwarded)
{
	char request[300];
	int fd = http_connect(c, from);

	(void)snprintf(request, sizeof(request),
	    BALLOTS "X-Forwarded-For: %s\r\nContent-Length: 1\r\n\r\nx", forwarded);
	http_send(fd, request);
	http_receive(a, fd, false);
	(void)close(fd);
}

/* spend asks with these headers in turn until it is refused: ten get through at once, and one more
 * for every second that it takes. */
static void
spend(struct http_answer *a, struct http_case *c, unsigned from, const char *const forwarded[3])
{
	uint64_t start = urne_now_ms();
	size_t num = 0;

	for (;; num++) {
		ask_forwarded(a, c, from, forwarded[num % 3]);
		if (a->status == 429) {
			break;
		}
		assert_status(a, 200);
	}
	assert_in_range(num, 10, 11 + (urne_now_ms() - start) / 1000);
}

static void
a35_one_address_sends_so_often(void **state)
{
	static const char *const strangers[] = {"192.0.2.1", "192.0.2.2", ""},
				 *const one[] = {"203.0.113.7, 192.0.2.1", "203.0.113.8,192.0.2.1",
				     "192.0.2.1"},
				 *const unreadable[] = {"", "unknown", "nonsense"};
	struct http_case *c = *state;
	struct http_answer a;

	c->options.rate = 1; /* ten at once */
	assert_ok(urne_address_read(&c->options.proxies[0], VIEW("127.0.0.9")));
	c->options.num_proxies = 1;
	http_start(c);
	/* whoever is no proxy can write what he wants into the header */
	spend(&a, c, 1, strangers);
	assert_string_equal(http_header(&a, "Retry-After"), "1");
	assert_non_null(strstr(a.body, "urn:urne:problem:rate"));
	/* reading is free */
	http_assert_served(c);
	/* behind the proxy everybody counts alone, by what the proxy saw */
	spend(&a, c, 9, one);
	ask_forwarded(&a, c, 9, "192.0.2.1, 192.0.2.3");
	assert_status(&a, 200);
	/* a proxy that says nothing readable stands for itself */
	spend(&a, c, 9, unreadable);
	sleep_ms(1100);
	ask_forwarded(&a, c, 1, "");
	assert_status(&a, 200);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, http_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a35_a_head_that_comes_byte_by_byte_is_cut),
	    TEST(a35_a_body_that_comes_byte_by_byte_is_cut),
	    TEST(a35_a_chunked_body_that_never_ends_is_cut),
	    TEST(a35_an_answer_that_nobody_reads_is_cut),
	    TEST(a35_a_connection_without_a_request_is_closed),
	    TEST(a35_a_thousand_idle_connections_keep_nobody_out),
	    TEST(a35_one_address_gets_so_many_connections),
	    TEST(a35_bodies_are_refused_before_they_are_read),
	    TEST(a35_chunks_are_counted_as_they_come),
	    TEST(a35_bodies_together_have_a_budget),
	    TEST(a35_one_address_sends_so_often),
	};
	return cmocka_run_group_tests_name("board_http_limits", tests, NULL, NULL);
}
