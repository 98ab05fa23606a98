/* SPDX-License-Identifier: EUPL-1.2 */
/* The key itself has plus signs in it, which tells it from the name of a file. */
#include "client/cli/log_key.h"

#include <string.h>

#include "client/cli/workdir.h"

enum urne_err
urne_log_key_option(
    struct urne_cli *cli, struct urne_note_key *out, bool *given, struct urne_buf *text)
{
	const char *value = urne_cli_option(cli, "log-key");
	enum urne_err e = URNE_OK;

	*given = value != NULL;
	if (value == NULL) {
		return URNE_OK;
	}
	if (strchr(value, '+') != NULL) {
		urne_buf_puts(text, value);
		e = urne_buf_error(text);
	} else {
		e = urne_cli_read_line(cli, text, value);
	}
	if (e == URNE_OK) {
		e = urne_note_key_read(out, &cli->diag, urne_buf_view(text));
		if (e != URNE_OK) {
			urne_diag_within(&cli->diag, "--log-key %s: ", value);
		}
	}
	return e;
}
