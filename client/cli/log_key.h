/* SPDX-License-Identifier: EUPL-1.2 */
/* --log-key: whose signature a log needs, as a member got it with the letter. */
#ifndef URNE_CLIENT_CLI_LOG_KEY_H
#define URNE_CLIENT_CLI_LOG_KEY_H

#include "base/buf.h"
#include "client/cli/cli.h"
#include "crypto/note.h"

#define URNE_OPTION_LOG_KEY                                                                        \
	{                                                                                          \
		"log-key", "KEY",                                                                  \
		    "The public key of the board's log, NAME+HASH+KEY as the officials published " \
		    "it, or a file that holds it. Without it the key is taken that the board "     \
		    "itself names, and printed.",                                                  \
		    false                                                                          \
	}

/* The same for those whose secrets depend on it, who do not take the board's word. */
#define URNE_OPTION_LOG_KEY_NEEDED                                                                 \
	{                                                                                          \
		"log-key", "KEY",                                                                  \
		    "The public key of the board's log, NAME+HASH+KEY as the officials published " \
		    "it, or a file that holds it.",                                                \
		    true                                                                           \
	}

/* urne_log_key_option reads the key of --log-key; it borrows from `text`. *given is false when the
 * option is absent. */
enum urne_err urne_log_key_option(struct urne_cli *cli, struct urne_note_key *out, bool *given,
    struct urne_buf *text) URNE_MUST_USE;

#endif
