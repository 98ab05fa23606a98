/* SPDX-License-Identifier: EUPL-1.2 */
/* Every text form of bytes and numbers has exactly one spelling; decoders refuse all others. */
#include "base/bytes.h"

#include <string.h>

#include "base/b64.h"

struct urne_view
urne_view_of(const char *s)
{
	return (struct urne_view){s, strlen(s)};
}

bool
urne_view_eq(struct urne_view a, struct urne_view b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

bool
urne_view_is(struct urne_view a, const char *s)
{
	return urne_view_eq(a, urne_view_of(s));
}

bool
urne_view_starts(struct urne_view a, const char *s)
{
	size_t len = strlen(s);

	return a.len >= len && (len == 0 || memcmp(a.p, s, len) == 0);
}

bool
urne_view_cut(struct urne_view *out, struct urne_view *rest, char c)
{
	const char *at = rest->len > 0 ? memchr(rest->p, c, rest->len) : NULL;

	*out = (struct urne_view){"", 0};
	if (at == NULL) {
		return false;
	}
	*out = (struct urne_view){rest->p, (size_t)(at - rest->p)};
	rest->len -= out->len + 1;
	rest->p = at + 1;
	return true;
}

bool
urne_hash_eq(const struct urne_hash *a, const struct urne_hash *b)
{
	return memcmp(a->b, b->b, URNE_HASH_LEN) == 0;
}

/* Hex is computed rather than looked up, so that keys in hex choose no branch and no index. */
static char
hex_digit(unsigned d)
{
	/* 9 - d borrows exactly when d is a letter; 39 = 'a' - '0' - 10 */
	return (char)('0' + d + (((9U - d) >> 8) & 39U));
}

/* hex_value returns 0..15, or has bit 8 set when `ch` is no lower-case digit. */
static unsigned
hex_value(char ch)
{
	unsigned c = (unsigned char)ch;
	unsigned digit = c - '0';
	unsigned letter = c - 'a';
	unsigned is_digit = ((digit - 10U) >> 16) & ~(digit >> 16) & 1U;
	unsigned is_letter = ((letter - 6U) >> 16) & ~(letter >> 16) & 1U;
	unsigned value = ((0U - is_digit) & digit) | ((0U - is_letter) & (letter + 10U));

	return value | ((is_digit | is_letter) ^ 1U) << 8;
}

void
urne_hex_encode(char *out, const uint8_t *in, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		out[2 * i] = hex_digit((unsigned)in[i] >> 4);
		out[2 * i + 1] = hex_digit((unsigned)in[i] & 15U);
	}
}

enum urne_err
urne_hex_decode(uint8_t *out, size_t out_len, struct urne_view in)
{
	unsigned bad = 0;

	if (out_len > 0) {
		memset(out, 0, out_len);
	}
	if (in.len / 2 != out_len || in.len % 2 != 0) {
		return URNE_ERR_SYNTAX;
	}
	for (size_t i = 0; i < out_len; i++) {
		unsigned hi = hex_value(in.p[2 * i]);
		unsigned lo = hex_value(in.p[2 * i + 1]);

		bad |= (hi | lo) >> 8;
		out[i] = (uint8_t)((hi << 4 | lo) & 0xffU);
	}
	if (bad != 0) {
		urne_wipe(out, out_len);
		return URNE_ERR_SYNTAX;
	}
	return URNE_OK;
}

void
urne_b64_hash_encode(char out[URNE_HASH_B64_LEN], const struct urne_hash *h)
{
	char padded[URNE_B64_LEN(URNE_HASH_LEN)];

	urne_b64_encode(padded, h->b, sizeof(h->b));
	memcpy(out, padded, URNE_HASH_B64_LEN);
}

enum urne_err
urne_b64_hash_decode(struct urne_hash *out, struct urne_view in)
{
	char padded[URNE_B64_LEN(URNE_HASH_LEN)];
	size_t len = 0;

	*out = (struct urne_hash){{0}};
	if (in.len != URNE_HASH_B64_LEN) {
		return URNE_ERR_SYNTAX;
	}
	memcpy(padded, in.p, in.len);
	padded[in.len] = '=';
	/* a '=' at the end of the 43 would make 31 bytes */
	if (urne_b64_decode(out->b, &len, sizeof(out->b),
		(struct urne_view){padded, sizeof(padded)}) != URNE_OK ||
	    len != sizeof(out->b)) {
		*out = (struct urne_hash){{0}};
		return URNE_ERR_SYNTAX;
	}
	return URNE_OK;
}

enum urne_err
urne_decimal_decode(uint64_t *out, struct urne_view in, uint64_t max)
{
	uint64_t v = 0;
	bool over = false;

	*out = 0;
	if (in.len == 0 || (in.len > 1 && in.p[0] == '0')) {
		return URNE_ERR_SYNTAX;
	}
	for (size_t i = 0; i < in.len; i++) {
		char c = in.p[i];
		uint64_t digit;

		if (c < '0' || c > '9') {
			return URNE_ERR_SYNTAX;
		}
		digit = (uint64_t)(c - '0');
		if (over || v > (UINT64_MAX - digit) / 10) {
			over = true;
			continue;
		}
		v = v * 10 + digit;
	}
	if (over || v > max) {
		return URNE_ERR_RANGE;
	}
	*out = v;
	return URNE_OK;
}

static bool
is_tail(char c)
{
	return ((unsigned char)c & 0xc0U) == 0x80U;
}

size_t
urne_utf8_len(struct urne_view v)
{
	unsigned a, b;

	if (v.len == 0) {
		return 0;
	}
	a = (unsigned char)v.p[0];
	if (a < 0x80) {
		return 1;
	}
	if (a < 0xc2 || a > 0xf4 || v.len < 2 || !is_tail(v.p[1])) {
		return 0;
	}
	if (a < 0xe0) {
		return 2;
	}
	b = (unsigned char)v.p[1];
	if (v.len < 3 || !is_tail(v.p[2])) {
		return 0;
	}
	if (a < 0xf0) {
		/* neither a longer spelling than needed nor a surrogate */
		return (a == 0xe0 && b < 0xa0) || (a == 0xed && b > 0x9f) ? 0 : 3;
	}
	if (v.len < 4 || !is_tail(v.p[3])) {
		return 0;
	}
	/* neither a longer spelling than needed nor above U+10FFFF */
	return (a == 0xf0 && b < 0x90) || (a == 0xf4 && b > 0x8f) ? 0 : 4;
}

bool
urne_add_size(size_t *out, size_t a, size_t b)
{
	*out = 0;
	if (a > SIZE_MAX - b) {
		return false;
	}
	*out = a + b;
	return true;
}

bool
urne_mul_size(size_t *out, size_t a, size_t b)
{
	*out = 0;
	if (b != 0 && a > SIZE_MAX / b) {
		return false;
	}
	*out = a * b;
	return true;
}

void
urne_wipe(void *p, size_t len)
{
	if (len > 0) {
		explicit_bzero(p, len);
	}
}
