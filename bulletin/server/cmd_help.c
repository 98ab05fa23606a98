/* SPDX-License-Identifier: EUPL-1.2 */
/* urne-board help, version and routes: what the tables say. */
#include "bulletin/server/commands.h"
#include "bulletin/server/routes.h"

#ifndef URNE_VERSION
#define URNE_VERSION "unreleased"
#endif

static void
put_overview(struct urne_buf *out)
{
	urne_buf_puts(out, "urne-board: records votes in signed logs that anybody can check\n\n"
			   "Usage: urne-board COMMAND [OPTIONS]\n\nCommands:\n");
	for (size_t i = 0; urne_board_command(i) != NULL; i++) {
		const struct urne_board_command *c = urne_board_command(i);

		urne_buf_printf(out, "  %-8s %s\n", c->name, c->summary);
	}
	urne_buf_puts(out, "\n\"urne-board COMMAND --help\" explains one of them.\n");
}

static void
put_command(struct urne_buf *out, const struct urne_board_command *c)
{
	urne_buf_printf(out, "urne-board %s: %s\n\nUsage: urne-board %s %s\n", c->name, c->summary,
	    c->name, c->synopsis);
	for (size_t i = 0; c->description[i] != NULL; i++) {
		urne_buf_putc(out, '\n');
		urne_put_wrapped(out, c->description[i]);
	}
	if (c->options[0].name != NULL) {
		urne_buf_puts(out, "\nOptions:\n");
		urne_put_options(out, c->options);
	}
	urne_buf_printf(out,
	    "\nExit status:\n  0  done\n  1  refused because of what was given or what is there\n"
	    "  2  the command line is not right\n  3  our own error, or the machine's\n"
	    "\nExample:\n  %s\n",
	    c->example);
}

static enum urne_err
run_help(struct urne_buf *out, struct urne_diag *d, const struct urne_options *options)
{
	const struct urne_board_command *c = NULL;

	if (options->num_args == 0) {
		put_overview(out);
		return URNE_OK;
	}
	c = urne_board_command_find(options->args[0]);
	if (c == NULL) {
		return urne_fail(d, URNE_ERR_USAGE,
		    "%s: no such command, \"urne-board help\" lists them", options->args[0]);
	}
	put_command(out, c);
	return URNE_OK;
}

static enum urne_err
run_version(struct urne_buf *out, struct urne_diag *d, const struct urne_options *options)
{
	(void)d;
	(void)options;
	urne_buf_puts(out, "urne-board " URNE_VERSION "\n");
	return URNE_OK;
}

static enum urne_err
run_routes(struct urne_buf *out, struct urne_diag *d, const struct urne_options *options)
{
	bool problems = urne_options_get(options, "problems", 0) != NULL;

	(void)d;
	for (size_t i = 0; !problems && urne_route(i) != NULL; i++) {
		urne_buf_printf(out, "%s %s\n", urne_route(i)->method, urne_route(i)->pattern);
	}
	for (int i = URNE_PROBLEM_NONE + 1; problems && i < URNE_NUM_PROBLEMS; i++) {
		urne_buf_printf(out, "%u %s\n", urne_problem_status((enum urne_problem)i),
		    urne_problem_type((enum urne_problem)i));
	}
	return URNE_OK;
}

static const struct urne_option no_options[] = {{NULL, NULL, NULL, false}};
static const struct urne_option route_options[] = {
    {"problems", NULL, "Print status and type of every problem instead.", false},
    {NULL, NULL, NULL, false},
};

static const char *const about_help[] = {"Lists the commands, or explains one of them.", NULL};
static const char *const about_version[] = {"Prints the version of this program.", NULL};
static const char *const about_routes[] = {
    "Prints method and path of everything that can be asked of the board, a line each; "
    "docs/openapi.json describes them.",
    NULL};

const struct urne_board_command urne_board_cmd_help = {
    .name = "help",
    .summary = "explain a command",
    .synopsis = "[COMMAND]",
    .options = no_options,
    .description = about_help,
    .example = "urne-board help run",
    .run = run_help,
};

const struct urne_board_command urne_board_cmd_version = {
    .name = "version",
    .summary = "say which version this is",
    .synopsis = "",
    .options = no_options,
    .description = about_version,
    .example = "urne-board version",
    .run = run_version,
};

const struct urne_board_command urne_board_cmd_routes = {
    .name = "routes",
    .summary = "list what can be asked of the board",
    .synopsis = "[--problems]",
    .options = route_options,
    .description = about_routes,
    .example = "urne-board routes",
    .run = run_routes,
};
