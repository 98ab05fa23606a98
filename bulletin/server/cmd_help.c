/* SPDX-License-Identifier: EUPL-1.2 */
/* urne-board help, version and routes: what the tables say. */
#include "base/man.h"
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

static const char *const exits[] = {
    "done",
    "refused because of what was given or what is there",
    "the command line is not right",
    "our own error, or the machine's: input and output, memory",
};
#define NUM_EXITS (sizeof(exits) / sizeof(exits[0]))

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
	urne_buf_puts(out, "\nExit status:\n");
	for (size_t i = 0; i < NUM_EXITS; i++) {
		urne_buf_printf(out, "  %zu  %s\n", i, exits[i]);
	}
	urne_buf_printf(out, "\nExample:\n  %s\n", c->example);
}

static void
put_man_command(struct urne_buf *out, const struct urne_board_command *c)
{
	urne_buf_printf(out, ".SS urne\\-board %s\n", c->name);
	urne_man_line(out, "", c->synopsis);
	urne_buf_puts(out, ".PP\n");
	for (size_t i = 0; c->description[i] != NULL; i++) {
		urne_buf_puts(out, i == 0 ? "" : ".PP\n");
		urne_man_line(out, "", c->description[i]);
	}
	urne_man_options(out, c->options);
	urne_buf_puts(out, ".PP\n.nf\n");
	urne_man_line(out, "", c->example);
	urne_buf_puts(out, ".fi\n");
}

/* put_man: one page for the program. */
static void
put_man(struct urne_buf *out)
{
	urne_buf_puts(out, ".\\\" SPDX-License-Identifier: EUPL-1.2\n"
			   ".\\\" Made by tools/gen-man.sh from the tables in bulletin/server/.\n"
			   ".TH urne\\-board 8 \"\" Urne \"Urne manual\"\n.nh\n.ad l\n.SH NAME\n"
			   "urne\\-board \\- records votes in signed logs that anybody can check\n"
			   ".SH SYNOPSIS\n.B urne\\-board\n.I COMMAND\n[\\fIOPTIONS\\fR]\n"
			   ".SH DESCRIPTION\n");
	urne_man_text(out,
	    "A board takes ballots and the officials' orders over HTTP, checks them, and records "
	    "each election in a log that it signs. A voter gets a receipt that the ballot is in "
	    "it; everybody can fetch the log and check all of it. The board holds no key that "
	    "could open a ballot.\n");
	urne_buf_puts(out, ".SH COMMANDS\n");
	for (size_t i = 0; urne_board_command(i) != NULL; i++) {
		put_man_command(out, urne_board_command(i));
	}
	urne_buf_puts(out, ".SH EXIT STATUS\n");
	for (size_t i = 0; i < NUM_EXITS; i++) {
		urne_buf_printf(out, ".TP\n.B %zu\n", i);
		urne_man_line(out, "", exits[i]);
	}
	urne_buf_puts(out,
	    ".SH FILES\n.TP\n.I board.json\nThe configuration, fixed when the board "
	    "was made.\n.TP\n.I log.key\nThe key that signs the logs. It stays on "
	    "this machine: no copy of it.\n.TP\n.I head.db\nThe last checkpoint signed of each "
	    "log. Never "
	    "restore it from a copy.\n.TP\n.I main.db\nEverything that was "
	    "recorded.\n.TP\n.I public/bb\nWhat is served, which any web server could "
	    "serve.\n.SH SEE ALSO\n.BR urne (1),\n.BR urne\\-verify (1)\n");
}

static enum urne_err
run_help(struct urne_buf *out, struct urne_diag *d, const struct urne_options *options)
{
	const struct urne_board_command *c = NULL;

	if (urne_options_get(options, "man", 0) != NULL) {
		put_man(out);
		return URNE_OK;
	}
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
static const struct urne_option help_options[] = {
    {"man", NULL, "Print the man page of the program as man(7) source.", false},
    {NULL, NULL, NULL, false},
};
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
    .options = help_options,
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
