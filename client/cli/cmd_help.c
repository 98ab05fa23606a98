/* SPDX-License-Identifier: EUPL-1.2 */
/* urne help: the list of commands, the help of one, or a man page for tools/gen-man.sh. */
#include <string.h>

#include "client/cli/commands.h"

/* "trustee-key" as in the name of a man page, or the words themselves. */
static const struct urne_command *
find(const struct urne_cli *cli, const char *page)
{
	size_t used = 0;

	if (page == NULL) {
		const struct urne_command *c =
		    urne_cli_find_command(cli->args, cli->num_args, &used);
		return used == cli->num_args ? c : NULL;
	}
	for (size_t i = 0; urne_cli_command(i) != NULL; i++) {
		const struct urne_command *c = urne_cli_command(i);
		size_t j = 0;
		while (c->name[j] != '\0' && page[j] == (c->name[j] == ' ' ? '-' : c->name[j])) {
			j++;
		}
		if (c->name[j] == '\0' && page[j] == '\0') {
			return c;
		}
	}
	return NULL;
}

static enum urne_err
list_pages(struct urne_cli *cli)
{
	for (size_t i = 0; urne_cli_command(i) != NULL; i++) {
		const char *name = urne_cli_command(i)->name;
		for (; *name != '\0'; name++) {
			urne_buf_putc(&cli->text, *name == ' ' ? '-' : *name);
		}
		urne_buf_putc(&cli->text, '\n');
	}
	return URNE_OK;
}

static enum urne_err
run_help(struct urne_cli *cli)
{
	const char *page = urne_cli_option(cli, "man");
	const struct urne_command *c = NULL;

	if (page != NULL && strcmp(page, "list") == 0) {
		return list_pages(cli);
	}
	if (page != NULL && strcmp(page, "urne") == 0) {
		urne_cli_man(&cli->text, NULL);
	} else if (page == NULL && cli->num_args == 0) {
		urne_cli_overview(&cli->text);
	} else if ((c = find(cli, page)) == NULL) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "%s: no such command, \"urne help\" lists them",
		    page != NULL ? page : cli->args[0]);
	} else if (page != NULL) {
		urne_cli_man(&cli->text, c);
	} else {
		urne_cli_help(&cli->text, c);
	}
	urne_cli_put_view(cli, "text", urne_buf_view(&cli->text));
	return URNE_OK;
}

static const struct urne_option options[] = {
    {"man", "NAME", "Print the man page of a command (\"urne\": of the program) as man(7) source.",
	false},
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Lists the commands in the order of an election, or explains one of them.", NULL};

const struct urne_command urne_cmd_help = {
    .name = "help",
    .summary = "explain a command",
    .synopsis = "[COMMAND]",
    .min_args = 0,
    .max_args = 2,
    .options = options,
    .description = description,
    .refusal = "Never.",
    .example = "urne help trustee key",
    .run = run_help,
};
