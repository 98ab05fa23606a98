/* SPDX-License-Identifier: EUPL-1.2 */
/* urne outcome: the decisions that follow from a result, for people and for programs. */
#include <string.h>

#include "client/cli/commands.h"
#include "client/cli/decided.h"

struct job {
	struct urne_state s;
	struct urne_decided decided;
	struct urne_reader reader;
	struct urne_buf out;
};

static enum urne_err
as_text(struct job *j)
{
	struct urne_page p;
	enum urne_err e = urne_decided_page(&p, &j->decided, &j->s, j->reader);

	if (e == URNE_OK) {
		urne_page_render_text(&j->out, &p, URNE_TERMINAL_COLUMNS);
	}
	return e;
}

static enum urne_err
as_html(struct job *j)
{
	struct urne_page p;
	enum urne_err e = urne_decided_page(&p, &j->decided, &j->s, j->reader);

	if (e == URNE_OK) {
		urne_page_render_html(&j->out, &p);
	}
	return e;
}

static enum urne_err
as_json(struct job *j)
{
	urne_outcome_json(&j->out, &j->decided.heading, &j->decided.outcome);
	urne_buf_putc(&j->out, '\n');
	return URNE_OK;
}

static enum urne_err
as_csv(struct job *j)
{
	urne_outcome_csv(&j->out, &j->decided.heading, &j->decided.outcome);
	return URNE_OK;
}

static const struct format {
	const char *name;
	enum urne_err (*write)(struct job *j);
} formats[] = {{"text", as_text}, {"json", as_json}, {"csv", as_csv}, {"html", as_html}};
#define NUM_FORMATS (sizeof(formats) / sizeof(formats[0]))

static enum urne_err
find_format(struct urne_cli *cli, const struct format **out)
{
	const char *name = urne_cli_option(cli, "format");

	*out = &formats[0];
	for (size_t i = 0; name != NULL && i < NUM_FORMATS; i++) {
		if (strcmp(name, formats[i].name) == 0) {
			*out = &formats[i];
			return URNE_OK;
		}
	}
	return name == NULL ? URNE_OK
			    : urne_fail(&cli->diag, URNE_ERR_USAGE,
				  "--format %s: write text, json, csv or html", name);
}

static enum urne_err
write_outcome(struct urne_cli *cli, struct job *j, const struct format *format)
{
	enum urne_err e = urne_decided_make(&j->decided, &j->s, urne_cli_option(cli, "declared"));

	if (e == URNE_OK) {
		e = urne_reader_wanted(cli, &j->reader, &j->s.sealed.definition);
	}
	if (e == URNE_OK) {
		e = format->write(j);
	}
	if (e == URNE_OK) {
		e = urne_cli_deliver(cli, &j->out, "document");
	}
	if (e == URNE_OK && !j->decided.outcome.complete) {
		urne_cli_note(
		    "urne: note: a tie waits for the draw; declare its value and run this "
		    "again");
	}
	return e;
}

static enum urne_err
run_outcome(struct urne_cli *cli)
{
	const struct format *format = NULL;
	struct job j = {.reader = {URNE_LANG_FR, 0}};
	enum urne_err e = find_format(cli, &format);

	if (e != URNE_OK) {
		return e;
	}
	urne_buf_init(&j.out, URNE_MAX_DOCUMENT);
	e = urne_state_open(&j.s, cli, cli->args[0], false);
	if (e == URNE_OK) {
		e = write_outcome(cli, &j, format);
	}
	urne_buf_clear(&j.out);
	urne_decided_clear(&j.decided);
	urne_state_close(&j.s);
	return e;
}

static const struct urne_option options[] = {
    {"format", "NAME", "text (the default), json, csv or html.", false},
    {"out", "FILE", "Write a new file instead of standard output.", false},
    URNE_OPTION_LANG,
    URNE_OPTION_DECLARED,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Applies the rules of the sealed vote definition to the result: what is adopted, the ordered "
    "list, the ranking, each with its reason. The same archive gives the same bytes everywhere.",
    "This is computing, not verifying: \"urne-verify\" recomputes the result from the ballots, and "
    "the outcome with it. Published as UUID.outcome.json beside the archive, the JSON form is "
    "compared by it.",
    NULL};

const struct urne_command urne_cmd_outcome = {
    .name = "outcome",
    .summary = "print the decisions that follow from the result",
    .synopsis = "DIR|ARCHIVE [--format text|json|csv|html] [--lang CODE] [--declared FILE] "
		"[--out FILE]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "There is no result yet, the election has no vote definition, or the definition "
	       "beside the archive is not the sealed one.",
    .example = "urne outcome europe --format html --out outcome.html",
    .run = run_outcome,
};
