/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a thread opens the hints of a few ballots together and checks these ballots by them.
 * Ballots have places from 0 on. */
#ifndef URNE_ELECTION_HINTED_ROOM_H
#define URNE_ELECTION_HINTED_ROOM_H

#include "election/ballot_equations.h"

struct urne_hinted_room {
	struct urne_ballot_points points;
	struct urne_elem *elem;			/* of the points in the texts */
	uint8_t (*encoding)[URNE_ENCODING_LEN]; /* of all points and sums */
	void *opening;				/* of urne_hints_room */
	struct urne_equations equations;
};

/* urne_hinted_room_init: for at most num ballots at once, num <= URNE_HINT_LISTS, of an election
 * that hints serve. URNE_ERR_MEMORY. Clearing is legal after any outcome, and when the room is
 * zeroed. */
enum urne_err urne_hinted_room_init(
    struct urne_hinted_room *r, const struct urne_election *e, size_t num) URNE_MUST_USE;
void urne_hinted_room_clear(struct urne_hinted_room *r);

/* urne_hinted_room_open: the hints of num ballots, URNE_HINT_LEN for each point, become their
 * points q[i], and 8 times them are in the places from `first` on. False, when one is no point of
 * the curve in its only form: then nothing is known of any. */
bool urne_hinted_room_open(struct urne_hinted_room *r, size_t first, const uint8_t *const hints[],
    struct urne_edwards_opened *const q[], size_t num) URNE_MUST_USE;
/* urne_hinted_room_elems: of the points in the text of the ballot at a place, in its order; and
 * urne_hinted_room_encodings: of all its points, and of its sums behind them. */
struct urne_elem *urne_hinted_room_elems(const struct urne_hinted_room *r, size_t place);
const uint8_t *urne_hinted_room_encodings(const struct urne_hinted_room *r, size_t place);

#endif
