/* SPDX-License-Identifier: EUPL-1.2 */
/* main.db: the logs, their entries, the objects that entries name, the complete subtrees, who voted
 * last with what. Rows are only ever added, but for "last", "published", drafts and waiting orders.
 * Spec: docs/log.md#order-of-writes */
#ifndef URNE_BULLETIN_SERVER_STORE_H
#define URNE_BULLETIN_SERVER_STORE_H

#include "base/buf.h"
#include "bulletin/log/event.h"
#include "bulletin/log/merkle.h"
#include "bulletin/server/sql.h"

/* Queries by name; the text of each stands in store.c. */
enum urne_query {
	URNE_QUERY_BEGIN,
	URNE_QUERY_COMMIT,
	URNE_QUERY_ADD_LOG,
	URNE_QUERY_ADD_ENTRY,
	URNE_QUERY_ADD_OBJECT,
	URNE_QUERY_ADD_NODE,
	URNE_QUERY_ADD_BALLOT,
	URNE_QUERY_SET_LAST,
	URNE_QUERY_SET_PUBLISHED,
	URNE_QUERY_LOGS,
	URNE_QUERY_COUNT,
	URNE_QUERY_ENTRY,
	URNE_QUERY_ENTRIES,
	URNE_QUERY_OTHERS,
	URNE_QUERY_OBJECT,
	URNE_QUERY_OBJECT_LENGTH,
	URNE_QUERY_LEAF,
	URNE_QUERY_NODE,
	URNE_QUERY_BALLOT,
	URNE_QUERY_LAST,
	URNE_QUERY_LASTS,
	URNE_QUERY_DRAFT,
	URNE_QUERY_DRAFT_LENGTH,
	URNE_QUERY_DRAFTED,
	URNE_QUERY_DROP_DRAFTS,
	URNE_QUERY_PUT_DRAFT,
	URNE_QUERY_WAITING,
	URNE_QUERY_WAITINGS,
	URNE_QUERY_PUT_WAITING,
	URNE_QUERY_DROP_WAITING,
};
#define URNE_NUM_QUERIES 30

/* A connection with its statements; for one thread at a time. The zero state is legal to close. */
struct urne_store {
	struct urne_sql *sql;
	struct urne_stmt query[URNE_NUM_QUERIES];
};

/* urne_store_create makes the file `path`, which must not exist; whole or, after a crash, a file
 * that is refused. */
enum urne_err urne_store_create(struct urne_diag *d, const char *path) URNE_MUST_USE;
/* urne_store_open opens `path`; a file of another form is URNE_ERR_UNSUPPORTED. writing: the one
 * connection that writes. What is in the file stays as it is until something is written. */
enum urne_err urne_store_open(
    struct urne_store *out, struct urne_diag *d, const char *path, bool writing) URNE_MUST_USE;
void urne_store_close(struct urne_store *s);
/* urne_store_use_wal, before many transactions: makes commits cheap, and readers wait for nobody.
 */
enum urne_err urne_store_use_wal(struct urne_store *s, struct urne_diag *d) URNE_MUST_USE;
/* urne_store_checkpoint moves what the write-ahead log holds into the database, as far as no reader
 * still needs it there; it waits for nobody. */
enum urne_err urne_store_checkpoint(struct urne_store *s, struct urne_diag *d) URNE_MUST_USE;

enum urne_err urne_store_begin(struct urne_store *s, struct urne_diag *d) URNE_MUST_USE;
/* urne_store_commit: after URNE_OK what was added is durable. */
enum urne_err urne_store_commit(struct urne_store *s, struct urne_diag *d) URNE_MUST_USE;

/* A log's row. Views live until the visit is over. */
struct urne_log_row {
	uint64_t id;
	struct urne_view uuid, origin;
	uint64_t timestamp; /* of its archive */
	uint64_t published; /* entries whose files and checkpoint were published for certain */
};
enum urne_err urne_store_add_log(struct urne_store *s, uint64_t *id, struct urne_diag *d,
    struct urne_view uuid, struct urne_view origin, uint64_t timestamp) URNE_MUST_USE;
enum urne_err urne_store_logs(struct urne_store *s, struct urne_diag *d,
    enum urne_err (*visit)(void *ctx, const struct urne_log_row *row), void *ctx) URNE_MUST_USE;
enum urne_err urne_store_set_published(
    struct urne_store *s, struct urne_diag *d, uint64_t log, uint64_t size) URNE_MUST_USE;

/* One entry. */
struct urne_entry_row {
	uint64_t index;
	enum urne_event_type type;
	struct urne_view event; /* the exact bytes of the leaf */
	struct urne_hash hash;	/* SHA-256 of them */
	struct urne_hash leaf;
	uint64_t archive_len; /* of election.bel with this entry */
};
enum urne_err urne_store_add_entry(struct urne_store *s, struct urne_diag *d, uint64_t log,
    const struct urne_entry_row *e) URNE_MUST_USE;
/* urne_store_add_object: adding the same again is fine. */
enum urne_err urne_store_add_object(struct urne_store *s, struct urne_diag *d,
    const struct urne_hash *hash, struct urne_view data) URNE_MUST_USE;
enum urne_err urne_store_add_node(struct urne_store *s, struct urne_diag *d, uint64_t log,
    unsigned level, uint64_t index, const struct urne_hash *hash) URNE_MUST_USE;

/* urne_store_size: how many entries a log has; that none is missing between is checked. */
enum urne_err urne_store_size(
    struct urne_store *s, uint64_t *size, struct urne_diag *d, uint64_t log) URNE_MUST_USE;
/* urne_store_entries visits entries first .. end-1, each of which must be there; views live until
 * the visit is over. A visitor must not walk entries of its own. */
enum urne_err urne_store_entries(struct urne_store *s, struct urne_diag *d, uint64_t log,
    uint64_t first, uint64_t end, enum urne_err (*visit)(void *ctx, const struct urne_entry_row *e),
    void *ctx) URNE_MUST_USE;
/* urne_store_entry appends the bytes of one entry; *row has the rest (its view is into `out`). */
enum urne_err urne_store_entry(struct urne_store *s, struct urne_entry_row *row,
    struct urne_buf *out, struct urne_diag *d, uint64_t log, uint64_t index) URNE_MUST_USE;
/* urne_store_others visits the entries of one type, not ballots. */
enum urne_err urne_store_others(struct urne_store *s, struct urne_diag *d, uint64_t log,
    enum urne_event_type type, enum urne_err (*visit)(void *ctx, const struct urne_entry_row *e),
    void *ctx) URNE_MUST_USE;
/* urne_store_object appends an object; URNE_ERR_UNKNOWN when it is not there. */
enum urne_err urne_store_object(struct urne_store *s, struct urne_buf *out, struct urne_diag *d,
    const struct urne_hash *hash) URNE_MUST_USE;
enum urne_err urne_store_object_length(struct urne_store *s, uint64_t *len, struct urne_diag *d,
    const struct urne_hash *hash) URNE_MUST_USE;
/* urne_store_node: a node of the tree over a log's entries, for proofs. */
enum urne_err urne_store_node(struct urne_store *s, struct urne_hash *out, struct urne_diag *d,
    uint64_t log, unsigned level, uint64_t index) URNE_MUST_USE;

/* Where a ballot stands, and which one of the same credential it replaced. */
struct urne_ballot_row {
	uint64_t index;
	bool has_replaced;
	struct urne_hash replaces;
};
enum urne_err urne_store_add_ballot(struct urne_store *s, struct urne_diag *d, uint64_t log,
    const struct urne_hash *ballot, size_t member, const struct urne_ballot_row *row) URNE_MUST_USE;
/* urne_store_ballot: *there tells whether the log has it. */
enum urne_err urne_store_ballot(struct urne_store *s, struct urne_ballot_row *out, bool *there,
    struct urne_diag *d, uint64_t log, const struct urne_hash *ballot) URNE_MUST_USE;
/* urne_store_last: the last ballot of a member, if any. */
enum urne_err urne_store_last(struct urne_store *s, struct urne_hash *out, bool *there,
    struct urne_diag *d, uint64_t log, size_t member) URNE_MUST_USE;
enum urne_err urne_store_lasts(struct urne_store *s, struct urne_diag *d, uint64_t log,
    enum urne_err (*visit)(void *ctx, size_t member, const struct urne_hash *ballot),
    void *ctx) URNE_MUST_USE;

#endif
