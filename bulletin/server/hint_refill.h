/* SPDX-License-Identifier: EUPL-1.2 */
/* urne-board refill --hints: the files of hints are made whole again from main.db.
 * Spec: docs/log.md#hints */
#ifndef URNE_BULLETIN_SERVER_HINT_REFILL_H
#define URNE_BULLETIN_SERVER_HINT_REFILL_H

#include "base/buf.h"

/* urne_board_refill_hints makes UUID/hints of every election that hints serve: those that are there
 * in the order of the log are kept, the others made, some 2 ms each. Appends a line for each. The
 * new file takes the place of the old one when it is whole. The board must not be running. */
enum urne_err urne_board_refill_hints(
    struct urne_buf *report, struct urne_diag *d, const char *dir) URNE_MUST_USE;

#endif
