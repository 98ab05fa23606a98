/* SPDX-License-Identifier: EUPL-1.2 */
/* Base64 with one spelling for every run of bytes, in time that depends on its length only. It is
 * read eight digits at a time, and what remains a digit at a time. */
#include "base/b64.h"

#include <endian.h>
#include <string.h>

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

typedef uint8_t eight __attribute__((vector_size(8)));

static inline eight
each_between(eight v, uint8_t first, uint8_t last)
{
	return (eight)(v >= first) & (eight)(v <= last);
}

#define FIRST_BYTES UINT64_C(0x00ff00ff00ff00ff)
#define FIRST_PAIRS UINT64_C(0x0000ffff0000ffff)

/* read_eight: six bytes from eight digits; what is no digit leaves bits in *bad. */
static inline void
read_eight(uint8_t out[6], eight *bad, const char in[8])
{
	uint64_t w;
	eight v, upper, lower, number, plus, slash;

	memcpy(&v, in, sizeof(v));
	upper = each_between(v, 'A', 'Z');
	lower = each_between(v, 'a', 'z');
	number = each_between(v, '0', '9');
	plus = (eight)(v == '+');
	slash = (eight)(v == '/');
	*bad |= ~(upper | lower | number | plus | slash);
	v = (upper & (v - 'A')) | (lower & (v - ('a' - 26))) | (number & (v + (52 - '0'))) |
	    (plus & 62) | (slash & 63);

	/* the first digit is the lowest byte of a little-endian word: neighbours are joined three
	 * times, to numbers of 12 bits, of 24, of 48 */
	memcpy(&w, &v, sizeof(w));
	w = le64toh(w);
	w = (w & FIRST_BYTES) << 6 | (w >> 8 & FIRST_BYTES);
	w = (w & FIRST_PAIRS) << 12 | (w >> 16 & FIRST_PAIRS);
	w = htobe64((w << 24 | w >> 32) << 16);
	memcpy(out, &w, 6);
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
	size_t pad, len, i = 0, n = 0;
	eight bad_eight = {0};
	uint64_t any;
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
	/* the last group is not among these: it may have padding */
	for (; in.len - i >= 8 + 4; i += 8, n += 6) {
		read_eight(out + n, &bad_eight, in.p + i);
	}
	memcpy(&any, &bad_eight, sizeof(any));
	bad |= any != 0;
	for (; i < in.len; i += 4, n += 3) {
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
