/* SPDX-License-Identifier: EUPL-1.2 */
/* The journal as a log, and entry by entry: it is verified by the checks of the election's log, on
 * a report of its own whose findings come together in one check; and every entry goes through the
 * one step that the board runs too. What it says of the election is held against that afterwards.
 * Spec: docs/journal.md#checks-of-the-verifier */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "documents/site_manifest.h"
#include "verifier/verify.h"

static const enum urne_check_id checks[] = {
    URNE_CHECK_JOURNAL_LOG,
    URNE_CHECK_JOURNAL_ENTRIES,
    URNE_CHECK_JOURNAL_SEAL,
    URNE_CHECK_JOURNAL_HOURS,
    URNE_CHECK_JOURNAL_REHEARSAL,
    URNE_CHECK_JOURNAL_RELEASE,
    URNE_CHECK_JOURNAL_CERTIFICATION,
};
#define NUM_CHECKS (sizeof(checks) / sizeof(checks[0]))

/* --- without a journal --- */

/* A board keeps a journal, so that not showing one is something; an archive alone promises none. */
static void
no_journal(struct urne_verification *v)
{
	bool fetched = v->source->fd >= 0;

	for (size_t i = 0; i < NUM_CHECKS; i++) {
		if (fetched) {
			urne_report_skip(v->report, checks[i],
			    "the board shows no journal; name a copy of it with --journal");
		} else {
			urne_report_absent(v->report, checks[i]);
		}
	}
	if (!fetched) {
		urne_report_note(v->report,
		    "no journal was given (--journal): who ordered this vote, and when, was not "
		    "checked");
	}
}

/* --- the journal's own log --- */

/* service_key: the key that signs the election's log, under the name of the service, which is what
 * stands before the last slash of the log's own name. */
static struct urne_note_key
service_key(const struct urne_log_check *l)
{
	struct urne_note_key key = l->key;

	if (l->has_checkpoint && urne_view_eq(key.name, l->checkpoint.origin)) {
		while (key.name.len > 0 && key.name.p[key.name.len - 1] != '/') {
			key.name.len--;
		}
		key.name.len -= key.name.len > 0 ? 1 : 0;
		key.id = urne_note_key_id(key.name, key.key);
	}
	return key;
}

/* open_log: a second verification, of which only the log's checks are made. */
static enum urne_err
open_log(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_source *source = &v->journal.source;
	struct urne_verification *log = calloc(1, sizeof(*log));
	struct urne_report *report = calloc(1, sizeof(*report));
	enum urne_err e;

	if (log == NULL || report == NULL) {
		free(log);
		free(report);
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the journal");
	}
	*source = *v->journal_source;
	if (v->log.has_key) {
		source->given_key = service_key(&v->log);
		source->has_given_key = true;
	}
	v->journal.log = log;
	log->report = report;
	log->source = source;
	log->chain.is_journal = true;
	log->has_election = true;
	log->election.uuid = urne_view_of(URNE_JOURNAL_NAME);
	e = urne_archive_open(&log->archive, d, source->archive.data);
	return e == URNE_OK ? urne_verify_log_open(log, d) : e;
}

/* fold: what the checks of a log found, as one check of this report. */
static void
fold(struct urne_verification *v)
{
	const struct urne_verification *log = v->journal.log;
	struct urne_report *r = v->report;
	bool all = true;

	if (!log->source->is_board) {
		urne_report_absent(r, URNE_CHECK_JOURNAL_LOG);
		return;
	}
	for (size_t id = URNE_CHECK_LOG_KEY; id <= URNE_CHECK_LOG_TILES; id++) {
		const struct urne_check_outcome *o = &log->report->outcomes[id];
		size_t num = (size_t)(o->num_failures < URNE_MAX_FAILURES ? o->num_failures
									  : URNE_MAX_FAILURES);

		for (size_t i = 0; i < num; i++) {
			urne_report_fail(r, URNE_CHECK_JOURNAL_LOG, &o->failures[i].reason,
			    "journal: %.80s", o->failures[i].place);
		}
		if (!o->absent && urne_report_verdict(log->report, (enum urne_check_id)id) ==
				      URNE_VERDICT_NOT_CHECKED) {
			urne_report_skip(r, URNE_CHECK_JOURNAL_LOG, "%s", o->why.text);
			all = false;
		}
	}
	for (size_t i = 0; i < log->report->num_notes && i < URNE_MAX_NOTES; i++) {
		urne_report_note(r, "journal: %.400s", log->report->notes[i].text);
	}
	if (all && urne_report_verdict(r, URNE_CHECK_JOURNAL_LOG) != URNE_VERDICT_FAIL) {
		urne_report_item(r, URNE_CHECK_JOURNAL_LOG, log->log.tree.size);
		urne_report_complete(r, URNE_CHECK_JOURNAL_LOG);
	}
}

/* --- its entries --- */

static enum urne_err
remember(struct urne_journal_check *j, struct urne_diag *d, const struct urne_log_item *item)
{
	if (j->num_rehearsals == j->cap_rehearsals) {
		size_t cap = j->cap_rehearsals > 0 ? 2 * j->cap_rehearsals : 16;
		struct urne_rehearsal_place *more = reallocarray(j->rehearsals, cap, sizeof(*more));

		if (more == NULL) {
			return urne_fail(d, URNE_ERR_MEMORY, "no memory for the rehearsals");
		}
		j->rehearsals = more;
		j->cap_rehearsals = cap;
	}
	j->rehearsals[j->num_rehearsals++] = (struct urne_rehearsal_place){
	    item->event.height, item->data[0], j->said.items[j->said.num - 1].record};
	return URNE_OK;
}

/* check_manifest: what a record of the pages names is a list of what was served, in its one form;
 * whether that was served, only those who watched can tell. */
static enum urne_err
check_manifest(struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct urne_diag why = {""};
	struct urne_site_manifest manifest;
	struct urne_arena arena;
	struct urne_buf text;
	enum urne_err e;

	urne_arena_init(&arena, URNE_MAX_SITE);
	urne_buf_init(&text, URNE_MAX_SITE);
	e = urne_verify_load(v->journal.log, &text, &why, &item->data[0]);
	if (e == URNE_OK) {
		e = urne_site_manifest_read(&manifest, &arena, &why, urne_buf_view(&text));
	}
	if (e != URNE_OK && urne_err_is_ours(e)) {
		*d = why;
	} else if (e != URNE_OK) {
		urne_report_fail(v->report, URNE_CHECK_JOURNAL_ENTRIES, &why,
		    "journal: entry %" PRIu64, item->event.height);
		e = URNE_OK;
	}
	urne_buf_clear(&text);
	urne_arena_clear(&arena);
	return e;
}

/* is_of_kind: the entry that was just taken is a record of that kind. */
static bool
is_of_kind(const struct urne_verification *v, const struct urne_log_item *item,
    enum urne_record_kind_of_journal kind)
{
	const struct urne_proceedings *said = &v->journal.said;

	return item->event.type == URNE_EVENT_RECORD && said->num > 0 &&
	       said->items[said->num - 1].record.kind == kind;
}

/* take steps the journal's state, and keeps what the entry tells. */
static enum urne_err
take(struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item,
    struct urne_view payload)
{
	struct urne_journal_check *j = &v->journal;
	struct urne_diag why = {""};
	enum urne_err e = urne_journal_step(j->state, &why, item->event.type, payload);

	if (e == URNE_OK) {
		e = urne_proceedings_take(
		    &j->said, &why, j->state, item->event.type, &item->hash, payload);
	}
	if (e != URNE_OK && urne_err_is_ours(e)) {
		*d = why;
		return e;
	}
	if (e != URNE_OK) {
		urne_report_fail(v->report, URNE_CHECK_JOURNAL_ENTRIES, &why,
		    "journal: entry %" PRIu64, item->event.height);
		j->is_lawful = false;
		return URNE_OK;
	}
	urne_report_item(v->report, URNE_CHECK_JOURNAL_ENTRIES, 1);
	if (is_of_kind(v, item, URNE_JOURNAL_PAGES)) {
		return check_manifest(v, d, item);
	}
	return is_of_kind(v, item, URNE_JOURNAL_REHEARSED) ? remember(j, d, item) : URNE_OK;
}

static enum urne_err
take_item(struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct urne_verification *log = v->journal.log;
	struct urne_diag why = {""};
	struct urne_buf payload;
	enum urne_err e = urne_verify_log_event(log, d, item);

	if (e != URNE_OK || !v->journal.is_lawful) {
		return e; /* behind an unlawful entry nothing can be judged but the log itself */
	}
	urne_buf_init(&payload, URNE_JOURNAL_MAX_PAYLOAD);
	e = urne_verify_load(log, &payload, &why, &item->data[item->num_data - 1]);
	if (e == URNE_OK) {
		e = take(v, d, item, urne_buf_view(&payload));
	} else if (e == URNE_ERR_LIMIT) {
		urne_report_fail(v->report, URNE_CHECK_JOURNAL_ENTRIES, &why,
		    "journal: entry %" PRIu64, item->event.height);
		v->journal.is_lawful = false;
		e = URNE_OK;
	} else {
		*d = why;
	}
	urne_buf_clear(&payload);
	return e;
}

/* walk goes through the journal's archive. *broken: its records themselves are wrong. */
static enum urne_err
walk(struct urne_verification *v, struct urne_diag *d, bool *broken)
{
	struct urne_verification *log = v->journal.log;
	enum urne_err e = URNE_OK;

	while (e == URNE_OK && !urne_verify_log_covered(log)) {
		struct urne_diag why = {""};
		struct urne_log_item item;
		enum urne_log_fault fault;
		bool done;

		e = urne_log_next(log->archive, &log->chain, &item, &done, &fault, &why);
		if (e != URNE_OK && urne_err_is_ours(e)) {
			*d = why;
			return e;
		}
		if (e != URNE_OK) {
			urne_report_fail(v->report, URNE_CHECK_JOURNAL_ENTRIES, &why,
			    "journal: entry %" PRIu64, log->chain.num_events);
			*broken = true;
			return URNE_OK;
		}
		if (done) {
			break;
		}
		e = take_item(v, d, &item);
	}
	return e;
}

/* is_of_service: whether the log `origin` is one of the service. */
static bool
is_of_service(struct urne_view origin, struct urne_view service)
{
	return origin.len > service.len && origin.p[service.len] == '/' &&
	       memcmp(origin.p, service.p, service.len) == 0 &&
	       memchr(origin.p + service.len + 1, '/', origin.len - service.len - 1) == NULL;
}

/* The journal says whose it is; the logs that were signed must be of the same service. */
static void
check_service(struct urne_verification *v)
{
	const struct urne_genesis *g = urne_journal_genesis(v->journal.state);
	const struct urne_log_check *const logs[] = {&v->log, &v->journal.log->log};

	for (size_t i = 0; v->journal.is_lawful && i < sizeof(logs) / sizeof(logs[0]); i++) {
		struct urne_view origin = logs[i]->checkpoint.origin;
		struct urne_diag why;

		if (logs[i]->has_checkpoint && !is_of_service(origin, g->service)) {
			(void)urne_fail(&why, URNE_ERR_MISMATCH,
			    "it is of the service %.*s, and the log is %.*s", (int)g->service.len,
			    g->service.p, (int)origin.len, origin.p);
			urne_report_fail(
			    v->report, URNE_CHECK_JOURNAL_ENTRIES, &why, "journal: entry 0");
			v->journal.is_lawful = false;
		}
	}
}

static enum urne_err
read_all(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_journal_check *j = &v->journal;
	bool broken = false;
	enum urne_err e;

	j->is_lawful = true;
	e = walk(v, d, &broken);
	if (e != URNE_OK) {
		return e;
	}
	urne_verify_log_end(j->log, broken);
	fold(v);
	if (!broken && j->is_lawful && j->log->chain.num_events == 0) {
		urne_report_skip(v->report, URNE_CHECK_JOURNAL_ENTRIES, "the journal is empty");
		broken = true;
	}
	j->is_lawful = j->is_lawful && !broken;
	check_service(v);
	if (j->is_lawful) {
		urne_report_complete(v->report, URNE_CHECK_JOURNAL_ENTRIES);
	}
	return URNE_OK;
}

enum urne_err
urne_verify_journal_open(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_journal_check *j = &v->journal;
	enum urne_err e;

	urne_proceedings_init(&j->said);
	if (v->journal_source == NULL) {
		no_journal(v);
		return URNE_OK;
	}
	e = urne_journal_new(&j->state, d);
	if (e == URNE_OK) {
		e = open_log(v, d);
	}
	return e == URNE_OK ? read_all(v, d) : e;
}

/* --- the election's events --- */

/* size_of: at which size the journal names the tree of the election's log; 0: not at all. */
static uint64_t
size_of(const struct urne_journal_election *e, enum urne_journal_moment m)
{
	const struct urne_journal_tree *const trees[URNE_NUM_MOMENTS] = {
	    [URNE_MOMENT_OPENED] = &e->opened,
	    [URNE_MOMENT_CLOSED] = &e->closed,
	    [URNE_MOMENT_TALLIED] = &e->tallied,
	};

	return trees[m]->there ? trees[m]->size : 0;
}

void
urne_verify_journal_event(struct urne_verification *v, const struct urne_log_item *item)
{
	struct urne_journal_check *j = &v->journal;

	if (j->log == NULL || !v->has_election) {
		return;
	}
	if (item->event.type == URNE_EVENT_SETUP) {
		j->election = urne_journal_find(j->state, v->election.uuid);
		j->has_setup = true;
		j->setup = item->event.payload;
		j->credentials = item->data[2].hash; /* election, trustees, credentials */
	}
	if (item->event.type == URNE_EVENT_RESULT) {
		j->has_result = true;
		j->result = item->event.payload;
	}
	for (size_t m = 0; j->election != NULL && m < URNE_NUM_MOMENTS; m++) {
		struct urne_found_tree *f = &j->found[m];

		if (size_of(j->election, (enum urne_journal_moment)m) == v->log.tree.size) {
			f->there = true;
			f->last = item->event.type;
			urne_merkle_root(&v->log.tree, &f->root);
		}
	}
}

/* not_judged gives the checks that hold the election against the journal their reason. */
static void
not_judged(struct urne_verification *v, const char *why)
{
	for (size_t i = 2; i < NUM_CHECKS; i++) {
		urne_report_skip(v->report, checks[i], "%s", why);
	}
}

static void
unknown_election(struct urne_verification *v)
{
	struct urne_diag why;

	(void)urne_fail(&why, URNE_ERR_UNKNOWN,
	    "no official ordered anything about the election %.*s, so nobody sealed its Setup",
	    (int)v->election.uuid.len, v->election.uuid.p);
	urne_report_fail(v->report, URNE_CHECK_JOURNAL_SEAL, &why, "journal");
	not_judged(v, "the journal does not know the election");
}

enum urne_err
urne_verify_journal_end(struct urne_verification *v, struct urne_diag *d, bool broken)
{
	const struct urne_journal_check *j = &v->journal;

	if (j->log == NULL) {
		return URNE_OK;
	}
	if (v->files.minutes == NULL) {
		urne_report_absent(v->report, URNE_CHECK_JOURNAL_CERTIFICATION);
	}
	if (!j->is_lawful) {
		not_judged(v, "the journal could not be read to its end");
		return URNE_OK;
	}
	if (broken || !j->has_setup) {
		not_judged(v, "the archive has no election that could be read to its end");
		return URNE_OK;
	}
	if (j->election == NULL) {
		unknown_election(v);
		return URNE_OK;
	}
	urne_verify_journal_seal(v);
	urne_verify_journal_hours(v);
	urne_verify_journal_release(v);
	urne_verify_journal_certification(v);
	return urne_verify_journal_rehearsals(v, d);
}

void
urne_verify_journal_clear(struct urne_verification *v)
{
	struct urne_journal_check *j = &v->journal;

	if (j->log != NULL) {
		urne_verify_log_clear(j->log);
		urne_archive_close(j->log->archive);
		free(j->log->report);
		free(j->log);
	}
	urne_journal_free(j->state);
	urne_proceedings_clear(&j->said);
	free(j->rehearsals);
	*j = (struct urne_journal_check){.log = NULL};
}
