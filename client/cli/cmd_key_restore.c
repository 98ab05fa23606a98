/* SPDX-License-Identifier: EUPL-1.2 */
/* urne key restore: a key file from its paper. The file is written only when all lines are right,
 * the key opens, and it is the key that the paper says it is. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "client/cli/commands.h"
#include "client/cli/key_identity.h"
#include "client/cli/keys.h"

struct restore {
	struct urne_cli *cli;
	const char *out;
	struct urne_buf file, key; /* secret */
	struct urne_paper paper;
	struct urne_public_half public;
	struct urne_key_identity is;
	struct urne_batch batch;
};

#define MAX_TYPED ((size_t)1024) /* of one line, however it is spaced */

/* type_line asks for one line until it is right. */
static enum urne_err
type_line(struct restore *j, struct urne_paper_reader *r)
{
	struct urne_cli *cli = j->cli;
	char what[64];
	struct urne_buf line;
	enum urne_err e;

	(void)snprintf(what, sizeof(what), "line %zu", r->next);
	urne_buf_init_secret(&line, MAX_TYPED);
	e = urne_prompt_shown(cli, &line, what, "give the lines with --from FILE");
	if (e == URNE_OK) {
		enum urne_err found = urne_paper_reader_line(r, &cli->diag, urne_buf_view(&line));

		if (found == URNE_OK) {
			urne_cli_note("line %zu of %zu: right", r->next - 1, r->num_lines);
		} else {
			e = urne_err_is_ours(found) ? found : URNE_OK;
			urne_cli_note("%s", cli->diag.text);
		}
	}
	urne_buf_clear(&line);
	return e;
}

static enum urne_err
type_paper(struct restore *j)
{
	struct urne_paper_reader r;
	enum urne_err e = URNE_OK;

	urne_paper_reader_init(&r);
	while (e == URNE_OK && !urne_paper_reader_done(&r)) {
		e = type_line(j, &r);
	}
	if (e == URNE_OK) {
		e = urne_paper_reader_end(&j->paper, &j->file, &r, &j->cli->diag);
	}
	urne_paper_reader_clear(&r);
	return e;
}

/* Standard input is read to its end; if there is a terminal, a passphrase is asked for on it. */
static void
hand_over_to_terminal(void)
{
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

	if (tty >= 0) {
		(void)dup2(tty, STDIN_FILENO);
		(void)close(tty);
	}
}

static enum urne_err
read_paper(struct restore *j, const char *from)
{
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init_secret(&text, URNE_MAX_SMALL_FILE);
	e = urne_cli_read(j->cli, &text, from);
	if (strcmp(from, "-") == 0) {
		hand_over_to_terminal();
	}
	if (e == URNE_OK) {
		urne_warn_readable(from);
		e = urne_paper_read(&j->paper, &j->file, &j->cli->diag, urne_buf_view(&text));
		if (e != URNE_OK) {
			urne_diag_within(&j->cli->diag,
			    "%s: ", strcmp(from, "-") == 0 ? "standard input" : from);
		}
	}
	urne_buf_clear(&text);
	return e;
}

/* identify opens the key and compares it with what the paper says of it. */
static enum urne_err
identify(struct restore *j)
{
	const struct urne_key_identity wanted = {.kind = j->paper.kind, .group = j->paper.group};
	enum urne_err e =
	    urne_key_unlock(j->cli, &j->key, urne_buf_view(&j->file), "the key on the paper");

	if (e == URNE_OK) {
		e = urne_key_identify(j->cli, &j->is, &j->public, &wanted, urne_buf_view(&j->key),
		    "the key on the paper");
	}
	if (e == URNE_OK &&
	    (j->is.kind != j->paper.kind || memcmp(j->is.fingerprint.b, j->paper.fingerprint,
						sizeof(j->paper.fingerprint)) != 0)) {
		e = urne_fail(&j->cli->diag, URNE_ERR_MISMATCH,
		    "the key on the paper is not the one that the paper says it is; do not use it");
	}
	return e;
}

/* A locked key is written as it was; a plain one is locked now. */
static enum urne_err
write_file(struct restore *j)
{
	struct urne_rng rng;
	enum urne_err e;

	if (j->paper.locked) {
		return urne_batch_file(
		    &j->batch, NULL, j->out, URNE_FILE_SECRET, urne_buf_view(&j->file));
	}
	e = urne_rng_init(&rng);
	if (e != URNE_OK) {
		return urne_fail(&j->cli->diag, e, "the system gives no randomness");
	}
	e = urne_key_make(j->cli, &j->batch, j->out, urne_buf_view(&j->key), &rng);
	urne_rng_clear(&rng);
	return e;
}

static enum urne_err
restore(struct restore *j)
{
	struct urne_cli *cli = j->cli;
	const char *from = urne_cli_option(cli, "from");
	enum urne_err e;

	if (from == NULL && isatty(STDIN_FILENO) == 0) {
		from = "-";
	}

	j->out = urne_cli_option(cli, "out");
	if (urne_file_exists(j->out)) {
		return urne_fail(&cli->diag, URNE_ERR_EXISTS,
		    "nothing is overwritten: %s: exists already, choose another name", j->out);
	}
	e = urne_public_half_read(cli, &j->public);
	if (e == URNE_OK) {
		e = from != NULL ? read_paper(j, from) : type_paper(j);
	}
	if (e == URNE_OK && j->paper.locked && urne_cli_option(cli, "no-passphrase") != NULL) {
		e = urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "--no-passphrase: the key on this paper is locked and stays so, leave it out");
	}
	if (e == URNE_OK) {
		e = identify(j);
	}
	return e == URNE_OK ? write_file(j) : e;
}

static void
report(struct restore *j)
{
	struct urne_cli *cli = j->cli;
	struct urne_buf what;
	char hex[URNE_HASH_HEX_LEN];

	urne_hex_encode(hex, j->is.fingerprint.b, URNE_HASH_LEN);
	urne_buf_init(&what, URNE_MAX_SMALL_FILE);
	urne_key_describe(&what, &j->is);
	urne_cli_say(cli, "%s: %.*s; SHA-256 of its public half %.*s", j->out, (int)what.len,
	    what.data, (int)sizeof(hex), hex);
	urne_cli_put_string(cli, "out", j->out);
	urne_cli_put_view(cli, "key", urne_buf_view(&what));
	urne_cli_put_view(cli, "public_sha256", (struct urne_view){hex, sizeof(hex)});
	urne_cli_put_bool(cli, "was_locked", j->paper.locked);
	urne_buf_clear(&what);
}

static enum urne_err
run_key_restore(struct urne_cli *cli)
{
	struct restore j = {.cli = cli};
	enum urne_err e;

	urne_buf_init_secret(&j.file, URNE_MAX_SMALL_FILE);
	urne_buf_init_secret(&j.key, URNE_MAX_SMALL_FILE);
	urne_batch_init(&j.batch, cli);
	e = urne_batch_end(&j.batch, restore(&j));
	if (e == URNE_OK) {
		report(&j);
	}
	urne_buf_clear(&j.file);
	urne_buf_clear(&j.key);
	return e;
}

static const struct urne_option options[] = {
    {"out", "FILE", "The new key file (mode 0600).", true},
    {"from", "FILE",
	"The lines with their numbers, or what a code reader gives; \"-\" for standard input. By "
	"default they are typed on the terminal, or read from standard input when that is no "
	"terminal.",
	false},
    URNE_OPTION_PUBLIC,
    URNE_OPTION_PASSPHRASE_FILE,
    URNE_OPTION_NO_PASSPHRASE,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Makes a key file again from its paper (urne key print). The lines are asked for one after the "
    "other; a mistake is named, and the line asked for again. A typed line is taken off the screen "
    "at once.",
    "A key that was printed locked comes back byte for byte, and its passphrase is asked for to be "
    "sure that it opens. A key that was printed in plain gets a new passphrase. In both cases it "
    "must be the key that the paper names, and of the --public half when that is given.",
    NULL};

const struct urne_command urne_cmd_key_restore = {
    .name = "key restore",
    .summary = "make a key file again from its paper",
    .synopsis = "--out FILE [--from FILE] [--public FILE] [--passphrase-file FILE] "
		"[--no-passphrase]",
    .options = options,
    .description = description,
    .refusal = "A line is wrong, missing or of another paper, the passphrase does not open the "
	       "key, it is another key than the public half's, or the output file exists.",
    .example = "urne key restore --out anna.key",
    .run = run_key_restore,
};
