/* SPDX-License-Identifier: EUPL-1.2 */
/* urne version: which release this is, and which format it speaks. */
#include "client/cli/commands.h"

#ifndef URNE_VERSION
#define URNE_VERSION "unreleased"
#endif

static enum urne_err
run_version(struct urne_cli *cli)
{
	urne_cli_say(cli, "urne %s, archives of the Belenios protocol version 1", URNE_VERSION);
	urne_cli_put_string(cli, "version", URNE_VERSION);
	urne_cli_put_u64(cli, "protocol", 1);
	return URNE_OK;
}

static const struct urne_option options[] = {{NULL, NULL, NULL, false}};

static const char *const description[] = {
    "Prints the version of this program and of the protocol it speaks.", NULL};

const struct urne_command urne_cmd_version = {
    .name = "version",
    .summary = "say which version this is",
    .synopsis = "",
    .options = options,
    .description = description,
    .refusal = "Never.",
    .example = "urne version",
    .run = run_version,
};
