/* SPDX-License-Identifier: EUPL-1.2 */
/* The partial decryptions of an election as they come in: the right ones, each trustee's once.
 * Spec: docs/protocol.md#tally */
#ifndef URNE_TALLY_SHARES_H
#define URNE_TALLY_SHARES_H

#include "base/limits.h"
#include "tally/tally.h"

struct urne_shares {
	const struct urne_election *election;
	const struct urne_trustees *trustees;
	const struct urne_tally *tally;
	struct urne_arena *arena; /* where they are kept */
	const struct urne_partial_decryption *by_owner[URNE_MAX_TRUSTEES];
};

void urne_shares_init(struct urne_shares *s, struct urne_arena *arena,
    const struct urne_election *e, const struct urne_trustees *trustees,
    const struct urne_tally *tally);
/* urne_shares_add reads the partial decryption of an owner, checks every proof and keeps it.
 * URNE_ERR_UNKNOWN: there is no such trustee; URNE_ERR_DUPLICATE: a right one is there already.
 * After an error of the input nothing has changed, so the others go on (threat A23). */
enum urne_err urne_shares_add(struct urne_shares *s, struct urne_diag *d, uint64_t owner,
    struct urne_view text) URNE_MUST_USE;
/* urne_shares_combine is urne_combine of those that are there; *combined in the arena. */
enum urne_err urne_shares_combine(
    struct urne_shares *s, struct urne_elem **combined, struct urne_diag *d) URNE_MUST_USE;

#endif
