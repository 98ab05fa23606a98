/* SPDX-License-Identifier: EUPL-1.2 */
/* A member's choices in plain: read from a file, checked against the rules of the questions, or
 * drawn for a test. Messages name the question and the rule; choices are the member's own, so only
 * the member's terminal sees them. */
#include <stdlib.h>

#include "base/limits.h"
#include "election/vote.h"

void
urne_choices_clear(struct urne_choices *c)
{
	if (c->m != NULL) {
		urne_wipe(c->m, c->num * sizeof(*c->m));
	}
	free(c->m);
	*c = (struct urne_choices){NULL, 0};
}

static enum urne_err
choices_alloc(struct urne_choices *c, const struct urne_election *e)
{
	c->num = e->num_choices;
	c->m = calloc(c->num + 1, sizeof(*c->m));
	return c->m == NULL ? URNE_ERR_MEMORY : URNE_OK;
}

/* [1,0,0]: num marks */
static enum urne_err
read_marks(uint64_t *m, size_t num, struct urne_diag *d, const struct urne_json *v)
{
	size_t i = 0;

	if (v->num_children != num) {
		return urne_json_fail(d, URNE_ERR_RANGE, v,
		    "%zu marks are given where the question has %zu choices; write one 0 or 1 per "
		    "choice",
		    v->num_children, num);
	}
	for (const struct urne_json *x = v->child; x != NULL; x = x->next, i++) {
		if (urne_json_u64(&m[i], x, 1) != URNE_OK) {
			return urne_json_fail(d, URNE_ERR_RANGE, x, "a mark is 0 or 1");
		}
	}
	return URNE_OK;
}

/* The choice with this title, or num. Lists: a list's title marks the list, a candidate's the
 * candidate. */
static size_t
find_title(const struct urne_question *q, struct urne_view title)
{
	size_t num = urne_question_num_choices(q), at = q->blank ? 1 : 0;

	for (size_t i = 0; i < q->num_answers; i++) {
		if (urne_view_eq(q->answers[i], title)) {
			return at + i;
		}
	}
	for (size_t i = 0; i < q->num_lists; i++) {
		for (size_t j = 0; j < q->lists[i].num_labels; j++, at++) {
			if (urne_view_eq(q->lists[i].labels[j], title)) {
				return at;
			}
		}
	}
	return num;
}

/* ["Answer one","Other"] */
static enum urne_err
read_titles(
    uint64_t *m, const struct urne_question *q, struct urne_diag *d, const struct urne_json *v)
{
	for (const struct urne_json *x = v->child; x != NULL; x = x->next) {
		size_t i = find_title(q, x->text);
		if (x->type != URNE_JSON_STRING || i == urne_question_num_choices(q)) {
			return urne_json_fail(d, URNE_ERR_UNKNOWN, x,
			    "the question has no such answer; write its title exactly as "
			    "\"urne show\" prints it");
		}
		if (m[i] != 0) {
			return urne_json_fail(
			    d, URNE_ERR_DUPLICATE, x, "the same answer is given twice");
		}
		m[i] = 1;
	}
	return URNE_OK;
}

/* [[1,0,1],[0,0,0]] */
static enum urne_err
read_list_marks(
    uint64_t *m, const struct urne_question *q, struct urne_diag *d, const struct urne_json *v)
{
	size_t i = 0;

	if (v->num_children != q->num_lists) {
		return urne_json_fail(d, URNE_ERR_RANGE, v,
		    "%zu lists of marks are given where the question has %zu lists",
		    v->num_children, q->num_lists);
	}
	for (const struct urne_json *x = v->child; x != NULL; x = x->next, i++) {
		enum urne_err e = URNE_OK;
		if (x->type != URNE_JSON_ARRAY) {
			return urne_json_fail(d, URNE_ERR_SYNTAX, x, "a list of marks is expected");
		}
		e = read_marks(m, q->lists[i].num_labels, d, x);
		if (e != URNE_OK) {
			return e;
		}
		m += q->lists[i].num_labels;
	}
	return URNE_OK;
}

static enum urne_err
read_answer(
    uint64_t *m, const struct urne_question *q, struct urne_diag *d, const struct urne_json *v)
{
	if (q->kind == URNE_QUESTION_NON_HOMOMORPHIC) {
		return urne_json_fail(d, URNE_ERR_UNSUPPORTED, v,
		    "the question is non-homomorphic: this version cannot vote on it");
	}
	if (v->type == URNE_JSON_STRING && urne_view_is(v->text, "blank")) {
		if (!q->blank) {
			return urne_json_fail(d, URNE_ERR_RANGE, v,
			    "the question does not allow a blank vote; choose %zu to %zu answers",
			    q->min, q->max);
		}
		m[0] = 1;
		return URNE_OK;
	}
	if (v->type != URNE_JSON_ARRAY) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, v,
		    "an answer is a list of marks, a list of titles, or \"blank\"");
	}
	if (v->num_children == 0 || v->child->type == URNE_JSON_STRING) {
		return read_titles(m, q, d, v);
	}
	if (q->kind == URNE_QUESTION_LISTS) {
		return read_list_marks(m, q, d, v);
	}
	return read_marks(m, urne_question_num_choices(q), d, v);
}

enum urne_err
urne_choices_read(struct urne_choices *out, struct urne_diag *d, const struct urne_election *e,
    struct urne_view text)
{
	struct urne_arena arena;
	const struct urne_json *root = NULL;
	enum urne_err err = URNE_OK;
	size_t at = 0, i = 0;

	*out = (struct urne_choices){NULL, 0};
	urne_arena_init_secret(&arena, URNE_MAX_TEXT_FILE * 16); /* it holds the choices */
	err = urne_json_parse(&root, &arena, d, text);
	if (err != URNE_OK) {
		goto out;
	}
	if (root->type != URNE_JSON_ARRAY || root->num_children != e->num_questions) {
		err = urne_json_fail(d, URNE_ERR_SYNTAX, root,
		    "choices are a list with one entry per question, %zu here", e->num_questions);
		goto out;
	}
	err = choices_alloc(out, e);
	for (const struct urne_json *v = root->child; v != NULL && err == URNE_OK; v = v->next) {
		err = read_answer(out->m + at, &e->questions[i], d, v);
		at += urne_question_num_choices(&e->questions[i]);
		i++;
	}
	if (err == URNE_OK) {
		err = urne_choices_check(out, d, e);
	}
out:
	if (err != URNE_OK) {
		urne_choices_clear(out);
	}
	urne_arena_clear(&arena);
	return err;
}

static enum urne_err
check_homomorphic(const uint64_t *m, const struct urne_question *q, struct urne_diag *d)
{
	size_t first = q->blank ? 1 : 0, sum = 0;

	for (size_t i = 0; i < q->num_answers; i++) {
		sum += m[first + i];
	}
	if (q->blank && m[0] == 1) {
		return sum == 0
			   ? URNE_OK
			   : urne_fail(d, URNE_ERR_RANGE,
				 "a blank vote chooses nothing else; %zu answers are chosen too",
				 sum);
	}
	if (sum < q->min || sum > q->max) {
		return urne_fail(d, URNE_ERR_RANGE,
		    "%zu answers are chosen; at least %zu and at most %zu are possible%s", sum,
		    q->min, q->max, q->blank ? ", or a blank vote" : "");
	}
	return URNE_OK;
}

static enum urne_err
check_lists(const uint64_t *m, const struct urne_question *q, struct urne_diag *d)
{
	size_t num_chosen = 0;

	for (size_t i = 0; i < q->num_lists; i++) {
		size_t candidates = 0;

		for (size_t j = 1; j < q->lists[i].num_labels; j++) {
			candidates += m[j];
		}
		if (m[0] == 0 && candidates > 0) {
			return urne_fail(d, URNE_ERR_RANGE,
			    "list %zu is not chosen but %zu of its candidates are", i + 1,
			    candidates);
		}
		if (m[0] == 1 && candidates == 0) {
			return urne_fail(d, URNE_ERR_RANGE,
			    "list %zu is chosen but none of its candidates", i + 1);
		}
		num_chosen += m[0];
		m += q->lists[i].num_labels;
	}
	if (num_chosen != 1) {
		return urne_fail(
		    d, URNE_ERR_RANGE, "%zu lists are chosen; exactly one must be", num_chosen);
	}
	return URNE_OK;
}

enum urne_err
urne_choices_check(const struct urne_choices *c, struct urne_diag *d, const struct urne_election *e)
{
	size_t at = 0;

	if (c->num != e->num_choices) {
		return urne_fail(d, URNE_ERR_RANGE, "%zu choices where the election has %zu",
		    c->num, e->num_choices);
	}
	for (size_t i = 0; i < e->num_questions; i++) {
		const struct urne_question *q = &e->questions[i];
		enum urne_err err = URNE_OK;

		if (q->kind == URNE_QUESTION_HOMOMORPHIC) {
			err = check_homomorphic(c->m + at, q, d);
		} else if (q->kind == URNE_QUESTION_LISTS) {
			err = check_lists(c->m + at, q, d);
		}
		if (err != URNE_OK) {
			urne_diag_within(d, "question %zu: ", i + 1);
			return err;
		}
		at += urne_question_num_choices(q);
	}
	return URNE_OK;
}

/* Marks `count` of `num` places, each set of places equally likely. */
static void
mark_random(uint64_t *m, size_t num, size_t count, struct urne_rng *rng)
{
	for (size_t i = 0; i < num && count > 0; i++) {
		if (urne_rng_below(rng, num - i) < count) {
			m[i] = 1;
			count--;
		}
	}
}

static void
random_answer(uint64_t *m, const struct urne_question *q, struct urne_rng *rng)
{
	if (q->kind == URNE_QUESTION_LISTS) {
		size_t chosen = (size_t)urne_rng_below(rng, q->num_lists);
		for (size_t i = 0; i < chosen; i++) {
			m += q->lists[i].num_labels;
		}
		size_t candidates = q->lists[chosen].num_labels - 1;
		m[0] = 1;
		mark_random(m + 1, candidates, 1 + (size_t)urne_rng_below(rng, candidates), rng);
		return;
	}
	if (q->blank && urne_rng_below(rng, 10) == 0) {
		m[0] = 1; /* one in ten votes blank */
		return;
	}
	mark_random(m + (q->blank ? 1 : 0), q->num_answers,
	    q->min + (size_t)urne_rng_below(rng, q->max - q->min + 1), rng);
}

enum urne_err
urne_choices_random(struct urne_choices *out, const struct urne_election *e, struct urne_rng *rng)
{
	enum urne_err err = choices_alloc(out, e);
	size_t at = 0;

	for (size_t i = 0; i < e->num_questions && err == URNE_OK; i++) {
		if (e->questions[i].kind == URNE_QUESTION_NON_HOMOMORPHIC) {
			return URNE_ERR_UNSUPPORTED;
		}
		random_answer(out->m + at, &e->questions[i], rng);
		at += urne_question_num_choices(&e->questions[i]);
	}
	return err;
}
