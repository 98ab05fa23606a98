/* SPDX-License-Identifier: EUPL-1.2 */
/* The encrypted tally: never believed, always computed again from the last ballot of every
 * credential (threats A12, A25), and not for fewer voters than the floor (A19). Ballots that are in
 * the log were checked when they came in. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/limits.h"
#include "bulletin/server/admission_parts.h"
#include "crypto/sha256.h"
#include "tally/sum.h"

/* The order of the data records of EncryptedTally. */
enum {
	OBJECT,
	SIZED,
};

#define TALLY_ARENA ((size_t)512 << 20)
#define MIN_LAST    ((size_t)1024)

/* The last ballot of a credential. */
struct last {
	size_t member;
	struct urne_hash ballot;
};

struct count {
	const struct urne_admission *a;
	struct last *last;
	size_t num, cap;
};

static enum urne_err
note_last(void *visitor, size_t member, const struct urne_hash *ballot)
{
	struct count *c = visitor;

	if (member >= urne_credentials_count(c->a->e->credentials)) {
		return urne_fail(c->a->d, URNE_ERR_INTERNAL,
		    "the store has a ballot of a member who is not on the list");
	}
	if (c->num == c->cap) {
		size_t cap = c->cap == 0 ? MIN_LAST : 2 * c->cap;
		struct last *more = realloc(c->last, cap * sizeof(*more));

		if (more == NULL) {
			return urne_fail(c->a->d, URNE_ERR_MEMORY, "no memory for the ballots");
		}
		c->last = more;
		c->cap = cap;
	}
	c->last[c->num++] = (struct last){member, *ballot};
	return URNE_OK;
}

static enum urne_err
load_ballot(void *ctx, struct urne_buf *text, struct urne_diag *d, size_t i)
{
	const struct count *c = ctx;

	(void)d; /* the same */
	return urne_admission_stored(c->a, text, &c->last[i].ballot);
}

/* A ballot that was admitted and cannot be read again is no fault of the tally's. */
static enum urne_err
read_ballot(void *ctx, struct urne_counted_ballot *out, struct urne_arena *arena,
    struct urne_diag *d, size_t i, struct urne_view text)
{
	const struct count *c = ctx;
	const struct urne_board_election *b = c->a->e;
	char hex[URNE_HASH_HEX_LEN];
	enum urne_err e = urne_ballot_read(&out->ballot, arena, d, &b->election, text);

	if ((e == URNE_OK && !urne_hash_eq(&out->ballot.tracker, &c->last[i].ballot)) ||
	    (e != URNE_OK && !urne_err_is_ours(e))) {
		urne_hex_encode(hex, c->last[i].ballot.b, URNE_HASH_LEN);
		return urne_fail(d, URNE_ERR_INTERNAL,
		    "ballot %.*s is not in the store as it was taken in", (int)sizeof(hex), hex);
	}
	out->counts = true;
	out->weight = urne_credentials_weight(b->credentials, c->last[i].member);
	return e;
}

static enum urne_err
check_floor(const struct urne_admission *a, uint64_t num_voters)
{
	const struct urne_board_election *b = a->e;

	if (b->election.vote_definition.len == 0) {
		return URNE_OK;
	}
	if (!atomic_load_explicit(&b->has_definition, memory_order_acquire)) {
		return urne_fail(a->d, URNE_ERR_INCOMPLETE,
		    "the vote definition that the election seals is not here yet, and with it the "
		    "floor; an official has to send it");
	}
	if (num_voters < b->definition.floor) {
		return urne_fail(a->d, URNE_ERR_RANGE,
		    "%" PRIu64
		    " members voted, and the definition lets nothing be decrypted below %" PRIu64
		    ", which keeps single votes secret",
		    num_voters, b->definition.floor);
	}
	return URNE_OK;
}

static enum urne_err
note_event(void *visitor, const struct urne_event *event)
{
	*(struct urne_event *)visitor = *event;
	return URNE_OK;
}

/* find_event sets *event to the one of that type; its height is zero when there is none, for only a
 * Setup stands at zero. */
static enum urne_err
find_event(const struct urne_admission *a, struct urne_event *event, enum urne_event_type type)
{
	*event = (struct urne_event){.height = 0};
	return a->records->events(a->records->ctx, a->d, type, note_event, event);
}

/* Ballots that come later would not be in the tally: after EndBallots there are none. */
static enum urne_err
check_closed(const struct urne_admission *a)
{
	struct urne_event event;
	enum urne_err e = find_event(a, &event, URNE_EVENT_END_BALLOTS);

	if (e == URNE_OK && event.height == 0) {
		e = urne_fail(a->d, URNE_ERR_ORDER,
		    "the election is not closed yet, so it cannot be tallied; close it first");
	}
	return e;
}

/* compute adds up the last ballots, once there are no more to come and enough of them. */
static enum urne_err
compute(const struct urne_admission *a, struct urne_tally *out, struct urne_arena *arena)
{
	struct count c = {.a = a};
	struct urne_ballot_source from = {0, load_ballot, read_ballot, NULL, &c};
	enum urne_err e = check_closed(a);

	if (e == URNE_OK) {
		e = a->records->last_ballots(a->records->ctx, a->d, note_last, &c);
	}
	if (e == URNE_OK) {
		e = check_floor(a, c.num);
	}
	if (e == URNE_OK) {
		from.num = c.num;
		e = urne_tally_sum(out, arena, a->d, &a->e->election, &from, a->pool);
	}
	free(c.last);
	return e;
}

static enum urne_err
compare(const struct urne_admission *a, struct urne_arena *arena, const struct urne_tally *sent)
{
	struct urne_tally computed;
	enum urne_err e = compute(a, &computed, arena);

	return e == URNE_OK ? urne_tally_compare(a->d, &a->e->election, sent, &computed) : e;
}

/* read_tally reads both records of a tally, from outside or from the store. */
static enum urne_err
read_tally(const struct urne_admission *a, struct urne_tally *out, struct urne_arena *arena,
    struct urne_view object, struct urne_view about)
{
	struct urne_sized_tally sized;
	enum urne_err e = urne_sized_tally_read(&sized, a->d, about);

	if (e == URNE_OK) {
		e = urne_tally_read(out, arena, a->d, &a->e->election, object);
		out->num_tallied = sized.num_tallied;
		out->total_weight = sized.total_weight;
	}
	if (e != URNE_OK) {
		urne_diag_within(a->d, "encrypted tally: ");
	}
	return e;
}

enum urne_err
urne_admit_tally(const struct urne_admission *a)
{
	struct urne_tally sent;
	struct urne_arena arena;
	enum urne_err e;

	urne_arena_init(&arena, TALLY_ARENA);
	e = read_tally(a, &sent, &arena, a->data[OBJECT], a->data[SIZED]);
	if (e == URNE_OK) {
		e = compare(a, &arena, &sent);
	}
	urne_arena_clear(&arena);
	return e;
}

enum urne_err
urne_admission_make_tally(const struct urne_admission *a)
{
	struct urne_submission *s = a->s;
	struct urne_sized_tally sized;
	struct urne_tally t;
	struct urne_arena arena;
	enum urne_err e;

	urne_arena_init(&arena, TALLY_ARENA);
	e = compute(a, &t, &arena);
	if (e == URNE_OK) {
		urne_tally_write(&s->data[OBJECT], &a->e->election, &t);
		sized.num_tallied = t.num_tallied;
		sized.total_weight = t.total_weight;
		urne_sha256_of(&sized.encrypted_tally, urne_buf_view(&s->data[OBJECT]));
		urne_sized_tally_write(&s->data[SIZED], &sized);
		s->num_data = SIZED + 1;
		e = urne_buf_error(&s->data[OBJECT]);
		e = e == URNE_OK ? urne_buf_error(&s->data[SIZED]) : e;
		e = e == URNE_OK ? e : urne_fail(a->d, e, "no memory for the encrypted tally");
	}
	urne_arena_clear(&arena);
	return e;
}

enum urne_err
urne_admission_tally(
    const struct urne_admission *a, struct urne_tally *out, struct urne_arena *arena)
{
	struct urne_hash wanted[URNE_MAX_EVENT_DATA];
	struct urne_event event;
	struct urne_buf object, about;
	size_t num = 0;
	enum urne_err e = find_event(a, &event, URNE_EVENT_ENCRYPTED_TALLY);

	if (e == URNE_OK && event.height == 0) {
		e = urne_fail(a->d, URNE_ERR_ORDER,
		    "there is no encrypted tally yet, so there is nothing to decrypt");
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_buf_init(&object, URNE_MAX_BALLOT);
	urne_buf_init(&about, URNE_MAX_SMALL_FILE);
	e = urne_admission_stored(a, &about, &event.payload);
	if (e == URNE_OK) {
		e = urne_admission_our_fault(
		    a, urne_event_links(wanted, &num, a->d, event.type, urne_buf_view(&about)));
	}
	if (e == URNE_OK) {
		e = urne_admission_stored(a, &object, &wanted[OBJECT]);
	}
	if (e == URNE_OK) {
		e = urne_admission_our_fault(
		    a, read_tally(a, out, arena, urne_buf_view(&object), urne_buf_view(&about)));
	}
	urne_buf_clear(&object);
	urne_buf_clear(&about);
	return e;
}
