/* SPDX-License-Identifier: EUPL-1.2 */
/* The command line, read by the table of the command. */
#include "client/cli/cli.h"

const struct urne_option urne_cli_common_options[] = {
    {"json", NULL, "Print the result as one JSON object on standard output.", false},
    {"help", NULL, "Print this help.", false},
    {NULL, NULL, NULL, false},
};

enum urne_err
urne_cli_parse(struct urne_cli *cli, const char *const *words, size_t num_words)
{
	const struct urne_command *c = cli->command;
	struct urne_usage usage = {"urne", c->name, c->synopsis, c->min_args, c->max_args,
	    c->options, urne_cli_common_options};
	enum urne_err e;

	cli->options.args = cli->args;
	e = urne_options_parse(&cli->options, &cli->diag, &usage, words, num_words);
	cli->num_args = cli->options.num_args;
	cli->json = urne_options_get(&cli->options, "json", 0) != NULL;
	cli->help = urne_options_get(&cli->options, "help", 0) != NULL;
	return e;
}

const char *
urne_cli_option(const struct urne_cli *cli, const char *name)
{
	return urne_options_get(&cli->options, name, 0);
}

enum urne_err
urne_cli_number(struct urne_cli *cli, uint64_t *out, const char *name, uint64_t min, uint64_t max)
{
	return urne_options_number(&cli->options, out, &cli->diag, name, min, max);
}
