/* SPDX-License-Identifier: EUPL-1.2 */
/* head.db: for each log the last checkpoint that was signed. No signature leaves the process before
 * its row is durable here; the file is never restored from a copy, and lies on another volume than
 * main.db where that can be had. Spec: docs/log.md#order-of-writes */
#ifndef URNE_BULLETIN_SERVER_HEAD_H
#define URNE_BULLETIN_SERVER_HEAD_H

#include "base/buf.h"
#include "bulletin/server/sql.h"

struct urne_head {
	struct urne_sql *sql;
	struct urne_stmt read, all, add, swap, begin, commit;
};

enum urne_err urne_head_create(struct urne_diag *d, const char *path) URNE_MUST_USE;
/* urne_head_open: a file that is not there is URNE_ERR_UNKNOWN, with what that means. */
enum urne_err urne_head_open(
    struct urne_head *out, struct urne_diag *d, const char *path) URNE_MUST_USE;
void urne_head_close(struct urne_head *h);

struct urne_head_row {
	uint64_t size;
	struct urne_hash root;
	struct urne_view note; /* the signed checkpoint */
};
/* urne_head_get: *there tells whether the log has signed anything; the note is appended to `note`,
 * and out->note is it. */
enum urne_err urne_head_get(struct urne_head *h, struct urne_head_row *out, bool *there,
    struct urne_buf *note, struct urne_diag *d, struct urne_view origin) URNE_MUST_USE;
/* urne_head_origins visits every log that has signed. */
enum urne_err urne_head_origins(struct urne_head *h, struct urne_diag *d,
    enum urne_err (*visit)(void *ctx, struct urne_view origin), void *ctx) URNE_MUST_USE;

/* A round of changes: begin, swap for each log, commit. After the commit they are durable. */
enum urne_err urne_head_begin(struct urne_head *h, struct urne_diag *d) URNE_MUST_USE;
/* urne_head_swap puts the new head in place of the old one; when the old one is not what stands
 * there, somebody else has signed: URNE_ERR_MISMATCH. old == NULL: there was none. */
enum urne_err urne_head_swap(struct urne_head *h, struct urne_diag *d, struct urne_view origin,
    const struct urne_head_row *old, const struct urne_head_row *new) URNE_MUST_USE;
enum urne_err urne_head_commit(struct urne_head *h, struct urne_diag *d) URNE_MUST_USE;

#endif
