/* SPDX-License-Identifier: EUPL-1.2 */
/* The command of --alarm: a program, no shell, so that nothing that a board says is ever read as a
 * command. One that hangs must not keep us from watching. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "client/cli/watch.h"

/* What an e-mail or a message takes, and a slow network. */
#define COMMAND_SECONDS 20
#define PAUSE_MS	50

/* Its own group, so that what it starts ends with it; our SIGPIPE is not its. */
static int
set_up(posix_spawnattr_t *attr, posix_spawn_file_actions_t *actions)
{
	sigset_t pipe;
	int err;

	(void)sigemptyset(&pipe);
	(void)sigaddset(&pipe, SIGPIPE);
	err = posix_spawnattr_setsigdefault(attr, &pipe);
	if (err == 0) {
		err = posix_spawnattr_setpgroup(attr, 0);
	}
	if (err == 0) {
		err = posix_spawnattr_setflags(
		    attr, (short)(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF));
	}
	if (err == 0) {
		err = posix_spawn_file_actions_addopen(
		    actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	}
	/* our standard output is lines for programs */
	return err == 0 ? posix_spawn_file_actions_adddup2(actions, STDERR_FILENO, STDOUT_FILENO)
			: err;
}

static int
start(pid_t *pid, char *const *argv)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	int err = posix_spawnattr_init(&attr);

	if (err != 0) {
		return err;
	}
	err = posix_spawn_file_actions_init(&actions);
	if (err == 0) {
		err = set_up(&attr, &actions);
		err = err == 0 ? posix_spawnp(pid, argv[0], &actions, &attr, argv, environ) : err;
		(void)posix_spawn_file_actions_destroy(&actions);
	}
	(void)posix_spawnattr_destroy(&attr);
	return err;
}

/* ended waits as long as is given; false: it still runs. */
static bool
ended(pid_t pid, int *status)
{
	static const struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000L};

	for (int i = 0; i < COMMAND_SECONDS * 1000 / PAUSE_MS; i++) {
		pid_t done = waitpid(pid, status, WNOHANG);

		if (done != 0 && !(done < 0 && errno == EINTR)) {
			return true;
		}
		(void)nanosleep(&pause, NULL);
	}
	return false;
}

void
urne_watch_run(const char *program, const char *name, const char *sentence, const char *folder)
{
	/* posix_spawn takes char *const[] but does not write to the strings */
	union {
		const char *in;
		char *out;
	} words[] = {{program}, {name}, {sentence}, {folder}};
	char *argv[] = {words[0].out, words[1].out, words[2].out, words[3].out, NULL};
	pid_t pid = 0;
	int status = 0, err = start(&pid, argv);

	if (err != 0) {
		urne_cli_note("urne: note: --alarm %s: cannot be run: %s", program, strerror(err));
		return;
	}
	if (!ended(pid, &status)) {
		(void)kill(-pid, SIGKILL);
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
		}
		urne_cli_note("urne: note: --alarm %s: did not end within %d s and was killed",
		    program, COMMAND_SECONDS);
	} else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		urne_cli_note("urne: note: --alarm %s: did not do its work", program);
	}
}
