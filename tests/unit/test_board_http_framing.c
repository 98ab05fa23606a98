/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a request begins and ends: two servers that see the same bytes must see the same requests,
 * and what is no HTTP must do no harm. */
#include "tests/unit/board/http_case.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BB	"/bb/" FAKE_UUID
#define BALLOTS "POST " BB "/ballots" HTTP_HOST

static int
begin(void **state)
{
	static struct http_case c;

	http_begin(&c);
	*state = &c;
	return 0;
}

static void
a_client_that_asks_first_is_told_to_go_on(void **state)
{
	struct http_case *c = *state;
	struct http_answer a;
	int fd;

	http_start(c);
	fd = http_connect(c, 1);
	http_send(fd, BALLOTS "Content-Length: 6\r\nExpect: 100-continue\r\n\r\n");
	http_receive(&a, fd, false);
	assert_status(&a, 100);
	http_send(fd, "ballot");
	http_receive(&a, fd, false);
	assert_status(&a, 200);
	assert_string_equal(fake_of(c->board)->ballot, "ballot");
	(void)close(fd);
}

static void
a_body_with_two_ends_is_refused(void **state)
{
	static const char *const requests[] = {
	    BALLOTS "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	    BALLOTS "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n",
	    BALLOTS "Content-Length: 6\r\nContent-Length: 5\r\n\r\nballot",
	    BALLOTS "Content-Length: 6\r\nContent-Length: 6\r\n\r\nballot",
	    BALLOTS "Content-Length: 6, 6\r\n\r\nballot",
	    BALLOTS "Content-Length: +6\r\n\r\nballot",
	    BALLOTS "Content-Length: -6\r\n\r\nballot",
	    BALLOTS "Content-Length: 0x6\r\n\r\nballot",
	    BALLOTS "Content-Length: six\r\n\r\nballot",
	    BALLOTS "Content-Length:\r\n\r\nballot",
	    BALLOTS "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
	    BALLOTS "Transfer-Encoding: identity\r\n\r\nballot",
	    BALLOTS "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	};
	struct http_case *c = *state;

	http_start(c);
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		struct http_answer a;
		int fd = http_connect(c, 1);

		http_send(fd, requests[i]);
		/* what follows is not another request */
		http_send(fd, HTTP_HEALTH);
		http_receive(&a, fd, false);
		if (a.status != 400) {
			fail_msg("%s: %s%s", requests[i], a.head, a.body);
		}
		assert_true(http_is_closed(fd, 3000));
		(void)close(fd);
	}
	assert_int_equal(fake_of(c->board)->num_submitted, 0);
}

static void
heads_have_an_end(void **state)
{
	struct http_case *c = *state;
	static const size_t lens[] = {15000, 17000, 25000, 100000};
	static const unsigned want[] = {200, 431, 431, 431};

	http_start(c);
	for (size_t i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		struct http_answer a;
		char *value = malloc(lens[i] + 1);
		int fd = http_connect(c, 1);

		assert_non_null(value);
		memset(value, 'v', lens[i]);
		http_send(fd, "GET /healthz" HTTP_HOST "X: ");
		http_send_bytes(fd, value, lens[i]);
		http_send(fd, "\r\n\r\n");
		http_receive(&a, fd, false);
		assert_status(&a, want[i]);
		assert_int_equal(strstr(a.body, "urn:urne:problem:head") != NULL, i == 1 || i == 2);
		(void)close(fd);
		free(value);
	}
}

static void
what_is_no_http_is_no_request(void **state)
{
	static const struct {
		const char *text;
		size_t len;
	} cases[] = {
#define CASE(literal) {literal, sizeof(literal) - 1}
	    CASE("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
	    CASE("GET /bb/log-list.1\0.txt HTTP/1.1\r\nHost: x\r\n\r\n"),
	    CASE("GET /healthz HTTP/1.1\r\n\r\n"), /* no Host */
	    CASE("GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n"),
	    CASE("hello\r\n\r\n"),
	};
	struct http_case *c = *state;

	http_publish(c, "log-list.1", "logs", 4);
	http_start(c);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_answer a;
		int fd = http_connect(c, 1);

		http_send_bytes(fd, cases[i].text, cases[i].len);
		http_receive(&a, fd, false);
		if (a.status != 0 && a.status < 400) {
			fail_msg("case %zu: %s%s", i, a.head, a.body);
		}
		(void)close(fd);
		http_assert_served(c);
	}
}

static void
requests_that_follow_each_other_are_answered_in_order(void **state)
{
	struct http_case *c = *state;
	struct http_answer a;
	int fd;

	fake_of(c->board)->mode = FAKE_LATER;
	http_start(c);
	fd = http_connect(c, 1);
	http_send(fd, HTTP_HEALTH BALLOTS
	    "Content-Length: 3\r\n\r\none"
	    "GET /nothing" HTTP_HOST "\r\n" BALLOTS
	    "Transfer-Encoding: chunked\r\n\r\n2\r\ntw\r\n1\r\no\r\n0\r\n\r\n"
	    "POST /nothing" HTTP_HOST "Content-Length: 5\r\n\r\nthree" HTTP_HEALTH);
	static const unsigned want[] = {200, 200, 404, 200, 404, 200};
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		http_receive(&a, fd, false);
		assert_status(&a, want[i]);
	}
	assert_string_equal(a.body, "{\"status\":\"ok\"}\n");
	assert_string_equal(fake_of(c->board)->ballot, "two");
	(void)close(fd);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, http_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_client_that_asks_first_is_told_to_go_on),
	    TEST(a_body_with_two_ends_is_refused),
	    TEST(heads_have_an_end),
	    TEST(what_is_no_http_is_no_request),
	    TEST(requests_that_follow_each_other_are_answered_in_order),
	};
	return cmocka_run_group_tests_name("board_http_framing", tests, NULL, NULL);
}
