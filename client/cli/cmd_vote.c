/* SPDX-License-Identifier: EUPL-1.2 */
/* urne vote: a member's choices become an encrypted, signed ballot, in a file or on a board. */
#include "client/cli/commands.h"
#include "client/cli/own_ballot.h"
#include "client/cli/remote.h"
#include "client/cli/state.h"
#include "client/cli/vote_board.h"

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
vote_in_file(struct urne_cli *cli)
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

/* --- the three ways to call it --- */

enum way {
	WAY_FILE,   /* DIR: the ballot goes to a file */
	WAY_BOARD,  /* --board: it is cast */
	WAY_RESEND, /* --board and --ballot: it was made before */
};

enum use {
	USE_NO,
	USE_MAY,
	USE_MUST,
};

static const char *const way_words[] = {
    [WAY_FILE] = "for a ballot in a file",
    [WAY_BOARD] = "with --board",
    [WAY_RESEND] = "with --board and --ballot",
};

static const struct {
	const char *option;
	enum use use[3]; /* by way */
} uses[] = {
    {"credential", {USE_MAY, USE_MAY, USE_NO}},
    {"choices", {USE_MUST, USE_MUST, USE_NO}},
    {"out", {USE_MUST, USE_NO, USE_NO}},
    {"receipt", {USE_NO, USE_MUST, USE_MUST}},
    {"ballot", {USE_NO, USE_NO, USE_MUST}},
    {"log-key", {USE_NO, USE_MAY, USE_MAY}},
    {"ca", {USE_NO, USE_MAY, USE_MAY}},
};

static enum urne_err
check_usage(struct urne_cli *cli, enum way way)
{
	const char *synopsis = cli->command->synopsis;

	if (cli->num_args != (way == WAY_FILE ? 1 : 0)) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "name either the election's DIR or its --board, write: urne vote %s", synopsis);
	}
	for (size_t i = 0; i < sizeof(uses) / sizeof(uses[0]); i++) {
		bool given = urne_cli_option(cli, uses[i].option) != NULL;
		if (given && uses[i].use[way] == USE_NO) {
			return urne_fail(&cli->diag, URNE_ERR_USAGE,
			    "--%s has no meaning %s, write: urne vote %s", uses[i].option,
			    way_words[way], synopsis);
		}
		if (!given && uses[i].use[way] == USE_MUST) {
			return urne_fail(&cli->diag, URNE_ERR_USAGE,
			    "--%s is missing, write: urne vote %s", uses[i].option, synopsis);
		}
	}
	return URNE_OK;
}

static enum urne_err
run_vote(struct urne_cli *cli)
{
	enum way way = urne_cli_option(cli, "board") == NULL	? WAY_FILE
		       : urne_cli_option(cli, "ballot") != NULL ? WAY_RESEND
								: WAY_BOARD;
	enum urne_err e = check_usage(cli, way);

	if (e != URNE_OK) {
		return e;
	}
	return way == WAY_FILE ? vote_in_file(cli) : urne_vote_board(cli);
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
	false},
    {"out", "BALLOT", "The new ballot, with DIR.", false},
    {"board", "URL",
	"Cast the ballot on a board, at the election's address there: https://HOST/bb/UUID.",
	false},
    {"receipt", "FILE", "With --board: where the board's receipt goes.", false},
    {"ballot", "BALLOT",
	"With --board: cast this ballot, which was made before, instead of a new one.", false},
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Encrypts a member's choices, proves that they follow the rules of each question, signs them "
    "with the credential, and checks the ballot as everybody will. DIR can be the election's "
    "directory or its archive.",
    "With DIR the ballot is not cast by this: \"urne append\" does that. Voting again replaces the "
    "earlier ballot; the last one counts.",
    "With --board the election is read from a board, proved against the log that the board signs, "
    "and its name, fingerprint and vote definition are printed to be compared with the letter. The "
    "ballot is sent, and it is cast once the board's receipt for exactly this ballot lies in the "
    "file of --receipt. While the board is busy or gone, the same ballot is sent again for two "
    "minutes, which does no harm.",
    "Until the receipt is there the ballot is kept beside it, as RECEIPT.ballot.json. --ballot "
    "sends "
    "it again, from any machine and without the credential.",
    NULL};

const struct urne_command urne_cmd_vote = {
    .name = "vote",
    .summary = "encrypt a ballot from a file of choices, cast it on a board",
    .synopsis = "DIR --choices FILE --out BALLOT [--credential FILE], or: urne vote --board URL "
		"(--choices FILE [--credential FILE] | --ballot BALLOT) --receipt FILE "
		"[--log-key KEY] [--ca FILE]",
    .min_args = 0,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "The credential is not of this election, the choices break a rule of a question "
	       "(the sentence says which), or the election is not open, or not yet. What a board "
	       "shows is not what its log signs, or it does not take the ballot, which is kept "
	       "then.",
    .unconfirmed = "There is no receipt that holds: no answer came, or a wrong one. The ballot is "
		   "kept, and the sentence says how to send it again.",
    .example = "urne vote --board https://vote.example.org/bb/8GpLcyFqQvDrUn --choices "
	       "choices.json --receipt receipt.json",
    .run = run_vote,
};
