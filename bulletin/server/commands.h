/* SPDX-License-Identifier: EUPL-1.2 */
/* The subcommands of urne-board; each lives in the file cmd_<name>.c. One table serves the parser,
 * help and the man page. */
#ifndef URNE_BULLETIN_SERVER_COMMANDS_H
#define URNE_BULLETIN_SERVER_COMMANDS_H

#include "base/buf.h"
#include "base/options.h"

struct urne_board_command {
	const char *name;
	const char *summary;
	const char *synopsis;
	const struct urne_option *options;
	const char *const *description; /* paragraphs, ends with NULL */
	const char *example;
	/* run appends what goes to standard output, also when it refuses */
	enum urne_err (*run)(
	    struct urne_buf *out, struct urne_diag *d, const struct urne_options *options);
};

extern const struct urne_board_command urne_board_cmd_init;
extern const struct urne_board_command urne_board_cmd_run;
extern const struct urne_board_command urne_board_cmd_check;
extern const struct urne_board_command urne_board_cmd_backup;
extern const struct urne_board_command urne_board_cmd_refill;
extern const struct urne_board_command urne_board_cmd_routes;
extern const struct urne_board_command urne_board_cmd_help;
extern const struct urne_board_command urne_board_cmd_version;

/* urne_board_command returns the i-th command, or NULL after the last; urne_board_command_find the
 * one with this name. */
const struct urne_board_command *urne_board_command(size_t i);
const struct urne_board_command *urne_board_command_find(const char *name);

#define URNE_BOARD_OPTION_DIR                                                                      \
	{                                                                                          \
		"dir", "DIR", "The board's data directory.", true                                  \
	}

#endif
