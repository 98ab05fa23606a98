/* SPDX-License-Identifier: EUPL-1.2 */
/* Private keys in files, and what opens them. Passphrases come from a file or the terminal, never
 * from the command line or the environment, where others could read them. */
#include "client/cli/keys.h"

#include <string.h>
#include <unistd.h>

#include "client/cli/terminal.h"
#include "crypto/secret/keyfile.h"

#define MAX_LINE ((size_t)1024)

static enum urne_err
ask(struct urne_cli *cli, struct urne_buf *out, const char *what, const char *instead,
    enum urne_typing typing)
{
	int tty = urne_terminal_open();
	struct urne_buf prompt;
	enum urne_err e = URNE_OK;

	if (tty < 0) {
		return urne_fail(&cli->diag, URNE_ERR_PASSPHRASE,
		    "there is no terminal to ask for the %s, %s", what, instead);
	}
	urne_buf_init(&prompt, URNE_MAX_SMALL_FILE);
	urne_buf_printf(&prompt, "%s: ", what);
	if (!urne_terminal_ask(tty, out, urne_buf_view(&prompt), typing)) {
		e = urne_fail(
		    &cli->diag, URNE_ERR_PASSPHRASE, "no %s was typed, start again", what);
	} else if (urne_buf_error(out) != URNE_OK) {
		e = urne_fail(&cli->diag, urne_buf_error(out), "the %s is too long", what);
	}
	urne_buf_clear(&prompt);
	(void)close(tty);
	return e;
}

enum urne_err
urne_prompt(struct urne_cli *cli, struct urne_buf *out, const char *what, const char *instead)
{
	return ask(cli, out, what, instead, URNE_TYPING_HIDDEN);
}

enum urne_err
urne_prompt_shown(struct urne_cli *cli, struct urne_buf *out, const char *what, const char *instead)
{
	return ask(cli, out, what, instead, URNE_TYPING_ERASED);
}

void
urne_warn_readable(const char *path)
{
	if (strcmp(path, "-") != 0 && urne_file_others_can_read(path)) {
		urne_cli_note(
		    "urne: note: others can read %s; \"chmod 600 %s\" keeps it to you", path, path);
	}
}

static enum urne_err
read_passphrase(struct urne_cli *cli, struct urne_buf *out, const char *what)
{
	const char *file = urne_cli_option(cli, "passphrase-file");
	enum urne_err e;

	if (file == NULL) {
		e = urne_prompt(cli, out, what, "give it with --passphrase-file FILE");
	} else {
		urne_warn_readable(file);
		e = urne_cli_read_line(cli, out, file);
	}
	if (e == URNE_OK && out->len == 0) {
		e = urne_fail(&cli->diag, URNE_ERR_PASSPHRASE,
		    "%s: the passphrase is empty, choose a longer one",
		    file != NULL ? file : "terminal");
	}
	return e;
}

/* A new passphrase is typed twice. */
static enum urne_err
new_passphrase(struct urne_cli *cli, struct urne_buf *out)
{
	struct urne_buf again;
	enum urne_err e = read_passphrase(cli, out, "new passphrase");

	if (e != URNE_OK || urne_cli_option(cli, "passphrase-file") != NULL) {
		return e;
	}
	urne_buf_init_secret(&again, MAX_LINE);
	e = urne_prompt(cli, &again, "the same again", "give it with --passphrase-file FILE");
	if (e == URNE_OK && !urne_view_eq(urne_buf_view(out), urne_buf_view(&again))) {
		e = urne_fail(
		    &cli->diag, URNE_ERR_PASSPHRASE, "the two passphrases differ, start again");
	}
	urne_buf_clear(&again);
	return e;
}

enum urne_err
urne_key_unlock(struct urne_cli *cli, struct urne_buf *out, struct urne_view file, const char *path)
{
	struct urne_buf pass, what;
	enum urne_err e;

	if (!urne_keyfile_is_locked(file)) {
		urne_buf_put_view(out, file);
		return urne_buf_error(out);
	}
	urne_buf_init_secret(&pass, MAX_LINE);
	urne_buf_init(&what, URNE_MAX_SMALL_FILE);
	/* two officials at one machine see whose turn it is */
	urne_buf_printf(&what, "passphrase of %s", path);
	urne_buf_put(&what, "", 1);
	e = urne_buf_error(&what);
	if (e == URNE_OK) {
		e = read_passphrase(cli, &pass, what.data);
	}
	if (e == URNE_OK) {
		e = urne_keyfile_unlock(out, &cli->diag, file, urne_buf_view(&pass));
		if (e != URNE_OK) {
			urne_diag_within(&cli->diag, "%s: ", path);
		}
	}
	urne_buf_clear(&pass);
	urne_buf_clear(&what);
	return e;
}

enum urne_err
urne_key_open(struct urne_cli *cli, struct urne_buf *out, const char *path)
{
	struct urne_buf file;
	enum urne_err e;

	urne_buf_init_secret(&file, URNE_MAX_SMALL_FILE);
	e = urne_cli_read_line(cli, &file, path);
	if (e == URNE_OK) {
		urne_warn_readable(path);
		e = urne_key_unlock(cli, out, urne_buf_view(&file), path);
	}
	urne_buf_clear(&file);
	return e;
}

enum urne_err
urne_key_make(struct urne_cli *cli, struct urne_batch *b, const char *path, struct urne_view key,
    struct urne_rng *rng)
{
	bool plain = urne_cli_option(cli, "no-passphrase") != NULL;
	struct urne_buf pass, file;
	enum urne_err e = URNE_OK;

	if (urne_file_exists(path)) {
		return urne_fail(&cli->diag, URNE_ERR_EXISTS,
		    "nothing is overwritten: %s: exists already, choose another name", path);
	}
	if (plain && urne_cli_option(cli, "passphrase-file") != NULL) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "--no-passphrase and --passphrase-file exclude each other, leave one out");
	}
	urne_buf_init_secret(&pass, MAX_LINE);
	urne_buf_init_secret(&file, URNE_MAX_SMALL_FILE);
	if (plain) {
		urne_cli_note("urne: note: %s has no passphrase; whoever reads the file has the "
			      "key",
		    path);
		urne_buf_put_view(&file, key);
	} else {
		e = new_passphrase(cli, &pass);
		if (e == URNE_OK) {
			e = urne_keyfile_lock(&file, key, urne_buf_view(&pass), false, rng);
		}
	}
	if (e == URNE_OK) {
		e = urne_buf_error(&file);
	}
	if (e == URNE_OK) {
		e = urne_batch_file(b, NULL, path, URNE_FILE_SECRET, urne_buf_view(&file));
	}
	urne_buf_clear(&pass);
	urne_buf_clear(&file);
	return e;
}

enum urne_err
urne_key_pair_make(struct urne_cli *cli, const struct urne_buf *private_key,
    const struct urne_buf *public_key, struct urne_rng *rng)
{
	struct urne_batch batch;
	enum urne_err e = urne_buf_error(private_key);

	urne_batch_init(&batch, cli);
	if (e == URNE_OK) {
		e = urne_buf_error(public_key);
	}
	if (e == URNE_OK) {
		e = urne_key_make(
		    cli, &batch, urne_cli_option(cli, "key"), urne_buf_view(private_key), rng);
	}
	if (e == URNE_OK) {
		e = urne_batch_file(&batch, NULL, urne_cli_option(cli, "out"), URNE_FILE_PUBLIC,
		    urne_buf_view(public_key));
	}
	return urne_batch_end(&batch, e);
}

enum urne_err
urne_signer_pair_make(struct urne_cli *cli, const struct urne_buf *private_key,
    const struct urne_note_key *public_key, const char *told, struct urne_rng *rng)
{
	struct urne_buf line;
	enum urne_err e;

	urne_buf_init(&line, URNE_MAX_SMALL_FILE);
	urne_note_key_write(&line, public_key);
	urne_cli_say(cli, "%s: private key, keep it", urne_cli_option(cli, "key"));
	urne_cli_say(cli, "%s: public key%s:\n%.*s", urne_cli_option(cli, "out"), told,
	    (int)line.len, line.data);
	urne_cli_put_view(cli, "public_key", urne_buf_view(&line));
	urne_buf_putc(&line, '\n');
	e = urne_key_pair_make(cli, private_key, &line, rng);
	urne_buf_clear(&line);
	return e;
}
