/* SPDX-License-Identifier: EUPL-1.2 */
/* Without --state the archive lies in a folder of its own below TMPDIR and goes away at the end. */
#include "client/cli/fetched.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#define MAX_PATH ((size_t)65536)

static enum urne_err
choose_dir(struct urne_fetched *f, struct urne_cli *cli)
{
	const char *given = urne_cli_option(cli, "state"), *tmp = getenv("TMPDIR");

	if (given != NULL) {
		urne_buf_puts(&f->dir, given);
	} else {
		urne_buf_puts(&f->dir, tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp");
		urne_buf_puts(&f->dir, "/urne-XXXXXX");
	}
	urne_buf_put(&f->dir, "", 1);
	if (urne_buf_error(&f->dir) != URNE_OK) {
		return urne_fail(
		    &cli->diag, urne_buf_error(&f->dir), "the name of the folder is too long");
	}
	if (given == NULL && mkdtemp(f->dir.data) == NULL) {
		return urne_fail_errno(&cli->diag, "%s: cannot be made", f->dir.data);
	}
	f->is_temporary = given == NULL;
	return URNE_OK;
}

enum urne_err
urne_fetched_open(struct urne_fetched *f, struct urne_cli *cli, const char *address)
{
	uint64_t there;
	enum urne_err e;

	*f = (struct urne_fetched){.is_temporary = false};
	urne_buf_init(&f->dir, MAX_PATH);
	e = choose_dir(f, cli);
	if (e != URNE_OK) {
		return e;
	}
	e = urne_pull(&f->pull, cli, address, f->dir.data);
	there = f->pull.r.checkpoint.size;
	if (e == URNE_OK && f->pull.before > there) {
		e = urne_fail(&cli->diag, URNE_ERR_MISMATCH,
		    "%s: has %" PRIu64 " events, and the board has signed %" PRIu64
		    ": it was set back, or shows something old; ask the officials, and take "
		    "another folder if the events were only appended here",
		    f->pull.archive.data, f->pull.before, there);
	}
	if (e == URNE_OK) {
		f->is_open = true;
		e = urne_state_open(&f->s, cli, f->pull.archive.data, false);
	}
	return e;
}

void
urne_fetched_clear(struct urne_fetched *f)
{
	const struct urne_buf *const files[] = {
	    &f->pull.archive, &f->pull.part, &f->pull.definition};

	if (f->is_open) {
		urne_state_close(&f->s);
	}
	for (size_t i = 0; f->is_temporary && i < sizeof(files) / sizeof(files[0]); i++) {
		if (files[i]->len > 0) {
			(void)unlink(files[i]->data);
		}
	}
	if (f->is_temporary) {
		(void)rmdir(f->dir.data);
	}
	urne_pull_clear(&f->pull);
	urne_buf_clear(&f->dir);
}
