/* SPDX-License-Identifier: EUPL-1.2 */
/* Making the hints of a ballot: an eighth of each of its points. Ballots are checked by them in
 * election/ballot_batch.h. Spec: docs/soundness.md#making-hints, docs/formats.md#hints */
#ifndef URNE_ELECTION_BALLOT_HINTS_H
#define URNE_ELECTION_BALLOT_HINTS_H

#include "election/ballot.h"
#include "election/ballot_points.h"

/* urne_ballot_hints_make writes the hints of a ballot that was read, and is right or not,
 * URNE_HINT_LEN for each of its points: the work of the exact check. Whoever has just encrypted a
 * ballot calls it for that ballot, which is public. URNE_ERR_MEMORY. */
enum urne_err urne_ballot_hints_make(
    uint8_t *out, const struct urne_ballot *b, const struct urne_election *e) URNE_MUST_USE;
/* urne_ballot_check_proofs_and_hint is urne_ballot_check_proofs, and makes the ballot's hints on
 * the way, which costs a tenth more than the check alone. After an error there are none. Only for
 * elections whose urne_ballot_num_points is not 0. Spec: docs/soundness.md#making-hints */
enum urne_err urne_ballot_check_proofs_and_hint(uint8_t *out, const struct urne_ballot *b,
    struct urne_diag *d, const struct urne_election *e) URNE_MUST_USE;

#endif
