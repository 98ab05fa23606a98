/* SPDX-License-Identifier: EUPL-1.2 */
/* One function makes room (reserve); all others only copy into room that it made. */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIN_CAP ((size_t)64)

void
urne_buf_init(struct urne_buf *b, size_t max)
{
	*b = (struct urne_buf){.max = max};
}

void
urne_buf_init_secret(struct urne_buf *b, size_t max)
{
	*b = (struct urne_buf){.max = max, .secret = true};
}

static void
release(const struct urne_buf *b)
{
	if (b->secret && b->data != NULL) {
		urne_wipe(b->data, b->cap);
	}
	free(b->data);
}

void
urne_buf_clear(struct urne_buf *b)
{
	release(b);
	b->data = NULL;
	b->len = 0;
	b->cap = 0;
	b->err = URNE_OK;
}

void
urne_buf_reset(struct urne_buf *b)
{
	if (b->secret && b->data != NULL) {
		urne_wipe(b->data, b->cap);
	}
	b->len = 0;
	b->err = URNE_OK;
}

/* new_cap doubles, but not beyond max; one byte more than `need` stays for a NUL. */
static size_t
new_cap(const struct urne_buf *b, size_t need)
{
	size_t cap = b->cap > b->max / 2 ? b->max : b->cap * 2;

	if (cap < need) {
		cap = need;
	}
	if (cap < MIN_CAP) {
		cap = MIN_CAP;
	}
	return cap < SIZE_MAX ? cap + 1 : cap;
}

/* reserve makes room for `len` more bytes and a NUL; false when the error is set. */
static bool
reserve(struct urne_buf *b, size_t len)
{
	size_t cap;
	char *data;

	if (b->err != URNE_OK) {
		return false;
	}
	if (b->len > b->max || len > b->max - b->len) {
		b->err = URNE_ERR_LIMIT;
		return false;
	}
	if (b->data != NULL && len < b->cap - b->len) {
		return true;
	}
	cap = new_cap(b, b->len + len);
	if (cap <= b->len + len) {
		b->err = URNE_ERR_MEMORY;
		return false;
	}
	/* secrets are moved by hand: realloc would leave a copy behind */
	data = b->secret ? malloc(cap) : realloc(b->data, cap);
	if (data == NULL) {
		b->err = URNE_ERR_MEMORY;
		return false;
	}
	if (b->secret) {
		if (b->len > 0) {
			memcpy(data, b->data, b->len);
		}
		release(b);
	}
	b->data = data;
	b->cap = cap;
	return true;
}

char *
urne_buf_grow(struct urne_buf *b, size_t len)
{
	return reserve(b, len) ? b->data + b->len : NULL;
}

void
urne_buf_put(struct urne_buf *b, const void *p, size_t len)
{
	if (len == 0 || !reserve(b, len)) {
		return;
	}
	memcpy(b->data + b->len, p, len);
	b->len += len;
}

void
urne_buf_puts(struct urne_buf *b, const char *s)
{
	urne_buf_put(b, s, strlen(s));
}

void
urne_buf_putc(struct urne_buf *b, char c)
{
	urne_buf_put(b, &c, 1);
}

void
urne_buf_put_view(struct urne_buf *b, struct urne_view v)
{
	urne_buf_put(b, v.p, v.len);
}

void
urne_buf_put_u64(struct urne_buf *b, uint64_t v)
{
	char text[20];
	size_t at = sizeof(text);

	do {
		text[--at] = (char)('0' + (int)(v % 10));
		v /= 10;
	} while (v > 0);
	urne_buf_put(b, text + at, sizeof(text) - at);
}

void
urne_buf_put_hex(struct urne_buf *b, const uint8_t *p, size_t len)
{
	size_t num = 0;

	if (b->err == URNE_OK && !urne_mul_size(&num, len, 2)) {
		b->err = URNE_ERR_LIMIT;
	}
	if (!reserve(b, num)) {
		return;
	}
	urne_hex_encode(b->data + b->len, p, len);
	b->len += num;
}

void
urne_buf_printf(struct urne_buf *b, const char *fmt, ...)
{
	va_list ap, again;
	int len;

	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	if (len < 0 && b->err == URNE_OK) {
		b->err = URNE_ERR_LIMIT;
	}
	if (len > 0 && reserve(b, (size_t)len)) {
		/* reserve left a byte for the NUL */
		(void)vsnprintf(b->data + b->len, (size_t)len + 1, fmt, again);
		b->len += (size_t)len;
	}
	va_end(again);
	va_end(ap);
}

/* short_escape returns the letter of the two-character escape of `c`, or NUL. */
static char
short_escape(char c)
{
	switch (c) {
	case '"':
	case '\\':
		return c;
	case '\b':
		return 'b';
	case '\f':
		return 'f';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\t':
		return 't';
	default:
		return '\0';
	}
}

static bool
needs_escape(char ch)
{
	unsigned char c = (unsigned char)ch;

	return c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

void
urne_buf_put_json_string(struct urne_buf *b, struct urne_view v)
{
	size_t done = 0;

	urne_buf_putc(b, '"');
	for (size_t i = 0; i < v.len; i++) {
		char letter;
		uint8_t c;

		if (!needs_escape(v.p[i])) {
			continue;
		}
		urne_buf_put(b, v.p + done, i - done);
		done = i + 1;
		letter = short_escape(v.p[i]);
		c = (uint8_t)v.p[i];
		urne_buf_putc(b, '\\');
		if (letter != '\0') {
			urne_buf_putc(b, letter);
		} else {
			urne_buf_puts(b, "u00");
			urne_buf_put_hex(b, &c, 1);
		}
	}
	if (done < v.len) {
		urne_buf_put(b, v.p + done, v.len - done);
	}
	urne_buf_putc(b, '"');
}

enum urne_err
urne_buf_error(const struct urne_buf *b)
{
	return b->err;
}

struct urne_view
urne_buf_view(const struct urne_buf *b)
{
	return (struct urne_view){b->data != NULL ? b->data : "", b->len};
}
