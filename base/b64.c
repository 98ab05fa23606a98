/* SPDX-License-Identifier: EUPL-1.2 */
/* Base64 with one spelling for every run of bytes, in time that depends on its length only. */
#include "base/b64.h"

/* The digit of 0..63: a difference of unsigned numbers borrows into bit 8 exactly when v is in a
 * later range of the alphabet, and the constants step from one range to the next. */
static char
b64_digit(unsigned v)
{
	unsigned c = 'A' + v;

	c += ((25U - v) >> 8) & 6U;  /* 'a' */
	c -= ((51U - v) >> 8) & 75U; /* '0' */
	c -= ((61U - v) >> 8) & 15U; /* '+' */
	c += ((62U - v) >> 8) & 3U;  /* '/' */
	return (char)c;
}

/* All ones when first <= c <= last, else 0. */
static unsigned
between(unsigned c, unsigned first, unsigned last)
{
	return ((((c - first) | (last - c)) >> 8) & 1U) - 1U;
}

/* b64_value returns 0..63, or has bit 8 set when `ch` is no digit. */
static unsigned
b64_value(char ch)
{
	unsigned c = (unsigned char)ch;
	unsigned upper = between(c, 'A', 'Z'), lower = between(c, 'a', 'z'),
		 number = between(c, '0', '9'), plus = between(c, '+', '+'),
		 slash = between(c, '/', '/');
	unsigned value = (upper & (c - 'A')) | (lower & (c - 'a' + 26U)) |
			 (number & (c - '0' + 52U)) | (plus & 62U) | (slash & 63U);

	return value | (~(upper | lower | number | plus | slash) & 0x100U);
}

void
urne_b64_encode(char *out, const uint8_t *in, size_t len)
{
	for (size_t i = 0; i < len; i += 3, out += 4) {
		size_t left = len - i;
		unsigned group = (unsigned)in[i] << 16;

		group |= left > 1 ? (unsigned)in[i + 1] << 8 : 0;
		group |= left > 2 ? (unsigned)in[i + 2] : 0;
		out[0] = b64_digit(group >> 18);
		out[1] = b64_digit(group >> 12 & 63U);
		out[2] = left > 1 ? b64_digit(group >> 6 & 63U) : '=';
		out[3] = left > 2 ? b64_digit(group & 63U) : '=';
	}
}

void
urne_b64_put(struct urne_buf *out, const uint8_t *in, size_t len)
{
	size_t num = URNE_B64_LEN(len);
	char *p = urne_buf_grow(out, num);

	if (p != NULL) {
		urne_b64_encode(p, in, len);
		out->len += num;
	}
}

/* How many of the last four characters are padding. */
static size_t
padding(struct urne_view in)
{
	if (in.len == 0 || in.p[in.len - 1] != '=') {
		return 0;
	}
	return in.p[in.len - 2] == '=' ? 2 : 1;
}

enum urne_err
urne_b64_decode(uint8_t *out, size_t *out_len, size_t max, struct urne_view in)
{
	size_t pad, len;
	unsigned bad = 0;

	*out_len = 0;
	if (in.len % 4 != 0) {
		return URNE_ERR_SYNTAX;
	}
	pad = padding(in);
	len = in.len / 4 * 3 - pad;
	if (len > max) {
		return URNE_ERR_RANGE;
	}
	for (size_t i = 0, n = 0; i < in.len; i += 4, n += 3) {
		size_t digits = in.len - i > 4 ? 4 : 4 - pad;
		unsigned group = 0;

		for (size_t j = 0; j < 4; j++) {
			unsigned v = j < digits ? b64_value(in.p[i + j]) : 0;

			bad |= v >> 8;
			group = group << 6 | (v & 63U);
		}
		out[n] = (uint8_t)(group >> 16);
		if (digits > 2) {
			out[n + 1] = (uint8_t)(group >> 8 & 0xffU);
		}
		if (digits > 3) {
			out[n + 2] = (uint8_t)(group & 0xffU);
		}
		/* bits behind the last byte */
		bad |= digits == 2 ? group & 0xffffU : 0;
		bad |= digits == 3 ? group & 0xffU : 0;
	}
	if (bad != 0) {
		urne_wipe(out, len);
		return URNE_ERR_SYNTAX;
	}
	*out_len = len;
	return URNE_OK;
}
