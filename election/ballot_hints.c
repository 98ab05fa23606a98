/* SPDX-License-Identifier: EUPL-1.2 */
/* The points of a ballot, and how their hints are made: an eighth of everything, the commitments by
 * the equations that they are to satisfy. */
#include "election/ballot_hints.h"

#include <stdlib.h>

static size_t
num_branches(const struct urne_question *q)
{
	return 2 * urne_question_num_choices(q) + urne_answer_num_overall(q) + (q->blank ? 2 : 0);
}

size_t
urne_ballot_num_points(const struct urne_election *e)
{
	size_t num = 2; /* credential, signature */

	if (e->group->kind != URNE_GROUP_EDWARDS || e->has_lists || e->has_non_homomorphic) {
		return 0;
	}
	for (size_t i = 0; i < e->num_questions; i++) {
		num += 2 * urne_question_num_choices(&e->questions[i]) +
		       2 * num_branches(&e->questions[i]);
	}
	return num <= URNE_MAX_HINTED_POINTS ? num : 0;
}

/* What making hints needs; all but `eighth` and the bases has room for one ballot. */
struct maker {
	const struct urne_election *e;
	struct urne_bases bases;
	struct urne_scalar eighth;
	struct urne_elem *q;	       /* the eighths, in the order of the hints */
	struct urne_ciphertext *parts; /* eighths of the question at hand */
	struct urne_or_branch *branch;
	size_t *part;
	size_t choice, commitment; /* where the next go */
};

static void
maker_clear(struct maker *m)
{
	free(m->q);
	free(m->parts);
	free(m->branch);
	free(m->part);
}

static enum urne_err
maker_init(struct maker *m, const struct urne_election *e)
{
	size_t parts = 0, branches = 0;

	*m = (struct maker){.e = e, .choice = 1, .commitment = 1 + 2 * e->num_choices};
	urne_election_bases(&m->bases, e);
	urne_eighth(&m->eighth);
	urne_election_max_statement(e, &parts, &branches);
	m->q = calloc(urne_ballot_num_points(e), sizeof(*m->q));
	m->parts = calloc(parts, sizeof(*m->parts));
	m->branch = calloc(branches, sizeof(*m->branch));
	m->part = calloc(branches, sizeof(*m->part));
	if (m->q == NULL || m->parts == NULL || m->branch == NULL || m->part == NULL) {
		return URNE_ERR_MEMORY;
	}
	return URNE_OK;
}

/* power: out = a^challenge b^(response / 8), for b = g or y. */
static void
power(const struct maker *m, struct urne_elem *out, const struct urne_elem *a, bool by_key,
    const struct urne_proof *p)
{
	const struct urne_group *g = m->e->group;
	const struct urne_bases *bases = &m->bases;
	struct urne_scalar x;

	urne_scalar_mul(g, &x, &p->response, &m->eighth);
	urne_elem_pow(g, out, a, &p->challenge);
	urne_elem_mul_pow(
	    g, out, by_key ? &bases->y : &bases->g, by_key ? bases->y_powers : bases->g_powers, &x);
}

/* A and B of one branch, the eighth of its ciphertext being (alpha, beta). */
static void
branch_eighths(
    struct maker *m, const struct urne_ciphertext *ct, uint64_t value, const struct urne_proof *p)
{
	const struct urne_group *g = m->e->group;
	struct urne_elem shifted = ct->beta;
	struct urne_scalar x, zero = {{0}};

	urne_scalar_from_u64(g, &x, value);
	urne_scalar_mul(g, &x, &x, &m->eighth);
	urne_scalar_sub(g, &x, &zero, &x);
	urne_elem_mul_pow(g, &shifted, &m->bases.g, m->bases.g_powers, &x);
	power(m, &m->q[m->commitment++], &ct->alpha, false, p);
	power(m, &m->q[m->commitment++], &shifted, true, p);
}

/* The texts of the statements are of no interest here. */
static void
answer_eighths(struct maker *m, const struct urne_question *q, const struct urne_answer *a)
{
	const struct urne_group *g = m->e->group;
	struct urne_answer_context ctx = {
	    .group = g,
	    .question = q,
	    .answer = a,
	    .parts = m->parts,
	    .s0 = urne_view_of(""),
	    .s = urne_view_of(""),
	};

	for (size_t k = 0; k < urne_question_num_choices(q); k++) {
		urne_elem_pow(g, &m->parts[k].alpha, &a->choices[k].alpha, &m->eighth);
		urne_elem_pow(g, &m->parts[k].beta, &a->choices[k].beta, &m->eighth);
		m->q[m->choice++] = m->parts[k].alpha;
		m->q[m->choice++] = m->parts[k].beta;
	}
	urne_answer_sums(m->parts, g, q);
	for (size_t i = 0; i < urne_answer_num_statements(q); i++) {
		struct urne_statement s;

		urne_answer_statement(&s, m->branch, m->part, &ctx, i);
		for (size_t j = 0; j < s.num; j++) {
			branch_eighths(m, m->branch[j].ct, m->branch[j].value, &s.proof[j]);
		}
	}
}

enum urne_err
urne_ballot_hints_make(uint8_t *out, const struct urne_ballot *b, const struct urne_election *e)
{
	struct maker m;
	enum urne_err err = maker_init(&m, e);

	if (err == URNE_OK) {
		urne_elem_pow(e->group, &m.q[0], &b->credential, &m.eighth);
		for (size_t i = 0; i < e->num_questions; i++) {
			answer_eighths(&m, &e->questions[i], &b->answers[i]);
		}
		power(&m, &m.q[m.commitment], &m.q[0], false, &b->signature);
		urne_hints_write(out, m.q, urne_ballot_num_points(e));
	}
	maker_clear(&m);
	return err;
}
