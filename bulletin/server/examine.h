/* SPDX-License-Identifier: EUPL-1.2 */
/* What the checking threads ask of a submission before the writer gets it. */
#ifndef URNE_BULLETIN_SERVER_EXAMINE_H
#define URNE_BULLETIN_SERVER_EXAMINE_H

#include "bulletin/server/admission_order.h"

enum urne_err urne_examine(
    struct urne_submission *s, const struct urne_order_room *room) URNE_MUST_USE;
/* urne_examine_hinted is the same for ballots of one log with hints: urne_admit_hinted. */
size_t urne_examine_hinted(
    struct urne_submission *const ballots[], size_t num, const struct urne_order_room *room);

#endif
