/* SPDX-License-Identifier: EUPL-1.2 */
/* What each action asks of the journal, and what it changes: one row for each. Who signed is asked
 * elsewhere. Spec: docs/journal.md#what-may-follow-what */
#include <inttypes.h>
#include <string.h>

#include "bulletin/log/journal_state.h"

#define ANY	   ((URNE_JOURNAL_IN(URNE_NUM_JOURNAL_STAGES) - 1) & ~URNE_JOURNAL_IN(URNE_JOURNAL_NONE))
#define NOT_SEALED (URNE_JOURNAL_IN(URNE_JOURNAL_NONE) | URNE_JOURNAL_IN(URNE_JOURNAL_PREPARED))
#define NOT_ENDED                                                                                  \
	(URNE_JOURNAL_IN(URNE_JOURNAL_SEALED) | URNE_JOURNAL_IN(URNE_JOURNAL_CALLED) |             \
	    URNE_JOURNAL_IN(URNE_JOURNAL_OPEN))

static enum urne_err
no_memory(struct urne_diag *d)
{
	return urne_fail(d, URNE_ERR_MEMORY, "no memory for the journal");
}

/* --- prepare --- */

/* The trustees that an order to prepare names; their keys were read before, as part of its form. */
static enum urne_err
read_trustees(struct urne_note_key *out, struct urne_diag *d, const struct urne_order *o)
{
	for (size_t i = URNE_PREPARE_TRUSTEES; i < o->num_values; i++) {
		enum urne_err e =
		    urne_note_key_read(&out[i - URNE_PREPARE_TRUSTEES], d, o->value[i]);

		if (e != URNE_OK) {
			return e;
		}
	}
	return URNE_OK;
}

static enum urne_err
judge_prepare(struct urne_diag *d, const struct urne_journal_moment *m, const struct urne_order *o)
{
	struct urne_note_key keys[URNE_ORDER_MAX_ARGS];
	size_t num = o->num_values - URNE_PREPARE_TRUSTEES;
	uint64_t threshold = urne_order_number(o, URNE_PREPARE_THRESHOLD);
	enum urne_err e = read_trustees(keys, d, o);

	(void)m;
	if (e != URNE_OK) {
		return e;
	}
	if (threshold < 1 || threshold > num) {
		return urne_fail(d, URNE_ERR_RANGE,
		    "a threshold of %" PRIu64 " with %zu trustees; it is 1 to %zu", threshold, num,
		    num);
	}
	for (size_t i = 0; i < num; i++) {
		for (size_t k = 0; k < i; k++) {
			if (memcmp(keys[i].key, keys[k].key, URNE_ED25519_KEY_LEN) == 0) {
				return urne_fail(d, URNE_ERR_DUPLICATE,
				    "trustees %zu and %zu have the same key; each needs one of "
				    "its own",
				    k + 1, i + 1);
			}
		}
	}
	return URNE_OK;
}

static enum urne_err
apply_prepare(struct urne_journal_change *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_order *o)
{
	struct urne_journal_election *e = &c->election;
	size_t num = o->num_values - URNE_PREPARE_TRUSTEES;
	struct urne_note_key keys[URNE_ORDER_MAX_ARGS];
	struct urne_note_key *kept = urne_arena_alloc(arena, num, sizeof(*kept));
	enum urne_err err = read_trustees(keys, d, o);

	if (kept == NULL ||
	    urne_arena_copy(arena, &e->group, o->value[URNE_PREPARE_GROUP]) != URNE_OK) {
		return no_memory(d);
	}
	for (size_t i = 0; err == URNE_OK && i < num; i++) {
		err = urne_journal_copy_key(&kept[i], arena, d, &keys[i]);
	}
	e->trustees = kept;
	e->num_prepared = num;
	e->threshold = urne_order_number(o, URNE_PREPARE_THRESHOLD);
	e->prepared_definition =
	    urne_order_hash(o, URNE_PREPARE_DEFINITION, &e->has_prepared_definition);
	return err;
}

/* --- roll --- */

static enum urne_err
apply_roll(struct urne_journal_change *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_order *o)
{
	struct urne_journal_election *e = &c->election;

	(void)arena;
	(void)d;
	e->credentials = urne_order_hash(o, URNE_ROLL_CREDENTIALS, &e->has_roll);
	e->num_credentials = urne_order_number(o, URNE_ROLL_COUNT);
	e->weight = urne_order_number(o, URNE_ROLL_WEIGHT);
	return URNE_OK;
}

/* --- seal --- */

static enum urne_err
check_hours(struct urne_diag *d, const struct urne_order *o)
{
	bool has_opens, has_closes;
	int64_t opens = urne_order_time(o, URNE_SEAL_OPENS, &has_opens);
	int64_t closes = urne_order_time(o, URNE_SEAL_CLOSES, &has_closes);

	if (has_opens != has_closes) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the order to seal names one of opens and closes; write both, or \"-\" for "
		    "both");
	}
	if (has_opens && opens >= closes) {
		return urne_fail(d, URNE_ERR_RANGE,
		    "the order to seal has a closing that is not behind the opening; write the "
		    "hours anew");
	}
	return URNE_OK;
}

/* What was prepared is sealed, and nothing else in its place. */
static enum urne_err
check_prepared(
    struct urne_diag *d, const struct urne_journal_election *e, const struct urne_order *o)
{
	bool there;
	struct urne_hash definition = urne_order_hash(o, URNE_SEAL_DEFINITION, &there);
	uint64_t trustees = urne_order_number(o, URNE_SEAL_TRUSTEES);

	if (e->stage != URNE_JOURNAL_PREPARED) {
		return URNE_OK;
	}
	if (there != e->has_prepared_definition ||
	    !urne_hash_eq(&definition, &e->prepared_definition)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the order to seal has another definition than the order to prepare; what was "
		    "prepared is sealed, or another election prepared");
	}
	if (trustees != e->num_prepared) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the order to seal has %" PRIu64 " trustees, and %zu were prepared; what was "
		    "prepared is sealed, or another election prepared",
		    trustees, e->num_prepared);
	}
	return URNE_OK;
}

static enum urne_err
judge_seal(struct urne_diag *d, const struct urne_journal_moment *m, const struct urne_order *o)
{
	uint64_t trustees = urne_order_number(o, URNE_SEAL_TRUSTEES);
	enum urne_err e;

	if (trustees < 1 || trustees > URNE_MAX_TRUSTEES) {
		return urne_fail(d, URNE_ERR_RANGE,
		    "an election has 1 to %zu trustees, and the order to seal says %" PRIu64,
		    URNE_MAX_TRUSTEES, trustees);
	}
	if (m->journal->genesis.has_registrar && !m->election->has_roll) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "there is no roll yet; the registrar orders \"roll\" before the officials "
		    "seal");
	}
	e = check_prepared(d, m->election, o);
	return e != URNE_OK ? e : check_hours(d, o);
}

static enum urne_err
apply_seal(struct urne_journal_change *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_order *o)
{
	struct urne_journal_election *e = &c->election;
	bool there;

	e->setup = urne_order_hash(o, URNE_SEAL_SETUP, &there);
	e->definition = urne_order_hash(o, URNE_SEAL_DEFINITION, &e->has_definition);
	e->num_trustees = urne_order_number(o, URNE_SEAL_TRUSTEES);
	e->opens = urne_order_time(o, URNE_SEAL_OPENS, &e->has_hours);
	e->closes = urne_order_time(o, URNE_SEAL_CLOSES, &e->has_hours);
	e->sealed_closes = e->closes;
	e->test = urne_view_is(o->value[URNE_SEAL_KIND], "test");
	e->rehearsed = urne_arena_alloc(arena, (size_t)e->num_trustees, sizeof(*e->rehearsed));
	e->rehearsals = urne_arena_alloc(arena, (size_t)e->num_trustees, sizeof(*e->rehearsals));
	return e->rehearsed == NULL || e->rehearsals == NULL ? no_memory(d) : URNE_OK;
}

/* --- from sealed to open --- */

static enum urne_err
judge_checklist(
    struct urne_diag *d, const struct urne_journal_moment *m, const struct urne_order *o)
{
	uint64_t rehearsed = urne_order_number(o, URNE_CHECKLIST_REHEARSED);
	struct urne_hash software, running;
	bool there;

	software = urne_order_hash(o, URNE_CHECKLIST_SOFTWARE, &there);
	if (!urne_journal_software(m->journal, &running)) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "the board has not recorded its software yet, so no checklist can name it");
	}
	if (!urne_hash_eq(&software, &running)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the checklist names another software than the board's last record of it; "
		    "make the checklist anew");
	}
	if (rehearsed != m->election->num_rehearsed) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the checklist says that %" PRIu64 " trustees rehearsed, and the journal has "
		    "%zu; make the checklist anew",
		    rehearsed, m->election->num_rehearsed);
	}
	return URNE_OK;
}

static enum urne_err
apply_checklist(struct urne_journal_change *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_order *o)
{
	(void)arena;
	(void)d;
	c->election.checked =
	    urne_order_hash(o, URNE_CHECKLIST_SOFTWARE, &c->election.has_checklist);
	c->election.urn = urne_order_hash(o, URNE_CHECKLIST_URN, &c->election.has_checklist);
	return URNE_OK;
}

static enum urne_err
judge_open(struct urne_diag *d, const struct urne_journal_moment *m, const struct urne_order *o)
{
	const struct urne_journal_election *e = m->election;
	struct urne_hash running;

	(void)o;
	if (e->test) {
		return URNE_OK;
	}
	if (e->num_rehearsed != e->num_trustees) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "%zu of %" PRIu64 " trustees rehearsed; the election opens when all did",
		    e->num_rehearsed, e->num_trustees);
	}
	if (!e->has_checklist) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "there is no checklist yet; the officials order \"checklist\" before they "
		    "open");
	}
	/* a checklist implies a record: the last one is there */
	(void)urne_journal_software(m->journal, &running);
	if (!urne_hash_eq(&e->checked, &running)) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "the board runs another software than the checklist names; make a new "
		    "checklist before you open");
	}
	return URNE_OK;
}

/* --- hours --- */

/* A voting whose end was ordered has ended; only the record of it is missing. */
static enum urne_err
check_not_closed(struct urne_diag *d, const struct urne_journal_election *e)
{
	return !e->close_ordered ? URNE_OK
				 : urne_fail(d, URNE_ERR_ORDER,
				       "the order to close was executed already; nothing about the "
				       "closing can be ordered any more");
}

static enum urne_err
judge_extend(struct urne_diag *d, const struct urne_journal_moment *m, const struct urne_order *o)
{
	const struct urne_journal_election *e = m->election;
	char present[URNE_UTC_LEN + 1];
	bool there;
	enum urne_err err;

	if ((err = check_not_closed(d, e)) != URNE_OK) {
		return err;
	}
	if (!e->has_hours) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "the election was sealed without a closing, so there is nothing to extend");
	}
	urne_utc_text(present, e->closes);
	if (m->at >= e->closes) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "the voting was over at %s; what is over cannot be extended", present);
	}
	if (urne_order_time(o, URNE_EXTEND_CLOSES, &there) <= e->closes) {
		return urne_fail(d, URNE_ERR_RANGE,
		    "the closing is at %s already; an extension names a later one", present);
	}
	return URNE_OK;
}

static enum urne_err
apply_extend(struct urne_journal_change *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_order *o)
{
	bool there;

	(void)arena;
	(void)d;
	c->election.closes = urne_order_time(o, URNE_EXTEND_CLOSES, &there);
	return URNE_OK;
}

static enum urne_err
judge_close(struct urne_diag *d, const struct urne_journal_moment *m, const struct urne_order *o)
{
	char closing[URNE_UTC_LEN + 1];
	enum urne_err e = check_not_closed(d, m->election);

	(void)o;
	if (e == URNE_OK && !urne_journal_is_over(m->election, m->at)) {
		urne_utc_text(closing, m->election->closes);
		return urne_fail(d, URNE_ERR_ORDER,
		    "members may vote until %s; nobody closes the voting before", closing);
	}
	return e;
}

static enum urne_err
apply_close(struct urne_journal_change *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_order *o)
{
	(void)arena;
	(void)d;
	(void)o;
	c->election.close_ordered = true;
	return URNE_OK;
}

/* --- after the tally --- */

static enum urne_err
apply_release(struct urne_journal_change *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_order *o)
{
	bool there;

	(void)arena;
	(void)d;
	c->election.result = urne_order_hash(o, URNE_RELEASE_RESULT, &there);
	return URNE_OK;
}

static enum urne_err
apply_certify(struct urne_journal_change *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_order *o)
{
	bool there;

	(void)arena;
	(void)d;
	c->election.minutes = urne_order_hash(o, URNE_CERTIFY_MINUTES, &there);
	return URNE_OK;
}

/* --- the table --- */

static enum urne_err
judge_nothing(struct urne_diag *d, const struct urne_journal_moment *m, const struct urne_order *o)
{
	(void)d;
	(void)m;
	(void)o;
	return URNE_OK;
}

static enum urne_err
apply_nothing(struct urne_journal_change *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_order *o)
{
	(void)c;
	(void)arena;
	(void)d;
	(void)o;
	return URNE_OK;
}

static const struct {
	struct urne_journal_passage passage;
	enum urne_err (*judge)(struct urne_diag *d, const struct urne_journal_moment *m,
	    const struct urne_order *o) URNE_MUST_USE;
	enum urne_err (*apply)(struct urne_journal_change *c, struct urne_arena *arena,
	    struct urne_diag *d, const struct urne_order *o) URNE_MUST_USE;
} rows[URNE_NUM_ACTIONS] = {
    [URNE_ACTION_PREPARE] = {{"prepare", URNE_JOURNAL_IN(URNE_JOURNAL_NONE), true,
				 URNE_JOURNAL_PREPARED},
	judge_prepare, apply_prepare},
    [URNE_ACTION_ROLL] = {{"roll", NOT_SEALED, false, URNE_JOURNAL_NONE}, judge_nothing,
	apply_roll},
    [URNE_ACTION_SEAL] = {{"seal", NOT_SEALED, true, URNE_JOURNAL_SEALED}, judge_seal, apply_seal},
    [URNE_ACTION_CHECKLIST] = {{"checklist", URNE_JOURNAL_IN(URNE_JOURNAL_SEALED), false,
				   URNE_JOURNAL_NONE},
	judge_checklist, apply_checklist},
    [URNE_ACTION_OPEN] = {{"open", URNE_JOURNAL_IN(URNE_JOURNAL_SEALED), true, URNE_JOURNAL_CALLED},
	judge_open, apply_nothing},
    [URNE_ACTION_EXTEND] = {{"extend", NOT_ENDED, false, URNE_JOURNAL_NONE}, judge_extend,
	apply_extend},
    [URNE_ACTION_CLOSE] = {{"close", URNE_JOURNAL_IN(URNE_JOURNAL_OPEN), false, URNE_JOURNAL_NONE},
	judge_close, apply_close},
    [URNE_ACTION_RELEASE] = {{"release", URNE_JOURNAL_IN(URNE_JOURNAL_COUNTED), true,
				 URNE_JOURNAL_RELEASED},
	judge_nothing, apply_release},
    [URNE_ACTION_INCIDENT] = {{"incident", ANY | URNE_JOURNAL_AT_LARGE, false, URNE_JOURNAL_NONE},
	judge_nothing, apply_nothing},
    [URNE_ACTION_INTERVENTION] = {{"intervention", ANY | URNE_JOURNAL_AT_LARGE, false,
				      URNE_JOURNAL_NONE},
	judge_nothing, apply_nothing},
    [URNE_ACTION_CERTIFY] = {{"certify", URNE_JOURNAL_IN(URNE_JOURNAL_RELEASED), true,
				 URNE_JOURNAL_CERTIFIED},
	judge_nothing, apply_certify},
    [URNE_ACTION_REVOKE] = {{"revoke", URNE_JOURNAL_AT_LARGE, false, URNE_JOURNAL_NONE},
	urne_journal_judge_revoke, urne_journal_apply_revoke},
    [URNE_ACTION_ENROL] = {{"enrol", URNE_JOURNAL_AT_LARGE, false, URNE_JOURNAL_NONE},
	urne_journal_judge_enrol, urne_journal_apply_enrol},
};

enum urne_err
urne_journal_order_judge(
    const struct urne_journal *j, struct urne_diag *d, const struct urne_order *o, int64_t at)
{
	struct urne_journal_moment m;
	enum urne_err e =
	    urne_journal_moment_of(&m, d, j, &rows[o->action].passage, o->election, at);

	return e != URNE_OK ? e : rows[o->action].judge(d, &m, o);
}

enum urne_err
urne_journal_order_apply(struct urne_journal_change *c, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_order *o)
{
	const struct urne_journal_passage *p = &rows[o->action].passage;

	c->election.stage = p->moves ? p->to : c->election.stage;
	return rows[o->action].apply(c, arena, d, o);
}
