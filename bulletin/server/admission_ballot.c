/* SPDX-License-Identifier: EUPL-1.2 */
/* A ballot from a stranger: what is cheap to refuse is refused first, and nothing of it depends on
 * other ballots, so that any number of them are checked at once. */
#include "base/limits.h"
#include "bulletin/server/admission_parts.h"
#include "election/ballot_hints.h"

/* keep_hints makes those of a ballot that is right. Without memory there are none, and whoever
 * verifies it later takes a little longer. */
static void
keep_hints(
    struct urne_submission *s, const struct urne_ballot *b, const struct urne_board_election *e)
{
	size_t len = e->num_points * URNE_HINT_LEN;
	char *room;

	urne_buf_reset(&s->hints);
	room = s->wants_hints && len > 0 ? urne_buf_grow(&s->hints, len) : NULL;
	if (room != NULL && urne_ballot_hints_make((uint8_t *)room, b, &e->election) == URNE_OK) {
		s->hints.len = len;
	}
}

enum urne_err
urne_admit_ballot(const struct urne_admission *a)
{
	const struct urne_board_election *e = a->e;
	struct urne_submission *s = a->s;
	struct urne_arena arena;
	struct urne_ballot b;
	enum urne_err err;

	if (s->ballot.len > e->max_ballot) {
		return urne_fail(a->d, URNE_ERR_LIMIT,
		    "the ballot has %zu bytes, no ballot of this election has more than %zu",
		    s->ballot.len, e->max_ballot);
	}
	urne_arena_init(&arena, URNE_BALLOT_ARENA);
	err = urne_ballot_check(
	    &b, &s->member, &arena, a->d, &e->election, e->credentials, urne_buf_view(&s->ballot));
	if (err == URNE_OK) {
		s->tracker = b.tracker;
		keep_hints(s, &b, e);
	}
	urne_arena_clear(&arena);
	return err;
}
