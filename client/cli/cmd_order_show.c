/* SPDX-License-Identifier: EUPL-1.2 */
/* urne order show: an order in words, with the data that it is about. */
#include "client/cli/commands.h"
#include "client/cli/decided.h"
#include "client/cli/order_flow.h"

/* find: the waiting order that the argument means, by its hash or by the text in a file. */
static enum urne_err
find(struct urne_order_flow *f, struct urne_order_file *file, struct urne_order_subject *s)
{
	const char *word = f->cli->args[0], *board = urne_cli_option(f->cli, "board");
	const struct urne_waiting_order *w = NULL;
	enum urne_err e = URNE_OK;

	if (board != NULL) {
		e = urne_order_board_open(&f->board, f->cli, board);
	}
	if (e == URNE_OK && (board == NULL || urne_file_exists(word))) {
		e = urne_order_file_read(file, f->cli, word);
		*s = (struct urne_order_subject){&file->order, &file->note, file->hash, NULL};
		return e;
	}
	if (e == URNE_OK) {
		e = urne_order_board_find(&f->board, &w, urne_view_of(word));
	}
	if (e == URNE_OK) {
		*s = (struct urne_order_subject){&w->order, &w->lines, w->hash, w};
	}
	return e;
}

static enum urne_err
show(struct urne_order_flow *f, const struct urne_order_subject *s)
{
	struct urne_view names[URNE_MAX_OFFICIALS];
	bool has_board = urne_cli_option(f->cli, "board") != NULL, html = false;
	struct urne_order_facts facts = urne_order_facts_of(s, has_board ? &f->board : NULL, names);
	const struct urne_hash_hex hex = urne_hash_hex(&s->hash);
	bool has_known = has_board && s->order->action == URNE_ACTION_SEAL && !facts.executed;
	struct urne_buf out;
	enum urne_err e = urne_format_wanted(f->cli, &html);

	if (e == URNE_OK && has_known) {
		e = urne_order_flow_check(f, s->order, true);
	}
	urne_buf_init(&out, URNE_MAX_DOCUMENT);
	if (e == URNE_OK) {
		e = urne_order_show(f->cli, &out, &facts, has_known ? &f->known : NULL, html);
	}
	if (e == URNE_OK) {
		e = urne_cli_deliver(f->cli, &out, "document");
	}
	if (e == URNE_OK && s->waiting != NULL && s->waiting->refused.len > 0) {
		urne_cli_say(f->cli, "It cannot come now: %.*s", (int)s->waiting->refused.len,
		    s->waiting->refused.p);
	}
	urne_cli_put_string(f->cli, "order", hex.s);
	urne_cli_put_string(f->cli, "action", urne_action_form(s->order->action)->name);
	urne_cli_put_view(f->cli, "election", s->order->election);
	urne_cli_put_bool(f->cli, "executed", facts.executed);
	urne_buf_clear(&out);
	return e;
}

static enum urne_err
run_order_show(struct urne_cli *cli)
{
	struct urne_order_subject s = {.waiting = NULL};
	struct urne_order_file file;
	struct urne_order_flow f;
	enum urne_err e;

	urne_order_flow_init(&f, cli);
	urne_order_file_init(&file);
	e = find(&f, &file, &s);
	if (e == URNE_OK) {
		e = show(&f, &s);
	}
	urne_order_file_clear(&file);
	urne_order_flow_clear(&f);
	return e;
}

static const struct urne_option options[] = {
    {"board", "URL", "The board, https://HOST: who signed, and what the order is about.", false},
    URNE_OPTION_LANG_OF_ORDERS,
    URNE_OPTION_FORMAT,
    {"out", "FILE", "Write a new file instead of standard output.", false},
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Says what an order does, with every hash in groups of four digits, as people compare them by "
    "telephone. The order is a file, or one that waits at the board: the first eight digits of its "
    "hash name it.",
    "With --board it also says who has signed, by the keys that the journal names, and how many "
    "signatures are missing. An order \"seal\" is shown with everything that is sealed, fetched "
    "from the board and checked here: the hashes, the trustees, and the whole vote definition.",
    NULL};

const struct urne_command urne_cmd_order_show = {
    .name = "order show",
    .summary = "say an order in words",
    .synopsis = "FILE|HASH [--board URL] [--lang fr|en] [--format text|html] [--out FILE] "
		"[--log-key KEY] [--ca FILE]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "It is no order, no such order waits, or what it seals is not what the board shows.",
    .example = "urne order show 1f0c29ab --board https://vote.example.org --lang en",
    .run = run_order_show,
};
