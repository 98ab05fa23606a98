/* SPDX-License-Identifier: EUPL-1.2 */
/* Public arithmetic modulo the group order with GMP's limbs. A value uses the first num_q_limbs
 * limbs; the others are zero. */
#include "crypto/scalar.h"

#include <endian.h>
#include <gmp.h>
#include <string.h>

#include "crypto/group.h"
#include "crypto/limbs.h"

_Static_assert(sizeof(mp_limb_t) == sizeof(uint64_t), "limbs are 64 bits");

static mp_size_t
q_limbs(const struct urne_group *g)
{
	return (mp_size_t)g->num_q_limbs;
}

/* clear_above: the limbs that no number modulo q has. */
static void
clear_above(const struct urne_group *g, struct urne_scalar *out)
{
	memset(out->v + g->num_q_limbs, 0, (URNE_LIMBS - g->num_q_limbs) * sizeof(*out->v));
}

enum urne_err
urne_scalar_decode(const struct urne_group *g, struct urne_scalar *out, struct urne_view text)
{
	enum urne_err e = urne_limbs_from_decimal(out->v, g->num_q_limbs, text);

	clear_above(g, out);
	if (e == URNE_OK && mpn_cmp(out->v, g->q, q_limbs(g)) >= 0) {
		memset(out, 0, sizeof(*out));
		e = URNE_ERR_RANGE;
	}
	return e;
}

size_t
urne_scalar_encode(const struct urne_group *g, char out[URNE_TEXT_MAX], const struct urne_scalar *a)
{
	return urne_limbs_to_decimal(out, a->v, g->num_q_limbs);
}

/* Limbs that are zero take time too: those on top are left out. */
void
urne_scalar_reduce(const struct urne_group *g, struct urne_scalar *out, const uint64_t *a, size_t n)
{
	while (n > 0 && a[n - 1] == 0) {
		n--;
	}
	g->ops->reduce(g, out->v, a, n);
	clear_above(g, out);
}

void
urne_scalar_from_u64(const struct urne_group *g, struct urne_scalar *out, uint64_t v)
{
	urne_scalar_reduce(g, out, &v, 1);
}

void
urne_scalar_from_hash(
    const struct urne_group *g, struct urne_scalar *out, const struct urne_hash *h)
{
	uint64_t v[4] = {0};

	for (size_t i = 0; i < 4; i++) {
		memcpy(&v[3 - i], h->b + 8 * i, sizeof(v[0]));
		v[3 - i] = be64toh(v[3 - i]);
	}
	urne_scalar_reduce(g, out, v, 4);
}

/* Whether a sum reaches q, no processor can guess: the remainder is taken in any case. */
void
urne_scalar_add(const struct urne_group *g, struct urne_scalar *out, const struct urne_scalar *a,
    const struct urne_scalar *b)
{
	mp_limb_t sum[URNE_LIMBS + 1];

	sum[g->num_q_limbs] = mpn_add_n(sum, a->v, b->v, q_limbs(g));
	urne_scalar_reduce(g, out, sum, g->num_q_limbs + 1);
}

void
urne_scalar_sub(const struct urne_group *g, struct urne_scalar *out, const struct urne_scalar *a,
    const struct urne_scalar *b)
{
	if (mpn_sub_n(out->v, a->v, b->v, q_limbs(g)) != 0) {
		mpn_add_n(out->v, out->v, g->q, q_limbs(g));
	}
	clear_above(g, out);
}

void
urne_scalar_mul(const struct urne_group *g, struct urne_scalar *out, const struct urne_scalar *a,
    const struct urne_scalar *b)
{
	mp_limb_t product[2 * URNE_LIMBS];

	mpn_mul_n(product, a->v, b->v, q_limbs(g));
	urne_scalar_reduce(g, out, product, 2 * g->num_q_limbs);
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
