/* SPDX-License-Identifier: EUPL-1.2 */
/* The tables and the queries; the file, its logs and their entries. */
#include "bulletin/server/store.h"

#include <inttypes.h>

/* user_version of the file; another one is another form. */
#define FORM	 2
#define FORM_SQL "PRAGMA user_version=2;"

static const char schema[] =
    "CREATE TABLE log(id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE,"
    " origin TEXT NOT NULL UNIQUE, timestamp INT NOT NULL, published INT NOT NULL) STRICT;"
    "CREATE TABLE entry(log INT NOT NULL, idx INT NOT NULL, type INT NOT NULL,"
    " event BLOB NOT NULL, leaf BLOB NOT NULL, ehash BLOB NOT NULL, archive_len INT NOT NULL,"
    " PRIMARY KEY(log,idx), UNIQUE(log,ehash)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX entry_type ON entry(log,type,idx) WHERE type<>1;" /* all but ballots */
    "CREATE TABLE object(hash BLOB PRIMARY KEY, data BLOB NOT NULL) STRICT;"
    /* complete subtrees of two leaves and more; those of one are entry.leaf */
    "CREATE TABLE node(log INT NOT NULL, lvl INT NOT NULL, i INT NOT NULL, h BLOB NOT NULL,"
    " PRIMARY KEY(log,lvl,i)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE ballot(log INT NOT NULL, bhash BLOB NOT NULL, idx INT NOT NULL, replaces BLOB,"
    " PRIMARY KEY(log,bhash)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE last(log INT NOT NULL, member INT NOT NULL, bhash BLOB NOT NULL,"
    " PRIMARY KEY(log,member)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE draft(election TEXT, part TEXT, data BLOB NOT NULL,"
    " PRIMARY KEY(election,part)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE waiting(hash BLOB PRIMARY KEY, note BLOB NOT NULL) STRICT;" FORM_SQL;

_Static_assert(URNE_EVENT_BALLOT == 1, "the schema and its index say so");

#define ENTRY "idx,type,event,ehash,leaf,archive_len"

static const char *const texts[URNE_NUM_QUERIES] = {
    [URNE_QUERY_BEGIN] = "BEGIN IMMEDIATE",
    [URNE_QUERY_COMMIT] = "COMMIT",
    [URNE_QUERY_ADD_LOG] = "INSERT INTO log(id,uuid,origin,timestamp,published)"
			   " SELECT coalesce(max(id),0)+1,?1,?2,?3,0 FROM log RETURNING id",
    [URNE_QUERY_ADD_ENTRY] = "INSERT INTO entry(log,idx,type,event,ehash,leaf,archive_len)"
			     " VALUES(?1,?2,?3,?4,?5,?6,?7)",
    [URNE_QUERY_ADD_OBJECT] = "INSERT INTO object(hash,data) VALUES(?1,?2) ON CONFLICT DO NOTHING",
    [URNE_QUERY_ADD_NODE] = "INSERT INTO node(log,lvl,i,h) VALUES(?1,?2,?3,?4)",
    [URNE_QUERY_ADD_BALLOT] = "INSERT INTO ballot(log,bhash,idx,replaces) VALUES(?1,?2,?3,?4)",
    [URNE_QUERY_SET_LAST] = "INSERT INTO last(log,member,bhash) VALUES(?1,?2,?3)"
			    " ON CONFLICT(log,member) DO UPDATE SET bhash=excluded.bhash",
    [URNE_QUERY_SET_PUBLISHED] = "UPDATE log SET published=?2 WHERE id=?1",
    [URNE_QUERY_LOGS] = "SELECT id,uuid,origin,timestamp,published FROM log ORDER BY id",
    [URNE_QUERY_COUNT] = "SELECT count(*),coalesce(max(idx)+1,0) FROM entry WHERE log=?1",
    [URNE_QUERY_ENTRY] = "SELECT " ENTRY " FROM entry WHERE log=?1 AND idx=?2",
    [URNE_QUERY_ENTRIES] =
	"SELECT " ENTRY " FROM entry WHERE log=?1 AND idx>=?2 AND idx<?3 ORDER BY idx",
    [URNE_QUERY_OTHERS] =
	"SELECT " ENTRY " FROM entry WHERE log=?1 AND type=?2 AND type<>1 ORDER BY idx",
    [URNE_QUERY_OBJECT] = "SELECT data FROM object WHERE hash=?1",
    [URNE_QUERY_OBJECT_LENGTH] = "SELECT length(data) FROM object WHERE hash=?1",
    [URNE_QUERY_LEAF] = "SELECT leaf FROM entry WHERE log=?1 AND idx=?2",
    [URNE_QUERY_NODE] = "SELECT h FROM node WHERE log=?1 AND lvl=?2 AND i=?3",
    [URNE_QUERY_BALLOT] = "SELECT idx,replaces FROM ballot WHERE log=?1 AND bhash=?2",
    [URNE_QUERY_LAST] = "SELECT bhash FROM last WHERE log=?1 AND member=?2",
    [URNE_QUERY_LASTS] = "SELECT member,bhash FROM last WHERE log=?1 ORDER BY member",
    [URNE_QUERY_DRAFT] = "SELECT data FROM draft WHERE election=?1 AND part=?2",
    [URNE_QUERY_DRAFT_LENGTH] = "SELECT length(data) FROM draft WHERE election=?1 AND part=?2",
    [URNE_QUERY_DRAFTED] = "SELECT DISTINCT election FROM draft"
			   " WHERE election<>?1 AND election NOT IN (SELECT uuid FROM log)",
    [URNE_QUERY_DROP_DRAFTS] = "DELETE FROM draft WHERE election=?1",
    [URNE_QUERY_PUT_DRAFT] = "INSERT INTO draft(election,part,data) VALUES(?1,?2,?3)"
			     " ON CONFLICT(election,part) DO UPDATE SET data=excluded.data",
    [URNE_QUERY_WAITING] = "SELECT note FROM waiting WHERE hash=?1",
    [URNE_QUERY_WAITINGS] = "SELECT hash,note FROM waiting ORDER BY rowid",
    [URNE_QUERY_PUT_WAITING] = "INSERT INTO waiting(hash,note) VALUES(?1,?2)"
			       " ON CONFLICT(hash) DO UPDATE SET note=excluded.note",
    [URNE_QUERY_DROP_WAITING] = "DELETE FROM waiting WHERE hash=?1",
};

/* --- the file --- */

enum urne_err
urne_store_create(struct urne_diag *d, const char *path)
{
	struct urne_sql *sql = NULL;
	enum urne_err e = urne_sql_open(&sql, d, path, URNE_SQL_CREATE);

	if (e == URNE_OK) {
		e = urne_sql_exec(sql, d, "PRAGMA synchronous=EXTRA; BEGIN;");
	}
	if (e == URNE_OK) {
		e = urne_sql_exec(sql, d, schema);
	}
	if (e == URNE_OK) {
		e = urne_sql_exec(sql, d, "COMMIT;");
	}
	urne_sql_close(sql);
	return e;
}

static enum urne_err
check_form(struct urne_store *s, struct urne_diag *d, const char *path)
{
	struct urne_stmt q;
	bool row = false;
	enum urne_err e = urne_stmt_prepare(&q, d, s->sql, "PRAGMA user_version");

	if (e == URNE_OK) {
		e = urne_stmt_step(&q, d, &row);
	}
	if (e == URNE_OK && (!row || urne_stmt_u64(&q, 0) != FORM)) {
		e = urne_fail(d, URNE_ERR_UNSUPPORTED,
		    "%s: is empty, no database of a board, or of another release; put back the "
		    "newest, or move it away and fill a new one with \"urne-board refill\"",
		    path);
	}
	urne_stmt_clear(&q);
	return e;
}

enum urne_err
urne_store_open(struct urne_store *out, struct urne_diag *d, const char *path, bool writing)
{
	enum urne_err e;

	*out = (struct urne_store){.sql = NULL};
	e = urne_sql_open(&out->sql, d, path, writing ? URNE_SQL_WRITE : URNE_SQL_READ);
	if (e == URNE_ERR_UNKNOWN) {
		e = urne_fail(d, e,
		    "%s: the database is not there; put back the newest, or fill a new one from "
		    "the "
		    "published files with \"urne-board refill\"",
		    path);
	}
	if (e == URNE_OK) {
		e = check_form(out, d, path);
	}
	if (e == URNE_OK && writing) {
		e = urne_sql_exec(
		    out->sql, d, "PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;");
	}
	for (size_t i = 0; e == URNE_OK && i < URNE_NUM_QUERIES; i++) {
		e = urne_stmt_prepare(&out->query[i], d, out->sql, texts[i]);
	}
	if (e != URNE_OK) {
		urne_store_close(out);
	}
	return e;
}

void
urne_store_close(struct urne_store *s)
{
	for (size_t i = 0; i < URNE_NUM_QUERIES; i++) {
		urne_stmt_clear(&s->query[i]);
	}
	urne_sql_close(s->sql);
	s->sql = NULL;
}

enum urne_err
urne_store_use_wal(struct urne_store *s, struct urne_diag *d)
{
	return urne_sql_use_wal(s->sql, d);
}

enum urne_err
urne_store_checkpoint(struct urne_store *s, struct urne_diag *d)
{
	return urne_sql_exec(s->sql, d, "PRAGMA wal_checkpoint(PASSIVE);");
}

enum urne_err
urne_store_begin(struct urne_store *s, struct urne_diag *d)
{
	return urne_stmt_run(&s->query[URNE_QUERY_BEGIN], d);
}

enum urne_err
urne_store_commit(struct urne_store *s, struct urne_diag *d)
{
	return urne_stmt_run(&s->query[URNE_QUERY_COMMIT], d);
}

/* --- logs --- */

enum urne_err
urne_store_add_log(struct urne_store *s, uint64_t *id, struct urne_diag *d, struct urne_view uuid,
    struct urne_view origin, uint64_t timestamp)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_ADD_LOG];
	bool row = false;
	enum urne_err e;

	*id = 0;
	urne_stmt_bind_text(q, 1, uuid);
	urne_stmt_bind_text(q, 2, origin);
	urne_stmt_bind_u64(q, 3, timestamp);
	e = urne_stmt_step(q, d, &row);
	if (e == URNE_OK && row) {
		*id = urne_stmt_u64(q, 0);
		e = urne_stmt_step(q, d, &row);
	}
	if (e == URNE_OK && *id == 0) {
		e = urne_fail(d, URNE_ERR_INTERNAL, "a new log got no number");
	}
	return e;
}

enum urne_err
urne_store_logs(struct urne_store *s, struct urne_diag *d,
    enum urne_err (*visit)(void *ctx, const struct urne_log_row *row), void *ctx)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_LOGS];
	bool row = true;
	enum urne_err e = URNE_OK;

	while (e == URNE_OK && (e = urne_stmt_step(q, d, &row)) == URNE_OK && row) {
		struct urne_log_row r = {.id = urne_stmt_u64(q, 0),
		    .uuid = urne_stmt_view(q, 1),
		    .origin = urne_stmt_view(q, 2),
		    .timestamp = urne_stmt_u64(q, 3),
		    .published = urne_stmt_u64(q, 4)};
		e = visit(ctx, &r);
	}
	urne_stmt_reset(q);
	return e;
}

enum urne_err
urne_store_set_published(struct urne_store *s, struct urne_diag *d, uint64_t log, uint64_t size)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_SET_PUBLISHED];

	urne_stmt_bind_u64(q, 1, log);
	urne_stmt_bind_u64(q, 2, size);
	return urne_stmt_run(q, d);
}

/* --- entries --- */

enum urne_err
urne_store_add_entry(
    struct urne_store *s, struct urne_diag *d, uint64_t log, const struct urne_entry_row *e)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_ADD_ENTRY];

	urne_stmt_bind_u64(q, 1, log);
	urne_stmt_bind_u64(q, 2, e->index);
	urne_stmt_bind_u64(q, 3, (uint64_t)e->type);
	urne_stmt_bind_blob(q, 4, e->event);
	urne_stmt_bind_hash(q, 5, &e->hash);
	urne_stmt_bind_hash(q, 6, &e->leaf);
	urne_stmt_bind_u64(q, 7, e->archive_len);
	return urne_stmt_run(q, d);
}

static enum urne_err
read_entry(const struct urne_stmt *q, struct urne_entry_row *out, struct urne_diag *d)
{
	uint64_t type = urne_stmt_u64(q, 1);
	enum urne_err e;

	*out = (struct urne_entry_row){.index = urne_stmt_u64(q, 0),
	    .event = urne_stmt_view(q, 2),
	    .archive_len = urne_stmt_u64(q, 5)};
	if (type >= URNE_NUM_EVENT_TYPES) {
		return urne_fail(d, URNE_ERR_INTERNAL,
		    "main.db: entry %" PRIu64 " has an unknown type", out->index);
	}
	out->type = (enum urne_event_type)type;
	e = urne_stmt_hash(q, &out->hash, d, 3);
	return e == URNE_OK ? urne_stmt_hash(q, &out->leaf, d, 4) : e;
}

/* walk visits the rows of a query whose parameters are bound; *num counts them. */
static enum urne_err
walk(struct urne_stmt *q, uint64_t *num, struct urne_diag *d,
    enum urne_err (*visit)(void *ctx, const struct urne_entry_row *e), void *ctx)
{
	struct urne_entry_row r;
	bool row = true;
	enum urne_err e = URNE_OK;

	*num = 0;
	while (e == URNE_OK && (e = urne_stmt_step(q, d, &row)) == URNE_OK && row) {
		e = read_entry(q, &r, d);
		if (e == URNE_OK) {
			e = visit(ctx, &r);
		}
		*num += 1;
	}
	urne_stmt_reset(q);
	return e;
}

enum urne_err
urne_store_entries(struct urne_store *s, struct urne_diag *d, uint64_t log, uint64_t first,
    uint64_t end, enum urne_err (*visit)(void *ctx, const struct urne_entry_row *e), void *ctx)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_ENTRIES];
	uint64_t num = 0;
	enum urne_err e;

	urne_stmt_bind_u64(q, 1, log);
	urne_stmt_bind_u64(q, 2, first);
	urne_stmt_bind_u64(q, 3, end);
	e = walk(q, &num, d, visit, ctx);
	if (e == URNE_OK && num != end - first) {
		e = urne_fail(d, URNE_ERR_INTERNAL,
		    "main.db: of entries %" PRIu64 " to %" PRIu64 " some are missing", first, end);
	}
	return e;
}

enum urne_err
urne_store_entry(struct urne_store *s, struct urne_entry_row *row, struct urne_buf *out,
    struct urne_diag *d, uint64_t log, uint64_t index)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_ENTRY];
	size_t at = out->len;
	bool there = false;
	enum urne_err e;

	urne_stmt_bind_u64(q, 1, log);
	urne_stmt_bind_u64(q, 2, index);
	e = urne_stmt_step(q, d, &there);
	if (e == URNE_OK && !there) {
		return urne_fail(
		    d, URNE_ERR_INTERNAL, "main.db: entry %" PRIu64 " is missing", index);
	}
	if (e == URNE_OK) {
		e = read_entry(q, row, d);
	}
	if (e == URNE_OK) {
		urne_buf_put_view(out, row->event);
		e = urne_buf_error(out);
	}
	if (e == URNE_OK) {
		row->event = (struct urne_view){out->data + at, out->len - at};
	}
	urne_stmt_reset(q);
	return e;
}

enum urne_err
urne_store_others(struct urne_store *s, struct urne_diag *d, uint64_t log,
    enum urne_event_type type, enum urne_err (*visit)(void *ctx, const struct urne_entry_row *e),
    void *ctx)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_OTHERS];
	uint64_t num = 0;

	urne_stmt_bind_u64(q, 1, log);
	urne_stmt_bind_u64(q, 2, (uint64_t)type);
	return walk(q, &num, d, visit, ctx);
}

enum urne_err
urne_store_size(struct urne_store *s, uint64_t *size, struct urne_diag *d, uint64_t log)
{
	struct urne_stmt *q = &s->query[URNE_QUERY_COUNT];
	bool row = false;
	enum urne_err e;

	*size = 0;
	urne_stmt_bind_u64(q, 1, log);
	e = urne_stmt_step(q, d, &row);
	if (e == URNE_OK && row) {
		*size = urne_stmt_u64(q, 0);
		if (*size != urne_stmt_u64(q, 1)) {
			e = urne_fail(d, URNE_ERR_INTERNAL, "main.db: entries are missing");
		}
	}
	urne_stmt_reset(q);
	return e;
}
