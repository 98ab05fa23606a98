/* SPDX-License-Identifier: EUPL-1.2 */
/* Limbs from decimal text, sixteen digits at a time, and back with GMP. Scalars and finite-field
 * elements have this form. */
#include "crypto/limbs.h"

#include <gmp.h>
#include <string.h>

#include "crypto/sixteen_digits.h"

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
#define POW_STEP UINT64_C(10000000000000000)

__extension__ typedef unsigned __int128 u128;

/* append: the number of `used` limbs times `power`, plus `low`; its next limb is returned. */
static inline uint64_t
append(uint64_t *limbs, size_t used, uint64_t power, uint64_t low)
{
	uint64_t carry = low;

#pragma GCC unroll 4
	for (size_t i = 0; i < used; i++) {
		u128 t = (u128)limbs[i] * power + carry;

		limbs[i] = (uint64_t)t;
		carry = (uint64_t)(t >> 64);
	}
	return carry;
}

/* last_sixteen: those of the digits, with zeros in front where there are fewer. */
static inline urne_sixteen
last_sixteen(urne_sixteen *bad, struct urne_view text)
{
	char copy[STEP];

	if (text.len >= STEP) {
		return urne_sixteen_read(bad, text.p + text.len - STEP);
	}
	memset(copy, '0', sizeof(copy));
	memcpy(copy + STEP - text.len, text.p, text.len);
	return urne_sixteen_read(bad, copy);
}

/* read_digits reads all but `rest` digits step by step, and then these, 1 <= rest <= STEP. */
static enum urne_err
read_digits(uint64_t *out, size_t n, struct urne_view text)
{
	size_t used = 0, rest = (text.len - 1) % STEP + 1;
	urne_sixteen bad = {0};
	uint64_t over = 0;

	memset(out, 0, n * sizeof(*out));
	for (size_t at = 0; at < text.len; at += STEP) {
		bool last = text.len - at <= STEP;
		urne_sixteen v = last ? urne_sixteen_last(last_sixteen(&bad, text), rest)
				      : urne_sixteen_read(&bad, text.p + at);
		uint64_t carry;

		/* once over, it goes on for the digits alone */
		if (over == 0) {
			carry = append(
			    out, used, last ? pow_10[rest] : POW_STEP, urne_sixteen_number(v));
			if (carry != 0 && used < n) {
				out[used++] = carry;
			} else {
				over = carry;
			}
		}
	}
	if (urne_sixteen_any(bad)) {
		return URNE_ERR_SYNTAX;
	}
	return over == 0 ? URNE_OK : URNE_ERR_RANGE;
}

/* As many digits as nearly every number has whose order has 256 bits or a little less. */
#define FOUR_LIMBS_MIN (4 * STEP + 1)
#define FOUR_LIMBS_MAX (5 * STEP)

/* read_four_limbs: the same as read_digits, with the number of steps known. */
static enum urne_err
read_four_limbs(uint64_t out[4], struct urne_view text)
{
	size_t rest = text.len - 4 * STEP;
	urne_sixteen bad = {0}, v[5];
	uint64_t number[5], unused, over;

#pragma GCC unroll 4
	for (size_t i = 0; i < 4; i++) {
		v[i] = urne_sixteen_read(&bad, text.p + i * STEP);
	}
	v[4] = urne_sixteen_last(urne_sixteen_read(&bad, text.p + text.len - STEP), rest);
	urne_sixteen_numbers(&number[0], &number[1], v[0], v[1]);
	urne_sixteen_numbers(&number[2], &number[3], v[2], v[3]);
	urne_sixteen_numbers(&number[4], &unused, v[4], v[4]);
	out[0] = number[0];
	out[1] = append(out, 1, POW_STEP, number[1]);
	out[2] = append(out, 2, POW_STEP, number[2]);
	out[3] = append(out, 3, POW_STEP, number[3]);
	over = append(out, 4, pow_10[rest], number[4]);
	if (urne_sixteen_any(bad)) {
		return URNE_ERR_SYNTAX;
	}
	return over == 0 ? URNE_OK : URNE_ERR_RANGE;
}

enum urne_err
urne_limbs_from_decimal(uint64_t *out, size_t n, struct urne_view text)
{
	enum urne_err e = URNE_ERR_SYNTAX;

	if (text.len > 0 && (text.len == 1 || text.p[0] != '0')) {
		bool four = n == 4 && text.len >= FOUR_LIMBS_MIN && text.len <= FOUR_LIMBS_MAX;

		e = four ? read_four_limbs(out, text) : read_digits(out, n, text);
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
