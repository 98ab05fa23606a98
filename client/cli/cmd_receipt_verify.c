/* SPDX-License-Identifier: EUPL-1.2 */
/* urne receipt verify: what a receipt proves, offline; and with the board, that the log it shows
 * today is the one that the receipt was given from. */
#include <inttypes.h>

#include "client/cli/commands.h"
#include "client/cli/own_receipt.h"
#include "client/cli/remote.h"
#include "client/cli/workdir.h"
#include "crypto/sha256.h"
#include "election/ballot.h"

#define RECEIPT_MEMORY ((size_t)8 << 20)

struct job {
	struct urne_cli *cli;
	struct urne_arena arena;
	struct urne_buf receipt, ballot, key_text;
	struct urne_receipt form; /* as written: nothing is verified yet */
	struct urne_receipt_facts facts;
	struct urne_note_key key;
	bool has_board;
	struct urne_remote r;
};

/* The key: given, or with --board the one that the board names. */
static enum urne_err
find_key(struct job *j)
{
	const char *board = urne_cli_option(j->cli, "board");
	bool there = false;
	enum urne_err e = URNE_OK;

	if (board == NULL) {
		e = urne_log_key_option(j->cli, &j->key, &there, &j->key_text);
		return e == URNE_OK && !there
			   ? urne_fail(&j->cli->diag, URNE_ERR_USAGE,
				 "--log-key or --board is missing, write: urne receipt verify %s",
				 j->cli->command->synopsis)
			   : e;
	}
	j->has_board = true;
	e = urne_remote_open(&j->r, j->cli, board);
	if (e == URNE_OK) {
		e = urne_remote_election(&j->r, j->form.election);
	}
	if (e == URNE_OK) {
		e = urne_remote_known(&j->r);
	}
	j->key = j->r.key;
	return e;
}

static enum urne_err
check(struct job *j, const char *path)
{
	const char *ballot = urne_cli_option(j->cli, "ballot");
	struct urne_hash tracker;
	enum urne_err e = URNE_OK;

	if (ballot == NULL && !j->has_board && urne_cli_option(j->cli, "fingerprint") != NULL) {
		return urne_fail(&j->cli->diag, URNE_ERR_USAGE,
		    "--fingerprint needs the ballot: give --board or --ballot as well");
	}
	if (ballot != NULL) {
		e = urne_cli_read_line(j->cli, &j->ballot, ballot);
		urne_sha256_of(&tracker, urne_buf_view(&j->ballot));
	}
	if (e == URNE_OK) {
		e = urne_own_receipt_check(&j->facts, &j->arena, &j->cli->diag,
		    urne_buf_view(&j->receipt), &j->key, ballot != NULL ? &tracker : NULL);
		if (e != URNE_OK) {
			urne_diag_within(&j->cli->diag, "%s: ", path);
		}
	}
	return e;
}

static void
show_note(const char *what, struct urne_view note)
{
	urne_cli_note("urne: note: %s:\n%.*s", what, (int)note.len, note.p);
}

/* The ballot itself: the board has it under its tracker, for everybody. */
static enum urne_err
check_fingerprint(struct job *j, const char *path)
{
	const char *noted = urne_cli_option(j->cli, "fingerprint");
	struct urne_diag *d = &j->cli->diag;
	struct urne_hash want, is;
	enum urne_err e = URNE_OK;

	if (noted == NULL) {
		return URNE_OK;
	}
	if (urne_b64_hash_decode(&want, urne_view_of(noted)) != URNE_OK) {
		return urne_fail(d, URNE_ERR_USAGE,
		    "--fingerprint %s: a fingerprint has 43 characters, as the program showed it",
		    noted);
	}
	if (j->ballot.len == 0) {
		e = urne_remote_object(&j->r, &j->ballot, &j->facts.receipt.tracker);
	}
	if (e != URNE_OK) {
		return e;
	}
	if (urne_ballot_fingerprint(&is, urne_buf_view(&j->ballot)) != URNE_OK ||
	    !urne_hash_eq(&is, &want)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "%s: the ballot that is logged is another one than the machine showed: its "
		    "fingerprint is %s; tell the officials, and vote again on another machine",
		    path, urne_cli_hash_text(&is).s);
	}
	urne_cli_say(j->cli, "the ballot that is logged has the fingerprint %s", noted);
	urne_cli_put_hash(j->cli, "fingerprint", &is);
	return URNE_OK;
}

/* Both checkpoints are signed, so together they convict the log, whoever is shown them. */
static enum urne_err
compare(struct job *j)
{
	const struct urne_checkpoint *then = &j->facts.checkpoint, *now = &j->r.checkpoint;
	enum urne_err e = urne_remote_extends(&j->r, then->size, &then->root);

	if (e == URNE_OK) {
		return URNE_OK;
	}
	if (e == URNE_ERR_MISMATCH) {
		e = urne_fail(&j->cli->diag, e,
		    "%s: two histories: the log of %" PRIu64 " events that the board shows now "
		    "does not continue the log of %" PRIu64 " events of the receipt; keep the two "
		    "signed checkpoints above, they are the evidence, and tell the officials and "
		    "observers",
		    j->r.address.data, now->size, then->size);
		show_note("the checkpoint of the receipt", j->facts.proof.note);
		show_note("the checkpoint of the board now", urne_buf_view(&j->r.note));
		urne_cli_put_view(j->cli, "checkpoint_of_receipt", j->facts.proof.note);
		urne_cli_put_view(j->cli, "checkpoint_of_board", urne_buf_view(&j->r.note));
		j->cli->fields_when_refused = true;
	}
	return e;
}

static void
report(struct job *j, const char *path)
{
	struct urne_cli *cli = j->cli;

	urne_cli_say(cli, "%s: the receipt holds.", path);
	urne_own_receipt_say(cli, &j->facts);
	if (j->has_board) {
		urne_cli_say(cli,
		    "now       the board's log of %" PRIu64 " events continues that one",
		    j->r.checkpoint.size);
		urne_cli_put_u64(cli, "size_now", j->r.checkpoint.size);
	}
	urne_cli_say(cli,
	    "It proves that this ballot is logged; not that it counts, since the last ballot of a "
	    "credential does, and not how anybody voted.%s",
	    urne_cli_option(cli, "ballot") == NULL
		? " Whether it is yours shows --ballot, or the tracker that you noted."
		: "");
	urne_cli_put_bool(cli, "logged", true);
}

static enum urne_err
verify(struct job *j, const char *path)
{
	enum urne_err e = urne_cli_read_line(j->cli, &j->receipt, path);

	if (e == URNE_OK) {
		e = urne_receipt_read(
		    &j->form, &j->arena, &j->cli->diag, urne_buf_view(&j->receipt));
		if (e != URNE_OK) {
			urne_diag_within(&j->cli->diag, "%s: ", path);
		}
	}
	if (e == URNE_OK) {
		e = find_key(j);
	}
	if (e == URNE_OK) {
		e = check(j, path);
	}
	if (e == URNE_OK && j->has_board) {
		e = compare(j);
	}
	return e == URNE_OK ? check_fingerprint(j, path) : e;
}

static enum urne_err
run_receipt_verify(struct urne_cli *cli)
{
	struct job j = {.cli = cli};
	enum urne_err e;

	urne_arena_init(&j.arena, RECEIPT_MEMORY);
	urne_buf_init(&j.receipt, URNE_MAX_SMALL_FILE);
	urne_buf_init(&j.ballot, URNE_MAX_BALLOT);
	urne_buf_init(&j.key_text, URNE_MAX_SMALL_FILE);
	e = verify(&j, cli->args[0]);
	if (e == URNE_OK) {
		report(&j, cli->args[0]);
	}
	urne_remote_close(&j.r);
	urne_buf_clear(&j.receipt);
	urne_buf_clear(&j.ballot);
	urne_buf_clear(&j.key_text);
	urne_arena_clear(&j.arena);
	return e;
}

static const struct urne_option options[] = {
    URNE_OPTION_LOG_KEY,
    {"ballot", "FILE", "The ballot that the receipt must be for.", false},
    {"fingerprint", "TEXT",
	"The fingerprint that \"urne vote\" showed before the ballot was cast: the one that is "
	"logged "
	"must have it. Needs --board or --ballot.",
	false},
    {"board", "URL",
	"Ask the board too: the log that it shows now must continue the one that the receipt is "
	"from.",
	false},
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Checks a receipt that \"urne vote --board\" wrote, without any network: the signature of the "
    "log's key, that the election is the one in the log's name, that the event is a ballot at its "
    "place, and the proof that the signed tree holds it. A refusal names the step.",
    "With --board it also proves that the log has only grown since. When it has not, the board "
    "shows two histories; both signed checkpoints are printed, and everybody can see from them "
    "that "
    "the log's key was used twice.",
    "The receipt shows that a ballot is logged. That it counts shows the archive, and how its "
    "voter "
    "chose is shown by nothing.",
    NULL};

const struct urne_command urne_cmd_receipt_verify = {
    .name = "receipt verify",
    .summary = "check the receipt of a ballot",
    .synopsis = "RECEIPT (--log-key KEY | --board URL [--log-key KEY] [--ca FILE]) [--ballot FILE] "
		"[--fingerprint TEXT]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "The receipt does not hold, is for another ballot, the ballot is not the one whose "
	       "fingerprint was noted, or the board's log does not "
	       "continue the one that it is from.",
    .example = "urne receipt verify receipt.json --log-key log.pub --ballot ballot.json",
    .run = run_receipt_verify,
};
