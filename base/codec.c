/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading is writing in reverse: each function takes from the input exactly the bytes that it would
 * put into the output, so nothing but the canonical form can be read. */
#include "base/codec.h"

#include <stdio.h>
#include <string.h>

/* Up to this a count is a JSON integer, above it a decimal string. */
#define COUNT_INTEGER_MAX (((uint64_t)1 << 30) - 1)

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

/* fail_expected says that the input does not go on with `what`. */
static void
fail_expected(struct urne_codec *c, const char *what)
{
	urne_codec_fail(
	    c, URNE_ERR_SYNTAX, "%s%s expected", c->p == c->end ? "input ends, " : "", what);
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

/* Pieces of input. */

static size_t
left(const struct urne_codec *c)
{
	return (size_t)(c->end - c->p);
}

static bool
take_char(struct urne_codec *c, char ch)
{
	if (c->p == c->end || *c->p != ch) {
		return false;
	}
	c->p++;
	return true;
}

static bool
take(struct urne_codec *c, const char *bytes, size_t len)
{
	if (left(c) < len || memcmp(c->p, bytes, len) != 0) {
		return false;
	}
	c->p += len;
	return true;
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
	} else if (!take_char(c, ch)) {
		fail_expected(c, what);
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
	} else if (!take_char(c, is_array ? ']' : '}')) {
		fail_expected(c, is_array ? "end of the array" : "end of the object");
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

	if (left(c) < comma + len + 3) {
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
	} else if (!take_char(c, ',')) {
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

/* Values. */

bool
urne_codec_try_literal(struct urne_codec *c, const char *bytes, bool present)
{
	size_t len = strlen(bytes);

	if (!urne_codec_ok(c)) {
		return false;
	}
	if (c->reading) {
		return take(c, bytes, len);
	}
	if (present) {
		urne_buf_put(c->out, bytes, len);
	}
	return present;
}

void
urne_codec_literal(struct urne_codec *c, const char *bytes)
{
	if (!urne_codec_try_literal(c, bytes, true) && urne_codec_ok(c)) {
		fail_expected(c, bytes);
	}
}

/* plain_len returns how many bytes from p on stand in a string as they are: valid UTF-8 without
 * control characters, quote and backslash. */
static size_t
plain_len(struct urne_view in)
{
	const char *p = in.p;
	const char *end = in.p + in.len;

	while (p != end) {
		unsigned char ch = (unsigned char)*p;
		size_t len;

		if (ch < 0x20 || ch == '"' || ch == '\\' || ch == 0x7f) {
			break;
		}
		if (ch < 0x80) {
			p++;
			continue;
		}
		len = urne_utf8_len((struct urne_view){p, (size_t)(end - p)});
		if (len == 0) {
			break;
		}
		p += len;
	}
	return (size_t)(p - in.p);
}

static bool
valid_utf8(struct urne_view v)
{
	while (v.len > 0) {
		size_t len = urne_utf8_len(v);

		if (len == 0) {
			return false;
		}
		v.p += len;
		v.len -= len;
	}
	return true;
}

/* escape_len returns the length of the canonical escape at the start of `in` and its meaning, or 0.
 * Spec: docs/formats.md#json */
static size_t
escape_len(char *out, struct urne_view in)
{
	static const char letters[] = "\"\\bfnrt";
	static const char meanings[] = "\"\\\b\f\n\r\t";
	const char *at;
	uint8_t code = 0;

	*out = '\0';
	if (in.len < 2 || in.p[0] != '\\' || in.p[1] == '\0') {
		return 0;
	}
	at = strchr(letters, in.p[1]);
	if (at != NULL) {
		*out = meanings[at - letters];
		return 2;
	}
	if (in.len < 6 || memcmp(in.p, "\\u00", 4) != 0 ||
	    urne_hex_decode(&code, 1, (struct urne_view){in.p + 4, 2}) != URNE_OK) {
		return 0;
	}
	/* only what has no shorter form and may not stand raw */
	if ((code >= 0x20 && code != 0x7f) || (code != 0 && strchr(meanings, code) != NULL)) {
		return 0;
	}
	*out = (char)code;
	return 6;
}

/* take_string sets *content to the bytes between the quotes, both of which are taken, and
 * *num_resolved to the bytes they mean. */
static bool
take_string(struct urne_codec *c, struct urne_view *content, size_t *num_resolved)
{
	size_t resolved = 0;

	if (!take_char(c, '"')) {
		fail_expected(c, "string");
		return false;
	}
	content->p = c->p;
	for (;;) {
		size_t len = plain_len((struct urne_view){c->p, left(c)});
		char meaning;

		c->p += len;
		resolved += len;
		if (take_char(c, '"')) {
			break;
		}
		len = escape_len(&meaning, (struct urne_view){c->p, left(c)});
		if (len == 0) {
			urne_codec_fail(c, URNE_ERR_SYNTAX,
			    c->p == c->end
				? "input ends inside a string"
				: "string has a byte or an escape that is not canonical");
			return false;
		}
		c->p += len;
		resolved++;
	}
	content->len = (size_t)(c->p - content->p) - 1;
	*num_resolved = resolved;
	return true;
}

static void
read_string(struct urne_codec *c, struct urne_view *v)
{
	struct urne_view in = {"", 0};
	size_t resolved = 0;
	size_t n = 0;
	char *text;

	if (!take_string(c, &in, &resolved)) {
		return;
	}
	if (resolved == in.len) {
		*v = in;
		return;
	}
	if (c->arena == NULL) {
		urne_codec_fail(c, URNE_ERR_UNSUPPORTED, "escapes are not possible in this string");
		return;
	}
	text = urne_codec_alloc(c, resolved + 1, 1);
	if (text == NULL) {
		return;
	}
	while (in.len > 0) {
		size_t len = 1;

		text[n] = in.p[0];
		if (in.p[0] == '\\') {
			len = escape_len(&text[n], in);
		}
		n++;
		in.p += len;
		in.len -= len;
	}
	*v = (struct urne_view){text, n};
}

void
urne_codec_string(struct urne_codec *c, struct urne_view *v)
{
	if (c->reading) {
		*v = (struct urne_view){"", 0};
	}
	if (!urne_codec_ok(c)) {
		return;
	}
	if (c->reading) {
		read_string(c, v);
	} else if (!valid_utf8(*v)) {
		urne_codec_fail(c, URNE_ERR_SYNTAX, "text is not valid UTF-8");
	} else {
		urne_buf_put_json_string(c->out, *v);
	}
}

static void
read_plain(struct urne_codec *c, struct urne_view *v, size_t max)
{
	size_t len;

	if (!take_char(c, '"')) {
		fail_expected(c, "string");
		return;
	}
	len = plain_len((struct urne_view){c->p, left(c)});
	if (len == left(c)) {
		urne_codec_fail(c, URNE_ERR_SYNTAX, "input ends inside a string");
	} else if (c->p[len] != '"') {
		urne_codec_fail(c, URNE_ERR_SYNTAX, "string has a byte that is not allowed here");
	} else if (len > max) {
		urne_codec_fail(c, URNE_ERR_RANGE, "string is longer than %zu bytes", max);
	} else {
		*v = (struct urne_view){c->p, len};
		c->p += len + 1;
	}
}

static void
write_plain(struct urne_codec *c, struct urne_view v, size_t max)
{
	if (v.len > 0 && plain_len(v) != v.len) {
		urne_codec_fail(c, URNE_ERR_SYNTAX, "string has a byte that is not allowed here");
	} else if (v.len > max) {
		urne_codec_fail(c, URNE_ERR_RANGE, "string is longer than %zu bytes", max);
	} else {
		urne_buf_putc(c->out, '"');
		urne_buf_put_view(c->out, v);
		urne_buf_putc(c->out, '"');
	}
}

void
urne_codec_plain(struct urne_codec *c, struct urne_view *v, size_t max)
{
	if (c->reading) {
		*v = (struct urne_view){"", 0};
	}
	if (!urne_codec_ok(c)) {
		return;
	}
	if (c->reading) {
		read_plain(c, v, max);
	} else {
		write_plain(c, *v, max);
	}
}

void
urne_codec_bool(struct urne_codec *c, bool *v)
{
	if (c->reading) {
		*v = false;
	}
	if (!urne_codec_ok(c)) {
		return;
	}
	if (!c->reading) {
		urne_buf_puts(c->out, *v ? "true" : "false");
	} else if (take(c, "true", 4)) {
		*v = true;
	} else if (!take(c, "false", 5)) {
		fail_expected(c, "true or false");
	}
}

/* read_decimal reads digits; what follows them is the next call's concern. */
static void
read_decimal(struct urne_codec *c, uint64_t *v, uint64_t max)
{
	struct urne_view digits = {c->p, 0};
	enum urne_err e;

	while (digits.len < left(c) && c->p[digits.len] >= '0' && c->p[digits.len] <= '9') {
		digits.len++;
	}
	if (digits.len == 0) {
		fail_expected(c, "number without sign");
		return;
	}
	e = urne_decimal_decode(v, digits, max);
	if (e == URNE_OK) {
		c->p += digits.len;
	} else if (e == URNE_ERR_RANGE) {
		urne_codec_fail(c, e, "number is above %ju", (uintmax_t)max);
	} else {
		urne_codec_fail(c, e, "number has leading zeros");
	}
}

static void
write_decimal(struct urne_codec *c, uint64_t v, uint64_t max)
{
	if (v > max) {
		urne_codec_fail(c, URNE_ERR_RANGE, "number is above %ju", (uintmax_t)max);
		return;
	}
	urne_buf_put_u64(c->out, v);
}

void
urne_codec_u64(struct urne_codec *c, uint64_t *v, uint64_t max)
{
	if (c->reading) {
		*v = 0;
	}
	if (!urne_codec_ok(c)) {
		return;
	}
	if (c->reading) {
		read_decimal(c, v, max);
	} else {
		write_decimal(c, *v, max);
	}
}

void
urne_codec_size(struct urne_codec *c, size_t *v, size_t max)
{
	uint64_t wide = c->reading ? 0 : *v;

	urne_codec_u64(c, &wide, max);
	if (c->reading) {
		*v = (size_t)wide;
	}
}

static void
read_count(struct urne_codec *c, uint64_t *v, uint64_t max)
{
	bool quoted = take_char(c, '"');
	uint64_t count = 0;

	read_decimal(c, &count, max);
	if (quoted && urne_codec_ok(c) && !take_char(c, '"')) {
		fail_expected(c, "end of the decimal string");
	}
	if (urne_codec_ok(c) && quoted != (count > COUNT_INTEGER_MAX)) {
		urne_codec_fail(c, URNE_ERR_SYNTAX,
		    quoted ? "a count this small must be a number"
			   : "a count this large must be a string");
	}
	if (urne_codec_ok(c)) {
		*v = count;
	}
}

void
urne_codec_count(struct urne_codec *c, uint64_t *v, uint64_t max)
{
	bool quoted = !c->reading && *v > COUNT_INTEGER_MAX;

	if (c->reading) {
		*v = 0;
	}
	if (!urne_codec_ok(c)) {
		return;
	}
	if (c->reading) {
		read_count(c, v, max);
		return;
	}
	if (quoted) {
		urne_buf_putc(c->out, '"');
	}
	write_decimal(c, *v, max);
	if (quoted) {
		urne_buf_putc(c->out, '"');
	}
}

/* take_text_form takes the quoted text of `len` bytes that comes next. */
static bool
take_text_form(struct urne_codec *c, struct urne_view *v, size_t len)
{
	if (left(c) < len + 2 || c->p[0] != '"' || c->p[len + 1] != '"') {
		return false;
	}
	*v = (struct urne_view){c->p + 1, len};
	c->p += len + 2;
	return true;
}

void
urne_codec_hash_hex(struct urne_codec *c, struct urne_hash *h)
{
	struct urne_view text = {"", 0};

	if (c->reading) {
		*h = (struct urne_hash){{0}};
	}
	if (!urne_codec_ok(c)) {
		return;
	}
	if (!c->reading) {
		urne_buf_putc(c->out, '"');
		urne_buf_put_hex(c->out, h->b, URNE_HASH_LEN);
		urne_buf_putc(c->out, '"');
	} else if (!take_text_form(c, &text, URNE_HASH_HEX_LEN) ||
		   urne_hex_decode(h->b, URNE_HASH_LEN, text) != URNE_OK) {
		urne_codec_fail(c, URNE_ERR_SYNTAX, "hash of 64 lower-case hex digits expected");
	}
}

void
urne_codec_hash_b64(struct urne_codec *c, struct urne_hash *h)
{
	struct urne_view text = {"", 0};
	char out[URNE_HASH_B64_LEN];

	if (c->reading) {
		*h = (struct urne_hash){{0}};
	}
	if (!urne_codec_ok(c)) {
		return;
	}
	if (!c->reading) {
		urne_b64_hash_encode(out, h);
		urne_buf_putc(c->out, '"');
		urne_buf_put(c->out, out, sizeof(out));
		urne_buf_putc(c->out, '"');
	} else if (!take_text_form(c, &text, URNE_HASH_B64_LEN) ||
		   urne_b64_hash_decode(h, text) != URNE_OK) {
		urne_codec_fail(c, URNE_ERR_SYNTAX, "hash of 43 characters of Base64 expected");
	}
}

void *
urne_codec_alloc(struct urne_codec *c, size_t num, size_t size)
{
	void *p;

	if (!urne_codec_ok(c)) {
		return NULL;
	}
	if (c->arena == NULL) {
		urne_codec_fail(c, URNE_ERR_INTERNAL, "no arena to read into");
		return NULL;
	}
	if (!urne_arena_fits(c->arena, num, size)) {
		urne_codec_fail(c, URNE_ERR_LIMIT, "message takes too much memory");
		return NULL;
	}
	p = urne_arena_alloc(c->arena, num, size);
	if (p == NULL) {
		urne_codec_fail(c, URNE_ERR_MEMORY, "no memory");
	}
	return p;
}
