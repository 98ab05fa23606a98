/* SPDX-License-Identifier: EUPL-1.2 */
/* The one thread that writes: it gathers what passed the checks, commits it together, has it signed
 * and published, and only then answers. Spec: docs/log.md#order-of-writes */
#ifndef URNE_BULLETIN_SERVER_WRITER_H
#define URNE_BULLETIN_SERVER_WRITER_H

#include "bulletin/server/head.h"
#include "bulletin/server/placing.h"
#include "bulletin/server/queue.h"
#include "bulletin/server/rate.h"
#include "bulletin/server/registry.h"
#include "bulletin/server/store.h"
#include "crypto/secret/signer.h"

struct urne_writer {
	struct urne_store store;
	struct urne_store
	    again; /* reads back what was written: a cache of its own, so from the file */
	struct urne_head head;
	struct urne_placer placer;
	struct urne_signer signer; /* of the service */
	struct urne_view service, url;
	struct urne_registry *registry;
	struct urne_board_log *journal; /* in the registry too */
	pthread_mutex_t
	    journal_lock; /* held while the journal's state is ahead of what is durable */
	bool journal_held;
	struct urne_metrics *metrics;
	struct urne_rate rate;
	struct urne_queue queue;   /* what passed the checks */
	struct urne_queue *checks; /* where an event goes back to when the log has moved on */
	unsigned batch_ms;
	bool keeps_hints; /* of ballots, beside their archive (kept_hints.h) */
	bool stale_list;  /* log-list.1 lacks a log */
	void (*answered)(void *ctx, struct urne_submission *s); /* counts it out, calls done() */
	void *ctx;
};

/* urne_writer_run works until its queue is closed and empty. When a write fails it ends the process
 * (status 3): what is durable then is not known, and a restart finds out. */
void urne_writer_run(struct urne_writer *w);

/* urne_writer_hold_journal, before the state of the journal changes: others wait for it until the
 * transaction is committed, and urne_writer_release_journal lets them in again. Both are legal at
 * any time. */
void urne_writer_hold_journal(struct urne_writer *w);
void urne_writer_release_journal(struct urne_writer *w);

/* urne_writer_settle signs and publishes everything of these logs that is not yet: what a restart
 * has to make up for. */
enum urne_err urne_writer_settle(struct urne_writer *w, struct urne_board_log *const *logs,
    size_t num, struct urne_diag *d) URNE_MUST_USE;

/* urne_writer_end, after the last batch of a board that ran: main.db learns what was published, and
 * its WAL is emptied. When that fails the next start does it again. */
void urne_writer_end(struct urne_writer *w);

#endif
