/* SPDX-License-Identifier: EUPL-1.2 */
/* From ballots to the result, the public side: the encrypted tally, partial decryptions, their
 * combination, the result.
 * Spec: docs/protocol.md#tally */
#ifndef URNE_TALLY_TALLY_H
#define URNE_TALLY_TALLY_H

#include "base/arena.h"
#include "election/ballot.h"
#include "election/election.h"
#include "election/trustees.h"

/* The encrypted tally: num_choices ciphertexts, questions one after the other; and two counts.
 * Only homomorphic and lists questions (URNE_ERR_UNSUPPORTED otherwise). */
struct urne_tally {
	struct urne_ciphertext *sum; /* election->num_choices */
	uint64_t num_tallied;
	uint64_t total_weight;
};

enum urne_err urne_tally_init(
    struct urne_tally *t, struct urne_arena *arena, const struct urne_election *e) URNE_MUST_USE;
/* urne_tally_add counts a ballot with its weight; urne_tally_remove takes it back (a revote). */
void urne_tally_add(struct urne_tally *t, const struct urne_election *e,
    const struct urne_ballot *b, uint64_t weight);
void urne_tally_remove(struct urne_tally *t, const struct urne_election *e,
    const struct urne_ballot *b, uint64_t weight);

/* urne_tally_join counts what `other` has counted. */
void urne_tally_join(
    struct urne_tally *t, const struct urne_election *e, const struct urne_tally *other);

/* The records of the tally. read: canonical, in the group, lengths from the election. */
void urne_tally_write(
    struct urne_buf *out, const struct urne_election *e, const struct urne_tally *t);
enum urne_err urne_tally_read(struct urne_tally *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_election *e, struct urne_view text) URNE_MUST_USE;
/* urne_tally_compare: a tally that is written down is the one that was computed from the ballots,
 * counts and every ciphertext; else URNE_ERR_MISMATCH says what is not. */
enum urne_err urne_tally_compare(struct urne_diag *d, const struct urne_election *e,
    const struct urne_tally *written, const struct urne_tally *computed) URNE_MUST_USE;
struct urne_sized_tally {
	uint64_t num_tallied, total_weight;
	struct urne_hash encrypted_tally;
};
void urne_sized_tally_write(struct urne_buf *out, const struct urne_sized_tally *s);
enum urne_err urne_sized_tally_read(
    struct urne_sized_tally *out, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;

/* A partial decryption: one factor and proof per ciphertext of the tally. */
struct urne_partial_decryption {
	struct urne_elem *factors;
	struct urne_proof *proofs;
};
void urne_partial_write(
    struct urne_buf *out, const struct urne_election *e, const struct urne_partial_decryption *p);
enum urne_err urne_partial_read(struct urne_partial_decryption *out, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_election *e, struct urne_view text) URNE_MUST_USE;
/* urne_partial_read_known: the same with factors that are known to be in the group already; the
 * text must have exactly these. URNE_ERR_GROUP: it has others. */
enum urne_err urne_partial_read_known(struct urne_partial_decryption *out, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_election *e, struct urne_view text,
    struct urne_known_elems *known) URNE_MUST_USE;
/* urne_partial_max_len: no partial decryption of this election has a longer text. */
enum urne_err urne_partial_max_len(size_t *out, const struct urne_election *e) URNE_MUST_USE;
/* urne_partial_check verifies every proof against the trustee's public key.
 * Text: decrypt|φ|X|A,B */
enum urne_err urne_partial_check(const struct urne_partial_decryption *p, struct urne_diag *d,
    const struct urne_election *e, const struct urne_tally *t,
    const struct urne_elem *X) URNE_MUST_USE;
struct urne_owned {
	uint64_t owner; /* from 1 */
	struct urne_hash payload;
};
void urne_owned_write(struct urne_buf *out, const struct urne_owned *o);
enum urne_err urne_owned_read(
    struct urne_owned *out, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;

/* urne_combine: from valid partial decryptions (by_owner[i] of owner i+1, NULL when absent; more
 * than needed is better: they must agree, else URNE_ERR_MISMATCH) to g^m for every ciphertext: beta
 * / F. URNE_ERR_INCOMPLETE names who is missing. */
enum urne_err urne_combine(struct urne_elem *out, struct urne_diag *d,
    const struct urne_election *e, const struct urne_trustees *trustees, const struct urne_tally *t,
    const struct urne_partial_decryption *const *by_owner) URNE_MUST_USE;

/* The result: num_choices counts (questions flattened). */
struct urne_result {
	uint64_t *counts;
};
void urne_result_write(
    struct urne_buf *out, const struct urne_election *e, const struct urne_result *r);
enum urne_err urne_result_read(struct urne_result *out, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_election *e, struct urne_view text) URNE_MUST_USE;
/* urne_result_solve: discrete logarithms of combined[], each at most total_weight. */
enum urne_err urne_result_solve(struct urne_result *out, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_election *e, const struct urne_elem *combined,
    uint64_t total_weight) URNE_MUST_USE;
/* urne_result_check: g^count equals combined[i], count <= total_weight, for every i. */
enum urne_err urne_result_check(const struct urne_result *r, struct urne_diag *d,
    const struct urne_election *e, const struct urne_elem *combined,
    uint64_t total_weight) URNE_MUST_USE;

#endif
