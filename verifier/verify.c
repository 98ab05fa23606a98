/* SPDX-License-Identifier: EUPL-1.2 */
/* One walk through the archive: each event goes to the family of checks that a table names. */
#include "verifier/verify.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "verifier/hints.h"
#include "verifier/progress.h"

/* Names, quotes, braces around one element or scalar: "challenge":"...", and the like. */
#define AROUND ((size_t)64)
/* The rest of a ballot: uuid, hashes, names of fields per question. */
#define FIXED ((size_t)4096)

typedef enum urne_err (*family)(
    struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item);

static const family families[URNE_NUM_EVENT_TYPES] = {
    [URNE_EVENT_SETUP] = urne_verify_setup,
    [URNE_EVENT_BALLOT] = urne_verify_ballot,
    [URNE_EVENT_ENCRYPTED_TALLY] = urne_verify_tally,
    [URNE_EVENT_SHUFFLE] = urne_verify_shuffle,
    [URNE_EVENT_PARTIAL_DECRYPTION] = urne_verify_decryption,
    [URNE_EVENT_RESULT] = urne_verify_result,
};

/* The checks of the stream, and which of them a fault fails. */
static const enum urne_check_id check_of_fault[] = {
    [URNE_LOG_FAULT_FORMAT] = URNE_CHECK_ARCHIVE_FORMAT,
    [URNE_LOG_FAULT_HASH] = URNE_CHECK_RECORD_HASH,
    [URNE_LOG_FAULT_EVENT] = URNE_CHECK_EVENT_FORM,
    [URNE_LOG_FAULT_CHAIN] = URNE_CHECK_CHAIN,
    [URNE_LOG_FAULT_CYCLE] = URNE_CHECK_LIFE_CYCLE,
    [URNE_LOG_FAULT_RECORDS] = URNE_CHECK_RECORDS,
};

static const enum urne_check_id stream_checks[] = {
    URNE_CHECK_ARCHIVE_FORMAT,
    URNE_CHECK_RECORD_HASH,
    URNE_CHECK_EVENT_FORM,
    URNE_CHECK_CHAIN,
    URNE_CHECK_LIFE_CYCLE,
    URNE_CHECK_RECORDS,
};
#define NUM_STREAM_CHECKS (sizeof(stream_checks) / sizeof(stream_checks[0]))

static const char *const stages[] = {
    [URNE_STAGE_EMPTY] = "empty: there is no setup",
    [URNE_STAGE_OPEN] = "voting is open",
    [URNE_STAGE_CLOSED] = "voting has ended, there is no tally yet",
    [URNE_STAGE_SHUFFLING] = "the trustees are shuffling",
    [URNE_STAGE_DECRYPTING] = "the trustees are decrypting",
    [URNE_STAGE_DONE] = "the result is there",
    [URNE_STAGE_JOURNAL] = "this is a journal",
};

enum urne_err
urne_verify_load(struct urne_verification *v, struct urne_buf *out, struct urne_diag *d,
    const struct urne_record *rec)
{
	if (rec->size == 0) {
		return URNE_OK; /* no codec reads an empty text; its error is the better one */
	}
	return urne_archive_load(v->archive, out, d, rec);
}

size_t
urne_verify_text_cap(const struct urne_verification *v, size_t num_values)
{
	size_t width = v->election.group->kind == URNE_GROUP_EDWARDS ? 80 : URNE_TEXT_MAX;
	size_t cap = 0, fixed = 0;

	if (!urne_mul_size(&fixed, v->election.num_questions + 1, FIXED) ||
	    !urne_mul_size(&cap, num_values, width + AROUND) || !urne_add_size(&cap, cap, fixed) ||
	    cap > URNE_MAX_RECORD) {
		return URNE_MAX_RECORD;
	}
	return cap;
}

static void
stream_items(struct urne_report *r, const struct urne_log_item *item)
{
	urne_report_item(r, URNE_CHECK_ARCHIVE_FORMAT, item->num_data + 1);
	urne_report_item(r, URNE_CHECK_RECORD_HASH, item->num_data + 1);
	urne_report_item(r, URNE_CHECK_EVENT_FORM, 1);
	urne_report_item(r, URNE_CHECK_CHAIN, 1);
	urne_report_item(r, URNE_CHECK_LIFE_CYCLE, 1);
	urne_report_item(r, URNE_CHECK_RECORDS, 1);
}

/* walk goes through the events. *broken: the stream itself is wrong, or there is no election to
 * judge it by, and nothing behind that place was read. */
static enum urne_err
walk(struct urne_verification *v, struct urne_diag *d, struct urne_progress *progress, bool *broken)
{
	struct urne_report *r = v->report;

	while (!urne_verify_log_covered(v) && !urne_verify_continues_lost(v)) {
		struct urne_log_item item;
		enum urne_log_fault fault;
		bool done;
		enum urne_err e = urne_log_next(v->archive, &v->chain, &item, &done, &fault, d);

		if (e != URNE_OK && urne_err_is_ours(e)) {
			return e;
		}
		if (e != URNE_OK) {
			*broken = true;
			urne_report_fail(
			    r, check_of_fault[fault], d, "event %" PRIu64, v->chain.num_events);
			return URNE_OK;
		}
		if (done) {
			return URNE_OK;
		}
		stream_items(r, &item);
		urne_progress_show(progress, item.end);
		e = urne_verify_log_event(v, d, &item);
		if (e == URNE_OK && families[item.event.type] != NULL) {
			e = families[item.event.type](v, d, &item);
		}
		if (e == URNE_OK) {
			e = urne_verify_state_event(v, d, &item);
		}
		if (e != URNE_OK) {
			return e;
		}
		urne_verify_journal_event(v, &item);
		if (!v->has_election) {
			*broken = true;
			return URNE_OK;
		}
	}
	return URNE_OK;
}

/* not_reached gives a reason to every check that the walk did not come to. */
static void
not_reached(struct urne_report *r, bool broken, const char *stage)
{
	size_t i;

	for (i = 0; i < URNE_NUM_CHECKS; i++) {
		if (!r->outcomes[i].completed && r->outcomes[i].num_failures == 0) {
			urne_report_skip(r, (enum urne_check_id)i, "%s%s",
			    broken ? "the archive could not be read to its end" : "not there yet: ",
			    broken ? "" : stage);
		}
	}
}

/* finish: what can be said only once the whole file was read. */
static enum urne_err
finish(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_report *r = v->report;
	size_t i;

	urne_archive_digest(v->archive, &r->sha256);
	r->has_sha256 = true;
	if (v->chain.stage == URNE_STAGE_EMPTY) {
		return URNE_OK;
	}
	for (i = 0; i < NUM_STREAM_CHECKS; i++) {
		urne_report_complete(r, stream_checks[i]);
	}
	if (v->chain.stage == URNE_STAGE_OPEN) {
		urne_verify_ballots_complete(v);
	}
	if (v->chain.stage == URNE_STAGE_DECRYPTING && v->chain.num_of[URNE_EVENT_RESULT] == 0) {
		return urne_verify_shares(v, d);
	}
	return URNE_OK;
}

/* the_vote: what stands above the cryptographic election. The minutes come last: they hold the
 * verdict on everything before them. */
static enum urne_err
the_vote(struct urne_verification *v, struct urne_diag *d)
{
	enum urne_err e = urne_verify_definition(v, d);

	if (e == URNE_OK) {
		e = urne_verify_minutes_open(v, d);
	}
	if (e == URNE_OK) {
		e = urne_verify_outcome(v, d);
	}
	return e == URNE_OK ? urne_verify_minutes(v, d) : e;
}

enum urne_err
urne_verify(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_report *r = v->report;
	struct urne_progress progress;
	bool broken = false;
	struct stat st = {.st_size = 0};
	enum urne_err e = urne_archive_open(&v->archive, d, v->archive_path);

	if (e != URNE_OK) {
		return e;
	}
	urne_arena_init(&v->arena, URNE_MAX_RECORD);
	urne_arena_init(&v->tally_arena, (size_t)2 << 30);
	urne_buf_init(&v->election_text, URNE_MAX_TEXT_FILE);
	urne_buf_init(&v->trustees_text, (size_t)256 << 20);
	urne_buf_init(&v->definition_text, URNE_MAX_TEXT_FILE);
	urne_buf_init(&v->minutes_text, URNE_MAX_DOCUMENT);
	urne_report_item(r, URNE_CHECK_ARCHIVE_FORMAT, 1); /* the first record, BELENIOS */
	e = urne_verify_log_open(v, d);
	if (e == URNE_OK) {
		e = urne_verify_journal_open(v, d);
	}
	if (e != URNE_OK) {
		return e;
	}
	(void)stat(v->archive_path, &st); /* without a size there is no bar */
	urne_progress_begin(&progress, st.st_size > 0 ? (uint64_t)st.st_size : 0);
	e = walk(v, d, &progress, &broken);
	if (e == URNE_OK) {
		urne_verify_continues_walked(v, broken);
	}
	if (urne_verify_continues_lost(v)) {
		urne_progress_end(&progress);
		return e;
	}
	if (e == URNE_OK && v->chunk != NULL) {
		e = urne_verify_ballots_flush(v, d);
	}
	if (e == URNE_OK) {
		e = urne_verify_hints_finish(v, d);
	}
	if (e == URNE_OK && !broken) {
		e = finish(v, d);
	}
	urne_progress_end(&progress);
	r->stage = stages[v->chain.stage];
	r->has_result = !broken && v->chain.stage == URNE_STAGE_DONE;
	urne_report_absent(r, URNE_CHECK_MINUTES);
	urne_report_absent(r, URNE_CHECK_MINUTES_SIGNATURES);
	if (e == URNE_OK && !broken && v->has_election) {
		e = the_vote(v, d);
	} else if (v->files.minutes != NULL) {
		urne_report_wanted(r, URNE_CHECK_MINUTES);
		urne_report_wanted(r, URNE_CHECK_MINUTES_SIGNATURES);
	}
	if (e == URNE_OK) {
		urne_verify_log_end(v, broken);
		urne_verify_continues_end(v, broken);
		e = urne_verify_journal_end(v, d, broken);
	}
	not_reached(r, broken, r->stage);
	return e;
}

void
urne_verify_clear(struct urne_verification *v)
{
	urne_verify_ballots_free(v);
	urne_verify_hints_close(v);
	urne_verify_log_clear(v);
	urne_verify_journal_clear(v);
	urne_credentials_free(v->credentials);
	urne_archive_close(v->archive);
	urne_arena_clear(&v->arena);
	urne_arena_clear(&v->tally_arena);
	urne_buf_clear(&v->election_text);
	urne_buf_clear(&v->trustees_text);
	urne_buf_clear(&v->definition_text);
	urne_buf_clear(&v->minutes_text);
	free(v->last);
	free(v->by_owner);
	free(v->has_shuffled);
	v->credentials = NULL;
	v->archive = NULL;
	v->last = NULL;
	v->by_owner = NULL;
	v->has_shuffled = NULL;
}
