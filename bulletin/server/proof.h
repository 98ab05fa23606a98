/* SPDX-License-Identifier: EUPL-1.2 */
/* Receipts made from the rows. Spec: docs/log.md#receipts */
#ifndef URNE_BULLETIN_SERVER_PROOF_H
#define URNE_BULLETIN_SERVER_PROOF_H

#include "bulletin/server/ledger.h"

/* urne_proof_receipt appends the receipt of a ballot (its row given) against a signed checkpoint of
 * `size` entries, size > row->index. */
enum urne_err urne_proof_receipt(struct urne_buf *out, struct urne_store *s, struct urne_diag *d,
    const struct urne_board_log *l, const struct urne_hash *tracker,
    const struct urne_ballot_row *row, uint64_t size, struct urne_view note) URNE_MUST_USE;

#endif
