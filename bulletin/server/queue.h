/* SPDX-License-Identifier: EUPL-1.2 */
/* A first-in, first-out queue of submissions between threads. How many may wait is the board's
 * business: it counts what is on its way (board.c). */
#ifndef URNE_BULLETIN_SERVER_QUEUE_H
#define URNE_BULLETIN_SERVER_QUEUE_H

#include <pthread.h>

#include "bulletin/server/submission.h"

struct urne_queue {
	pthread_mutex_t lock;
	pthread_cond_t some; /* there is something, or the end */
	struct urne_submission *first, **end;
	size_t num;
	bool closed;
};

/* urne_queue_init: URNE_ERR_MEMORY. urne_queue_clear: the queue must be empty. */
enum urne_err urne_queue_init(struct urne_queue *q) URNE_MUST_USE;
void urne_queue_clear(struct urne_queue *q);
void urne_queue_push(struct urne_queue *q, struct urne_submission *s);
/* urne_queue_take waits for one and takes it, and with it those behind it that `joins` says may
 * come along when `num` are taken already: as many in all as are an equal share of what waits, of
 * `num_takers` > 0, rounded up. It waits for no second one. They are a list in their order; NULL
 * when the queue is closed and empty. */
struct urne_submission *urne_queue_take(struct urne_queue *q, size_t num_takers,
    bool (*joins)(
	const struct urne_submission *first, size_t num, const struct urne_submission *next));
/* urne_queue_gather waits for one, then `ms` longer for more, at most `max`, and returns them as a
 * list in their order; NULL when the queue is closed and empty. A closed queue waits no more. */
struct urne_submission *urne_queue_gather(struct urne_queue *q, unsigned ms, size_t max);
void urne_queue_close(struct urne_queue *q);

#endif
