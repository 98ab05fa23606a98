/* SPDX-License-Identifier: EUPL-1.2 */
/* Orders that not enough officials have signed yet, in rows of main.db: the note with the lines
 * that count, by the hash of its text. Spec: docs/journal.md#orders */
#ifndef URNE_BULLETIN_SERVER_WAITING_H
#define URNE_BULLETIN_SERVER_WAITING_H

#include "bulletin/server/store.h"
#include "crypto/note.h"

/* The table: CREATE TABLE waiting(hash BLOB PRIMARY KEY, note BLOB NOT NULL) STRICT. */

/* urne_store_waiting appends the note; *there is false when there is none. */
enum urne_err urne_store_waiting(struct urne_store *s, struct urne_buf *out, bool *there,
    struct urne_diag *d, const struct urne_hash *order) URNE_MUST_USE;
/* urne_store_waitings visits all, in the order in which they came. */
enum urne_err urne_store_waitings(struct urne_store *s, struct urne_diag *d,
    enum urne_err (*visit)(void *ctx, const struct urne_hash *order, struct urne_view note),
    void *ctx) URNE_MUST_USE;
/* urne_store_put_waiting adds one or replaces its note; in a transaction of the writer. */
enum urne_err urne_store_put_waiting(struct urne_store *s, struct urne_diag *d,
    const struct urne_hash *order, struct urne_view note) URNE_MUST_USE;
/* urne_store_drop_waiting: one that is not there is fine. */
enum urne_err urne_store_drop_waiting(
    struct urne_store *s, struct urne_diag *d, const struct urne_hash *order) URNE_MUST_USE;

/* urne_waiting_revoke takes the lines of an official out of all that wait, and drops what nobody
 * else has signed; in a transaction of the writer. */
enum urne_err urne_waiting_revoke(struct urne_store *s, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view official) URNE_MUST_USE;
/* urne_waiting_check_new refuses a note with a line that stands under the waiting one already.
 * Everybody reads what waits, so that whoever sends such a line again may be anybody.
 * urne_waiting_check_sender looks the waiting one up; no order of that text may wait. */
enum urne_err urne_waiting_check_new(struct urne_diag *d, const struct urne_note *waiting,
    const struct urne_note *note) URNE_MUST_USE;
enum urne_err urne_waiting_check_sender(struct urne_store *s, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view note) URNE_MUST_USE;

#endif
