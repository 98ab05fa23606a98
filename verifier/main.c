/* SPDX-License-Identifier: EUPL-1.2 */
/* urne-verify: reads the command line, verifies one archive, prints the report. It holds no key
 * and links no code that does. */
#include <malloc.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/pool.h"
#include "verifier/hint_fetch.h"
#include "verifier/state.h"
#include "verifier/verify.h"

#define MAX_REPORT ((size_t)256 << 20)
/* A member has one or a few; whoever collects more verifies in several runs. */
#define MAX_RECEIPTS ((size_t)256)
/* What is larger goes back to the system when it is released. The C library would raise its own
 * limit with the first large block, the list of credentials, and keep the room of all that came
 * later. */
#define LARGE_BLOCK (1 << 20)

struct options {
	struct urne_source_options source;
	const char *json;  /* NULL: none; "-": standard output, instead of the text */
	const char *state; /* NULL: none */
	struct urne_verify_files files;
	const char *receipts[MAX_RECEIPTS];
	size_t num_threads;
	bool quiet, help, version;
};

static const char usage[] =
    "usage: urne-verify ADDRESS|FOLDER|ARCHIVE.bel [--log-key KEY|FILE] [--receipt FILE]...\n"
    "           [--journal FILE|FOLDER] [--keep FOLDER] [--ca FILE]\n"
    "           [--definition FILE] [--declared FILE] [--outcome FILE]\n"
    "           [--minutes FILE [--signatures FILE] [--minutes-hash HEX]]\n"
    "           [--hints FILE|ADDRESS | --write-hints FILE] [--state FILE]\n"
    "           [--json FILE] [--threads N] [--quiet]\n";

static const char help[] =
    "\n"
    "Verifies the archive of an election (Belenios format, version 1): the chain of events, the\n"
    "setup, every ballot, the encrypted tally, the partial decryptions and the result. Everything\n"
    "is recomputed; nothing that the archive says about itself is believed.\n"
    "An election that seals a vote definition is also held to it: the questions follow from the\n"
    "definition, the decisions from the result, and the minutes from both.\n"
    "An election on a board is given by its address (https://HOST/bb/UUID), or as a folder copied\n"
    "from there: then the log behind the archive is verified too, with its checkpoint and tiles,\n"
    "and so is the journal of the board, with what the officials ordered.\n"
    "\n"
    "  --log-key KEY  the key of the log or of its service, or a file with it, as officials\n"
    "                 publish it; without it the log's own word is taken for it\n"
    "  --receipt FILE       a receipt that the board gave; as often as there are receipts\n"
    "  --journal FILE|FOLDER  the board's journal: its archive alone, the folder copied from\n"
    "                 BOARD/bb/journal, one that was kept, or an address; the default for an\n"
    "                 address is the journal of its board, else journal.archive beside the "
    "archive\n"
    "  --keep FOLDER  keep what is fetched there; the next run fetches what is new, and sees\n"
    "                 whether the log still continues what was kept\n"
    "  --ca FILE      certificates to trust when fetching, instead of the system's\n"
    "  --definition FILE    the vote definition (default: UUID.vote.json beside the archive)\n"
    "  --declared FILE      what the officials declare (default: UUID.declared.json, if there)\n"
    "  --outcome FILE       a published outcome to compare (default: UUID.outcome.json, if there)\n"
    "  --minutes FILE       minutes to recompute and compare byte for byte\n"
    "  --signatures FILE    their signatures (default: the same name with .note)\n"
    "  --minutes-hash HEX   the hash that stands under the QR code on paper\n"
    "  --hints FILE|ADDRESS  hints for this archive, from anybody: right ones make the "
    "verification\n"
    "                 faster, wrong ones slower, and the verdict is the same (Ed25519 only); a "
    "board\n"
    "                 has some at the election's address and /hints, \"urne board pull\" brings "
    "them\n"
    "                 as UUID.hints; without this option none are used\n"
    "  --write-hints FILE   make them: a new file for the next verification of this archive\n"
    "  --state FILE   what is verified is kept there, and the next run verifies what is new; it\n"
    "                 reads the rest again and says what has changed. The file is yours, as that\n"
    "                 of \"urne watch\", which is the same\n"
    "  --json FILE    write the whole report as JSON to a new file (\"-\": standard output)\n"
    "  --threads N    use N threads (default: all processors); the report is the same for any N\n"
    "  --quiet        print the closing sentence only\n"
    "  --help         this text\n"
    "  --version      the version\n"
    "\n"
    "exit status:\n"
    "  0  VERIFIED: every mandatory check passed, and there is a result\n"
    "  1  FAILED: a check failed\n"
    "  2  the command line is wrong, or a file could not be read or written, or no memory\n"
    "  3  INCOMPLETE: nothing is wrong, but there is no result yet, or something that must be\n"
    "     checked could not be\n";

struct option {
	const char *name;
	bool has_value;
	enum urne_err (*set)(struct options *o, struct urne_diag *d, const char *value);
	size_t at; /* without `set`: where in struct options the value goes */
};

static enum urne_err
set_threads(struct options *o, struct urne_diag *d, const char *value)
{
	uint64_t n = 0;

	if (urne_decimal_decode(&n, urne_view_of(value), URNE_MAX_THREADS) != URNE_OK || n == 0) {
		return urne_fail(d, URNE_ERR_USAGE, "--threads: a number from 1 to %zu is wanted",
		    URNE_MAX_THREADS);
	}
	o->num_threads = (size_t)n;
	return URNE_OK;
}

static enum urne_err
add_receipt(struct options *o, struct urne_diag *d, const char *value)
{
	if (o->files.num_receipts == MAX_RECEIPTS) {
		return urne_fail(
		    d, URNE_ERR_USAGE, "--receipt: at most %zu in one run", MAX_RECEIPTS);
	}
	o->receipts[o->files.num_receipts++] = value;
	return URNE_OK;
}

static enum urne_err
set_quiet(struct options *o, struct urne_diag *d, const char *value)
{
	(void)d;
	(void)value;
	o->quiet = true;
	return URNE_OK;
}

static enum urne_err
set_help(struct options *o, struct urne_diag *d, const char *value)
{
	(void)d;
	(void)value;
	o->help = true;
	return URNE_OK;
}

static enum urne_err
set_version(struct options *o, struct urne_diag *d, const char *value)
{
	(void)d;
	(void)value;
	o->version = true;
	return URNE_OK;
}

static const struct option option_table[] = {
    {"--definition", true, NULL, offsetof(struct options, files.definition)},
    {"--declared", true, NULL, offsetof(struct options, files.declared)},
    {"--outcome", true, NULL, offsetof(struct options, files.outcome)},
    {"--minutes", true, NULL, offsetof(struct options, files.minutes)},
    {"--signatures", true, NULL, offsetof(struct options, files.signatures)},
    {"--minutes-hash", true, NULL, offsetof(struct options, files.minutes_hash)},
    {"--hints", true, NULL, offsetof(struct options, files.hints)},
    {"--write-hints", true, NULL, offsetof(struct options, files.write_hints)},
    {"--state", true, NULL, offsetof(struct options, state)},
    {"--log-key", true, NULL, offsetof(struct options, source.log_key)},
    {"--receipt", true, add_receipt, 0},
    {"--journal", true, NULL, offsetof(struct options, source.journal)},
    {"--keep", true, NULL, offsetof(struct options, source.keep)},
    {"--ca", true, NULL, offsetof(struct options, source.ca)},
    {"--json", true, NULL, offsetof(struct options, json)},
    {"--threads", true, set_threads, 0},
    {"--quiet", false, set_quiet, 0},
    {"--help", false, set_help, 0},
    {"-h", false, set_help, 0},
    {"--version", false, set_version, 0},
};
#define NUM_OPTIONS (sizeof(option_table) / sizeof(option_table[0]))

static const struct option *
find_option(const char *name)
{
	size_t i;

	for (i = 0; i < NUM_OPTIONS; i++) {
		if (strcmp(option_table[i].name, name) == 0) {
			return &option_table[i];
		}
	}
	return NULL;
}

static enum urne_err
read_options(struct options *o, struct urne_diag *d, int argc, char **argv)
{
	bool only_names = false;
	int i;

	for (i = 1; i < argc; i++) {
		const struct option *opt = only_names ? NULL : find_option(argv[i]);
		const char *value;
		enum urne_err e;

		if (!only_names && strcmp(argv[i], "--") == 0) {
			only_names = true;
			continue;
		}
		if (opt == NULL && (only_names || argv[i][0] != '-')) {
			if (o->source.given != NULL) {
				return urne_fail(
				    d, URNE_ERR_USAGE, "one archive at a time, please");
			}
			o->source.given = argv[i];
			continue;
		}
		if (opt == NULL) {
			return urne_fail(d, URNE_ERR_USAGE, "%s: no such option", argv[i]);
		}
		if (opt->has_value && i + 1 == argc) {
			return urne_fail(d, URNE_ERR_USAGE, "%s: a value is missing", argv[i]);
		}
		value = opt->has_value ? argv[++i] : NULL;
		if (opt->set == NULL) {
			memcpy((char *)o + opt->at, &value, sizeof(value));
			continue;
		}
		e = opt->set(o, d, value);
		if (e != URNE_OK) {
			return e;
		}
	}
	o->source.fetches_hints = o->files.hints != NULL && urne_source_is_address(o->files.hints);
	if (o->source.given == NULL && !o->help && !o->version) {
		return urne_fail(d, URNE_ERR_USAGE, "which archive?");
	}
	if (o->files.minutes == NULL &&
	    (o->files.signatures != NULL || o->files.minutes_hash != NULL)) {
		return urne_fail(d, URNE_ERR_USAGE,
		    "--signatures and --minutes-hash are about minutes, name them with --minutes");
	}
	if (o->files.hints != NULL && o->files.write_hints != NULL) {
		return urne_fail(d, URNE_ERR_USAGE,
		    "--write-hints makes hints while it checks exactly, leave out --hints");
	}
	if (o->state != NULL && o->files.write_hints != NULL) {
		return urne_fail(d, URNE_ERR_USAGE,
		    "--write-hints makes hints of every ballot, leave out --state");
	}
	return URNE_OK;
}

static enum urne_err
print(struct urne_diag *d, struct urne_view text)
{
	if (fwrite(text.p, 1, text.len, stdout) != text.len || fflush(stdout) != 0) {
		return urne_fail_errno(d, "standard output");
	}
	return URNE_OK;
}

static enum urne_err
print_reports(const struct options *o, struct urne_diag *d, const struct urne_verification *v)
{
	bool to_stdout = o->json != NULL && strcmp(o->json, "-") == 0;
	struct urne_buf out;
	enum urne_err e = URNE_OK;

	urne_buf_init(&out, MAX_REPORT);
	if (o->json != NULL) {
		urne_report_json(&out, v);
		e = urne_buf_error(&out);
		if (e != URNE_OK) {
			(void)urne_fail(d, e, "no memory for the report");
		} else if (to_stdout) {
			e = print(d, urne_buf_view(&out));
		} else {
			e = urne_file_create(d, o->json, URNE_FILE_PUBLIC, urne_buf_view(&out));
		}
		urne_buf_reset(&out);
	}
	if (e == URNE_OK && !to_stdout) {
		if (o->quiet) {
			urne_buf_printf(&out, "%s\n", urne_report_closing(v->report));
		} else {
			urne_report_text(&out, v);
		}
		e = urne_buf_error(&out);
		e = e == URNE_OK ? print(d, urne_buf_view(&out))
				 : urne_fail(d, e, "no memory for the report");
	}
	urne_buf_clear(&out);
	return e;
}

/* An archive alone has no log: a key serves receipts and a journal there, and receipts need one. */
static enum urne_err
check_pairs(struct urne_diag *d, const struct urne_source *s, const struct urne_source *journal,
    size_t num_receipts)
{
	if (!s->is_board && num_receipts > 0 && !s->has_given_key) {
		return urne_fail(d, URNE_ERR_USAGE,
		    "--receipt: %s is an archive alone, name the log's key with --log-key",
		    s->name);
	}
	if (!s->is_board && num_receipts == 0 && s->has_given_key &&
	    (journal == NULL || !journal->is_board)) {
		return urne_fail(d, URNE_ERR_USAGE,
		    "--log-key: %s is an archive alone, without anything that the log signed",
		    s->name);
	}
	return URNE_OK;
}

static bool
log_is_good(const struct urne_report *r)
{
	return urne_report_verdict(r, URNE_CHECK_LOG_KEY) == URNE_VERDICT_PASS &&
	       urne_report_verdict(r, URNE_CHECK_LOG_CHECKPOINT) == URNE_VERDICT_PASS &&
	       urne_report_verdict(r, URNE_CHECK_LOG_ROOT) == URNE_VERDICT_PASS;
}

static enum urne_err
settle(const struct urne_verification *v, struct urne_diag *d, struct urne_source *s,
    struct urne_source *journal)
{
	const struct urne_report *r = v->report;
	enum urne_err e =
	    urne_source_settle(s, d, log_is_good(r), urne_archive_position(v->archive));

	if (e != URNE_OK || journal == NULL) {
		return e;
	}
	return urne_source_settle(journal, d,
	    urne_report_verdict(r, URNE_CHECK_JOURNAL_LOG) == URNE_VERDICT_PASS,
	    urne_archive_position(v->journal.log->archive));
}

/* verify_once: all of it, or as far as it is known that the state is of something else. */
static enum urne_err
verify_once(const struct options *o, struct urne_diag *d, const struct urne_source *s,
    const struct urne_source *journal, struct urne_fetched_hints *hints,
    struct urne_verification *v)
{
	enum urne_err e;

	v->report->path = s->name;
	v->source = s;
	v->journal_source = journal;
	v->archive_path = s->archive.data;
	v->files = o->files;
	v->files.receipts = o->receipts;
	e = urne_fetch_hints(hints, d, v, o->source.ca);
	return e == URNE_OK ? urne_verify(v, d) : e;
}

/* verify_sources: `journal` is NULL when there is none. */
static enum urne_err
verify_sources(const struct options *o, struct urne_diag *d, int *status, struct urne_source *s,
    struct urne_source *journal, struct urne_verification *v)
{
	struct urne_fetched_hints hints;
	enum urne_err e = check_pairs(d, s, journal, o->files.num_receipts);

	if (e != URNE_OK) {
		return e;
	}
	e = verify_once(o, d, s, journal, &hints, v);
	if (e == URNE_OK && urne_verify_continues_lost(v)) {
		struct urne_report *report = v->report;
		struct urne_verify_state *state = v->state;

		urne_verify_clear(v);
		urne_fetched_hints_clear(&hints);
		memset(report, 0, sizeof(*report));
		*v = (struct urne_verification){.report = report, .state = state};
		state->anew = true;
		e = verify_once(o, d, s, journal, &hints, v);
	}
	if (e == URNE_OK) {
		e = settle(v, d, s, journal);
	}
	if (e == URNE_OK) {
		enum urne_exit found = urne_report_exit(v->report);

		*status = (int)found;
		e = print_reports(o, d, v);
	}
	if (e == URNE_OK) {
		e = urne_verify_state_save(v, d);
	}
	urne_verify_clear(v);
	urne_fetched_hints_clear(&hints);
	return e;
}

/* verify_given: the journal comes behind the election, so that it knows at least as much. */
static enum urne_err
verify_given(const struct options *o, struct urne_diag *d, int *status, struct urne_verification *v)
{
	struct urne_source source = {.fd = -1}, journal = {.fd = -1};
	bool has_journal = false;
	enum urne_err e = urne_source_open(&source, d, &o->source);

	if (e == URNE_OK) {
		e = urne_source_open_journal(&journal, &has_journal, d, &source, &o->source);
	}
	if (e == URNE_OK) {
		e = verify_sources(o, d, status, &source, has_journal ? &journal : NULL, v);
	}
	urne_source_close(&journal);
	urne_source_close(&source);
	return e;
}

/* verify_from: the state is read before anything is fetched for it. */
static enum urne_err
verify_from(const struct options *o, struct urne_diag *d, int *status, struct urne_verification *v)
{
	struct urne_verify_state *state;
	enum urne_err e;

	if (o->state == NULL) {
		return verify_given(o, d, status, v);
	}
	state = calloc(1, sizeof(*state));
	if (state == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory");
	}
	v->state = state;
	e = urne_verify_state_open(state, d, o->state);
	if (e == URNE_OK) {
		e = verify_given(o, d, status, v);
	}
	urne_verify_state_close(state);
	free(state);
	return e;
}

static enum urne_err
verify(const struct options *o, struct urne_diag *d, int *status)
{
	struct urne_verification *v = calloc(1, sizeof(*v));
	struct urne_report *report = calloc(1, sizeof(*report));
	enum urne_err e = URNE_ERR_MEMORY;

	if (v == NULL || report == NULL) {
		(void)urne_fail(d, e, "no memory");
	} else if (o->json != NULL && strcmp(o->json, "-") != 0 && urne_file_exists(o->json)) {
		e = urne_fail(d, URNE_ERR_EXISTS, "%s: is there already", o->json);
	} else if (o->files.write_hints != NULL && urne_file_exists(o->files.write_hints)) {
		e = urne_fail(d, URNE_ERR_EXISTS, "%s: is there already", o->files.write_hints);
	} else {
		v->report = report;
		v->pool = urne_pool_new(o->num_threads);
		e = verify_from(o, d, status, v);
		urne_pool_free(v->pool);
	}
	free(report);
	free(v);
	return e;
}

int
main(int argc, char **argv)
{
	struct options o = {.json = NULL};
	struct urne_diag d = {""};
	int status = URNE_EXIT_ERROR;
	enum urne_err e = read_options(&o, &d, argc, argv);

	(void)mallopt(
	    M_MMAP_THRESHOLD, LARGE_BLOCK); /* without it there is more memory, no fault */
	if (e == URNE_OK && o.help) {
		e = print(&d, urne_view_of(usage));
		e = e == URNE_OK ? print(&d, urne_view_of(help)) : e;
		status = 0;
	} else if (e == URNE_OK && o.version) {
		e = print(&d, urne_view_of("urne-verify " URNE_VERSION "\n"));
		status = 0;
	} else if (e == URNE_OK) {
		e = verify(&o, &d, &status);
	}
	if (e != URNE_OK) {
		(void)fprintf(stderr, "urne-verify: %s\n", d.text);
		if (e == URNE_ERR_USAGE) {
			(void)fputs(usage, stderr);
		}
		return URNE_EXIT_ERROR;
	}
	return status;
}
