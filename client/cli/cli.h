/* SPDX-License-Identifier: EUPL-1.2 */
/* What every subcommand is made of: one table that serves the parser, --help and the man page, and
 * the invocation that a command works on. Results go to stdout, words to people to stderr. */
#ifndef URNE_CLIENT_CLI_CLI_H
#define URNE_CLIENT_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/options.h"
#include "base/program.h"

/* One exit status more than those of every program: sent to a board, which may have taken it. */
#define URNE_EXIT_UNCONFIRMED 4

struct urne_cli;

struct urne_command {
	const char *name; /* one or two words */
	const char *summary;
	const char *synopsis;
	size_t min_args, max_args;
	const struct urne_option *options;
	const char *const *description; /* paragraphs, ends with NULL */
	const char *refusal;		/* what exit status 1 means here */
	const char *unconfirmed;	/* what exit status 4 means here; NULL: it does not occur */
	const char *example;
	enum urne_err (*run)(struct urne_cli *cli);
};

/* One invocation. */
struct urne_cli {
	const struct urne_command *command;
	struct urne_options options;
	const char **args; /* what is no option: those of `options` */
	size_t num_args;
	bool json, help;
	struct urne_buf text;	  /* for stdout, printed when the command succeeded */
	struct urne_buf fields;	  /* the same as fields of a JSON object */
	bool fields_when_refused; /* the fields belong to the answer even when it is no */
	bool unconfirmed;	  /* it failed after something was sent that may stand */
	struct urne_diag diag;	  /* why it failed */
	struct urne_pool *pool;	  /* urne_cli_pool */
};

/* urne_cli_find_command: by one or two words; *used is how many matched. */
const struct urne_command *urne_cli_find_command(
    const char *const *words, size_t num_words, size_t *used);
/* urne_cli_command returns the i-th command, or NULL after the last. */
const struct urne_command *urne_cli_command(size_t i);

/* urne_cli_common_options: those that every command has. */
extern const struct urne_option urne_cli_common_options[];
/* urne_cli_parse fills args and options from the words behind the command. */
enum urne_err urne_cli_parse(
    struct urne_cli *cli, const char *const *words, size_t num_words) URNE_MUST_USE;
/* urne_cli_option: the value of an option ("" for a switch that is there), or NULL. */
const char *urne_cli_option(const struct urne_cli *cli, const char *name);
/* urne_cli_number reads an option's value as a number min..max; absent: *out stays. */
enum urne_err urne_cli_number(struct urne_cli *cli, uint64_t *out, const char *name, uint64_t min,
    uint64_t max) URNE_MUST_USE;

void urne_cli_help(struct urne_buf *out, const struct urne_command *c);
void urne_cli_overview(struct urne_buf *out);
/* Man pages in man(7); c == NULL is the page of the whole program. */
void urne_cli_man(struct urne_buf *out, const struct urne_command *c);

/* urne_cli_pool: threads for what takes long, one for each processor; NULL, the calling thread,
 * without memory for them. */
struct urne_pool *urne_cli_pool(struct urne_cli *cli);

/* urne_cli_note speaks to people, on stderr, at once. */
void urne_cli_note(const char *fmt, ...) URNE_PRINTF(1, 2);
/* urne_cli_say adds a line of the result as text. */
void urne_cli_say(struct urne_cli *cli, const char *fmt, ...) URNE_PRINTF(2, 3);
/* These add a field of the result as JSON; a hash in Base64. */
void urne_cli_put_view(struct urne_cli *cli, const char *key, struct urne_view v);
void urne_cli_put_string(struct urne_cli *cli, const char *key, const char *s);
void urne_cli_put_u64(struct urne_cli *cli, const char *key, uint64_t v);
void urne_cli_put_bool(struct urne_cli *cli, const char *key, bool v);
void urne_cli_put_hash(struct urne_cli *cli, const char *key, const struct urne_hash *h);
void urne_cli_put_raw(struct urne_cli *cli, const char *key, struct urne_view json);

/* The text of a hash, with a NUL. */
struct urne_hash_text {
	char s[URNE_HASH_B64_LEN + 1];
};
struct urne_hash_text urne_cli_hash_text(const struct urne_hash *h);

#endif
