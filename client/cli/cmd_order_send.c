/* SPDX-License-Identifier: EUPL-1.2 */
/* urne order send: an order that officials signed in a file goes to the board. */
#include "client/cli/commands.h"
#include "client/cli/order_flow.h"

/* waiting_as: the same order at the board, whose signatures need not be sent again. */
static const struct urne_waiting_order *
waiting_as(const struct urne_order_board *b, const struct urne_hash *hash)
{
	for (size_t i = 0; i < b->num_waiting; i++) {
		if (urne_hash_eq(&b->waiting[i].hash, hash)) {
			return &b->waiting[i];
		}
	}
	return NULL;
}

static enum urne_err
send(struct urne_order_flow *f, const struct urne_order_file *file)
{
	const char *path = f->cli->args[0];
	const struct urne_waiting_order *w = waiting_as(&f->board, &file->hash);
	const struct urne_order_subject s = {&file->order, &file->note, file->hash, w};
	size_t num = 0;
	enum urne_err e =
	    urne_order_note(f->cli, &f->note, &num, &file->note, w != NULL ? &w->lines : NULL);

	if (e == URNE_OK && num == 0) {
		return urne_fail(&f->cli->diag, URNE_ERR_INCOMPLETE,
		    file->note.num_lines == 0
			? "%s: nobody has signed it, sign it with \"urne order sign\""
			: "%s: every signature in it is at the board already; it waits for another "
			  "official",
		    path);
	}
	return e == URNE_OK ? urne_order_flow_send(f, &s) : e;
}

static enum urne_err
run_order_send(struct urne_cli *cli)
{
	struct urne_order_file file;
	struct urne_order_flow f;
	enum urne_err e;

	urne_order_flow_init(&f, cli);
	urne_order_file_init(&file);
	e = urne_order_file_read(&file, cli, cli->args[0]);
	if (e == URNE_OK) {
		e = urne_order_board_open(&f.board, cli, urne_cli_option(cli, "board"));
	}
	if (e == URNE_OK) {
		e = send(&f, &file);
	}
	urne_order_file_clear(&file);
	urne_order_flow_clear(&f);
	return e;
}

static const struct urne_option options[] = {
    {"board", "URL", "The board, https://HOST.", true},
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Sends an order with the signatures in the file. With too few of them it waits at the board, "
    "for 14 days at most, and the command for the next official is printed; with enough it is "
    "executed, and the journal is fetched again and must show it in the entry that the board "
    "names.",
    NULL};

const struct urne_command urne_cmd_order_send = {
    .name = "order send",
    .summary = "send a signed order to a board",
    .synopsis = "FILE --board URL [--log-key KEY] [--ca FILE]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "Nobody has signed, or the board refuses the order: it is for another journal, it "
	       "stands there already, or it cannot come now.",
    .unconfirmed = "No answer came, or the journal does not show the order; look with \"urne order "
		   "list\" and \"urne journal\".",
    .example = "urne order send extend.order --board https://vote.example.org",
    .run = run_order_send,
};
