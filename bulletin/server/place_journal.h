/* SPDX-License-Identifier: EUPL-1.2 */
/* What the writer puts into the journal, and what an order does in an election's log: both in one
 * transaction. Spec: docs/journal.md#what-an-order-does */
#ifndef URNE_BULLETIN_SERVER_PLACE_JOURNAL_H
#define URNE_BULLETIN_SERVER_PLACE_JOURNAL_H

#include "bulletin/server/writer.h"

/* urne_place_order keeps an order's signatures (they wait, durably), or executes it when enough
 * officials have signed: the entry, and what it does. s->num_needed says which. */
enum urne_err urne_place_order(
    struct urne_writer *w, struct urne_submission *s, int64_t now) URNE_MUST_USE;

/* urne_place_record writes a record at the moment `now` (r->at is ignored), with the object that it
 * names, empty when it names none. A record that cannot come now is refused (URNE_ERR_ORDER), with
 * nothing written; any other error is ours. */
enum urne_err urne_place_record(struct urne_writer *w, struct urne_diag *d,
    const struct urne_journal_record *r, struct urne_view object, int64_t now) URNE_MUST_USE;

/* urne_place_record_of writes the record `s->record` about the election's log s->log: opened,
 * closed, tallied; the size that it names must be published. */
enum urne_err urne_place_record_of(
    struct urne_writer *w, struct urne_submission *s, int64_t now) URNE_MUST_USE;

/* urne_place_may_close: whether EndBallots may come now without an order: the closing is over. */
enum urne_err urne_place_may_close(const struct urne_writer *w, struct urne_diag *d,
    const struct urne_board_log *l, int64_t now) URNE_MUST_USE;

#endif
