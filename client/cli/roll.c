/* SPDX-License-Identifier: EUPL-1.2 */
/* The roll, read line by line; what is wrong is said with its line. */
#include "client/cli/roll.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"

#define ID_MAX 256

/* Equal identifiers are found through a hash table of 1 + index. FNV-1a spreads them. */
struct table {
	size_t *at, num;
};

static size_t
slot_of(const struct table *t, const struct urne_roll *r, struct urne_view id)
{
	uint64_t h = 14695981039346656037u;
	size_t at;

	for (size_t i = 0; i < id.len; i++) {
		h = (h ^ (uint8_t)id.p[i]) * 1099511628211u;
	}
	at = (size_t)(h ^ (h >> 32)) & (t->num - 1);
	while (t->at[at] != 0 && !urne_view_eq(r->ids[t->at[at] - 1], id)) {
		at = (at + 1) & (t->num - 1);
	}
	return at;
}

static struct urne_view
trim(struct urne_view v)
{
	while (v.len > 0 && strchr(" \t\r", v.p[v.len - 1]) != NULL && v.p[v.len - 1] != '\0') {
		v.len--;
	}
	while (v.len > 0 && (v.p[0] == ' ' || v.p[0] == '\t')) {
		v.p++;
		v.len--;
	}
	return v;
}

static enum urne_err
check_id(struct urne_diag *d, struct urne_view id, size_t line, bool strict)
{
	if (id.len == 0 || id.len > ID_MAX) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "line %zu: an identifier has 1 to %d bytes, write identifier[,weight]", line,
		    ID_MAX);
	}
	for (size_t i = 0; i < id.len;) {
		size_t len = urne_utf8_len((struct urne_view){id.p + i, id.len - i});
		uint8_t c = (uint8_t)id.p[i];
		if (len == 0 || c < 0x20 || c == 0x7f || (strict && c == ' ')) {
			return urne_fail(d, URNE_ERR_SYNTAX,
			    "line %zu: the identifier holds %s, remove it", line,
			    len == 0   ? "bytes that are not UTF-8"
			    : c == ' ' ? "a blank, which the old form cannot carry"
				       : "a control character");
		}
		i += len;
	}
	return URNE_OK;
}

static enum urne_err
read_line(
    struct urne_roll *r, struct urne_diag *d, struct urne_view line, size_t number, bool strict)
{
	const char *comma = memchr(line.p, ',', line.len);
	struct urne_view id = line, weight = {"", 0};
	enum urne_err e;

	if (comma != NULL) {
		id.len = (size_t)(comma - line.p);
		weight = trim((struct urne_view){comma + 1, line.len - id.len - 1});
	}
	id = trim(id);
	e = check_id(d, id, number, strict);
	if (e != URNE_OK) {
		return e;
	}
	r->ids[r->num] = id;
	r->weights[r->num] = 1;
	if (comma != NULL &&
	    urne_decimal_decode(&r->weights[r->num], weight, URNE_MAX_WEIGHT) != URNE_OK) {
		return urne_fail(d, URNE_ERR_RANGE,
		    "line %zu: the weight must be a whole number from 0 to %" PRIu64
		    " without leading zeros, correct it",
		    number, URNE_MAX_WEIGHT);
	}
	r->weighted |= comma != NULL;
	r->num++;
	return URNE_OK;
}

static enum urne_err
read_lines(struct urne_roll *r, struct table *t, size_t *lines, struct urne_diag *d,
    struct urne_view text, bool strict)
{
	uint64_t total = 0;

	for (size_t number = 1; text.len > 0; number++) {
		const char *end = memchr(text.p, '\n', text.len);
		size_t len = end != NULL ? (size_t)(end - text.p) : text.len;
		struct urne_view line = trim((struct urne_view){text.p, len});
		size_t at;

		text.p += end != NULL ? len + 1 : len;
		text.len -= end != NULL ? len + 1 : len;
		if (line.len == 0 || line.p[0] == '#') {
			continue;
		}
		enum urne_err e = read_line(r, d, line, number, strict);
		if (e != URNE_OK) {
			return e;
		}
		at = slot_of(t, r, r->ids[r->num - 1]);
		if (t->at[at] != 0) {
			return urne_fail(d, URNE_ERR_DUPLICATE,
			    "line %zu: the same identifier stands in line %zu, remove one of them",
			    number, lines[t->at[at] - 1]);
		}
		t->at[at] = r->num;
		lines[r->num - 1] = number;
		total += r->weights[r->num - 1];
		if (total > URNE_MAX_TOTAL_WEIGHT) {
			return urne_fail(d, URNE_ERR_LIMIT,
			    "line %zu: the weights add up to more than %" PRIu64 ", lower them",
			    number, URNE_MAX_TOTAL_WEIGHT);
		}
	}
	return r->num > 0 ? URNE_OK
			  : urne_fail(d, URNE_ERR_INCOMPLETE,
				"no member stands in it, write one per line");
}

enum urne_err
urne_roll_read(struct urne_roll *out, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view text, bool strict)
{
	struct table t = {.num = 1024};
	size_t max = 1, *lines = NULL;

	*out = (struct urne_roll){0};
	if (urne_view_starts(text, "\xef\xbb\xbf")) {
		text.p += 3;
		text.len -= 3;
	}
	for (size_t i = 0; i < text.len; i++) {
		max += text.p[i] == '\n' ? 1 : 0;
	}
	if (max > URNE_MAX_CREDENTIALS) {
		return urne_fail(d, URNE_ERR_LIMIT, "more than %zu lines", URNE_MAX_CREDENTIALS);
	}
	while (t.num < 2 * max) {
		t.num *= 2;
	}
	t.at = urne_arena_alloc(arena, t.num, sizeof(*t.at));
	lines = urne_arena_alloc(arena, max, sizeof(*lines));
	out->ids = urne_arena_alloc(arena, max, sizeof(*out->ids));
	out->weights = urne_arena_alloc(arena, max, sizeof(*out->weights));
	if (t.at == NULL || lines == NULL || out->ids == NULL || out->weights == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the roll");
	}
	return read_lines(out, &t, lines, d, text, strict);
}

enum urne_err
urne_roll_count(struct urne_roll *out, struct urne_arena *arena, size_t num)
{
	*out = (struct urne_roll){.num = num};
	out->ids = urne_arena_alloc(arena, num, sizeof(*out->ids));
	out->weights = urne_arena_alloc(arena, num, sizeof(*out->weights));
	if (out->ids == NULL || out->weights == NULL) {
		return URNE_ERR_MEMORY;
	}
	for (size_t i = 0; i < num; i++) {
		char text[24];
		int len = snprintf(text, sizeof(text), "%zu", i + 1);
		enum urne_err e =
		    urne_arena_copy(arena, &out->ids[i], (struct urne_view){text, (size_t)len});
		if (e != URNE_OK) {
			return e;
		}
		out->weights[i] = 1;
	}
	return URNE_OK;
}
