/* SPDX-License-Identifier: EUPL-1.2 */
/* Public arithmetic modulo the group order with GMP's limbs. A value uses the first num_q_limbs
 * limbs; the others are zero. */
#include "crypto/scalar.h"

#include <gmp.h>
#include <string.h>

#include "crypto/group.h"

_Static_assert(sizeof(mp_limb_t) == sizeof(uint64_t), "limbs are 64 bits");

/* Decimal digits per limb, rounded up: 64 log10(2) < 20. */
#define DIGITS_PER_LIMB 20

static mp_size_t
q_limbs(const struct urne_group *g)
{
	return (mp_size_t)g->num_q_limbs;
}

/* Puts the remainder of n limbs modulo q to *out; n <= 2 * URNE_LIMBS. */
static void
reduce(const struct urne_group *g, struct urne_scalar *out, const mp_limb_t *a, mp_size_t n)
{
	mp_limb_t quotient[2 * URNE_LIMBS + 1];

	memset(out, 0, sizeof(*out));
	if (n < q_limbs(g)) {
		mpn_copyi(out->v, a, n);
		return;
	}
	mpn_tdiv_qr(quotient, out->v, 0, a, n, g->q, q_limbs(g));
}

enum urne_err
urne_scalar_decode(const struct urne_group *g, struct urne_scalar *out, struct urne_view text)
{
	unsigned char digits[URNE_TEXT_MAX];
	mp_limb_t value[URNE_LIMBS + 4] = {0};
	mp_size_t n = 0;

	memset(out, 0, sizeof(*out));
	if (text.len == 0 || (text.len > 1 && text.p[0] == '0')) {
		return URNE_ERR_SYNTAX;
	}
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] < '0' || text.p[i] > '9') {
			return URNE_ERR_SYNTAX;
		}
	}
	if (text.len > g->num_q_limbs * DIGITS_PER_LIMB || text.len > sizeof(digits)) {
		return URNE_ERR_RANGE;
	}
	for (size_t i = 0; i < text.len; i++) {
		digits[i] = (unsigned char)(text.p[i] - '0');
	}
	if (text.len == 1 && digits[0] == 0) {
		return URNE_OK;
	}
	n = mpn_set_str(value, digits, text.len, 10);
	if (n > q_limbs(g) || mpn_cmp(value, g->q, q_limbs(g)) >= 0) {
		return URNE_ERR_RANGE;
	}
	mpn_copyi(out->v, value, q_limbs(g));
	return URNE_OK;
}

size_t
urne_scalar_encode(const struct urne_group *g, char out[URNE_TEXT_MAX], const struct urne_scalar *a)
{
	mp_limb_t copy[URNE_LIMBS]; /* mpn_get_str overwrites its input */
	unsigned char digits[URNE_TEXT_MAX];
	mp_size_t n = q_limbs(g);
	size_t len;

	mpn_copyi(copy, a->v, n);
	while (n > 0 && copy[n - 1] == 0) {
		n--;
	}
	if (n == 0) {
		out[0] = '0';
		return 1;
	}
	len = mpn_get_str(digits, 10, copy, n);
	for (size_t i = 0; i < len; i++) {
		out[i] = (char)('0' + digits[i]);
	}
	return len;
}

void
urne_scalar_from_u64(const struct urne_group *g, struct urne_scalar *out, uint64_t v)
{
	mp_limb_t limb = v;

	reduce(g, out, &limb, 1);
}

void
urne_scalar_from_hash(
    const struct urne_group *g, struct urne_scalar *out, const struct urne_hash *h)
{
	mp_limb_t v[4] = {0};

	for (size_t i = 0; i < URNE_HASH_LEN; i++) {
		v[3 - i / 8] = v[3 - i / 8] << 8 | h->b[i];
	}
	reduce(g, out, v, 4);
}

void
urne_scalar_add(const struct urne_group *g, struct urne_scalar *out, const struct urne_scalar *a,
    const struct urne_scalar *b)
{
	struct urne_scalar sum = {{0}};
	mp_limb_t carry = mpn_add_n(sum.v, a->v, b->v, q_limbs(g));

	if (carry != 0 || mpn_cmp(sum.v, g->q, q_limbs(g)) >= 0) {
		mpn_sub_n(sum.v, sum.v, g->q, q_limbs(g));
	}
	*out = sum;
}

void
urne_scalar_sub(const struct urne_group *g, struct urne_scalar *out, const struct urne_scalar *a,
    const struct urne_scalar *b)
{
	struct urne_scalar diff = {{0}};

	if (mpn_sub_n(diff.v, a->v, b->v, q_limbs(g)) != 0) {
		mpn_add_n(diff.v, diff.v, g->q, q_limbs(g));
	}
	*out = diff;
}

void
urne_scalar_mul(const struct urne_group *g, struct urne_scalar *out, const struct urne_scalar *a,
    const struct urne_scalar *b)
{
	mp_limb_t product[2 * URNE_LIMBS];

	mpn_mul_n(product, a->v, b->v, q_limbs(g));
	reduce(g, out, product, 2 * q_limbs(g));
}

void
urne_scalar_inv(const struct urne_group *g, struct urne_scalar *out, const struct urne_scalar *a)
{
	mpz_t value, q, result;

	mpz_init(result);
	/* both operands are read only: the limbs stay where they are */
	mpz_roinit_n(value, a->v, q_limbs(g));
	mpz_roinit_n(q, g->q, q_limbs(g));
	if (mpz_sgn(value) != 0) {
		(void)mpz_invert(result, value, q); /* exists: q is prime */
	}
	memset(out->v, 0, sizeof(out->v)); /* out may be a: only now */
	mpn_copyi(out->v, mpz_limbs_read(result), (mp_size_t)mpz_size(result));
	mpz_clear(result);
}

bool
urne_scalar_eq(const struct urne_scalar *a, const struct urne_scalar *b)
{
	return memcmp(a->v, b->v, sizeof(a->v)) == 0;
}

bool
urne_scalar_is_zero(const struct urne_scalar *a)
{
	const struct urne_scalar zero = {{0}};

	return urne_scalar_eq(a, &zero);
}
