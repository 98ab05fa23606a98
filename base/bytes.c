/* SPDX-License-Identifier: EUPL-1.2 */
/* Every text form of bytes and numbers has exactly one spelling; decoders refuse all others. */
#include "base/bytes.h"

#include <endian.h>
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

/* Hex is computed rather than looked up, so that keys in hex choose no branch and no index. It is
 * made of sixteen bytes at a time, which every compiler has for every processor, and read eight
 * digits at a time, each in a byte of a little-endian word, the first the lowest. */
typedef uint8_t sixteen __attribute__((vector_size(16)));

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* hex_digits: the digits of bytes that are 0..15; 39 = 'a' - '0' - 10. */
static inline sixteen
hex_digits(sixteen v)
{
	return v + '0' + ((sixteen)(v > 9) & 39);
}

static inline void
encode_sixteen(char out[32], const uint8_t in[16])
{
	sixteen v, high, low, digits;

	memcpy(&v, in, sizeof(v));
	high = hex_digits(v >> 4);
	low = hex_digits(v & 15);
	digits = __builtin_shufflevector(
	    high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
	memcpy(out, &digits, sizeof(digits));
	digits = __builtin_shufflevector(
	    high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
	memcpy(out + 16, &digits, sizeof(digits));
}

/* gather: eight bytes of 0..15 become four, the first of two the high half. */
static inline uint64_t
gather(uint64_t v)
{
	v = (v << 4 | v >> 8) & UINT64_C(0x00ff00ff00ff00ff);
	v = (v | v >> 8) & UINT64_C(0x0000ffff0000ffff);
	return (v | v >> 16) & UINT64_C(0xffffffff);
}

/* hex_values: what eight digits are worth; bit 7 of a byte of *bad is set when its digit is none.
 */
static inline uint64_t
hex_values(uint64_t *bad, uint64_t v)
{
	uint64_t low = v & EACH(0x7f);
	/* bit 7 of each: at least '0', above '9', at least 'a', above 'f' */
	uint64_t from_0 = low + EACH(0x80 - '0'), above_9 = low + EACH(0x7f - '9');
	uint64_t from_a = low + EACH(0x80 - 'a'), above_f = low + EACH(0x7f - 'f');
	uint64_t is_letter = from_a & ~above_f, is_digit = from_0 & ~above_9;

	*bad |= v | ~(is_letter | is_digit);
	/* a letter is 0x61..0x66: its low four bits are 1..6 */
	return (low & EACH(15)) + (is_letter >> 7 & EACH(1)) * 9;
}

static inline void
decode_four(uint8_t out[4], uint64_t *bad, const char in[8])
{
	uint64_t digits;
	uint32_t bytes;

	memcpy(&digits, in, sizeof(digits));
	bytes = htole32((uint32_t)gather(hex_values(bad, le64toh(digits))));
	memcpy(out, &bytes, sizeof(bytes));
}

void
urne_hex_encode(char *out, const uint8_t *in, size_t len)
{
	size_t rest = len % 16;

	for (size_t i = 0; i < len - rest; i += 16) {
		encode_sixteen(out + 2 * i, in + i);
	}
	if (rest > 0) {
		uint8_t bytes[16] = {0};
		char digits[32];

		memcpy(bytes, in + len - rest, rest);
		encode_sixteen(digits, bytes);
		memcpy(out + 2 * (len - rest), digits, 2 * rest);
		urne_wipe(bytes, sizeof(bytes));
		urne_wipe(digits, sizeof(digits));
	}
}

enum urne_err
urne_hex_decode(uint8_t *out, size_t out_len, struct urne_view in)
{
	size_t rest = out_len % 4;
	uint64_t bad = 0;

	if (out_len > 0) {
		memset(out, 0, out_len);
	}
	if (in.len / 2 != out_len || in.len % 2 != 0) {
		return URNE_ERR_SYNTAX;
	}
	for (size_t i = 0; i < out_len - rest; i += 4) {
		decode_four(out + i, &bad, in.p + 2 * i);
	}
	if (rest > 0) {
		uint8_t bytes[4];
		char digits[8] = {'0', '0', '0', '0', '0', '0', '0', '0'};

		memcpy(digits, in.p + 2 * (out_len - rest), 2 * rest);
		decode_four(bytes, &bad, digits);
		memcpy(out + out_len - rest, bytes, rest);
		urne_wipe(bytes, sizeof(bytes));
		urne_wipe(digits, sizeof(digits));
	}
	if ((bad & EACH(0x80)) != 0) {
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
