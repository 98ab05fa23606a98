/* SPDX-License-Identifier: EUPL-1.2 */
/* The only file that includes sqlite3.h. Debian 12's SQLite 3.40.1 can damage a WAL that two
 * connections write or checkpoint at once (fixed in 3.51.3), hence the modes: one connection writes
 * and checkpoints, the others do neither, not even when they close. */
#include "bulletin/server/sql.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

/* How long to wait for a lock that a backup or a reader holds for a moment. */
#define BUSY_MS 10000

struct urne_sql {
	sqlite3 *db;
	char *path; /* for sentences */
};

static enum urne_err
failed(const struct urne_sql *s, struct urne_diag *d, int err)
{
	if (err == SQLITE_NOMEM) {
		return urne_fail(d, URNE_ERR_MEMORY, "%s: no memory", s->path);
	}
	if ((err & 0xff) == SQLITE_CORRUPT || (err & 0xff) == SQLITE_NOTADB) {
		return urne_fail(d, URNE_ERR_IO,
		    "%s: the file is damaged: %s (SQLite %d); move it away together with the -wal "
		    "and -shm "
		    "beside it, and put back an undamaged one or see \"urne-board help refill\"",
		    s->path, sqlite3_errmsg(s->db), sqlite3_extended_errcode(s->db));
	}
	return urne_fail(d, URNE_ERR_IO, "%s: %s (SQLite %d)", s->path, sqlite3_errmsg(s->db),
	    sqlite3_extended_errcode(s->db));
}

static const int mode_flags[] = {
    [URNE_SQL_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
    [URNE_SQL_WRITE] = SQLITE_OPEN_READWRITE,
    [URNE_SQL_READ] = SQLITE_OPEN_READWRITE, /* a WAL's index has to be written to be read */
};

static enum urne_err
set_up(struct urne_sql *s, struct urne_diag *d, enum urne_sql_mode mode)
{
	int done = 0;
	int err = sqlite3_extended_result_codes(s->db, 1);

	err = err == SQLITE_OK ? sqlite3_busy_timeout(s->db, BUSY_MS) : err;
	err =
	    err == SQLITE_OK ? sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, &done) : err;
	if (err == SQLITE_OK) {
		err = sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, &done);
	}
	if (err != SQLITE_OK) {
		return failed(s, d, err);
	}
	return urne_sql_exec(s, d,
	    mode == URNE_SQL_READ ? "PRAGMA query_only=1; PRAGMA wal_autocheckpoint=0;"
				  : "PRAGMA foreign_keys=1; PRAGMA wal_autocheckpoint=0;");
}

enum urne_err
urne_sql_open(struct urne_sql **out, struct urne_diag *d, const char *path, enum urne_sql_mode mode)
{
	struct urne_sql *s = calloc(1, sizeof(*s));
	enum urne_err e;
	int err;

	*out = NULL;
	if (urne_file_exists(path) != (mode != URNE_SQL_CREATE)) {
		free(s);
		return mode == URNE_SQL_CREATE
			   ? urne_fail(d, URNE_ERR_EXISTS, "%s: is there already", path)
			   : urne_fail(d, URNE_ERR_UNKNOWN, "%s: there is no such file", path);
	}
	if (s == NULL || (s->path = strdup(path)) == NULL) {
		free(s);
		return urne_fail(d, URNE_ERR_MEMORY, "no memory to open %s", path);
	}
	err = sqlite3_open_v2(path, &s->db, mode_flags[mode] | SQLITE_OPEN_NOMUTEX, NULL);
	if (err != SQLITE_OK) {
		e = s->db == NULL ? urne_fail(d, URNE_ERR_MEMORY, "no memory to open %s", path)
				  : failed(s, d, err);
	} else {
		e = set_up(s, d, mode);
	}
	if (e != URNE_OK) {
		urne_sql_close(s);
		return e;
	}
	*out = s;
	return URNE_OK;
}

void
urne_sql_close(struct urne_sql *s)
{
	if (s == NULL) {
		return;
	}
	(void)sqlite3_close(s->db); /* NULL is fine; nothing is written by it that matters */
	free(s->path);
	free(s);
}

enum urne_err
urne_sql_exec(struct urne_sql *s, struct urne_diag *d, const char *statements)
{
	int err = sqlite3_exec(s->db, statements, NULL, NULL, NULL);

	return err == SQLITE_OK ? URNE_OK : failed(s, d, err);
}

enum urne_err
urne_sql_use_wal(struct urne_sql *s, struct urne_diag *d)
{
	struct urne_stmt q;
	bool row = false;
	int done = 0;
	enum urne_err e = urne_stmt_prepare(&q, d, s, "PRAGMA journal_mode=WAL");

	if (e == URNE_OK) {
		e = urne_stmt_step(&q, d, &row);
	}
	if (e == URNE_OK && (!row || !urne_view_is(urne_stmt_view(&q, 0), "wal"))) {
		e = urne_fail(d, URNE_ERR_IO,
		    "%s: SQLite cannot keep a write-ahead log for it here", s->path);
	}
	urne_stmt_clear(&q);
	if (e == URNE_OK &&
	    sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, &done) != SQLITE_OK) {
		e = failed(s, d, SQLITE_ERROR);
	}
	return e;
}

int64_t
urne_sql_changes(const struct urne_sql *s)
{
	return sqlite3_changes64(s->db);
}

enum urne_err
urne_sql_copy(struct urne_sql *s, struct urne_diag *d, const char *path)
{
	struct urne_sql *to = NULL;
	sqlite3_backup *b;
	enum urne_err e = urne_sql_open(&to, d, path, URNE_SQL_CREATE);
	int err;

	if (e != URNE_OK) {
		return e;
	}
	b = sqlite3_backup_init(to->db, "main", s->db, "main");
	if (b == NULL) {
		e = failed(to, d, sqlite3_errcode(to->db));
	} else {
		/* all pages in one read transaction: between steps a writer would make it begin
		 * again, under load for ever; with a WAL nobody waits for it */
		(void)sqlite3_backup_step(b, -1);
		err = sqlite3_backup_finish(b);
		e = err == SQLITE_OK ? URNE_OK : failed(to, d, err);
	}
	if (e == URNE_OK) {
		e = urne_sql_exec(to, d, "PRAGMA journal_mode=DELETE;");
	}
	urne_sql_close(to);
	return e;
}

enum urne_err
urne_stmt_prepare(struct urne_stmt *out, struct urne_diag *d, struct urne_sql *s, const char *text)
{
	sqlite3_stmt *handle = NULL;
	int err = sqlite3_prepare_v3(s->db, text, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);

	*out = (struct urne_stmt){.sql = s, .handle = handle};
	return err == SQLITE_OK ? URNE_OK : failed(s, d, err);
}

void
urne_stmt_clear(struct urne_stmt *q)
{
	(void)sqlite3_finalize(q->handle); /* repeats an error that was reported already */
	*q = (struct urne_stmt){.sql = NULL};
}

static void
note(struct urne_stmt *q, int err)
{
	if (q->err == SQLITE_OK) {
		q->err = err;
	}
}

void
urne_stmt_bind_u64(struct urne_stmt *q, int at, uint64_t v)
{
	note(
	    q, v <= INT64_MAX ? sqlite3_bind_int64(q->handle, at, (sqlite3_int64)v) : SQLITE_RANGE);
}

void
urne_stmt_bind_blob(struct urne_stmt *q, int at, struct urne_view v)
{
	/* a NULL pointer would bind NULL rather than nothing */
	note(q, sqlite3_bind_blob64(q->handle, at, v.len > 0 ? v.p : "", v.len, SQLITE_STATIC));
}

void
urne_stmt_bind_hash(struct urne_stmt *q, int at, const struct urne_hash *h)
{
	note(q, sqlite3_bind_blob(q->handle, at, h->b, (int)sizeof(h->b), SQLITE_STATIC));
}

void
urne_stmt_bind_text(struct urne_stmt *q, int at, struct urne_view v)
{
	note(q, sqlite3_bind_text64(
		    q->handle, at, v.len > 0 ? v.p : "", v.len, SQLITE_STATIC, SQLITE_UTF8));
}

void
urne_stmt_bind_null(struct urne_stmt *q, int at)
{
	note(q, sqlite3_bind_null(q->handle, at));
}

void
urne_stmt_reset(struct urne_stmt *q)
{
	(void)sqlite3_reset(q->handle); /* repeats an error that was reported already */
	(void)sqlite3_clear_bindings(q->handle);
	q->err = SQLITE_OK;
}

enum urne_err
urne_stmt_step(struct urne_stmt *q, struct urne_diag *d, bool *row)
{
	int err = q->err == SQLITE_OK ? sqlite3_step(q->handle) : q->err;
	enum urne_err e = URNE_OK;

	*row = err == SQLITE_ROW;
	if (err == SQLITE_ROW) {
		return URNE_OK;
	}
	if (err != SQLITE_DONE) {
		e = failed(q->sql, d, err);
	}
	urne_stmt_reset(q);
	return e;
}

enum urne_err
urne_stmt_run(struct urne_stmt *q, struct urne_diag *d)
{
	bool row = false;
	enum urne_err e = urne_stmt_step(q, d, &row);

	if (row) {
		urne_stmt_reset(q);
		return urne_fail(d, URNE_ERR_INTERNAL, "%s: a row came unasked", q->sql->path);
	}
	return e;
}

uint64_t
urne_stmt_u64(const struct urne_stmt *q, int at)
{
	sqlite3_int64 v = sqlite3_column_int64(q->handle, at);

	return v < 0 ? 0 : (uint64_t)v;
}

struct urne_view
urne_stmt_view(const struct urne_stmt *q, int at)
{
	const char *p = sqlite3_column_blob(q->handle, at);
	int len = sqlite3_column_bytes(q->handle, at);

	return p == NULL ? (struct urne_view){"", 0} : (struct urne_view){p, (size_t)len};
}

bool
urne_stmt_is_null(const struct urne_stmt *q, int at)
{
	return sqlite3_column_type(q->handle, at) == SQLITE_NULL;
}

enum urne_err
urne_stmt_hash(const struct urne_stmt *q, struct urne_hash *out, struct urne_diag *d, int at)
{
	struct urne_view v = urne_stmt_view(q, at);

	*out = (struct urne_hash){{0}};
	if (v.len != sizeof(out->b)) {
		return urne_fail(
		    d, URNE_ERR_INTERNAL, "%s: a hash in it has %zu bytes", q->sql->path, v.len);
	}
	memcpy(out->b, v.p, sizeof(out->b));
	return URNE_OK;
}
