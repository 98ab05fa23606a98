/* SPDX-License-Identifier: EUPL-1.2 */
/* Rows are gathered under the lock and visited without it, so that visitors may read objects. */
#include "bulletin/server/reader.h"

#include <string.h>

#include "base/limits.h"

static enum urne_err
read_object(void *ctx, struct urne_buf *out, struct urne_diag *d, const struct urne_hash *hash)
{
	const struct urne_reader_log *l = ctx;
	struct urne_reader *r = l->reader;
	enum urne_err e;

	if (l->stop != NULL && atomic_load(l->stop)) {
		return urne_fail(d, URNE_ERR_LIMIT, "the board is stopping");
	}
	(void)pthread_mutex_lock(&r->lock);
	e = urne_store_object(&r->store, out, d, hash);
	(void)pthread_mutex_unlock(&r->lock);
	return e;
}

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
	const struct urne_reader_log *l = ctx;
	struct urne_buf rows;
	struct last_row row;
	enum urne_err e;

	urne_buf_init(&rows, URNE_MAX_CREDENTIALS * sizeof(row));
	(void)pthread_mutex_lock(&l->reader->lock);
	e = urne_store_lasts(&l->reader->store, d, l->log, gather_last, &rows);
	(void)pthread_mutex_unlock(&l->reader->lock);
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
	const struct urne_reader_log *l = ctx;
	struct urne_buf events;
	struct urne_event ev;
	enum urne_err e;

	urne_buf_init(&events, URNE_MAX_TEXT_FILE);
	(void)pthread_mutex_lock(&l->reader->lock);
	e = urne_store_others(&l->reader->store, d, l->log, type, gather_event, &events);
	(void)pthread_mutex_unlock(&l->reader->lock);
	for (size_t at = 0; e == URNE_OK && at < events.len; at += sizeof(ev)) {
		memcpy(&ev, events.data + at, sizeof(ev));
		e = visit(visitor, &ev);
	}
	urne_buf_clear(&events);
	return e;
}

struct urne_records
urne_reader_records(struct urne_reader_log *l)
{
	return (struct urne_records){read_object, read_last_ballots, read_events, l};
}

struct payload {
	struct urne_reader_log *log;
	struct urne_buf *out;
	struct urne_diag *diag;
};

static enum urne_err
append_payload(void *ctx, const struct urne_event *event)
{
	const struct payload *p = ctx;

	return read_object(p->log, p->out, p->diag, &event->payload);
}

enum urne_err
urne_reader_payload(
    struct urne_reader_log *l, struct urne_buf *out, struct urne_diag *d, enum urne_event_type type)
{
	struct payload p = {l, out, d};

	return read_events(l, d, type, append_payload, &p);
}
