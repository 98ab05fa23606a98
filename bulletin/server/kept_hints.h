/* SPDX-License-Identifier: EUPL-1.2 */
/* UUID/hints beside an election's archive: hints for its ballots in the order of the log, for
 * readers who are in a hurry. The file can be made anew at any time and nobody believes it, so
 * nothing waits for it: what cannot be written is missing, and that is all.
 * Spec: docs/formats.md#hints, docs/log.md#hints */
#ifndef URNE_BULLETIN_SERVER_KEPT_HINTS_H
#define URNE_BULLETIN_SERVER_KEPT_HINTS_H

#include "bulletin/server/ledger.h"
#include "bulletin/server/registry.h"

/* Its name in the log's folder. */
#define URNE_KEPT_HINTS "hints"

/* urne_kept_hints_open opens UUID/hints below the folder `top`, made when it is not there, and sets
 * *end to where the next record goes: a head of another election, and whatever no whole record of a
 * ballot ends, is cut off. The log's election must have hints. URNE_ERR_IO; then *fd is -1. */
enum urne_err urne_kept_hints_open(int *fd, uint64_t *end, struct urne_diag *d, int top,
    const struct urne_board_log *l) URNE_MUST_USE;

/* urne_kept_hints_start does so for every log that has such a file: what a crash left of a last
 * record goes. */
void urne_kept_hints_start(const struct urne_registry *r, int top);

/* urne_kept_hints_append appends those of the ballots in `list` that were published now, and counts
 * them. `top` is DIR/public/bb. */
void urne_kept_hints_append(
    struct urne_board_log *l, int top, struct urne_metrics *m, const struct urne_submission *list);

#endif
