/* SPDX-License-Identifier: EUPL-1.2 */
/* urne status --board. */
#ifndef URNE_CLIENT_CLI_STATUS_BOARD_H
#define URNE_CLIENT_CLI_STATUS_BOARD_H

#include "client/cli/next_steps.h"

enum urne_err urne_status_board(struct urne_next_steps *s) URNE_MUST_USE;

#endif
