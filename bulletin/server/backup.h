/* SPDX-License-Identifier: EUPL-1.2 */
/* urne-board backup: a consistent copy of main.db while the board runs, with what says whose it is.
 * Never of head.db: a log is not restored from a copy of its head. Spec: docs/log.md#backup */
#ifndef URNE_BULLETIN_SERVER_BACKUP_H
#define URNE_BULLETIN_SERVER_BACKUP_H

#include "base/err.h"

/* urne_board_backup makes the folder `out` (which must not exist, or be empty) with main.db,
 * board.json and log.pub, durable. */
enum urne_err urne_board_backup(
    struct urne_diag *d, const char *dir, const char *out) URNE_MUST_USE;

#endif
