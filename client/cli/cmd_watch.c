/* SPDX-License-Identifier: EUPL-1.2 */
/* urne watch: the log of an election seen through the eyes of somebody who trusts nobody, for as
 * long as it takes. */
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/pool.h"
#include "client/cli/commands.h"
#include "client/cli/watch.h"

#define DEFAULT_INTERVAL 30
#define DEFAULT_STALL	 15 /* minutes */
#define MAX_INTERVAL	 86400
#define MAX_STALL	 10080
#define MAX_PAUSE	 60
#define MAX_BUNDLE	 ((size_t)URNE_TILE_WIDTH * (URNE_ENTRY_MAX + 2))
/* --once asks so often again when nobody answers: after 1, 2 and 4 seconds. */
#define ONCE_TRIES 4

/* What was said and no longer holds may be said again. */
static void
forget_told(struct urne_watch *w)
{
	for (size_t i = 0; i < URNE_NUM_ALARMS; i++) {
		if (!w->raised[i] && !w->absent) {
			w->told[i] = false;
		}
	}
}

/* judge_absence raises an alarm when nobody answers since longer than is patient. */
static enum urne_err
judge_absence(struct urne_watch *w)
{
	const struct urne_diag why = w->cli->diag;

	if (w->now < w->contact + w->stall) {
		return URNE_ERR_IO;
	}
	(void)urne_fail(&w->cli->diag, URNE_ERR_INCOMPLETE,
	    "%s: no good answer since %" PRIu64 " minutes; the last reason: %s", w->r.address.data,
	    (w->now - w->contact) / 60, why.text);
	return urne_watch_raise(w, URNE_ALARM_STALL, NULL, 0);
}

static enum urne_err
look(struct urne_watch *w)
{
	enum urne_err e;

	w->now = (uint64_t)time(NULL);
	w->absent = false;
	w->alarmed = false;
	for (size_t i = 0; i < URNE_NUM_ALARMS; i++) {
		w->raised[i] = false;
	}
	w->cli->diag.text[0] = '\0';
	e = urne_watch_look(w);
	return e == URNE_OK || w->alarmed || w->absent ? URNE_OK : e;
}

static enum urne_err
look_once(struct urne_watch *w)
{
	unsigned pause = 1;
	enum urne_err e = look(w);

	for (int i = 1; e == URNE_OK && w->absent && i < ONCE_TRIES; i++) {
		(void)sleep(pause);
		pause *= 2;
		e = look(w);
	}
	if (e == URNE_OK && w->absent) {
		e = judge_absence(w);
	}
	/* the sentence is there */
	return w->alarmed ? URNE_ERR_MISMATCH : e;
}

/* The board is asked again the sooner the shorter it is away. */
static enum urne_err
look_on(struct urne_watch *w)
{
	const unsigned most = (unsigned)(w->interval < MAX_PAUSE ? w->interval : MAX_PAUSE);
	unsigned pause = 1;
	enum urne_err e = URNE_OK;

	for (;;) {
		e = look(w);
		if (e == URNE_OK && w->absent && judge_absence(w) == URNE_ERR_IO) {
			urne_cli_note("urne: note: %s", w->cli->diag.text);
		}
		if (e != URNE_OK || w->stop) {
			return w->stop ? URNE_ERR_MISMATCH : e;
		}
		forget_told(w);
		(void)sleep(w->absent ? pause : (unsigned)w->interval);
		pause = !w->absent ? 1 : 2 * pause < most ? 2 * pause : most;
	}
}

static enum urne_err
read_options(struct urne_watch *w)
{
	uint64_t minutes = DEFAULT_STALL;
	enum urne_err e;

	w->interval = DEFAULT_INTERVAL;
	w->state = urne_cli_option(w->cli, "state");
	w->once = urne_cli_option(w->cli, "once") != NULL;
	w->command = urne_cli_option(w->cli, "alarm");
	w->pages = urne_cli_option(w->cli, "pages");
	e = urne_cli_number(w->cli, &w->interval, "interval", 1, MAX_INTERVAL);
	if (e == URNE_OK) {
		e = urne_cli_number(w->cli, &minutes, "stall", 0, MAX_STALL);
	}
	w->stall = minutes * 60;
	return e;
}

static enum urne_err
begin(struct urne_watch *w)
{
	const struct urne_view any = {"", 0};
	enum urne_err e = read_options(w);

	if (e == URNE_OK) {
		e = urne_remote_open(&w->r, w->cli, w->cli->args[0]);
	}
	if (e == URNE_OK) {
		e = urne_remote_election(&w->r, any);
	}
	if (e == URNE_OK) {
		e = urne_watch_receipts_open(w);
	}
	if (e == URNE_OK) {
		e = urne_watch_open(w);
	}
	w->contact = w->once && w->kept_size > 0 ? w->o.answered : (uint64_t)time(NULL);
	return e;
}

static void
clear(struct urne_watch *w)
{
	for (size_t i = 0; i < w->num_receipts; i++) {
		urne_buf_clear(&w->receipts[i].text);
	}
	urne_arena_clear(&w->arena);
	urne_sealed_clear(&w->sealed);
	urne_observer_clear(&w->o);
	urne_watch_journal_clear(w);
	urne_remote_close(&w->r);
	urne_buf_clear(&w->folder);
	urne_buf_clear(&w->bundle);
	urne_buf_clear(&w->served);
	if (w->lock >= 0) {
		(void)close(w->lock);
	}
}

static enum urne_err
run_watch(struct urne_cli *cli)
{
	struct urne_watch *w = calloc(1, sizeof(*w));
	enum urne_err e;

	if (w == NULL) {
		return urne_fail(&cli->diag, URNE_ERR_MEMORY, "no memory to watch");
	}
	w->cli = cli;
	w->lock = -1;
	urne_buf_init(&w->folder, URNE_MAX_SMALL_FILE);
	urne_buf_init(&w->bundle, MAX_BUNDLE);
	urne_observer_init(&w->o, urne_cli_pool(cli));
	urne_sealed_init(&w->sealed, cli, cli->args[0]);
	urne_watch_source_init(w);
	e = begin(w);
	if (e == URNE_OK) {
		e = w->once ? look_once(w) : look_on(w);
	}
	clear(w);
	free(w);
	return e;
}

static const struct urne_option options[] = {
    {"state", "FILE",
	"Where what was seen is kept, made anew when it is not there. FILE.d beside it holds what "
	"belongs to it, and the evidence.",
	true},
    URNE_OPTION_LOG_KEY,
    {"receipt", "FILE...", "A receipt that the log must honour; may be given again.", false},
    {"interval", "SECONDS", "How long to wait between two looks, 1 to 86400; default 30.", false},
    {"once", NULL, "Look once and end, for example out of a timer.", false},
    {"alarm", "PROGRAM",
	"Run PROGRAM NAME SENTENCE FOLDER at an alarm, without a shell, for 20 seconds at most.",
	false},
    {"pages", "FOLDER",
	"The sources of the pages, booth/ of the release that the board runs: what it serves to "
	"browsers must be made of them.",
	false},
    {"stall", "MINUTES",
	"How long a board may stay away, or a log stand still that must grow, before that is an "
	"alarm, 0 to 10080; default 15.",
	false},
    URNE_OPTION_CA,
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Watches the log of an election: every new checkpoint must be signed and continue the last "
    "one; "
    "every new event and ballot is verified completely, once, and the archive must say the same; "
    "the "
    "encrypted tally must be that of the ballots, and the result that of the decryptions. The "
    "journal of the board is followed too: every order must have the signatures it needs, and "
    "voting opens and ends when it says; and the pages for browsers must be those that it "
    "records. Only what "
    "is new is fetched. What was seen is kept in the state, so that the next run goes on there.",
    "Each change is a line on standard output, and so is each alarm: fork, rollback, stall, "
    "signature, files, archive, invalid, early-closing, outside-hours, receipt, tally, result, "
    "journal, pages. The "
    "evidence of an alarm lies in FILE.d/alarms; docs/observing.md says what each one means and "
    "what "
    "to do.",
    "After fork, invalid, receipt, tally, result and journal it ends, since what the log has "
    "signed "
    "contradicts itself. After the others it goes on, and says so again only when they come back. "
    "With --json every line is a JSON object.",
    NULL};

const struct urne_command urne_cmd_watch = {
    .name = "watch",
    .summary = "watch a board's log and raise an alarm",
    .synopsis =
	"URL --state FILE [--log-key KEY] [--receipt FILE]... [--interval SECONDS] [--once] "
	"[--alarm PROGRAM] [--pages FOLDER] [--stall MINUTES] [--ca FILE]",
    .min_args = 1,
    .max_args = 1,
    .options = options,
    .description = description,
    .refusal =
	"There was an alarm: with --once any, otherwise one that ends the watch. Or the state "
	"is of another election or key, or a receipt is none of this log.",
    .example =
	"urne watch https://vote.example.org/bb/8GpLcyFqQvDrUn --state spring.watch --log-key "
	"log.pub --alarm ./call-observers",
    .run = run_watch,
};
