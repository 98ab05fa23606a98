/* SPDX-License-Identifier: EUPL-1.2 */
/* The person's terminal: one line in, text out. It is /dev/tty and neither standard output nor
 * standard error, which may go to a file: what a member types and reads stays on the screen. */
#ifndef URNE_CLIENT_CLI_TERMINAL_H
#define URNE_CLIENT_CLI_TERMINAL_H

#include "base/buf.h"

/* urne_terminal_is_there: standard input is a terminal. */
bool urne_terminal_is_there(void);
/* urne_terminal_open returns a descriptor to close, or -1. */
int urne_terminal_open(void);
/* urne_terminal_put writes text; false when the terminal is gone. */
bool urne_terminal_put(int tty, struct urne_view text) URNE_MUST_USE;
/* What the screen shows of a line. */
enum urne_typing {
	URNE_TYPING_SHOWN,
	URNE_TYPING_HIDDEN, /* nothing */
	URNE_TYPING_ERASED, /* it is shown while it is typed, and then taken off */
};
/* urne_terminal_ask writes the prompt and appends one line, without its end, to a secret buffer;
 * false at the end of the input, or when a signal stops a hidden one. */
bool urne_terminal_ask(
    int tty, struct urne_buf *out, struct urne_view prompt, enum urne_typing typing) URNE_MUST_USE;

#endif
