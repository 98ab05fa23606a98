/* SPDX-License-Identifier: EUPL-1.2 */
/* The equations of a ballot whose points are known. With Q an eighth of a commitment A, and so on,
 * each is 8 Q_A - r g - 8 c Q_alpha = 0, times a coefficient of its own; what several have in
 * common is gathered. Spec: docs/soundness.md#the-batch */
#include <stdlib.h>

#include "election/ballot_hints.h"

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
	urne_weight_add(&q->part[2 * part], &c, &p->challenge);
	commitment(q, &c);
	urne_weight_add(&q->y, &c, &p->response);
	urne_weight_add(&q->part[2 * part + 1], &c, &p->challenge);
	urne_weight_add_times(&q->g_less, &c, &p->challenge, value);
}

void
urne_equations_statement(struct urne_equations *q, const struct urne_answer_context *ctx,
    const struct urne_statement *s, const struct urne_or_branch *branch, const size_t *part)
{
	struct urne_view piece[URNE_STATEMENT_PIECES];
	char room[URNE_CIPHERTEXT_TEXT_MAX];
	size_t num = urne_statement_pieces(piece, room, ctx, s);

	urne_challenges_add(
	    &q->challenges, piece, num, s->proof, s->num, &q->elem[q->commitment], 2 * s->num);
	if (q->sum == NULL) {
		q->commitment += 2 * s->num;
		return;
	}
	for (size_t j = 0; j < s->num; j++) {
		branch_equations(q, &s->proof[j], part[j], branch[j].value);
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
	urne_weight_add(&q->part[2 * part], &c, &p->response[0]);
	urne_weight_add(&q->g, &c, &p->response[1]);
	commitment(q, &c);
	urne_weight_add(&q->part[2 * part + 1], &c, &p->response[0]);
	urne_weight_add(&q->y, &c, &p->response[1]);
	urne_weight_add(&own, &c, &p->challenge);
	set_weight(q, q->choice + 2 * urne_question_num_choices(question), &own);
}

enum urne_err
urne_equations_nonzero(struct urne_equations *q, const struct urne_question *question,
    const struct urne_answer *a, const struct urne_sha256 *transcript)
{
	const struct urne_elem *A = &q->elem[q->commitment];
	enum urne_err err =
	    urne_nonzero_challenge(q->e->group, &a->nonzero, &A[0], &A[1], transcript);

	if (q->sum == NULL) {
		q->commitment += 2;
	} else if (err == URNE_OK) {
		nonzero_equations(q, question, a);
	}
	return err;
}

/* A sum of ciphertexts has no point of its own: its weight goes to every ciphertext in it. */
static void
add_to_choice(void *ctx, size_t part, size_t choice)
{
	struct urne_equations *q = ctx;

	urne_weight_sum(&q->part[2 * choice], &q->part[2 * part]);
	urne_weight_sum(&q->part[2 * choice + 1], &q->part[2 * part + 1]);
}

void
urne_equations_answer(struct urne_equations *q, const struct urne_question *question)
{
	size_t num = urne_question_num_choices(question);

	urne_answer_each_addend(question, add_to_choice, q);
	for (size_t k = 0; q->sum != NULL && k < 2 * num; k++) {
		set_weight(q, q->choice + k, &q->part[k]);
	}
	q->choice += urne_answer_num_text_points(question);
	for (size_t k = 0; k < 2 * urne_answer_num_parts(question); k++) {
		q->part[k] = (struct urne_weight){{0}};
	}
}

/* signature: A = g^r X^c for the credential X, which is point 0. */
static enum urne_err
signature(struct urne_equations *q, const struct urne_ballot *b)
{
	const struct urne_elem *A = &q->elem[q->commitment];
	struct urne_coefficient c;
	struct urne_weight credential = {{0}};
	char text[URNE_SIGNATURE_TEXT_LEN];
	struct urne_view piece = {text, sizeof(text)};

	if (!urne_hash_eq(&b->hash, &b->signed_hash)) {
		return URNE_ERR_MISMATCH;
	}
	urne_ballot_signature_text(text, &b->hash);
	urne_challenges_add(&q->challenges, &piece, 1, &b->signature, 1, A, 1);
	commitment(q, &c);
	urne_weight_add(&q->g, &c, &b->signature.response);
	urne_weight_add(&credential, &c, &b->signature.challenge);
	set_weight(q, 0, &credential);
	return URNE_OK;
}

enum urne_err
urne_ballot_read_hinted(struct urne_ballot *b, struct urne_batch_sum *sum, struct urne_elem *elem,
    struct urne_arena *arena, const struct urne_election *e, struct urne_view text,
    const uint8_t *hints)
{
	size_t num = urne_ballot_num_points(e);
	struct urne_known_elems known = {.elem = elem, .num = num};

	sum->num = num;
	if (!urne_hints_open(elem, sum->point, hints, num)) {
		return URNE_ERR_GROUP;
	}
	return urne_ballot_read_known(b, arena, e, text, &known);
}

/* equations_end: whether all challenges are the hashes of their texts, unless `err` is said
 * already.
 */
static enum urne_err
equations_end(struct urne_equations *q, enum urne_err err)
{
	enum urne_err last = urne_challenges_end(&q->challenges);

	free(q->part);
	return err != URNE_OK ? err : last;
}

/* equations_init: with the room for the largest question. */
static enum urne_err
equations_init(
    struct urne_equations *q, const struct urne_elem *elem, const struct urne_election *e)
{
	size_t parts = 0, branches = 0;

	*q = (struct urne_equations){
	    .e = e, .elem = elem, .choice = 1, .commitment = urne_ballot_num_text_points(e)};
	urne_challenges_init(&q->challenges, e->group);
	urne_election_max_statement(e, &parts, &branches);
	q->part = calloc(2 * parts, sizeof(*q->part));
	return q->part != NULL ? URNE_OK : URNE_ERR_MEMORY;
}

enum urne_err
urne_ballot_check_hinted(const struct urne_ballot *b, struct urne_batch_sum *sum,
    const struct urne_elem *elem, const struct urne_election *e,
    struct urne_coefficients *coefficients)
{
	struct urne_equations q;
	enum urne_err err = equations_init(&q, elem, e);
	struct urne_scalar less;

	q.sum = sum;
	q.coefficients = coefficients;
	if (err == URNE_OK) {
		err = urne_ballot_walk_equations(b, e, &q);
	}
	if (err == URNE_OK) {
		err = signature(&q, b);
	}
	urne_weight_minus(e->group, &sum->g, &q.g);
	urne_weight_minus(e->group, &less, &q.g_less);
	urne_scalar_sub(e->group, &sum->g, &sum->g, &less);
	urne_weight_minus(e->group, &sum->y, &q.y);
	return equations_end(&q, err);
}

enum urne_err
urne_ballot_check_challenges(
    const struct urne_ballot *b, const struct urne_elem *elem, const struct urne_election *e)
{
	struct urne_equations q;
	enum urne_err err = equations_init(&q, elem, e);

	if (err == URNE_OK) {
		err = urne_ballot_walk_equations(b, e, &q);
	}
	return equations_end(&q, err);
}
