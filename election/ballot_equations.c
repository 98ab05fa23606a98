/* SPDX-License-Identifier: EUPL-1.2 */
/* With Q an eighth of a commitment A, and so on, each equation is 8 Q_A - r g - 8 c Q_alpha = 0,
 * times a coefficient of its own; what several have in common is gathered. Spec:
 * docs/soundness.md#the-batch */
#include "election/ballot_equations.h"

#include <stdlib.h>
#include <string.h>

void
urne_equations_clear(struct urne_equations *q)
{
	free(q->branch);
	free(q->part);
	free(q->weight);
	urne_buf_clear(&q->s0);
	urne_buf_clear(&q->text);
	urne_challenges_clear(&q->challenges);
}

/* With the room for the largest question. */
enum urne_err
urne_equations_init(struct urne_equations *q, const struct urne_election *e)
{
	size_t parts = 0, branches = 0;

	*q = (struct urne_equations){.e = e};
	urne_election_max_statement(e, &parts, &branches);
	urne_buf_init(&q->s0, 2 * URNE_TEXT_MAX);
	urne_buf_init(&q->text, 2 * URNE_MAX_BALLOT);
	urne_challenges_init(&q->challenges, e->group);
	q->branch = calloc(branches, sizeof(*q->branch));
	q->part = calloc(branches, sizeof(*q->part));
	q->weight = calloc(2 * parts, sizeof(*q->weight));
	return q->branch != NULL && q->part != NULL && q->weight != NULL ? URNE_OK
									 : URNE_ERR_MEMORY;
}

/* encoding: of a point or a sum, and what stands behind it. */
static const uint8_t *
encoding(const struct urne_equations *q, size_t i)
{
	return q->encoding + i * URNE_ENCODING_LEN;
}

/* commitment: a coefficient for the equation of the next one. */
static void
commitment(struct urne_equations *q, struct urne_coefficient *c)
{
	uint64_t *weight = q->sum->weight[q->commitment++];

	urne_coefficients_next(q->coefficients, c);
	weight[0] = c->v[0];
	weight[1] = c->v[1];
	weight[2] = weight[3] = 0;
}

static void
set_weight(struct urne_equations *q, size_t point, const struct urne_weight *w)
{
	struct urne_scalar x;

	urne_weight_minus(q->e->group, &x, w);
	for (size_t i = 0; i < 4; i++) {
		q->sum->weight[point][i] = x.v[i];
	}
}

/* A = g^r alpha^c; B = y^r beta^c g^(-value c). */
static void
branch_equations(struct urne_equations *q, const struct urne_proof *p, size_t part, uint64_t value)
{
	struct urne_coefficient c;

	commitment(q, &c);
	urne_weight_add(&q->g, &c, &p->response);
	urne_weight_add(&q->weight[2 * part], &c, &p->challenge);
	commitment(q, &c);
	urne_weight_add(&q->y, &c, &p->response);
	urne_weight_add(&q->weight[2 * part + 1], &c, &p->challenge);
	urne_weight_add_times(&q->g_less, &c, &p->challenge, value);
}

static void
statement(struct urne_equations *q, const struct urne_answer_context *ctx, size_t i)
{
	struct urne_statement s;
	struct urne_view piece[URNE_STATEMENT_PIECES];
	char room[URNE_CIPHERTEXT_TEXT_MAX];
	size_t num;

	urne_answer_statement(&s, q->branch, q->part, ctx, i);
	num = urne_statement_pieces(piece, room, ctx, &s);
	urne_challenges_add(
	    &q->challenges, piece, num, s.proof, s.num, encoding(q, q->commitment), 2 * s.num);
	if (q->sum == NULL) {
		q->commitment += 2 * s.num;
		return;
	}
	for (size_t j = 0; j < s.num; j++) {
		branch_equations(q, &s.proof[j], q->part[j], q->branch[j].value);
	}
}

/* A1 = alpha^t1 g^t2; A2 = beta^t1 y^t2 A0^c, where A0 is the point behind the choices. */
static void
nonzero_equations(
    struct urne_equations *q, const struct urne_question *question, const struct urne_answer *a)
{
	const struct urne_nonzero_proof *p = &a->nonzero;
	size_t part = urne_answer_nonzero_part(question);
	struct urne_coefficient c;
	struct urne_weight own = {{0}};

	commitment(q, &c);
	urne_weight_add(&q->weight[2 * part], &c, &p->response[0]);
	urne_weight_add(&q->g, &c, &p->response[1]);
	commitment(q, &c);
	urne_weight_add(&q->weight[2 * part + 1], &c, &p->response[0]);
	urne_weight_add(&q->y, &c, &p->response[1]);
	urne_weight_add(&own, &c, &p->challenge);
	set_weight(q, q->choice + 2 * urne_question_num_choices(question), &own);
}

static enum urne_err
nonzero(struct urne_equations *q, const struct urne_answer_context *ctx)
{
	struct urne_sha256 h;
	enum urne_err err;

	urne_transcript(&h, "nonzero", ctx->s);
	err = urne_nonzero_challenge(
	    ctx->group, &ctx->answer->nonzero, encoding(q, q->commitment), &h);
	if (q->sum == NULL) {
		q->commitment += 2;
	} else if (err == URNE_OK) {
		nonzero_equations(q, ctx->question, ctx->answer);
	}
	return err;
}

/* A sum of ciphertexts has no point of its own: its weight goes to every ciphertext in it. */
static void
add_to_choice(void *ctx, size_t part, size_t choice)
{
	struct urne_equations *q = ctx;

	urne_weight_sum(&q->weight[2 * choice], &q->weight[2 * part]);
	urne_weight_sum(&q->weight[2 * choice + 1], &q->weight[2 * part + 1]);
}

/* weights: those of the choices of a question, whose proofs are all looked at. */
static void
weights(struct urne_equations *q, const struct urne_question *question)
{
	urne_answer_each_addend(question, add_to_choice, q);
	for (size_t k = 0; k < 2 * urne_question_num_choices(question); k++) {
		set_weight(q, q->choice + k, &q->weight[k]);
	}
	memset(q->weight, 0, 2 * urne_answer_num_parts(question) * sizeof(*q->weight));
}

/* texts: S = S0|alpha,beta,.. of the choices, and of the sums, behind a comma. */
static enum urne_err
texts(struct urne_equations *q, struct urne_answer_context *ctx)
{
	const struct urne_group *g = q->e->group;
	size_t num = 2 * urne_question_num_choices(ctx->question);
	size_t num_sums = 2 * urne_answer_num_parts(ctx->question) - num;
	char *begin, *out;

	urne_buf_reset(&q->text);
	begin = urne_buf_grow(&q->text, q->s0.len + (num + num_sums) * (1 + urne_elem_text_max(g)));
	if (begin == NULL) {
		return urne_buf_error(&q->text);
	}
	memcpy(begin, q->s0.data, q->s0.len);
	out = begin + q->s0.len;
	for (size_t k = 0; k < num; k++) {
		*out++ = k == 0 ? '|' : ',';
		out += urne_encoding_text(g, out, encoding(q, q->choice + k));
	}
	ctx->s0 = urne_buf_view(&q->s0);
	ctx->s = (struct urne_view){begin, (size_t)(out - begin)};
	ctx->sums = (struct urne_view){out, 0};
	for (size_t k = 0; k < num_sums; k++) {
		out += urne_encoding_text(g, out, encoding(q, q->of_sums + k));
		*out++ = ',';
	}
	ctx->sums.len = (size_t)(out - ctx->sums.p);
	return URNE_OK;
}

static enum urne_err
answer(struct urne_equations *q, const struct urne_question *question, const struct urne_answer *a)
{
	struct urne_answer_context ctx = {.group = q->e->group, .question = question, .answer = a};
	size_t num = urne_question_num_choices(question);
	enum urne_err err = texts(q, &ctx);

	for (size_t i = 0; err == URNE_OK && i < urne_answer_num_statements(question); i++) {
		statement(q, &ctx, i);
	}
	if (err == URNE_OK && question->kind == URNE_QUESTION_LISTS) {
		err = nonzero(q, &ctx);
	}
	if (q->sum != NULL) {
		weights(q, question);
	}
	q->choice += urne_answer_num_text_points(question);
	q->of_sums += 2 * (urne_answer_num_parts(question) - num);
	return err;
}

static enum urne_err
answers(struct urne_equations *q, const struct urne_ballot *b)
{
	enum urne_err err;

	urne_buf_reset(&q->s0);
	urne_ballot_prefix(&q->s0, q->e, b);
	err = urne_buf_error(&q->s0);
	for (size_t i = 0; err == URNE_OK && i < q->e->num_questions; i++) {
		err = answer(q, &q->e->questions[i], &b->answers[i]);
	}
	return err;
}

/* signature: A = g^r X^c for the credential X, which is point 0. */
static enum urne_err
signature(struct urne_equations *q, const struct urne_ballot *b)
{
	struct urne_coefficient c;
	struct urne_weight credential = {{0}};
	char text[URNE_SIGNATURE_TEXT_LEN];
	struct urne_view piece = {text, sizeof(text)};

	if (!urne_hash_eq(&b->hash, &b->signed_hash)) {
		return URNE_ERR_MISMATCH;
	}
	urne_ballot_signature_text(text, &b->hash);
	urne_challenges_add(
	    &q->challenges, &piece, 1, &b->signature, 1, encoding(q, q->commitment), 1);
	commitment(q, &c);
	urne_weight_add(&q->g, &c, &b->signature.response);
	urne_weight_add(&credential, &c, &b->signature.challenge);
	set_weight(q, 0, &credential);
	return URNE_OK;
}

/* begin: nothing of a ballot has been looked at yet. */
static void
begin(struct urne_equations *q, struct urne_batch_sum *sum, struct urne_coefficients *coefficients,
    const uint8_t *encodings, bool *agree)
{
	urne_challenges_begin(&q->challenges, agree);
	q->encoding = encodings;
	q->sum = sum;
	q->coefficients = coefficients;
	q->g = q->y = q->g_less = (struct urne_weight){{0}};
	q->choice = 1;
	q->of_sums = urne_ballot_num_points(q->e);
	q->commitment = urne_ballot_num_text_points(q->e);
}

enum urne_err
urne_equations_make(struct urne_equations *q, struct urne_batch_sum *sum,
    struct urne_coefficients *coefficients, const struct urne_ballot *b, const uint8_t *encodings,
    bool *agree)
{
	const struct urne_group *g = q->e->group;
	struct urne_scalar less;
	enum urne_err err;

	begin(q, sum, coefficients, encodings, agree);
	err = answers(q, b);
	if (err == URNE_OK) {
		err = signature(q, b);
	}
	urne_weight_minus(g, &sum->g, &q->g);
	urne_weight_minus(g, &less, &q->g_less);
	urne_scalar_sub(g, &sum->g, &sum->g, &less);
	urne_weight_minus(g, &sum->y, &q->y);
	return err;
}

enum urne_err
urne_equations_settle(struct urne_equations *q)
{
	return urne_challenges_end(&q->challenges);
}

enum urne_err
urne_equations_challenges(
    struct urne_equations *q, const struct urne_ballot *b, const uint8_t *encodings)
{
	enum urne_err err, last;
	bool agree;

	begin(q, NULL, NULL, encodings, &agree);
	err = answers(q, b);
	last = urne_equations_settle(q); /* in any case: nothing is left to wait */
	if (err != URNE_OK || last != URNE_OK) {
		return err != URNE_OK ? err : last;
	}
	return agree ? URNE_OK : URNE_ERR_PROOF;
}
