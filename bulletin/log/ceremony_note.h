/* SPDX-License-Identifier: EUPL-1.2 */
/* What a trustee signs for each file that it sends to the board in the key ceremony: whose file it
 * is, for which election and round. Spec: docs/journal.md#ceremony */
#ifndef URNE_BULLETIN_LOG_CEREMONY_NOTE_H
#define URNE_BULLETIN_LOG_CEREMONY_NOTE_H

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/note.h"

#define URNE_CEREMONY_MAX_ROUND	  ((uint64_t)4)
#define URNE_CEREMONY_MAX_TRUSTEE ((uint64_t)32) /* prepare names no more */

struct urne_ceremony_note {
	struct urne_view origin; /* of the journal */
	struct urne_view election;
	uint64_t round, trustee; /* from 1 */
	struct urne_hash hash;	 /* SHA-256 of the file */
};

/* urne_ceremony_note_write appends the six lines that are signed; urne_ceremony_note_read reads
 * exactly those (URNE_ERR_SYNTAX with the line). Borrows. */
void urne_ceremony_note_write(struct urne_buf *out, const struct urne_ceremony_note *n);
enum urne_err urne_ceremony_note_read(
    struct urne_ceremony_note *out, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;

/* urne_ceremony_note_check: a signed note says exactly what `want` says, and `key` signed it;
 * whatever differs is named: URNE_ERR_MISMATCH. No line of the key: URNE_ERR_INCOMPLETE; one that
 * does not verify: URNE_ERR_PROOF; two: URNE_ERR_DUPLICATE. The hash is not compared: the file
 * comes later; it is in *hash. */
enum urne_err urne_ceremony_note_check(struct urne_hash *hash, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view note, const struct urne_ceremony_note *want,
    const struct urne_note_key *key) URNE_MUST_USE;

#endif
