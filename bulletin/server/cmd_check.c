/* SPDX-License-Identifier: EUPL-1.2 */
/* urne-board check: whether a data directory is whole. */
#include "bulletin/server/check.h"
#include "bulletin/server/commands.h"

static enum urne_err
run_check(struct urne_buf *out, struct urne_diag *d, const struct urne_options *options)
{
	return urne_board_check(out, d, urne_options_get(options, "dir", 0));
}

static const struct urne_option options[] = {
    URNE_BOARD_OPTION_DIR,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Holds database, signed heads and published files against each other, whole, and prints a line "
    "for each part that is right. Nothing is written. The board must not be running.",
    NULL};

const struct urne_board_command urne_board_cmd_check = {
    .name = "check",
    .summary = "hold everything a board has against everything else",
    .synopsis = "--dir DIR",
    .options = options,
    .description = description,
    .example = "urne-board check --dir /var/lib/urne-board/board",
    .run = run_check,
};
