/* SPDX-License-Identifier: EUPL-1.2 */
/* The same function over many items, on several threads. */
#ifndef URNE_BASE_PARALLEL_H
#define URNE_BASE_PARALLEL_H

#include <stddef.h>

/* urne_parallel_threads returns how many processors this process may use, at most
 * URNE_MAX_THREADS. */
size_t urne_parallel_threads(void);

/* urne_parallel_for calls fn(ctx, i, t) once for every item i in [0, num); t in [0, num_threads)
 * names the thread, so that fn can use a workspace of its own. Items are taken in order; the call
 * returns when all are done. fn must not touch what another item writes. When threads cannot be
 * started the calling thread does all the work. */
void urne_parallel_for(
    size_t num_threads, size_t num, void (*fn)(void *ctx, size_t i, size_t t), void *ctx);

#endif
