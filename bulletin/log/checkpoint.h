/* SPDX-License-Identifier: EUPL-1.2 */
/* Checkpoints: what a log says of itself at one size, a signed note of three lines: origin, size,
 * root (C2SP tlog-checkpoint, without extension lines). And names: a service signs all its logs
 * with one key, under each log's own name. Spec: docs/log.md#checkpoints */
#ifndef URNE_BULLETIN_LOG_CHECKPOINT_H
#define URNE_BULLETIN_LOG_CHECKPOINT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "crypto/note.h"

struct urne_checkpoint {
	struct urne_view origin; /* vote.example.org/bb/UUID */
	uint64_t size;
	struct urne_hash root;
};

/* urne_checkpoint_write appends the three lines that are signed. */
void urne_checkpoint_write(struct urne_buf *out, const struct urne_checkpoint *c);
/* urne_checkpoint_read reads exactly those: canonical numbers and Base64, size at most
 * URNE_MERKLE_MAX_SIZE, at size 0 the root of nothing, no line more. Borrows. URNE_ERR_SYNTAX,
 * URNE_ERR_RANGE, URNE_ERR_MISMATCH. */
enum urne_err urne_checkpoint_read(
    struct urne_checkpoint *out, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;

/* urne_origin_write appends SERVICE "/" UUID, the origin of an election's log; SERVICE is
 * "<host>/bb". */
void urne_origin_write(struct urne_buf *out, struct urne_view service, struct urne_view uuid);
/* urne_log_key_of: the key under which the log `origin` signs, from the key of the log itself (same
 * name) or of its service (name "<host>/bb", origin "<host>/bb/<something without slash>").
 * Otherwise URNE_ERR_MISMATCH: a key of another log. Borrows `origin`. */
enum urne_err urne_log_key_of(struct urne_note_key *out, struct urne_diag *d,
    const struct urne_note_key *key, struct urne_view origin) URNE_MUST_USE;

/* urne_checkpoint_open reads a signed checkpoint: the note, the signature of `key` (of the log or
 * of its service), the three lines, and that the origin is the name that signed. Lines of other
 * signers are ignored. Lives in `arena` and borrows from `note`. */
enum urne_err urne_checkpoint_open(struct urne_checkpoint *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view note, const struct urne_note_key *key) URNE_MUST_USE;

#endif
