/* SPDX-License-Identifier: EUPL-1.2 */
/* The command line, read by the table of the command. */
#include <inttypes.h>
#include <string.h>

#include "client/cli/cli.h"

/* find_option: the index in the command's table of --name or --name=value, or SIZE_MAX. */
static size_t
find_option(const struct urne_command *c, const char *name, size_t len)
{
	for (size_t i = 0; c->options[i].name != NULL; i++) {
		if (strlen(c->options[i].name) == len &&
		    strncmp(c->options[i].name, name, len) == 0) {
			return i;
		}
	}
	return SIZE_MAX;
}

static enum urne_err
take_option(struct urne_cli *cli, const char *const *words, size_t num_words, size_t *at)
{
	const char *name = words[*at] + 2;
	const char *equals = strchr(name, '=');
	size_t len = equals != NULL ? (size_t)(equals - name) : strlen(name);
	size_t i = find_option(cli->command, name, len);
	const struct urne_option *o = NULL;

	if (strcmp(name, "json") == 0 || strcmp(name, "help") == 0) {
		*(name[0] == 'j' ? &cli->json : &cli->help) = true;
		return URNE_OK;
	}
	if (i == SIZE_MAX) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "%s: no such option, see \"urne %s --help\"", words[*at], cli->command->name);
	}
	o = &cli->command->options[i];
	if (cli->value[i] != NULL) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "--%s is given twice, one of them has to go", o->name);
	}
	if (o->arg == NULL && equals != NULL) {
		return urne_fail(
		    &cli->diag, URNE_ERR_USAGE, "--%s takes no value, write it alone", o->name);
	}
	if (o->arg == NULL) {
		cli->value[i] = "";
	} else if (equals != NULL) {
		cli->value[i] = equals + 1;
	} else if (*at + 1 < num_words) {
		*at += 1;
		cli->value[i] = words[*at];
	} else {
		return urne_fail(&cli->diag, URNE_ERR_USAGE, "--%s needs a value, write --%s %s",
		    o->name, o->name, o->arg);
	}
	return URNE_OK;
}

static enum urne_err
check_complete(struct urne_cli *cli)
{
	const struct urne_command *c = cli->command;

	if (cli->num_args < c->min_args || cli->num_args > c->max_args) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE, "%s, write: urne %s %s",
		    cli->num_args < c->min_args ? "something is missing"
						: "there are more arguments than it takes",
		    c->name, c->synopsis);
	}
	for (size_t i = 0; c->options[i].name != NULL; i++) {
		if (c->options[i].required && cli->value[i] == NULL) {
			return urne_fail(&cli->diag, URNE_ERR_USAGE,
			    "--%s is missing, write: urne %s %s", c->options[i].name, c->name,
			    c->synopsis);
		}
	}
	return URNE_OK;
}

enum urne_err
urne_cli_parse(struct urne_cli *cli, const char *const *words, size_t num_words)
{
	bool options = true;

	for (size_t i = 0; i < num_words; i++) {
		enum urne_err e = URNE_OK;
		if (options && strcmp(words[i], "--") == 0) {
			options = false;
		} else if (options && strncmp(words[i], "--", 2) == 0) {
			e = take_option(cli, words, num_words, &i);
		} else if (options && words[i][0] == '-' && words[i][1] != '\0') {
			e = urne_fail(&cli->diag, URNE_ERR_USAGE,
			    "%s: no such option, options begin with two dashes", words[i]);
		} else {
			cli->args[cli->num_args++] = words[i];
		}
		if (e != URNE_OK) {
			return e;
		}
	}
	return cli->help ? URNE_OK : check_complete(cli);
}

const char *
urne_cli_option(const struct urne_cli *cli, const char *name)
{
	size_t i = find_option(cli->command, name, strlen(name));

	return i == SIZE_MAX ? NULL : cli->value[i];
}

enum urne_err
urne_cli_number(struct urne_cli *cli, uint64_t *out, const char *name, uint64_t min, uint64_t max)
{
	const char *s = urne_cli_option(cli, name);
	uint64_t v = 0;

	if (s == NULL) {
		return URNE_OK;
	}
	if (urne_decimal_decode(&v, urne_view_of(s), max) != URNE_OK || v < min) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "--%s %s: write a whole number from %" PRIu64 " to %" PRIu64, name, s, min,
		    max);
	}
	*out = v;
	return URNE_OK;
}
