/* SPDX-License-Identifier: EUPL-1.2 */
/* The old file is read beside the log, since both have the same order: a record that is not of the
 * next ballot waits for its own. */
#include "bulletin/server/hint_refill.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/pool.h"
#include "bulletin/server/folder.h"
#include "bulletin/server/kept_hints.h"
#include "bulletin/server/list_hints.h"
#include "bulletin/server/placing.h"
#include "election/hint_record.h"

/* Ballots whose hints are made at once. */
#define CHUNK ((size_t)64)
/* The new file, in DIR/tmp. */
#define NEW_NAME "hints"

struct ballot {
	struct urne_hash hash;
	struct urne_buf text; /* empty: its hints are there */
	struct urne_buf hints;
	enum urne_err err;
};

struct refilling {
	struct urne_folder folder;
	struct urne_registry registry;
	struct urne_store store;
	struct urne_placer placer;
	struct urne_buf *report;
	struct urne_diag *diag;
	struct urne_pool *pool;

	/* of the log at work */
	const struct urne_board_log *log;
	int old, new; /* the files; -1 */
	uint64_t old_at, old_end, new_end;
	struct ballot chunk[CHUNK];
	size_t num, num_kept, num_made;
};

static enum urne_err
put(struct refilling *r, const void *p, size_t len)
{
	struct urne_view v = {p, len};

	while (v.len > 0) {
		ssize_t n = pwrite(r->new, v.p, v.len, (off_t)r->new_end);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			return urne_fail_errno(r->diag, "tmp/" NEW_NAME);
		}
		v = (struct urne_view){v.p + n, v.len - (size_t)n};
		r->new_end += (uint64_t)n;
	}
	return URNE_OK;
}

/* --- what is there --- */

/* next_is: whether the old file goes on with so many hints of this data record. */
static bool
next_is(struct refilling *r, const struct urne_hash *hash, uint64_t num_points)
{
	uint8_t head[URNE_HINT_RECORD_HEAD_LEN];
	struct urne_hash of;
	uint64_t num = 0;

	if (r->old < 0 || r->old_at >= r->old_end ||
	    pread(r->old, head, sizeof(head), (off_t)r->old_at) != (ssize_t)sizeof(head)) {
		return false;
	}
	urne_hint_record_read(&of, &num, head);
	return num == num_points && urne_hash_eq(&of, hash);
}

/* take_old takes the next record of the old file over, if it is this ballot's. */
static bool
take_old(struct refilling *r, struct ballot *b)
{
	size_t len = r->log->election->num_points * URNE_HINT_LEN;
	uint64_t at = r->old_at + URNE_HINT_RECORD_HEAD_LEN;
	char *room;

	urne_buf_reset(&b->hints);
	if (!next_is(r, &b->hash, r->log->election->num_points)) {
		return false;
	}
	room = urne_buf_grow(&b->hints, len);
	if (room == NULL || pread(r->old, room, len, (off_t)at) != (ssize_t)len) {
		return false;
	}
	b->hints.len = len;
	r->old_at = at + len;
	return true;
}

/* copy_old takes over the next record of the old file, `len` bytes with its head. */
static enum urne_err
copy_old(struct refilling *r, size_t len)
{
	struct urne_buf record;
	char *room;
	enum urne_err e;

	urne_buf_init(&record, len);
	room = urne_buf_grow(&record, len);
	if (room == NULL) {
		e = urne_fail(r->diag, URNE_ERR_MEMORY, "no memory for hints");
	} else if (pread(r->old, room, len, (off_t)r->old_at) != (ssize_t)len) {
		e = urne_fail(r->diag, URNE_ERR_IO,
		    "its file of hints cannot be read, move it away, and all are made");
	} else {
		e = put(r, room, len);
		r->old_at += len;
	}
	urne_buf_clear(&record);
	return e;
}

/* put_list: the record of the list of credentials, which is the first, kept or made. */
static enum urne_err
put_list(struct refilling *r)
{
	size_t num = urne_credentials_count(r->log->election->credentials);
	struct urne_buf text, record;
	struct urne_hash hash;
	struct urne_view list;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_RECORD);
	urne_buf_init(&record, 0);
	e = urne_list_of(&list, &hash, &text, r->diag, &r->store, r->log);
	if (e == URNE_OK && next_is(r, &hash, num)) {
		e = copy_old(r, URNE_HINT_RECORD_HEAD_LEN + num * URNE_HINT_LEN);
	} else if (e == URNE_OK) {
		e = urne_list_record_make(&record, r->diag, r->log, list, r->pool);
		e = e == URNE_OK ? put(r, record.data, record.len) : e;
	}
	urne_buf_clear(&record);
	urne_buf_clear(&text);
	return e;
}

/* --- what is made --- */

static void
make_one(void *ctx, size_t i, size_t thread)
{
	struct refilling *r = ctx;
	struct ballot *b = &r->chunk[i];
	const struct urne_board_election *e = r->log->election;
	size_t len = e->num_points * URNE_HINT_LEN;
	struct urne_arena arena;
	struct urne_ballot ballot;
	char *room;

	(void)thread;
	b->err = URNE_OK;
	if (b->text.len == 0) {
		return;
	}
	urne_arena_init(&arena, (size_t)512 << 20);
	room = urne_buf_grow(&b->hints, len);
	b->err = room == NULL ? URNE_ERR_MEMORY
			      : urne_ballot_read(
				    &ballot, &arena, NULL, &e->election, urne_buf_view(&b->text));
	if (b->err == URNE_OK) {
		b->err = urne_ballot_hints_make((uint8_t *)room, &ballot, &e->election);
	}
	b->hints.len = b->err == URNE_OK ? len : 0;
	urne_arena_clear(&arena);
}

static enum urne_err
flush(struct refilling *r)
{
	uint8_t head[URNE_HINT_RECORD_HEAD_LEN];
	enum urne_err e = URNE_OK;

	urne_pool_for(r->pool, r->num, make_one, r);
	for (size_t i = 0; e == URNE_OK && i < r->num; i++) {
		const struct ballot *b = &r->chunk[i];

		if (b->err != URNE_OK) {
			return urne_fail(r->diag, b->err, "a ballot in main.db gives no hints: %s",
			    urne_err_name(b->err));
		}
		urne_hint_record_head(head, &b->hash, r->log->election->num_points);
		e = put(r, head, sizeof(head));
		e = e == URNE_OK ? put(r, b->hints.data, b->hints.len) : e;
		r->num_kept += b->text.len == 0 ? 1 : 0;
		r->num_made += b->text.len == 0 ? 0 : 1;
	}
	r->num = 0;
	return e;
}

static enum urne_err
add_entry(void *ctx, const struct urne_entry_row *row)
{
	struct refilling *r = ctx;
	struct ballot *b = &r->chunk[r->num];
	struct urne_event ev;
	enum urne_err e = urne_event_read(&ev, r->diag, row->event);

	if (e != URNE_OK || ev.type != URNE_EVENT_BALLOT) {
		return e;
	}
	b->hash = ev.payload;
	urne_buf_reset(&b->text);
	if (!take_old(r, b)) {
		e = urne_store_object(&r->store, &b->text, r->diag, &b->hash);
	}
	r->num++;
	return e == URNE_OK && r->num == CHUNK ? flush(r) : e;
}

/* --- one log --- */

static enum urne_err
make_file(struct refilling *r)
{
	uint8_t head[URNE_HINTS_HEAD_LEN];
	enum urne_err e;

	r->new = openat(r->placer.tmp, NEW_NAME, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (r->new < 0) {
		return urne_fail_errno(r->diag, "tmp/" NEW_NAME);
	}
	urne_hints_head(head, &r->log->election->election);
	e = put(r, head, sizeof(head));
	e = e == URNE_OK ? put_list(r) : e;
	if (e == URNE_OK) {
		e = urne_store_entries(
		    &r->store, r->diag, r->log->id, 0, r->log->tree.size, add_entry, r);
	}
	e = e == URNE_OK ? flush(r) : e;
	if (e == URNE_OK && fsync(r->new) != 0) {
		e = urne_fail_errno(r->diag, "tmp/" NEW_NAME);
	}
	return e;
}

static enum urne_err
name_file(struct refilling *r)
{
	struct urne_buf path;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_path_join(&path, r->log->uuid, URNE_KEPT_HINTS);
	if (e != URNE_OK) {
		e = urne_fail(r->diag, e, "no memory");
	} else if (renameat(r->placer.tmp, NEW_NAME, r->placer.top, path.data) != 0) {
		e = urne_fail_errno(r->diag, "public/bb/%s", path.data);
	}
	urne_buf_clear(&path);
	return e;
}

static enum urne_err
refill_log(struct refilling *r, const struct urne_board_log *l)
{
	enum urne_err e;

	if (l->election == NULL || l->election->num_points == 0) {
		return URNE_OK;
	}
	r->log = l;
	r->num = r->num_kept = r->num_made = 0;
	r->old_at = URNE_HINTS_HEAD_LEN;
	r->new_end = 0;
	e = urne_kept_hints_open(&r->old, &r->old_end, r->diag, r->placer.top, l);
	e = e == URNE_OK ? make_file(r) : e;
	e = e == URNE_OK ? name_file(r) : e;
	if (e == URNE_OK) {
		urne_buf_printf(r->report,
		    "election %s: hints of %zu ballots were there, of %zu made\n", l->uuid,
		    r->num_kept, r->num_made);
	} else {
		urne_diag_within(r->diag, "election %s: ", l->uuid);
	}
	if (r->old >= 0) {
		(void)close(r->old); /* only read, but for its torn end */
	}
	if (r->new >= 0) {
		(void)close(r->new); /* it was synced, or is not used */
	}
	r->old = r->new = -1;
	return e;
}

static enum urne_err
load_log(void *ctx, const struct urne_log_row *row)
{
	struct refilling *r = ctx;
	struct urne_board_log *l = NULL;
	struct urne_hash root;
	enum urne_err e =
	    urne_ledger_new(&l, r->diag, row->id, row->uuid, row->origin, row->timestamp);

	if (e == URNE_OK) {
		urne_registry_add(&r->registry, l);
		e = urne_ledger_load(l, &root, &r->store, r->diag, 0, r->pool);
	}
	return e;
}

static enum urne_err
refill_all(struct refilling *r, const char *dir)
{
	enum urne_err e = urne_folder_open(&r->folder, r->diag, dir);

	e = e == URNE_OK ? urne_store_open(&r->store, r->diag, r->folder.main.data, false) : e;
	e = e == URNE_OK ? urne_placer_open(&r->placer, r->diag, dir, false) : e;
	e = e == URNE_OK ? urne_store_logs(&r->store, r->diag, load_log, r) : e;
	for (const struct urne_board_log *l = r->registry.first; e == URNE_OK && l != NULL;
	     l = l->next) {
		e = refill_log(r, l);
	}
	return e;
}

enum urne_err
urne_board_refill_hints(struct urne_buf *report, struct urne_diag *d, const char *dir)
{
	struct refilling *r = calloc(1, sizeof(*r));
	enum urne_err e;

	if (r == NULL || urne_registry_init(&r->registry) != URNE_OK) {
		free(r);
		return urne_fail(d, URNE_ERR_MEMORY, "no memory to make hints");
	}
	r->report = report;
	r->diag = d;
	r->pool = urne_pool_new(0);
	r->old = r->new = r->placer.top = r->placer.tmp = -1;
	for (size_t i = 0; i < CHUNK; i++) {
		urne_buf_init(&r->chunk[i].text, URNE_MAX_BALLOT);
		urne_buf_init(&r->chunk[i].hints, URNE_MAX_HINTS);
	}
	e = refill_all(r, dir);
	for (size_t i = 0; i < CHUNK; i++) {
		urne_buf_clear(&r->chunk[i].text);
		urne_buf_clear(&r->chunk[i].hints);
	}
	urne_placer_close(&r->placer);
	urne_store_close(&r->store);
	urne_registry_clear(&r->registry);
	urne_folder_close(&r->folder);
	urne_pool_free(r->pool);
	free(r);
	return e == URNE_OK ? urne_buf_error(report) : e;
}
