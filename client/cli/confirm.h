/* SPDX-License-Identifier: EUPL-1.2 */
/* A word on the terminal before something that cannot be taken back. */
#ifndef URNE_CLIENT_CLI_CONFIRM_H
#define URNE_CLIENT_CLI_CONFIRM_H

#include "client/cli/cli.h"

#define URNE_OPTION_YES                                                                            \
	{                                                                                          \
		"yes", NULL, "Do not ask for confirmation on the terminal.", false                 \
	}

/* urne_confirm asks for the word "oui" or "yes", unless --yes was given. Anything else, or no
 * terminal to ask on: URNE_ERR_ORDER. */
enum urne_err urne_confirm(struct urne_cli *cli, const char *question) URNE_MUST_USE;
/* urne_confirm_or: the same for a command without --yes; without a terminal the sentence ends with
 * `instead`, what can be done otherwise. */
enum urne_err urne_confirm_or(
    struct urne_cli *cli, const char *question, const char *instead) URNE_MUST_USE;

#endif
