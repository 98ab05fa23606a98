/* SPDX-License-Identifier: EUPL-1.2 */
/* The check that everything an earlier run verified is still there (threat A45). Each record of it
 * is read and hashed again, so the chain and the tree are recomputed; ballots are compared by their
 * hash, and only their proofs are not verified again. What differs is named, and then nothing of
 * the state is used: the archive is verified from its beginning. Spec: docs/verifier.md#state */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "verifier/state.h"
#include "verifier/verify.h"

/* differ: what stands at this event is not what was verified. The first difference stays. */
static void URNE_PRINTF(3, 4)
    differ(struct urne_verify_state *s, uint64_t height, const char *fmt, ...)
{
	va_list va;

	if (s->phase == URNE_STATE_LOST) {
		return;
	}
	s->phase = URNE_STATE_LOST;
	(void)snprintf(s->place, sizeof(s->place), "event %" PRIu64, height);
	va_start(va, fmt);
	(void)vsnprintf(s->why.text, sizeof(s->why.text), fmt, va);
	va_end(va);
}

bool
urne_verify_continues_lost(const struct urne_verification *v)
{
	return v->state != NULL && v->state->phase == URNE_STATE_LOST && !v->state->anew;
}

bool
urne_verify_continues_covers(const struct urne_verification *v, uint64_t height)
{
	return v->state != NULL && v->state->phase == URNE_STATE_RESUMING &&
	       height < v->state->size;
}

bool
urne_verify_continues_ballot(
    const struct urne_verification *v, size_t *member, const struct urne_log_item *item)
{
	struct urne_verify_state *s = v->state;
	uint64_t i = v->chain.num_of[URNE_EVENT_BALLOT] - 1;

	if (i >= s->num_ballots) {
		differ(s, item->event.height,
		    "is a ballot, and voting had %" PRIu64 " ballots when it ended",
		    s->num_ballots);
	} else if (!urne_hash_eq(&s->o.ballots[i].tracker, &item->data[0].hash)) {
		differ(s, item->event.height,
		    "is not the ballot that was verified there (ballot %" PRIu64 ")", i + 1);
	} else {
		*member = s->o.ballots[i].member;
	}
	return s->phase == URNE_STATE_RESUMING;
}

/* disagrees: the archive is the one that was verified, and the state says something else of it. */
static enum urne_err
disagrees(const struct urne_verify_state *s, struct urne_diag *d)
{
	return urne_fail(d, URNE_ERR_MISMATCH,
	    "%s: does not agree with the archive that it is of; take a copy of it or begin anew "
	    "with another file",
	    s->path);
}

/* differs_in names the first part of a Setup that is not the one of the state; NULL: none. */
static const char *
differs_in(const struct urne_verify_state *s, const struct urne_log_item *item)
{
	const struct urne_setup_data *setup = &s->o.setup;
	const struct {
		const char *name;
		const struct urne_hash *was;
	} parts[] = {{"election", &setup->election}, {"list of trustees", &setup->trustees},
	    {"list of credentials", &setup->credentials}, {"certificate", &setup->certificate}};

	for (size_t i = 0; i < item->num_data - 1; i++) {
		if (!urne_hash_eq(&item->data[i].hash, parts[i].was)) {
			return parts[i].name;
		}
	}
	return (item->num_data == URNE_MAX_EVENT_DATA) == setup->has_certificate ? NULL
										 : "certificate";
}

bool
urne_verify_continues_setup(const struct urne_verification *v, const struct urne_log_item *item)
{
	return urne_verify_continues_covers(v, 0) && differs_in(v->state, item) == NULL;
}

/* resume_setup: with the same Setup, what was found of the ballots behind it is what holds. */
static enum urne_err
resume_setup(struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct urne_verify_state *s = v->state;
	struct urne_view uuid = v->election.uuid, text;
	const char *part;
	size_t num;
	enum urne_err e;

	if (v->has_election && !urne_view_eq(uuid, urne_buf_view(&s->o.uuid))) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "%s: is the state of election %.*s, and this is %.*s; name another file",
		    s->path, (int)s->o.uuid.len, s->o.uuid.data, (int)uuid.len, uuid.p);
	}
	part = differs_in(s, item);
	if (part != NULL) {
		differ(s, 0, "its %s is not the one that was verified", part);
	} else if (urne_archive_timestamp(v->archive) != s->o.timestamp) {
		differ(s, 0, "the archive's timestamp is not the one that was verified");
	}
	if (s->phase == URNE_STATE_LOST) {
		return URNE_OK;
	}
	if (v->credentials == NULL || !v->can_tally) {
		return disagrees(s, d);
	}
	num = urne_credentials_count(v->credentials);
	for (size_t i = 0; i < s->num_ballots; i++) {
		if (s->o.ballots[i].member >= num) {
			return disagrees(s, d);
		}
	}
	e = urne_arena_copy(&v->tally_arena, &text, urne_buf_view(&s->o.tally_text));
	if (e == URNE_OK) {
		e = urne_tally_read(&v->tally, &v->tally_arena, d, &v->election, text);
	}
	if (e != URNE_OK) {
		return urne_err_is_ours(e) ? e : disagrees(s, d);
	}
	v->seen = s->o.seen; /* that of the file serves for what comes */
	s->o.seen = (struct urne_hash_index){.num = 0};
	return URNE_OK;
}

/* compare_end: the last event that the state has. Its ballots and its Setup were compared one by
 * one, so a root that differs comes from what stands behind the ballots. */
static enum urne_err
compare_end(struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct urne_verify_state *s = v->state;
	struct urne_hash was, is;

	urne_merkle_root(&s->o.tree, &was);
	urne_merkle_root(&v->log.tree, &is);
	if (!urne_hash_eq(&was, &is)) {
		differ(s, s->num_ballots + 1,
		    "from here to event %" PRIu64 " it is not what was verified there",
		    s->size - 1);
		return URNE_OK;
	}
	for (size_t i = 0; i < URNE_NUM_EVENT_TYPES; i++) {
		if (v->chain.num_of[i] != s->o.chain.num_of[i]) {
			return disagrees(s, d);
		}
	}
	if (!urne_hash_eq(&v->chain.last, &s->o.chain.last) || item->end != s->o.archive_end ||
	    v->num_valid != s->o.num_shares) {
		return disagrees(s, d);
	}
	s->phase = URNE_STATE_RECORDING;
	return URNE_OK;
}

enum urne_err
urne_verify_continues_event(
    struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct urne_verify_state *s = v->state;
	enum urne_err e = URNE_OK;

	if (s == NULL) {
		return URNE_OK;
	}
	if (s->has_signed && v->log.tree.size == s->signed_size) {
		struct urne_hash root;

		urne_merkle_root(&v->log.tree, &root);
		s->reached = true;
		s->same_root = urne_hash_eq(&root, &s->signed_root);
	}
	if (s->phase != URNE_STATE_RESUMING) {
		return URNE_OK;
	}
	if (item->event.type == URNE_EVENT_SETUP) {
		e = resume_setup(v, d, item);
	} else if (item->event.type != URNE_EVENT_BALLOT && item->event.height <= s->num_ballots) {
		differ(s, item->event.height, "is %s, and ballot %" PRIu64 " was verified there",
		    urne_event_type_name(item->event.type), item->event.height);
	}
	if (e == URNE_OK && s->phase == URNE_STATE_RESUMING && v->log.tree.size == s->size) {
		e = compare_end(v, d, item);
	}
	return e;
}

void
urne_verify_continues_walked(struct urne_verification *v, bool broken)
{
	struct urne_verify_state *s = v->state;
	uint64_t num = v->chain.num_events;

	if (s == NULL || s->phase != URNE_STATE_RESUMING) {
		return;
	}
	s->behind = !broken;
	if (broken) {
		differ(s, num, "can no longer be read, and it was verified before");
	} else {
		differ(s, num, "%" PRIu64 " events were verified, and there are %" PRIu64 " now",
		    s->size, num);
	}
}

/* same_key: the log signs with the key that it signed with before. */
static bool
same_key(const struct urne_verification *v)
{
	const struct urne_observer *o = &v->state->o;
	struct urne_note_key key;

	return !v->source->is_board || !v->log.has_key || o->key_text.len == 0 ||
	       (urne_log_key_of(&key, NULL, &v->log.key, o->key.name) == URNE_OK &&
		   memcmp(key.key, o->key.key, sizeof(key.key)) == 0);
}

static void
judge_behind(struct urne_verification *v, uint64_t size, uint64_t num)
{
	struct urne_diag why;

	if (v->source->fd >= 0) {
		urne_report_skip(v->report, URNE_CHECK_CONTINUES,
		    "the log shows %" PRIu64 " events, and %" PRIu64
		    " were there before: it is behind, or it was set back; try again later",
		    num, size);
		return;
	}
	(void)urne_fail(&why, URNE_ERR_INCOMPLETE,
	    "%" PRIu64 " events were there, and there are %" PRIu64
	    " now: it was cut short, or this is an older copy",
	    size, num);
	urne_report_fail(v->report, URNE_CHECK_CONTINUES, &why, "event %" PRIu64, num);
}

void
urne_verify_continues_end(struct urne_verification *v, bool broken)
{
	struct urne_verify_state *s = v->state;
	uint64_t num = v->log.tree.size;
	struct urne_diag why;

	if (s == NULL || !s->there) {
		urne_report_absent(v->report, URNE_CHECK_CONTINUES);
		return;
	}
	if (!same_key(v)) {
		(void)urne_fail(&why, URNE_ERR_MISMATCH,
		    "the log's key is no longer the one that signed what is kept in %s", s->path);
		urne_report_fail(v->report, URNE_CHECK_CONTINUES, &why, "policy");
	}
	if (s->phase == URNE_STATE_LOST && s->behind) {
		judge_behind(v, s->size, num);
	} else if (s->phase == URNE_STATE_LOST) {
		urne_report_fail(v->report, URNE_CHECK_CONTINUES, &s->why, "%s", s->place);
	} else if (s->has_signed && !s->reached && !broken) {
		judge_behind(v, s->signed_size, num);
	} else if (s->reached && !s->same_root) {
		(void)urne_fail(&why, URNE_ERR_MISMATCH,
		    "the first %" PRIu64 " events are not those that the log signed before",
		    s->signed_size);
		urne_report_fail(v->report, URNE_CHECK_CONTINUES, &why, "checkpoint");
	} else if (!broken || !s->has_signed || s->reached) {
		urne_report_item(v->report, URNE_CHECK_CONTINUES, s->size);
		urne_report_complete(v->report, URNE_CHECK_CONTINUES);
	}
	if (urne_report_verdict(v->report, URNE_CHECK_CONTINUES) == URNE_VERDICT_FAIL) {
		urne_report_note(v->report,
		    "%s is left as it was: with the copy that it is of, it shows what was there "
		    "before, keep both",
		    s->path);
	}
}
