/* SPDX-License-Identifier: EUPL-1.2 */
/* urne certify: an official signs the minutes, after the verifier recomputed them. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "client/cli/commands.h"
#include "client/cli/decided.h"
#include "client/cli/keys.h"
#include "client/cli/verified.h"
#include "crypto/secret/signer.h"
#include "crypto/sha256.h"

struct job {
	struct urne_cli *cli;
	struct urne_state s;
	struct urne_verified verified;
	struct urne_buf minutes_path, note_path, journal_path;
	struct urne_buf minutes, key;
	struct urne_signer signer;
	struct urne_buf text; /* what is signed */
	struct urne_buf note; /* with all signatures */
	size_t num_signed;
	char hash[URNE_HASH_HEX_LEN + 1]; /* of the bytes that will be signed */
	int lock; /* on the minutes: two officials at one folder wait for each other */
};

static enum urne_err
open_minutes(struct job *j)
{
	struct urne_cli *cli = j->cli;
	const char *dir = urne_cli_option(cli, "minutes");
	struct urne_hash hash;
	enum urne_err e = urne_path_join(&j->minutes_path, dir, "minutes.json");

	if (e == URNE_OK) {
		e = urne_path_join(&j->note_path, dir, "minutes.note");
	}
	if (e == URNE_OK) {
		e = urne_cli_read(cli, &j->minutes, j->minutes_path.data);
	}
	if (e != URNE_OK) {
		return e;
	}
	j->lock = open(j->minutes_path.data, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (j->lock < 0 || flock(j->lock, LOCK_EX) != 0) {
		return urne_fail_errno(&cli->diag, "%s: cannot be locked", j->minutes_path.data);
	}
	urne_sha256_of(&hash, urne_buf_view(&j->minutes));
	urne_hex_encode(j->hash, hash.b, sizeof(hash.b));
	urne_minutes_note_text(&j->text, j->s.sealed.election.uuid, &hash);
	return urne_buf_error(&j->text);
}

/* Nobody signs what does not follow from the archive: the verifier is given the hash of the very
 * bytes that will be signed, so a file exchanged meanwhile is none of them. */
static enum urne_err
recompute(struct job *j)
{
	const char *args[] = {"--json", "-", "--minutes", j->minutes_path.data, "--minutes-hash",
	    j->hash, "--", j->s.path.data, NULL, NULL, NULL};
	const char *journal = NULL;
	bool passed = false;
	enum urne_err e = urne_verified_journal(&journal, &j->journal_path, j->cli, j->s.path.data);

	if (e == URNE_OK && journal != NULL) {
		args[6] = "--journal";
		args[7] = journal;
		args[8] = "--";
		args[9] = j->s.path.data;
	}
	if (e == URNE_OK) {
		e = urne_verified_run(&j->verified, j->cli, args);
	}
	for (size_t i = 0; e == URNE_OK && i < j->verified.num_checks; i++) {
		const struct urne_minutes_check *c = &j->verified.checks[i];
		passed |= urne_view_is(c->id, "minutes") && urne_view_is(c->verdict, "PASS");
	}
	if (e == URNE_OK && (!passed || urne_view_is(j->verified.verdict, "FAILED"))) {
		e = urne_fail(&j->cli->diag, URNE_ERR_MISMATCH,
		    "%s: do not sign; the verifier says: %s", j->minutes_path.data,
		    j->verified.first_failure != NULL
			? j->verified.first_failure
			: "the minutes could not be recomputed; if they hold the journal of the "
			  "board, name it with --journal");
	}
	return e;
}

static enum urne_err
open_key(struct job *j)
{
	const char *path = urne_cli_option(j->cli, "key");
	const struct urne_definition *v = &j->s.sealed.definition;
	struct urne_buf own;
	bool known = false;
	enum urne_err e = urne_key_open(j->cli, &j->key, path);

	if (e == URNE_OK) {
		e = urne_signer_read(&j->signer, &j->cli->diag, urne_buf_view(&j->key));
		if (e != URNE_OK) {
			urne_diag_within(&j->cli->diag, "%s: ", path);
		}
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_buf_init(&own, URNE_MAX_SMALL_FILE);
	urne_note_key_write(&own, &j->signer.key);
	e = urne_buf_error(&own);
	for (size_t i = 0; i < v->num_officials; i++) {
		known |= urne_view_eq(v->officials[i].key, urne_buf_view(&own));
	}
	urne_buf_clear(&own);
	if (e == URNE_OK && !known) {
		e = urne_fail(&j->cli->diag, URNE_ERR_UNKNOWN,
		    "%s: %.*s is not among the officials of the sealed definition", path,
		    (int)j->signer.key.name.len, j->signer.key.name.p);
	}
	return e;
}

/* The note that is there, if any: of these minutes, and without our signature. */
static enum urne_err
read_note(struct job *j)
{
	const char *path = j->note_path.data;
	struct urne_diag *d = &j->cli->diag;
	struct urne_note note;
	enum urne_err e;

	if (!urne_file_exists(path)) {
		urne_buf_put_view(&j->note, urne_buf_view(&j->text));
		urne_buf_putc(&j->note, '\n');
		return urne_buf_error(&j->note);
	}
	e = urne_cli_read(j->cli, &j->note, path);
	if (e == URNE_OK) {
		e = urne_note_read(&note, &j->s.arena, d, urne_buf_view(&j->note));
	}
	if (e == URNE_OK && !urne_view_eq(note.text, urne_buf_view(&j->text))) {
		e = urne_fail(d, URNE_ERR_MISMATCH,
		    "holds signatures of other minutes; put it aside and sign again");
	}
	if (e == URNE_OK) {
		e = urne_note_verify(d, &note, &j->signer.key);
		if (e == URNE_OK) {
			e = urne_fail(d, URNE_ERR_DUPLICATE,
			    "this official has signed already, nothing needs to be done");
		} else if (e == URNE_ERR_UNKNOWN) {
			j->num_signed = note.num_lines;
			e = URNE_OK;
		}
	}
	if (e != URNE_OK && !urne_err_is_ours(e)) {
		urne_diag_within(d, "%s: ", path);
	}
	return e;
}

static enum urne_err
sign(struct job *j)
{
	enum urne_err e = urne_signer_sign(&j->note, &j->signer, urne_buf_view(&j->text));

	if (e == URNE_OK) {
		e = urne_buf_error(&j->note);
	}
	if (e != URNE_OK) {
		return urne_fail(&j->cli->diag, e, "the signature could not be made");
	}
	j->num_signed++;
	return urne_file_replace(&j->cli->diag, j->note_path.data, urne_buf_view(&j->note));
}

static enum urne_err
certify(struct job *j)
{
	enum urne_err e = urne_sealed_need_definition(&j->s.sealed);

	if (e == URNE_OK && j->s.sealed.definition.num_officials == 0) {
		e = urne_fail(&j->cli->diag, URNE_ERR_UNKNOWN,
		    "%s: the definition names no officials, so nobody can certify", j->s.path.data);
	}
	if (e == URNE_OK) {
		e = open_minutes(j);
	}
	if (e == URNE_OK) {
		e = recompute(j);
	}
	if (e == URNE_OK) {
		e = open_key(j);
	}
	if (e == URNE_OK) {
		e = read_note(j);
	}
	return e == URNE_OK ? sign(j) : e;
}

static void
report(struct job *j)
{
	struct urne_cli *cli = j->cli;

	urne_cli_say(cli, "The verifier recomputed the minutes from the archive: %.*s.",
	    (int)j->verified.verdict.len, j->verified.verdict.p);
	urne_cli_say(cli, "%s: signed by %.*s over", j->note_path.data, (int)j->signer.key.name.len,
	    j->signer.key.name.p);
	urne_buf_put_view(&cli->text, urne_buf_view(&j->text));
	urne_cli_say(cli, "%zu signatures; %zu of %zu officials must sign.", j->num_signed,
	    j->s.sealed.definition.officials_required, j->s.sealed.definition.num_officials);
	urne_cli_put_string(cli, "note", j->note_path.data);
	urne_cli_put_view(cli, "signer", j->signer.key.name);
	urne_cli_put_u64(cli, "signatures", j->num_signed);
	urne_cli_put_u64(cli, "required", j->s.sealed.definition.officials_required);
}

static void
clear(struct job *j)
{
	struct urne_buf *const all[] = {&j->minutes_path, &j->note_path, &j->journal_path,
	    &j->minutes, &j->key, &j->text, &j->note};

	urne_signer_clear(&j->signer);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		urne_buf_clear(all[i]);
	}
	if (j->lock >= 0) {
		(void)close(j->lock);
	}
	urne_verified_clear(&j->verified);
	urne_state_close(&j->s);
	free(j);
}

static enum urne_err
run_certify(struct urne_cli *cli)
{
	struct job *j = calloc(1, sizeof(*j));
	enum urne_err e;

	if (j == NULL) {
		return urne_fail(&cli->diag, URNE_ERR_MEMORY, "no memory for the minutes");
	}
	j->cli = cli;
	j->lock = -1;
	urne_buf_init(&j->minutes_path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&j->note_path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&j->journal_path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&j->minutes, URNE_MAX_DOCUMENT);
	urne_buf_init_secret(&j->key, URNE_MAX_SMALL_FILE);
	urne_buf_init(&j->text, URNE_MAX_SMALL_FILE);
	urne_buf_init(&j->note, URNE_NOTE_MAX);
	e = urne_state_open(&j->s, cli, cli->args[0], false);
	if (e == URNE_OK) {
		e = certify(j);
	}
	if (e == URNE_OK) {
		report(j);
	}
	clear(j);
	return e;
}

static const struct urne_option options[] = {
    {"minutes", "DIR", "The folder that \"urne minutes\" wrote.", true},
    {"key", "FILE", "The official's private key.", true},
    URNE_OPTION_PASSPHRASE_FILE,
    URNE_OPTION_JOURNAL,
    URNE_OPTION_VERIFIER,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Runs urne-verify on the archive and has it recompute the minutes; when they are the same byte "
    "for byte, signs their hash with the official's key and puts the signature into minutes.note "
    "beside them, a signed note. What was signed is printed.",
    "Officials sign one after the other, in one folder or handing it on from machine to machine. "
    "How "
    "many must sign stands in the vote definition; \"urne-verify --minutes\" checks it.",
    NULL};

const struct urne_command urne_cmd_certify = {
    .name = "certify",
    .summary = "sign the minutes as an official",
    .synopsis = "DIR|ARCHIVE --minutes DIR --key FILE [--passphrase-file FILE] "
		"[--journal FILE] [--verifier PROGRAM]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "The minutes are not those of the archive, the key is not of an official of the "
	       "definition, or this official has signed already.",
    .example = "urne certify europe --minutes europe-minutes --key claire.key",
    .run = run_certify,
};
