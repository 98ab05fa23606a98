/* SPDX-License-Identifier: EUPL-1.2 */
/* urne-board check: everything that a data directory holds, held against everything else. Nothing
 * is written. Spec: docs/log.md#check */
#ifndef URNE_BULLETIN_SERVER_CHECK_H
#define URNE_BULLETIN_SERVER_CHECK_H

#include "base/buf.h"

/* urne_board_check appends a line for each part that is right, and returns the first thing that is
 * not (URNE_ERR_MISMATCH, URNE_ERR_INTERNAL) with its place in `d`. A folder without head.db is a
 * backup: its heads and published files are not asked for. The board must not be running. */
enum urne_err urne_board_check(
    struct urne_buf *report, struct urne_diag *d, const char *dir) URNE_MUST_USE;

#endif
