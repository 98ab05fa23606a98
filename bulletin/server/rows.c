/* SPDX-License-Identifier: EUPL-1.2 */
/* One connection and its lock. */
#include "bulletin/server/rows.h"

#include <string.h>

#include "base/limits.h"

enum urne_err
urne_rows_init(struct urne_rows *r)
{
	return pthread_mutex_init(&r->lock, NULL) == 0 ? URNE_OK : URNE_ERR_MEMORY;
}

void
urne_rows_close(struct urne_rows *r)
{
	urne_store_close(&r->store);
	(void)pthread_mutex_destroy(&r->lock);
}

static enum urne_err
read_object(void *ctx, struct urne_buf *out, struct urne_diag *d, const struct urne_hash *hash)
{
	const struct urne_rows_of *of = ctx;
	enum urne_err e;

	if (of->stop != NULL && atomic_load(of->stop)) {
		return urne_fail(d, URNE_ERR_LIMIT, "the board is stopping");
	}
	(void)pthread_mutex_lock(&of->rows->lock);
	e = urne_store_object(&of->rows->store, out, d, hash);
	(void)pthread_mutex_unlock(&of->rows->lock);
	return e;
}

/* Rows are gathered under the lock and visited without it, so that visitors may read objects. */

struct last_row {
	size_t member;
	struct urne_hash ballot;
};

static enum urne_err
gather_last(void *ctx, size_t member, const struct urne_hash *ballot)
{
	struct urne_buf *rows = ctx;
	struct last_row row = {member, *ballot};

	urne_buf_put(rows, &row, sizeof(row));
	return urne_buf_error(rows);
}

static enum urne_err
read_last_ballots(void *ctx, struct urne_diag *d,
    enum urne_err (*visit)(void *visitor, size_t member, const struct urne_hash *ballot),
    void *visitor)
{
	const struct urne_rows_of *of = ctx;
	struct urne_buf rows;
	struct last_row row;
	enum urne_err e;

	urne_buf_init(&rows, URNE_MAX_CREDENTIALS * sizeof(row));
	(void)pthread_mutex_lock(&of->rows->lock);
	e = urne_store_lasts(&of->rows->store, d, of->log, gather_last, &rows);
	(void)pthread_mutex_unlock(&of->rows->lock);
	for (size_t at = 0; e == URNE_OK && at < rows.len; at += sizeof(row)) {
		memcpy(&row, rows.data + at, sizeof(row));
		e = visit(visitor, row.member, &row.ballot);
	}
	urne_buf_clear(&rows);
	return e;
}

static enum urne_err
gather_event(void *ctx, const struct urne_entry_row *row)
{
	struct urne_buf *events = ctx;
	struct urne_event ev;
	enum urne_err e = urne_event_read(&ev, NULL, row->event);

	urne_buf_put(events, &ev, sizeof(ev));
	return e == URNE_OK ? urne_buf_error(events) : e;
}

static enum urne_err
read_events(void *ctx, struct urne_diag *d, enum urne_event_type type,
    enum urne_err (*visit)(void *visitor, const struct urne_event *event), void *visitor)
{
	const struct urne_rows_of *of = ctx;
	struct urne_buf events;
	struct urne_event ev;
	enum urne_err e;

	urne_buf_init(&events, URNE_MAX_TEXT_FILE);
	(void)pthread_mutex_lock(&of->rows->lock);
	e = urne_store_others(&of->rows->store, d, of->log, type, gather_event, &events);
	(void)pthread_mutex_unlock(&of->rows->lock);
	for (size_t at = 0; e == URNE_OK && at < events.len; at += sizeof(ev)) {
		memcpy(&ev, events.data + at, sizeof(ev));
		e = visit(visitor, &ev);
	}
	urne_buf_clear(&events);
	return e;
}

void
urne_rows_records(struct urne_records *out, struct urne_rows_of *of)
{
	*out = (struct urne_records){read_object, read_last_ballots, read_events, of};
}
