/* SPDX-License-Identifier: EUPL-1.2 */
/* How the hints of a ballot are made: an eighth of everything, the commitments by the equations
 * that they are to satisfy. Multiples of one point share its doublings. Spec:
 * docs/soundness.md#making-hints */
#include "election/ballot_hints.h"

#include <stdlib.h>

#include "election/hinted_room.h"
#include "election/statement.h"

/* Branches that are computed together; and ciphertexts, which with the credential are whole vectors
 * of elements. */
#define RUN	((size_t)URNE_POW_MANY)
#define WAITING ((size_t)11)

/* Branches of a statement that speak of one part, while their powers are not made yet. */
struct waiting {
	const struct urne_proof *p;
	size_t num, part;
	bool with_eighth; /* the part's own is wanted too */
	uint64_t value[RUN];
	/* an eighth of each challenge and of each response; and the exponents of g in B */
	struct urne_scalar x[RUN], response[RUN], minus[RUN];
};

/* What making hints needs; all but `eighth` and the bases has room for one ballot. */
struct maker {
	const struct urne_election *e;
	const struct urne_group *g;
	struct urne_bases bases;
	struct urne_scalar eighth;
	struct urne_elem *q;		 /* the eighths, in the order of the hints */
	struct urne_ciphertext *parts;	 /* of the question at hand, as they are */
	struct urne_ciphertext *eighths; /* of its choices */
	struct urne_or_branch *branch;
	size_t *part;
	size_t text, commitment; /* where the next go */
	struct waiting *waiting;
	size_t num_waiting;
	/* alpha and beta of each, and behind them what else is wanted */
	struct urne_elem_powers *powers;
	struct urne_elem_product *product; /* which make the commitments of these */
};

static void
maker_clear(struct maker *m)
{
	free(m->q);
	free(m->parts);
	free(m->eighths);
	free(m->branch);
	free(m->part);
	free(m->waiting);
	free(m->powers);
	free(m->product);
}

static enum urne_err
maker_init(struct maker *m, const struct urne_election *e)
{
	size_t parts = 0, branches = 0;

	*m = (struct maker){.e = e, .g = e->group, .commitment = urne_ballot_num_text_points(e)};
	urne_election_bases(&m->bases, e);
	urne_eighth(&m->eighth);
	urne_election_max_statement(e, &parts, &branches);
	m->q = calloc(urne_ballot_num_points(e), sizeof(*m->q));
	m->parts = calloc(parts, sizeof(*m->parts));
	m->eighths = calloc(parts, sizeof(*m->eighths));
	m->branch = calloc(branches, sizeof(*m->branch));
	m->part = calloc(branches, sizeof(*m->part));
	m->waiting = calloc(WAITING, sizeof(*m->waiting));
	m->powers = calloc(2 * WAITING + 1, sizeof(*m->powers));
	m->product = calloc(2 * RUN * WAITING, sizeof(*m->product));
	if (m->q == NULL || m->parts == NULL || m->eighths == NULL || m->branch == NULL ||
	    m->part == NULL || m->waiting == NULL || m->powers == NULL || m->product == NULL) {
		return URNE_ERR_MEMORY;
	}
	return URNE_OK;
}

/* by_base: g or y, to the power of x. */
static struct urne_elem_factor
by_base(const struct maker *m, bool by_key, const struct urne_scalar *x)
{
	const struct urne_bases *b = &m->bases;

	return (struct urne_elem_factor){
	    by_key ? &b->y : &b->g, by_key ? b->y_powers : b->g_powers, x};
}

/* add_base: out = out g^(x / 8), or y^(x / 8). */
static void
add_base(const struct maker *m, struct urne_elem *out, bool by_key, const struct urne_scalar *x)
{
	struct urne_scalar part;
	struct urne_elem_product p = {.out = out, .factor = {by_base(m, by_key, &part)}, .num = 1};

	urne_scalar_mul(m->g, &part, x, &m->eighth);
	urne_elem_mul_pow_each(m->g, &p, 1);
}

/* complete: what A and B of a branch that waits still take: g^(r/8), and y^(r/8) g^(-value c/8). */
static void
complete(const struct maker *m, struct urne_elem_product out[2], struct waiting *w, size_t j)
{
	const struct urne_scalar zero = {{0}};
	struct urne_scalar x;

	urne_scalar_mul(m->g, &w->response[j], &w->p[j].response, &m->eighth);
	out[0].factor[0] = by_base(m, false, &w->response[j]);
	out[0].num = 1;
	out[1].factor[0] = by_base(m, true, &w->response[j]);
	out[1].num = 1;
	if (w->value[j] != 0) {
		urne_scalar_from_u64(m->g, &x, w->value[j]);
		urne_scalar_mul(m->g, &x, &x, &w->x[j]);
		urne_scalar_sub(m->g, &w->minus[j], &zero, &x);
		out[1].factor[1] = by_base(m, false, &w->minus[j]);
		out[1].num = 2;
	}
}

/* of_eighths: the powers of `a` by the eighths of challenges that wait. */
static void
of_eighths(const struct maker *m, struct urne_elem_powers *out, const struct urne_elem *a,
    const struct waiting *w)
{
	out->a = *a;
	out->num = w->num;
	out->ask_member = false;
	for (size_t j = 0; j < w->num; j++) {
		out->x[j] = &w->x[j];
	}
	if (w->with_eighth) {
		out->x[out->num++] = &m->eighth;
	}
}

/* finish: the powers of all that waits, and of `others` elements behind, are made. */
static void
finish(struct maker *m, size_t others)
{
	size_t num = 0;

	urne_elem_pow_each(m->g, m->powers, 2 * m->num_waiting + others);
	for (size_t i = 0; i < m->num_waiting; i++) {
		struct waiting *w = &m->waiting[i];
		struct urne_elem *A = m->powers[2 * i].out, *B = m->powers[2 * i + 1].out;

		if (w->with_eighth) {
			m->eighths[w->part] = (struct urne_ciphertext){A[w->num], B[w->num]};
			m->q[m->text++] = A[w->num];
			m->q[m->text++] = B[w->num];
		}
		for (size_t j = 0; j < w->num; j++) {
			struct urne_elem_product *p = &m->product[num];

			m->q[m->commitment] = A[j];
			p[0].out = &m->q[m->commitment++];
			m->q[m->commitment] = B[j];
			p[1].out = &m->q[m->commitment++];
			complete(m, p, w, j);
			num += 2;
		}
	}
	urne_elem_mul_pow_each(m->g, m->product, num);
	m->num_waiting = 0;
}

/* await: the branches of a statement from `at` on that speak of one part, at most as many as are
 * computed together. Returns how many. */
static size_t
await(struct maker *m, const struct urne_statement *s, size_t at, bool with_eighth)
{
	const size_t most = with_eighth ? RUN - 1 : RUN;
	struct waiting *w = NULL;
	const struct urne_ciphertext *ct = &m->parts[m->part[at]];

	if (m->num_waiting == WAITING) {
		finish(m, 0);
	}
	w = &m->waiting[m->num_waiting];
	*w = (struct waiting){.p = &s->proof[at], .part = m->part[at], .with_eighth = with_eighth};
	while (w->num < most && at + w->num < s->num && m->part[at + w->num] == w->part) {
		urne_scalar_mul(m->g, &w->x[w->num], &w->p[w->num].challenge, &m->eighth);
		w->value[w->num] = m->branch[at + w->num].value;
		w->num++;
	}
	of_eighths(m, &m->powers[2 * m->num_waiting], &ct->alpha, w);
	of_eighths(m, &m->powers[2 * m->num_waiting + 1], &ct->beta, w);
	m->num_waiting++;
	return w->num;
}

/* A1 = alpha^t1 g^t2, A2 = beta^t1 y^t2 A0^c. */
static void
nonzero(struct maker *m, const struct urne_question *q, const struct urne_nonzero_proof *p)
{
	const struct urne_ciphertext *ct = &m->eighths[urne_answer_nonzero_part(q)];
	struct urne_elem *A0 = &m->q[m->text++], *A1 = &m->q[m->commitment++],
			 *A2 = &m->q[m->commitment++];

	urne_elem_pow(m->g, A0, &p->commitment, &m->eighth);
	urne_elem_pow(m->g, A1, &ct->alpha, &p->response[0]);
	add_base(m, A1, false, &p->response[1]);
	urne_elem_pow2(m->g, A2, &ct->beta, &p->response[0], A0, &p->challenge);
	add_base(m, A2, true, &p->response[1]);
}

/* The texts of the statements are of no interest here. The first statements are those about each
 * choice. */
static void
answer_eighths(struct maker *m, const struct urne_question *q, const struct urne_answer *a)
{
	size_t num = urne_question_num_choices(q);
	struct urne_answer_context ctx = {
	    .group = m->g,
	    .question = q,
	    .answer = a,
	    .parts = m->parts,
	    .s0 = urne_view_of(""),
	    .s = urne_view_of(""),
	};

	for (size_t k = 0; k < num; k++) {
		m->parts[k] = a->choices[k];
	}
	urne_answer_sums(m->parts, m->g, q);
	for (size_t i = 0; i < urne_answer_num_statements(q); i++) {
		struct urne_statement s;

		urne_answer_statement(&s, m->branch, m->part, &ctx, i);
		for (size_t done = 0; done < s.num;) {
			done += await(m, &s, done, i < num && done == 0);
		}
	}
	if (q->kind == URNE_QUESTION_LISTS) {
		finish(m, 0);
		urne_answer_sums(m->eighths, m->g, q);
		nonzero(m, q, &a->nonzero);
	}
}

/* with_signature: what waits is finished together with the credential, whose eighth goes to `at`,
 * and the signature's commitment comes last. */
static void
with_signature(struct maker *m, size_t at, const struct urne_ballot *b)
{
	struct urne_elem_powers *p = &m->powers[2 * m->num_waiting];
	struct urne_scalar x;

	urne_scalar_mul(m->g, &x, &b->signature.challenge, &m->eighth);
	*p = (struct urne_elem_powers){.a = b->credential, .x = {&x, &m->eighth}, .num = 2};
	finish(m, 1);
	add_base(m, &p->out[0], false, &b->signature.response);
	m->q[m->commitment] = p->out[0];
	m->q[at] = p->out[1];
}

enum urne_err
urne_ballot_hints_make(uint8_t *out, const struct urne_ballot *b, const struct urne_election *e)
{
	struct maker m;
	enum urne_err err = maker_init(&m, e);

	if (err == URNE_OK) {
		size_t credential = m.text++;

		for (size_t i = 0; i < e->num_questions; i++) {
			answer_eighths(&m, &e->questions[i], &b->answers[i]);
		}
		with_signature(&m, credential, b);
		urne_hints_write(out, m.q, urne_ballot_num_points(e));
	}
	maker_clear(&m);
	return err;
}

/* same_points: are elem[] the points that stand in the ballot, in their order? */
static bool
same_points(
    const struct urne_elem *elem, const struct urne_ballot *b, const struct urne_election *e)
{
	const struct urne_group *g = e->group;
	bool same = urne_elem_eq(g, elem++, &b->credential);

	for (size_t i = 0; i < e->num_questions; i++) {
		const struct urne_question *q = &e->questions[i];
		const struct urne_answer *a = &b->answers[i];

		for (size_t k = 0; k < urne_question_num_choices(q); k++) {
			same = same && urne_elem_eq(g, elem++, &a->choices[k].alpha) &&
			       urne_elem_eq(g, elem++, &a->choices[k].beta);
		}
		if (q->kind == URNE_QUESTION_LISTS) {
			same = same && urne_elem_eq(g, elem++, &a->nonzero.commitment);
		}
	}
	return same;
}

/* good_by: with hints that were made of the ballot itself, each commitment is what its equation
 * says, and 8 times the eighth of a point is that point exactly when it is in the subgroup. */
static enum urne_err
good_by(const uint8_t *hints, const struct urne_ballot *b, const struct urne_election *e)
{
	struct urne_edwards_opened *q = calloc(urne_ballot_num_points(e), sizeof(*q));
	struct urne_hinted_room r;
	enum urne_err err = urne_hinted_room_init(&r, e, 1);

	if (q == NULL) {
		err = URNE_ERR_MEMORY;
	}
	if (err == URNE_OK) {
		err = urne_hinted_room_open(&r, 0, &hints, &q, 1) &&
			      same_points(urne_hinted_room_elems(&r, 0), b, e)
			  ? urne_equations_challenges(
				&r.equations, b, urne_hinted_room_encodings(&r, 0))
			  : URNE_ERR_GROUP;
	}
	urne_hinted_room_clear(&r);
	free(q);
	return err;
}

enum urne_err
urne_ballot_check_proofs_and_hint(
    uint8_t *out, const struct urne_ballot *b, struct urne_diag *d, const struct urne_election *e)
{
	enum urne_err err = urne_ballot_hints_make(out, b, e);

	if (err == URNE_OK) {
		err = good_by(out, b, e);
	}
	if (err == URNE_OK || err == URNE_ERR_MEMORY) {
		return err == URNE_OK ? err : urne_fail(d, err, "no memory to check a ballot");
	}
	err = urne_ballot_check_proofs(b, d, e); /* which says what it is */
	return err != URNE_OK ? err
			      : urne_fail(d, URNE_ERR_INTERNAL,
				    "two checks disagree whether the proofs of a ballot are right");
}
