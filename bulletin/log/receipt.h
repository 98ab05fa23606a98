/* SPDX-License-Identifier: EUPL-1.2 */
/* Receipts: that an event stands in a log that the board has signed (C2SP tlog-proof, with the
 * event as extra data), and for a ballot the document that its voter keeps. Spec:
 * docs/log.md#receipts */
#ifndef URNE_BULLETIN_LOG_RECEIPT_H
#define URNE_BULLETIN_LOG_RECEIPT_H

#include "base/arena.h"
#include "base/buf.h"
#include "bulletin/log/checkpoint.h"
#include "bulletin/log/event.h"
#include "bulletin/log/merkle.h"

/* c2sp.org/tlog-proof@v1 */
struct urne_tlog_proof {
	struct urne_view event; /* the extra data: the exact bytes of the leaf */
	uint64_t index;
	struct urne_merkle_proof inclusion;
	struct urne_view note; /* the signed checkpoint, cosignatures included */
};
/* urne_tlog_proof_read reads exactly what urne_tlog_proof_write writes: the version line, the extra
 * data (which C2SP leaves out at will, and a receipt cannot), the index, the hashes, an empty line;
 * what follows is the note, not read here. URNE_ERR_SYNTAX, URNE_ERR_RANGE, URNE_ERR_LIMIT. Event
 * in `arena`, note borrowed. */
void urne_tlog_proof_write(struct urne_buf *out, const struct urne_tlog_proof *p);
enum urne_err urne_tlog_proof_read(struct urne_tlog_proof *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text) URNE_MUST_USE;

/* What a voter keeps:
 * {"format":"urne-receipt/1","election":UUID,"tracker":B64,"height":N[,"replaces":B64],"proof":T}
 * with the tlog-proof as a string. `replaces` is the tracker of the ballot of the same credential
 * that counted until now. */
struct urne_receipt {
	struct urne_view election;
	struct urne_hash tracker;
	uint64_t height;
	bool has_replaced;
	struct urne_hash replaces;
	struct urne_view proof;
};
/* urne_receipt_read: canonical JSON, with the UUID of an election. In `arena` and borrowed. */
void urne_receipt_write(struct urne_buf *out, const struct urne_receipt *r);
enum urne_err urne_receipt_read(struct urne_receipt *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text) URNE_MUST_USE;

/* What a receipt that holds says. */
struct urne_receipt_facts {
	struct urne_receipt receipt;
	struct urne_tlog_proof proof;
	struct urne_event event;
	struct urne_checkpoint checkpoint;
};
/* urne_receipt_verify makes the offline check of docs/log.md#receipts, step by step: forms; the
 * signature of `key` (of the log or of its service) over the checkpoint; origin ends in the
 * election's UUID; the event is canonical, a Ballot, and its height the index, the receipt's height
 * and below the size; its payload is the tracker; the inclusion proof. Each refusal names its step.
 * What `replaces` says can only be checked with the archive. */
enum urne_err urne_receipt_verify(struct urne_receipt_facts *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text, const struct urne_note_key *key) URNE_MUST_USE;

#endif
