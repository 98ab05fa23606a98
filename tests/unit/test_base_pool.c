/* SPDX-License-Identifier: EUPL-1.2 */
/* Pools of threads: every item once, by threads that are told apart, whoever asks, also from inside
 * and from several sides. */
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/pool.h"

#define NUM_ITEMS ((size_t)10000)
#define MOST	  ((size_t)8)

struct counts {
	struct urne_pool *pool;
	size_t num_threads;
	unsigned char done[NUM_ITEMS];
	size_t by_thread[MOST];
	atomic_bool busy[MOST]; /* the workspace of a thread */
	atomic_bool shared;	/* two threads had the same, or one that is not there */
};

static void
count_item(void *ctx, size_t i, size_t t)
{
	struct counts *c = ctx;

	if (t >= c->num_threads || atomic_exchange(&c->busy[t], true)) {
		c->shared = true;
		return;
	}
	c->done[i]++;
	c->by_thread[t]++;
	c->busy[t] = false;
}

static void
counts_init(struct counts *c, struct urne_pool *pool)
{
	memset(c, 0, sizeof(*c));
	c->pool = pool;
	c->num_threads = urne_pool_size(pool);
}

static void
assert_all_once(const struct counts *c)
{
	size_t sum = 0;

	assert_false(c->shared);
	for (size_t i = 0; i < NUM_ITEMS; i++) {
		assert_int_equal(c->done[i], 1);
	}
	for (size_t t = 0; t < MOST; t++) {
		sum += c->by_thread[t];
	}
	assert_int_equal(sum, NUM_ITEMS);
}

static void
every_item_is_done_once(void **state)
{
	struct counts *c = calloc(1, sizeof(*c));

	assert_non_null(c);
	for (size_t threads = 1; threads <= MOST; threads++) {
		struct urne_pool *pool = urne_pool_new(threads);

		assert_int_equal(urne_pool_size(pool), threads);
		for (size_t again = 0; again < 20; again++) {
			counts_init(c, pool);
			urne_pool_for(pool, NUM_ITEMS, count_item, c);
			assert_all_once(c);
		}
		urne_pool_for(pool, 0, NULL, NULL);
		urne_pool_free(pool);
	}
	free(c);
}

static void
no_pool_is_the_calling_thread_alone(void **state)
{
	struct counts *c = calloc(1, sizeof(*c));

	assert_non_null(c);
	assert_int_equal(urne_pool_size(NULL), 1);
	counts_init(c, NULL);
	urne_pool_for(NULL, NUM_ITEMS, count_item, c);
	assert_all_once(c);
	assert_int_equal(c->by_thread[0], NUM_ITEMS);
	urne_pool_free(NULL);
	assert_in_range(urne_pool_processors(), 1, URNE_MAX_THREADS);
	free(c);
}

/* No more threads than items: whoever has few workspaces can rely on it. */
static void
no_more_threads_come_than_there_are_items(void **state)
{
	struct urne_pool *pool = urne_pool_new(MOST);
	struct counts *c = calloc(1, sizeof(*c));

	assert_non_null(c);
	for (size_t again = 0; again < 2000; again++) {
		counts_init(c, pool);
		c->num_threads = 2;
		urne_pool_for(pool, 2, count_item, c);
		assert_false(c->shared);
		assert_int_equal(c->by_thread[0] + c->by_thread[1], 2);
	}
	urne_pool_free(pool);
	free(c);
}

/* The item of a work asks for work itself. */
static void
ask(void *ctx, size_t i, size_t t)
{
	struct counts *c = ctx;

	(void)i, (void)t;
	urne_pool_for(c->pool, NUM_ITEMS, count_item, c);
}

static void
work_that_was_begun_asks_for_more_and_is_joined(void **state)
{
	struct counts *c = calloc(1, sizeof(*c));

	assert_non_null(c);
	for (size_t threads = 1; threads <= MOST; threads++) {
		struct urne_pool *pool = urne_pool_new(threads);

		for (size_t again = 0; again < 50; again++) {
			struct urne_work work;

			counts_init(c, pool);
			urne_pool_begin(pool, &work, 1, ask, c);
			urne_pool_join(pool, &work);
			assert_all_once(c);
		}
		urne_pool_free(pool);
	}
	free(c);
}

struct signals {
	pthread_t asks;
	size_t num_blocked;
	atomic_size_t num;
};

/* The threads of a pool have every signal blocked; whoever asks is as before. */
static void
look_at_signals(void *ctx, size_t i, size_t t)
{
	struct signals *s = ctx;
	sigset_t mask;

	(void)i, (void)t;
	s->num++;
	while (s->num < 2) {
		(void)sched_yield(); /* one item is the asking thread's, the other is not */
	}
	(void)pthread_sigmask(SIG_SETMASK, NULL, &mask);
	if (!pthread_equal(pthread_self(), s->asks) && sigismember(&mask, SIGINT) == 1 &&
	    sigismember(&mask, SIGTERM) == 1) {
		s->num_blocked++;
	}
}

static void
signals_are_for_whoever_asks(void **state)
{
	struct urne_pool *pool = urne_pool_new(2);
	struct signals s = {.asks = pthread_self()};
	sigset_t mask;

	urne_pool_for(pool, 2, look_at_signals, &s);
	assert_int_equal(s.num_blocked, 1);
	(void)pthread_sigmask(SIG_SETMASK, NULL, &mask);
	assert_int_equal(sigismember(&mask, SIGINT), 0);
	urne_pool_free(pool);
}

static void *
asker(void *ctx)
{
	struct counts *c = ctx;

	urne_pool_for(c->pool, NUM_ITEMS, count_item, c);
	return NULL;
}

static void
several_ask_at_the_same_time(void **state)
{
	struct urne_pool *pool = urne_pool_new(3);
	struct counts *c = calloc(4, sizeof(*c));
	pthread_t thread[4];

	assert_non_null(c);
	for (size_t again = 0; again < 50; again++) {
		for (size_t k = 0; k < 4; k++) {
			counts_init(&c[k], pool);
			assert_int_equal(pthread_create(&thread[k], NULL, asker, &c[k]), 0);
		}
		for (size_t k = 0; k < 4; k++) {
			assert_int_equal(pthread_join(thread[k], NULL), 0);
			assert_all_once(&c[k]);
		}
	}
	urne_pool_free(pool);
	free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_item_is_done_once),
	    cmocka_unit_test(no_pool_is_the_calling_thread_alone),
	    cmocka_unit_test(no_more_threads_come_than_there_are_items),
	    cmocka_unit_test(work_that_was_begun_asks_for_more_and_is_joined),
	    cmocka_unit_test(several_ask_at_the_same_time),
	    cmocka_unit_test(signals_are_for_whoever_asks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
