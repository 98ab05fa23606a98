/* SPDX-License-Identifier: EUPL-1.2 */
/* What an answer has to prove, as data: the sums of ciphertexts that the proofs speak about, and
 * the list of disjunctions with their texts. The prover and the verifier walk the same list, so
 * they cannot disagree about a statement.
 * Spec: docs/protocol.md#answers-and-their-proofs */
#ifndef URNE_ELECTION_STATEMENT_H
#define URNE_ELECTION_STATEMENT_H

#include "election/ballot.h"

/* The parts of an answer are its choices (0 .. num_choices-1) and then its sums. Homomorphic: one
 * sum, of all choices but the blank one. Lists: the sum of the list bits; the sum of the candidates
 * of each list; the sum of all candidates. */
size_t urne_answer_num_parts(const struct urne_question *q);
/* urne_answer_each_addend calls visit(ctx, part, choice) for every choice that goes into a sum. */
void urne_answer_each_addend(
    const struct urne_question *q, void (*visit)(void *ctx, size_t part, size_t choice), void *ctx);
/* urne_answer_sums: the parts behind the choices, which are there already. */
void urne_answer_sums(
    struct urne_ciphertext *parts, const struct urne_group *g, const struct urne_question *q);
/* The part that nonzero_proof speaks about (lists). */
size_t urne_answer_nonzero_part(const struct urne_question *q);

#define URNE_OF_NO_PART SIZE_MAX

/* One disjunction. */
struct urne_statement {
	const char *field; /* the answer's field, for messages */
	size_t index;	   /* within the field */
	const char *tag;   /* its text begins tag|s| */
	struct urne_view s;
	size_t speaks_of;	  /* a part, of which alpha,beta| follow, or URNE_OF_NO_PART */
	struct urne_proof *proof; /* num of them, in the answer */
	size_t num;		  /* branches */
};

size_t urne_answer_num_statements(const struct urne_question *q);
/* The most branches a statement of this question has. */
size_t urne_answer_max_branches(const struct urne_question *q);

/* urne_election_max_statement: the most parts and branches over all questions, at least 1 and 2:
 * how much room a workspace needs that serves one question after the other. */
void urne_election_max_statement(
    const struct urne_election *e, size_t *num_parts, size_t *num_branches);

/* Where an answer's statements are made from. */
struct urne_answer_context {
	const struct urne_group *group;
	const struct urne_question *question;
	const struct urne_answer *answer;
	const struct urne_ciphertext *parts; /* NULL: branches have none, and texts are all there */
	struct urne_view s0;		     /* φ|credential */
	struct urne_view s;		     /* s0|alpha,beta,alpha,beta,... */
	struct urne_view sums;		     /* alpha,beta,... of the sums, or empty */
};

/* urne_answer_statement describes statement i: branch[j] and the part it speaks about, part[j], for
 * j < out->num. Both arrays have room for urne_answer_max_branches. */
void urne_answer_statement(struct urne_statement *out, struct urne_or_branch *branch, size_t *part,
    const struct urne_answer_context *ctx, size_t i);

#define URNE_STATEMENT_PIECES ((size_t)6)
/* urne_statement_pieces: the statement's text up to its commitments, in pieces, and how many there
 * are. They borrow from the context and from `room`. */
size_t urne_statement_pieces(struct urne_view piece[URNE_STATEMENT_PIECES],
    char room[URNE_CIPHERTEXT_TEXT_MAX], const struct urne_answer_context *ctx,
    const struct urne_statement *s);
/* urne_statement_hash: a hash that has absorbed them. */
void urne_statement_hash(
    struct urne_sha256 *h, const struct urne_answer_context *ctx, const struct urne_statement *s);

/* urne_transcript starts a text: tag|s| */
void urne_transcript(struct urne_sha256 *h, const char *tag, struct urne_view s);
/* urne_answer_text appends s0|alpha,beta,... of an answer's choices. */
void urne_answer_text(struct urne_buf *out, const struct urne_group *g, struct urne_view s0,
    const struct urne_ciphertext *choices, size_t num);
/* urne_ballot_signature_text: sig|hash| of the ballot's signature. */
#define URNE_SIGNATURE_TEXT_LEN (4 + URNE_HASH_B64_LEN + 1)
void urne_ballot_signature_text(char out[URNE_SIGNATURE_TEXT_LEN], const struct urne_hash *hash);
/* urne_ballot_signature_transcript: a hash that has absorbed it. */
void urne_ballot_signature_transcript(struct urne_sha256 *h, const struct urne_hash *hash);

#endif
