/* SPDX-License-Identifier: EUPL-1.2 */
/* urne close: no more ballots. */
#include "client/cli/commands.h"
#include "client/cli/state.h"

static enum urne_err
run_close(struct urne_cli *cli)
{
	struct urne_state s;
	enum urne_err e = urne_state_open(&s, cli, cli->args[0], true);

	if (e == URNE_OK) {
		e = urne_state_demand(&s, URNE_STAGE_OPEN, "closing");
	}
	if (e == URNE_OK) {
		e = urne_sealed_hours_of_closing(&s.sealed);
	}
	if (e == URNE_OK) {
		e = urne_state_event(&s, URNE_EVENT_END_BALLOTS, NULL, 0);
	}
	if (e == URNE_OK) {
		urne_cli_say(cli, "%s: closed with %zu ballots of %zu voters", s.path.data,
		    s.num_ballots, s.num_voters);
		urne_cli_put_u64(cli, "ballots", s.num_ballots);
		urne_cli_put_u64(cli, "voters", s.num_voters);
	}
	urne_state_close(&s);
	return e;
}

static const struct urne_option options[] = {{NULL, NULL, NULL, false}};

static const char *const description[] = {
    "Ends the voting: writes the EndBallots event, after which no ballot can follow. There is no "
    "way back.",
    NULL};

const struct urne_command urne_cmd_close = {
    .name = "close",
    .summary = "end the voting",
    .synopsis = "DIR",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "The election is not open, or the vote definition lets members vote longer.",
    .example = "urne close first",
    .run = run_close,
};
