/* SPDX-License-Identifier: EUPL-1.2 */
/* urne decrypt --board. */
#ifndef URNE_CLIENT_CLI_DECRYPT_BOARD_H
#define URNE_CLIENT_CLI_DECRYPT_BOARD_H

#include "client/cli/cli.h"

enum urne_err urne_decrypt_board(struct urne_cli *cli) URNE_MUST_USE;

#endif
