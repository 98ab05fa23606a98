/* SPDX-License-Identifier: EUPL-1.2 */
/* The data records of an event in archive framing, as they are sent or lie in a draft. */
#ifndef URNE_BULLETIN_SERVER_EVENT_BODY_H
#define URNE_BULLETIN_SERVER_EVENT_BODY_H

#include "bulletin/server/submission.h"

/* urne_event_body_read takes the records of an open file into s->data. timestamp: that of their
 * archive; NULL: a whole archive's beginning, whose own goes to s->timestamp. An event among them
 * is refused: the board makes it itself. */
enum urne_err urne_event_body_read(struct urne_submission *s, struct urne_diag *d, int fd,
    const uint64_t *timestamp) URNE_MUST_USE;
/* urne_event_body_read_text is the same of a whole archive's beginning in memory. */
enum urne_err urne_event_body_read_text(
    struct urne_submission *s, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;

#endif
