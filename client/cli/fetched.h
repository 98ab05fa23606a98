/* SPDX-License-Identifier: EUPL-1.2 */
/* An election fetched from its board and opened: exactly the events that the log has signed. */
#ifndef URNE_CLIENT_CLI_FETCHED_H
#define URNE_CLIENT_CLI_FETCHED_H

#include "client/cli/pull.h"

#define URNE_OPTION_STATE                                                                          \
	{                                                                                          \
		"state", "DIR",                                                                    \
		    "Keep what is fetched in DIR: the next run fetches only what is new, and "     \
		    "sees "                                                                        \
		    "when the board shows another history than before.",                           \
		    false                                                                          \
	}

struct urne_fetched {
	struct urne_pull pull;
	struct urne_state s;
	struct urne_buf dir; /* with a NUL; of --state, or a temporary one */
	bool is_temporary, is_open;
};

/* urne_fetched_open fetches the election at `address`. Clear always. */
enum urne_err urne_fetched_open(
    struct urne_fetched *f, struct urne_cli *cli, const char *address) URNE_MUST_USE;
void urne_fetched_clear(struct urne_fetched *f);

#endif
