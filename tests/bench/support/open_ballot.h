/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots of nobody, made in a fraction of the time that a voter's takes: for measuring. What a
 * voter keeps secret is public here, so that the arithmetic of public data and tables of g and y
 * serve, and every commitment is a power of these two.
 * Spec: docs/protocol.md#answers-and-their-proofs, docs/formats.md#hints */
#ifndef URNE_TESTS_BENCH_OPEN_BALLOT_H
#define URNE_TESTS_BENCH_OPEN_BALLOT_H

#include "election/ballot_hints.h"
#include "election/statement.h"

struct open_opening;
struct open_nonce;

/* What makes one ballot after the other, of an election with one homomorphic question without
 * blank, exactly one choice of which gets a vote. One for each thread. */
struct open_booth {
	const struct urne_election *e;
	struct urne_bases bases;
	struct urne_scalar eighth;
	struct urne_elem vote; /* g^(1/8) */
	size_t num_points, num_statements, num_branches;

	struct urne_arena arena;
	struct urne_ballot ballot; /* the last one */
	struct urne_elem *q;	   /* eighths of its points, in the order of hints */
	struct urne_elem *p;	   /* the points */
	struct urne_hash *stream;  /* its randomness */
	struct open_opening *opening;
	struct urne_ciphertext *parts;
	struct urne_answer_context ctx; /* of the statements */
	struct urne_statement *statement;
	struct urne_or_branch *branch;
	size_t *part;
	struct open_nonce *nonce;
	struct urne_buf s0, s, text;
};

/* open_booth_init: `e` must be prepared (urne_election_prepare) and stay. URNE_ERR_MEMORY. */
enum urne_err open_booth_init(struct open_booth *b, const struct urne_election *e) URNE_MUST_USE;
void open_booth_clear(struct open_booth *b);

/* open_booth_cast appends the ballot that follows from `credential` and `seed`; b->ballot is the
 * same, decoded. Unless NULL, `hints` has room for its hints (Ed25519 only). URNE_ERR_LIMIT,
 * URNE_ERR_MEMORY. */
enum urne_err open_booth_cast(struct open_booth *b, struct urne_buf *out, uint8_t *hints,
    const struct urne_scalar *credential, const struct urne_hash *seed) URNE_MUST_USE;

#endif
