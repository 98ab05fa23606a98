/* SPDX-License-Identifier: EUPL-1.2 */
/* What follows from a result: the counts in the archive, what the officials declared, and the
 * outcome of both under the definition's rules. */
#ifndef URNE_CLIENT_CLI_DECIDED_H
#define URNE_CLIENT_CLI_DECIDED_H

#include "client/cli/state.h"
#include "documents/declared.h"
#include "documents/outcome_documents.h"

struct urne_decided {
	struct urne_buf declared_text; /* the declaration borrows from it */
	struct urne_declared declared;
	struct urne_result result;
	struct urne_outcome outcome;
	struct urne_outcome_heading heading;
};

/* urne_decided_make computes the outcome of a finished election, in s->arena. declared: the file of
 * that name, or when NULL the one beside the archive, UUID.declared.json, if it is there. Clear
 * always. */
enum urne_err urne_decided_make(
    struct urne_decided *out, struct urne_state *s, const char *declared) URNE_MUST_USE;
void urne_decided_clear(struct urne_decided *d);

/* urne_decided_page composes the page of the outcome in s->arena. */
enum urne_err urne_decided_page(struct urne_page *p, const struct urne_decided *d,
    struct urne_state *s, struct urne_reader r) URNE_MUST_USE;

/* urne_definition_page composes the vote as members read it, in arena. */
enum urne_err urne_definition_page(struct urne_page *p, struct urne_arena *arena,
    struct urne_reader r, const struct urne_definition *v) URNE_MUST_USE;

/* How wide pages are on a terminal, in characters. */
#define URNE_TERMINAL_COLUMNS ((size_t)96)

/* urne_reader_wanted: the reader that --lang asks for; a language the definition has not: usage. */
enum urne_err urne_reader_wanted(
    struct urne_cli *cli, struct urne_reader *out, const struct urne_definition *v) URNE_MUST_USE;

/* urne_cli_deliver puts a finished text where it belongs: a new file with --out, else stdout. The
 * text's own error is reported; with --json the file's name or the text goes to the field `key`. */
enum urne_err urne_cli_deliver(
    struct urne_cli *cli, const struct urne_buf *text, const char *key) URNE_MUST_USE;

#define URNE_OPTION_LANG                                                                           \
	{                                                                                          \
		"lang", "CODE",                                                                    \
		    "The language: fr, en or another one of the definition; its first language "   \
		    "by default.",                                                                 \
		    false                                                                          \
	}
#define URNE_OPTION_DECLARED                                                                       \
	{                                                                                          \
		"declared", "FILE",                                                                \
		    "What the officials declare beside the archive: the value of the draw, "       \
		    "withdrawals, incidents. By default UUID.declared.json beside the archive, "   \
		    "if "                                                                          \
		    "it is there.",                                                                \
		    false                                                                          \
	}

#endif
