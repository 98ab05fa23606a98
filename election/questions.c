/* SPDX-License-Identifier: EUPL-1.2 */
/* Questions: read from an election object or a question file, written in canonical form.
 * Spec: docs/formats.md#election-and-questions */
#include <string.h>

#include "base/limits.h"
#include "election/election.h"
#include "election/questions.h"

size_t
urne_question_num_choices(const struct urne_question *q)
{
	size_t num = 0;

	switch (q->kind) {
	case URNE_QUESTION_HOMOMORPHIC:
		return q->num_answers + (q->blank ? 1 : 0);
	case URNE_QUESTION_NON_HOMOMORPHIC:
		return 1;
	case URNE_QUESTION_LISTS:
		for (size_t i = 0; i < q->num_lists; i++) {
			num += q->lists[i].num_labels;
		}
		return num;
	}
	return 0;
}

static enum urne_err
parse_string(struct urne_view *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_json *parent, const struct urne_json *v, const char *name)
{
	if (v == NULL || v->type != URNE_JSON_STRING) {
		return urne_json_fail(
		    d, URNE_ERR_SYNTAX, v == NULL ? parent : v, "\"%s\" must be a string", name);
	}
	return urne_arena_copy(arena, out, v->text);
}

static enum urne_err
parse_strings(const struct urne_view **out, size_t *num, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_json *v)
{
	struct urne_view *list = NULL;
	size_t i = 0;

	if (v->num_children == 0 || v->num_children > URNE_MAX_ANSWERS) {
		return urne_json_fail(d, URNE_ERR_RANGE, v,
		    "between 1 and %zu entries are possible", URNE_MAX_ANSWERS);
	}
	list = urne_arena_alloc(arena, v->num_children, sizeof(*list));
	if (list == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the questions");
	}
	for (const struct urne_json *s = v->child; s != NULL; s = s->next, i++) {
		enum urne_err e = parse_string(&list[i], arena, d, v, s, "answer");
		if (e != URNE_OK) {
			return e;
		}
	}
	*out = list;
	*num = v->num_children;
	return URNE_OK;
}

static enum urne_err
parse_answers(struct urne_question *q, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_json *v)
{
	const struct urne_json *answers = urne_json_get(v, "answers");

	if (answers == NULL || answers->type != URNE_JSON_ARRAY) {
		return urne_json_fail(
		    d, URNE_ERR_SYNTAX, v, "\"answers\" must be a list of strings");
	}
	return parse_strings(&q->answers, &q->num_answers, arena, d, answers);
}

static enum urne_err
parse_bound(
    size_t *out, struct urne_diag *d, const struct urne_json *v, const char *name, size_t max)
{
	const struct urne_json *n = urne_json_get(v, name);
	uint64_t value = 0;

	if (n == NULL || urne_json_u64(&value, n, max) != URNE_OK) {
		return urne_json_fail(d, URNE_ERR_RANGE, n == NULL ? v : n,
		    "\"%s\" must be a whole number from 0 to %zu", name, max);
	}
	*out = (size_t)value;
	return URNE_OK;
}

/* {"answers":[..],?"blank":bool,"min":int,"max":int,"question":string} */
static enum urne_err
parse_homomorphic(struct urne_question *q, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_json *v)
{
	static const char *const names[] = {"answers", "blank", "min", "max", "question", NULL};
	const struct urne_json *blank = urne_json_get(v, "blank");
	enum urne_err e = urne_json_only(d, v, names);

	if (e != URNE_OK || (e = parse_answers(q, arena, d, v)) != URNE_OK ||
	    (e = parse_bound(&q->min, d, v, "min", q->num_answers)) != URNE_OK ||
	    (e = parse_bound(&q->max, d, v, "max", q->num_answers)) != URNE_OK) {
		return e;
	}
	if (q->min > q->max) {
		return urne_json_fail(d, URNE_ERR_RANGE, v,
		    "min is %zu and max is %zu: no answer can satisfy both", q->min, q->max);
	}
	if (blank != NULL && blank->type != URNE_JSON_BOOL) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, blank, "\"blank\" must be true or false");
	}
	q->has_blank = blank != NULL;
	q->blank = blank != NULL && blank->boolean;
	return URNE_OK;
}

static enum urne_err
parse_lists(struct urne_question *q, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_json *v)
{
	const struct urne_json *answers = urne_json_get(v, "answers");
	struct urne_question_list *lists = NULL;
	size_t i = 0;

	if (answers == NULL || answers->type != URNE_JSON_ARRAY || answers->num_children == 0 ||
	    answers->num_children > URNE_MAX_ANSWERS) {
		return urne_json_fail(
		    d, URNE_ERR_SYNTAX, v, "\"answers\" must be a list of lists of strings");
	}
	lists = urne_arena_alloc(arena, answers->num_children, sizeof(*lists));
	if (lists == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the questions");
	}
	for (const struct urne_json *l = answers->child; l != NULL; l = l->next, i++) {
		enum urne_err e = URNE_OK;
		if (l->type != URNE_JSON_ARRAY || l->num_children < 2) {
			return urne_json_fail(d, URNE_ERR_SYNTAX, l,
			    "a list is written [title, candidate, ...] with at least one "
			    "candidate");
		}
		e = parse_strings(&lists[i].labels, &lists[i].num_labels, arena, d, l);
		if (e != URNE_OK) {
			return e;
		}
	}
	q->lists = lists;
	q->num_lists = answers->num_children;
	q->min = 1;
	q->max = 1;
	return URNE_OK;
}

/* {"type":"NonHomomorphic" | "Lists","value":{"answers":..,"question":..},?"extra":json} */
static enum urne_err
parse_typed(struct urne_question *q, const struct urne_json **value, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_json *v)
{
	static const char *const names[] = {"type", "value", "extra", NULL};
	static const char *const value_names[] = {"answers", "question", NULL};
	const struct urne_json *type = urne_json_get(v, "type");
	const struct urne_json *extra = urne_json_get(v, "extra");
	enum urne_err e = urne_json_only(d, v, names);

	*value = urne_json_get(v, "value");
	if (e != URNE_OK) {
		return e;
	}
	if (*value == NULL || (*value)->type != URNE_JSON_OBJECT) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, v, "\"value\" must be an object");
	}
	e = urne_json_only(d, *value, value_names);
	if (e != URNE_OK) {
		return e;
	}
	if (extra != NULL) {
		e = urne_arena_copy(arena, &q->extra, extra->raw);
		if (e != URNE_OK) {
			return e;
		}
	}
	if (type->type == URNE_JSON_STRING && urne_view_is(type->text, "NonHomomorphic")) {
		q->kind = URNE_QUESTION_NON_HOMOMORPHIC;
		return parse_answers(q, arena, d, *value);
	}
	if (type->type == URNE_JSON_STRING && urne_view_is(type->text, "Lists")) {
		q->kind = URNE_QUESTION_LISTS;
		return parse_lists(q, arena, d, *value);
	}
	return urne_json_fail(d, URNE_ERR_UNKNOWN, type,
	    "the type of a question is \"NonHomomorphic\" or \"Lists\"; homomorphic questions have "
	    "no type");
}

static enum urne_err
parse_question(struct urne_question *q, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_json *v)
{
	const struct urne_json *value = v;
	enum urne_err e = URNE_OK;

	if (v->type != URNE_JSON_OBJECT) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, v, "a question is an object");
	}
	if (urne_json_get(v, "type") == NULL) {
		q->kind = URNE_QUESTION_HOMOMORPHIC;
		e = parse_homomorphic(q, arena, d, v);
	} else {
		e = parse_typed(q, &value, arena, d, v);
	}
	if (e != URNE_OK) {
		return e;
	}
	return parse_string(
	    &q->title, arena, d, value, urne_json_get(value, "question"), "question");
}

enum urne_err
urne_questions_parse(const struct urne_question **out, size_t *num, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_json *array)
{
	struct urne_question *list = NULL;
	size_t total = 0, i = 0;

	*out = NULL;
	*num = 0;
	if (array->type != URNE_JSON_ARRAY || array->num_children == 0) {
		return urne_json_fail(
		    d, URNE_ERR_SYNTAX, array, "\"questions\" must be a list with a question");
	}
	if (array->num_children > URNE_MAX_QUESTIONS) {
		return urne_json_fail(
		    d, URNE_ERR_LIMIT, array, "more than %zu questions", URNE_MAX_QUESTIONS);
	}
	list = urne_arena_alloc(arena, array->num_children, sizeof(*list));
	if (list == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the questions");
	}
	for (const struct urne_json *v = array->child; v != NULL; v = v->next, i++) {
		enum urne_err e = parse_question(&list[i], arena, d, v);
		if (e != URNE_OK) {
			return e;
		}
		total += urne_question_num_choices(&list[i]);
		if (total > URNE_MAX_CHOICES) {
			return urne_json_fail(
			    d, URNE_ERR_LIMIT, v, "more than %zu choices in all", URNE_MAX_CHOICES);
		}
	}
	*out = list;
	*num = array->num_children;
	return URNE_OK;
}

static void
emit_strings(struct urne_buf *out, const struct urne_view *list, size_t num)
{
	urne_buf_putc(out, '[');
	for (size_t i = 0; i < num; i++) {
		urne_buf_puts(out, i == 0 ? "" : ",");
		urne_buf_put_json_string(out, list[i]);
	}
	urne_buf_putc(out, ']');
}

static void
emit_typed(struct urne_buf *out, const struct urne_question *q)
{
	bool lists = q->kind == URNE_QUESTION_LISTS;

	urne_buf_printf(
	    out, "{\"type\":\"%s\",\"value\":{\"answers\":", lists ? "Lists" : "NonHomomorphic");
	if (lists) {
		urne_buf_putc(out, '[');
		for (size_t i = 0; i < q->num_lists; i++) {
			urne_buf_puts(out, i == 0 ? "" : ",");
			emit_strings(out, q->lists[i].labels, q->lists[i].num_labels);
		}
		urne_buf_putc(out, ']');
	} else {
		emit_strings(out, q->answers, q->num_answers);
	}
	urne_buf_puts(out, ",\"question\":");
	urne_buf_put_json_string(out, q->title);
	urne_buf_putc(out, '}');
	if (q->extra.len > 0) {
		urne_buf_puts(out, ",\"extra\":");
		urne_buf_put_view(out, q->extra);
	}
	urne_buf_putc(out, '}');
}

void
urne_questions_emit(struct urne_buf *out, const struct urne_question *questions, size_t num)
{
	urne_buf_putc(out, '[');
	for (size_t i = 0; i < num; i++) {
		const struct urne_question *q = &questions[i];

		urne_buf_puts(out, i == 0 ? "" : ",");
		if (q->kind != URNE_QUESTION_HOMOMORPHIC) {
			emit_typed(out, q);
			continue;
		}
		urne_buf_puts(out, "{\"answers\":");
		emit_strings(out, q->answers, q->num_answers);
		if (q->has_blank) {
			urne_buf_puts(out, q->blank ? ",\"blank\":true" : ",\"blank\":false");
		}
		urne_buf_printf(out, ",\"min\":%zu,\"max\":%zu,\"question\":", q->min, q->max);
		urne_buf_put_json_string(out, q->title);
		urne_buf_putc(out, '}');
	}
	urne_buf_putc(out, ']');
}
