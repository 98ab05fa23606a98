/* SPDX-License-Identifier: EUPL-1.2 */
/* urne-board refill: what to do when main.db is gone or an old copy. */
#include "bulletin/server/commands.h"
#include "bulletin/server/hint_refill.h"
#include "bulletin/server/refill.h"

static enum urne_err
run_refill(struct urne_buf *out, struct urne_diag *d, const struct urne_options *options)
{
	const char *dir = urne_options_get(options, "dir", 0);
	enum urne_err e = urne_board_refill(out, d, dir, urne_options_get(options, "from", 0));

	return e == URNE_OK && urne_options_get(options, "hints", 0) != NULL
		   ? urne_board_refill_hints(out, d, dir)
		   : e;
}

static const struct urne_option options[] = {
    URNE_BOARD_OPTION_DIR,
    {"from", "FOLDER",
	"Where the archives are, as FOLDER/UUID/election.bel; without this the board's own "
	"published files. A mirror's copy serves as well: what is filled in must give the root "
	"that this board has signed.",
	false},
    {"hints", NULL,
	"Then make the hints that are missing beside the archives, some 2 ms for each ballot and "
	"processor.",
	false},
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Adds to main.db the entries that head.db has signed and main.db lacks, from published "
    "archives. "
    "Nothing is added unless everything then gives the signed roots. A main.db that is gone is "
    "made anew. The board must not be running; the next run publishes what is missing.",
    "This never replaces head.db: without the newest one a board does not sign.", NULL};

const struct urne_board_command urne_board_cmd_refill = {
    .name = "refill",
    .summary = "fill a lost or old main.db from published archives",
    .synopsis = "--dir DIR [--from FOLDER] [--hints]",
    .options = options,
    .description = description,
    .example = "urne-board refill --dir /var/lib/urne-board/board",
    .run = run_refill,
};
