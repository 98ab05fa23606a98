/* SPDX-License-Identifier: EUPL-1.2 */
/* The program `urne-board`: a table of commands, one sentence when something is refused, one exit
 * status. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "base/program.h"
#include "bulletin/server/commands.h"

static const struct urne_board_command *const commands[] = {
    &urne_board_cmd_init,
    &urne_board_cmd_run,
    &urne_board_cmd_check,
    &urne_board_cmd_backup,
    &urne_board_cmd_refill,
    &urne_board_cmd_routes,
    &urne_board_cmd_help,
    &urne_board_cmd_version,
};
#define NUM_COMMANDS (sizeof(commands) / sizeof(commands[0]))

const struct urne_board_command *
urne_board_command(size_t i)
{
	return i < NUM_COMMANDS ? commands[i] : NULL;
}

const struct urne_board_command *
urne_board_command_find(const char *name)
{
	for (size_t i = 0; i < NUM_COMMANDS; i++) {
		if (strcmp(commands[i]->name, name) == 0) {
			return commands[i];
		}
	}
	return NULL;
}

/* run_command reads the words behind the command and runs it, or prints its help. */
static enum urne_err
run_command(const struct urne_board_command *c, struct urne_diag *d, struct urne_options *options,
    const char *const *words, size_t num_words)
{
	static const struct urne_option common[] = {
	    {"help", NULL, "Print this help.", false}, {NULL, NULL, NULL, false}};
	size_t max_args = c == &urne_board_cmd_help ? 1 : 0;
	struct urne_usage usage = {
	    "urne-board", c->name, c->synopsis, 0, max_args, c->options, common};
	struct urne_buf out;
	enum urne_err e = urne_options_parse(options, d, &usage, words, num_words), printed;

	urne_buf_init(&out, URNE_MAX_DOCUMENT);
	if (e == URNE_OK && urne_options_get(options, "help", 0) != NULL) {
		options->args[0] = c->name;
		options->num_args = 1;
		c = &urne_board_cmd_help;
	}
	if (e == URNE_OK) {
		struct urne_diag print_diag = {{0}};

		e = c->run(&out, d, options);
		printed = urne_program_print(&print_diag, &out);
		if (e == URNE_OK && printed != URNE_OK) {
			*d = print_diag;
			e = printed;
		}
	}
	urne_buf_clear(&out);
	return e;
}

/* choose takes the command off the words. */
static const struct urne_board_command *
choose(struct urne_diag *d, int argc, char **argv)
{
	const struct urne_board_command *c;

	if (argc < 2) {
		(void)urne_fail(d, URNE_ERR_USAGE, "a command is missing, see \"urne-board help\"");
		return NULL;
	}
	if (strcmp(argv[1], "--version") == 0) {
		return &urne_board_cmd_version;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		return &urne_board_cmd_help;
	}
	c = urne_board_command_find(argv[1]);
	if (c == NULL) {
		(void)urne_fail(d, URNE_ERR_USAGE,
		    "%s: no such command, \"urne-board help\" lists them", argv[1]);
	}
	return c;
}

int
main(int argc, char **argv)
{
	struct urne_options options = {.args = NULL};
	struct urne_diag d = {{0}};
	const struct urne_board_command *c = choose(&d, argc, argv);
	size_t num_words = argc > 2 ? (size_t)argc - 2 : 0;
	const char **words = calloc(2 * num_words + 2, sizeof(*words));
	enum urne_err e = c != NULL ? URNE_OK : URNE_ERR_USAGE;

	urne_program_protect(); /* the log's key will be in memory */
	/* a closed pipe or connection, or a file that may grow no more, is an error that we see
	 * where it happens */
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGXFSZ, SIG_IGN);
	(void)umask(022);
	if (words == NULL) {
		return URNE_EXIT_OURS;
	}
	for (size_t i = 0; i < num_words; i++) {
		words[i] = argv[i + 2];
	}
	options.args = words + num_words;
	if (e == URNE_OK) {
		e = run_command(c, &d, &options, words, num_words);
	}
	if (e != URNE_OK) {
		(void)fprintf(
		    stderr, "urne-board: %s\n", d.text[0] != '\0' ? d.text : urne_err_name(e));
	}
	free(words);
	return urne_program_exit(e);
}
