/* SPDX-License-Identifier: EUPL-1.2 */
/* urne order write: the text of an order, for officials to sign. */
#include "client/cli/commands.h"
#include "client/cli/order_flow.h"

#define NO_TEXT ((struct urne_view){"", 0})

static enum urne_err
write_order(struct urne_order_flow *f)
{
	struct urne_cli *cli = f->cli;
	const char *board = urne_cli_option(cli, "board"),
		   *journal = urne_cli_option(cli, "journal");
	struct urne_view origin = urne_view_of(journal != NULL ? journal : "");
	struct urne_order_words w;
	enum urne_err e = URNE_OK;

	if ((board == NULL) == (journal == NULL)) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "an order is for one journal: give --board URL, or without a network --journal "
		    "HOST/bb/journal");
	}
	if (board != NULL) {
		e = urne_order_board_open(&f->board, cli, board);
		origin = urne_buf_view(&f->board.r.origin);
	}
	if (e == URNE_OK) {
		e = urne_order_words_read(&w, cli, cli->args, cli->num_args,
		    board != NULL ? f->board.given.uuid : NO_TEXT);
	}
	if (e == URNE_OK && w.num_keys > 0) {
		e = urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "%s: is neither NAME=VALUE nor an election; keys come with \"urne order sign\"",
		    w.keys[0]);
	}
	return e == URNE_OK ? urne_order_flow_write(f, &w, origin, board != NULL) : e;
}

static enum urne_err
run_order_write(struct urne_cli *cli)
{
	const char *out = urne_cli_option(cli, "out");
	struct urne_order_flow f;
	enum urne_err e;

	urne_order_flow_init(&f, cli);
	e = write_order(&f);
	if (e == URNE_OK) {
		e = urne_file_create(
		    &cli->diag, out, URNE_FILE_PUBLIC, urne_buf_view(&f.text.text));
	}
	if (e == URNE_OK) {
		const struct urne_hash_hex hex = urne_hash_hex(&f.text.hash);

		urne_cli_say(cli, "%s: order %s; sign it with \"urne order sign %s KEYFILE\"", out,
		    hex.s, out);
		urne_cli_put_string(cli, "order", hex.s);
		urne_cli_put_string(cli, "out", out);
	}
	urne_order_flow_clear(&f);
	return e;
}

static const struct urne_option options[] = {
    {"board", "URL", "The board, https://HOST, or the election's address on it.", false},
    {"journal", "ORIGIN", "Without a network: the journal's name, HOST/bb/journal.", false},
    {"out", "FILE", "The new file.", true},
    URNE_OPTION_FROM,
    URNE_OPTION_MINUTES_FILE,
    URNE_OPTION_STATE,
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Writes the text of an order, which officials then sign, on machines without a network if they "
    "like. Arguments are written NAME=VALUE; docs/journal.md has the table of them. Where a hash "
    "or a key is wanted the name of a file serves too.",
    "What is left out is filled in where it follows from something: \"prepare\", \"roll\" and "
    "\"seal\" from the folder of --from, \"seal\" else from the draft on the board, \"checklist\" "
    "from the log and the journal, \"release\" by combining the partial decryptions after every "
    "ballot was verified, \"certify\" from --minutes.",
    NULL};

const struct urne_command urne_cmd_order_write = {
    .name = "order write",
    .summary = "write an order that officials sign",
    .synopsis = "ACTION [ELECTION] [NAME=VALUE...] (--board URL | --journal ORIGIN) --out FILE "
		"[--from DIR] [--minutes FILE] [--state DIR] [--log-key KEY] [--ca FILE]",
    .min_args = 1,
    .max_args = 2 + URNE_ORDER_MAX_ARGS,
    .options = options,
    .description = description,
    .refusal = "There is no such action or argument, or a value is missing or not in its form.",
    .example = "urne order write extend 8GpLcyFqQvDrUn closes=2026-11-27T20:00:00Z 'reason=Panne "
	       "du réseau' --board https://vote.example.org --out extend.order",
    .run = run_order_write,
};
