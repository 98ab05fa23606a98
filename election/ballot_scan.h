/* SPDX-License-Identifier: EUPL-1.2 */
/* A fast reader of ballots in canonical form: one pass over the bytes, which says yes or no. It
 * takes what the codec of ballots takes, with the same values (election/ballot.h); what is wrong
 * with any other text is the codec's to say. Public data, variable time.
 * Spec: docs/formats.md#ballot */
#ifndef URNE_ELECTION_BALLOT_SCAN_H
#define URNE_ELECTION_BALLOT_SCAN_H

#include "election/ballot.h"

/* urne_ballot_scan: whether `text` is a ballot of this election's form, all of it. If so, the
 * fields of `b`, which comes from urne_ballot_alloc, are set up to the signature, and the first
 * *unsigned_len bytes are those in front of the field "signature". If not, what stands in `b` means
 * nothing. The ciphertexts are unproved as in urne_ballot_read_unproved; with `known`, unless
 * it is NULL, the elements are those. */
bool urne_ballot_scan(struct urne_ballot *b, size_t *unsigned_len, const struct urne_election *e,
    struct urne_view text, struct urne_known_elems *known) URNE_MUST_USE;

#endif
