/* SPDX-License-Identifier: EUPL-1.2 */
/* urne vote: a member's choices become an encrypted, signed ballot in a file. */
#include "client/cli/commands.h"
#include "client/cli/own_ballot.h"
#include "client/cli/state.h"

static enum urne_err
make(struct urne_state *s, struct urne_buf *ballot, struct urne_hash *tracker)
{
	enum urne_err e = urne_state_demand(s, URNE_STAGE_OPEN, "voting");

	if (e == URNE_OK) {
		e = urne_sealed_hours_of_voting(&s->sealed);
	}
	if (e == URNE_OK) {
		e = urne_own_ballot_make(&s->sealed, ballot, tracker);
	}
	if (e == URNE_OK) {
		e = urne_file_create(&s->cli->diag, urne_cli_option(s->cli, "out"),
		    URNE_FILE_PUBLIC, urne_buf_view(ballot));
	}
	return e;
}

static enum urne_err
run_vote(struct urne_cli *cli)
{
	const char *out = urne_cli_option(cli, "out");
	struct urne_state s;
	struct urne_buf ballot;
	struct urne_hash tracker;
	enum urne_err e = urne_state_open(&s, cli, cli->args[0], false);

	urne_buf_init(&ballot, URNE_MAX_BALLOT);
	if (e == URNE_OK) {
		e = make(&s, &ballot, &tracker);
	}
	if (e == URNE_OK) {
		urne_cli_say(
		    cli, "%s: ballot with tracker %s", out, urne_cli_hash_text(&tracker).s);
		urne_cli_say(cli,
		    "It is not cast yet: it counts once it is in the archive. Send it to the "
		    "official, who runs \"urne append\". Keep the tracker to find it there.");
		urne_cli_put_hash(cli, "tracker", &tracker);
		urne_cli_put_string(cli, "ballot", out);
		urne_cli_put_bool(cli, "cast", false);
	}
	urne_buf_clear(&ballot);
	urne_state_close(&s);
	return e;
}

static const struct urne_option options[] = {
    {"credential", "FILE",
	"The member's private credential; - is standard input. Without it the credential is asked "
	"for on the terminal. It is never given on the command line itself, where others could "
	"see it.",
	false},
    {"choices", "FILE",
	"In the words of the vote definition: {\"liste\":\"for\",\"programme\":"
	"{\"climat-1\":\"for\",\"climat-2\":\"against\"}}; what is left out is an abstention. "
	"For an election of bare questions, an array with one entry per question: titles of what "
	"is chosen, [\"Pour\"]; or a 0 or 1 per choice, [1,0]; or \"blank\" where the question "
	"allows it.",
	true},
    {"out", "BALLOT", "The new ballot.", true},
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Encrypts a member's choices, proves that they follow the rules of each question, signs them "
    "with the credential, and checks the ballot as everybody will. DIR can be the election's "
    "directory or its archive.",
    "The ballot is not cast by this: \"urne append\" does that. Voting again replaces the earlier "
    "ballot; the last one counts.",
    NULL};

const struct urne_command urne_cmd_vote = {
    .name = "vote",
    .summary = "encrypt a ballot from a file of choices",
    .synopsis = "DIR [--credential FILE] --choices FILE --out BALLOT",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "The credential is not of this election, the choices break a rule of a question "
	       "(the sentence says which), or the election is not open, or not yet.",
    .example = "urne vote first --credential mine.txt --choices choices.json --out ballot.json",
    .run = run_vote,
};
