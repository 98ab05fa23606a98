/* SPDX-License-Identifier: EUPL-1.2 */
/* UUID/hints beside an election's archive: hints for its list of credentials, then for its ballots
 * in the order of the log, for readers who are in a hurry. The file can be made anew at any time
 * and nobody believes it, so nothing waits for it: what cannot be written is missing, and that is
 * all. Spec: docs/formats.md#hints, docs/log.md#hints */
#ifndef URNE_BULLETIN_SERVER_KEPT_HINTS_H
#define URNE_BULLETIN_SERVER_KEPT_HINTS_H

#include "base/pool.h"
#include "bulletin/server/ledger.h"
#include "bulletin/server/registry.h"

/* Its name in the log's folder. */
#define URNE_KEPT_HINTS "hints"

/* urne_kept_hints_open opens UUID/hints below the folder `top`, made when it is not there, and sets
 * *end to where the next record goes: a head of another election, and whatever no whole record of a
 * ballot ends, is cut off. The log's election must have hints. URNE_ERR_IO; then *fd is -1. */
enum urne_err urne_kept_hints_open(int *fd, uint64_t *end, struct urne_diag *d, int top,
    const struct urne_board_log *l) URNE_MUST_USE;

/* urne_kept_hints_start does so for every log: what a crash left of a last record goes. Where no
 * record is, as when the board did not come to write one, that of the list is made from main.db
 * (urne_list_record_make says how long it takes); behind those of ballots it is for
 * hint_refill.h. */
void urne_kept_hints_start(
    const struct urne_registry *r, int top, struct urne_store *s, struct urne_pool *pool);

/* urne_kept_hints_append appends that of the list in a Setup of `list` that was published now, or
 * those of the ballots, and counts the latter. `top` is DIR/public/bb. */
void urne_kept_hints_append(
    struct urne_board_log *l, int top, struct urne_metrics *m, const struct urne_submission *list);

#endif
