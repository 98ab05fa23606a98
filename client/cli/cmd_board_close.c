/* SPDX-License-Identifier: EUPL-1.2 */
/* urne board close: the officials' order that ends the voting on a board. The board puts the event
 * behind the last ballot that it took, which nobody else can know. */
#include <inttypes.h>

#include "bulletin/log/tile.h"
#include "client/cli/commands.h"
#include "client/cli/keys.h"
#include "client/cli/orders.h"

#define MAX_BUNDLE ((size_t)URNE_TILE_WIDTH * (URNE_ENTRY_MAX + 2))

struct job {
	struct urne_cli *cli;
	struct urne_remote r;
	struct urne_signers signers;
	uint64_t height;
};

/* The board's word is not enough: the event stands in a log that it signed. */
static enum urne_err
check_closed(struct job *j)
{
	struct urne_diag *d = &j->cli->diag;
	struct urne_view entry = {"", 0};
	struct urne_event event;
	struct urne_buf bundle;
	enum urne_err e;

	urne_buf_init(&bundle, MAX_BUNDLE);
	e = urne_remote_checkpoint(&j->r);
	if (e == URNE_OK) {
		e = urne_remote_entry(&j->r, &bundle, &entry, j->height);
	}
	if (e == URNE_OK) {
		e = urne_event_read(&event, d, entry);
	}
	if (e == URNE_OK && (event.type != URNE_EVENT_END_BALLOTS || event.height != j->height)) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "%s: event %" PRIu64 " is not the end of the voting that the board claims",
		    j->r.address.data, j->height);
	}
	urne_buf_clear(&bundle);
	return e;
}

static enum urne_err
close_board(struct job *j)
{
	const struct urne_view none = {"", 0};
	struct urne_cli *cli = j->cli;
	enum urne_err e = urne_remote_open(&j->r, cli, cli->args[0]);

	if (e == URNE_OK) {
		e = urne_remote_election(&j->r, none);
	}
	if (e == URNE_OK) {
		e = urne_remote_known(&j->r);
	}
	if (e == URNE_OK) {
		e = urne_signers_open(&j->signers, cli, cli->args + 1, cli->num_args - 1);
	}
	if (e == URNE_OK) {
		e = urne_order_send(
		    &j->r, &j->height, &j->signers, URNE_EVENT_END_BALLOTS, NULL, none);
		cli->unconfirmed = e != URNE_OK && urne_err_is_ours(e);
	}
	return e == URNE_OK ? check_closed(j) : e;
}

static enum urne_err
run_board_close(struct urne_cli *cli)
{
	struct job j = {.cli = cli};
	enum urne_err e = close_board(&j);

	if (e == URNE_OK) {
		urne_cli_say(cli, "%s: the voting is over, as event %" PRIu64 " of its log",
		    j.r.address.data, j.height);
		urne_cli_say(cli, "Get the whole archive with: urne board pull DIR --board %s",
		    j.r.address.data);
		urne_cli_put_string(cli, "address", j.r.address.data);
		urne_cli_put_u64(cli, "height", j.height);
	}
	urne_signers_clear(&j.signers);
	urne_remote_close(&j.r);
	return e;
}

static const struct urne_option options[] = {
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_PASSPHRASE_FILE,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Orders the board to take no ballot any more, signed with the keys of officials, as many as "
    "the "
    "board asks for. URL is the election's address, https://HOST/bb/UUID. There is no way back.",
    "No archive is needed for it; \"urne board pull\" gets the whole one afterwards, for the "
    "tally.",
    NULL};

const struct urne_command urne_cmd_board_close = {
    .name = "board close",
    .summary = "end the voting on a board",
    .synopsis = "URL [--log-key KEY] [--passphrase-file FILE] [--ca FILE] KEYFILE...",
    .min_args = 2,
    .max_args = 1 + URNE_MAX_OFFICIALS,
    .options = options,
    .description = description,
    .refusal = "The board refuses the order: members may still vote, it is closed already, or too "
	       "few officials signed.",
    .unconfirmed = "No answer came; ask again, or look with \"urne board pull\".",
    .example = "urne board close https://vote.example.org/bb/8GpLcyFqQvDrUn ines.key odile.key",
    .run = run_board_close,
};
