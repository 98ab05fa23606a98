/* SPDX-License-Identifier: EUPL-1.2 */
/* The terminal itself is asked, as for a passphrase: what comes through a pipe confirms nothing. */
#include "client/cli/confirm.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define MAX_LINE ((size_t)64)

static struct urne_view
read_line(int tty, char line[MAX_LINE])
{
	size_t len = 0;
	char c = '\0';

	while (read(tty, &c, 1) == 1 && c != '\n') {
		if (len < MAX_LINE) {
			line[len++] = c;
		}
	}
	return (struct urne_view){line, len};
}

enum urne_err
urne_confirm_or(struct urne_cli *cli, const char *question, const char *instead)
{
	char line[MAX_LINE];
	struct urne_view answer = {"", 0};
	int tty = -1;

	tty = isatty(STDIN_FILENO) ? open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY) : -1;
	if (tty < 0) {
		return urne_fail(&cli->diag, URNE_ERR_ORDER,
		    "there is no terminal to ask for confirmation; read what is said above, and %s",
		    instead);
	}
	if (write(tty, question, strlen(question)) >= 0 && write(tty, " ", 1) >= 0) {
		answer = read_line(tty, line);
	}
	(void)close(tty);
	if (urne_view_is(answer, "oui") || urne_view_is(answer, "yes")) {
		return URNE_OK;
	}
	return urne_fail(&cli->diag, URNE_ERR_ORDER, "not confirmed; nothing was done");
}

enum urne_err
urne_confirm(struct urne_cli *cli, const char *question)
{
	return urne_cli_option(cli, "yes") != NULL ? URNE_OK
						   : urne_confirm_or(cli, question, "say --yes");
}
