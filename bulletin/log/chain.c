/* SPDX-License-Identifier: EUPL-1.2 */
/* The chain step: what may follow what, as a table of stages and events.
 * Spec: docs/protocol.md#archive */
#include "bulletin/log/event.h"

#include <inttypes.h>

#define NUM_STAGES 7

/* One row per lawful step. Where a row asks for it, the election has (or has not) questions that
 * need shuffles, or at least one shuffle is there. */
enum condition {
	ALWAYS,
	WITH_SHUFFLES,	  /* the election has non-homomorphic questions */
	WITHOUT_SHUFFLES, /* it has none */
	ONE_SHUFFLE,	  /* a shuffle is there already */
	AN_ELECTION,	  /* it is an election that is read, */
	A_JOURNAL,	  /* or a journal */
};

struct step {
	enum urne_stage from;
	enum urne_event_type type;
	enum condition condition;
	enum urne_stage to;
};

static const struct step steps[] = {
    {URNE_STAGE_EMPTY, URNE_EVENT_SETUP, AN_ELECTION, URNE_STAGE_OPEN},
    {URNE_STAGE_OPEN, URNE_EVENT_BALLOT, ALWAYS, URNE_STAGE_OPEN},
    {URNE_STAGE_OPEN, URNE_EVENT_END_BALLOTS, ALWAYS, URNE_STAGE_CLOSED},
    {URNE_STAGE_CLOSED, URNE_EVENT_ENCRYPTED_TALLY, WITHOUT_SHUFFLES, URNE_STAGE_DECRYPTING},
    {URNE_STAGE_CLOSED, URNE_EVENT_ENCRYPTED_TALLY, WITH_SHUFFLES, URNE_STAGE_SHUFFLING},
    {URNE_STAGE_SHUFFLING, URNE_EVENT_SHUFFLE, ALWAYS, URNE_STAGE_SHUFFLING},
    {URNE_STAGE_SHUFFLING, URNE_EVENT_END_SHUFFLES, ONE_SHUFFLE, URNE_STAGE_DECRYPTING},
    {URNE_STAGE_DECRYPTING, URNE_EVENT_PARTIAL_DECRYPTION, ALWAYS, URNE_STAGE_DECRYPTING},
    {URNE_STAGE_DECRYPTING, URNE_EVENT_RESULT, ALWAYS, URNE_STAGE_DONE},
    {URNE_STAGE_EMPTY, URNE_EVENT_GENESIS, A_JOURNAL, URNE_STAGE_JOURNAL},
    {URNE_STAGE_JOURNAL, URNE_EVENT_ORDER, ALWAYS, URNE_STAGE_JOURNAL},
    {URNE_STAGE_JOURNAL, URNE_EVENT_RECORD, ALWAYS, URNE_STAGE_JOURNAL},
};
#define NUM_STEPS (sizeof(steps) / sizeof(steps[0]))

static const char *const stage_words[NUM_STAGES] = {
    [URNE_STAGE_EMPTY] = "there is no Setup yet",
    [URNE_STAGE_OPEN] = "voting is open",
    [URNE_STAGE_CLOSED] = "voting has ended",
    [URNE_STAGE_SHUFFLING] = "shuffles are under way",
    [URNE_STAGE_DECRYPTING] = "decryption is under way",
    [URNE_STAGE_DONE] = "the result is there",
    [URNE_STAGE_JOURNAL] = "this is a journal",
};

static const char *const stage_names[NUM_STAGES] = {
    [URNE_STAGE_EMPTY] = "empty",
    [URNE_STAGE_OPEN] = "open",
    [URNE_STAGE_CLOSED] = "closed",
    [URNE_STAGE_SHUFFLING] = "shuffling",
    [URNE_STAGE_DECRYPTING] = "decrypting",
    [URNE_STAGE_DONE] = "done",
    [URNE_STAGE_JOURNAL] = "journal",
};

/* The events that mark a point in time and carry nothing. */
static const bool wants_payload[URNE_NUM_EVENT_TYPES] = {
    [URNE_EVENT_SETUP] = true,
    [URNE_EVENT_BALLOT] = true,
    [URNE_EVENT_ENCRYPTED_TALLY] = true,
    [URNE_EVENT_SHUFFLE] = true,
    [URNE_EVENT_PARTIAL_DECRYPTION] = true,
    [URNE_EVENT_RESULT] = true,
    [URNE_EVENT_GENESIS] = true,
    [URNE_EVENT_ORDER] = true,
    [URNE_EVENT_RECORD] = true,
};

bool
urne_event_has_payload(enum urne_event_type t)
{
	return wants_payload[t];
}

const char *
urne_stage_name(enum urne_stage s)
{
	return stage_names[s];
}

static bool
holds(enum condition c, const struct urne_chain *state)
{
	switch (c) {
	case ALWAYS:
		return true;
	case WITH_SHUFFLES:
		return state->has_non_homomorphic;
	case WITHOUT_SHUFFLES:
		return !state->has_non_homomorphic;
	case ONE_SHUFFLE:
		return state->num_of[URNE_EVENT_SHUFFLE] > 0;
	case AN_ELECTION:
		return !state->is_journal;
	case A_JOURNAL:
		return state->is_journal;
	}
	return false;
}

static enum urne_err
check_link(const struct urne_chain *state, struct urne_diag *d, const struct urne_event *e)
{
	bool first = state->num_events == 0;

	if (e->height != state->num_events) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "height %" PRIu64 " where %" PRIu64 " should stand", e->height,
		    state->num_events);
	}
	if (first && e->has_parent) {
		return urne_fail(d, URNE_ERR_MISMATCH, "the first event has a parent");
	}
	if (!first && (!e->has_parent || !urne_hash_eq(&e->parent, &state->last))) {
		return urne_fail(
		    d, URNE_ERR_MISMATCH, "the parent is not the hash of the event before");
	}
	return URNE_OK;
}

enum urne_err
urne_chain_step(struct urne_chain *state, struct urne_diag *d, const struct urne_event *e,
    const struct urne_hash *hash)
{
	enum urne_err err = check_link(state, d, e);
	size_t i;

	if (err != URNE_OK) {
		return err;
	}
	for (i = 0; i < NUM_STEPS; i++) {
		if (steps[i].from == state->stage && steps[i].type == e->type &&
		    holds(steps[i].condition, state)) {
			break;
		}
	}
	if (i == NUM_STEPS) {
		return urne_fail(d, URNE_ERR_ORDER, "%s cannot come here: %s",
		    urne_event_type_name(e->type), stage_words[state->stage]);
	}
	if (e->has_payload != wants_payload[e->type]) {
		return urne_fail(d, URNE_ERR_SYNTAX, "%s %s", urne_event_type_name(e->type),
		    e->has_payload ? "has a payload and must have none" : "has no payload");
	}
	state->stage = steps[i].to;
	state->num_events++;
	state->num_of[e->type]++;
	state->last = *hash;
	return URNE_OK;
}
