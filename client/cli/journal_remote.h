/* SPDX-License-Identifier: EUPL-1.2 */
/* The journal of a board, fetched and proved: every entry leads to the root that the log has
 * signed, and every one may follow what stands before it. Spec: docs/journal.md */
#ifndef URNE_CLIENT_CLI_JOURNAL_REMOTE_H
#define URNE_CLIENT_CLI_JOURNAL_REMOTE_H

#include "bulletin/log/journal.h"
#include "client/cli/remote.h"

/* urne_journal_remote opens the remote of the journal, from that of the board or of an election on
 * it, and sets its key: the one that r has, if it has one; else that of --log-key, which must be a
 * service's, or the one that the board names. *there: the board has a journal. Close `out` always.
 */
enum urne_err urne_journal_remote(
    struct urne_remote *out, bool *there, const struct urne_remote *r) URNE_MUST_USE;

/* urne_journal_fetch verifies the journal's checkpoint, fetches all entries up to it with their
 * payloads, and steps through them; visit(ctx, journal, line), which may be NULL, is called behind
 * each step. r is a journal's remote. *out is the state behind the last one, to be freed. */
enum urne_err urne_journal_fetch(struct urne_remote *r, struct urne_journal **out,
    urne_journal_visit visit, void *ctx) URNE_MUST_USE;

/* urne_remote_journal is both, from a board's or an election's remote: a board without a journal is
 * refused. */
enum urne_err urne_remote_journal(struct urne_remote *r, struct urne_journal **out) URNE_MUST_USE;

#endif
