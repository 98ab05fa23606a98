/* SPDX-License-Identifier: EUPL-1.2 */
/* urne order list: what waits for signatures at a board, in words. */
#include "client/cli/commands.h"
#include "client/cli/order_waiting.h"

static enum urne_err
run_order_list(struct urne_cli *cli)
{
	struct urne_order_board board;
	enum urne_err e = urne_order_board_open(&board, cli, urne_cli_option(cli, "board"));

	if (e == URNE_OK) {
		e = urne_order_waiting_say(&board, (struct urne_view){"", 0});
	}
	urne_order_board_close(&board);
	return e;
}

static const struct urne_option options[] = {
    {"board", "URL", "The board, https://HOST.", true},
    URNE_OPTION_LANG_OF_ORDERS,
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Lists the orders that wait for signatures: what each does, who has signed, how many are "
    "missing, and the command with which the next official signs. Signatures are verified here, "
    "with the keys that the journal names.",
    NULL};

const struct urne_command urne_cmd_order_list = {
    .name = "order list",
    .summary = "list the orders that wait for signatures",
    .synopsis = "--board URL [--lang fr|en] [--log-key KEY] [--ca FILE]",
    .options = options,
    .description = description,
    .refusal = "The board has no journal, or what it shows is not what it has signed.",
    .example = "urne order list --board https://vote.example.org",
    .run = run_order_list,
};
