/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows for everybody but the writer: one connection that never writes, under a lock. */
#ifndef URNE_BULLETIN_SERVER_READER_H
#define URNE_BULLETIN_SERVER_READER_H

#include <pthread.h>
#include <stdatomic.h>

#include "bulletin/server/admission.h"
#include "bulletin/server/store.h"

struct urne_reader {
	pthread_mutex_t lock;
	struct urne_store store;
};

/* The rows of one log, as those who check submissions read them. */
struct urne_reader_log {
	struct urne_reader *reader;
	uint64_t log;
	const atomic_bool *stop; /* NULL, or: once it is set no object is read any more */
};
/* urne_reader_records: any thread; `l` must live as long. */
struct urne_records urne_reader_records(struct urne_reader_log *l);

/* urne_reader_payload appends the payload of every event of that type. */
enum urne_err urne_reader_payload(struct urne_reader_log *l, struct urne_buf *out,
    struct urne_diag *d, enum urne_event_type type) URNE_MUST_USE;

#endif
