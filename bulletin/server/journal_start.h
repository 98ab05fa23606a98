/* SPDX-License-Identifier: EUPL-1.2 */
/* The journal when a board starts: it is made, with its genesis, at the first start, must be of
 * this board at every other, and learns which program serves. Spec: docs/journal.md#entries */
#ifndef URNE_BULLETIN_SERVER_JOURNAL_START_H
#define URNE_BULLETIN_SERVER_JOURNAL_START_H

#include "bulletin/server/config.h"
#include "bulletin/server/pages.h"
#include "bulletin/server/writer.h"

/* urne_journal_agrees, once all logs are loaded: finds the journal among them, for w->journal, and
 * holds its genesis against board.json. Nothing is written. */
enum urne_err urne_journal_agrees(
    struct urne_writer *w, struct urne_diag *d, const struct urne_board_config *c) URNE_MUST_USE;
/* urne_journal_begin makes a journal that is not there, records this program's software and the
 * pages that it serves (NULL: none) when they are others than before, and signs and publishes what
 * it wrote. */
enum urne_err urne_journal_begin(struct urne_writer *w, struct urne_diag *d,
    const struct urne_board_config *c, const struct urne_pages *pages) URNE_MUST_USE;

#endif
