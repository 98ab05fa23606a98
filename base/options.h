/* SPDX-License-Identifier: EUPL-1.2 */
/* The command line of a program with subcommands, read by a table: --name VALUE, --name=VALUE,
 * --switch, words. Every refusal is one sentence that says what to write. */
#ifndef URNE_BASE_OPTIONS_H
#define URNE_BASE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct urne_option {
	const char *name; /* without dashes; NULL ends the table */
	const char *arg;  /* name of its value; "FILE..." may be given again; NULL for a switch */
	const char *help;
	bool required;
};

/* What may be written. */
struct urne_usage {
	const char *program, *command; /* "urne", "trustee key" */
	const char *synopsis;
	size_t min_args, max_args;
	const struct urne_option *options;
	const struct urne_option *common; /* that all commands of the program have; or NULL */
};

/* More than any command has, with an option given again for every official there may be. */
#define URNE_MAX_OPTION_VALUES ((size_t)64)

/* What was written. */
struct urne_options {
	const char **args; /* what is no option; room for all words, of the caller */
	size_t num_args;
	struct {
		const struct urne_option *option;
		const char *value; /* "" for a switch */
	} values[URNE_MAX_OPTION_VALUES];
	size_t num_values;
};

/* urne_options_parse reads the words behind the command. Whether everything required is there is
 * not asked when the switch "help" was given. URNE_ERR_USAGE. */
enum urne_err urne_options_parse(struct urne_options *out, struct urne_diag *d,
    const struct urne_usage *usage, const char *const *words, size_t num_words) URNE_MUST_USE;
/* urne_options_get: the value of an option ("" for a switch that is there), or NULL; `nth` counts
 * from 0 where it may be given again. */
const char *urne_options_get(const struct urne_options *o, const char *name, size_t nth);
/* urne_options_number reads an option's value as a number min..max; absent: *out stays. */
enum urne_err urne_options_number(const struct urne_options *o, uint64_t *out, struct urne_diag *d,
    const char *name, uint64_t min, uint64_t max) URNE_MUST_USE;

/* urne_put_wrapped appends text as an indented paragraph, urne_put_options the help of a table. */
void urne_put_wrapped(struct urne_buf *out, const char *text);
void urne_put_options(struct urne_buf *out, const struct urne_option *o);

#endif
