/* SPDX-License-Identifier: EUPL-1.2 */
/* urne-board backup: a copy of the database while the board runs. */
#include "bulletin/server/backup.h"
#include "bulletin/server/commands.h"

static enum urne_err
run_backup(struct urne_buf *out, struct urne_diag *d, const struct urne_options *options)
{
	const char *to = urne_options_get(options, "out", 0);
	enum urne_err e = urne_board_backup(d, urne_options_get(options, "dir", 0), to);

	if (e == URNE_OK) {
		urne_buf_printf(out,
		    "%s: a copy of the database; \"urne-board check --dir %s\" tests it\n"
		    "It holds no key and no signed heads: a log is never continued from a copy.\n",
		    to, to);
	}
	return e;
}

static const struct urne_option options[] = {
    URNE_BOARD_OPTION_DIR,
    {"out", "DIR", "The new folder for the copy.", true},
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Copies the database to a new folder while the board runs. What was answered before the copy "
    "began is in it.",
    NULL};

const struct urne_board_command urne_board_cmd_backup = {
    .name = "backup",
    .summary = "copy the database while the board runs",
    .synopsis = "--dir DIR --out DIR",
    .options = options,
    .description = description,
    .example = "urne-board backup --dir /var/lib/urne-board/board --out /backup/urne-$(date +%F)",
    .run = run_backup,
};
