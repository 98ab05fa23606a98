/* SPDX-License-Identifier: EUPL-1.2 */
/* urne board close: the officials' order that ends the voting on a board. The board puts the event
 * behind the last ballot that it took, which nobody else can know. */
#include <inttypes.h>
#include <time.h>

#include "client/cli/commands.h"
#include "client/cli/keys.h"
#include "client/cli/orders.h"

/* Seconds that the tally of a few thousand ballots takes. */
#define MAX_WAITS 10

struct job {
	struct urne_cli *cli;
	struct urne_remote r;
	struct urne_signers signers;
	uint64_t height;
	bool has_tally;
};

/* The board adds the ballots up by itself, right after the end: nobody has to come back for that
 * unless there are very many, or fewer than the definition's floor. */
static enum urne_err
wait_for_tally(struct job *j)
{
	struct urne_event event = {.type = URNE_EVENT_END_BALLOTS};
	enum urne_err e = URNE_OK;

	for (int waits = 0; e == URNE_OK && waits < MAX_WAITS; waits++) {
		if (j->r.checkpoint.size > j->height + 1) {
			e = urne_remote_event(&j->r, &event, j->height + 1);
			j->has_tally = e == URNE_OK && event.type == URNE_EVENT_ENCRYPTED_TALLY;
			return e;
		}
		(void)nanosleep(&(struct timespec){.tv_sec = 1}, NULL);
		e = urne_remote_checkpoint(&j->r);
	}
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
		e = urne_event_order_send(
		    &j->r, &j->height, &j->signers, URNE_EVENT_END_BALLOTS, NULL, none);
		cli->unconfirmed = e != URNE_OK && urne_err_is_ours(e);
	}
	/* the board's word is not enough */
	if (e == URNE_OK) {
		e = urne_remote_stands(&j->r, URNE_EVENT_END_BALLOTS, NULL, j->height);
	}
	return e == URNE_OK ? wait_for_tally(j) : e;
}

static enum urne_err
run_board_close(struct urne_cli *cli)
{
	struct job j = {.cli = cli};
	enum urne_err e = close_board(&j);

	if (e == URNE_OK) {
		urne_cli_say(cli, "%s: the voting is over, as event %" PRIu64 " of its log",
		    j.r.address.data, j.height);
		urne_cli_say(cli,
		    j.has_tally ? "The ballots are added up, as event %" PRIu64
				  ". Next are the trustees, each with: urne decrypt --board %s "
				  "--key KEY"
				: "The board has not added the ballots up yet (event %" PRIu64
				  "): there are many, or fewer than the floor. Ask with: urne "
				  "status --board %s",
		    j.height + 1, j.r.address.data);
		urne_cli_put_string(cli, "address", j.r.address.data);
		urne_cli_put_u64(cli, "height", j.height);
		urne_cli_put_bool(cli, "tallied", j.has_tally);
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
    "The board then adds the ballots up by itself, which this command waits some seconds for. "
    "Where "
    "a vote definition is sealed the board also closes by itself, when its hours are over.",
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
