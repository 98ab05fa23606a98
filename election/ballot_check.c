/* SPDX-License-Identifier: EUPL-1.2 */
/* The checks of a ballot that has the right form.
 * Spec: docs/protocol.md#answers-and-their-proofs */
#include <stdlib.h>

#include "crypto/proof_queue.h"
#include "election/ballot.h"
#include "election/statement.h"

/* What checking one answer needs beside it. */
struct workspace {
	struct urne_ciphertext *parts;
	struct urne_or_branch *branch;
	size_t *part;
	struct urne_buf s0, s;
	const struct urne_group *group;
	struct urne_bases bases;
	struct urne_or_queue *queue; /* where disjunctions wait */
	size_t answer;		     /* which is at hand */
};

static void
workspace_clear(struct workspace *w)
{
	free(w->parts);
	free(w->branch);
	free(w->part);
	free(w->queue);
	urne_buf_clear(&w->s0);
	urne_buf_clear(&w->s);
}

/* Room for the largest question. */
static enum urne_err
workspace_init(struct workspace *w, const struct urne_election *e)
{
	size_t parts = 0, branches = 0;

	urne_election_max_statement(e, &parts, &branches);
	urne_buf_init(&w->s0, 2 * URNE_TEXT_MAX);
	urne_buf_init(&w->s, URNE_MAX_BALLOT);
	w->group = e->group;
	urne_election_bases(&w->bases, e);
	w->parts = calloc(parts, sizeof(*w->parts));
	w->branch = calloc(branches, sizeof(*w->branch));
	w->part = calloc(branches, sizeof(*w->part));
	w->queue = malloc(sizeof(*w->queue));
	if (w->parts == NULL || w->branch == NULL || w->part == NULL || w->queue == NULL) {
		return URNE_ERR_MEMORY;
	}
	urne_or_queue_init(w->queue, w->group, &w->bases);
	return URNE_OK;
}

static void
make_parts(struct workspace *w, const struct urne_question *q, const struct urne_answer *a)
{
	size_t num = urne_question_num_choices(q);

	for (size_t i = 0; i < num; i++) {
		w->parts[i] = a->choices[i];
	}
	urne_answer_sums(w->parts, w->group, q);
}

/* refuse: a disjunction is not right. Of a ciphertext outside the group the place is looked for in
 * the ballot. */
static enum urne_err
refuse(struct urne_diag *d, enum urne_err err, const struct urne_or_place *at)
{
	return err != URNE_ERR_PROOF
		   ? err
		   : urne_fail(d, err, "answers[%zu].%s[%zu]: the proof does not verify",
			 at->answer, at->field, at->index);
}

static enum urne_err
check_statement(struct workspace *w, const struct urne_answer_context *ctx, size_t i)
{
	struct urne_or_place place;
	struct urne_statement s;
	struct urne_sha256 h;

	urne_answer_statement(&s, w->branch, w->part, ctx, i);
	urne_statement_hash(&h, ctx, &s);
	place = (struct urne_or_place){s.field, s.index, w->answer};
	return urne_or_queue_put(w->queue, s.proof, s.num, w->branch, &h, &place);
}

static enum urne_err
check_statements(struct workspace *w, struct urne_diag *d, const struct urne_answer_context *ctx)
{
	for (size_t i = 0; i < urne_answer_num_statements(ctx->question); i++) {
		enum urne_err err = check_statement(w, ctx, i);

		if (err != URNE_OK) {
			return refuse(d, err, &w->queue->place); /* of one that waited */
		}
	}
	return URNE_OK;
}

static enum urne_err
check_nonzero(struct workspace *w, struct urne_diag *d, const struct urne_answer_context *ctx)
{
	const struct urne_nonzero_proof *p = &ctx->answer->nonzero;
	size_t part = urne_answer_nonzero_part(ctx->question);
	struct urne_sha256 h;
	enum urne_err err;

	urne_transcript(&h, "nonzero", ctx->s);
	err = urne_nonzero_verify(w->group, p, &w->bases, &w->parts[part], &h);
	return err == URNE_OK
		   ? err
		   : urne_fail(d, err, "answers[%zu].nonzero_proof: does not verify", w->answer);
}

/* raweg|S0|y,alpha,beta|A */
static enum urne_err
check_non_homomorphic(struct workspace *w, struct urne_diag *d, const struct urne_election *e,
    const struct urne_answer *a)
{
	struct urne_sha256 h;

	/* beta is in no equation */
	if (!urne_elem_is_member(e->group, &a->choices[0].alpha) ||
	    !urne_elem_is_member(e->group, &a->choices[0].beta)) {
		return URNE_ERR_GROUP;
	}
	urne_transcript(&h, "raweg", urne_buf_view(&w->s0));
	urne_elem_hash(e->group, &h, &e->public_key);
	urne_sha256_puts(&h, ",");
	urne_ciphertext_hash(e->group, &h, &a->choices[0]);
	urne_sha256_puts(&h, "|");
	if (urne_schnorr_verify(e->group, &a->overall[0], &a->choices[0].alpha, &h) != URNE_OK) {
		return urne_fail(
		    d, URNE_ERR_PROOF, "answers[%zu].proof: does not verify", w->answer);
	}
	return URNE_OK;
}

static enum urne_err
check_answer(struct workspace *w, struct urne_diag *d, const struct urne_election *e,
    const struct urne_question *q, const struct urne_answer *a)
{
	struct urne_answer_context ctx = {.group = e->group, .question = q, .answer = a};
	enum urne_err err = URNE_OK;

	if (q->kind == URNE_QUESTION_NON_HOMOMORPHIC) {
		return check_non_homomorphic(w, d, e, a);
	}
	make_parts(w, q, a);
	urne_buf_reset(&w->s);
	urne_answer_text(
	    &w->s, e->group, urne_buf_view(&w->s0), a->choices, urne_question_num_choices(q));
	err = urne_buf_error(&w->s);
	if (err != URNE_OK) {
		return urne_fail(d, err, "answers[%zu].the answer is too long", w->answer);
	}
	ctx.parts = w->parts;
	ctx.s0 = urne_buf_view(&w->s0);
	ctx.s = urne_buf_view(&w->s);
	err = check_statements(w, d, &ctx);
	if (err == URNE_OK && q->kind == URNE_QUESTION_LISTS) {
		err = check_nonzero(w, d, &ctx);
	}
	return err;
}

static enum urne_err
check_answers(const struct urne_ballot *b, struct urne_diag *d, const struct urne_election *e)
{
	struct workspace w = {.queue = NULL};
	enum urne_err err = workspace_init(&w, e), before;

	if (err != URNE_OK) {
		(void)urne_fail(d, err, "no memory to check a ballot");
		goto out;
	}
	urne_ballot_prefix(&w.s0, e, b);
	err = urne_buf_error(&w.s0);
	for (size_t i = 0; i < e->num_questions && err == URNE_OK; i++) {
		w.answer = i;
		err = check_answer(&w, d, e, &e->questions[i], &b->answers[i]);
	}
	/* what waits came before whatever was refused, unless that came from the queue, which is
	 * empty then */
	before = urne_or_queue_finish(w.queue);
	if (before != URNE_OK) {
		err = refuse(d, before, &w.queue->place);
	}
out:
	workspace_clear(&w);
	return err;
}

enum urne_err
urne_ballot_check_proofs(
    const struct urne_ballot *b, struct urne_diag *d, const struct urne_election *e)
{
	enum urne_err err = check_answers(b, d, e);

	if (err == URNE_ERR_GROUP) {
		err = urne_ballot_check_members(b, d, e);
		if (err == URNE_OK) {
			err = urne_fail(d, URNE_ERR_INTERNAL,
			    "two checks disagree whether a ciphertext is in the group");
		}
	}
	return err;
}

enum urne_err
urne_ballot_check_election(
    const struct urne_ballot *b, struct urne_diag *d, const struct urne_election *e)
{
	if (!urne_view_eq(b->election_uuid, e->uuid)) {
		return urne_fail(
		    d, URNE_ERR_MISMATCH, "election_uuid: the ballot is for another election");
	}
	if (!urne_hash_eq(&b->election_hash, &e->fingerprint)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "election_hash: the ballot is for another version of the election");
	}
	return URNE_OK;
}

enum urne_err
urne_ballot_check_signature(
    const struct urne_ballot *b, struct urne_diag *d, const struct urne_election *e)
{
	struct urne_sha256 h;

	if (!urne_hash_eq(&b->hash, &b->signed_hash)) {
		return urne_fail(
		    d, URNE_ERR_MISMATCH, "signature.hash: not the hash of the ballot");
	}
	urne_ballot_signature_transcript(&h, &b->hash);
	if (urne_schnorr_verify(e->group, &b->signature, &b->credential, &h) != URNE_OK) {
		return urne_fail(
		    d, URNE_ERR_PROOF, "signature.proof: the credential did not sign this ballot");
	}
	return URNE_OK;
}

enum urne_err
urne_ballot_check(struct urne_ballot *b, size_t *member, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_election *e, const struct urne_credentials *credentials,
    struct urne_view text)
{
	enum urne_err err = urne_ballot_read_unproved(b, arena, d, e, text);

	*member = SIZE_MAX;
	if (err == URNE_OK) {
		err = urne_ballot_check_election(b, d, e);
	}
	if (err == URNE_OK &&
	    urne_credentials_find(credentials, member, b->credential_text) != URNE_OK) {
		err = urne_fail(d, URNE_ERR_UNKNOWN,
		    "its credential is not on the list of this election, it cannot be counted");
	}
	if (err == URNE_OK) {
		err = urne_ballot_check_proofs(b, d, e);
	}
	if (err == URNE_OK) {
		err = urne_ballot_check_signature(b, d, e);
	}
	return err;
}
