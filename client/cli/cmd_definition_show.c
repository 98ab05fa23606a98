/* SPDX-License-Identifier: EUPL-1.2 */
/* urne definition show: the vote as members will read it. */
#include <string.h>

#include "client/cli/commands.h"
#include "client/cli/decided.h"
#include "client/cli/vote_file.h"

#define MEMORY ((size_t)1 << 30)

static enum urne_err
show(struct urne_cli *cli, struct urne_arena *arena, const struct urne_definition *v, bool html)
{
	struct urne_reader r;
	struct urne_page p;
	struct urne_buf out;
	enum urne_err e = urne_reader_wanted(cli, &r, v);

	if (e != URNE_OK) {
		return e;
	}
	urne_buf_init(&out, URNE_MAX_DOCUMENT);
	e = urne_definition_page(&p, arena, r, v);
	if (e == URNE_OK && html) {
		urne_page_render_html(&out, &p);
	} else if (e == URNE_OK) {
		urne_page_render_text(&out, &p, URNE_TERMINAL_COLUMNS);
	}
	if (e == URNE_OK) {
		e = urne_cli_deliver(cli, &out, "document");
	}
	urne_buf_clear(&out);
	return e;
}

static enum urne_err
run_show(struct urne_cli *cli)
{
	const char *format = urne_cli_option(cli, "format");
	bool html = format != NULL && strcmp(format, "html") == 0;
	struct urne_definition v;
	struct urne_arena arena;
	struct urne_buf text;
	enum urne_err e;

	if (format != NULL && !html && strcmp(format, "text") != 0) {
		return urne_fail(
		    &cli->diag, URNE_ERR_USAGE, "--format %s: write text or html", format);
	}
	urne_arena_init(&arena, MEMORY);
	urne_buf_init(&text, URNE_MAX_TEXT_FILE);
	e = urne_vote_file_check(cli, &v, &text, &arena, cli->args[0]);
	if (e == URNE_OK) {
		e = show(cli, &arena, &v, html);
	}
	urne_buf_clear(&text);
	urne_arena_clear(&arena);
	return e;
}

static const struct urne_option options[] = {
    {"format", "NAME", "text (the default) or html.", false},
    {"out", "FILE", "Write a new file instead of standard output.", false},
    URNE_OPTION_LANG,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Prints the vote as members will read it: every item with all its texts, how to answer, and "
    "every rule in words; on the terminal, or as a page for a browser or a printer. Officials read "
    "it aloud before they seal.",
    NULL};

const struct urne_command urne_cmd_definition_show = {
    .name = "definition show",
    .summary = "print a vote definition as members will read it",
    .synopsis = "FILE [--format text|html] [--lang CODE] [--out FILE]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "The definition has faults.",
    .example = "urne definition show docs/examples/european-list.vote.json --format html --out "
	       "vote.html",
    .run = run_show,
};
