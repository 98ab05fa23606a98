/* SPDX-License-Identifier: EUPL-1.2 */
/* Limbs from decimal text, sixteen digits at a time, and back with GMP. Scalars and finite-field
 * elements have this form. */
#include "crypto/limbs.h"

#include <endian.h>
#include <gmp.h>
#include <string.h>

_Static_assert(sizeof(mp_limb_t) == sizeof(uint64_t), "limbs are 64 bits");

/* Digits that are read at once, and the powers of ten up to that many. */
#define STEP ((size_t)16)

static const uint64_t pow_10[STEP + 1] = {
    UINT64_C(1),
    UINT64_C(10),
    UINT64_C(100),
    UINT64_C(1000),
    UINT64_C(10000),
    UINT64_C(100000),
    UINT64_C(1000000),
    UINT64_C(10000000),
    UINT64_C(100000000),
    UINT64_C(1000000000),
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
    UINT64_C(10000000000000000),
};

__extension__ typedef unsigned __int128 u128;

/* eight_of reads eight digits; false when one of them is none. The first digit is the lowest byte
 * of a little-endian word, and neighbours are joined three times: to numbers of two digits, of
 * four, of eight. */
static inline bool
eight_of(uint64_t *out, uint64_t v)
{
	/* '0'..'9' are 30..39: 3 above, and adding 6 to what is below carries for a to f only */
	if ((v & UINT64_C(0xf0f0f0f0f0f0f0f0)) != UINT64_C(0x3030303030303030) ||
	    ((v + UINT64_C(0x0606060606060606)) & UINT64_C(0xf0f0f0f0f0f0f0f0)) !=
		UINT64_C(0x3030303030303030)) {
		return false;
	}
	v &= UINT64_C(0x0f0f0f0f0f0f0f0f);
	v = (v * 10 + (v >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
	v = (v * 100 + (v >> 16)) & UINT64_C(0x0000ffff0000ffff);
	*out = (v * 10000 + (v >> 32)) & UINT64_C(0xffffffff);
	return true;
}

static inline bool
eight(uint64_t *out, const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return eight_of(out, le64toh(v));
}

/* few reads less than eight digits that end at `end`: zeros in front make them eight. Where eight
 * bytes may be read in front of `end`, they are, and what is not wanted of them is masked. */
static inline bool
few(uint64_t *out, const char *end, size_t len, bool eight_before)
{
	uint64_t v = 0, wanted;

	*out = 0;
	if (len == 0) {
		return true;
	}
	if (eight_before) {
		memcpy(&v, end - 8, sizeof(v));
	} else {
		memcpy((char *)&v + 8 - len, end - len, len);
	}
	wanted = UINT64_MAX << (8 * (8 - len));
	return eight_of(out, (le64toh(v) & wanted) | (UINT64_C(0x3030303030303030) & ~wanted));
}

/* append: the number times `power`, plus `low`; what does not fit in n limbs is returned. *used is
 * how many limbs are not zero, or more. */
static inline uint64_t
append(uint64_t *limbs, size_t *used, size_t n, uint64_t power, uint64_t low)
{
	uint64_t carry = low;

	for (size_t i = 0; i < *used; i++) {
		u128 t = (u128)limbs[i] * power + carry;

		limbs[i] = (uint64_t)t;
		carry = (uint64_t)(t >> 64);
	}
	if (carry != 0 && *used < n) {
		limbs[(*used)++] = carry;
		carry = 0;
	}
	return carry;
}

/* part reads the next STEP digits, or the last ones, which are fewer. */
static inline bool
part(uint64_t *out, struct urne_view text, size_t at, size_t len)
{
	const char *p = text.p + at;
	uint64_t high = 0, low = 0;
	size_t rest = len >= 8 ? len - 8 : len;

	if ((len >= 8 && !eight(&high, p)) ||
	    !(rest == 8 ? eight(&low, p + 8) : few(&low, p + len, rest, at + len >= 8))) {
		return false;
	}
	*out = high * pow_10[rest] + low;
	return true;
}

static enum urne_err
read_digits(uint64_t *out, size_t n, struct urne_view text)
{
	size_t used = 0, len;
	uint64_t over = 0;

	for (size_t at = 0; at < text.len; at += len) {
		uint64_t value;

		len = text.len - at < STEP ? text.len - at : STEP;
		if (!part(&value, text, at, len)) {
			return URNE_ERR_SYNTAX;
		}
		/* once over, it goes on for the digits alone */
		if (over == 0) {
			over = append(out, &used, n, pow_10[len], value);
		}
	}
	return over == 0 ? URNE_OK : URNE_ERR_RANGE;
}

enum urne_err
urne_limbs_from_decimal(uint64_t *out, size_t n, struct urne_view text)
{
	enum urne_err e = URNE_ERR_SYNTAX;

	memset(out, 0, n * sizeof(*out));
	if (text.len > 0 && (text.len == 1 || text.p[0] != '0')) {
		e = read_digits(out, n, text);
	}
	if (e != URNE_OK) {
		memset(out, 0, n * sizeof(*out));
	}
	return e;
}

size_t
urne_limbs_to_decimal(char out[URNE_TEXT_MAX], const uint64_t *limbs, size_t n)
{
	mp_limb_t copy[URNE_LIMBS]; /* mpn_get_str overwrites its input */
	unsigned char digits[URNE_TEXT_MAX];
	size_t len;

	mpn_copyi(copy, limbs, (mp_size_t)n);
	while (n > 0 && copy[n - 1] == 0) {
		n--;
	}
	if (n == 0) {
		out[0] = '0';
		return 1;
	}
	len = mpn_get_str(digits, 10, copy, (mp_size_t)n);
	for (size_t i = 0; i < len; i++) {
		out[i] = (char)('0' + digits[i]);
	}
	return len;
}
