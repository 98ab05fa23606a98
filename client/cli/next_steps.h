/* SPDX-License-Identifier: EUPL-1.2 */
/* What comes next in an election: for whom, what, and the exact command. */
#ifndef URNE_CLIENT_CLI_NEXT_STEPS_H
#define URNE_CLIENT_CLI_NEXT_STEPS_H

#include "client/cli/cli.h"

struct urne_next_steps {
	struct urne_cli *cli;
	struct urne_buf json;
	size_t num;
};

void urne_next_steps_init(struct urne_next_steps *s, struct urne_cli *cli);
/* urne_next_stage begins the list; `name` is the stage for programs. */
void urne_next_stage(struct urne_next_steps *s, const char *name);
/* urne_next_step adds one step; fmt is its command. */
void urne_next_step(struct urne_next_steps *s, const char *who, const char *what, const char *fmt,
    ...) URNE_PRINTF(4, 5);
/* urne_next_steps_end puts the list into the result unless e is an error; returns e, or why not. */
enum urne_err urne_next_steps_end(struct urne_next_steps *s, enum urne_err e) URNE_MUST_USE;

#endif
