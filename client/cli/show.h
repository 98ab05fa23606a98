/* SPDX-License-Identifier: EUPL-1.2 */
/* Questions and counts in words and as JSON. */
#ifndef URNE_CLIENT_CLI_SHOW_H
#define URNE_CLIENT_CLI_SHOW_H

#include "client/cli/cli.h"
#include "election/election.h"

/* urne_show_questions adds the questions; counts (one per choice) may be NULL. */
void urne_show_questions(
    struct urne_cli *cli, const struct urne_election *e, const uint64_t *counts);

#endif
