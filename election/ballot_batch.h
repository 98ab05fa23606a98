/* SPDX-License-Identifier: EUPL-1.2 */
/* Many ballots with hints, judged together: their equations are one sum, and when it is not the
 * identity, halves are tried until every ballot that is to blame stands alone. Everything but the
 * equations is settled ballot by ballot. What does not come out as it should is no verdict: the
 * ballot is then checked exactly (election/ballot.h). Spec: docs/soundness.md#the-batch */
#ifndef URNE_ELECTION_BALLOT_BATCH_H
#define URNE_ELECTION_BALLOT_BATCH_H

#include "base/pool.h"
#include "crypto/batch.h"
#include "election/ballot.h"
#include "election/ballot_points.h"

/* One ballot. The caller owns all of it; `point` and `weight` of the sum have room for
 * urne_ballot_num_points. */
struct urne_hinted_ballot {
	struct urne_view text;
	const struct urne_sha256
	    *begun;	      /* of a beginning of the text: urne_ballots_hash; or NULL */
	const uint8_t *hints; /* URNE_HINT_LEN for each point */
	struct urne_arena *arena;
	struct urne_ballot *ballot;
	struct urne_batch_sum sum;
	bool good;
};

/* urne_ballots_check_together sets `good` for those ballots that are in canonical form, made of
 * members of the group, with proofs and a signature that are right, but for 2^-128 in each of fewer
 * than 2 num tests: these are read, into `ballot` and `arena`. Of the others nothing is known:
 * their hints may be wrong; check them exactly. Errors are our own: URNE_ERR_MEMORY,
 * URNE_ERR_RANDOM; then nothing is good. */
enum urne_err urne_ballots_check_together(struct urne_hinted_ballot *const ballots[], size_t num,
    struct urne_diag *d, const struct urne_election *e, struct urne_pool *pool) URNE_MUST_USE;

#endif
