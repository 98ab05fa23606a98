/* SPDX-License-Identifier: EUPL-1.2 */
/* Lines are read byte by byte, so that no buffer of the library keeps a copy. */
#include "client/cli/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int stops[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
#define NUM_STOPS (sizeof(stops) / sizeof(stops[0]))

/* Only there so that read() returns: the terminal must get its echo back first. */
static void
on_stop(int sig)
{
	(void)sig;
}

bool
urne_terminal_is_there(void)
{
	return isatty(STDIN_FILENO) != 0;
}

int
urne_terminal_open(void)
{
	return urne_terminal_is_there() ? open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY) : -1;
}

bool
urne_terminal_put(int tty, struct urne_view text)
{
	while (text.len > 0) {
		ssize_t n = write(tty, text.p, text.len);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return false;
		}
		text.p += n;
		text.len -= (size_t)n;
	}
	return true;
}

static bool
ask(int tty, struct urne_buf *out, struct urne_view prompt)
{
	char c = '\0';
	ssize_t n = urne_terminal_put(tty, prompt) ? 1 : 0;

	while (n == 1 && (n = read(tty, &c, 1)) == 1 && c != '\n') {
		urne_buf_putc(out, c);
	}
	return n == 1;
}

/* ask_hidden asks with the echo off and puts the terminal back whatever happens. The echo goes
 * first: what is typed once the prompt is there is neither shown nor lost. */
static bool
ask_hidden(int tty, struct urne_buf *out, struct urne_view prompt)
{
	struct sigaction ours, before[NUM_STOPS];
	struct termios old, hidden;
	bool there;

	if (tcgetattr(tty, &old) != 0) {
		return false;
	}
	memset(&ours, 0, sizeof(ours));
	ours.sa_handler = on_stop;
	for (size_t i = 0; i < NUM_STOPS; i++) {
		(void)sigaction(stops[i], &ours, &before[i]);
	}
	hidden = old;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	hidden.c_lflag |= ECHONL;
	(void)tcsetattr(tty, TCSAFLUSH, &hidden);
	there = ask(tty, out, prompt);
	(void)tcsetattr(tty, TCSAFLUSH, &old);
	for (size_t i = 0; i < NUM_STOPS; i++) {
		(void)sigaction(stops[i], &before[i], NULL);
	}
	return there;
}

static bool
ask_erased(int tty, struct urne_buf *out, struct urne_view prompt)
{
	static const char up_and_erase[] = "\x1b[A\x1b[2K";

	return ask(tty, out, prompt) && urne_terminal_put(tty, urne_view_of(up_and_erase));
}

bool
urne_terminal_ask(int tty, struct urne_buf *out, struct urne_view prompt, enum urne_typing typing)
{
	static bool (*const by_typing[])(int, struct urne_buf *, struct urne_view) = {
	    [URNE_TYPING_SHOWN] = ask,
	    [URNE_TYPING_HIDDEN] = ask_hidden,
	    [URNE_TYPING_ERASED] = ask_erased,
	};

	return by_typing[typing](tty, out, prompt);
}
