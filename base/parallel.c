/* SPDX-License-Identifier: EUPL-1.2 */
/* One atomic counter hands out the items; whoever is free takes the next. */
#include "base/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/limits.h"

struct work {
	atomic_size_t next;
	size_t num;
	void (*fn)(void *ctx, size_t i, size_t t);
	void *ctx;
};

struct worker {
	struct work *work;
	size_t t;
	pthread_t thread;
};

size_t
urne_parallel_threads(void)
{
	cpu_set_t set;
	long num = 0;

	CPU_ZERO(&set);
	if (sched_getaffinity(0, sizeof(set), &set) == 0) {
		num = CPU_COUNT(&set);
	} else {
		/* more processors than the set has room for */
		num = sysconf(_SC_NPROCESSORS_ONLN);
	}
	if (num < 1) {
		return 1;
	}
	return (size_t)num < URNE_MAX_THREADS ? (size_t)num : URNE_MAX_THREADS;
}

static void *
run(void *arg)
{
	const struct worker *w = arg;
	struct work *work = w->work;
	size_t i;

	/* joining orders the memory; the counter only has to be atomic */
	while ((i = atomic_fetch_add_explicit(&work->next, 1, memory_order_relaxed)) < work->num) {
		work->fn(work->ctx, i, w->t);
	}
	return NULL;
}

void
urne_parallel_for(
    size_t num_threads, size_t num, void (*fn)(void *ctx, size_t i, size_t t), void *ctx)
{
	struct work work = {.num = num, .fn = fn, .ctx = ctx};
	struct worker workers[URNE_MAX_THREADS];
	size_t num_started = 1;

	atomic_init(&work.next, 0);
	if (num_threads > URNE_MAX_THREADS) {
		num_threads = URNE_MAX_THREADS;
	}
	if (num_threads > num) {
		num_threads = num;
	}
	/* worker 0 is the calling thread */
	workers[0] = (struct worker){.work = &work, .t = 0};
	while (num_started < num_threads) {
		struct worker *w = &workers[num_started];

		*w = (struct worker){.work = &work, .t = num_started};
		if (pthread_create(&w->thread, NULL, run, w) != 0) {
			break;
		}
		num_started++;
	}
	(void)run(&workers[0]);
	for (size_t t = 1; t < num_started; t++) {
		(void)pthread_join(workers[t].thread, NULL);
	}
}
