/* SPDX-License-Identifier: EUPL-1.2 */
/* The program `urne`: a table of commands, and what all of them have in common: no core dumps with
 * secrets in them, one sentence when something is refused, one exit status. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "base/pool.h"
#include "client/cli/commands.h"

/* What a command prints: the counts of the largest election in words. */
#define MAX_OUTPUT ((size_t)256 << 20)

static const struct urne_command *const commands[] = {
    &urne_cmd_definition_check,
    &urne_cmd_definition_show,
    &urne_cmd_new,
    &urne_cmd_credentials,
    &urne_cmd_trustee_key,
    &urne_cmd_trustee_identity,
    &urne_cmd_trustee_join,
    &urne_cmd_trustee_rehearse,
    &urne_cmd_trustee_step,
    &urne_cmd_trustee_add,
    &urne_cmd_ceremony_open,
    &urne_cmd_ceremony_collect,
    &urne_cmd_ceremony_pull,
    &urne_cmd_seal,
    &urne_cmd_vote,
    &urne_cmd_ballot_audit,
    &urne_cmd_receipt_verify,
    &urne_cmd_append,
    &urne_cmd_close,
    &urne_cmd_tally,
    &urne_cmd_decrypt,
    &urne_cmd_result,
    &urne_cmd_outcome,
    &urne_cmd_minutes,
    &urne_cmd_official_key,
    &urne_cmd_certify,
    &urne_cmd_order_write,
    &urne_cmd_order_show,
    &urne_cmd_order_sign,
    &urne_cmd_order_send,
    &urne_cmd_order_list,
    &urne_cmd_order_give,
    &urne_cmd_journal,
    &urne_cmd_board_push,
    &urne_cmd_board_pull,
    &urne_cmd_watch,
    &urne_cmd_key_print,
    &urne_cmd_key_restore,
    &urne_cmd_show,
    &urne_cmd_status,
    &urne_cmd_simulate,
    &urne_cmd_help,
    &urne_cmd_version,
};
#define NUM_COMMANDS (sizeof(commands) / sizeof(commands[0]))

const struct urne_command *
urne_cli_command(size_t i)
{
	return i < NUM_COMMANDS ? commands[i] : NULL;
}

const struct urne_command *
urne_cli_find_command(const char *const *words, size_t num_words, size_t *used)
{
	*used = 0;
	for (size_t i = 0; i < NUM_COMMANDS && num_words > 0; i++) {
		const char *name = commands[i]->name;
		size_t first = strcspn(name, " ");

		if (strlen(words[0]) != first || strncmp(words[0], name, first) != 0) {
			continue;
		}
		if (name[first] == '\0') {
			*used = 1;
			return commands[i];
		}
		if (num_words > 1 && strcmp(words[1], name + first + 1) == 0) {
			*used = 2;
			return commands[i];
		}
	}
	return NULL;
}

static int
exit_of(const struct urne_cli *cli, enum urne_err e)
{
	return e != URNE_OK && cli->unconfirmed ? URNE_EXIT_UNCONFIRMED : urne_program_exit(e);
}

static enum urne_err
print_json(struct urne_cli *cli, enum urne_err e)
{
	struct urne_diag d = {{0}};
	struct urne_buf out;
	enum urne_err printed;

	urne_buf_init(&out, MAX_OUTPUT);
	urne_buf_puts(&out, "{\"command\":");
	urne_buf_put_json_string(&out, urne_view_of(cli->command->name));
	urne_buf_printf(&out, ",\"exit\":%d", exit_of(cli, e));
	if (e == URNE_OK || cli->fields_when_refused) {
		urne_buf_put_view(&out, urne_buf_view(&cli->fields));
	}
	if (e != URNE_OK) {
		urne_buf_puts(&out, ",\"error\":");
		urne_buf_put_json_string(&out, urne_view_of(urne_err_name(e)));
		urne_buf_puts(&out, ",\"message\":");
		urne_buf_put_json_string(&out, urne_view_of(cli->diag.text));
	}
	urne_buf_puts(&out, "}\n");
	printed = urne_program_print(&d, &out);
	if (printed != URNE_OK) {
		urne_cli_note("urne: %s", d.text);
	}
	urne_buf_clear(&out);
	return printed;
}

static enum urne_err
run(struct urne_cli *cli, const char *const *words, size_t num_words)
{
	enum urne_err e = urne_cli_parse(cli, words, num_words);

	if (e == URNE_OK && cli->help) {
		cli->json = false;
		urne_cli_help(&cli->text, cli->command);
	} else if (e == URNE_OK) {
		e = cli->command->run(cli);
	}
	if (e == URNE_OK && urne_buf_error(&cli->fields) != URNE_OK) {
		e = urne_fail(&cli->diag, urne_buf_error(&cli->fields), "no memory for the output");
	}
	if (e == URNE_OK && !cli->json) {
		e = urne_program_print(&cli->diag, &cli->text);
	}
	if (e != URNE_OK) {
		urne_cli_note(
		    "urne: %s", cli->diag.text[0] != '\0' ? cli->diag.text : urne_err_name(e));
	}
	if (cli->json) {
		enum urne_err printed = print_json(cli, e);
		e = e == URNE_OK ? printed : e;
	}
	return e;
}

static int
no_command(int argc, char **argv)
{
	static const struct urne_cli none;
	struct urne_diag d = {{0}};
	struct urne_buf out;
	enum urne_err e = URNE_OK;
	bool asked = argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0);

	if (argc > 1 && !asked) {
		urne_cli_note("urne: %s%s%s: no such command, \"urne help\" lists them", argv[1],
		    argc > 2 && argv[2][0] != '-' ? " " : "",
		    argc > 2 && argv[2][0] != '-' ? argv[2] : "");
		return URNE_EXIT_USAGE;
	}
	urne_buf_init(&out, MAX_OUTPUT);
	urne_cli_overview(&out);
	if (asked) {
		e = urne_program_print(&d, &out);
	} else {
		(void)fwrite(out.data, 1, out.len, stderr);
		e = URNE_ERR_USAGE;
	}
	if (e == URNE_ERR_IO) {
		urne_cli_note("urne: %s", d.text);
	}
	urne_buf_clear(&out);
	return exit_of(&none, e);
}

int
main(int argc, char **argv)
{
	static const char *const version[] = {"version"};
	struct urne_cli cli = {0};
	size_t used = 0, num_words = argc > 1 ? (size_t)argc - 1 : 0;
	const char **words = calloc(num_words + 1, sizeof(*words));
	enum urne_err e;

	urne_program_protect();
	/* a closed pipe or a full disk is an error that we report */
	(void)signal(SIGPIPE, SIG_IGN);
	(void)umask(022);
	cli.args = calloc(num_words + 1, sizeof(*cli.args));
	if (words == NULL || cli.args == NULL) {
		free(words);
		free(cli.args);
		return URNE_EXIT_OURS;
	}
	for (size_t i = 0; i < num_words; i++) {
		words[i] = argv[i + 1];
	}
	if (num_words == 1 && strcmp(words[0], "--version") == 0) {
		words[0] = version[0];
	}
	cli.command = urne_cli_find_command(words, num_words, &used);
	if (cli.command == NULL) {
		free(words);
		free(cli.args);
		return no_command(argc, argv);
	}
	urne_buf_init(&cli.text, MAX_OUTPUT);
	urne_buf_init(&cli.fields, MAX_OUTPUT);
	e = run(&cli, words + used, num_words - used);
	urne_pool_free(cli.pool);
	urne_buf_clear(&cli.text);
	urne_buf_clear(&cli.fields);
	free(words);
	free(cli.args);
	return exit_of(&cli, e);
}
