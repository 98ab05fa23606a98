/* SPDX-License-Identifier: EUPL-1.2 */
/* Limbs from decimal text and back, with GMP. Scalars and finite-field elements have this form. */
#include "crypto/limbs.h"

#include <gmp.h>
#include <string.h>

_Static_assert(sizeof(mp_limb_t) == sizeof(uint64_t), "limbs are 64 bits");

/* Decimal digits per limb, rounded up: 64 log10(2) < 20. */
#define DIGITS_PER_LIMB 20

enum urne_err
urne_limbs_from_decimal(uint64_t *out, size_t n, struct urne_view text)
{
	unsigned char digits[URNE_TEXT_MAX];
	mp_limb_t value[URNE_LIMBS + 4] = {0};

	memset(out, 0, n * sizeof(*out));
	if (text.len == 0 || (text.len > 1 && text.p[0] == '0')) {
		return URNE_ERR_SYNTAX;
	}
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] < '0' || text.p[i] > '9') {
			return URNE_ERR_SYNTAX;
		}
	}
	if (text.len > n * DIGITS_PER_LIMB || text.len > sizeof(digits)) {
		return URNE_ERR_RANGE;
	}
	for (size_t i = 0; i < text.len; i++) {
		digits[i] = (unsigned char)(text.p[i] - '0');
	}
	if (text.len == 1 && digits[0] == 0) {
		return URNE_OK; /* mpn_set_str wants a first digit that is not zero */
	}
	if (mpn_set_str(value, digits, text.len, 10) > (mp_size_t)n) {
		return URNE_ERR_RANGE;
	}
	mpn_copyi(out, value, (mp_size_t)n);
	return URNE_OK;
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
