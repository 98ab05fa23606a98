/* SPDX-License-Identifier: EUPL-1.2 */
/* urne status --board with the address of a board: the elections on it. */
#ifndef URNE_CLIENT_CLI_STATUS_ELECTIONS_H
#define URNE_CLIENT_CLI_STATUS_ELECTIONS_H

#include "client/cli/next_steps.h"

/* urne_status_elections says of every election that the journal knows in which stage it is, and
 * which orders wait. `key` is what the commands that are printed say of --log-key. */
enum urne_err urne_status_elections(
    struct urne_next_steps *n, const char *address, const char *key) URNE_MUST_USE;

#endif
