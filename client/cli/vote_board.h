/* SPDX-License-Identifier: EUPL-1.2 */
/* urne vote --board: a ballot is cast on a board, and the receipt for it kept. */
#ifndef URNE_CLIENT_CLI_VOTE_BOARD_H
#define URNE_CLIENT_CLI_VOTE_BOARD_H

#include "client/cli/cli.h"

/* urne_vote_board casts the ballot of --credential and --choices, or the one in --ballot, and
 * writes its receipt to --receipt. talks: choices are asked for in the terminal. With --audit the
 * ballot is opened instead, and nothing is sent. */
enum urne_err urne_vote_board(struct urne_cli *cli, bool talks) URNE_MUST_USE;

#endif
