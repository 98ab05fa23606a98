/* SPDX-License-Identifier: EUPL-1.2 */
/* Events that anybody may send to a board, since their own proofs authorise them. */
#ifndef URNE_CLIENT_CLI_EVENT_SEND_H
#define URNE_CLIENT_CLI_EVENT_SEND_H

#include "bulletin/log/event.h"
#include "client/cli/remote.h"

/* urne_event_send sends the records of an event which its own proofs authorise; *height is where
 * the board says that it stands. */
enum urne_err urne_event_send(struct urne_remote *r, uint64_t *height, enum urne_event_type type,
    struct urne_view records) URNE_MUST_USE;

#endif
