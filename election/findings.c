/* SPDX-License-Identifier: EUPL-1.2 */
/* What was found in a vote definition: every fault and oddity with its place, what is wrong, and
 * how to mend it, in the order of the lines, and not more than a person can want.
 * Spec: docs/vote-definition.md */
#include "election/definition_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/safe_text.h"

#define MAX_PATH     ((size_t)4096)
#define MAX_SENTENCE ((size_t)1024)
#define MAX_QUOTED   ((size_t)64)

void *
urne_def_alloc(struct urne_def *r, size_t num, size_t size)
{
	bool fits = urne_arena_fits(r->arena, num, size);
	void *p = urne_arena_alloc(r->arena, num, size);

	if (p == NULL && r->findings->err == URNE_OK) {
		r->findings->err = fits ? URNE_ERR_MEMORY : URNE_ERR_LIMIT;
	}
	return p;
}

static struct urne_view
keep(struct urne_def *r, struct urne_view v)
{
	struct urne_view kept = {"", 0};
	enum urne_err e = urne_arena_copy(r->arena, &kept, v);

	if (e != URNE_OK && r->findings->err == URNE_OK) {
		r->findings->err = e;
	}
	return kept;
}

static struct urne_view keep_sentence(struct urne_def *r, const char *fmt, va_list ap)
    URNE_PRINTF(2, 0);

static struct urne_view
keep_sentence(struct urne_def *r, const char *fmt, va_list ap)
{
	char text[MAX_SENTENCE];

	text[0] = '\0';
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	return keep(r, urne_view_of(text));
}

/* keep_path: a longer path than MAX_PATH is cut. */
static struct urne_view
keep_path(struct urne_def *r, const struct urne_json *at)
{
	struct urne_buf path;
	struct urne_view kept;

	urne_buf_init(&path, MAX_PATH);
	urne_json_path(&path, at);
	kept = keep(r, urne_buf_view(&path));
	urne_buf_clear(&path);
	return kept;
}

/* new_finding makes room for one more, or returns NULL. */
static struct urne_finding *
new_finding(struct urne_findings *f, struct urne_def *r)
{
	if (f->num == f->cap) {
		size_t cap = f->cap == 0 ? 16 : f->cap * 2;
		struct urne_finding *list = urne_def_alloc(r, cap, sizeof(*list));

		if (list == NULL) {
			return NULL;
		}
		if (f->num > 0) {
			memcpy(list, f->list, f->num * sizeof(*list));
		}
		f->list = list;
		f->cap = cap;
	}
	return &f->list[f->num++];
}

/* find keeps faults and warnings apart by number, so that oddities never push a fault out. */
static struct urne_finding *
find(struct urne_def *r, bool is_warning)
{
	size_t *num = is_warning ? &r->num_warnings : &r->num_errors;

	r->last = NULL;
	if (++*num > URNE_DEF_MAX_FINDINGS) {
		return NULL;
	}
	r->last = new_finding(r->findings, r);
	if (r->last != NULL) {
		*r->last = (struct urne_finding){.is_warning = is_warning};
	}
	return r->last;
}

static void find_at(struct urne_def *r, bool is_warning, const struct urne_json *at,
    const char *fmt, va_list ap) URNE_PRINTF(4, 0);

static void
find_at(
    struct urne_def *r, bool is_warning, const struct urne_json *at, const char *fmt, va_list ap)
{
	struct urne_finding *f = find(r, is_warning);

	if (f != NULL) {
		f->line = at->line;
		f->column = at->column;
		f->path = keep_path(r, at);
		f->problem = keep_sentence(r, fmt, ap);
	}
}

void
urne_def_fault(struct urne_def *r, const struct urne_json *at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	find_at(r, false, at, fmt, ap);
	va_end(ap);
}

void
urne_def_warn(struct urne_def *r, const struct urne_json *at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	find_at(r, true, at, fmt, ap);
	va_end(ap);
}

void
urne_def_mend(struct urne_def *r, const char *fmt, ...)
{
	va_list ap;

	if (r->last == NULL) {
		return;
	}
	va_start(ap, fmt);
	r->last->remedy = keep_sentence(r, fmt, ap);
	va_end(ap);
}

/* take_number takes WORD and a number from the start of the sentence of base/json.h. */
static uint32_t
take_number(struct urne_view *v, const char *word)
{
	size_t skip = strlen(word);
	uint32_t n = 0;

	if (!urne_view_starts(*v, word)) {
		return 1;
	}
	while (skip < v->len && v->p[skip] >= '0' && v->p[skip] <= '9' && n < UINT32_MAX / 10 - 1) {
		n = n * 10 + (uint32_t)(v->p[skip++] - '0');
	}
	*v = (struct urne_view){v->p + skip, v->len - skip};
	return n;
}

void
urne_def_fault_syntax(struct urne_def *r, enum urne_err e, const struct urne_diag *d)
{
	struct urne_finding *f = find(r, false);
	struct urne_view says = urne_view_of(d->text);

	if (f == NULL) {
		return;
	}
	f->line = take_number(&says, "line ");
	f->column = take_number(&says, ", column ");
	if (urne_view_starts(says, ": ")) {
		says = (struct urne_view){says.p + 2, says.len - 2};
	}
	f->path = keep(r, urne_view_of("document"));
	f->problem = keep(r, says);
	urne_def_mend(r, "%s; what stands behind it was not read",
	    e == URNE_ERR_DUPLICATE ? "keep one of the two"
	    : e == URNE_ERR_LIMIT   ? "make the file smaller"
				    : "correct the JSON at this place");
}

const char *
urne_def_quote(struct urne_def *r, struct urne_view v)
{
	char text[MAX_QUOTED + 16];
	size_t n = 0;

	text[n++] = '"';
	while (v.len > 0) {
		struct urne_view c = urne_safe_char(&v);

		if (n + c.len > MAX_QUOTED) {
			memcpy(text + n, "...", 3);
			n += 3;
			break;
		}
		memcpy(text + n, c.p, c.len);
		n += c.len;
	}
	text[n++] = '"';
	return keep(r, (struct urne_view){text, n}).p;
}

/* A finding and its number: equal places stay in the order in which they were found. */
struct ranked {
	struct urne_finding finding;
	size_t number;
};

static int
compare_places(const void *a, const void *b)
{
	const struct ranked *x = a;
	const struct ranked *y = b;

	if (x->finding.line != y->finding.line) {
		return x->finding.line < y->finding.line ? -1 : 1;
	}
	if (x->finding.column != y->finding.column) {
		return x->finding.column < y->finding.column ? -1 : 1;
	}
	return x->number < y->number ? -1 : x->number > y->number;
}

static void
sort(struct urne_def *r)
{
	struct urne_findings *f = r->findings;
	struct ranked *list = urne_def_alloc(r, f->num, sizeof(*list));

	if (list == NULL || f->num == 0) {
		return;
	}
	for (size_t i = 0; i < f->num; i++) {
		list[i] = (struct ranked){f->list[i], i};
	}
	qsort(list, f->num, sizeof(*list), compare_places);
	for (size_t i = 0; i < f->num; i++) {
		f->list[i] = list[i].finding;
	}
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* cut_off keeps the first ones, faults before warnings, and says in a last one that there are
 * more. That one is a fault only when it stands for a fault. */
static void
cut_off(struct urne_def *r)
{
	struct urne_findings *f = r->findings;
	size_t total = r->num_errors + r->num_warnings;
	size_t errors = least(r->num_errors, URNE_DEF_MAX_FINDINGS - 1);
	size_t warnings = least(r->num_warnings, URNE_DEF_MAX_FINDINGS - 1 - errors);
	struct urne_finding more = {.is_warning = errors == r->num_errors};
	size_t num = 0;

	if (total <= URNE_DEF_MAX_FINDINGS || f->err != URNE_OK) {
		return;
	}
	for (size_t i = 0; i < f->num; i++) {
		size_t *left = f->list[i].is_warning ? &warnings : &errors;

		if (*left > 0) {
			(*left)--;
			f->list[num++] = f->list[i];
		}
	}
	more.line = f->list[num - 1].line;
	more.column = f->list[num - 1].column;
	more.path = urne_view_of("document");
	r->last = &f->list[num];
	f->list[num] = more;
	f->num = num + 1;
	urne_def_mend(r, "mend these first, then check again");
	f->list[num].problem = urne_view_of("there are more findings than are listed here");
}

void
urne_def_finish(struct urne_def *r)
{
	struct urne_findings *f = r->findings;

	sort(r);
	cut_off(r);
	f->num_errors = 0;
	for (size_t i = 0; i < f->num; i++) {
		f->num_errors += f->list[i].is_warning ? 0 : 1;
	}
}
