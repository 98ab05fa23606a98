/* SPDX-License-Identifier: EUPL-1.2 */
/* A reader without recursion: the containers that are open stand on a stack of fixed depth. */
#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

struct level {
	struct urne_json *v;	/* the container */
	struct urne_json *last; /* its last child so far */
};

struct parser {
	const char *p, *end;
	const char *line_start;
	size_t line; /* from 1 */
	struct urne_arena *arena;
	struct urne_diag *d;
	const struct urne_json **sorted; /* URNE_MAX_FIELDS of them, to look for duplicates */
	size_t depth;
	struct level level[URNE_MAX_DEPTH];
};

static uint32_t
clamp32(size_t n)
{
	return n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
}

/* Diagnostics. */

/* fail blames the next byte. */
static enum urne_err
fail(const struct parser *ps, enum urne_err e, const char *why)
{
	return urne_fail(ps->d, e, "line %u, column %u: %s", clamp32(ps->line),
	    clamp32((size_t)(ps->p - ps->line_start) + 1), why);
}

static enum urne_err
fail_syntax(const struct parser *ps, const char *why)
{
	return fail(ps, URNE_ERR_SYNTAX, ps->p == ps->end ? "the text ends too early" : why);
}

/* arena_alloc tells a limit of the arena from a lack of memory. */
static enum urne_err
arena_alloc(void **out, const struct parser *ps, size_t num, size_t size)
{
	*out = NULL;
	if (!urne_arena_fits(ps->arena, num, size)) {
		return fail(ps, URNE_ERR_LIMIT, "the text takes too much memory");
	}
	*out = urne_arena_alloc(ps->arena, num, size);
	return *out != NULL ? URNE_OK : fail(ps, URNE_ERR_MEMORY, "no memory");
}

/* Tokens. */

static size_t
left(const struct parser *ps)
{
	return (size_t)(ps->end - ps->p);
}

static bool
next_is(const struct parser *ps, char c)
{
	return ps->p != ps->end && *ps->p == c;
}

static void
skip_space(struct parser *ps)
{
	while (ps->p != ps->end) {
		char c = *ps->p;

		if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
			return;
		}
		ps->p++;
		if (c == '\n') {
			ps->line++;
			ps->line_start = ps->p;
		}
	}
}

/* hex4 reads four hex digits of either case at p; false when there are none. */
static bool
hex4(uint32_t *out, const char *p, size_t len)
{
	uint32_t v = 0;

	*out = 0;
	if (len < 4) {
		return false;
	}
	for (size_t i = 0; i < 4; i++) {
		char c = p[i];

		if (c >= '0' && c <= '9') {
			v = v << 4 | (uint32_t)(c - '0');
		} else if (c >= 'a' && c <= 'f') {
			v = v << 4 | ((uint32_t)(c - 'a') + 10);
		} else if (c >= 'A' && c <= 'F') {
			v = v << 4 | ((uint32_t)(c - 'A') + 10);
		} else {
			return false;
		}
	}
	*out = v;
	return true;
}

/* utf8_put writes a code point and returns how many bytes that takes. */
static size_t
utf8_put(char out[4], uint32_t u)
{
	if (u < 0x80) {
		out[0] = (char)u;
		return 1;
	}
	if (u < 0x800) {
		out[0] = (char)(0xc0U | u >> 6);
		out[1] = (char)(0x80U | (u & 0x3fU));
		return 2;
	}
	if (u < 0x10000) {
		out[0] = (char)(0xe0U | u >> 12);
		out[1] = (char)(0x80U | (u >> 6 & 0x3fU));
		out[2] = (char)(0x80U | (u & 0x3fU));
		return 3;
	}
	out[0] = (char)(0xf0U | u >> 18);
	out[1] = (char)(0x80U | (u >> 12 & 0x3fU));
	out[2] = (char)(0x80U | (u >> 6 & 0x3fU));
	out[3] = (char)(0x80U | (u & 0x3fU));
	return 4;
}

/* unicode_escape reads \uXXXX, or two of them that form a surrogate pair, at the start of `in`;
 * it returns the bytes read, or 0. */
static size_t
unicode_escape(uint32_t *u, struct urne_view in)
{
	uint32_t low = 0;

	*u = 0;
	if (in.len < 6 || !hex4(u, in.p + 2, in.len - 2)) {
		return 0;
	}
	if (*u < 0xd800 || *u > 0xdfff) {
		return 6;
	}
	if (*u > 0xdbff || in.len < 12 || in.p[6] != '\\' || in.p[7] != 'u' ||
	    !hex4(&low, in.p + 8, in.len - 8) || low < 0xdc00 || low > 0xdfff) {
		return 0;
	}
	*u = 0x10000 + ((*u - 0xd800) << 10) + (low - 0xdc00);
	return 12;
}

/* escape resolves the escape at the start of `in` to `out`; it returns the bytes read, or 0. */
static size_t
escape(char out[4], size_t *out_len, struct urne_view in)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	const char *at;
	uint32_t u = 0;
	size_t len;

	*out_len = 0;
	if (in.len < 2 || in.p[1] == '\0') {
		return 0;
	}
	if (in.p[1] == 'u') {
		len = unicode_escape(&u, in);
		*out_len = len > 0 ? utf8_put(out, u) : 0;
		return len;
	}
	at = strchr(letters, in.p[1]);
	if (at == NULL) {
		return 0;
	}
	out[0] = meanings[at - letters];
	*out_len = 1;
	return 2;
}

/* resolve copies the checked content of a string with its escapes resolved. */
static enum urne_err
resolve(struct urne_view *out, const struct parser *ps, struct urne_view in)
{
	void *mem = NULL;
	char *text;
	size_t n = 0;
	enum urne_err e = arena_alloc(&mem, ps, in.len + 1, 1);

	if (e != URNE_OK) {
		return e;
	}
	text = mem;
	while (in.len > 0) {
		size_t len = 1;
		size_t out_len = 1;
		char piece[4] = {in.p[0]};

		if (in.p[0] == '\\') {
			len = escape(piece, &out_len, in);
		}
		/* no escape is shorter than what it stands for */
		memcpy(text + n, piece, out_len);
		n += out_len;
		in.p += len;
		in.len -= len;
	}
	*out = (struct urne_view){text, n};
	return URNE_OK;
}

static enum urne_err
parse_string(struct urne_view *out, struct parser *ps)
{
	struct urne_view content;
	bool escaped = false;

	*out = (struct urne_view){"", 0};
	if (!next_is(ps, '"')) {
		return fail_syntax(ps, "a string in double quotes is expected");
	}
	ps->p++;
	content.p = ps->p;
	while (!next_is(ps, '"')) {
		char piece[4];
		size_t unused = 0;
		size_t len;

		if (ps->p == ps->end) {
			return fail_syntax(ps, "");
		}
		if ((unsigned char)*ps->p < 0x20) {
			return fail_syntax(ps, "a control character stands in a string");
		}
		if (*ps->p == '\\') {
			escaped = true;
			len = escape(piece, &unused, (struct urne_view){ps->p, left(ps)});
			if (len == 0) {
				return fail_syntax(ps, "this escape is not possible");
			}
		} else {
			len = urne_utf8_len((struct urne_view){ps->p, left(ps)});
			if (len == 0) {
				return fail_syntax(ps, "this is not valid UTF-8");
			}
		}
		ps->p += len;
	}
	content.len = (size_t)(ps->p - content.p);
	ps->p++;
	if (escaped) {
		return resolve(out, ps, content);
	}
	*out = content;
	return URNE_OK;
}

static bool
next_is_digit(const struct parser *ps)
{
	return ps->p != ps->end && *ps->p >= '0' && *ps->p <= '9';
}

static enum urne_err
parse_integer(struct urne_view *out, struct parser *ps)
{
	const char *start = ps->p;
	const char *digits;

	if (next_is(ps, '-')) {
		ps->p++;
	}
	digits = ps->p;
	while (next_is_digit(ps)) {
		ps->p++;
	}
	if (ps->p == digits) {
		return fail_syntax(ps, "a digit is expected");
	}
	if (*digits == '0' && ps->p - digits > 1) {
		return fail(ps, URNE_ERR_SYNTAX, "the number has leading zeros");
	}
	if (next_is(ps, '.') || next_is(ps, 'e') || next_is(ps, 'E')) {
		return fail_syntax(ps, "only whole numbers are possible");
	}
	*out = (struct urne_view){start, (size_t)(ps->p - start)};
	return URNE_OK;
}

static enum urne_err
parse_word(struct urne_json *v, struct parser *ps)
{
	static const struct {
		const char *word;
		enum urne_json_type type;
		bool boolean;
	} words[] = {
	    {"null", URNE_JSON_NULL, false},
	    {"true", URNE_JSON_BOOL, true},
	    {"false", URNE_JSON_BOOL, false},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (urne_view_starts((struct urne_view){ps->p, left(ps)}, words[i].word)) {
			v->type = words[i].type;
			v->boolean = words[i].boolean;
			ps->p += strlen(words[i].word);
			return URNE_OK;
		}
	}
	return fail_syntax(ps, "a value is expected");
}

/* The tree. */

static enum urne_err
open_container(struct urne_json *v, struct parser *ps)
{
	v->type = *ps->p == '{' ? URNE_JSON_OBJECT : URNE_JSON_ARRAY;
	if (ps->depth >= URNE_MAX_DEPTH) {
		return fail(ps, URNE_ERR_LIMIT, "the text is nested too deeply");
	}
	ps->p++;
	ps->level[ps->depth++] = (struct level){v, NULL};
	return URNE_OK;
}

/* parse_start reads a value, or the opening bracket of one. */
static enum urne_err
parse_start(struct urne_json *v, struct parser *ps)
{
	enum urne_err e;

	v->line = clamp32(ps->line);
	v->column = clamp32((size_t)(ps->p - ps->line_start) + 1);
	v->raw.p = ps->p;
	v->text = (struct urne_view){"", 0};
	if (next_is(ps, '{') || next_is(ps, '[')) {
		return open_container(v, ps);
	}
	if (next_is(ps, '"')) {
		v->type = URNE_JSON_STRING;
		e = parse_string(&v->text, ps);
	} else if (next_is(ps, '-') || next_is_digit(ps)) {
		v->type = URNE_JSON_INTEGER;
		e = parse_integer(&v->text, ps);
	} else {
		e = parse_word(v, ps);
	}
	v->raw.len = (size_t)(ps->p - v->raw.p);
	return e;
}

static int
compare_keys(const void *a, const void *b)
{
	const struct urne_json *x = *(const struct urne_json *const *)a;
	const struct urne_json *y = *(const struct urne_json *const *)b;
	int r;

	if (x->key.len != y->key.len) {
		return x->key.len < y->key.len ? -1 : 1;
	}
	r = x->key.len > 0 ? memcmp(x->key.p, y->key.p, x->key.len) : 0;
	if (r != 0) {
		return r;
	}
	return x->index < y->index ? -1 : x->index > y->index;
}

/* check_duplicates sorts the fields, since comparing each with each would be quadratic. */
static enum urne_err
check_duplicates(const struct parser *ps, const struct urne_json *v)
{
	size_t n = 0;

	for (const struct urne_json *child = v->child; child != NULL; child = child->next) {
		ps->sorted[n++] = child;
	}
	if (n < 2) {
		return URNE_OK;
	}
	qsort(ps->sorted, n, sizeof(ps->sorted[0]), compare_keys);
	for (size_t i = 1; i < n; i++) {
		const struct urne_json *again = ps->sorted[i];

		if (urne_view_eq(ps->sorted[i - 1]->key, again->key)) {
			return urne_fail(ps->d, URNE_ERR_DUPLICATE,
			    "line %u, column %u: the field \"%.*s\" stands before in this object",
			    (unsigned)again->line, (unsigned)again->column,
			    (int)(again->key.len < 40 ? again->key.len : 40), again->key.p);
		}
	}
	return URNE_OK;
}

/* close_container takes the bracket that comes next, which fits the innermost container. */
static enum urne_err
close_container(struct parser *ps)
{
	struct urne_json *v = ps->level[--ps->depth].v;

	ps->p++;
	v->raw.len = (size_t)(ps->p - v->raw.p);
	return v->type == URNE_JSON_OBJECT ? check_duplicates(ps, v) : URNE_OK;
}

static char
closing_bracket(const struct urne_json *v)
{
	return v->type == URNE_JSON_OBJECT ? '}' : ']';
}

/* add_child makes a value, the next child of the innermost container if there is one, and reads
 * the field's name in front of it. */
static enum urne_err
add_child(struct urne_json **out, struct parser *ps)
{
	struct level *l = ps->depth > 0 ? &ps->level[ps->depth - 1] : NULL;
	struct urne_json *v;
	void *mem = NULL;
	enum urne_err e = arena_alloc(&mem, ps, 1, sizeof(*v));

	*out = NULL;
	if (e != URNE_OK) {
		return e;
	}
	v = mem;
	v->key = (struct urne_view){"", 0};
	*out = v;
	if (l == NULL) {
		return URNE_OK;
	}
	if (l->v->type == URNE_JSON_OBJECT) {
		if (l->v->num_children >= URNE_MAX_FIELDS) {
			return fail(ps, URNE_ERR_LIMIT, "the object has too many fields");
		}
		e = parse_string(&v->key, ps);
		if (e != URNE_OK) {
			return e;
		}
		skip_space(ps);
		if (!next_is(ps, ':')) {
			return fail_syntax(ps, "':' is expected");
		}
		ps->p++;
		skip_space(ps);
	}
	v->parent = l->v;
	v->index = l->v->num_children++;
	if (l->last == NULL) {
		l->v->child = v;
	} else {
		l->last->next = v;
	}
	l->last = v;
	return URNE_OK;
}

/* finish closes what ends behind a value. After it either everything is closed or another child
 * of the innermost container follows. */
static enum urne_err
finish(struct parser *ps)
{
	while (ps->depth > 0) {
		const struct level *l = &ps->level[ps->depth - 1];
		enum urne_err e;

		skip_space(ps);
		if (next_is(ps, closing_bracket(l->v))) {
			e = close_container(ps);
			if (e != URNE_OK) {
				return e;
			}
			continue;
		}
		/* a container just opened has no comma before its first child */
		if (l->last == NULL) {
			return URNE_OK;
		}
		if (!next_is(ps, ',')) {
			return fail_syntax(ps, l->v->type == URNE_JSON_OBJECT
						   ? "',' or '}' is expected"
						   : "',' or ']' is expected");
		}
		ps->p++;
		skip_space(ps);
		return URNE_OK;
	}
	return URNE_OK;
}

static enum urne_err
parse(const struct urne_json **root, struct parser *ps)
{
	enum urne_err e;

	skip_space(ps);
	do {
		struct urne_json *v = NULL;

		e = add_child(&v, ps);
		if (e == URNE_OK) {
			e = parse_start(v, ps);
		}
		if (e == URNE_OK) {
			e = finish(ps);
		}
		if (*root == NULL) {
			*root = v;
		}
	} while (e == URNE_OK && ps->depth > 0);
	if (e != URNE_OK) {
		return e;
	}
	skip_space(ps);
	return ps->p == ps->end ? URNE_OK : fail(ps, URNE_ERR_SYNTAX, "nothing more is expected");
}

enum urne_err
urne_json_parse(const struct urne_json **out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view in)
{
	const char *start = in.p != NULL ? in.p : "";
	struct parser ps = {.p = start, .line_start = start, .line = 1};
	const struct urne_json *root = NULL;
	enum urne_err e;

	*out = NULL;
	ps.end = start + (in.p != NULL ? in.len : 0);
	ps.arena = arena;
	ps.d = d;
	ps.sorted = calloc(URNE_MAX_FIELDS, sizeof(ps.sorted[0]));
	if (ps.sorted == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory");
	}
	e = parse(&root, &ps);
	free(ps.sorted);
	if (e == URNE_OK) {
		*out = root;
	}
	return e;
}

/* Questions about the tree. */
