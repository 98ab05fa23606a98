/* SPDX-License-Identifier: EUPL-1.2 */
/* The checks of the log that stands behind an archive (threats A9, A10, A29): whose key signs it,
 * that the checkpoint is signed and of this election, and that its root is the one that the
 * archive's events give, recomputed from nothing but the archive.
 * Spec: docs/log.md#policy, docs/log.md#checkpoints, docs/log.md#tree */
#include <inttypes.h>
#include <string.h>

#include "bulletin/log/policy.h"
#include "verifier/verify.h"

#define MAX_NOTES ((size_t)1 << 20)
#define MAX_EVENT ((size_t)4096)

/* --- the key --- */

/* same_key: one key, be it under the name of the service or of one of its logs. */
static bool
same_key(const struct urne_note_key *a, const struct urne_note_key *b)
{
	struct urne_note_key k;

	return memcmp(a->key, b->key, sizeof(a->key)) == 0 &&
	       (urne_log_key_of(&k, NULL, a, b->name) == URNE_OK ||
		   urne_log_key_of(&k, NULL, b, a->name) == URNE_OK);
}

/* read_policy: *there is false, and the reason is in the report, when there is none to be had. */
static void
read_policy(struct urne_verification *v, struct urne_policy *policy, bool *there)
{
	struct urne_diag why = {""};
	enum urne_err e;

	*there = false;
	if (v->source->policy.len == 0) {
		return;
	}
	e = urne_policy_read(policy, &why, urne_buf_view(&v->source->policy));
	if (e == URNE_ERR_UNSUPPORTED) {
		urne_report_skip(v->report, URNE_CHECK_LOG_KEY, "policy: %s", why.text);
	} else if (e != URNE_OK) {
		urne_report_fail(v->report, URNE_CHECK_LOG_KEY, &why, "policy");
	}
	*there = e == URNE_OK;
}

/* compare_kept: the key may not change from one fetching to the next. */
static void
compare_kept(struct urne_verification *v, const struct urne_policy *policy)
{
	struct urne_policy kept;
	struct urne_diag why;

	if (v->source->kept_policy.len > 0 &&
	    (urne_policy_read(&kept, NULL, urne_buf_view(&v->source->kept_policy)) != URNE_OK ||
		!same_key(&kept.log, &policy->log))) {
		(void)urne_fail(&why, URNE_ERR_MISMATCH,
		    "the log's key is no longer the one of the copy that was kept in %s",
		    v->source->keep);
		urne_report_fail(v->report, URNE_CHECK_LOG_KEY, &why, "policy");
	}
}

static void
note_own_key(struct urne_verification *v)
{
	struct urne_buf text;

	urne_buf_init(&text, MAX_EVENT);
	urne_note_key_write(&text, &v->log.key);
	urne_report_note(v->report,
	    "the log's key was taken from the log itself and compared with nothing: whoever made "
	    "this copy may have made the key. Compare it with the one that officials publish with "
	    "the invitation to vote, or name that one with --log-key: %.*s",
	    (int)text.len, text.len > 0 ? text.data : "");
	urne_buf_clear(&text);
}

static void
judge_key(struct urne_verification *v)
{
	const struct urne_source *s = v->source;
	struct urne_report *r = v->report;
	struct urne_policy policy;
	struct urne_diag why;
	bool there;

	urne_report_complete(r, URNE_CHECK_LOG_KEY);
	read_policy(v, &policy, &there);
	v->log.has_key = s->has_given_key || there;
	if (!v->log.has_key) {
		urne_report_skip(r, URNE_CHECK_LOG_KEY,
		    "there is no policy that names a key; name the key with --log-key");
		return;
	}
	v->log.key = s->has_given_key ? s->given_key : policy.log;
	if (there) {
		compare_kept(v, &policy);
	}
	if (!s->has_given_key) {
		note_own_key(v);
	} else if (there && !same_key(&s->given_key, &policy.log)) {
		(void)urne_fail(&why, URNE_ERR_MISMATCH,
		    "it names the key %08" PRIx32 " of %.*s, and --log-key is another one",
		    policy.log.id, (int)policy.log.name.len, policy.log.name.p);
		urne_report_fail(r, URNE_CHECK_LOG_KEY, &why, "policy");
	}
	if (urne_report_verdict(r, URNE_CHECK_LOG_KEY) == URNE_VERDICT_PASS) {
		urne_report_item(r, URNE_CHECK_LOG_KEY, 1);
	}
}

/* --- before the walk --- */

static enum urne_err
open_checkpoint(struct urne_verification *v, struct urne_diag *d)
{
	const struct urne_source *s = v->source;
	struct urne_log_check *l = &v->log;
	struct urne_diag why = {""};
	enum urne_err e;

	if (s->checkpoint.len == 0 || !l->has_key) {
		urne_report_skip(v->report, URNE_CHECK_LOG_CHECKPOINT,
		    s->checkpoint.len == 0 ? "there is no checkpoint"
					   : "it is not known whose signature counts");
		return URNE_OK;
	}
	e = urne_checkpoint_open(
	    &l->checkpoint, &l->arena, &why, urne_buf_view(&s->checkpoint), &l->key);
	if (e != URNE_OK && urne_err_is_ours(e)) {
		*d = why;
		return e;
	}
	if (e != URNE_OK) {
		urne_report_fail(v->report, URNE_CHECK_LOG_CHECKPOINT, &why, "checkpoint");
		return URNE_OK;
	}
	l->has_checkpoint = true;
	l->num_covered = s->fd >= 0 ? l->checkpoint.size : 0;
	return URNE_OK;
}

/* An archive alone has no log; receipts can be held against it all the same. */
static void
no_log(struct urne_verification *v)
{
	static const enum urne_check_id none[] = {
	    URNE_CHECK_LOG_KEY, URNE_CHECK_LOG_CHECKPOINT, URNE_CHECK_LOG_ROOT};

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		urne_report_absent(v->report, none[i]);
	}
	v->log.has_key = v->source->has_given_key;
	v->log.key = v->source->given_key;
}

enum urne_err
urne_verify_log_open(struct urne_verification *v, struct urne_diag *d)
{
	enum urne_err e = URNE_OK;

	urne_arena_init(&v->log.arena, MAX_NOTES);
	urne_buf_init(&v->log.event, MAX_EVENT);
	if (v->source->is_board) {
		judge_key(v);
		e = open_checkpoint(v, d);
	} else {
		no_log(v);
	}
	if (e == URNE_OK) {
		e = urne_verify_tiles_open(v, d);
	}
	return e == URNE_OK ? urne_verify_receipts_open(v, d) : e;
}

bool
urne_verify_log_covered(const struct urne_verification *v)
{
	return v->log.num_covered > 0 && v->chain.num_events == v->log.num_covered;
}

/* --- during the walk --- */

struct place {
	struct urne_verification *v;
	struct urne_diag *d;
};

static enum urne_err
node(void *ctx, unsigned level, uint64_t index, const struct urne_hash *hash)
{
	const struct place *p = ctx;

	return urne_verify_tiles_node(p->v, p->d, level, index, hash);
}

enum urne_err
urne_verify_log_event(
    struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct urne_log_check *l = &v->log;
	struct place p = {v, d};
	struct urne_hash leaf;
	enum urne_err e;

	/* the event was read in its one form, so these are the bytes of the archive */
	urne_buf_reset(&l->event);
	urne_event_write(&l->event, &item->event);
	e = urne_buf_error(&l->event);
	if (e == URNE_OK) {
		e = urne_verify_tiles_entry(v, d, l->tree.size, urne_buf_view(&l->event));
	}
	if (e == URNE_OK) {
		urne_merkle_leaf(&leaf, urne_buf_view(&l->event));
		e = urne_merkle_append(&l->tree, &leaf, node, &p);
	}
	if (e != URNE_OK) {
		return e;
	}
	if (l->has_checkpoint && l->tree.size == l->checkpoint.size) {
		urne_merkle_root(&l->tree, &l->root);
		l->has_root = true;
	}
	urne_verify_receipts_event(v, item);
	return URNE_OK;
}

/* --- behind everything else --- */

static void
judge_checkpoint(struct urne_verification *v)
{
	struct urne_view origin = v->log.checkpoint.origin, uuid = v->election.uuid;
	struct urne_diag why;

	if (!v->log.has_checkpoint || !v->has_election) {
		return; /* its reason is given, or it is that of the archive */
	}
	if (origin.len <= uuid.len || origin.p[origin.len - uuid.len - 1] != '/' ||
	    memcmp(origin.p + origin.len - uuid.len, uuid.p, uuid.len) != 0) {
		(void)urne_fail(&why, URNE_ERR_MISMATCH,
		    "it is of the log %.*s, and the election is %.*s", (int)origin.len, origin.p,
		    (int)uuid.len, uuid.p);
		urne_report_fail(v->report, URNE_CHECK_LOG_CHECKPOINT, &why, "checkpoint");
		return;
	}
	urne_report_item(v->report, URNE_CHECK_LOG_CHECKPOINT, 1);
	urne_report_complete(v->report, URNE_CHECK_LOG_CHECKPOINT);
}

/* compare_root says in *why how the checkpoint and the archive differ. */
static enum urne_err
compare_root(const struct urne_log_check *l, struct urne_diag *why)
{
	uint64_t size = l->checkpoint.size, num = l->tree.size;
	char ours[URNE_HASH_HEX_LEN], theirs[URNE_HASH_HEX_LEN];

	if (size > num) {
		return urne_fail(why, URNE_ERR_INCOMPLETE,
		    "it covers %" PRIu64 " events, and the archive ends after %" PRIu64
		    ": it was cut short",
		    size, num);
	}
	if (!l->has_root || !urne_hash_eq(&l->root, &l->checkpoint.root)) {
		urne_hex_encode(ours, l->root.b, URNE_HASH_LEN);
		urne_hex_encode(theirs, l->checkpoint.root.b, URNE_HASH_LEN);
		return urne_fail(why, URNE_ERR_MISMATCH,
		    "its root is %.*s, and the first %" PRIu64
		    " events of the archive give %.*s: this is not the history that was signed",
		    (int)sizeof(theirs), theirs, size, (int)sizeof(ours), ours);
	}
	if (size < num) {
		return urne_fail(why, URNE_ERR_MISMATCH,
		    "it covers %" PRIu64 " events, and nobody has signed the %" PRIu64
		    " that stand behind them",
		    size, num - size);
	}
	return URNE_OK;
}

static void
judge_root(struct urne_verification *v, bool broken)
{
	const struct urne_log_check *l = &v->log;
	struct urne_report *r = v->report;
	struct urne_diag why;

	if (!l->has_checkpoint) {
		urne_report_skip(
		    r, URNE_CHECK_LOG_ROOT, "there is no checkpoint to compare the archive with");
	} else if (!broken && compare_root(l, &why) != URNE_OK) {
		urne_report_fail(r, URNE_CHECK_LOG_ROOT, &why, "checkpoint");
	} else if (!broken && v->source->kept_size > l->checkpoint.size) {
		urne_report_skip(r, URNE_CHECK_LOG_ROOT,
		    "the log shows %" PRIu64 " events, and %" PRIu64
		    " were there before: it is behind, or it was set back; try again later",
		    l->checkpoint.size, v->source->kept_size);
	} else if (!broken) {
		urne_report_item(r, URNE_CHECK_LOG_ROOT, l->tree.size);
		urne_report_complete(r, URNE_CHECK_LOG_ROOT);
	}
	if (v->source->kept_size > 0 &&
	    urne_report_verdict(r, URNE_CHECK_LOG_ROOT) != URNE_VERDICT_PASS) {
		urne_report_note(r,
		    "the log signed the %" PRIu64
		    " events that are kept in %s, and what it shows now does not continue them: "
		    "%s and %s of that folder are evidence, keep both",
		    v->source->kept_size, v->source->keep, v->source->names->checkpoint,
		    v->source->names->refused);
	}
}

void
urne_verify_log_end(struct urne_verification *v, bool broken)
{
	if (v->source->is_board) {
		judge_checkpoint(v);
		judge_root(v, broken);
	}
	urne_verify_receipts_end(v, broken);
	urne_verify_tiles_end(v, broken);
}

void
urne_verify_log_clear(struct urne_verification *v)
{
	urne_verify_tiles_free(v);
	urne_verify_receipts_free(v);
	urne_arena_clear(&v->log.arena);
	urne_buf_clear(&v->log.event);
}
