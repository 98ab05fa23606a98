/* SPDX-License-Identifier: EUPL-1.2 */
/* urne order give: write, show, sign and send in one. Every official runs the same command: the
 * second one finds the order of the first and signs that. */
#include "client/cli/commands.h"
#include "client/cli/order_flow.h"

static enum urne_err
give(struct urne_order_flow *f)
{
	struct urne_cli *cli = f->cli;
	struct urne_order_subject s;
	struct urne_order_words w;
	struct urne_note room;
	enum urne_err e = urne_order_board_open(&f->board, cli, urne_cli_option(cli, "board"));

	if (e == URNE_OK) {
		e = urne_order_words_read(&w, cli, cli->args, cli->num_args, f->board.given.uuid);
	}
	if (e == URNE_OK && w.num_keys == 0) {
		e = urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "an order is signed: name the key file of an official at the end");
	}
	if (e == URNE_OK) {
		e = urne_order_flow_write(f, &w, urne_buf_view(&f->board.r.origin), true);
	}
	if (e != URNE_OK) {
		return e;
	}
	s = urne_order_flow_subject(f, &room);
	e = urne_order_known_check(&f->known, s.order);
	/* what came from a folder of ours is compared with what lies at the board, too */
	if (e == URNE_OK && urne_cli_option(cli, "from") != NULL) {
		e = urne_order_flow_check(f, s.order, true);
	}
	if (e == URNE_OK) {
		e = urne_order_flow_present(f, &s);
	}
	if (e == URNE_OK) {
		e = urne_order_flow_sign(f, &s, NULL, w.keys, w.num_keys);
	}
	return e == URNE_OK ? urne_order_flow_send(f, &s) : e;
}

static enum urne_err
run_order_give(struct urne_cli *cli)
{
	struct urne_order_flow f;
	enum urne_err e;

	urne_order_flow_init(&f, cli);
	e = give(&f);
	urne_order_flow_clear(&f);
	return e;
}

static const struct urne_option options[] = {
    {"board", "URL", "The board, https://HOST, or the election's address on it.", true},
    URNE_OPTION_FROM,
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
    "Writes an order as \"urne order write\" does, says it in words, asks, signs it and sends it. "
    "When the same order waits at the board already, it signs that one: so every official runs the "
    "same command, and the last one's signature executes it.",
    "Nothing is signed that says something else than the board shows; see \"urne order sign\". The "
    "order \"roll\" is signed by the registrar alone.",
    NULL};

const struct urne_command urne_cmd_order_give = {
    .name = "order give",
    .summary = "write, sign and send an order as an official",
    .synopsis = "ACTION [ELECTION] [NAME=VALUE...] --board URL [--from DIR] [--minutes FILE] "
		"[--lang fr|en] [--yes] [--state DIR] [--passphrase-file FILE] [--log-key KEY] "
		"[--ca FILE] KEYFILE...",
    .min_args = 2,
    .max_args = 2 + URNE_ORDER_MAX_ARGS + URNE_MAX_OFFICIALS,
    .options = options,
    .description = description,
    .refusal = "A value is missing, the order says something else than the board shows, this "
	       "official has signed already, or the board refuses the order.",
    .unconfirmed = "No answer came, or the journal does not show the order; look with \"urne order "
		   "list\" and \"urne journal\".",
    .example = "urne order give close --board https://vote.example.org/bb/8GpLcyFqQvDrUn ines.key",
    .run = run_order_give,
};
