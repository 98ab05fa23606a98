/* SPDX-License-Identifier: EUPL-1.2 */
/* Finite-field elements from secrets, by GMP's constant-time limb functions; and secret numbers in
 * decimal. Elements are little-endian bytes of their limbs. */
#include <gmp.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/secret/backend.h"
#include "crypto/secret/declassify.h"

/* 19 decimal digits at a time: 10^19 < 2^64. */
#define CHUNK	     UINT64_C(10000000000000000000)
#define CHUNK_DIGITS 19
/* 2048 bits are 617 digits: 33 chunks. */
#define MAX_CHUNKS 34

/* Scratch of mpn_sec_powm: GMP 6.2.1 asks for 1152 limbs where p and q have 2048 bits. */
#define POWM_SCRATCH 1280
/* Of mpn_sec_mul, mpn_sec_div_r and mpn_sec_div_qr for such numbers: 132 limbs at most. */
#define SCRATCH 256

static mp_size_t
p_limbs(const struct urne_group *g)
{
	return (mp_size_t)g->field->num_limbs;
}

static void
to_limbs(const struct urne_group *g, mp_limb_t *out, const struct urne_secret_elem *a)
{
	(void)g;
	memcpy(out, a->b, sizeof(a->b)); /* little-endian machines: as to_bytes writes them */
}

static void
from_limbs(const struct urne_group *g, struct urne_secret_elem *out, const mp_limb_t *a)
{
	memset(out, 0, sizeof(*out));
	memcpy(out->b, a, g->field->num_limbs * sizeof(*a));
}

static void
powm(const struct urne_group *g, struct urne_secret_elem *out, const mp_limb_t *base,
    const struct urne_secret *x)
{
	mp_limb_t scratch[POWM_SCRATCH], result[URNE_LIMBS] = {0};
	mp_size_t n = p_limbs(g);

	if (mpn_sec_powm_itch(n, (mp_bitcnt_t)g->q_bits, n) > POWM_SCRATCH) {
		abort(); /* this file was written for smaller groups, or another GMP: our mistake */
	}
	mpn_sec_powm(result, base, n, x->v, (mp_bitcnt_t)g->q_bits, g->field->p, n, scratch);
	from_limbs(g, out, result);
	urne_wipe(scratch, sizeof(scratch));
	urne_wipe(result, sizeof(result));
}

static void
field_base(const struct urne_group *g, struct urne_secret_elem *out, const struct urne_secret *x)
{
	powm(g, out, g->field->g, x);
}

static void
field_pow(const struct urne_group *g, struct urne_secret_elem *out, const struct urne_elem *base,
    const struct urne_secret *x)
{
	powm(g, out, base->v, x);
}

static void
field_mul(const struct urne_group *g, struct urne_secret_elem *out,
    const struct urne_secret_elem *a, const struct urne_secret_elem *b)
{
	mp_limb_t x[URNE_LIMBS], y[URNE_LIMBS], product[2 * URNE_LIMBS], scratch[SCRATCH];
	mp_size_t n = p_limbs(g);

	to_limbs(g, x, a);
	to_limbs(g, y, b);
	mpn_sec_mul(product, x, n, y, n, scratch);
	mpn_sec_div_r(product, 2 * n, g->field->p, n, scratch);
	from_limbs(g, out, product);
	urne_wipe(x, sizeof(x));
	urne_wipe(y, sizeof(y));
	urne_wipe(product, sizeof(product));
	urne_wipe(scratch, sizeof(scratch));
}

static void
field_text(const struct urne_group *g, struct urne_buf *out, const struct urne_secret_elem *a)
{
	mp_limb_t x[URNE_LIMBS];

	to_limbs(g, x, a);
	urne_secret_limbs_to_decimal(out, x, g->field->num_limbs);
	urne_wipe(x, sizeof(x));
}

/* v / 10 for any 64-bit v by a multiplication (division instructions may take variable time). */
static uint64_t
div10(uint64_t v)
{
	__extension__ typedef unsigned __int128 u128;

	/* floor(v * ceil(2^67 / 10) / 2^67) = floor(v / 10) for all v < 2^64 */
	return (uint64_t)((u128)v * UINT64_C(0xcccccccccccccccd) >> 67);
}

void
urne_secret_limbs_to_decimal(struct urne_buf *out, const uint64_t *limbs, size_t n)
{
	mp_limb_t rest[URNE_LIMBS + 1] = {0}, quotient[URNE_LIMBS + 1], scratch[SCRATCH];
	const mp_limb_t chunk = CHUNK;
	char digits[MAX_CHUNKS * CHUNK_DIGITS] = {0};
	size_t num_chunks = n + n / 32 + 1; /* log2(10^19) > 63.1 bits per chunk */
	size_t first = 0, zeros = 1;

	memcpy(rest, limbs, n * sizeof(*limbs));
	for (size_t i = num_chunks; i-- > 0;) {
		/* rest, quotient = rest mod 10^19, rest div 10^19; n + 1 limbs, the top one zero */
		mp_limb_t high =
		    mpn_sec_div_qr(quotient, rest, (mp_size_t)n + 1, &chunk, 1, scratch);
		uint64_t v = rest[0];
		for (size_t j = CHUNK_DIGITS; j-- > 0;) {
			uint64_t q = div10(v);
			digits[i * CHUNK_DIGITS + j] = (char)('0' + (v - 10 * q));
			v = q;
		}
		memset(rest, 0, sizeof(rest));
		memcpy(rest, quotient, n * sizeof(*rest));
		rest[n] = high;
	}
	/* first counts the leading zeros; `zeros` is 1 as long as no other digit was seen */
	for (size_t i = 0; i + 1 < num_chunks * CHUNK_DIGITS; i++) {
		uint64_t digit = (uint64_t)digits[i] - '0';
		zeros &= (digit - 1) >> 63;
		first += zeros;
	}
	/* the number of digits shows in the length of what is written */
	urne_declassify(&first, sizeof(first));
	urne_buf_put(out, digits + first, num_chunks * CHUNK_DIGITS - first);
	urne_wipe(rest, sizeof(rest));
	urne_wipe(quotient, sizeof(quotient));
	urne_wipe(scratch, sizeof(scratch));
	urne_wipe(digits, sizeof(digits));
}

const struct urne_secret_ops urne_secret_field_ops = {
    .base = field_base,
    .pow = field_pow,
    .mul = field_mul,
    .text = field_text,
};
