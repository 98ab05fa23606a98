/* SPDX-License-Identifier: EUPL-1.2 */
/* What the writer puts into the drafts of an election, and rehearsals into the journal. Drafts end
 * with the order to seal. Spec: docs/journal.md#drafts */
#ifndef URNE_BULLETIN_SERVER_PLACE_DRAFT_H
#define URNE_BULLETIN_SERVER_PLACE_DRAFT_H

#include "bulletin/server/writer.h"

/* urne_place_draft puts a part, in place of an older one; the same again is repeated.
 * urne_place_ceremony puts a trustee's file, which stays, and what goes out after it; s->again when
 * others have come since the check. urne_place_rehearsal records one that was checked. */
enum urne_err urne_place_draft(struct urne_writer *w, struct urne_submission *s) URNE_MUST_USE;
enum urne_err urne_place_ceremony(struct urne_writer *w, struct urne_submission *s) URNE_MUST_USE;
enum urne_err urne_place_rehearsal(
    struct urne_writer *w, struct urne_submission *s, int64_t now) URNE_MUST_USE;

#endif
