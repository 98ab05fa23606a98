/* SPDX-License-Identifier: EUPL-1.2 */
/* urne order sign: an official reads an order and signs it, in a file or as it waits at the board.
 */
#include "client/cli/commands.h"
#include "client/cli/order_flow.h"

static enum urne_err
sign_file(struct urne_order_flow *f, struct urne_order_file *file, bool has_board)
{
	struct urne_cli *cli = f->cli;
	const char *path = cli->args[0];
	struct urne_order_subject s;
	enum urne_err e = urne_order_file_read(file, cli, path);

	if (e != URNE_OK) {
		return e;
	}
	s = (struct urne_order_subject){&file->order, &file->note, file->hash, NULL};
	if (has_board || file->order.action == URNE_ACTION_CERTIFY) {
		e = urne_order_flow_check(f, s.order, has_board);
	}
	if (e == URNE_OK) {
		e = urne_order_flow_present(f, &s);
	}
	if (e == URNE_OK) {
		e = urne_order_flow_sign(f, &s, &file->note, cli->args + 1, cli->num_args - 1);
	}
	if (e == URNE_OK) {
		e = urne_file_replace(&cli->diag, path, urne_buf_view(&f->note));
	}
	if (e == URNE_OK) {
		urne_cli_say(cli,
		    "%s: signed; hand it to the next official, or send it with \"urne order send "
		    "%s --board URL\"",
		    path, path);
		urne_cli_put_string(cli, "order", urne_hash_hex(&s.hash).s);
		urne_cli_put_string(cli, "out", path);
	}
	return e;
}

static enum urne_err
sign_waiting(struct urne_order_flow *f)
{
	struct urne_cli *cli = f->cli;
	const struct urne_waiting_order *w = NULL;
	struct urne_order_subject s;
	enum urne_err e = urne_order_board_find(&f->board, &w, urne_view_of(cli->args[0]));

	if (e != URNE_OK) {
		return e;
	}
	s = (struct urne_order_subject){&w->order, &w->lines, w->hash, w};
	if (w->refused.len > 0) {
		return urne_fail(&cli->diag, URNE_ERR_ORDER, "%s: cannot come now: %.*s",
		    cli->args[0], (int)w->refused.len, w->refused.p);
	}
	e = urne_order_flow_check(f, s.order, true);
	if (e == URNE_OK) {
		e = urne_order_flow_present(f, &s);
	}
	if (e == URNE_OK) {
		e = urne_order_flow_sign(f, &s, NULL, cli->args + 1, cli->num_args - 1);
	}
	return e == URNE_OK ? urne_order_flow_send(f, &s) : e;
}

static enum urne_err
run_order_sign(struct urne_cli *cli)
{
	const char *board = urne_cli_option(cli, "board");
	struct urne_order_file file;
	struct urne_order_flow f;
	enum urne_err e = URNE_OK;

	urne_order_flow_init(&f, cli);
	urne_order_file_init(&file);
	if (board != NULL) {
		e = urne_order_board_open(&f.board, cli, board);
	}
	if (e == URNE_OK) {
		e = board == NULL || urne_file_exists(cli->args[0])
			? sign_file(&f, &file, board != NULL)
			: sign_waiting(&f);
	}
	urne_order_file_clear(&file);
	urne_order_flow_clear(&f);
	return e;
}

static const struct urne_option options[] = {
    {"board", "URL", "The board, https://HOST, where the order waits.", false},
    URNE_OPTION_MINUTES_FILE,
    URNE_OPTION_LANG_OF_ORDERS,
    URNE_OPTION_YES,
    URNE_OPTION_STATE,
    URNE_OPTION_PASSPHRASE_FILE,
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Says what an order does, asks, and signs it with the keys of officials. A file is replaced by "
    "the note with the signatures; an order that waits at the board, named by the first eight "
    "digits "
    "of its hash at least, gets the signature there, and is executed when it was the last one.",
    "With --board the program first computes by itself what the order says, and signs nothing "
    "else: "
    "the whole Setup of a \"seal\", the urn, the program and the rehearsals of a \"checklist\", "
    "the "
    "result of a \"release\" from every ballot and every partial decryption. \"certify\" is "
    "compared with the file of --minutes.",
    NULL};

const struct urne_command urne_cmd_order_sign = {
    .name = "order sign",
    .summary = "read and sign an order as an official",
    .synopsis = "FILE|HASH [--board URL] [--minutes FILE] [--lang fr|en] [--yes] [--state DIR] "
		"[--passphrase-file FILE] [--log-key KEY] [--ca FILE] KEYFILE...",
    .min_args = 2,
    .max_args = 1 + URNE_MAX_OFFICIALS,
    .options = options,
    .description = description,
    .refusal = "The order says something else than the board shows, this official has signed "
	       "already, or the board refuses it.",
    .unconfirmed = "No answer came, or the journal does not show the order; look with \"urne order "
		   "list\" and \"urne journal\".",
    .example = "urne order sign 1f0c29ab --board https://vote.example.org ines.key",
    .run = run_order_sign,
};
