/* SPDX-License-Identifier: EUPL-1.2 */
/* One row for each action that does something. */
#include "bulletin/server/execute.h"

#include "base/limits.h"
#include "bulletin/log/checkpoint.h"
#include "bulletin/server/place.h"
#include "bulletin/server/sealing.h"
#include "crypto/sha256.h"

/* log_of: the log of the election that the order is about. */
static enum urne_err
log_of(const struct urne_execution *x, struct urne_board_log **out)
{
	*out = urne_registry_find(x->w->registry, x->order.election);
	return *out != NULL
		   ? URNE_OK
		   : urne_fail(&x->s->diag, URNE_ERR_UNKNOWN, "no election %.*s is on this board",
			 (int)x->order.election.len, x->order.election.p);
}

static enum urne_err
put(struct urne_execution *x, enum urne_event_type type)
{
	struct urne_submission *s = x->s;
	struct urne_view data[URNE_MAX_EVENT_DATA];

	for (size_t i = 0; i < s->num_data; i++) {
		data[i] = urne_buf_view(&s->data[i]);
	}
	return urne_ledger_put(s->log, &x->w->store, &s->diag, type, data, s->num_data);
}

/* --- seal --- */

/* The roll may have come anew since the check. */
static enum urne_err
check_seal(const struct urne_execution *x)
{
	const struct urne_submission *s = x->s;
	struct urne_diag *d = &x->s->diag;
	const struct urne_sealing sealing = {s->setup, s->tracker, urne_buf_view(&s->data[2])};

	if (s->setup == NULL) {
		return urne_fail(d, URNE_ERR_INTERNAL, "an order to seal without its Setup");
	}
	if (urne_registry_find(x->w->registry, x->order.election) != NULL) {
		return urne_fail(d, URNE_ERR_DUPLICATE,
		    "the board has another election with the identifier %.*s",
		    (int)x->order.election.len, x->order.election.p);
	}
	return urne_sealing_check(
	    &sealing, d, &x->order, urne_journal_find(x->w->journal->journal, x->order.election));
}

/* take_in gives the election to its new log, and the definition to the objects, where the next
 * start looks for it. */
static enum urne_err
take_in(struct urne_execution *x)
{
	struct urne_submission *s = x->s;
	struct urne_writer *w = x->w;
	struct urne_hash hash;
	enum urne_err e = URNE_OK;

	s->log->election = s->setup;
	s->setup = NULL; /* the log owns it now */
	urne_registry_add(w->registry, s->log);
	urne_metrics_add(w->metrics, URNE_METRIC_ELECTIONS, 1);
	w->stale_list = true;
	if (urne_board_election_seals(s->log->election, &hash)) {
		e = urne_store_add_object(
		    &w->store, &s->diag, &hash, urne_buf_view(&s->log->election->definition_text));
	}
	return e;
}

static enum urne_err
seal(struct urne_execution *x)
{
	struct urne_submission *s = x->s;
	struct urne_writer *w = x->w;
	struct urne_view uuid = x->order.election;
	struct urne_buf origin;
	uint64_t id = 0;
	enum urne_err e;

	urne_buf_init(&origin, URNE_NOTE_MAX_NAME);
	urne_origin_write(&origin, w->service, uuid);
	e = urne_buf_error(&origin);
	if (e == URNE_OK) {
		e = urne_store_add_log(
		    &w->store, &id, &s->diag, uuid, urne_buf_view(&origin), s->timestamp);
	}
	if (e == URNE_OK) {
		e = urne_ledger_new(
		    &s->log, &s->diag, id, uuid, urne_buf_view(&origin), s->timestamp);
	}
	if (e == URNE_OK) {
		e = take_in(x);
	}
	if (e == URNE_OK) {
		e = put(x, URNE_EVENT_SETUP);
	}
	urne_buf_clear(&origin);
	return urne_place_ours(e);
}

/* --- checklist, close, release --- */

/* The urn is empty: its log is the Setup alone, and that is the tree that the order names. */
static enum urne_err
check_urn(const struct urne_execution *x)
{
	struct urne_board_log *l = NULL;
	struct urne_hash root, named;
	bool there = false;
	char hex[URNE_HASH_HEX_LEN];
	enum urne_err e = log_of(x, &l);

	if (e != URNE_OK) {
		return e;
	}
	urne_merkle_root(&l->tree, &root);
	named = urne_order_hash(&x->order, URNE_CHECKLIST_URN, &there);
	if (l->tree.size == 1 && urne_hash_eq(&root, &named)) {
		return URNE_OK;
	}
	urne_hex_encode(hex, root.b, sizeof(root.b));
	return urne_fail(&x->s->diag, URNE_ERR_MISMATCH,
	    "urn is not the root of the election's log with Setup alone, which is %.*s",
	    (int)sizeof(hex), hex);
}

static enum urne_err
close_voting(struct urne_execution *x)
{
	enum urne_err e = log_of(x, &x->s->log);

	x->s->num_data = 0;
	return e == URNE_OK ? put(x, URNE_EVENT_END_BALLOTS) : e;
}

/* The check made the result of the log's tally and shares; it does not depend on which of them. */
static enum urne_err
check_result(const struct urne_execution *x)
{
	struct urne_hash hash, named;
	bool there = false;

	urne_sha256_of(&hash, urne_buf_view(&x->s->data[0]));
	named = urne_order_hash(&x->order, URNE_RELEASE_RESULT, &there);
	return x->s->num_data == 1 && urne_hash_eq(&hash, &named)
		   ? URNE_OK
		   : urne_fail(
			 &x->s->diag, URNE_ERR_INTERNAL, "an order to release without its result");
}

static enum urne_err
release(struct urne_execution *x)
{
	enum urne_err e = log_of(x, &x->s->log);

	return e == URNE_OK ? put(x, URNE_EVENT_RESULT) : e;
}

static const struct {
	enum urne_err (*check)(const struct urne_execution *x);
	enum urne_err (*act)(struct urne_execution *x);
} actions[URNE_NUM_ACTIONS] = {
    [URNE_ACTION_SEAL] = {check_seal, seal},
    [URNE_ACTION_CHECKLIST] = {check_urn, NULL},
    [URNE_ACTION_CLOSE] = {NULL, close_voting},
    [URNE_ACTION_RELEASE] = {check_result, release},
};

enum urne_err
urne_execute_check(const struct urne_execution *x)
{
	return actions[x->order.action].check != NULL ? actions[x->order.action].check(x) : URNE_OK;
}

enum urne_err
urne_execute(struct urne_execution *x)
{
	return actions[x->order.action].act != NULL ? actions[x->order.action].act(x) : URNE_OK;
}
