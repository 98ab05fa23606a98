/* SPDX-License-Identifier: EUPL-1.2 */
/* urne minutes: the record, the decisions and the verifier's word, as a document to be signed. */
#include <stdio.h>
#include <stdlib.h>

#include "client/cli/commands.h"
#include "client/cli/decided.h"
#include "client/cli/verified.h"
#include "crypto/sha256.h"
#include "documents/minutes_record.h"

#define SELF "/proc/self/exe"

struct job {
	struct urne_cli *cli;
	struct urne_state s;
	struct urne_decided decided;
	struct urne_verified verified;
	struct urne_minutes minutes;
	struct urne_buf journal_path;
	const char *journal_file; /* NULL: there is none */
	struct urne_journal *journal;
	struct urne_proceedings said;
	struct urne_hash sha256; /* of the JSON document */
	struct urne_batch batch;
	struct urne_buf out;
};

/* read_journal: what the verifier will judge is also what is written. */
static enum urne_err
read_journal(struct job *j)
{
	struct urne_diag *d = &j->cli->diag;
	struct urne_archive *a = NULL;
	enum urne_err e =
	    urne_verified_journal(&j->journal_file, &j->journal_path, j->cli, j->s.path.data);

	if (e != URNE_OK || j->journal_file == NULL) {
		return e;
	}
	e = urne_journal_new(&j->journal, d);
	if (e == URNE_OK) {
		e = urne_archive_open(&a, d, j->journal_file);
	}
	if (e == URNE_OK) {
		e = urne_proceedings_read(&j->said, j->journal, d, a, URNE_JOURNAL_ALL);
		if (e == URNE_OK) {
			e = urne_minutes_journal_of(&j->minutes.journal, d, j->journal, &j->said,
			    urne_journal_size(j->journal));
		}
		if (e != URNE_OK) {
			urne_diag_within(d, "%s: ", j->journal_file);
		}
	}
	urne_archive_close(a);
	return e;
}

/* The verifier reads the same archive, and must find nothing wrong in it. */
static enum urne_err
ask_verifier(struct job *j)
{
	const char *declared = urne_cli_option(j->cli, "declared");
	const char *args[9] = {"--json", "-"};
	size_t num = 2;
	struct urne_hash ours;
	enum urne_err e;

	if (declared != NULL) {
		args[num++] = "--declared";
		args[num++] = declared;
	}
	if (j->journal_file != NULL) {
		args[num++] = "--journal";
		args[num++] = j->journal_file;
	}
	args[num++] = "--";
	args[num] = j->s.path.data;
	e = urne_verified_run(&j->verified, j->cli, args);
	if (e != URNE_OK) {
		return e;
	}
	if (urne_view_is(j->verified.verdict, "FAILED")) {
		return urne_fail(&j->cli->diag, URNE_ERR_MISMATCH,
		    "%s: the verifier refuses the record, so there is nothing to certify: %s",
		    j->s.path.data,
		    j->verified.first_failure != NULL ? j->verified.first_failure
						      : "see its report");
	}
	urne_archive_digest(j->s.archive, &ours);
	if (!urne_hash_eq(&ours, &j->verified.archive_sha256)) {
		return urne_fail(&j->cli->diag, URNE_ERR_MISMATCH,
		    "%s: the archive changed meanwhile, run this again", j->s.path.data);
	}
	return URNE_OK;
}

/* Which programs were run belongs to the minutes; unless the officials declare it themselves, it is
 * this one and the verifier. */
static enum urne_err
declare_software(struct job *j)
{
	struct urne_software *list = urne_arena_alloc(&j->s.arena, 2, sizeof(*list));
	struct urne_declared *d = &j->decided.declared;
	enum urne_err e;

	if (d->num_software > 0) {
		return URNE_OK;
	}
	if (list == NULL) {
		return urne_fail(&j->cli->diag, URNE_ERR_MEMORY, "no memory for the minutes");
	}
	list[0] = (struct urne_software){
	    .name = urne_view_of("urne"), .release = urne_view_of(URNE_VERSION)};
	list[1] = (struct urne_software){
	    urne_view_of("urne-verify"), j->verified.release, j->verified.sha256};
	e = urne_cli_hash_file(j->cli, &list[0].sha256, SELF);
	if (e == URNE_OK) {
		d->software = list;
		d->num_software = 2;
	}
	return e;
}

static enum urne_err
gather(struct job *j)
{
	struct urne_minutes *m = &j->minutes;
	enum urne_err e = urne_minutes_record_of(
	    &m->record, &j->s.arena, &j->s.sealed.election, &j->s.sealed.trustees, &j->s.chain);

	if (e != URNE_OK) {
		return urne_fail(&j->cli->diag, e, "no memory for the minutes");
	}
	m->record.archive_sha256 = j->verified.archive_sha256;
	m->record.archive_bytes = j->s.end;
	m->record.decrypted = j->verified.decrypted;
	m->record.num_decrypted = j->verified.num_decrypted;
	m->definition = &j->s.sealed.definition;
	m->declared = &j->decided.declared;
	m->outcome = &j->decided.outcome;
	m->checks = j->verified.checks;
	m->num_checks = j->verified.num_checks;
	m->verdict = j->verified.verdict;
	return URNE_OK;
}

static enum urne_err
put_file(struct job *j, const char *name, const char *lang, const char *ending)
{
	struct urne_buf full;
	enum urne_err e = urne_buf_error(&j->out);

	if (e != URNE_OK) {
		return urne_fail(&j->cli->diag, e, "%s%s%s: the page could not be made (%s)", name,
		    lang, ending, urne_err_name(e));
	}
	urne_buf_init(&full, URNE_MAX_SMALL_FILE);
	urne_buf_printf(&full, "%s%s%s", name, lang, ending);
	urne_buf_put(&full, "", 1);
	e = urne_buf_error(&full);
	if (e == URNE_OK) {
		e = urne_batch_file(&j->batch, urne_cli_option(j->cli, "out"), full.data,
		    URNE_FILE_PUBLIC, urne_buf_view(&j->out));
	}
	urne_buf_clear(&full);
	urne_buf_reset(&j->out);
	return e;
}

/* The page in one language, as HTML and as PDF. */
static enum urne_err
render(struct job *j, struct urne_view code)
{
	const struct urne_definition *v = &j->s.sealed.definition;
	struct urne_reader r = urne_reader_for(v, code);
	struct urne_buf footer;
	struct urne_page p;
	enum urne_err e;

	urne_page_init(&p, &j->s.arena, code, v->title.by_language[r.index]);
	urne_minutes_compose(&p, r, &j->minutes, &j->sha256);
	e = urne_page_error(&p);
	if (e != URNE_OK) {
		return urne_fail(&j->cli->diag, e, "the page of the minutes could not be made");
	}
	urne_page_render_html(&j->out, &p);
	e = put_file(j, "minutes.", urne_lang_code(r.lang), ".html");
	if (e != URNE_OK) {
		return e;
	}
	urne_buf_init(&footer, URNE_MAX_SMALL_FILE);
	urne_buf_put_view(&footer, j->s.sealed.election.uuid);
	urne_buf_puts(&footer, " · SHA-256 ");
	urne_buf_put_hex(&footer, j->sha256.b, 8);
	urne_buf_puts(&footer, "…");
	e = urne_page_render_pdf(&j->out, &j->cli->diag, &p, urne_buf_view(&footer));
	urne_buf_clear(&footer);
	return e == URNE_OK ? put_file(j, "minutes.", urne_lang_code(r.lang), ".pdf") : e;
}

static enum urne_err
write_all(struct job *j)
{
	const struct urne_definition *v = &j->s.sealed.definition;
	enum urne_err e;

	urne_minutes_json(&j->out, &j->minutes);
	urne_sha256_of(&j->sha256, urne_buf_view(&j->out));
	e = put_file(j, "minutes.json", "", "");
	for (size_t i = 0; e == URNE_OK && i < v->num_languages; i++) {
		struct urne_view code = v->languages[i];
		/* our own words are in these two languages */
		if (urne_view_is(code, "fr") || urne_view_is(code, "en")) {
			e = render(j, code);
		}
	}
	return e;
}

static enum urne_err
make(struct job *j)
{
	enum urne_err e =
	    urne_decided_make(&j->decided, &j->s, urne_cli_option(j->cli, "declared"));

	if (e == URNE_OK) {
		e = read_journal(j);
	}
	if (e == URNE_OK) {
		e = ask_verifier(j);
	}
	if (e == URNE_OK) {
		e = declare_software(j);
	}
	if (e == URNE_OK) {
		e = gather(j);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_batch_init(&j->batch, j->cli);
	e = urne_batch_dir(&j->batch, NULL, urne_cli_option(j->cli, "out"));
	if (e == URNE_OK) {
		e = write_all(j);
	}
	return urne_batch_end(&j->batch, e);
}

static void
report(struct job *j)
{
	struct urne_cli *cli = j->cli;
	const char *out = urne_cli_option(cli, "out");
	char hex[URNE_HASH_HEX_LEN];

	urne_hex_encode(hex, j->sha256.b, sizeof(j->sha256.b));
	urne_cli_say(cli, "%s/minutes.json: SHA-256 %.*s", out, (int)sizeof(hex), hex);
	urne_cli_say(
	    cli, "The verifier says: %.*s.", (int)j->verified.verdict.len, j->verified.verdict.p);
	if (!j->decided.outcome.complete) {
		urne_cli_say(cli,
		    "A tie waits for the draw: declare its value and write the minutes "
		    "again before signing them.");
	}
	if (j->s.sealed.definition.num_officials > 0) {
		urne_cli_say(cli, "Officials sign with: urne certify %s --minutes %s --key my.key",
		    cli->args[0], out);
	}
	urne_cli_put_string(cli, "minutes", out);
	urne_cli_put_view(cli, "sha256", (struct urne_view){hex, sizeof(hex)});
	urne_cli_put_view(cli, "verdict", j->verified.verdict);
	urne_cli_put_bool(cli, "complete", j->decided.outcome.complete);
}

static enum urne_err
run_minutes(struct urne_cli *cli)
{
	struct job *j = calloc(1, sizeof(*j));
	enum urne_err e;

	if (j == NULL) {
		return urne_fail(&cli->diag, URNE_ERR_MEMORY, "no memory for the minutes");
	}
	j->cli = cli;
	urne_buf_init(&j->out, URNE_MAX_DOCUMENT);
	urne_buf_init(&j->journal_path, URNE_MAX_SMALL_FILE);
	urne_proceedings_init(&j->said);
	e = urne_state_open(&j->s, cli, cli->args[0], false);
	if (e == URNE_OK) {
		e = make(j);
	}
	if (e == URNE_OK) {
		report(j);
	}
	urne_buf_clear(&j->out);
	urne_buf_clear(&j->journal_path);
	urne_journal_free(j->journal);
	urne_proceedings_clear(&j->said);
	urne_verified_clear(&j->verified);
	urne_decided_clear(&j->decided);
	urne_state_close(&j->s);
	free(j);
	return e;
}

static const struct urne_option options[] = {
    {"out", "DIR", "The new folder for the minutes.", true},
    URNE_OPTION_DECLARED,
    URNE_OPTION_JOURNAL,
    URNE_OPTION_VERIFIER,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Writes the minutes of a finished vote: minutes.json, computed from the archive, the sealed "
    "definition, what the officials declare and what urne-verify finds, with every decision and "
    "its "
    "reason; and for French and English a page to print, as HTML and as PDF, with a QR code of "
    "the document's hash. No clock is read: the same record gives the same bytes on any day.",
    "With the journal of the board they also hold what the officials ordered, when voting opened "
    "and "
    "ended, extensions, incidents and interventions, each at the moment that the journal says.",
    "urne-verify is run on the archive first. Minutes of a record that it refuses are not written; "
    "what it could not check stands in them.",
    NULL};

const struct urne_command urne_cmd_minutes = {
    .name = "minutes",
    .summary = "write the minutes of a vote: JSON, HTML and PDF",
    .synopsis = "DIR|ARCHIVE --out DIR [--declared FILE] [--journal FILE] [--verifier PROGRAM]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal = "There is no result or no vote definition, the declaration is not right, or the "
	       "verifier refuses the record.",
    .example = "urne minutes europe --out europe-minutes",
    .run = run_minutes,
};
