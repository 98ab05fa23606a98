/* SPDX-License-Identifier: EUPL-1.2 */
/* Asking a tree that was read: fields, paths, numbers, and sentences that name the place. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/limits.h"

const struct urne_json *
urne_json_get(const struct urne_json *v, const char *name)
{
	const struct urne_json *child;

	if (v == NULL || v->type != URNE_JSON_OBJECT) {
		return NULL;
	}
	for (child = v->child; child != NULL; child = child->next) {
		if (urne_view_is(child->key, name)) {
			return child;
		}
	}
	return NULL;
}

static bool
is_plain_name(struct urne_view v)
{
	for (size_t i = 0; i < v.len; i++) {
		char c = v.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
		    c != '_' && c != '-') {
			return false;
		}
	}
	return v.len > 0;
}

void
urne_json_path(struct urne_buf *out, const struct urne_json *v)
{
	const struct urne_json *way[URNE_MAX_DEPTH];
	size_t num = 0;

	if (v == NULL || v->parent == NULL) {
		urne_buf_puts(out, "document");
		return;
	}
	for (; v->parent != NULL && num < URNE_MAX_DEPTH; v = v->parent) {
		way[num++] = v;
	}
	for (size_t i = num; i-- > 0;) {
		if (way[i]->parent->type == URNE_JSON_ARRAY) {
			urne_buf_printf(out, "[%zu]", way[i]->index);
		} else if (is_plain_name(way[i]->key)) {
			urne_buf_puts(out, i + 1 < num ? "." : "");
			urne_buf_put_view(out, way[i]->key);
		} else {
			/* somebody else's name: no control character gets to a terminal */
			urne_buf_putc(out, '[');
			urne_buf_put_json_string(out, way[i]->key);
			urne_buf_putc(out, ']');
		}
	}
}

enum urne_err
urne_json_u64(uint64_t *out, const struct urne_json *v, uint64_t max)
{
	*out = 0;
	if (v == NULL || v->type != URNE_JSON_INTEGER) {
		return URNE_ERR_SYNTAX;
	}
	if (v->text.p[0] == '-') {
		return URNE_ERR_RANGE;
	}
	return urne_decimal_decode(out, v->text, max);
}

enum urne_err
urne_json_fail(
    struct urne_diag *d, enum urne_err e, const struct urne_json *at, const char *fmt, ...)
{
	struct urne_buf path;
	va_list ap;

	if (d == NULL) {
		return e;
	}
	va_start(ap, fmt);
	(void)urne_vfail(d, e, fmt, ap);
	va_end(ap);
	if (at == NULL) {
		return e;
	}
	/* a longer path is cut, so that the sentence keeps some room */
	urne_buf_init(&path, sizeof(d->text) / 2);
	urne_json_path(&path, at);
	urne_diag_within(d, "line %u: %.*s: ", at->line, (int)path.len, urne_buf_view(&path).p);
	urne_buf_clear(&path);
	return e;
}

enum urne_err
urne_json_only(struct urne_diag *d, const struct urne_json *v, const char *const *names)
{
	if (v == NULL || v->type != URNE_JSON_OBJECT) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, v, "must be an object");
	}
	for (const struct urne_json *child = v->child; child != NULL; child = child->next) {
		size_t i = 0;

		while (names[i] != NULL && !urne_view_is(child->key, names[i])) {
			i++;
		}
		if (names[i] == NULL) {
			return urne_json_fail(d, URNE_ERR_UNKNOWN, child, "unknown field");
		}
	}
	return URNE_OK;
}
