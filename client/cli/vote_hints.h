/* SPDX-License-Identifier: EUPL-1.2 */
/* Hints for the member's own ballot, which is public by then: they save the board most of the work,
 * and whoever verifies later. A vote never fails for them. */
#ifndef URNE_CLIENT_CLI_VOTE_HINTS_H
#define URNE_CLIENT_CLI_VOTE_HINTS_H

#include "client/cli/remote.h"

/* urne_vote_cast sends the ballot's text and appends the receipt to `answer`, as urne_remote_send
 * does: with hints where the board says that it wants some, and without where it does not, or
 * refuses them. `e` is the election of a ballot that was made here; NULL: it is sent as it is. */
enum urne_err urne_vote_cast(struct urne_remote *r, struct urne_buf *answer,
    const struct urne_election *e, struct urne_view ballot) URNE_MUST_USE;

#endif
