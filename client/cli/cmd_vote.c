/* SPDX-License-Identifier: EUPL-1.2 */
/* urne vote: a member's choices become an encrypted, signed ballot, in a file or on a board. */
#include <string.h>

#include "client/cli/commands.h"
#include "client/cli/remote.h"
#include "client/cli/state.h"
#include "client/cli/terminal.h"
#include "client/cli/vote_board.h"
#include "client/cli/vote_terminal.h"

/* A ballot for a file: what is made of it, and for whom. */
struct file_vote {
	struct urne_cli *cli;
	struct urne_state s;
	struct urne_own_ballot own;
	struct urne_paper paper; /* where the choices are asked for */
	bool talks;
	struct urne_buf new_out; /* its name, unless --out gave one */
	const char *out;
};

static enum urne_err
talk(struct file_vote *v)
{
	struct urne_sealed *s = &v->s.sealed;
	enum urne_err e = urne_vote_paper(&v->paper, s);

	if (e == URNE_OK && v->out == NULL) {
		e = urne_vote_new_name(v->cli, &v->new_out, "ballot", s->election.uuid);
		v->out = v->new_out.data;
	}
	return e == URNE_OK ? urne_vote_terminal(&v->own, &v->paper, true) : e;
}

static enum urne_err
make(struct file_vote *v)
{
	enum urne_err e = urne_state_demand(&v->s, URNE_STAGE_OPEN, "voting");

	if (e == URNE_OK) {
		e = urne_sealed_hours_of_voting(&v->s.sealed);
	}
	if (e == URNE_OK) {
		e = v->talks ? talk(v) : urne_own_ballot_make(&v->own);
	}
	if (e == URNE_OK && v->own.stage == URNE_OWN_SIGNED) {
		e = urne_file_create(
		    &v->cli->diag, v->out, URNE_FILE_PUBLIC, urne_buf_view(&v->own.text));
	}
	return e;
}

static void
tell_written(struct file_vote *v)
{
	struct urne_cli *cli = v->cli;

	if (v->talks) {
		urne_vote_say_written(&cli->text, &v->paper, &v->own, v->out);
	} else {
		urne_cli_say(cli, "%s: ballot with tracker %s", v->out,
		    urne_cli_hash_text(&v->own.tracker).s);
		urne_cli_say(cli,
		    "It is not cast yet: it counts once it is in the archive. Send it to the "
		    "official, who runs \"urne append\". Keep the tracker to find it there.");
	}
	urne_cli_put_hash(cli, "tracker", &v->own.tracker);
	urne_cli_put_string(cli, "ballot", v->out);
	urne_cli_put_bool(cli, "cast", false);
}

static enum urne_err
vote_in_file(struct urne_cli *cli, bool talks)
{
	struct file_vote v = {.cli = cli, .talks = talks, .out = urne_cli_option(cli, "out")};
	enum urne_err e = urne_state_open(&v.s, cli, cli->args[0], false);

	urne_own_ballot_init(&v.own, &v.s.sealed);
	urne_buf_init(&v.new_out, URNE_MAX_SMALL_FILE);
	if (e == URNE_OK) {
		e = make(&v);
	}
	if (e == URNE_OK && v.own.stage == URNE_OWN_OPENED) {
		urne_own_ballot_tell_opened(&v.own);
	} else if (e == URNE_OK) {
		tell_written(&v);
	}
	urne_own_ballot_clear(&v.own);
	urne_buf_clear(&v.new_out);
	urne_state_close(&v.s);
	return e;
}

/* --- the ways to call it --- */

enum way {
	WAY_FILE,      /* DIR: the ballot goes to a file */
	WAY_BOARD,     /* --board: it is cast */
	WAY_RESEND,    /* --board and --ballot: it was made before */
	WAY_AUDIT,     /* --audit: it is opened, from DIR or --board */
	WAY_TALK_FILE, /* the first two, with choices asked for */
	WAY_TALK_BOARD,
};
#define NUM_WAYS 6

enum use {
	USE_NO,
	USE_MAY,
	USE_MUST,
};

static const char *const way_words[] = {
    [WAY_FILE] = "for a ballot in a file",
    [WAY_BOARD] = "with --board",
    [WAY_RESEND] = "with --board and --ballot",
    [WAY_AUDIT] = "with --audit",
    [WAY_TALK_FILE] = "for a ballot in a file",
    [WAY_TALK_BOARD] = "with --board and without --choices",
};

static const struct {
	const char *option;
	enum use use[NUM_WAYS]; /* by way */
} uses[] = {
    {"credential", {USE_MAY, USE_MAY, USE_NO, USE_MAY, USE_MAY, USE_MAY}},
    {"choices", {USE_MUST, USE_MUST, USE_NO, USE_MUST, USE_NO, USE_NO}},
    {"out", {USE_MUST, USE_NO, USE_NO, USE_NO, USE_MAY, USE_NO}},
    {"receipt", {USE_NO, USE_MUST, USE_MUST, USE_NO, USE_NO, USE_MAY}},
    {"ballot", {USE_NO, USE_NO, USE_MUST, USE_NO, USE_NO, USE_NO}},
    {"audit", {USE_NO, USE_NO, USE_NO, USE_MUST, USE_NO, USE_NO}},
    {"lang", {USE_NO, USE_NO, USE_NO, USE_NO, USE_MAY, USE_MAY}},
    {"log-key", {USE_NO, USE_MAY, USE_MAY, USE_MAY, USE_NO, USE_MAY}},
    {"ca", {USE_NO, USE_MAY, USE_MAY, USE_MAY, USE_NO, USE_MAY}},
};

static enum way
find_way(const struct urne_cli *cli)
{
	bool board = urne_cli_option(cli, "board") != NULL;

	if (board && urne_cli_option(cli, "ballot") != NULL) {
		return WAY_RESEND;
	}
	if (urne_cli_option(cli, "audit") != NULL) {
		return WAY_AUDIT;
	}
	if (urne_cli_option(cli, "choices") != NULL || !urne_terminal_is_there()) {
		return board ? WAY_BOARD : WAY_FILE;
	}
	return board ? WAY_TALK_BOARD : WAY_TALK_FILE;
}

static enum urne_err
check_usage(struct urne_cli *cli, enum way way)
{
	const char *synopsis = cli->command->synopsis;

	if (cli->num_args != (urne_cli_option(cli, "board") == NULL ? 1 : 0)) {
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
			    "--%s is missing%s, write: urne vote %s", uses[i].option,
			    strcmp(uses[i].option, "choices") == 0 && way != WAY_AUDIT
				? ", and there is no terminal to ask"
				: "",
			    synopsis);
		}
	}
	return URNE_OK;
}

static enum urne_err
run_vote(struct urne_cli *cli)
{
	enum way way = find_way(cli);
	bool talks = way == WAY_TALK_FILE || way == WAY_TALK_BOARD;
	enum urne_err e = check_usage(cli, way);

	if (e != URNE_OK) {
		return e;
	}
	return urne_cli_option(cli, "board") == NULL ? vote_in_file(cli, talks)
						     : urne_vote_board(cli, talks);
}

static const struct urne_option options[] = {
    {"credential", "FILE",
	"The member's private credential; - is standard input. Without it the credential is asked "
	"for on the terminal. It is never given on the command line itself, where others could "
	"see it.",
	false},
    {"choices", "FILE",
	"Instead of being asked for them in the terminal; in the words of the vote definition: "
	"{\"liste\":\"for\",\"programme\":"
	"{\"climat-1\":\"for\",\"climat-2\":\"against\"}}; what is left out is an abstention. "
	"For an election of bare questions, an array with one entry per question: titles of what "
	"is chosen, [\"Pour\"]; or a 0 or 1 per choice, [1,0]; or \"blank\" where the question "
	"allows it.",
	false},
    {"out", "BALLOT",
	"The new ballot, with DIR. In the terminal it may be left out: ballot-UUID.json.", false},
    {"board", "URL",
	"Cast the ballot on a board, at the election's address there: https://HOST/bb/UUID.",
	false},
    {"receipt", "FILE",
	"With --board: where the board's receipt goes. In the terminal it may be left out: "
	"receipt-UUID.json.",
	false},
    {"ballot", "BALLOT",
	"With --board: cast this ballot, which was made before, instead of a new one.", false},
    {"audit", "FILE",
	"Open the ballot into FILE, with its choices and its randomness, instead of casting it; "
	"\"urne ballot audit\" then computes it again.",
	false},
    URNE_OPTION_VOTE_LANG,
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Without --choices the questions are asked in the terminal, one at a time, in lines of plain "
    "text "
    "that a screen reader reads well. \"?\" shows the full texts, \"<\" goes back. At the end "
    "everything is said once more; then the ballot is encrypted, and cast, or opened to be "
    "audited, "
    "as the member says. Answers go to no file but that of "
    "an opened ballot, and are wiped.",
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
    "sends it again, from any machine and without the credential.",
    "An opened ballot shows what this machine encrypts. It has no signature, so nobody can cast "
    "it, and "
    "it shows its choices: to keep a vote secret, audit with others. It says nothing about the "
    "ballots that are cast, but the machine cannot know beforehand which will be opened.",
    NULL};

const struct urne_command urne_cmd_vote = {
    .name = "vote",
    .summary = "vote in the terminal or from a file of choices, cast a ballot on a board",
    .synopsis =
	"(DIR | --board URL [--log-key KEY] [--ca FILE]) [--credential FILE] [--lang CODE], "
	"or: urne vote DIR --choices FILE --out BALLOT [--credential FILE], or: urne vote "
	"--board URL (--choices FILE [--credential FILE] | --ballot BALLOT) --receipt FILE "
	"[--log-key KEY] [--ca FILE], or: urne vote (DIR | --board URL) --choices FILE "
	"--audit FILE",
    .min_args = 0,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "The credential is not of this election, the member left, the choices break a rule "
	       "of a question "
	       "(the sentence says which), or the election is not open, or not yet. What a board "
	       "shows is not what its log signs, or it does not take the ballot, which is kept "
	       "then.",
    .unconfirmed = "There is no receipt that holds: no answer came, or a wrong one. The ballot is "
		   "kept, and the sentence says how to send it again.",
    .example = "urne vote --board https://vote.example.org/bb/8GpLcyFqQvDrUn --choices "
	       "choices.json --receipt receipt.json",
    .run = run_vote,
};
