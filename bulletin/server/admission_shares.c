/* SPDX-License-Identifier: EUPL-1.2 */
/* Partial decryptions and what they give together. A wrong one that is in the log all the same (the
 * board took it over from elsewhere) is left aside: it keeps nobody out (threat A23). */
#include <inttypes.h>

#include "base/limits.h"
#include "bulletin/server/admission_parts.h"
#include "tally/shares.h"

/* The order of the data records of PartialDecryption. */
enum {
	OBJECT,
	OWNED,
};

#define SHARES_ARENA ((size_t)4 << 30)
#define ANYBODY	     ((uint64_t)0)

/* The shares of the log, or those of one owner. */
struct recorded {
	const struct urne_admission *a;
	struct urne_arena arena;
	struct urne_tally tally;
	struct urne_shares shares;
	uint64_t owner;
	struct urne_buf text;
};

static enum urne_err
take(void *visitor, const struct urne_event *event)
{
	struct recorded *r = visitor;
	struct urne_diag ignored = {{0}};
	struct urne_owned owned;
	enum urne_err e;

	urne_buf_reset(&r->text);
	e = urne_admission_stored(r->a, &r->text, &event->payload);
	if (e == URNE_OK) {
		e = urne_admission_our_fault(
		    r->a, urne_owned_read(&owned, r->a->d, urne_buf_view(&r->text)));
	}
	if (e != URNE_OK || (r->owner != ANYBODY && r->owner != owned.owner)) {
		return e;
	}
	urne_buf_reset(&r->text);
	e = urne_admission_stored(r->a, &r->text, &owned.payload);
	if (e != URNE_OK) {
		return e;
	}
	e = urne_shares_add(&r->shares, &ignored, owned.owner, urne_buf_view(&r->text));
	if (e != URNE_OK && urne_err_is_ours(e)) {
		*r->a->d = ignored;
		return e;
	}
	return URNE_OK;
}

/* recorded_read reads the tally and the right shares. Clear always. */
static enum urne_err
recorded_read(struct recorded *r, const struct urne_admission *a, uint64_t owner)
{
	enum urne_err e;

	*r = (struct recorded){.a = a, .owner = owner};
	urne_arena_init(&r->arena, SHARES_ARENA);
	urne_buf_init(&r->text, URNE_MAX_BALLOT);
	e = urne_admission_tally(a, &r->tally, &r->arena);
	if (e == URNE_OK) {
		urne_shares_init(
		    &r->shares, &r->arena, &a->e->election, &a->e->trustees, &r->tally);
		e = a->records->events(
		    a->records->ctx, a->d, URNE_EVENT_PARTIAL_DECRYPTION, take, r);
	}
	return e;
}

static void
recorded_clear(struct recorded *r)
{
	urne_arena_clear(&r->arena);
	urne_buf_clear(&r->text);
}

enum urne_err
urne_admit_share(const struct urne_admission *a)
{
	struct urne_owned owned;
	struct recorded r;
	enum urne_err e = urne_owned_read(&owned, a->d, a->data[OWNED]);

	if (e != URNE_OK) {
		return e;
	}
	e = recorded_read(&r, a, owned.owner);
	if (e == URNE_OK) {
		e = urne_shares_add(&r.shares, a->d, owned.owner, a->data[OBJECT]);
		if (e == URNE_ERR_DUPLICATE) {
			e = urne_fail(a->d, e,
			    "the partial decryption of trustee %" PRIu64
			    " is there already, nothing needs to be done",
			    owned.owner);
		} else if (e != URNE_OK && e != URNE_ERR_UNKNOWN) {
			urne_diag_within(a->d, "trustee %" PRIu64 ": ", owned.owner);
		}
	}
	recorded_clear(&r);
	return e;
}

enum urne_err
urne_admission_make_result(const struct urne_admission *a)
{
	struct urne_submission *s = a->s;
	struct urne_elem *combined = NULL;
	struct urne_result result;
	struct recorded r;
	enum urne_err e = recorded_read(&r, a, ANYBODY);

	if (e == URNE_OK) {
		e = urne_shares_combine(&r.shares, &combined, a->d);
	}
	if (e == URNE_OK) {
		e = urne_result_solve(
		    &result, &r.arena, a->d, &a->e->election, combined, r.tally.total_weight);
	}
	if (e == URNE_OK) {
		urne_result_write(&s->data[0], &a->e->election, &result);
		s->num_data = 1;
		e = urne_buf_error(&s->data[0]);
		e = e == URNE_OK ? e : urne_fail(a->d, e, "no memory for the result");
	}
	recorded_clear(&r);
	return e;
}
