/* SPDX-License-Identifier: EUPL-1.2 */
/* The path from a leaf to a signed root, in the form that its voter keeps. */
#include "bulletin/server/proof.h"

#include "base/limits.h"
#include "bulletin/log/receipt.h"

enum urne_err
urne_proof_receipt(struct urne_buf *out, struct urne_store *s, struct urne_diag *d,
    const struct urne_board_log *l, const struct urne_hash *tracker,
    const struct urne_ballot_row *row, uint64_t size, struct urne_view note)
{
	struct urne_ledger_nodes nodes = {s, l->id, d};
	struct urne_merkle_source source = urne_ledger_source(&nodes);
	struct urne_tlog_proof proof = {.index = row->index, .note = note};
	struct urne_receipt receipt = {.election = urne_view_of(l->uuid),
	    .tracker = *tracker,
	    .height = row->index,
	    .has_replaced = row->has_replaced,
	    .replaces = row->replaces};
	struct urne_entry_row entry;
	struct urne_buf event, text;
	enum urne_err e;

	urne_buf_init(&event, URNE_MAX_SMALL_FILE);
	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	e = urne_store_entry(s, &entry, &event, d, l->id, row->index);
	if (e == URNE_OK) {
		proof.event = entry.event;
		e = urne_merkle_prove_inclusion(&proof.inclusion, row->index, size, &source);
	}
	if (e == URNE_OK) {
		urne_tlog_proof_write(&text, &proof);
		receipt.proof = urne_buf_view(&text);
		urne_receipt_write(out, &receipt);
		e = urne_buf_error(&text) == URNE_OK ? urne_buf_error(out) : urne_buf_error(&text);
	}
	urne_buf_clear(&event);
	urne_buf_clear(&text);
	return e;
}
