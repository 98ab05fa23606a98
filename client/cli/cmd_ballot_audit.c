/* SPDX-License-Identifier: EUPL-1.2 */
/* urne ballot audit: an opened ballot is computed again, and said in words. */
#include "client/cli/commands.h"
#include "client/cli/remote.h"
#include "client/cli/state.h"
#include "client/cli/vote_words.h"
#include "client/questionnaire/review.h"
#include "election/opened.h"

#define MEMORY ((size_t)2 << 30)

struct audit {
	struct urne_cli *cli;
	const char *path;
	struct urne_state state;   /* with DIR */
	struct urne_remote remote; /* with --board */
	struct urne_sealed of_board;
	struct urne_sealed *sealed; /* of the one that was given */
	struct urne_paper paper;
	struct urne_arena arena;
	struct urne_buf file;
	struct urne_opened opened;
	struct urne_buf differences; /* JSON */
};

/* --- the election --- */

static enum urne_err
open_board(struct audit *a, const char *address)
{
	const struct urne_view any = {"", 0};
	enum urne_err e = urne_remote_open(&a->remote, a->cli, address);

	if (e == URNE_OK) {
		e = urne_remote_election(&a->remote, any);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_sealed_init(&a->of_board, a->cli, a->remote.address.data);
	a->sealed = &a->of_board;
	e = urne_remote_known(&a->remote);
	return e == URNE_OK ? urne_remote_setup(&a->remote, a->sealed) : e;
}

static enum urne_err
open_election(struct audit *a)
{
	const char *board = urne_cli_option(a->cli, "board");

	if ((board == NULL) == (a->cli->num_args == 1)) {
		return urne_fail(&a->cli->diag, URNE_ERR_USAGE,
		    "name either the election's DIR or its --board, write: urne ballot audit %s",
		    a->cli->command->synopsis);
	}
	if (board != NULL) {
		return open_board(a, board);
	}
	a->sealed = &a->state.sealed;
	return urne_state_open(&a->state, a->cli, a->cli->args[1], false);
}

/* --- what differs --- */

static const char *const codes[] = {
    [URNE_OPENED_EVERYTHING] = "everything",
    [URNE_OPENED_ANSWER] = "answer",
    [URNE_OPENED_SWAPPED] = "swapped",
    [URNE_OPENED_MARKED] = "marked",
    [URNE_OPENED_UNMARKED] = "unmarked",
    [URNE_OPENED_FORGED] = "forged",
    [URNE_OPENED_PROOF] = "proof",
};

static void
note_difference(void *ctx, const struct urne_opened_difference *x)
{
	struct audit *a = ctx;
	struct urne_buf line;

	urne_buf_init(&line, URNE_MAX_TEXT_FILE);
	urne_vote_say_difference(&line, &a->paper, x);
	if (urne_buf_error(&line) == URNE_OK) {
		urne_cli_note("%.*s", (int)line.len - 1, line.data);
	}
	urne_buf_clear(&line);
	urne_buf_printf(&a->differences, "%s{\"what\":\"%s\",\"question\":%zu,\"choice\":%zu}",
	    a->differences.len > 1 ? "," : "", codes[x->what], x->question + 1, x->choice + 1);
}

static enum urne_err
check(struct audit *a)
{
	const struct urne_election *e = &a->sealed->election;
	struct urne_diag *d = &a->cli->diag;
	char text[URNE_TEXT_MAX] = "";
	struct urne_view credential = {text, 0};
	size_t member = SIZE_MAX;
	enum urne_err err = urne_cli_read_line(a->cli, &a->file, a->path);

	if (err != URNE_OK) {
		return err;
	}
	err = urne_opened_read(&a->opened, &a->arena, d, e, urne_buf_view(&a->file));
	if (err == URNE_OK) {
		urne_cli_put_hash(a->cli, "fingerprint", &a->opened.fingerprint);
		err = urne_opened_check(&a->opened, d, e, note_difference, a);
	}
	if (err == URNE_OK) {
		credential.len = urne_elem_encode(e->group, text, &a->opened.ballot.credential);
	}
	if (err == URNE_OK &&
	    urne_credentials_find(a->sealed->credentials, &member, credential) != URNE_OK) {
		err = urne_fail(d, URNE_ERR_UNKNOWN,
		    "its credential is not on the list of this election, so no board would take "
		    "it");
	}
	if (err != URNE_OK) {
		urne_diag_within(d, "%s: ", a->path);
	}
	return err;
}

static enum urne_err
audit(struct audit *a)
{
	enum urne_err e = open_election(a);

	if (e == URNE_OK) {
		e = urne_vote_paper(&a->paper, a->sealed);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_buf_putc(&a->differences, '[');
	e = check(a);
	urne_buf_putc(&a->differences, ']');
	urne_cli_put_bool(a->cli, "honest", e == URNE_OK);
	urne_cli_put_raw(a->cli, "differences", urne_buf_view(&a->differences));
	a->cli->fields_when_refused = true;
	if (e == URNE_OK) {
		urne_vote_say_audited(&a->cli->text, &a->paper, &a->opened);
	}
	return e;
}

static enum urne_err
run_ballot_audit(struct urne_cli *cli)
{
	struct audit a = {.cli = cli, .path = cli->args[0]};
	enum urne_err e;

	urne_arena_init(&a.arena, MEMORY);
	urne_buf_init(&a.file, 2 * URNE_MAX_BALLOT);
	urne_buf_init(&a.differences, URNE_MAX_TEXT_FILE);
	e = audit(&a);
	if (a.sealed == &a.of_board) {
		urne_sealed_clear(&a.of_board);
	}
	if (a.sealed == &a.state.sealed) {
		urne_state_close(&a.state);
	}
	urne_remote_close(&a.remote);
	urne_buf_clear(&a.file);
	urne_buf_clear(&a.differences);
	urne_arena_clear(&a.arena);
	return e;
}

static const struct urne_option options[] = {
    {"board", "URL", "Read the election from its board: https://HOST/bb/UUID.", false},
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_CA,
    URNE_OPTION_VOTE_LANG,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Computes a ballot that \"urne vote\" opened again, from the choices and the randomness that "
    "the "
    "file shows, with the key of the sealed election; compares every byte; and says in words what "
    "it "
    "would have voted. Every difference is named. Run it on another machine than the one that made "
    "the ballot, with a program from another source.",
    "Compare the fingerprint that is printed with the one that the machine showed before it was "
    "told to "
    "open the ballot. Only if they are the same is the audit one of that machine.",
    "An opened ballot is never cast: it has no signature. Whoever has the file reads its choices.",
    NULL};

const struct urne_command urne_cmd_ballot_audit = {
    .name = "ballot audit",
    .summary = "compute an opened ballot again and say what it would have voted",
    .synopsis = "FILE (DIR | --board URL [--log-key KEY] [--ca FILE]) [--lang CODE]",
    .min_args = 1,
    .max_args = 2,
    .options = options,
    .description = description,
    .refusal = "The ballot is not what its choices and its randomness make, or it is of another "
	       "election. The machine that made it must not be trusted, or the file was altered.",
    .example = "urne ballot audit audit.json --board https://vote.example.org/bb/8GpLcyFqQvDrUn",
    .run = run_ballot_audit,
};
