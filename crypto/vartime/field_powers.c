/* SPDX-License-Identifier: EUPL-1.2 */
/* Powers in finite-field groups with GMP's limbs, in Montgomery form: with R = 2^64 to the number
 * of limbs, x stands for x R modulo p, and reducing a product is a division by R. Yao for several
 * powers of one element, Straus for the product of powers of two, a table of d 64^i-th powers for
 * an element that is used often. Variable time, public data only: never to be linked into
 * encryption or keys. */
#include "crypto/vartime/field_powers.h"

#include <assert.h>
#include <gmp.h>
#include <string.h>

enum {
	WIDTH = 4, /* odd digits 1, 3, .., 15 */
	NUM_BUCKETS = 1 << (WIDTH - 1),
	PLACE_BITS = 6, /* of a table: digits 1 to 63 */
	NUM_DIGITS = (1 << PLACE_BITS) - 1,
	LIMB_BITS = 64,
};

/* A modulus; minus_inverse = -1/p modulo 2^64. p is odd. */
struct modulus {
	const mp_limb_t *p;
	mp_size_t n;
	mp_limb_t minus_inverse;
};

static struct modulus
modulus(const struct urne_group *g)
{
	struct modulus m = {g->field->p, (mp_size_t)g->field->num_limbs, 0};
	mp_limb_t p = m.p[0],
		  inverse = p; /* right in 3 bits: the square of an odd number is 1 mod 8 */

	for (int bits = 3; bits < LIMB_BITS; bits *= 2) {
		inverse *= 2 - p * inverse;
	}
	m.minus_inverse = -inverse;
	return m;
}

/* reduce: out = t / R modulo p, below p, for t < p R of 2n limbs, which are lost. Each step adds a
 * multiple of p that makes the lowest limb zero, and keeps the carry in its place. */
static void
reduce(const struct modulus *m, mp_limb_t *out, mp_limb_t *t)
{
	mp_limb_t carry;

	for (mp_size_t i = 0; i < m->n; i++) {
		t[i] = mpn_addmul_1(t + i, m->p, m->n, t[i] * m->minus_inverse);
	}
	carry = mpn_add_n(out, t + m->n, t, m->n);
	if (carry != 0 || mpn_cmp(out, m->p, m->n) >= 0) {
		mpn_sub_n(out, out, m->p, m->n); /* the sum was below 2p */
	}
}

static void
mul(const struct modulus *m, mp_limb_t *out, const mp_limb_t *a, const mp_limb_t *b)
{
	mp_limb_t t[2 * URNE_LIMBS];

	mpn_mul_n(t, a, b, m->n);
	reduce(m, out, t);
}

static void
square(const struct modulus *m, mp_limb_t *out, const mp_limb_t *a)
{
	mp_limb_t t[2 * URNE_LIMBS];

	mpn_sqr(t, a, m->n);
	reduce(m, out, t);
}

/* to_montgomery: out = a R modulo p. */
static void
to_montgomery(const struct modulus *m, mp_limb_t *out, const mp_limb_t *a)
{
	mp_limb_t t[2 * URNE_LIMBS] = {0}, quotient[URNE_LIMBS + 1];

	mpn_copyi(t + m->n, a, m->n);
	mpn_tdiv_qr(quotient, out, 0, t, 2 * m->n, m->p, m->n);
}

static void
from_montgomery(const struct modulus *m, mp_limb_t *out, const mp_limb_t *a)
{
	mp_limb_t t[2 * URNE_LIMBS] = {0};

	mpn_copyi(t, a, m->n);
	reduce(m, out, t);
}

/* digit: the `width` bits of x from bit `pos` up, with zeros above its limbs. */
static unsigned
digit(const uint64_t *x, size_t num_limbs, size_t pos, unsigned width)
{
	size_t i = pos / LIMB_BITS;
	unsigned shift = pos % LIMB_BITS;
	uint64_t bits = i < num_limbs ? x[i] >> shift : 0;

	if (i + 1 < num_limbs && shift + width > LIMB_BITS) {
		bits |= x[i + 1] << (LIMB_BITS - shift); /* shift > 0, because width < 64 */
	}
	return (unsigned)(bits & ((UINT64_C(1) << width) - 1));
}

/* One exponent on its way: the bits below `next` are dealt with, and bucket[i] is the product of
 * what is to be raised to 2i + 1, once its bit in `used` is set. */
struct gathering {
	const uint64_t *x;
	size_t next;
	unsigned used;
	mp_limb_t bucket[NUM_BUCKETS][URNE_LIMBS];
};

/* gather: power is a^(2^pos). */
static void
gather(const struct modulus *m, struct gathering *s, size_t num_limbs, size_t pos,
    const mp_limb_t *power)
{
	unsigned d = digit(s->x, num_limbs, pos, WIDTH), i = d / 2;

	if (pos < s->next || d % 2 == 0) {
		return;
	}
	s->next = pos + WIDTH;
	if ((s->used >> i & 1) != 0) {
		mul(m, s->bucket[i], s->bucket[i], power);
	} else {
		mpn_copyi(s->bucket[i], power, m->n);
		s->used |= 1U << i;
	}
}

/* multiply_up: out = the product of bucket[i]^(2i + 1). With s_i the product of the buckets from i
 * up, that is s_0 (s_1 s_2 ..)^2. */
static void
multiply_up(const struct modulus *m, mp_limb_t *out, struct gathering *s)
{
	static const mp_limb_t one[URNE_LIMBS] = {1};
	mp_limb_t above[URNE_LIMBS], product[URNE_LIMBS];

	for (size_t i = 0; i < NUM_BUCKETS; i++) {
		if ((s->used >> i & 1) == 0) {
			to_montgomery(m, s->bucket[i], one);
		}
	}
	mpn_copyi(above, s->bucket[NUM_BUCKETS - 1], m->n);
	mpn_copyi(product, above, m->n);
	for (size_t i = NUM_BUCKETS - 1; i-- > 1;) {
		mul(m, above, above, s->bucket[i]);
		mul(m, product, product, above);
	}
	square(m, product, product);
	mul(m, above, above, s->bucket[0]);
	mul(m, out, product, above);
}

void
urne_field_pow_many(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const uint64_t *const x[], size_t num)
{
	struct modulus m = modulus(g);
	struct gathering s[URNE_POW_MANY + 1];
	mp_limb_t power[URNE_LIMBS], result[URNE_LIMBS];
	size_t num_bits = LIMB_BITS * g->num_q_limbs;

	assert(num <= URNE_POW_MANY + 1);
	for (size_t j = 0; j < num; j++) {
		s[j].x = x[j];
		s[j].next = 0;
		s[j].used = 0;
	}
	to_montgomery(&m, power, a->v);
	for (size_t pos = 0; pos < num_bits && num > 0; pos++) {
		if (pos > 0) {
			square(&m, power, power);
		}
		for (size_t j = 0; j < num; j++) {
			gather(&m, &s[j], g->num_q_limbs, pos, power);
		}
	}
	for (size_t j = 0; j < num; j++) {
		multiply_up(&m, result, &s[j]);
		memset(&out[j], 0, sizeof(out[j]));
		from_montgomery(&m, out[j].v, result);
	}
}

/* One factor of a product of powers: its exponent, and its powers from the first to the 15th. */
struct factor {
	const uint64_t *x;
	mp_limb_t power[(1 << WIDTH) - 1][URNE_LIMBS];
};

static void
factor_init(const struct modulus *m, struct factor *f, const struct urne_elem *a,
    const struct urne_scalar *x)
{
	f->x = x->v;
	to_montgomery(m, f->power[0], a->v);
	for (size_t i = 1; i < sizeof(f->power) / sizeof(f->power[0]); i++) {
		mul(m, f->power[i], f->power[i - 1], f->power[0]);
	}
}

/* Straus: windows from above, and both factors share the squarings between them. */
void
urne_field_pow2(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_scalar *x, const struct urne_elem *b, const struct urne_scalar *y)
{
	static const mp_limb_t one[URNE_LIMBS] = {1};
	struct modulus m = modulus(g);
	struct factor f[2];
	mp_limb_t product[URNE_LIMBS];
	bool begun = false; /* nothing is squared before the first digit */

	factor_init(&m, &f[0], a, x);
	factor_init(&m, &f[1], b, y);
	to_montgomery(&m, product, one);
	for (size_t pos = LIMB_BITS * g->num_q_limbs; pos > 0;) {
		pos -= WIDTH;
		for (unsigned i = 0; begun && i < WIDTH; i++) {
			square(&m, product, product);
		}
		for (size_t j = 0; j < 2; j++) {
			unsigned d = digit(f[j].x, g->num_q_limbs, pos, WIDTH);

			if (d > 0) {
				mul(&m, product, product, f[j].power[d - 1]);
				begun = true;
			}
		}
	}
	memset(out, 0, sizeof(*out));
	from_montgomery(&m, out->v, product);
}

static size_t
num_places(const struct urne_group *g)
{
	return (LIMB_BITS * g->num_q_limbs + PLACE_BITS - 1) / PLACE_BITS;
}

/* entry: place i, digit d: a^(d 64^i) in Montgomery form. Powers are nothing but their limbs. */
static const mp_limb_t *
entry(const struct modulus *m, const struct urne_powers *powers, size_t i, size_t d)
{
	const mp_limb_t *limbs = (const void *)powers;

	return limbs + (NUM_DIGITS * i + d - 1) * (size_t)m->n;
}

size_t
urne_field_powers_size(const struct urne_group *g)
{
	return num_places(g) * NUM_DIGITS * g->field->num_limbs * sizeof(mp_limb_t);
}

void
urne_field_powers_make(
    const struct urne_group *g, struct urne_powers *out, const struct urne_elem *a)
{
	struct modulus m = modulus(g);
	mp_limb_t unit[URNE_LIMBS], *at = (void *)out;

	to_montgomery(&m, unit, a->v);
	for (size_t i = 0; i < num_places(g); i++) {
		mpn_copyi(at, unit, m.n);
		for (size_t d = 2; d <= NUM_DIGITS; d++) {
			mul(&m, at + m.n, at, unit);
			at += m.n;
		}
		mul(&m, unit, at, unit); /* the 64th power */
		at += m.n;
	}
}

/* The table's entries carry a factor R; the product of all of them and of `out`, which does not,
 * carries none. */
void
urne_field_mul_powers(const struct urne_group *g, struct urne_elem *out,
    const struct urne_powers *powers, const struct urne_scalar *x)
{
	struct modulus m = modulus(g);

	for (size_t i = 0; i < num_places(g); i++) {
		unsigned d = digit(x->v, g->num_q_limbs, PLACE_BITS * i, PLACE_BITS);

		if (d > 0) {
			mul(&m, out->v, out->v, entry(&m, powers, i, d));
		}
	}
}
