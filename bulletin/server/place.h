/* SPDX-License-Identifier: EUPL-1.2 */
/* What the writer decides about each submission: whether it is there already, whether its time has
 * come, and where in the log it goes. Spec: docs/log.md#admission */
#ifndef URNE_BULLETIN_SERVER_PLACE_H
#define URNE_BULLETIN_SERVER_PLACE_H

#include "bulletin/server/writer.h"

/* urne_place_submission adds the rows of a submission to the open transaction and sets its height,
 * what it replaces, whether it is repeated; or refuses it with nothing written. s->again is set
 * (with URNE_ERR_ORDER) when an event has to be checked once more. An error of ours leaves the
 * transaction in an unknown state. now: seconds since 1970. */
enum urne_err urne_place_submission(
    struct urne_writer *w, struct urne_submission *s, int64_t now) URNE_MUST_USE;

#endif
