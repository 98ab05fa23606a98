/* SPDX-License-Identifier: EUPL-1.2 */
/* The one way from an archive that was read to the facts in the minutes: whoever writes minutes and
 * whoever recomputes them take it. */
#ifndef URNE_DOCUMENTS_MINUTES_RECORD_H
#define URNE_DOCUMENTS_MINUTES_RECORD_H

#include "bulletin/log/event.h"
#include "documents/minutes.h"
#include "election/election.h"
#include "election/trustees.h"

/* urne_minutes_record_of fills what election, trustees and chain show; the caller adds the file's
 * hash and length, and whose partial decryptions are right. Borrows. URNE_ERR_MEMORY. */
enum urne_err urne_minutes_record_of(struct urne_minutes_record *out, struct urne_arena *arena,
    const struct urne_election *e, const struct urne_trustees *t,
    const struct urne_chain *chain) URNE_MUST_USE;

#endif
