/* SPDX-License-Identifier: EUPL-1.2 */
/* The key's own file is the lock, so that two commands with one key come one after the other. */
#include "client/cli/key_record.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "tally/decrypted.h"

#define ENDING ".decrypted.json"

static enum urne_err
lock_key(struct urne_cli *cli, int *lock, const char *key)
{
	if (strcmp(key, "-") == 0) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "--key -: the key must be a file, for what it decrypts is noted beside it");
	}
	*lock = open(key, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (*lock < 0 || flock(*lock, LOCK_EX) != 0) {
		return urne_fail_errno(&cli->diag, "%s: cannot be locked", key);
	}
	return URNE_OK;
}

static enum urne_err
read_list(
    struct urne_cli *cli, struct urne_decrypted_list *l, struct urne_buf *text, const char *path)
{
	enum urne_err e = urne_file_exists(path) ? urne_file_read(text, &cli->diag, path) : URNE_OK;

	if (e != URNE_OK || text->len == 0) {
		return e;
	}
	e = urne_decrypted_read(l, &cli->diag, urne_buf_view(text));
	if (e != URNE_OK) {
		urne_diag_within(&cli->diag,
		    "%s: is damaged, and with it what this key has decrypted; do not go on before "
		    "you know: ",
		    path);
	}
	return e;
}

static enum urne_err
write_list(struct urne_cli *cli, const struct urne_decrypted_list *l, const char *path)
{
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_decrypted_write(&text, l);
	e = urne_buf_error(&text);
	if (e == URNE_OK) {
		e = urne_file_replace(&cli->diag, path, urne_buf_view(&text));
	}
	if (e != URNE_OK) {
		urne_diag_within(&cli->diag, "nothing is decrypted unless it can be noted: ");
	}
	urne_buf_clear(&text);
	return e;
}

enum urne_err
urne_key_record_claim(
    struct urne_cli *cli, const char *key, struct urne_view election, const struct urne_hash *tally)
{
	struct urne_decrypted_list list = {.num = 0};
	struct urne_buf path, text;
	bool added = false;
	int lock = -1;
	enum urne_err e = lock_key(cli, &lock, key);

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_buf_puts(&path, key);
	urne_buf_puts(&path, ENDING);
	urne_buf_put(&path, "", 1);
	if (e == URNE_OK && urne_buf_error(&path) != URNE_OK) {
		e = urne_fail(&cli->diag, URNE_ERR_LIMIT, "the name of the key is too long");
	}
	if (e == URNE_OK) {
		e = read_list(cli, &list, &text, path.data);
	}
	if (e == URNE_OK) {
		e = urne_decrypted_add(&list, &added, &cli->diag, election, tally);
		if (e != URNE_OK) {
			urne_diag_within(&cli->diag, "%s: ", path.data);
		}
	}
	if (e == URNE_OK && added) {
		e = write_list(cli, &list, path.data);
	}
	if (lock >= 0) {
		(void)close(lock);
	}
	urne_buf_clear(&path);
	urne_buf_clear(&text);
	return e;
}
