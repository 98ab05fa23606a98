/* SPDX-License-Identifier: EUPL-1.2 */
/* The values inside objects and arrays: literals, strings, numbers, hashes. Each has one form. */
#include <string.h>

#include "base/codec.h"
#include "base/codec_input.h"

/* Up to this a count is a JSON integer, above it a decimal string. */
#define COUNT_INTEGER_MAX (((uint64_t)1 << 30) - 1)

bool
urne_codec_try_literal(struct urne_codec *c, const char *bytes, bool present)
{
	size_t len = strlen(bytes);

	if (!urne_codec_ok(c)) {
		return false;
	}
	if (c->reading) {
		return urne_codec_take(c, bytes, len);
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
		urne_codec_expected(c, bytes);
	}
}

size_t
urne_codec_plain_len(struct urne_view in)
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

	if (!urne_codec_take_char(c, '"')) {
		urne_codec_expected(c, "string");
		return false;
	}
	content->p = c->p;
	for (;;) {
		size_t len = urne_codec_plain_len((struct urne_view){c->p, urne_codec_left(c)});
		char meaning;

		c->p += len;
		resolved += len;
		if (urne_codec_take_char(c, '"')) {
			break;
		}
		len = escape_len(&meaning, (struct urne_view){c->p, urne_codec_left(c)});
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

	if (!urne_codec_take_char(c, '"')) {
		urne_codec_expected(c, "string");
		return;
	}
	len = urne_codec_plain_len((struct urne_view){c->p, urne_codec_left(c)});
	if (len == urne_codec_left(c)) {
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
	if (v.len > 0 && urne_codec_plain_len(v) != v.len) {
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
	} else if (urne_codec_take(c, "true", 4)) {
		*v = true;
	} else if (!urne_codec_take(c, "false", 5)) {
		urne_codec_expected(c, "true or false");
	}
}

/* read_decimal reads digits; what follows them is the next call's concern. */
static void
read_decimal(struct urne_codec *c, uint64_t *v, uint64_t max)
{
	struct urne_view digits = {c->p, 0};
	enum urne_err e;

	while (
	    digits.len < urne_codec_left(c) && c->p[digits.len] >= '0' && c->p[digits.len] <= '9') {
		digits.len++;
	}
	if (digits.len == 0) {
		urne_codec_expected(c, "number without sign");
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
	bool quoted = urne_codec_take_char(c, '"');
	uint64_t count = 0;

	read_decimal(c, &count, max);
	if (quoted && urne_codec_ok(c) && !urne_codec_take_char(c, '"')) {
		urne_codec_expected(c, "end of the decimal string");
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
	if (urne_codec_left(c) < len + 2 || c->p[0] != '"' || c->p[len + 1] != '"') {
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
