/* SPDX-License-Identifier: EUPL-1.2 */
/* What a trustee signs with its identity when it sends a file of the ceremony to a board: where the
 * file belongs, and its hash. The text of a note. Spec: docs/journal.md#ceremony */
#ifndef URNE_BULLETIN_LOG_CEREMONY_NOTE_H
#define URNE_BULLETIN_LOG_CEREMONY_NOTE_H

#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"

struct urne_ceremony_note {
	struct urne_view origin; /* of the journal */
	struct urne_view election;
	uint64_t round;	       /* 1 to 4 */
	uint64_t trustee;      /* 1 to URNE_MAX_TRUSTEES */
	struct urne_hash hash; /* of the file */
};

/* urne_ceremony_note_write appends what is signed. urne_ceremony_note_read reads exactly what is
 * written so (URNE_ERR_SYNTAX, with the line that is wrong), and borrows. */
void urne_ceremony_note_write(struct urne_buf *out, const struct urne_ceremony_note *n);
enum urne_err urne_ceremony_note_read(
    struct urne_ceremony_note *out, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;

#endif
