/* SPDX-License-Identifier: EUPL-1.2 */
/* A rehearsal is checked like a partial decryption, but of the test tally, which follows from the
 * Setup of the log. Spec: docs/journal.md#rehearsal */
#include <inttypes.h>

#include "base/limits.h"
#include "bulletin/server/admission_parts.h"
#include "tally/rehearsal.h"
#include "tally/shares.h"

/* The order of the data records: as those of PartialDecryption. */
enum {
	OBJECT,
	OWNED,
};

#define REHEARSAL_ARENA ((size_t)4 << 30)

static enum urne_err
note_setup(void *visitor, const struct urne_event *event)
{
	*(struct urne_hash *)visitor = event->payload;
	return URNE_OK;
}

/* check_share verifies every proof of the owner's partial decryption. */
static enum urne_err
check_share(const struct urne_admission *a, uint64_t owner, const struct urne_hash *setup)
{
	const struct urne_election *election = &a->e->election;
	struct urne_shares shares;
	struct urne_arena arena;
	struct urne_tally tally;
	enum urne_err e;

	urne_arena_init(&arena, REHEARSAL_ARENA);
	e = urne_rehearsal_tally(&tally, &arena, a->d, election, setup);
	if (e == URNE_OK) {
		urne_shares_init(&shares, &arena, election, &a->e->trustees, &tally);
		e = urne_shares_add(&shares, a->d, owner, a->data[OBJECT]);
		if (e != URNE_OK && e != URNE_ERR_UNKNOWN) {
			urne_diag_within(a->d, "rehearsal of trustee %" PRIu64 ": ", owner);
		}
	}
	urne_arena_clear(&arena);
	return e;
}

enum urne_err
urne_admit_rehearsal(const struct urne_admission *a)
{
	struct urne_submission *s = a->s;
	struct urne_hash hash[URNE_MAX_EVENT_DATA], setup = {{0}};
	struct urne_owned owned;
	enum urne_err e =
	    urne_event_check(hash, a->d, URNE_EVENT_PARTIAL_DECRYPTION, a->data, s->num_data);

	if (e == URNE_OK) {
		e = urne_owned_read(&owned, a->d, a->data[OWNED]);
	}
	if (e == URNE_OK) {
		e = urne_admission_our_fault(a, a->records->events(a->records->ctx, a->d,
						    URNE_EVENT_SETUP, note_setup, &setup));
	}
	if (e == URNE_OK) {
		s->trustee = owned.owner;
		s->tracker = hash[OBJECT];
		e = check_share(a, owned.owner, &setup);
	}
	return e;
}
