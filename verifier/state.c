/* SPDX-License-Identifier: EUPL-1.2 */
/* The state that a run leaves to the next one: the longest beginning of the archive in which all is
 * right. It is added to in the order of the log, closed before the first thing that is not right,
 * and written once the report is out. Spec: docs/observing.md#the-state-file */
#include "verifier/state.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "verifier/ballot_chunk.h"
#include "verifier/verify.h"

#define MAX_EVENT ((size_t)4096)

/* --- the file --- */

static enum urne_err
read_signed(struct urne_verify_state *s, struct urne_diag *d)
{
	struct urne_checkpoint c;
	enum urne_err e;

	if (s->o.note.len == 0) {
		return URNE_OK;
	}
	e = urne_checkpoint_open(&c, &s->o.arena, d, urne_buf_view(&s->o.note), &s->o.key);
	if (e == URNE_OK) {
		s->has_signed = true;
		s->signed_size = c.size;
		s->signed_root = c.root;
	}
	return e;
}

enum urne_err
urne_verify_state_open(struct urne_verify_state *s, struct urne_diag *d, const char *path)
{
	enum urne_err e;

	*s = (struct urne_verify_state){.path = path, .lock = -1};
	urne_observer_init(&s->o, NULL);
	urne_buf_init(&s->folder, URNE_MAX_SMALL_FILE);
	urne_buf_init(&s->event, MAX_EVENT);
	s->began = (uint64_t)time(NULL);
	urne_buf_printf(&s->folder, "%s.d", path);
	urne_buf_put(&s->folder, "", 1);
	e = urne_buf_error(&s->folder);
	if (e != URNE_OK) {
		return urne_fail(d, e, "the name of the state is too long");
	}
	e = urne_observer_lock(&s->lock, d, path, s->folder.data);
	s->there = e == URNE_OK && urne_file_exists(path);
	if (s->there) {
		e = urne_observer_load(&s->o, d, path);
	}
	if (e == URNE_OK) {
		e = read_signed(s, d);
	}
	s->size = s->o.tree.size;
	s->num_ballots = s->o.num_ballots;
	s->phase = s->size > 0 ? URNE_STATE_RESUMING : URNE_STATE_RECORDING;
	return e;
}

void
urne_verify_state_close(struct urne_verify_state *s)
{
	if (s->lock >= 0) {
		(void)close(s->lock); /* only locked */
	}
	urne_observer_clear(&s->o);
	urne_buf_clear(&s->folder);
	urne_buf_clear(&s->event);
}

/* --- while the archive is read --- */

/* stop keeps the sum of the ballots that are recorded; what comes later may change it. */
static enum urne_err
stop(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_observer *o = &v->state->o;
	enum urne_err e = URNE_OK;

	if (v->state->phase != URNE_STATE_RECORDING) {
		return URNE_OK;
	}
	v->state->phase = URNE_STATE_CLOSED;
	urne_buf_reset(&o->tally_text);
	if (v->chunk != NULL) {
		e = urne_verify_count_flush(v, d);
	}
	if (e != URNE_OK) {
		return e;
	}
	if (o->tree.size > 0) {
		urne_tally_write(&o->tally_text, &v->election, &v->tally);
		e = urne_buf_error(&o->tally_text);
	}
	return e == URNE_OK ? e : urne_fail(d, e, "no memory for the state");
}

/* record adds an event; what it is follows from those before and its payload, NULL for none. */
static enum urne_err
record(struct urne_verify_state *s, struct urne_diag *d, enum urne_event_type type,
    const struct urne_hash *payload, uint64_t end)
{
	struct urne_observer *o = &s->o;
	struct urne_event event = {
	    .type = type,
	    .height = o->tree.size,
	    .has_parent = o->tree.size > 0,
	    .parent = o->chain.last,
	    .has_payload = payload != NULL,
	};
	struct urne_hash hash, leaf;
	enum urne_err e;

	if (payload != NULL) {
		event.payload = *payload;
	}
	urne_buf_reset(&s->event);
	urne_event_write(&s->event, &event);
	e = urne_buf_error(&s->event);
	if (e != URNE_OK) {
		return urne_fail(d, e, "no memory for the state");
	}
	urne_sha256_of(&hash, urne_buf_view(&s->event));
	urne_merkle_leaf(&leaf, urne_buf_view(&s->event));
	e = urne_chain_step(&o->chain, d, &event, &hash);
	if (e == URNE_OK) {
		e = urne_merkle_append(&o->tree, &leaf, NULL, NULL);
	}
	o->archive_end = end;
	return e;
}

enum urne_err
urne_verify_state_ballot(struct urne_verification *v, struct urne_diag *d, bool good,
    const struct urne_hash *tracker, size_t member, uint64_t end)
{
	struct urne_verify_state *s = v->state;

	if (s == NULL || s->phase != URNE_STATE_RECORDING) {
		return URNE_OK;
	}
	if (!good) {
		return stop(v, d);
	}
	if (urne_observer_put_ballot(&s->o, tracker, member) != URNE_OK) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the state");
	}
	return record(s, d, URNE_EVENT_BALLOT, tracker, end);
}

static bool
passed(const struct urne_verification *v, const enum urne_check_id *ids, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		if (urne_report_verdict(v->report, ids[i]) != URNE_VERDICT_PASS) {
			return false;
		}
	}
	return true;
}

static enum urne_err
take_setup(struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct urne_observer *o = &v->state->o;
	struct urne_setup_data *setup = &o->setup;

	urne_buf_reset(&o->uuid);
	urne_buf_put_view(&o->uuid, v->election.uuid);
	if (urne_buf_error(&o->uuid) != URNE_OK) {
		return urne_fail(d, o->uuid.err, "the uuid is too long for a state");
	}
	o->timestamp = urne_archive_timestamp(v->archive);
	setup->election = item->data[0].hash;
	setup->trustees = item->data[1].hash;
	setup->credentials = item->data[2].hash;
	setup->has_certificate = item->num_data == URNE_MAX_EVENT_DATA;
	if (setup->has_certificate) {
		setup->certificate = item->data[3].hash;
	}
	return URNE_OK;
}

/* take_share notes a partial decryption when it is right; one that is not counts for nothing, and
 * is an event all the same (threat A23). */
static enum urne_err
take_share(struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct urne_observer *o = &v->state->o;
	bool known[URNE_MAX_TRUSTEES + 1] = {false};

	(void)d;
	for (size_t i = 0; i < o->num_shares; i++) {
		known[o->shares[i].owner] = true;
	}
	for (size_t owner = 1; owner <= v->trustees.num_owners; owner++) {
		if (v->by_owner[owner - 1] != NULL && !known[owner]) {
			o->shares[o->num_shares++] =
			    (struct urne_observed_share){owner, item->data[0].hash};
		}
	}
	return URNE_OK;
}

/* What must have passed so that an event can be recorded, and what is kept of it. */
struct row {
	enum urne_check_id checks[4];
	size_t num;
	enum urne_err (*take)(
	    struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item);
};

static const struct row rows[URNE_NUM_ELECTION_EVENT_TYPES] = {
    [URNE_EVENT_SETUP] = {{URNE_CHECK_SETUP_ELECTION, URNE_CHECK_SETUP_TRUSTEES,
			      URNE_CHECK_SETUP_ELECTION_KEY, URNE_CHECK_SETUP_CREDENTIALS},
	4, take_setup},
    [URNE_EVENT_ENCRYPTED_TALLY] = {{URNE_CHECK_ENCRYPTED_TALLY, URNE_CHECK_TALLY_COUNTS}, 2, NULL},
    [URNE_EVENT_PARTIAL_DECRYPTION] = {{URNE_CHECK_ENCRYPTED_TALLY}, 1, take_share},
    [URNE_EVENT_RESULT] = {{URNE_CHECK_RESULT}, 1, NULL},
};

/* Checks that fail for one event among others of its kind. */
static bool
failed_before(const struct urne_report *r)
{
	for (size_t i = 0; i < URNE_CHECK_DEFINITION; i++) {
		if (r->outcomes[i].num_failures > 0) {
			return true;
		}
	}
	return false;
}

/* take_event: an event that is no ballot, behind ballots that were all checked. */
static enum urne_err
take_event(struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct urne_verify_state *s = v->state;
	const struct row *row = &rows[item->event.type];
	enum urne_err e = URNE_OK;

	if (v->has_election && v->election.has_non_homomorphic) {
		urne_report_note(v->report,
		    "%s: was not written, a state does not serve elections with non-homomorphic "
		    "questions",
		    s->path);
		return stop(v, d);
	}
	if (s->phase != URNE_STATE_RECORDING) {
		return URNE_OK; /* one of these ballots was not right */
	}
	if (failed_before(v->report) || !passed(v, row->checks, row->num)) {
		return stop(v, d);
	}
	if (row->take != NULL) {
		e = row->take(v, d, item);
	}
	if (e == URNE_OK) {
		e = record(s, d, item->event.type,
		    item->event.has_payload ? &item->event.payload : NULL, item->end);
	}
	return e;
}

enum urne_err
urne_verify_state_event(
    struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	const bool covered = urne_verify_continues_covers(v, item->event.height);
	struct urne_verify_state *s = v->state;
	enum urne_err e = urne_verify_continues_event(v, d, item);

	if (e != URNE_OK || s == NULL || covered || s->phase != URNE_STATE_RECORDING ||
	    item->event.type == URNE_EVENT_BALLOT) {
		return e;
	}
	if (v->chunk != NULL) {
		e = urne_verify_ballots_flush(v, d); /* they stand before it */
	}
	return e == URNE_OK ? take_event(v, d, item) : e;
}

/* --- once the report is out --- */

/* Checks behind which it is not known what was looked at, or whose state this is, or whether its
 * tally may be decrypted: with one of them failed the file stays as it was. */
static const enum urne_check_id needed[] = {
    URNE_CHECK_CONTINUES,
    URNE_CHECK_LOG_KEY,
    URNE_CHECK_LOG_CHECKPOINT,
    URNE_CHECK_LOG_ROOT,
    URNE_CHECK_LOG_TILES,
    URNE_CHECK_DEFINITION,
    URNE_CHECK_DEFINITION_QUESTIONS,
    URNE_CHECK_FLOOR,
};

static const enum urne_check_id of_log[] = {
    URNE_CHECK_LOG_KEY, URNE_CHECK_LOG_CHECKPOINT, URNE_CHECK_LOG_ROOT};

/* take_log: the log's key and its checkpoint, when they are known to be right. A checkpoint that
 * covers less than is known now is of no use any more. */
static enum urne_err
take_log(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_verify_state *s = v->state;
	const struct urne_checkpoint *c = &v->log.checkpoint;
	struct urne_note_key key;
	enum urne_err e;

	if (!v->source->is_board || !passed(v, of_log, sizeof(of_log) / sizeof(of_log[0]))) {
		if (s->has_signed && s->signed_size < s->o.tree.size) {
			urne_buf_reset(&s->o.note);
		}
		return URNE_OK;
	}
	e = urne_log_key_of(&key, d, &v->log.key, c->origin);
	if (e == URNE_OK) {
		e = urne_observer_key(&s->o, d, &key);
	}
	if (e != URNE_OK) {
		return e;
	}
	if (v->source->fd >= 0) {
		s->o.answered = s->began;
		s->o.moved = s->has_signed && s->signed_size == c->size ? s->o.moved : s->began;
	}
	urne_buf_reset(&s->o.note);
	urne_buf_put_view(&s->o.note, urne_buf_view(&v->source->checkpoint));
	return urne_buf_error(&s->o.note);
}

enum urne_err
urne_verify_state_save(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_verify_state *s = v->state;
	enum urne_err e;

	if (s == NULL || s->phase == URNE_STATE_LOST) {
		return URNE_OK;
	}
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		if (v->report->outcomes[needed[i]].num_failures > 0) {
			return URNE_OK;
		}
	}
	/* a run that ended where the file ends has nothing behind it to close */
	e = stop(v, d);
	if (e == URNE_OK && s->o.tree.size > 0) {
		e = take_log(v, d);
	}
	return e == URNE_OK && s->o.tree.size > 0 ? urne_observer_save(d, s->path, &s->o) : e;
}
