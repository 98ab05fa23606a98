/* SPDX-License-Identifier: EUPL-1.2 */
/* What comes after an order that was executed. */
#ifndef URNE_CLIENT_CLI_ORDER_AFTER_H
#define URNE_CLIENT_CLI_ORDER_AFTER_H

#include "client/cli/order_board.h"

/* urne_order_after says what comes next; behind a `close` it first waits some seconds for the
 * tally, which the board makes by itself; behind a `certify` it brings the minutes of --minutes to
 * the board, and the signatures that lie beside them. */
enum urne_err urne_order_after(
    struct urne_order_board *b, const struct urne_order *o) URNE_MUST_USE;

#endif
