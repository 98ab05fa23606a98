/* SPDX-License-Identifier: EUPL-1.2 */
/* urne ceremony open: the official invites M trustees of whom T will be needed. */
#include "client/cli/commands.h"
#include "client/cli/rounds.h"
#include "election/ceremony.h"

static enum urne_err
invite(struct urne_rounds *r, struct urne_batch *batch, size_t size, size_t threshold)
{
	enum urne_err e = urne_batch_dir(batch, r->w->dir, URNE_CEREMONY_DIR);

	for (size_t j = 1; e == URNE_OK && j <= size; j++) {
		struct urne_buf out;

		urne_buf_init(&out, URNE_MAX_SMALL_FILE);
		urne_ceremony_invitation(&out, r->w->draft.group, size, threshold, j);
		e = urne_buf_error(&out);
		if (e == URNE_OK) {
			e = urne_batch_file(batch, r->w->dir, urne_rounds_given(r, 1, j),
			    URNE_FILE_PUBLIC, urne_buf_view(&out));
		}
		urne_buf_clear(&out);
	}
	return e;
}

static enum urne_err
run_ceremony_open(struct urne_cli *cli)
{
	uint64_t size = 0, threshold = 0;
	struct urne_workdir w;
	struct urne_rounds r;
	struct urne_batch batch;
	enum urne_err e = urne_cli_number(cli, &size, "size", 1, URNE_MAX_TRUSTEES);

	if (e == URNE_OK) {
		e = urne_cli_number(cli, &threshold, "threshold", 1, size);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_batch_init(&batch, cli);
	e = urne_workdir_open(&w, cli, cli->args[0], true);
	if (e == URNE_OK) {
		e = urne_rounds_open(&r, &w);
	}
	if (e == URNE_OK && r.size > 0) {
		e = urne_fail(&cli->diag, URNE_ERR_EXISTS,
		    "%s: a ceremony is there already, go on with \"urne ceremony collect\"", w.dir);
	}
	if (e == URNE_OK) {
		e = invite(&r, &batch, (size_t)size, (size_t)threshold);
	}
	e = urne_batch_end(&batch, e);
	if (e == URNE_OK) {
		urne_cli_say(cli,
		    "%zu invitations are in %s/" URNE_CEREMONY_DIR
		    "; give trustee J the file round-1-for-J.json. Any %zu of them will be needed.",
		    (size_t)size, w.dir, (size_t)threshold);
		urne_cli_put_u64(cli, "size", size);
		urne_cli_put_u64(cli, "threshold", threshold);
	}
	urne_workdir_close(&w);
	return e;
}

static const struct urne_option options[] = {
    {"size", "M", "How many trustees there are.", true},
    {"threshold", "T", "How many of them are needed to decrypt.", true},
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Opens a threshold ceremony: M trustees make one key together so that any T of them can "
    "decrypt "
    "and fewer cannot. The invitations are the files DIR/ceremony/round-1-for-J.json.",
    "Each trustee answers with \"urne trustee step\"; the answers go to \"urne ceremony collect\". "
    "After four rounds the key is there.",
    NULL};

const struct urne_command urne_cmd_ceremony_open = {
    .name = "ceremony open",
    .summary = "invite trustees to a threshold ceremony",
    .synopsis = "DIR --size M --threshold T",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "There is a ceremony already, or the election is sealed.",
    .example = "urne ceremony open first --size 3 --threshold 2",
    .run = run_ceremony_open,
};
