/* SPDX-License-Identifier: EUPL-1.2 */
/* The questions of a definition, made of it and of nothing else: whoever has the file makes the
 * same bytes.
 * Spec: docs/vote-definition.md#compilation */
#include "election/compile.h"

#include <string.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "election/compile_place.h"

#define DASH "\xe2\x80\x94" /* the em dash */

/* What one item needs to become questions. */
struct compiler {
	struct urne_arena *arena;
	struct urne_diag *d;
	const struct urne_view *for_against; /* two words */
	const struct urne_item *item;
};

static enum urne_err
no_memory(const struct compiler *c)
{
	return urne_fail(c->d, URNE_ERR_MEMORY, "no memory for the questions");
}

/* The text of the authentic language. */
static struct urne_view
authentic(const struct urne_texts *t)
{
	return t->by_language[0];
}

static bool
is_french(const struct urne_definition *v)
{
	return v->num_languages > 0 && urne_view_is(v->languages[0], "fr");
}

/* join sets *out to the parts one behind the other. */
static enum urne_err
join(struct urne_view *out, const struct compiler *c, const struct urne_view parts[3])
{
	size_t len = parts[0].len + parts[1].len + parts[2].len, at = 0;
	char *p = urne_arena_alloc(c->arena, len + 1, 1);

	*out = (struct urne_view){"", 0};
	if (p == NULL) {
		return no_memory(c);
	}
	for (size_t i = 0; i < 3; i++) {
		if (parts[i].len > 0) {
			memcpy(p + at, parts[i].p, parts[i].len);
		}
		at += parts[i].len;
	}
	*out = (struct urne_view){p, len};
	return URNE_OK;
}

/* "TITLE — OTHER" */
static enum urne_err
join_titles(struct urne_view *out, const struct compiler *c, const struct urne_texts *title,
    const struct urne_texts *other)
{
	const struct urne_view parts[3] = {
	    authentic(title), urne_view_of(" " DASH " "), authentic(other)};

	return join(out, c, parts);
}

/* "TITLE [sha256:HEX]" */
static enum urne_err
join_hash(struct urne_view *out, const struct compiler *c, const struct urne_texts *title,
    const struct urne_hash *h)
{
	char mark[] = " [sha256:0000000000000000000000000000000000000000000000000000000000000000]";
	const struct urne_view parts[3] = {authentic(title), {mark, sizeof(mark) - 1}, {"", 0}};

	urne_hex_encode(strchr(mark, '0'), h->b, sizeof(h->b));
	return join(out, c, parts);
}

static void
set_answers(struct urne_question *q, const struct urne_item *item, const struct urne_view *answers,
    size_t num, size_t min, size_t max)
{
	q->kind = URNE_QUESTION_HOMOMORPHIC;
	q->answers = answers;
	q->num_answers = num;
	q->has_blank = q->blank = urne_item_has_blank(item);
	q->min = min;
	q->max = max;
}

static void
set_for_against(struct urne_question *q, const struct compiler *c)
{
	set_answers(q, c->item, c->for_against, 2, 0, 1);
}

static enum urne_err
compile_ratification(struct urne_question *q, const struct compiler *c)
{
	set_for_against(q, c);
	q->title = authentic(&c->item->title);
	return URNE_OK;
}

/* put_titles appends the titles of entries first .. first + num - 1 that have not withdrawn. */
static size_t
put_titles(struct urne_view *out, const struct urne_item *item, size_t first, size_t num)
{
	size_t n = 0;

	for (size_t i = first; i < first + num; i++) {
		if (!item->entries[i].withdrawn) {
			out[n++] = authentic(&item->entries[i].title);
		}
	}
	return n;
}

static enum urne_err
compile_chosen(struct urne_question *q, const struct compiler *c)
{
	const struct urne_item *item = c->item;
	struct urne_view *titles = urne_arena_alloc(c->arena, item->num_entries, sizeof(*titles));

	if (titles == NULL) {
		return no_memory(c);
	}
	set_answers(q, item, titles, put_titles(titles, item, 0, item->num_entries),
	    item->choose_min, item->choose_max);
	q->title = authentic(&item->title);
	return URNE_OK;
}

static enum urne_err
compile_lists(struct urne_question *q, const struct compiler *c)
{
	const struct urne_item *item = c->item;
	struct urne_question_list *lists =
	    urne_arena_alloc(c->arena, item->num_sections, sizeof(*lists));

	if (lists == NULL) {
		return no_memory(c);
	}
	for (size_t i = 0; i < item->num_sections; i++) {
		const struct urne_section *s = &item->sections[i];
		struct urne_view *labels = urne_arena_alloc(c->arena, s->num + 1, sizeof(*labels));

		if (labels == NULL) {
			return no_memory(c);
		}
		labels[0] = authentic(&s->title);
		lists[i].labels = labels;
		lists[i].num_labels = 1 + put_titles(labels + 1, item, s->first, s->num);
	}
	q->kind = URNE_QUESTION_LISTS;
	q->lists = lists;
	q->num_lists = item->num_sections;
	q->min = q->max = 1;
	q->title = authentic(&item->title);
	return URNE_OK;
}

static enum urne_err
compile_programme(struct urne_question *q, const struct compiler *c)
{
	enum urne_err e = URNE_OK;

	for (size_t i = 0; e == URNE_OK && i < c->item->num_entries; i++) {
		const struct urne_entry *entry = &c->item->entries[i];

		set_for_against(&q[i], c);
		e = join_titles(
		    &q[i].title, c, &c->item->sections[entry->section].title, &entry->title);
	}
	return e;
}

static enum urne_err
compile_grades(struct urne_question *q, const struct compiler *c)
{
	const struct urne_item *item = c->item;
	struct urne_view *grades = urne_arena_alloc(c->arena, item->num_grades, sizeof(*grades));
	enum urne_err e = URNE_OK;

	if (grades == NULL) {
		return no_memory(c);
	}
	for (size_t i = 0; i < item->num_grades; i++) {
		grades[i] = authentic(&item->grades[i].title);
	}
	for (size_t i = 0; e == URNE_OK && i < item->num_entries; i++) {
		if (item->entries[i].withdrawn) {
			continue;
		}
		set_answers(q, item, grades, item->num_grades, 1, 1);
		e = join_titles(&q->title, c, &item->title, &item->entries[i].title);
		q++;
	}
	return e;
}

static enum urne_err
compile_text(struct urne_question *q, const struct compiler *c)
{
	const struct urne_item *item = c->item;
	struct urne_sha256 whole;
	struct urne_hash h;

	urne_sha256_init(&whole);
	for (size_t i = 0; i < item->num_entries; i++) {
		const struct urne_entry *article = &item->entries[i];
		char hex[URNE_HASH_HEX_LEN];
		enum urne_err e = join_hash(&q[i].title, c, &article->title, &article->sha256);

		if (e != URNE_OK) {
			return e;
		}
		set_for_against(&q[i], c);
		urne_hex_encode(hex, article->sha256.b, sizeof(article->sha256.b));
		urne_sha256_put(&whole, hex, sizeof(hex));
		urne_sha256_puts(&whole, "\n");
	}
	urne_sha256_final(&whole, &h);
	set_for_against(&q[item->num_entries], c);
	return join_hash(&q[item->num_entries].title, c, &item->title, &h);
}

static enum urne_err
compile_item(struct urne_question *q, const struct compiler *c)
{
	switch (c->item->kind) {
	case URNE_ITEM_LIST_RATIFICATION:
		return compile_ratification(q, c);
	case URNE_ITEM_LIST_CANDIDATES:
	case URNE_ITEM_PRIORITIES:
		return compile_chosen(q, c);
	case URNE_ITEM_LIST_CHOICE:
		return compile_lists(q, c);
	case URNE_ITEM_PROGRAMME:
		return compile_programme(q, c);
	case URNE_ITEM_GRADES:
		return compile_grades(q, c);
	case URNE_ITEM_TEXT:
		return compile_text(q, c);
	}
	return urne_fail(c->d, URNE_ERR_INTERNAL, "an item of no kind");
}

/* The longest list of titles in a question of the item; a rival list's own title counts. */
static size_t
longest_list(const struct urne_item *item)
{
	size_t longest = item->num_sections;

	switch (item->kind) {
	case URNE_ITEM_LIST_RATIFICATION:
	case URNE_ITEM_PROGRAMME:
	case URNE_ITEM_TEXT:
		return 2;
	case URNE_ITEM_GRADES:
		return item->num_grades;
	case URNE_ITEM_LIST_CANDIDATES:
	case URNE_ITEM_PRIORITIES:
		return item->num_entries - urne_item_withdrawn_before(item, item->num_entries);
	case URNE_ITEM_LIST_CHOICE:
		for (size_t i = 0; i < item->num_sections; i++) {
			if (item->sections[i].num + 1 > longest) {
				longest = item->sections[i].num + 1;
			}
		}
		return longest;
	}
	return 0;
}

/* An election that its own reader refuses must not be made. */
static enum urne_err
check_limits(struct urne_diag *d, const struct urne_definition *v)
{
	if (v->num_questions > URNE_MAX_QUESTIONS) {
		return urne_fail(d, URNE_ERR_LIMIT,
		    "the vote has %zu questions and at most %zu are possible; make two votes of it",
		    v->num_questions, URNE_MAX_QUESTIONS);
	}
	if (v->num_choices > URNE_MAX_CHOICES) {
		return urne_fail(d, URNE_ERR_LIMIT,
		    "the vote has %zu choices and at most %zu are possible; make two votes of it",
		    v->num_choices, URNE_MAX_CHOICES);
	}
	for (size_t i = 0; i < v->num_items; i++) {
		const struct urne_item *item = &v->items[i];

		if (longest_list(item) > URNE_MAX_ANSWERS) {
			return urne_fail(d, URNE_ERR_LIMIT,
			    "item %.*s: a question has %zu choices and at most %zu are possible; "
			    "make two items of it",
			    (int)item->id.len, item->id.p, longest_list(item), URNE_MAX_ANSWERS);
		}
	}
	return URNE_OK;
}

enum urne_err
urne_definition_compile(const struct urne_question **out, size_t *num, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_definition *v)
{
	static const struct urne_view words[2][2] = {
	    {{"For", 3}, {"Against", 7}}, {{"Pour", 4}, {"Contre", 6}}};
	struct compiler c = {.arena = arena, .d = d};
	struct urne_question *q = NULL;
	enum urne_err e = check_limits(d, v);

	*out = NULL;
	*num = 0;
	if (e != URNE_OK) {
		return e;
	}
	c.for_against = words[is_french(v) ? 1 : 0];
	q = urne_arena_alloc(arena, v->num_questions, sizeof(*q));
	if (q == NULL) {
		return no_memory(&c);
	}
	for (size_t i = 0; e == URNE_OK && i < v->num_items; i++) {
		c.item = &v->items[i];
		e = compile_item(&q[v->items[i].first_question], &c);
	}
	if (e == URNE_OK) {
		*out = q;
		*num = v->num_questions;
	}
	return e;
}
