/* SPDX-License-Identifier: EUPL-1.2 */
/* Compare and swap over one small table. */
#include "bulletin/server/head.h"

#include <inttypes.h>

static const char schema[] =
    "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA;"
    "CREATE TABLE head(origin TEXT PRIMARY KEY, size INT NOT NULL, root BLOB NOT NULL,"
    " note BLOB NOT NULL) STRICT;";

enum urne_err
urne_head_create(struct urne_diag *d, const char *path)
{
	struct urne_sql *sql = NULL;
	enum urne_err e = urne_sql_open(&sql, d, path, URNE_SQL_CREATE);

	if (e == URNE_OK) {
		e = urne_sql_exec(sql, d, schema);
	}
	urne_sql_close(sql);
	return e;
}

enum urne_err
urne_head_open(struct urne_head *out, struct urne_diag *d, const char *path)
{
	enum urne_err e;

	*out = (struct urne_head){.sql = NULL};
	e = urne_sql_open(&out->sql, d, path, URNE_SQL_WRITE);
	if (e == URNE_ERR_UNKNOWN) {
		return urne_fail(d, e,
		    "%s: the file with the signed heads is not there, and without it this board "
		    "could sign two histories; put back the newest one, never a copy",
		    path);
	}
	if (e == URNE_OK) {
		e = urne_sql_exec(out->sql, d, "PRAGMA synchronous=EXTRA;");
	}
	if (e == URNE_OK) {
		e = urne_stmt_prepare(
		    &out->read, d, out->sql, "SELECT size,root,note FROM head WHERE origin=?1");
	}
	if (e == URNE_OK) {
		e = urne_stmt_prepare(
		    &out->all, d, out->sql, "SELECT origin FROM head ORDER BY origin");
	}
	if (e == URNE_OK) {
		e = urne_stmt_prepare(&out->add, d, out->sql,
		    "INSERT INTO head(origin,size,root,note) VALUES(?1,?2,?3,?4)"
		    " ON CONFLICT DO NOTHING");
	}
	if (e == URNE_OK) {
		e = urne_stmt_prepare(&out->swap, d, out->sql,
		    "UPDATE head SET size=?2,root=?3,note=?4 WHERE origin=?1 AND size=?5 AND "
		    "root=?6");
	}
	if (e == URNE_OK) {
		e = urne_stmt_prepare(&out->begin, d, out->sql, "BEGIN IMMEDIATE");
	}
	if (e == URNE_OK) {
		e = urne_stmt_prepare(&out->commit, d, out->sql, "COMMIT");
	}
	if (e != URNE_OK) {
		urne_head_close(out);
	}
	return e;
}

void
urne_head_close(struct urne_head *h)
{
	urne_stmt_clear(&h->read);
	urne_stmt_clear(&h->all);
	urne_stmt_clear(&h->add);
	urne_stmt_clear(&h->swap);
	urne_stmt_clear(&h->begin);
	urne_stmt_clear(&h->commit);
	urne_sql_close(h->sql);
	h->sql = NULL;
}

enum urne_err
urne_head_get(struct urne_head *h, struct urne_head_row *out, bool *there, struct urne_buf *note,
    struct urne_diag *d, struct urne_view origin)
{
	size_t at = note->len;
	enum urne_err e;

	*out = (struct urne_head_row){.size = 0};
	urne_stmt_bind_text(&h->read, 1, origin);
	e = urne_stmt_step(&h->read, d, there);
	if (e != URNE_OK || !*there) {
		return e;
	}
	out->size = urne_stmt_u64(&h->read, 0);
	e = urne_stmt_hash(&h->read, &out->root, d, 1);
	urne_buf_put_view(note, urne_stmt_view(&h->read, 2));
	if (e == URNE_OK) {
		e = urne_buf_error(note);
	}
	if (e == URNE_OK) {
		out->note = (struct urne_view){note->data + at, note->len - at};
	}
	urne_stmt_reset(&h->read);
	return e;
}

enum urne_err
urne_head_origins(struct urne_head *h, struct urne_diag *d,
    enum urne_err (*visit)(void *ctx, struct urne_view origin), void *ctx)
{
	bool row = true;
	enum urne_err e = URNE_OK;

	while (e == URNE_OK && (e = urne_stmt_step(&h->all, d, &row)) == URNE_OK && row) {
		e = visit(ctx, urne_stmt_view(&h->all, 0));
	}
	urne_stmt_reset(&h->all);
	return e;
}

enum urne_err
urne_head_begin(struct urne_head *h, struct urne_diag *d)
{
	return urne_stmt_run(&h->begin, d);
}

enum urne_err
urne_head_swap(struct urne_head *h, struct urne_diag *d, struct urne_view origin,
    const struct urne_head_row *old, const struct urne_head_row *new)
{
	struct urne_stmt *q = old == NULL ? &h->add : &h->swap;
	enum urne_err e;

	urne_stmt_bind_text(q, 1, origin);
	urne_stmt_bind_u64(q, 2, new->size);
	urne_stmt_bind_hash(q, 3, &new->root);
	urne_stmt_bind_blob(q, 4, new->note);
	if (old != NULL) {
		urne_stmt_bind_u64(q, 5, old->size);
		urne_stmt_bind_hash(q, 6, &old->root);
	}
	e = urne_stmt_run(q, d);
	if (e == URNE_OK && urne_sql_changes(h->sql) != 1) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "head.db: the head of %.*s is not the one that this process signed last: "
		    "another process signs for this log; stop it",
		    (int)origin.len, origin.p);
	}
	return e;
}

enum urne_err
urne_head_commit(struct urne_head *h, struct urne_diag *d)
{
	return urne_stmt_run(&h->commit, d);
}
