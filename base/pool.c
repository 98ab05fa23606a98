/* SPDX-License-Identifier: EUPL-1.2 */
/* A list of work and one lock. Whoever is free comes to the first work that has items left and
 * stays until all are taken. A work leaves the list with its last item, and is done when nobody is
 * at it any more. */
#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"

struct urne_pool {
	pthread_mutex_t lock;
	pthread_cond_t changed; /* there is work, or some is done, or all is over */
	struct urne_work *first;
	bool over;
	size_t num; /* of threads that were started */
	pthread_t thread[];
};

size_t
urne_pool_processors(void)
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

size_t
urne_pool_size(const struct urne_pool *p)
{
	return p != NULL ? p->num + 1 : 1;
}

static bool
has_items(const struct urne_work *w)
{
	return atomic_load_explicit(&w->next, memory_order_relaxed) < w->num;
}

/* unlist: its last item is taken. */
static void
unlist(struct urne_pool *p, const struct urne_work *w)
{
	struct urne_work **at = &p->first;

	(void)pthread_mutex_lock(&p->lock);
	while (*at != w) {
		at = &(*at)->after;
	}
	*at = w->after;
	(void)pthread_mutex_unlock(&p->lock);
}

/* work_at is called, and returns, with the lock held. The lock orders the memory; the counter only
 * has to be atomic. */
static void
work_at(struct urne_pool *p, struct urne_work *w)
{
	size_t i, t = w->num_in++;

	w->num_at++;
	(void)pthread_mutex_unlock(&p->lock);
	while ((i = atomic_fetch_add_explicit(&w->next, 1, memory_order_relaxed)) < w->num) {
		if (i + 1 == w->num) {
			unlist(p, w);
		}
		w->fn(w->ctx, i, t);
	}
	(void)pthread_mutex_lock(&p->lock);
	if (--w->num_at == 0) {
		(void)pthread_cond_broadcast(&p->changed);
	}
}

static bool
has_room(const struct urne_pool *p, const struct urne_work *w)
{
	return has_items(w) && w->num_in <= p->num && w->num_in < w->num;
}

/* some_work: the first that has room for another thread, or NULL. */
static struct urne_work *
some_work(const struct urne_pool *p)
{
	struct urne_work *w = p->first;

	while (w != NULL && !has_room(p, w)) {
		w = w->after;
	}
	return w;
}

static void *
serve(void *arg)
{
	struct urne_pool *p = arg;

	(void)pthread_mutex_lock(&p->lock);
	while (!p->over) {
		struct urne_work *w = some_work(p);

		if (w != NULL) {
			work_at(p, w);
		} else {
			(void)pthread_cond_wait(&p->changed, &p->lock);
		}
	}
	(void)pthread_mutex_unlock(&p->lock);
	return NULL;
}

/* start: as many as there can be, up to `most` with the caller. Signals are the caller's. */
static void
start(struct urne_pool *p, size_t most)
{
	sigset_t all, before;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	(void)pthread_mutex_lock(&p->lock); /* threads see their number when all are there */
	while (p->num + 1 < most && pthread_create(&p->thread[p->num], NULL, serve, p) == 0) {
		p->num++;
	}
	(void)pthread_mutex_unlock(&p->lock);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

struct urne_pool *
urne_pool_new(size_t num_threads)
{
	size_t wanted = num_threads > 0 ? num_threads : urne_pool_processors();
	size_t most = wanted < URNE_MAX_THREADS ? wanted : URNE_MAX_THREADS;
	struct urne_pool *p = calloc(1, sizeof(*p) + most * sizeof(p->thread[0]));

	if (p == NULL) {
		return NULL;
	}
	/* of glibc these cannot fail */
	(void)pthread_mutex_init(&p->lock, NULL);
	(void)pthread_cond_init(&p->changed, NULL);
	start(p, most);
	return p;
}

void
urne_pool_free(struct urne_pool *p)
{
	if (p == NULL) {
		return;
	}
	(void)pthread_mutex_lock(&p->lock);
	p->over = true;
	(void)pthread_cond_broadcast(&p->changed);
	(void)pthread_mutex_unlock(&p->lock);
	for (size_t i = 0; i < p->num; i++) {
		(void)pthread_join(p->thread[i], NULL);
	}
	(void)pthread_cond_destroy(&p->changed);
	(void)pthread_mutex_destroy(&p->lock);
	free(p);
}

/* alone: all items, by the calling thread. */
static void
alone(struct urne_work *w)
{
	for (size_t i = 0; i < w->num; i++) {
		w->fn(w->ctx, i, 0);
	}
}

void
urne_pool_begin(struct urne_pool *p, struct urne_work *w, size_t num,
    void (*fn)(void *ctx, size_t i, size_t t), void *ctx)
{
	struct urne_work **last;

	*w = (struct urne_work){.fn = fn, .ctx = ctx, .num = num};
	if (urne_pool_size(p) == 1 || num == 0) {
		return;
	}
	(void)pthread_mutex_lock(&p->lock);
	last = &p->first;
	while (*last != NULL) {
		last = &(*last)->after;
	}
	*last = w;
	(void)pthread_cond_broadcast(&p->changed);
	(void)pthread_mutex_unlock(&p->lock);
}

/* end: until w is done. With `any`, other work is as good while that goes on. */
static void
end(struct urne_pool *p, struct urne_work *w, bool any)
{
	if (urne_pool_size(p) == 1) {
		alone(w);
		return;
	}
	(void)pthread_mutex_lock(&p->lock);
	if (has_room(p, w)) {
		work_at(p, w);
	}
	while (has_items(w) || w->num_at > 0) {
		struct urne_work *other = any ? some_work(p) : NULL;

		if (other != NULL) {
			work_at(p, other);
		} else {
			(void)pthread_cond_wait(&p->changed, &p->lock);
		}
	}
	(void)pthread_mutex_unlock(&p->lock);
}

void
urne_pool_join(struct urne_pool *p, struct urne_work *w)
{
	end(p, w, true);
}

void
urne_pool_for(struct urne_pool *p, size_t num, void (*fn)(void *ctx, size_t i, size_t t), void *ctx)
{
	struct urne_work w;

	urne_pool_begin(p, &w, num, fn, ctx);
	end(p, &w, false);
}
