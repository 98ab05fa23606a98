/* SPDX-License-Identifier: EUPL-1.2 */
/* Partial decryptions with hints: the equations of all their proofs are one sum. As with ballots,
 * hints say of a partial decryption that it is right, or nothing.
 * Spec: docs/soundness.md#credentials-and-decryption-factors, docs/formats.md#hints */
#ifndef URNE_TALLY_PARTIAL_HINTS_H
#define URNE_TALLY_PARTIAL_HINTS_H

#include "tally/tally.h"

/* urne_partial_num_points: of a partial decryption of this election: its factors, then A and B of
 * each proof. 0: hints do not serve it. */
size_t urne_partial_num_points(const struct urne_election *e);

/* What a partial decryption is of: a tally whose ciphertexts are members of the group, and the
 * public key of the trustee. */
struct urne_decryption_of {
	const struct urne_election *election;
	const struct urne_tally *tally;
	const struct urne_elem *X;
};

/* urne_partial_check_and_hint is urne_partial_check of one that was read, and writes its hints on
 * the way, URNE_HINT_LEN for each point. After an error there are none. */
enum urne_err urne_partial_check_and_hint(uint8_t *hints, const struct urne_partial_decryption *p,
    struct urne_diag *d, const struct urne_decryption_of *of) URNE_MUST_USE;

/* urne_partial_check_hinted reads a partial decryption by hints and checks its proofs. *good: it is
 * in canonical form, its factors are in the group, and its proofs are right, but for 2^-128; if
 * not, nothing is known of it. Errors are our own: URNE_ERR_MEMORY, URNE_ERR_RANDOM. */
enum urne_err urne_partial_check_hinted(struct urne_partial_decryption *out, bool *good,
    struct urne_arena *arena, struct urne_view text, const uint8_t *hints,
    const struct urne_decryption_of *of) URNE_MUST_USE;

#endif
