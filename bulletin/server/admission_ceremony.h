/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether a trustee's file of the ceremony may be placed, and what goes out when it is the last one
 * of its round. Spec: docs/journal.md#ceremony */
#ifndef URNE_BULLETIN_SERVER_ADMISSION_CEREMONY_H
#define URNE_BULLETIN_SERVER_ADMISSION_CEREMONY_H

#include "bulletin/server/reader.h"

/* urne_admit_ceremony checks s->ballot by what is there already and sets what s->drafting finds.
 * The same file again passes; another in its place: URNE_ERR_DUPLICATE; a round whose time has not
 * come: URNE_ERR_ORDER, with whom it waits for; a wrong file: whatever is wrong, with its author.
 */
enum urne_err urne_admit_ceremony(
    struct urne_submission *s, struct urne_reader *reader) URNE_MUST_USE;

#endif
