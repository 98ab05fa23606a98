/* SPDX-License-Identifier: EUPL-1.2 */
/* The family of checks of ballots. Ballots are gathered into sets of bounded memory, checked in
 * parallel while the next set is gathered, and counted one after the other in the order of the log,
 * so that every number of threads gives the same report.
 * Spec: docs/protocol.md#answers-and-their-proofs, docs/formats.md#ballot */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/pool.h"
#include "election/ballot_hints.h"
#include "verifier/ballot_chunk.h"

/* Texts and decoded ballots of all sets, in bytes. */
#define CHUNK_TEXT	 ((size_t)8 << 20)
#define CHUNK_DECODED	 ((size_t)24 << 20)
#define SLOTS_PER_THREAD ((size_t)16)
/* The same with hints: the more ballots are in one sum, the less each of them costs. */
#define CHUNK_TEXT_HINTED    ((size_t)16 << 20)
#define CHUNK_DECODED_HINTED ((size_t)76 << 20)

/* The checks of one ballot, in the order in which they are made. */
static const enum urne_check_id ballot_checks[] = {
    URNE_CHECK_BALLOT_FORM,
    URNE_CHECK_BALLOT_ELECTION,
    URNE_CHECK_BALLOT_CREDENTIAL,
    URNE_CHECK_BALLOT_PROOFS,
    URNE_CHECK_BALLOT_SIGNATURE,
};
#define NUM_BALLOT_CHECKS ((size_t)URNE_NUM_BALLOT_CHECKS)
_Static_assert(sizeof(ballot_checks) / sizeof(ballot_checks[0]) == URNE_NUM_BALLOT_CHECKS,
    "an outcome for each");

/* Those that a ballot which is good by its hints has passed; and of one that has passed them
 * exactly, hints can be made. */
static const bool by_hints[NUM_BALLOT_CHECKS] = {true, false, false, true, true};

/* num_values: elements and scalars in one ballot of this election. */
static size_t
num_values(const struct urne_election *e)
{
	size_t i, n = 16;

	for (i = 0; i < e->num_questions; i++) {
		const struct urne_question *q = &e->questions[i];

		n += 6 * urne_question_num_choices(q) + 2 * urne_answer_num_overall(q) +
		     4 * q->num_lists + 16;
	}
	return n;
}

/* set_bounds: how many ballots a set has. One thread has one set. */
static void
set_bounds(struct urne_ballot_chunk *c, const struct urne_verification *v)
{
	size_t values = num_values(&v->election);
	/* an element or scalar takes sizeof(struct urne_elem); answers and rounding besides */
	size_t decoded =
	    values * sizeof(struct urne_elem) + v->election.num_questions * 2048 + 4096;
	size_t hinted = c->num_points *
			(URNE_HINT_LEN + sizeof(struct urne_edwards_opened) + 4 * sizeof(uint64_t));

	c->cap = urne_verify_text_cap(v, values);
	c->cap = c->cap < URNE_MAX_BALLOT ? c->cap : URNE_MAX_BALLOT;
	c->arena_max = 2 * decoded;
	c->num_sets = urne_pool_size(v->pool) > 1 ? URNE_BALLOT_SETS : 1;
	c->text_max = (c->by_hints ? CHUNK_TEXT_HINTED : CHUNK_TEXT) / c->num_sets;
	c->max =
	    (c->by_hints ? CHUNK_DECODED_HINTED : CHUNK_DECODED) / c->num_sets / (decoded + hinted);
	if (!c->by_hints && c->max > urne_pool_size(v->pool) * SLOTS_PER_THREAD) {
		c->max = urne_pool_size(v->pool) * SLOTS_PER_THREAD;
	}
	if (c->max == 0) {
		c->max = 1;
	}
}

static enum urne_err
set_init(struct urne_ballot_set *set, struct urne_verification *v)
{
	const struct urne_ballot_chunk *c = v->chunk;

	set->v = v;
	set->slots = calloc(c->max, sizeof(set->slots[0]));
	set->hinted = calloc(c->max, sizeof(set->hinted[0]));
	if (set->slots == NULL || set->hinted == NULL) {
		return URNE_ERR_MEMORY;
	}
	for (size_t i = 0; i < c->max; i++) {
		urne_buf_init(&set->slots[i].text, c->cap);
		urne_arena_init(&set->slots[i].arena, c->arena_max);
	}
	return URNE_OK;
}

static void
set_free(struct urne_ballot_set *set, size_t max)
{
	for (size_t i = 0; set->slots != NULL && i < max; i++) {
		urne_buf_clear(&set->slots[i].text);
		urne_arena_clear(&set->slots[i].arena);
		urne_verify_hints_free(&set->slots[i]);
	}
	free(set->slots);
	free(set->hinted);
}

enum urne_err
urne_verify_ballots_begin(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_ballot_chunk *c = calloc(1, sizeof(*c));
	enum urne_err e = URNE_OK;

	if (c == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for ballots");
	}
	v->chunk = c;
	urne_verify_hints_begin(v);
	set_bounds(c, v);
	for (size_t k = 0; k < c->num_sets && e == URNE_OK; k++) {
		e = set_init(&c->sets[k], v);
	}
	return e == URNE_OK ? urne_verify_count_begin(v, d)
			    : urne_fail(d, e, "no memory for ballots");
}

void
urne_verify_ballots_free(struct urne_verification *v)
{
	struct urne_ballot_chunk *c = v->chunk;

	if (c == NULL) {
		return;
	}
	if (c->under_way != NULL) {
		urne_pool_join(v->pool, &c->under_way->work); /* nobody waits for what it says */
	}
	for (size_t k = 0; k < c->num_sets; k++) {
		set_free(&c->sets[k], c->max);
	}
	urne_verify_count_free(c);
	urne_hash_index_clear(&v->seen);
	free(c);
	v->chunk = NULL;
}

static enum urne_err
check_credential(const struct urne_verification *v, struct urne_ballot_slot *s, struct urne_diag *d)
{
	enum urne_err e =
	    urne_credentials_find(v->credentials, &s->index, s->ballot.credential_text);

	if (e != URNE_OK) {
		return urne_fail(d, e, "its credential is not in the list");
	}
	return URNE_OK;
}

static enum urne_err
check_election(const struct urne_verification *v, struct urne_ballot_slot *s, struct urne_diag *d)
{
	return urne_ballot_check_election(&s->ballot, d, &v->election);
}

static enum urne_err
check_proofs(const struct urne_verification *v, struct urne_ballot_slot *s, struct urne_diag *d)
{
	if (v->chunk->make_hints) {
		return urne_ballot_check_proofs_and_hint(s->hints, &s->ballot, d, &v->election);
	}
	return urne_ballot_check_proofs(&s->ballot, d, &v->election);
}

static enum urne_err
check_signature(const struct urne_verification *v, struct urne_ballot_slot *s, struct urne_diag *d)
{
	return urne_ballot_check_signature(&s->ballot, d, &v->election);
}

/* What is checked once a ballot could be read; as ballot_checks. */
static enum urne_err (*const run_check[NUM_BALLOT_CHECKS])(
    const struct urne_verification *v, struct urne_ballot_slot *s, struct urne_diag *d) = {
    NULL,
    check_election,
    check_credential,
    check_proofs,
    check_signature,
};

/* check_made: check k. The proofs also show that the ballot is made of members of the group, which
 * belongs to its form: of a ballot that is not, nothing else is said. */
static bool
check_made(const struct urne_verification *v, struct urne_ballot_slot *s, size_t k)
{
	s->made[k] = true;
	s->err[k] = run_check[k](v, s, &s->diag[k]);
	if (s->err[k] != URNE_ERR_GROUP) {
		return true;
	}
	s->err[0] = s->err[k];
	s->diag[0] = s->diag[k];
	for (size_t i = 1; i < NUM_BALLOT_CHECKS; i++) {
		s->made[i] = false;
		s->err[i] = URNE_OK;
	}
	return false;
}

/* check_form: can it be read? By hints it was read already. */
static bool
check_form(const struct urne_verification *v, struct urne_ballot_slot *s)
{
	s->made[0] = true;
	if (s->too_large != URNE_OK) {
		s->err[0] = s->too_large;
		return false;
	}
	if (!s->hinted.good) {
		urne_arena_reset(&s->arena);
		s->err[0] = urne_ballot_read_unproved(
		    &s->ballot, &s->arena, &s->diag[0], &v->election, urne_buf_view(&s->text));
	}
	return s->err[0] == URNE_OK;
}

/* check_one runs in a thread and touches its slot only. */
static void
check_one(void *ctx, size_t i, size_t t)
{
	const struct urne_ballot_set *set = ctx;
	const struct urne_verification *v = set->v;
	struct urne_ballot_slot *s = &set->slots[i];
	bool may_have_hints = true;
	size_t k;

	(void)t;
	if (!check_form(v, s)) {
		return; /* nothing can be said about what cannot be read */
	}
	for (k = 1; k < NUM_BALLOT_CHECKS; k++) {
		if (ballot_checks[k] == URNE_CHECK_BALLOT_CREDENTIAL && v->credentials == NULL) {
			continue;
		}
		if (s->hinted.good && by_hints[k]) {
			s->made[k] = true;
			continue;
		}
		if (!check_made(v, s, k)) {
			return;
		}
		may_have_hints = may_have_hints && (s->err[k] == URNE_OK || !by_hints[k]);
	}
	s->has_hints = may_have_hints && v->chunk->make_hints;
}

/* again: a ballot that an earlier run has verified. Its sum is in the state. */
static void
again(struct urne_verification *v, const struct urne_log_item *item)
{
	size_t member = 0;

	if (!urne_verify_continues_ballot(v, &member, item)) {
		return;
	}
	for (size_t k = 0; k < NUM_BALLOT_CHECKS; k++) {
		urne_report_item(v->report, ballot_checks[k], 1);
	}
	urne_report_item(v->report, URNE_CHECK_BALLOT_UNIQUE, 1);
	v->num_ballots++;
	(void)urne_verify_take_place(v, item->event.height, member, &item->data[0]);
}

/* conclude writes one ballot's outcomes to the report and counts it when all are good. */
static enum urne_err
conclude(struct urne_verification *v, struct urne_ballot_slot *s, struct urne_diag *d)
{
	bool good = true;
	size_t before = SIZE_MAX;
	enum urne_err e;
	size_t k;

	v->num_ballots++;
	for (k = 0; k < NUM_BALLOT_CHECKS; k++) {
		if (s->err[k] != URNE_OK && urne_err_is_ours(s->err[k])) {
			*d = s->diag[k];
			return s->err[k];
		}
		good = good && s->made[k] && s->err[k] == URNE_OK;
		if (s->made[k] && s->err[k] == URNE_OK) {
			urne_report_item(v->report, ballot_checks[k], 1);
		} else if (s->made[k]) {
			urne_report_fail(v->report, ballot_checks[k], &s->diag[k],
			    "event %" PRIu64 " (ballot %" PRIu64 ")", s->height, s->number);
		}
	}
	if (urne_hash_index_add(&v->seen, &before, &s->record.hash, v->seen.num) != URNE_OK) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for ballots");
	}
	if (before != SIZE_MAX) {
		good = false;
		(void)urne_fail(&s->diag[0], URNE_ERR_DUPLICATE, "the same ballot stands before");
		urne_report_fail(v->report, URNE_CHECK_BALLOT_UNIQUE, &s->diag[0],
		    "event %" PRIu64 " (ballot %" PRIu64 ")", s->height, s->number);
	} else {
		urne_report_item(v->report, URNE_CHECK_BALLOT_UNIQUE, 1);
	}
	if (s->hinted.good) {
		v->num_hinted_ballots++;
	}
	e = urne_verify_hints_write(v, d, s);
	if (e == URNE_OK) {
		e = urne_verify_state_ballot(v, d, good, &s->record.hash, s->index, s->end);
	}
	if (e != URNE_OK) {
		return e;
	}
	if (!good) {
		v->num_bad_ballots++;
		return URNE_OK;
	}
	urne_verify_count(v, s);
	return URNE_OK;
}

/* check_set is the work: all checks of a set. */
static void
check_set(void *ctx, size_t i, size_t t)
{
	struct urne_ballot_set *set = ctx;

	(void)i;
	(void)t;
	set->err = urne_verify_hints_check(set, &set->diag);
	if (set->err == URNE_OK) {
		urne_pool_for(set->v->pool, set->num, check_one, set);
	}
}

/* conclude_set: a set that was checked is reported on and counted, in the order of the log. */
static enum urne_err
conclude_set(struct urne_verification *v, struct urne_ballot_set *set, struct urne_diag *d)
{
	enum urne_err e = set->err;

	if (e != URNE_OK) {
		*d = set->diag;
	}
	v->chunk->concluded = set;
	for (size_t i = 0; e == URNE_OK && i < set->num; i++) {
		e = conclude(v, &set->slots[i], d);
	}
	if (e == URNE_OK) {
		e = urne_verify_count_flush(v, d);
	}
	v->chunk->concluded = NULL;
	set->num = 0;
	set->text_len = 0;
	return e;
}

/* settle: nothing is under way any more. */
static enum urne_err
settle(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_ballot_set *set = v->chunk->under_way;

	if (set == NULL) {
		return URNE_OK;
	}
	urne_pool_join(v->pool, &set->work);
	v->chunk->under_way = NULL;
	return conclude_set(v, set, d);
}

/* next_set: what was gathered is under way, and the set before is concluded meanwhile. */
static enum urne_err
next_set(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_ballot_chunk *c = v->chunk;
	struct urne_ballot_set *set = &c->sets[c->gathered], *before = c->under_way;

	if (before != NULL) {
		urne_pool_join(v->pool, &before->work);
	}
	c->under_way = set;
	c->gathered = (c->gathered + 1) % c->num_sets;
	urne_pool_begin(v->pool, &set->work, 1, check_set, set);
	if (c->num_sets == 1) {
		return settle(v, d);
	}
	return before != NULL ? conclude_set(v, before, d) : URNE_OK;
}

enum urne_err
urne_verify_ballots_flush(struct urne_verification *v, struct urne_diag *d)
{
	enum urne_err e = next_set(v, d);

	return e == URNE_OK ? settle(v, d) : e;
}

enum urne_err
urne_verify_ballot(
    struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct urne_ballot_chunk *c = v->chunk;
	struct urne_ballot_set *set = &c->sets[c->gathered];
	struct urne_ballot_slot *s = &set->slots[set->num];
	enum urne_err e;

	if (urne_verify_continues_covers(v, item->event.height)) {
		again(v, item);
		return URNE_OK;
	}
	urne_buf_reset(&s->text);
	urne_arena_reset(&s->arena);
	s->record = item->data[0];
	s->end = item->end;
	s->height = item->event.height;
	s->number = v->chain.num_of[URNE_EVENT_BALLOT];
	memset(s->err, 0, sizeof(s->err));
	memset(s->made, 0, sizeof(s->made));
	s->diag[0].text[0] = '\0';
	s->counts = false;
	s->too_large = urne_verify_load(v, &s->text, &s->diag[0], &item->data[0]);
	if (s->too_large != URNE_OK && urne_err_is_ours(s->too_large)) {
		*d = s->diag[0];
		return s->too_large;
	}
	e = urne_verify_hints_ballot(v, d, s);
	if (e != URNE_OK) {
		return e;
	}
	set->num++;
	set->text_len += s->record.size <= c->cap ? (size_t)s->record.size : 0;
	return set->num == c->max || set->text_len >= c->text_max ? next_set(v, d) : URNE_OK;
}

void
urne_verify_ballots_complete(struct urne_verification *v)
{
	size_t k;

	for (k = 0; k < NUM_BALLOT_CHECKS; k++) {
		urne_report_complete(v->report, ballot_checks[k]);
	}
	urne_report_complete(v->report, URNE_CHECK_BALLOT_UNIQUE);
	if (v->credentials == NULL) {
		urne_report_skip(v->report, URNE_CHECK_BALLOT_CREDENTIAL,
		    "the list of credentials is not right");
	}
	if (v->report->outcomes[URNE_CHECK_BALLOT_FORM].num_failures > 0) {
		for (k = 1; k < NUM_BALLOT_CHECKS; k++) {
			urne_report_skip(v->report, ballot_checks[k],
			    "some ballots could not be read, and this was not checked for them");
		}
	}
}
