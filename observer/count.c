/* SPDX-License-Identifier: EUPL-1.2 */
/* What follows the ballots: the recorded tally is held against the running one (threat A25), each
 * partial decryption against its trustee's key (A23), the result against all of them together. */
#include <inttypes.h>

#include "observer/step.h"
#include "tally/shares.h"

#define COUNT_MEMORY ((size_t)4 << 30)

/* Reading copies what it borrows, so the arena is all that has to be kept. */
static enum urne_err
compare_tally(
    struct urne_step *s, struct urne_arena *arena, struct urne_view object, struct urne_view text)
{
	const struct urne_observer *o = s->o;
	struct urne_sized_tally sized;
	struct urne_tally written;
	enum urne_err e = urne_sized_tally_read(&sized, s->d, text);

	if (e == URNE_OK) {
		e = urne_tally_read(&written, arena, s->d, &o->election, object);
		written.num_tallied = sized.num_tallied;
		written.total_weight = sized.total_weight;
	}
	return e == URNE_OK ? urne_tally_compare(s->d, &o->election, &written, &o->tally) : e;
}

enum urne_err
urne_step_tally(struct urne_step *s, struct urne_view object, struct urne_view sized)
{
	const struct urne_tally *own = &s->o->tally;
	struct urne_arena arena;
	enum urne_err e;

	urne_arena_init(&arena, COUNT_MEMORY);
	e = compare_tally(s, &arena, object, sized);
	urne_arena_clear(&arena);
	if (e == URNE_OK && own->num_tallied < s->floor) {
		e = urne_fail(s->d, URNE_ERR_RANGE,
		    "%" PRIu64
		    " members voted, and the definition lets nothing be decrypted below %" PRIu64,
		    own->num_tallied, s->floor);
	}
	return urne_step_blame(s, e, URNE_FAULT_TALLY);
}

static void
shares_init(struct urne_shares *shares, struct urne_arena *arena, const struct urne_observer *o)
{
	urne_arena_init(arena, COUNT_MEMORY);
	urne_shares_init(shares, arena, &o->election, &o->trustees, &o->tally);
}

static enum urne_err
note_share(struct urne_step *s, const struct urne_owned *owned)
{
	struct urne_observer *o = s->o;

	for (size_t i = 0; i < o->num_shares; i++) {
		if (o->shares[i].owner == owned->owner) {
			return urne_fail(s->d, URNE_ERR_DUPLICATE,
			    "trustee %" PRIu64 " has two right partial decryptions", owned->owner);
		}
	}
	o->shares[o->num_shares++] = (struct urne_observed_share){owned->owner, owned->payload};
	return URNE_OK;
}

enum urne_err
urne_step_share(struct urne_step *s, struct urne_view object, struct urne_view text)
{
	struct urne_shares shares;
	struct urne_owned owned;
	struct urne_arena arena;
	enum urne_err e = urne_owned_read(&owned, s->d, text);

	if (e != URNE_OK) {
		return urne_step_blame(s, e, URNE_FAULT_EVENT);
	}
	shares_init(&shares, &arena, s->o);
	e = urne_shares_add(&shares, s->d, owned.owner, object);
	urne_arena_clear(&arena);
	if (e == URNE_ERR_PROOF) {
		/* one wrong part keeps nobody out: it is not counted, and everybody sees whose */
		(void)urne_fail(&s->o->remark, e,
		    "the partial decryption of trustee %" PRIu64 " is not counted: %s", owned.owner,
		    s->d->text);
		return URNE_OK;
	}
	if (e == URNE_OK) {
		e = note_share(s, &owned);
	}
	return urne_step_blame(s, e, URNE_FAULT_EVENT);
}

static enum urne_err
add_shares(struct urne_step *s, struct urne_shares *shares)
{
	const struct urne_observer *o = s->o;
	struct urne_buf text;
	enum urne_err e = URNE_OK;

	urne_buf_init(&text, URNE_MAX_BALLOT);
	for (size_t i = 0; e == URNE_OK && i < o->num_shares; i++) {
		urne_buf_reset(&text);
		e = urne_step_fetch(s, &text, &o->shares[i].object, true);
		if (e == URNE_OK) {
			e = urne_shares_add(shares, s->d, o->shares[i].owner, urne_buf_view(&text));
		}
	}
	urne_buf_clear(&text);
	return e;
}

enum urne_err
urne_step_result(struct urne_step *s, struct urne_view text)
{
	const struct urne_observer *o = s->o;
	struct urne_elem *combined = NULL;
	struct urne_shares shares;
	struct urne_result result;
	struct urne_arena arena;
	enum urne_err e;

	shares_init(&shares, &arena, o);
	e = add_shares(s, &shares);
	if (e == URNE_OK) {
		e = urne_result_read(&result, &arena, s->d, &o->election, text);
	}
	if (e == URNE_OK) {
		e = urne_shares_combine(&shares, &combined, s->d);
	}
	if (e == URNE_OK) {
		e = urne_result_check(&result, s->d, &o->election, combined, o->tally.total_weight);
	}
	urne_arena_clear(&arena);
	return urne_step_blame(s, e, URNE_FAULT_RESULT);
}
