/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether an election is the one that a definition compiles to: what members sign is what they
 * were shown, and what they were shown is what officials wrote (threats A14, A15).
 * Spec: docs/vote-definition.md#compilation */
#include "base/limits.h"
#include "election/compile.h"
#include "election/questions.h"

/* Titles in sentences are cut to leave room for the rest. */
#define MAX_SHOWN ((size_t)72)
/* One question in canonical form: every byte may become an escape of six. */
#define MAX_QUESTION_TEXT (URNE_MAX_TEXT_FILE * 6 + 4096)

/* shown cuts a text between characters. */
static struct urne_view
shown(struct urne_view v)
{
	size_t len = 0, next = 0;

	while (next <= MAX_SHOWN && next < v.len) {
		size_t step = urne_utf8_len((struct urne_view){v.p + next, v.len - next});

		len = next;
		next += step > 0 ? step : 1;
	}
	return (struct urne_view){v.p, next <= MAX_SHOWN ? next : len};
}

static enum urne_err
check_hash(struct urne_diag *d, const struct urne_definition *v, const struct urne_election *e)
{
	struct urne_hash sealed;

	if (e->vote_definition.len == 0) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the election seals no vote definition: it was not made of this file or any "
		    "other; look at it without a definition");
	}
	if (urne_hex_decode(sealed.b, sizeof(sealed.b), e->vote_definition) != URNE_OK ||
	    !urne_hash_eq(&sealed, &v->sha256)) {
		char hex[URNE_HASH_HEX_LEN];

		urne_hex_encode(hex, v->sha256.b, sizeof(v->sha256.b));
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the election seals the vote definition with SHA-256 %.*s, this file has "
		    "%.*s; ask the officials for the file that was sealed",
		    (int)e->vote_definition.len, e->vote_definition.p, (int)sizeof(hex), hex);
	}
	return URNE_OK;
}

static enum urne_err
check_words(struct urne_diag *d, const struct urne_definition *v, const struct urne_election *e)
{
	struct urne_view title = v->title.by_language[0], name = e->name;

	if (urne_view_starts(name, URNE_TEST_MARK) && !urne_view_eq(name, title)) {
		name.p += sizeof(URNE_TEST_MARK) - 1;
		name.len -= sizeof(URNE_TEST_MARK) - 1;
	}
	if (!urne_view_eq(name, title)) {
		struct urne_view a = shown(e->name), b = shown(title);

		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the name of the election is \"%.*s\", the title of the definition \"%.*s\"; "
		    "do not use this election before the officials have explained it",
		    (int)a.len, a.p, (int)b.len, b.p);
	}
	if (!urne_view_eq(e->description, v->description.by_language[0])) {
		struct urne_view a = shown(e->description),
				 b = shown(v->description.by_language[0]);

		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the description of the election begins \"%.*s\", that of the definition "
		    "\"%.*s\", and they differ; do not use this election before the officials have "
		    "explained it",
		    (int)a.len, a.p, (int)b.len, b.p);
	}
	return URNE_OK;
}

static const struct urne_item *
item_of_question(const struct urne_definition *v, size_t question)
{
	size_t i = 0;

	while (i + 1 < v->num_items && v->items[i + 1].first_question <= question) {
		i++;
	}
	return &v->items[i];
}

static bool
same_answers(const struct urne_question *a, const struct urne_question *b)
{
	if (a->kind != b->kind || a->num_answers != b->num_answers ||
	    a->num_lists != b->num_lists) {
		return false;
	}
	for (size_t i = 0; i < a->num_answers; i++) {
		if (!urne_view_eq(a->answers[i], b->answers[i])) {
			return false;
		}
	}
	for (size_t i = 0; i < a->num_lists; i++) {
		if (a->lists[i].num_labels != b->lists[i].num_labels) {
			return false;
		}
		for (size_t j = 0; j < a->lists[i].num_labels; j++) {
			if (!urne_view_eq(a->lists[i].labels[j], b->lists[i].labels[j])) {
				return false;
			}
		}
	}
	return true;
}

/* Why two questions whose bytes differ do. */
static enum urne_err
name_difference(
    struct urne_diag *d, const struct urne_question *is, const struct urne_question *should)
{
	struct urne_view a = shown(is->title), b = shown(should->title);

	if (!urne_view_eq(is->title, should->title)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the election asks \"%.*s\", the definition \"%.*s\"", (int)a.len, a.p,
		    (int)b.len, b.p);
	}
	if (!same_answers(is, should)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "\"%.*s\" does not have the answers of the definition", (int)a.len, a.p);
	}
	if (is->min != should->min || is->max != should->max) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "\"%.*s\" lets choose %zu to %zu, the definition %zu to %zu", (int)a.len, a.p,
		    is->min, is->max, should->min, should->max);
	}
	if (is->blank != should->blank) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "\"%.*s\" %s blank votes, which the definition %s", (int)a.len, a.p,
		    is->blank ? "has" : "lacks", is->blank ? "does not offer" : "offers");
	}
	return urne_fail(d, URNE_ERR_MISMATCH,
	    "\"%.*s\" is not written as the definition compiles it", (int)a.len, a.p);
}

static enum urne_err
check_questions(struct urne_diag *d, const struct urne_definition *v, const struct urne_election *e,
    const struct urne_question *should)
{
	struct urne_buf a, b;
	enum urne_err err = URNE_OK;

	urne_buf_init(&a, MAX_QUESTION_TEXT);
	urne_buf_init(&b, MAX_QUESTION_TEXT);
	for (size_t i = 0; err == URNE_OK && i < v->num_questions && i < e->num_questions; i++) {
		const struct urne_item *item = item_of_question(v, i);

		urne_buf_reset(&a);
		urne_buf_reset(&b);
		urne_questions_emit(&a, &e->questions[i], 1);
		urne_questions_emit(&b, &should[i], 1);
		if ((err = urne_buf_error(&a)) != URNE_OK ||
		    (err = urne_buf_error(&b)) != URNE_OK) {
			err = urne_fail(d, err, "no memory to compare the questions");
		} else if (!urne_view_eq(urne_buf_view(&a), urne_buf_view(&b))) {
			err = name_difference(d, &e->questions[i], &should[i]);
			urne_diag_within(
			    d, "question %zu, item %.*s: ", i + 1, (int)item->id.len, item->id.p);
		}
	}
	urne_buf_clear(&a);
	urne_buf_clear(&b);
	if (err == URNE_OK && e->num_questions != v->num_questions) {
		err = urne_fail(d, URNE_ERR_MISMATCH,
		    "the election has %zu questions, the definition %zu; do not use this election "
		    "before the officials have explained it",
		    e->num_questions, v->num_questions);
	}
	return err;
}

enum urne_err
urne_definition_agrees(
    struct urne_diag *d, const struct urne_definition *v, const struct urne_election *e)
{
	const struct urne_question *should = NULL;
	struct urne_arena arena;
	size_t num = 0;
	enum urne_err err = URNE_OK;

	urne_arena_init(&arena, URNE_MAX_TEXT_FILE * 8);
	if ((err = check_hash(d, v, e)) == URNE_OK && (err = check_words(d, v, e)) == URNE_OK &&
	    (err = urne_definition_compile(&should, &num, &arena, d, v)) == URNE_OK) {
		err = check_questions(d, v, e, should);
	}
	urne_arena_clear(&arena);
	return err;
}
