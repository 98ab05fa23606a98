/* SPDX-License-Identifier: EUPL-1.2 */
/* Sums are counted first, and then each addend goes to its own. */
#include "election/ballot_points.h"

#include <stdlib.h>

#include "election/statement.h"

static size_t
num_commitments(const struct urne_question *q)
{
	size_t branches = 2 * urne_question_num_choices(q) + urne_answer_num_overall(q);

	if (q->kind == URNE_QUESTION_LISTS) {
		/* and A1, A2 of the nonzero proof, whose A0 stands in the text */
		return 2 * (branches + 2 * q->num_lists + 1);
	}
	return 2 * (branches + (q->blank ? 2 : 0));
}

size_t
urne_answer_num_text_points(const struct urne_question *q)
{
	return 2 * urne_question_num_choices(q) + (q->kind == URNE_QUESTION_LISTS ? 1 : 0);
}

size_t
urne_ballot_num_text_points(const struct urne_election *e)
{
	size_t num = 1; /* credential */

	for (size_t i = 0; i < e->num_questions; i++) {
		num += urne_answer_num_text_points(&e->questions[i]);
	}
	return num;
}

size_t
urne_ballot_num_points(const struct urne_election *e)
{
	size_t num = 1; /* signature */

	if (!urne_hints_serve(e->group) || e->has_non_homomorphic) {
		return 0;
	}
	num += urne_ballot_num_text_points(e);
	for (size_t i = 0; i < e->num_questions; i++) {
		num += num_commitments(&e->questions[i]);
	}
	return num <= URNE_MAX_HINTED_POINTS ? num : 0;
}

/* Where the addends of the question at hand go: alpha and beta of a part are two sums beside each
 * other. */
struct addends {
	size_t *end; /* of every sum; while addends are put, where its next one goes */
	size_t *addend;
	size_t num_choices;
	size_t sum, choice; /* the first of the question */
};

static void
count(void *ctx, size_t part, size_t choice)
{
	struct addends *a = ctx;
	size_t *end = &a->end[a->sum + 2 * (part - a->num_choices)];

	(void)choice;
	end[0]++;
	end[1]++;
}

/* put: from the back of each sum to its front. */
static void
put(void *ctx, size_t part, size_t choice)
{
	struct addends *a = ctx;
	size_t *end = &a->end[a->sum + 2 * (part - a->num_choices)];

	a->addend[--end[0]] = a->choice + 2 * choice;
	a->addend[--end[1]] = a->choice + 2 * choice + 1;
}

static void
each_addend(struct addends *a, const struct urne_election *e,
    void (*visit)(void *ctx, size_t part, size_t choice))
{
	a->sum = 0;
	a->choice = 1; /* behind the credential */
	for (size_t i = 0; i < e->num_questions; i++) {
		const struct urne_question *q = &e->questions[i];

		a->num_choices = urne_question_num_choices(q);
		urne_answer_each_addend(q, visit, a);
		a->sum += 2 * (urne_answer_num_parts(q) - a->num_choices);
		a->choice += urne_answer_num_text_points(q);
	}
}

static size_t
num_sums(const struct urne_election *e)
{
	size_t num = 0;

	for (size_t i = 0; i < e->num_questions; i++) {
		const struct urne_question *q = &e->questions[i];

		num += 2 * (urne_answer_num_parts(q) - urne_question_num_choices(q));
	}
	return num;
}

void
urne_ballot_points_clear(struct urne_ballot_points *p)
{
	free(p->addend);
	free(p->end);
	*p = (struct urne_ballot_points){.addend = NULL};
}

enum urne_err
urne_ballot_points_init(struct urne_ballot_points *p, const struct urne_election *e)
{
	struct addends a = {.end = NULL};
	size_t sums = num_sums(e), all = 0;

	*p = (struct urne_ballot_points){.addend = NULL};
	p->end = calloc(sums + 1, sizeof(*p->end));
	if (p->end == NULL) {
		return URNE_ERR_MEMORY;
	}
	a.end = p->end;
	each_addend(&a, e, count);
	for (size_t s = 0; s < sums; s++) {
		all += p->end[s];
		p->end[s] = all;
	}
	p->end[sums] = all;
	p->addend = calloc(all + 1, sizeof(*p->addend));
	if (p->addend == NULL) {
		urne_ballot_points_clear(p);
		return URNE_ERR_MEMORY;
	}
	a.addend = p->addend;
	each_addend(&a, e, put);
	/* end[s] is where sum s begins now, and so where the one before ends */
	p->shape = (struct urne_hint_shape){
	    .num = urne_ballot_num_points(e),
	    .num_elems = urne_ballot_num_text_points(e),
	    .num_sums = sums,
	    .addend = p->addend,
	    .end = p->end + 1,
	};
	return URNE_OK;
}
