/* SPDX-License-Identifier: EUPL-1.2 */
/* SQLite as far as the board uses it. Errors of one statement stick to it until it is reset, so
 * that binding needs no checks of its own; whatever fails here is ours or the machine's fault,
 * never the input's. */
#ifndef URNE_BULLETIN_SERVER_SQL_H
#define URNE_BULLETIN_SERVER_SQL_H

#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"

enum urne_sql_mode {
	URNE_SQL_CREATE, /* the file must not exist (URNE_ERR_EXISTS) */
	URNE_SQL_WRITE,	 /* it must exist (URNE_ERR_UNKNOWN); the one connection that writes */
	URNE_SQL_READ,	 /* it must exist; never writes, and never checkpoints a WAL */
};

struct urne_sql; /* a connection; for one thread at a time */

enum urne_err urne_sql_open(struct urne_sql **out, struct urne_diag *d, const char *path,
    enum urne_sql_mode mode) URNE_MUST_USE;
/* urne_sql_close: all statements must be cleared. NULL is fine. */
void urne_sql_close(struct urne_sql *s);
/* urne_sql_exec runs statements that give no rows, or whose rows nobody wants. */
enum urne_err urne_sql_exec(
    struct urne_sql *s, struct urne_diag *d, const char *statements) URNE_MUST_USE;
/* urne_sql_use_wal turns a database to a write-ahead log, which the last connection that closes
 * moves into it. Until then a connection leaves WAL and database apart as it found them, so that
 * opening a file and refusing it changes nothing in it. */
enum urne_err urne_sql_use_wal(struct urne_sql *s, struct urne_diag *d) URNE_MUST_USE;
/* urne_sql_changes: rows that the last statement changed. */
int64_t urne_sql_changes(const struct urne_sql *s);
/* urne_sql_copy writes a consistent copy of the database, as it is now, to a new file, while others
 * go on writing; the copy is durable and needs no WAL. */
enum urne_err urne_sql_copy(
    struct urne_sql *s, struct urne_diag *d, const char *path) URNE_MUST_USE;

/* A prepared statement; the zero state is legal to clear. */
struct urne_stmt {
	struct urne_sql *sql;
	void *handle;
	int err;
};

enum urne_err urne_stmt_prepare(
    struct urne_stmt *out, struct urne_diag *d, struct urne_sql *s, const char *text) URNE_MUST_USE;
void urne_stmt_clear(struct urne_stmt *q);
/* Parameters count from 1. A blob or text must stay until the statement is reset. */
void urne_stmt_bind_u64(struct urne_stmt *q, int at, uint64_t v);
void urne_stmt_bind_blob(struct urne_stmt *q, int at, struct urne_view v);
void urne_stmt_bind_hash(struct urne_stmt *q, int at, const struct urne_hash *h);
void urne_stmt_bind_text(struct urne_stmt *q, int at, struct urne_view v);
void urne_stmt_bind_null(struct urne_stmt *q, int at);
/* urne_stmt_step goes to the next row; *row tells whether there is one. At the end, and after an
 * error, the statement is reset and its parameters are forgotten. */
enum urne_err urne_stmt_step(struct urne_stmt *q, struct urne_diag *d, bool *row) URNE_MUST_USE;
/* urne_stmt_run is for statements that give no row. */
enum urne_err urne_stmt_run(struct urne_stmt *q, struct urne_diag *d) URNE_MUST_USE;
/* urne_stmt_reset leaves the rows that are still to come. */
void urne_stmt_reset(struct urne_stmt *q);

/* Columns of the present row count from 0; views live until the next step or reset. */
uint64_t urne_stmt_u64(const struct urne_stmt *q, int at);
struct urne_view urne_stmt_view(const struct urne_stmt *q, int at);
bool urne_stmt_is_null(const struct urne_stmt *q, int at);
/* urne_stmt_hash reads a blob of 32 bytes; any other is URNE_ERR_INTERNAL: the file is damaged. */
enum urne_err urne_stmt_hash(
    const struct urne_stmt *q, struct urne_hash *out, struct urne_diag *d, int at) URNE_MUST_USE;

#endif
