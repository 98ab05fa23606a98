/* SPDX-License-Identifier: EUPL-1.2 */
/* What the board does without being asked, since nobody has to decide it: it opens the voting at
 * the hour, ends it at the closing, adds up the ballots, and records in the journal that it did.
 * Everything goes the way that an order goes. Spec: docs/log.md#what-the-board-does-by-itself */
#ifndef URNE_BULLETIN_SERVER_CLERK_H
#define URNE_BULLETIN_SERVER_CLERK_H

#include <pthread.h>
#include <stdatomic.h>

#include "bulletin/server/reader.h"
#include "bulletin/server/registry.h"

struct urne_clerk {
	struct urne_board *board;
	struct urne_registry *registry;
	struct urne_reader *reader;
	struct urne_pool *pool; /* for a tally */

	pthread_t thread;
	bool is_running;
	atomic_bool stop;
	pthread_mutex_t lock;
	pthread_cond_t wake; /* a submission came back, or the end */
	bool came_back;
};

/* urne_clerk_start starts its thread, which looks after every log about once a second, and so also
 * after what another process left. The first fields are set. */
enum urne_err urne_clerk_start(struct urne_clerk *c, struct urne_diag *d) URNE_MUST_USE;
/* urne_clerk_stop, before the board stops: a tally that is being made is given up, what is on its
 * way comes to its end. Legal on a clerk that was not started. */
void urne_clerk_stop(struct urne_clerk *c);

#endif
