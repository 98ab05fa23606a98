/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots with hints: what a ballot is checked by when somebody has said an eighth of each of its
 * points. Everything but the equations is settled at once; the equations of many ballots are
 * checked together (crypto/batch.h). Whatever does not come out as it should is no verdict: the
 * ballot is then checked exactly (election/ballot.h). Spec: docs/soundness.md,
 * docs/formats.md#hints */
#ifndef URNE_ELECTION_BALLOT_HINTS_H
#define URNE_ELECTION_BALLOT_HINTS_H

#include "crypto/batch.h"
#include "crypto/challenges.h"
#include "election/ballot.h"
#include "election/statement.h"

/* Points of one ballot: a thread keeps them all at once, in 4 MiB. A ballot that is larger gains
 * nothing from others beside it. */
#define URNE_MAX_HINTED_POINTS ((size_t)16384)

/* urne_ballot_num_points: how many points a ballot of this election has: its credential, alpha and
 * beta of every choice, the commitments of its proofs, that of its signature. 0: hints do not serve
 * it: another group than Ed25519, questions that are not homomorphic, or more than
 * URNE_MAX_HINTED_POINTS. */
size_t urne_ballot_num_points(const struct urne_election *e);
/* Of these, those that stand in the ballot's text, which come first: in an answer to this question,
 * and in a ballot. */
size_t urne_answer_num_text_points(const struct urne_question *q);
size_t urne_ballot_num_text_points(const struct urne_election *e);

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

/* urne_ballot_read_hinted is urne_ballot_read by hints: its elements are 8 times what the hints
 * are, or it is not read. sum->point becomes the hints, elem the points, both
 * urne_ballot_num_points long. Its hashes are left to urne_ballots_hash. After an error: nothing is
 * known about the ballot. */
enum urne_err urne_ballot_read_hinted(struct urne_ballot *b, struct urne_batch_sum *sum,
    struct urne_elem *elem, struct urne_arena *arena, const struct urne_election *e,
    struct urne_view text, const uint8_t *hints) URNE_MUST_USE;
/* urne_ballot_check_hinted: every challenge of a ballot that was read so, and hashed, is the hash
 * of its text, and `sum` is made of its equations with these coefficients: the proofs and the
 * signature are right when that sum is the identity, but for 2^-128. Otherwise as above. */
enum urne_err urne_ballot_check_hinted(const struct urne_ballot *b, struct urne_batch_sum *sum,
    const struct urne_elem *elem, const struct urne_election *e,
    struct urne_coefficients *coefficients) URNE_MUST_USE;

/* urne_ballot_check_challenges: the half of it that is exact: every challenge in the proofs is the
 * hash of its text, with elem[] for the commitments. URNE_ERR_PROOF, URNE_ERR_MEMORY. */
enum urne_err urne_ballot_check_challenges(const struct urne_ballot *b,
    const struct urne_elem *elem, const struct urne_election *e) URNE_MUST_USE;

/* The equations of one ballot, as far as the walk through its proofs has come. */
struct urne_equations {
	const struct urne_election *e;
	const struct urne_elem *elem;
	struct urne_batch_sum *sum; /* NULL: only challenges are looked at */
	struct urne_coefficients *coefficients;
	struct urne_challenges challenges;
	struct urne_weight g, y;
	struct urne_weight g_less; /* what is taken off that of g: the values of the branches */
	struct urne_weight *part;  /* of alpha and beta of every part of the question at hand */
	size_t choice;		   /* the first point of the question at hand */
	size_t commitment;	   /* the next point that is one */
};

/* For ballot_check.c, which walks. One statement, whose challenges are looked at in the end; the
 * proof of a lists question that its answer is not empty: URNE_ERR_PROOF; and the end of an answer.
 */
void urne_equations_statement(struct urne_equations *q, const struct urne_answer_context *ctx,
    const struct urne_statement *s, const struct urne_or_branch *branch, const size_t *part);
enum urne_err urne_equations_nonzero(struct urne_equations *q, const struct urne_question *question,
    const struct urne_answer *a, const struct urne_sha256 *transcript) URNE_MUST_USE;
void urne_equations_answer(struct urne_equations *q, const struct urne_question *question);
/* urne_ballot_walk_equations: the whole of a ballot's proofs, but for the challenges. */
enum urne_err urne_ballot_walk_equations(const struct urne_ballot *b, const struct urne_election *e,
    struct urne_equations *q) URNE_MUST_USE;

#endif
