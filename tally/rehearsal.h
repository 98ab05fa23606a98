/* SPDX-License-Identifier: EUPL-1.2 */
/* The rehearsal: before the voting opens every trustee decrypts a test tally with the very key that
 * it will use. The test tally follows from the sealed Setup, so nobody can choose it, and everybody
 * knows what is in it. Public data, variable time. Spec: docs/journal.md#rehearsal */
#ifndef URNE_TALLY_REHEARSAL_H
#define URNE_TALLY_REHEARSAL_H

#include "base/arena.h"
#include "base/buf.h"
#include "election/election.h"
#include "election/trustees.h"
#include "tally/tally.h"

/* urne_rehearsal_tally makes the test tally of an election: of the shape of its tally, every
 * ciphertext (g^r, y^r g) with r from SHA-256("urne-rehearsal|" hex of setup "|" i "|" j). `setup`
 * is the hash of Setup's payload. num_tallied and total_weight are 1. Lives in `arena`. */
enum urne_err urne_rehearsal_tally(struct urne_tally *out, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_election *e,
    const struct urne_hash *setup) URNE_MUST_USE;

#endif
