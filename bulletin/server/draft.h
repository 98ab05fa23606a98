/* SPDX-License-Identifier: EUPL-1.2 */
/* Drafts: what is not sealed yet, in rows of main.db, part by part. Spec: docs/journal.md#drafts */
#ifndef URNE_BULLETIN_SERVER_DRAFT_H
#define URNE_BULLETIN_SERVER_DRAFT_H

#include "bulletin/server/store.h"

/* The table: CREATE TABLE draft(election TEXT, part TEXT, data BLOB NOT NULL, PRIMARY KEY(election,
 * part)) STRICT, WITHOUT ROWID. Parts are named as in the paths: "setup", "ceremony/1/3". */

/* urne_store_draft appends a part; *there is false when there is none. */
enum urne_err urne_store_draft(struct urne_store *s, struct urne_buf *out, bool *there,
    struct urne_diag *d, struct urne_view election, struct urne_view part) URNE_MUST_USE;
/* urne_store_put_draft adds a part or replaces it; in a transaction of the writer. */
enum urne_err urne_store_put_draft(struct urne_store *s, struct urne_diag *d,
    struct urne_view election, struct urne_view part, struct urne_view data) URNE_MUST_USE;
enum urne_err urne_store_drop_draft(struct urne_store *s, struct urne_diag *d,
    struct urne_view election, struct urne_view part) URNE_MUST_USE;

#endif
