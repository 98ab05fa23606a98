/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading is writing in reverse: each function takes from the input exactly the bytes that it would
 * put into the output, so nothing but the canonical form can be read. */
#include "base/codec.h"

#include <stdio.h>
#include <string.h>

#include "base/codec_input.h"

void
urne_codec_read(struct urne_codec *c, struct urne_view in, struct urne_arena *arena)
{
	memset(c, 0, sizeof(*c));
	c->reading = true;
	c->start = in.p != NULL ? in.p : "";
	c->p = c->start;
	c->end = c->start + (in.p != NULL ? in.len : 0);
	c->arena = arena;
}

void
urne_codec_write(struct urne_codec *c, struct urne_buf *out)
{
	memset(c, 0, sizeof(*c));
	c->out = out;
}

bool
urne_codec_ok(const struct urne_codec *c)
{
	return c->err == URNE_OK && (c->reading || c->out->err == URNE_OK);
}

/* Diagnostics. */

static void diag_add(struct urne_diag *d, const char *fmt, ...) URNE_PRINTF(2, 3);

static void diag_add_va(struct urne_diag *d, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

static void
diag_add_va(struct urne_diag *d, const char *fmt, va_list ap)
{
	size_t len = strlen(d->text);

	if (vsnprintf(d->text + len, sizeof(d->text) - len, fmt, ap) < 0) {
		d->text[len] = '\0';
	}
}

static void
diag_add(struct urne_diag *d, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	diag_add_va(d, fmt, ap);
	va_end(ap);
}

static void
diag_add_path(struct urne_diag *d, const struct urne_codec *c)
{
	for (size_t i = 0; i < c->depth; i++) {
		const struct urne_codec_level *l = &c->level[i];

		if (l->is_array && !l->first) {
			diag_add(d, "[%zu]", l->index);
		} else if (l->field != NULL) {
			diag_add(d, "%s%s", d->text[0] != '\0' ? "." : "", l->field);
		}
	}
	if (d->text[0] != '\0') {
		diag_add(d, ": ");
	}
}

void
urne_codec_fail(struct urne_codec *c, enum urne_err e, const char *fmt, ...)
{
	va_list ap;

	if (c->err != URNE_OK) {
		return;
	}
	c->err = e != URNE_OK ? e : URNE_ERR_INTERNAL;
	c->diag.text[0] = '\0';
	diag_add_path(&c->diag, c);
	va_start(ap, fmt);
	diag_add_va(&c->diag, fmt, ap);
	va_end(ap);
}

enum urne_err
urne_codec_end(struct urne_codec *c, struct urne_diag *d)
{
	if (c->err == URNE_OK && !c->reading && c->out->err != URNE_OK) {
		urne_codec_fail(c, c->out->err,
		    c->out->err == URNE_ERR_LIMIT ? "message is too long"
						  : "no memory for the message");
	}
	if (c->err == URNE_OK && c->depth != 0) {
		urne_codec_fail(c, URNE_ERR_INTERNAL, "description ends inside an object or array");
	}
	if (c->err == URNE_OK && c->reading && c->p != c->end) {
		urne_codec_fail(c, URNE_ERR_SYNTAX, "%zu bytes after the end of the message",
		    (size_t)(c->end - c->p));
	}
	if (c->err != URNE_OK && d != NULL) {
		*d = c->diag;
	}
	return c->err;
}

/* one reads or writes the single byte `ch`. */
static void
one(struct urne_codec *c, char ch)
{
	char what[] = {'\'', ch, '\'', '\0'};

	if (!urne_codec_ok(c)) {
		return;
	}
	if (!c->reading) {
		urne_buf_putc(c->out, ch);
	} else if (!urne_codec_take_char(c, ch)) {
		urne_codec_expected(c, what);
	}
}

/* Objects and arrays. */

static void
open_level(struct urne_codec *c, bool is_array)
{
	one(c, is_array ? '[' : '{');
	if (!urne_codec_ok(c)) {
		return;
	}
	if (c->depth >= URNE_MAX_DEPTH) {
		urne_codec_fail(c, URNE_ERR_LIMIT, "nested too deeply");
		return;
	}
	c->level[c->depth++] = (struct urne_codec_level){.is_array = is_array, .first = true};
}

/* inside tells whether the innermost level is of this kind; a description that gets this wrong is
 * our fault and not the input's. */
static bool
inside(struct urne_codec *c, bool is_array)
{
	if (c->depth > 0 && c->level[c->depth - 1].is_array == is_array) {
		return true;
	}
	urne_codec_fail(c, URNE_ERR_INTERNAL, "description is not nested properly");
	return false;
}

static void
close_level(struct urne_codec *c, bool is_array)
{
	if (!urne_codec_ok(c) || !inside(c, is_array)) {
		return;
	}
	/* what is wrong here is wrong with the object or array, not with its last item */
	c->depth--;
	if (!c->reading) {
		urne_buf_putc(c->out, is_array ? ']' : '}');
	} else if (!urne_codec_take_char(c, is_array ? ']' : '}')) {
		urne_codec_expected(c, is_array ? "end of the array" : "end of the object");
	}
}

void
urne_codec_object(struct urne_codec *c)
{
	open_level(c, false);
}

void
urne_codec_object_end(struct urne_codec *c)
{
	close_level(c, false);
}

void
urne_codec_array(struct urne_codec *c)
{
	open_level(c, true);
}

void
urne_codec_array_end(struct urne_codec *c)
{
	close_level(c, true);
}

/* take_name takes `,"name":` (without comma when first) or nothing. */
static bool
take_name(struct urne_codec *c, const char *name, bool first)
{
	const char *p = c->p;
	size_t len = strlen(name);
	size_t comma = first ? 0 : 1;

	if (urne_codec_left(c) < comma + len + 3) {
		return false;
	}
	if ((!first && p[0] != ',') || p[comma] != '"' || memcmp(p + comma + 1, name, len) != 0 ||
	    p[comma + 1 + len] != '"' || p[comma + 2 + len] != ':') {
		return false;
	}
	c->p += comma + len + 3;
	return true;
}

static void
write_name(struct urne_codec *c, const char *name, bool first)
{
	urne_buf_puts(c->out, first ? "\"" : ",\"");
	urne_buf_puts(c->out, name);
	urne_buf_puts(c->out, "\":");
}

bool
urne_codec_optional(struct urne_codec *c, const char *name, bool present)
{
	struct urne_codec_level *l;

	if (!urne_codec_ok(c) || !inside(c, false)) {
		return false;
	}
	l = &c->level[c->depth - 1];
	if (c->reading) {
		present = take_name(c, name, l->first);
	} else if (present) {
		write_name(c, name, l->first);
	}
	if (present) {
		l->field = name;
		l->first = false;
	}
	return present;
}

void
urne_codec_field(struct urne_codec *c, const char *name)
{
	if (urne_codec_optional(c, name, true) || !urne_codec_ok(c)) {
		return;
	}
	c->level[c->depth - 1].field = name;
	urne_codec_fail(c, URNE_ERR_SYNTAX, "%s",
	    c->p == c->end ? "input ends before this field"
			   : "field is missing or not in its place");
}

void
urne_codec_item(struct urne_codec *c)
{
	struct urne_codec_level *l;

	if (!urne_codec_ok(c) || !inside(c, true)) {
		return;
	}
	l = &c->level[c->depth - 1];
	if (l->first) {
		l->first = false;
		/* an empty array must not pass where a value may be empty */
		if (c->reading && c->p != c->end && *c->p == ']') {
			urne_codec_fail(c, URNE_ERR_SYNTAX, "item is missing");
		}
		return;
	}
	l->index++;
	if (!c->reading) {
		urne_buf_putc(c->out, ',');
	} else if (!urne_codec_take_char(c, ',')) {
		urne_codec_fail(c, URNE_ERR_SYNTAX,
		    c->p == c->end ? "input ends before this item" : "item is missing");
	}
}

bool
urne_codec_more(struct urne_codec *c, size_t done, size_t count, size_t max)
{
	bool more;

	if (!urne_codec_ok(c) || !inside(c, true)) {
		return false;
	}
	if (!c->reading) {
		more = done < count;
	} else if (c->level[c->depth - 1].first) {
		more = c->p == c->end || *c->p != ']';
	} else {
		more = c->p != c->end && *c->p == ',';
	}
	if (!more) {
		return false;
	}
	urne_codec_item(c);
	if (done >= max) {
		urne_codec_fail(c, URNE_ERR_LIMIT, "more than %zu items", max);
	}
	return urne_codec_ok(c);
}
