/* SPDX-License-Identifier: EUPL-1.2 */
/* urne journal: what the journal of a board says, entry by entry. */

#include "client/cli/commands.h"
#include "client/cli/decided.h"
#include "client/cli/journal_remote.h"
#include "client/cli/order_show.h"
#include "documents/journal_page.h"

#define PAGE_MEMORY ((size_t)1 << 30)

struct job {
	struct urne_cli *cli;
	struct urne_arena arena;
	struct urne_page page;
	enum urne_lang lang;
	struct urne_journal *journal;
};

static enum urne_err
visit(void *ctx, const struct urne_journal *j, const struct urne_journal_line *line)
{
	struct job *job = ctx;

	return urne_journal_compose_entry(
	    &job->page, &job->cli->diag, job->lang, j, line->height, line->type, line->payload);
}

static enum urne_err
from_board(struct job *job, const char *address)
{
	struct urne_remote given, journal = {.cli = job->cli};
	bool there = false;
	enum urne_err e = urne_remote_open(&given, job->cli, address);

	if (e == URNE_OK) {
		e = urne_journal_remote(&journal, &there, &given);
	}
	if (e == URNE_OK && !there) {
		e = urne_fail(&job->cli->diag, URNE_ERR_UNKNOWN, "%s: this board keeps no journal",
		    given.base.data);
	}
	if (e == URNE_OK) {
		e = urne_journal_fetch(&journal, &job->journal, visit, job);
	}
	urne_remote_close(&journal);
	urne_remote_close(&given);
	return e;
}

static enum urne_err
from_archive(struct job *job, const char *path)
{
	struct urne_diag *d = &job->cli->diag;
	struct urne_archive *a = NULL;
	struct urne_chain chain;
	enum urne_err e = urne_archive_open(&a, d, path);

	if (e == URNE_OK) {
		e = urne_journal_new(&job->journal, d);
	}
	if (e == URNE_OK) {
		e = urne_journal_read(job->journal, &chain, d, a, URNE_JOURNAL_ALL, visit, job);
	}
	if (e != URNE_OK) {
		urne_diag_within(d, "%s: ", path);
	}
	urne_archive_close(a);
	return e;
}

static enum urne_err
read_journal(struct job *job)
{
	struct urne_cli *cli = job->cli;
	const char *board = urne_cli_option(cli, "board");

	if ((board != NULL) == (cli->num_args > 0)) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "a journal is at a board or in a file: give --board URL, or the file");
	}
	return board != NULL ? from_board(job, board) : from_archive(job, cli->args[0]);
}

static enum urne_err
run_journal(struct urne_cli *cli)
{
	struct job job = {.cli = cli};
	struct urne_buf out;
	bool html = false;
	enum urne_err e = urne_lang_wanted(cli, &job.lang);

	if (e == URNE_OK) {
		e = urne_format_wanted(cli, &html);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_arena_init(&job.arena, PAGE_MEMORY);
	urne_buf_init(&out, URNE_MAX_DOCUMENT);
	urne_page_init(&job.page, &job.arena, urne_view_of(urne_lang_code(job.lang)),
	    urne_view_of(URNE_JOURNAL_NAME));
	urne_journal_compose_title(&job.page, job.lang);
	e = read_journal(&job);
	if (e == URNE_OK) {
		e = urne_page_put(cli, &out, &job.page, html);
	}
	if (e == URNE_OK) {
		e = urne_cli_deliver(cli, &out, "document");
		urne_cli_put_u64(cli, "entries", urne_journal_size(job.journal));
	}
	urne_journal_free(job.journal);
	urne_arena_clear(&job.arena);
	urne_buf_clear(&out);
	return e;
}

static const struct urne_option options[] = {
    {"board", "URL", "The board, https://HOST.", false},
    URNE_OPTION_LANG_OF_ORDERS,
    URNE_OPTION_FORMAT,
    {"out", "FILE", "Write a new file instead of standard output.", false},
    URNE_OPTION_LOG_KEY,
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Prints the journal of a board in words: who the officials are, what they ordered and who "
    "signed, when each voting began and ended, what happened meanwhile. The journal is fetched and "
    "proved against the checkpoint that the board has signed, or read from its archive; every "
    "entry must be one that may follow those before it.",
    NULL};

const struct urne_command urne_cmd_journal = {
    .name = "journal",
    .summary = "print the journal of a board in words",
    .synopsis = "(--board URL | FILE) [--lang fr|en] [--format text|html] [--out FILE] "
		"[--log-key KEY] [--ca FILE]",
    .min_args = 0,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "There is no journal, an entry could not stand where it stands, or the board shows "
	       "another journal than it has signed.",
    .example = "urne journal --board https://vote.example.org --lang en",
    .run = run_journal,
};
