/* SPDX-License-Identifier: EUPL-1.2 */
/* What stands in the public folder when a board starts, as a witness of what was signed: the
 * checkpoints, as far as this board's key signed them, and how far the archives go.
 * Spec: docs/log.md#start-up */
#ifndef URNE_BULLETIN_SERVER_PUBLISHED_H
#define URNE_BULLETIN_SERVER_PUBLISHED_H

#include "bulletin/server/ledger.h"
#include "bulletin/server/registry.h"
#include "crypto/note.h"

/* What the public folder has of a log. */
struct urne_published {
	bool has_checkpoint; /* one that the key signed */
	uint64_t size;
	struct urne_hash root;
	bool same; /* as the signed head, byte for byte */
	bool has_archive;
	uint64_t archive_len;
};

/* urne_published_read: `top` is DIR/public/bb, `key` the service's. A checkpoint that it did not
 * sign for this log proves nothing: it is not counted, and a line in the operator's log says so. */
enum urne_err urne_published_read(struct urne_published *out, struct urne_diag *d, int top,
    const struct urne_board_log *l, const struct urne_note_key *key) URNE_MUST_USE;

/* urne_published_others looks for elections that the key signed for and the registry does not have:
 * URNE_ERR_MISMATCH, for both databases were replaced. Other folders are nobody's business. */
enum urne_err urne_published_others(struct urne_diag *d, int top, struct urne_registry *known,
    struct urne_view service, const struct urne_note_key *key) URNE_MUST_USE;

#endif
