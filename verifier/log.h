/* SPDX-License-Identifier: EUPL-1.2 */
/* What the checks of the log know: the key, the checkpoint, and the tree that grows with the walk.
 * Spec: docs/log.md */
#ifndef URNE_VERIFIER_LOG_H
#define URNE_VERIFIER_LOG_H

#include "base/arena.h"
#include "base/buf.h"
#include "bulletin/log/checkpoint.h"
#include "bulletin/log/merkle.h"

struct urne_tile_check;	   /* tiles, bundles and objects of a folder: check_tiles.c */
struct urne_receipt_check; /* check_receipts.c */

struct urne_log_check {
	struct urne_arena arena; /* the checkpoint's note */
	struct urne_buf event;	 /* the one at work */
	struct urne_note_key key;
	bool has_key;
	struct urne_checkpoint checkpoint;
	bool has_checkpoint; /* signed by the key */
	struct urne_merkle_tree tree;
	struct urne_hash root; /* of the tree at the checkpoint's size */
	bool has_root;
	uint64_t num_covered; /* the walk ends behind so many events; 0: at the archive's end */
	struct urne_tile_check *tiles;
	struct urne_receipt_check *receipts;
};

#endif
