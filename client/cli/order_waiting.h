/* SPDX-License-Identifier: EUPL-1.2 */
/* The orders that wait at a board, said one by one. */
#ifndef URNE_CLIENT_CLI_ORDER_WAITING_H
#define URNE_CLIENT_CLI_ORDER_WAITING_H

#include "client/cli/order_show.h"

/* urne_order_waiting_say adds those of one election and of none to the result, or with an empty
 * `election` all of them. */
enum urne_err urne_order_waiting_say(
    const struct urne_order_board *b, struct urne_view election) URNE_MUST_USE;

#endif
