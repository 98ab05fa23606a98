/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: threads that stay. Work is shared out among them and whoever asks for it; a pool that
 * is NULL stands for the calling thread alone, everywhere. */
#ifndef URNE_BASE_POOL_H
#define URNE_BASE_POOL_H

#include <stdatomic.h>
#include <stddef.h>

struct urne_pool;

/* The same function over many items. Its fields are pool.c's. */
struct urne_work {
	void (*fn)(void *ctx, size_t i, size_t t);
	void *ctx;
	size_t num;
	atomic_size_t next;    /* the first item that nobody has taken */
	size_t num_in, num_at; /* threads that came to it, and that are at it now */
	struct urne_work *after;
};

/* urne_pool_processors returns how many processors this process may use, at most URNE_MAX_THREADS.
 */
size_t urne_pool_processors(void);

/* urne_pool_new starts num_threads - 1 threads, at most URNE_MAX_THREADS - 1, or as many as the
 * system gives: the one that asks for work is another. They take no signals. 0 stands for the
 * number of processors. NULL without memory: then there is none but the one that asks. */
struct urne_pool *urne_pool_new(size_t num_threads);
/* urne_pool_free ends them. No work is under way. NULL is fine. */
void urne_pool_free(struct urne_pool *p);
/* urne_pool_size: how many threads are at one piece of work, at most; at least 1. */
size_t urne_pool_size(const struct urne_pool *p);

/* urne_pool_for calls fn(ctx, i, t) once for every item i in [0, num); t in [0, urne_pool_size(p))
 * names the thread, so that fn can use a workspace of its own. Items are taken in order; the call
 * returns when all are done. fn must not touch what another item writes. No more threads come than
 * there are items. Several threads may ask at the same time, and fn itself may. */
void urne_pool_for(
    struct urne_pool *p, size_t num, void (*fn)(void *ctx, size_t i, size_t t), void *ctx);

/* urne_pool_begin is the beginning of that: the call returns at once, and *w belongs to the pool
 * until urne_pool_join has returned. That one helps: the calling thread is one of the pool's, for
 * this work and any other, until this is done. */
void urne_pool_begin(struct urne_pool *p, struct urne_work *w, size_t num,
    void (*fn)(void *ctx, size_t i, size_t t), void *ctx);
void urne_pool_join(struct urne_pool *p, struct urne_work *w);

#endif
