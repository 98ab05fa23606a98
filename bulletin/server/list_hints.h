/* SPDX-License-Identifier: EUPL-1.2 */
/* The record of a list of credentials in UUID/hints: made by whoever reads the list completely, so
 * that readers of the log find the members by hints too. As for ballots nobody believes it and
 * nothing depends on it. Spec: docs/formats.md#hints, docs/log.md#hints */
#ifndef URNE_BULLETIN_SERVER_LIST_HINTS_H
#define URNE_BULLETIN_SERVER_LIST_HINTS_H

#include "base/pool.h"
#include "bulletin/server/ledger.h"
#include "election/credential_members.h"

/* A record while it is made. */
struct urne_list_record {
	struct urne_credential_hints hints;
	struct urne_buf *out;
	struct urne_view list;
};

/* urne_list_record_begin: what urne_credentials_parse_hinted takes to make the whole record in
 * `out`, 64 bytes for each credential of the text `list`. Where there is no memory for them, or
 * the list is not right, `out` has an error or stays empty. r and list live as long as the list is
 * read. */
struct urne_credential_hints *urne_list_record_begin(
    struct urne_list_record *r, struct urne_buf *out, struct urne_view list);

/* urne_list_of: the text of the list in a log's Setup, a view into `room`, and its hash. Errors:
 * our own. */
enum urne_err urne_list_of(struct urne_view *list, struct urne_hash *hash, struct urne_buf *room,
    struct urne_diag *d, struct urne_store *s, const struct urne_board_log *l) URNE_MUST_USE;
/* urne_list_record_make: the record of this text, the list of l's election, in `out`: some 60 µs
 * for each credential, on all threads. Errors: our own. */
enum urne_err urne_list_record_make(struct urne_buf *out, struct urne_diag *d,
    const struct urne_board_log *l, struct urne_view list, struct urne_pool *pool) URNE_MUST_USE;

#endif
