/* SPDX-License-Identifier: EUPL-1.2 */
/* The roll: one member per line, `identifier[,weight]`. */
#ifndef URNE_CLIENT_CLI_ROLL_H
#define URNE_CLIENT_CLI_ROLL_H

#include "base/arena.h"
#include "client/cli/cli.h"

struct urne_roll {
	struct urne_view *ids; /* borrow from the text */
	uint64_t *weights;
	size_t num;
	bool weighted; /* a weight is written somewhere; then those without have 1 */
};

/* urne_roll_read reads a roll; errors name the line. `strict`: no white space in identifiers. */
enum urne_err urne_roll_read(struct urne_roll *out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view text, bool strict) URNE_MUST_USE;
/* urne_roll_count makes a roll of members 1..num. */
enum urne_err urne_roll_count(
    struct urne_roll *out, struct urne_arena *arena, size_t num) URNE_MUST_USE;

#endif
