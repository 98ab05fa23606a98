/* SPDX-License-Identifier: EUPL-1.2 */
/* urne-board refill: a main.db that is older than its head is not restored from a guess but filled
 * from the published archives, up to exactly what was signed. Spec: docs/log.md#refill */
#ifndef URNE_BULLETIN_SERVER_REFILL_H
#define URNE_BULLETIN_SERVER_REFILL_H

#include "base/buf.h"

/* urne_board_refill adds to DIR/main.db the entries that head.db has signed and it lacks, from
 * `from`/UUID/election.bel (NULL: DIR/public/bb, or a mirror's folder). Nothing is added unless the
 * root of what is there then is the signed one (URNE_ERR_MISMATCH). A main.db that is not there is
 * made whole under another name first. The vote definition that an election seals is taken from
 * `from`/UUID/vote.json, if that is it. Appends a line for each log. The board must not be running.
 */
enum urne_err urne_board_refill(
    struct urne_buf *report, struct urne_diag *d, const char *dir, const char *from) URNE_MUST_USE;

#endif
