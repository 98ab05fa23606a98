/* SPDX-License-Identifier: EUPL-1.2 */
/* The threads that check what is submitted, one submission after the other, or many ballots with
 * hints together; what passes goes to the writer. Spec: docs/log.md#order-of-writes */
#ifndef URNE_BULLETIN_SERVER_CHECKERS_H
#define URNE_BULLETIN_SERVER_CHECKERS_H

#include "base/limits.h"
#include "bulletin/server/admission_order.h"
#include "bulletin/server/queue.h"

struct urne_checkers {
	/* set by the board */
	const struct urne_order_room *room;
	struct urne_metrics *metrics;
	struct urne_queue *passed; /* the writer's */
	bool makes_hints;	   /* for ballots that came without right ones */
	size_t num_threads;
	void (*answered)(void *ctx, struct urne_submission *s); /* counts it out, calls done() */
	void *ctx;

	struct urne_queue queue;
	_Atomic int64_t micros; /* that a ballot takes, as they have been of late */
	pthread_t thread[URNE_MAX_THREADS];
	size_t num;
};

/* urne_checkers_start starts as many threads as it can; URNE_ERR_MEMORY when it is none. The queue
 * is there from urne_queue_init on. urne_checkers_stop waits until the queue is empty. */
enum urne_err urne_checkers_start(struct urne_checkers *c, struct urne_diag *d) URNE_MUST_USE;
void urne_checkers_stop(struct urne_checkers *c);

/* urne_checkers_ahead_ms: how long what waits will take, reckoned at what ballots have taken of
 * late, whatever it is. */
int64_t urne_checkers_ahead_ms(struct urne_checkers *c);

#endif
