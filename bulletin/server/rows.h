/* SPDX-License-Identifier: EUPL-1.2 */
/* The rows of main.db for everybody but the writer: whoever reads takes a turn. */
#ifndef URNE_BULLETIN_SERVER_ROWS_H
#define URNE_BULLETIN_SERVER_ROWS_H

#include <pthread.h>
#include <stdatomic.h>

#include "bulletin/server/admission.h"
#include "bulletin/server/store.h"

struct urne_rows {
	pthread_mutex_t lock;
	struct urne_store store; /* opened by the board, for reading only */
};
/* urne_rows_init makes the lock: URNE_ERR_MEMORY. urne_rows_close closes the store too. */
enum urne_err urne_rows_init(struct urne_rows *r) URNE_MUST_USE;
void urne_rows_close(struct urne_rows *r);

/* The rows of one log. */
struct urne_rows_of {
	struct urne_rows *rows;
	uint64_t log;
	const atomic_bool *stop; /* NULL, or: once it is set no object is read any more */
};
/* urne_rows_records makes of them what the checks read; `of` must live as long. */
void urne_rows_records(struct urne_records *out, struct urne_rows_of *of);

#endif
