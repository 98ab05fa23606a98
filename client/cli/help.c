/* SPDX-License-Identifier: EUPL-1.2 */
/* Help texts and man pages, both made from the table of a command. */
#include <string.h>

#include "base/man.h"
#include "client/cli/cli.h"

static const char *const exits[] = {
    [URNE_EXIT_DONE] = "done",
    [URNE_EXIT_REFUSED] = "refused because of what was given; nothing was changed",
    [URNE_EXIT_USAGE] = "the command line is not right",
    [URNE_EXIT_OURS] = "our own error, or the machine's: input and output, memory",
    [URNE_EXIT_UNCONFIRMED] = "sent to the board, which may have taken it",
};

/* What exit status i means for one command; NULL: nothing beyond the line itself. */
static const char *
exit_meaning(const struct urne_command *c, size_t i)
{
	return i == URNE_EXIT_REFUSED	    ? c->refusal
	       : i == URNE_EXIT_UNCONFIRMED ? c->unconfirmed
					    : NULL;
}

/* Only what sends something can be left without an answer. */
static bool
exit_occurs(const struct urne_command *c, size_t i)
{
	return i != URNE_EXIT_UNCONFIRMED || c->unconfirmed != NULL;
}

void
urne_cli_help(struct urne_buf *out, const struct urne_command *c)
{
	urne_buf_printf(
	    out, "urne %s: %s\n\nUsage: urne %s %s\n", c->name, c->summary, c->name, c->synopsis);
	for (size_t i = 0; c->description[i] != NULL; i++) {
		urne_buf_putc(out, '\n');
		urne_put_wrapped(out, c->description[i]);
	}
	urne_buf_puts(out, "\nOptions:\n");
	urne_put_options(out, c->options);
	urne_put_options(out, urne_cli_common_options);
	urne_buf_puts(out, "\nExit status:\n");
	for (size_t i = 0; i < sizeof(exits) / sizeof(exits[0]); i++) {
		if (exit_occurs(c, i)) {
			urne_buf_printf(out, "  %zu  %s\n", i, exits[i]);
		}
		if (exit_meaning(c, i) != NULL) {
			urne_put_wrapped(out, exit_meaning(c, i));
		}
	}
	urne_buf_printf(out, "\nExample:\n  %s\n", c->example);
}

void
urne_cli_overview(struct urne_buf *out)
{
	urne_buf_puts(out, "urne: verifiable votes on lists and programmes\n\n"
			   "Usage: urne COMMAND [ARGUMENTS] [--json] [--help]\n\n"
			   "Commands, in the order of an election:\n");
	for (size_t i = 0; urne_cli_command(i) != NULL; i++) {
		const struct urne_command *c = urne_cli_command(i);
		urne_buf_printf(out, "  %-17s %s\n", c->name, c->summary);
	}
	urne_buf_puts(out, "\n\"urne COMMAND --help\" explains one of them. \"urne status DIR\" "
			   "says what comes next.\n");
}

/* --- man(7) --- */

/* "trustee key" is the page urne-trustee-key. */
static void
man_page_name(struct urne_buf *out, const char *command)
{
	urne_buf_puts(out, "urne\\-");
	for (; *command != '\0'; command++) {
		urne_buf_puts(out, *command == ' ' ? "\\-" : "");
		if (*command != ' ') {
			urne_buf_putc(out, *command);
		}
	}
}

static void
man_head(struct urne_buf *out, const char *command, const char *summary)
{
	urne_buf_puts(out, ".\\\" SPDX-License-Identifier: EUPL-1.2\n"
			   ".\\\" Made by tools/gen-man.sh from the tables in client/cli/.\n.TH ");
	if (command == NULL) {
		urne_buf_puts(out, "urne");
	} else {
		man_page_name(out, command);
	}
	urne_buf_puts(out, " 1 \"\" Urne \"Urne manual\"\n.nh\n.ad l\n.SH NAME\n");
	if (command == NULL) {
		urne_buf_puts(out, "urne");
	} else {
		man_page_name(out, command);
	}
	urne_buf_puts(out, " \\- ");
	urne_man_line(out, "", summary);
}

/* c == NULL: of the whole program. */
static void
man_exits(struct urne_buf *out, const struct urne_command *c)
{
	urne_buf_puts(out, ".SH EXIT STATUS\n");
	for (size_t i = 0; i < sizeof(exits) / sizeof(exits[0]); i++) {
		if (c != NULL && !exit_occurs(c, i)) {
			continue;
		}
		urne_buf_printf(out, ".TP\n.B %zu\n", i);
		urne_man_text(out, exits[i]);
		urne_buf_puts(out, ".\n");
		if (c != NULL && exit_meaning(c, i) != NULL) {
			urne_man_text(out, exit_meaning(c, i));
			urne_buf_putc(out, '\n');
		}
	}
}

static void
man_program(struct urne_buf *out)
{
	man_head(out, NULL, "verifiable votes on lists and programmes");
	urne_buf_puts(out, ".SH SYNOPSIS\n.B urne\n.I COMMAND\n[\\fIARGUMENTS\\fR] "
			   "[\\-\\-json] [\\-\\-help]\n.SH DESCRIPTION\n");
	urne_man_text(out,
	    "Urne runs an election of which everybody can check the whole record. One "
	    "directory holds one election; \"urne status DIR\" says where it stands and "
	    "what comes next, for whom, with the exact command. Messages to people go "
	    "to standard error, results to standard output. Secret files are made with "
	    "mode 0600, and no file is ever overwritten.\n");
	urne_buf_puts(out, ".SH COMMANDS\n");
	for (size_t i = 0; urne_cli_command(i) != NULL; i++) {
		const struct urne_command *c = urne_cli_command(i);
		urne_buf_puts(out, ".TP\n.BR ");
		man_page_name(out, c->name);
		urne_buf_puts(out, " (1)\n");
		urne_man_line(out, "", c->summary);
	}
	man_exits(out, NULL);
	urne_buf_puts(out, ".SH SEE ALSO\n.BR urne\\-verify (1)\n");
}

void
urne_cli_man(struct urne_buf *out, const struct urne_command *c)
{
	if (c == NULL) {
		man_program(out);
		return;
	}
	man_head(out, c->name, c->summary);
	urne_buf_puts(out, ".SH SYNOPSIS\n.B urne ");
	urne_buf_printf(out, "%s\n", c->name);
	urne_man_line(out, "", c->synopsis);
	urne_buf_puts(out, ".SH DESCRIPTION\n");
	for (size_t i = 0; c->description[i] != NULL; i++) {
		urne_buf_puts(out, i == 0 ? "" : ".PP\n");
		urne_man_line(out, "", c->description[i]);
	}
	urne_buf_puts(out, ".SH OPTIONS\n");
	urne_man_options(out, c->options);
	urne_man_options(out, urne_cli_common_options);
	man_exits(out, c);
	urne_buf_puts(out, ".SH EXAMPLE\n.nf\n");
	urne_man_line(out, "", c->example);
	urne_buf_puts(out, ".fi\n.SH SEE ALSO\n.BR urne (1),\n.BR urne\\-verify (1)\n");
}
