/* SPDX-License-Identifier: EUPL-1.2 */
/* Requests that wait for the board: it may answer at once, later, or when nobody is there any more,
 * and the server may be told to stop meanwhile. */
#include "tests/unit/board/http_case.h"

#include <pthread.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bulletin/server/connections.h"

#define BALLOT                                                                                     \
	"POST /bb/" FAKE_UUID "/ballots HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nballot"

static int
begin(void **state)
{
	static struct http_case c;

	http_begin(&c);
	c.options.rate = 100000;
	*state = &c;
	return 0;
}

static void
sleep_ms(long ms)
{
	struct timespec t = {ms / 1000, ms % 1000 * 1000000};

	while (nanosleep(&t, &t) != 0) {
	}
}

static void
an_answer_before_anybody_waits_is_not_lost(void **state)
{
	struct http_case *c = *state;
	struct http_answer a;

	fake_of(c->board)->mode = FAKE_AT_ONCE;
	http_start(c);
	for (int i = 0; i < 100; i++) {
		http_ask(&a, c, BALLOT);
		assert_status(&a, 200);
		assert_string_equal(a.body, FAKE_RECEIPT);
	}
}

static void *
ask_often(void *arg)
{
	static const int times = 100;
	struct http_case *c = arg;
	struct http_answer a;
	int fd = http_connect(c, 1);

	for (int i = 0; i < times; i++) {
		http_send(fd, BALLOT);
		http_receive(&a, fd, false);
		assert_status(&a, 200);
	}
	(void)close(fd);
	return NULL;
}

static void
answers_from_other_threads_find_their_requests(void **state)
{
	struct http_case *c = *state;
	pthread_t threads[8];

	fake_of(c->board)->mode = FAKE_LATER;
	http_start(c);
	for (size_t i = 0; i < 8; i++) {
		assert_int_equal(pthread_create(&threads[i], NULL, ask_often, c), 0);
	}
	for (size_t i = 0; i < 8; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	}
	assert_int_equal(fake_of(c->board)->num_submitted, 800);
}

static void
a_waiting_request_holds_nobody_up(void **state)
{
	struct http_case *c = *state;
	struct http_answer a;
	int fds[50];

	c->options.num_threads = 1;
	c->options.head_seconds = 1; /* is for clients, not for the board */
	c->options.idle_seconds = 1;
	fake_of(c->board)->mode = FAKE_HELD;
	http_start(c);
	for (size_t i = 0; i < 50; i++) {
		fds[i] = http_connect(c, 1);
		http_send(fds[i], BALLOT);
	}
	fake_wait(c->board, 50);
	http_ask(&a, c, HTTP_HEALTH);
	assert_status(&a, 200);
	sleep_ms(2500);
	fake_release(c->board);
	for (size_t i = 0; i < 50; i++) {
		http_receive(&a, fds[i], false);
		assert_status(&a, 200);
		(void)close(fds[i]);
	}
}

static void
a_client_that_vanishes_while_it_waits_does_no_harm(void **state)
{
	struct http_case *c = *state;
	struct linger at_once = {.l_onoff = 1};
	struct http_answer a;
	int gone[20];

	fake_of(c->board)->mode = FAKE_HELD;
	http_start(c);
	for (size_t i = 0; i < 20; i++) {
		gone[i] = http_connect(c, 1);
		http_send(gone[i], BALLOT);
	}
	fake_wait(c->board, 20);
	for (size_t i = 0; i < 20; i++) {
		/* half of them with a reset */
		if (i % 2 == 0) {
			(void)setsockopt(gone[i], SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
		}
		(void)close(gone[i]);
	}
	sleep_ms(100);
	fake_release(c->board);
	fake_of(c->board)->mode = FAKE_LATER;
	http_ask(&a, c, BALLOT);
	assert_status(&a, 200);
	/* their ballots were recorded all the same */
	assert_int_equal(fake_of(c->board)->num_submitted, 21);
}

static void
a_full_board_says_when_to_come_back(void **state)
{
	struct http_case *c = *state;
	struct http_answer a;

	fake_of(c->board)->mode = FAKE_FULL;
	http_start(c);
	http_ask(&a, c, BALLOT);
	assert_status(&a, 503);
	assert_string_equal(http_header(&a, "Retry-After"), "7");
	assert_non_null(strstr(a.body, "urn:urne:problem:busy"));
}

static void *
stop(void *arg)
{
	struct http_case *c = arg;

	urne_server_stop(c->server, 1);
	c->server = NULL;
	return NULL;
}

static void *
stop_patiently(void *arg)
{
	struct http_case *c = arg;

	urne_server_stop(c->server, HTTP_PATIENCE_MS / 1000);
	c->server = NULL;
	return NULL;
}

static void
stopping_answers_what_was_accepted_and_refuses_the_rest(void **state)
{
	struct http_case *c = *state;
	struct http_answer a;
	pthread_t stopper;
	int waiting, kept, slow;

	fake_of(c->board)->mode = FAKE_HELD;
	http_start(c);
	waiting = http_connect(c, 1);
	http_send(waiting, BALLOT);
	kept = http_connect(c, 1);
	http_send(kept, HTTP_HEALTH);
	http_receive(&a, kept, false);
	assert_status(&a, 200);
	slow = http_connect(c, 1);
	http_send(slow, "GET /healthz HT");
	fake_wait(c->board, 1);
	assert_int_equal(pthread_create(&stopper, NULL, stop_patiently, c), 0);
	do {
		http_send(kept, HTTP_HEALTH);
		http_receive(&a, kept, false);
	} while (a.status == 200);
	assert_status(&a, 503);
	http_send(kept, BALLOT);
	http_receive(&a, kept, false);
	assert_status(&a, 503);
	assert_non_null(http_header(&a, "Retry-After"));
	fake_release(c->board);
	http_receive(&a, waiting, false);
	assert_status(&a, 200);
	assert_string_equal(a.body, FAKE_RECEIPT);
	assert_int_equal(pthread_join(stopper, NULL), 0);
	assert_true(http_is_closed(slow, 100));
	(void)close(waiting);
	(void)close(kept);
	(void)close(slow);
}

static void
stopping_waits_for_the_board_when_clients_are_gone(void **state)
{
	struct http_case *c = *state;
	pthread_t stopper;
	int waiting;

	fake_of(c->board)->mode = FAKE_HELD;
	http_start(c);
	waiting = http_connect(c, 1);
	http_send(waiting, BALLOT);
	fake_wait(c->board, 1);
	(void)close(waiting);
	assert_int_equal(pthread_create(&stopper, NULL, stop, c), 0);
	sleep_ms(1500);
	assert_non_null(c->server);
	fake_release(c->board);
	assert_int_equal(pthread_join(stopper, NULL), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, http_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(an_answer_before_anybody_waits_is_not_lost),
	    TEST(answers_from_other_threads_find_their_requests),
	    TEST(a_waiting_request_holds_nobody_up),
	    TEST(a_client_that_vanishes_while_it_waits_does_no_harm),
	    TEST(a_full_board_says_when_to_come_back),
	    TEST(stopping_answers_what_was_accepted_and_refuses_the_rest),
	    TEST(stopping_waits_for_the_board_when_clients_are_gone),
	};
	return cmocka_run_group_tests_name("board_http_waiting", tests, NULL, NULL);
}
