/* SPDX-License-Identifier: EUPL-1.2 */
/* Private keys in files, and what opens them. Passphrases come from a file or the terminal, never
 * from the command line or the environment, where others could read them. */
#include "client/cli/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "crypto/secret/keyfile.h"

#define MAX_LINE ((size_t)1024)

static const int stops[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
#define NUM_STOPS (sizeof(stops) / sizeof(stops[0]))

/* Only there so that read() returns: the terminal must get its echo back first. */
static void
on_stop(int sig)
{
	(void)sig;
}

static ssize_t
read_line(int tty, struct urne_buf *out)
{
	char c = '\0';
	ssize_t n;

	while ((n = read(tty, &c, 1)) == 1 && c != '\n') {
		urne_buf_putc(out, c);
	}
	return n;
}

/* read_hidden reads one line with the echo off and puts the terminal back whatever happens. */
static ssize_t
read_hidden(int tty, struct urne_buf *out)
{
	struct sigaction ours, before[NUM_STOPS];
	struct termios old, hidden;
	ssize_t n;

	if (tcgetattr(tty, &old) != 0) {
		return -1;
	}
	memset(&ours, 0, sizeof(ours));
	ours.sa_handler = on_stop;
	for (size_t i = 0; i < NUM_STOPS; i++) {
		(void)sigaction(stops[i], &ours, &before[i]);
	}
	hidden = old;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	hidden.c_lflag |= ECHONL;
	(void)tcsetattr(tty, TCSAFLUSH, &hidden);
	n = read_line(tty, out);
	(void)tcsetattr(tty, TCSAFLUSH, &old);
	for (size_t i = 0; i < NUM_STOPS; i++) {
		(void)sigaction(stops[i], &before[i], NULL);
	}
	return n;
}

/* read_shown reads one line that must be seen to be typed, and takes it off the screen again. */
static ssize_t
read_shown(int tty, struct urne_buf *out)
{
	static const char up_and_erase[] = "\x1b[A\x1b[2K";
	ssize_t n = read_line(tty, out);

	return n < 1 || write(tty, up_and_erase, sizeof(up_and_erase) - 1) > 0 ? n : -1;
}

static enum urne_err
ask(struct urne_cli *cli, struct urne_buf *out, const char *what, const char *instead,
    ssize_t (*read_answer)(int, struct urne_buf *))
{
	int tty = isatty(STDIN_FILENO) ? open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY) : -1;
	enum urne_err e = URNE_OK;

	if (tty < 0) {
		return urne_fail(&cli->diag, URNE_ERR_PASSPHRASE,
		    "there is no terminal to ask for the %s, %s", what, instead);
	}
	if (write(tty, what, strlen(what)) < 0 || write(tty, ": ", 2) < 0 ||
	    read_answer(tty, out) < 1) {
		e = urne_fail(
		    &cli->diag, URNE_ERR_PASSPHRASE, "no %s was typed, start again", what);
	} else if (urne_buf_error(out) != URNE_OK) {
		e = urne_fail(&cli->diag, urne_buf_error(out), "the %s is too long", what);
	}
	(void)close(tty);
	return e;
}

enum urne_err
urne_prompt(struct urne_cli *cli, struct urne_buf *out, const char *what, const char *instead)
{
	return ask(cli, out, what, instead, read_hidden);
}

enum urne_err
urne_prompt_shown(struct urne_cli *cli, struct urne_buf *out, const char *what, const char *instead)
{
	return ask(cli, out, what, instead, read_shown);
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
