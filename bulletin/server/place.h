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

/* urne_place_repeated sets s->repeated and the height when the very same event (not a ballot)
 * stands in the log already: of the same type and, where there is one, with the same payload
 * (s->tracker). Errors are ours. */
enum urne_err urne_place_repeated(
    struct urne_store *store, struct urne_submission *s) URNE_MUST_USE;

/* urne_place_ours: an error of the rows while something is placed is ours, whatever its code says.
 */
enum urne_err urne_place_ours(enum urne_err e) URNE_MUST_USE;

#endif
