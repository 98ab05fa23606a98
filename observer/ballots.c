/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots that came one behind the other: checked on all threads, added to the running tally, and
 * those that they replace taken out of it again (threats A7, A12). */
#include <inttypes.h>
#include <stdlib.h>

#include "observer/step.h"
#include "tally/sum.h"

#define RUN_MEMORY  ((size_t)512 << 20)
#define READ_MEMORY ((size_t)512 << 20)

struct item {
	size_t member;
	bool bad;
};

struct run {
	struct urne_step *s;
	const struct urne_step_entry *entries;
	size_t num;
	struct item *items;
};

static enum urne_err
load(void *ctx, struct urne_buf *text, struct urne_diag *d, size_t i)
{
	const struct run *r = ctx;
	enum urne_err e = urne_step_fetch(r->s, text, &r->entries[i].event.payload, false);

	(void)d; /* the same */
	if (e == URNE_OK) {
		urne_archive_part_put(&r->s->part, URNE_RECORD_DATA, urne_buf_view(text));
		urne_archive_part_put(&r->s->part, URNE_RECORD_EVENT, r->entries[i].text);
	}
	return e;
}

static enum urne_err
check(void *ctx, struct urne_counted_ballot *out, struct urne_arena *arena, struct urne_diag *d,
    size_t i, struct urne_view text)
{
	const struct run *r = ctx;
	const struct urne_observer *o = r->s->o;
	struct item *item = &r->items[i];
	enum urne_err e = urne_ballot_check(
	    &out->ballot, &item->member, arena, d, &o->election, o->credentials, text);

	item->bad = e != URNE_OK && !urne_err_is_ours(e);
	if (e != URNE_OK) {
		char tracker[URNE_HASH_B64_LEN];

		urne_b64_hash_encode(tracker, &r->entries[i].event.payload);
		urne_diag_within(d, "ballot %.*s: ", (int)sizeof(tracker), tracker);
		return e;
	}
	out->counts = true;
	out->weight = urne_credentials_weight(o->credentials, item->member);
	return URNE_OK;
}

/* The ballot that ballot i of the run takes the place of; NULL: none. */
static const struct urne_hash *
replaced_by(const struct run *r, size_t i)
{
	const struct urne_observer *o = r->s->o;
	size_t member = r->items[i].member;

	for (size_t k = i; k-- > 0;) {
		if (r->items[k].member == member) {
			return &r->entries[k].event.payload;
		}
	}
	return o->last[member] > 0 ? &o->ballots[o->last[member] - 1].tracker : NULL;
}

/* take_out: its proofs were verified when it came in, and its hash says that it is the same. */
static enum urne_err
take_out(
    struct urne_step *s, struct urne_tally *sum, const struct urne_hash *tracker, uint64_t weight)
{
	const struct urne_election *election = &s->o->election;
	struct urne_arena arena;
	struct urne_ballot b;
	struct urne_buf text;
	enum urne_err e;

	urne_arena_init(&arena, READ_MEMORY);
	urne_buf_init(&text, URNE_MAX_BALLOT);
	e = urne_step_fetch(s, &text, tracker, false);
	if (e == URNE_OK) {
		e = urne_ballot_read(&b, &arena, s->d, election, urne_buf_view(&text));
	}
	if (e == URNE_OK) {
		urne_tally_remove(sum, election, &b, weight);
	}
	urne_buf_clear(&text);
	urne_arena_clear(&arena);
	return e;
}

/* verify makes the sum of what the run changes; nothing of the observer is changed. */
static enum urne_err
verify(struct run *r, struct urne_tally *sum, struct urne_arena *arena)
{
	struct urne_step *s = r->s;
	const struct urne_observer *o = s->o;
	const struct urne_ballot_source from = {r->num, load, check, NULL, r};
	enum urne_err e;

	urne_archive_part_init(&s->part, o->timestamp, false);
	e = urne_tally_sum(sum, arena, s->d, &o->election, &from, o->pool);
	for (size_t i = 0; e == URNE_OK && i < r->num; i++) {
		const struct urne_hash *before = replaced_by(r, i);

		if (before != NULL) {
			e = take_out(s, sum, before,
			    urne_credentials_weight(o->credentials, r->items[i].member));
		}
	}
	return e == URNE_OK ? urne_step_archive(s) : e;
}

/* take verifies the run and takes it over, or changes nothing. */
static enum urne_err
take(struct run *r)
{
	struct urne_observer *o = r->s->o;
	struct urne_arena arena;
	struct urne_tally sum;
	enum urne_err e;

	urne_arena_init(&arena, RUN_MEMORY);
	e = verify(r, &sum, &arena);
	for (size_t i = 0; e == URNE_OK && i < r->num; i++) {
		e = urne_observer_note_ballot(o, &r->entries[i].event.payload, r->items[i].member);
		if (e != URNE_OK) {
			e = urne_fail(r->s->d, URNE_ERR_MEMORY, "no memory for the ballots");
		}
	}
	if (e == URNE_OK) {
		urne_tally_join(&o->tally, &o->election, &sum);
	}
	urne_arena_clear(&arena);
	return e;
}

enum urne_err
urne_step_ballots(struct urne_step *s, size_t *num, const struct urne_step_entry *entries)
{
	struct run r = {s, entries, *num, NULL};
	struct urne_diag why;
	size_t bad = 0;
	enum urne_err e, before = URNE_OK;

	*num = 0;
	r.items = calloc(r.num, sizeof(*r.items));
	if (r.items == NULL) {
		return urne_fail(s->d, URNE_ERR_MEMORY, "no memory for the ballots");
	}
	e = take(&r);
	while (bad < r.num && !r.items[bad].bad) {
		bad++;
	}
	if (e == URNE_OK) {
		*num = r.num;
	} else if (bad > 0 && bad < r.num) {
		/* those before the bad one are taken, so that it is the one that comes next */
		why = *s->d;
		r.num = bad;
		before = take(&r);
		*num = before == URNE_OK ? bad : 0;
		*s->d = before == URNE_OK ? why : *s->d;
	}
	free(r.items);
	return urne_step_blame(s, before != URNE_OK ? before : e, URNE_FAULT_EVENT);
}
