/* SPDX-License-Identifier: EUPL-1.2 */
/* Finite-field groups as a table of functions, on GMP: an element is its residue in limbs, its text
 * the number in decimal. Variable time, public data only: never to be linked into encryption or
 * keys. Tests build tiny groups on the same table.
 * Spec: docs/protocol.md#groups */
#include <gmp.h>
#include <string.h>

#include "crypto/group.h"
#include "crypto/limbs.h"
#include "crypto/vartime/field_powers.h"

static mp_size_t
p_limbs(const struct urne_group *g)
{
	return (mp_size_t)g->field->num_limbs;
}

/* Stores a non-negative mpz below p. */
static void
store(const struct urne_group *g, struct urne_elem *out, const mpz_t v)
{
	(void)g;
	memset(out, 0, sizeof(*out));
	mpn_copyi(out->v, mpz_limbs_read(v), (mp_size_t)mpz_size(v));
}

static void
field_identity(const struct urne_group *g, struct urne_elem *out)
{
	(void)g;
	memset(out, 0, sizeof(*out));
	out->v[0] = 1;
}

static void
field_generator(const struct urne_group *g, struct urne_elem *out)
{
	memset(out, 0, sizeof(*out));
	mpn_copyi(out->v, g->field->g, p_limbs(g));
}

static bool
is_zero(const struct urne_group *g, const struct urne_elem *a)
{
	return mpn_zero_p(a->v, p_limbs(g)) != 0;
}

/* Whether x^q = 1 for 0 < x < p; for a safe prime, x is a square exactly when its Jacobi symbol is
 * 1. */
static bool
field_is_member(const struct urne_group *g, const struct urne_elem *a)
{
	mpz_t x, p, q, r;
	bool member = false;

	mpz_roinit_n(x, a->v, p_limbs(g));
	mpz_roinit_n(p, g->field->p, p_limbs(g));
	if (g->field->is_safe_prime) {
		return mpz_jacobi(x, p) == 1;
	}
	mpz_roinit_n(q, g->q, (mp_size_t)g->num_q_limbs);
	mpz_init(r);
	mpz_powm(r, x, q, p);
	member = mpz_cmp_ui(r, 1) == 0;
	mpz_clear(r);
	return member;
}

static bool
field_decode(const struct urne_group *g, struct urne_elem *out, struct urne_view text)
{
	memset(out, 0, sizeof(*out));
	return urne_limbs_from_decimal(out->v, g->field->num_limbs, text) == URNE_OK &&
	       !is_zero(g, out) && mpn_cmp(out->v, g->field->p, p_limbs(g)) < 0;
}

/* Little-endian limbs as bytes, low byte first. */
static void
field_to_bytes(const struct urne_group *g, uint8_t *out, const struct urne_elem *a)
{
	for (size_t i = 0; i < g->elem_bytes; i++) {
		out[i] = (uint8_t)(a->v[i / 8] >> (8 * (i % 8)));
	}
}

static void
of_bytes(const struct urne_group *g, struct urne_elem *out, const uint8_t *in)
{
	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < g->elem_bytes; i++) {
		out->v[i / 8] |= (uint64_t)in[i] << (8 * (i % 8));
	}
}

static size_t
field_text(const struct urne_group *g, char *out, const uint8_t *encoding)
{
	struct urne_elem a;

	of_bytes(g, &a, encoding);
	return urne_limbs_to_decimal(out, a.v, g->field->num_limbs);
}

/* For elements that the secret side has computed: members by construction. */
static bool
field_from_bytes(const struct urne_group *g, struct urne_elem *out, const uint8_t *in)
{
	of_bytes(g, out, in);
	return !is_zero(g, out) && mpn_cmp(out->v, g->field->p, p_limbs(g)) < 0;
}

static bool
field_eq(const struct urne_group *g, const struct urne_elem *a, const struct urne_elem *b)
{
	return mpn_cmp(a->v, b->v, p_limbs(g)) == 0;
}

static int
field_compare(const struct urne_group *g, const struct urne_elem *a, const struct urne_elem *b)
{
	return mpn_cmp(a->v, b->v, p_limbs(g));
}

static void
field_mul(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_elem *b)
{
	mp_limb_t product[2 * URNE_LIMBS], quotient[URNE_LIMBS + 1];
	mp_size_t n = p_limbs(g);

	mpn_mul_n(product, a->v, b->v, n);
	memset(out, 0, sizeof(*out));
	mpn_tdiv_qr(quotient, out->v, 0, product, 2 * n, g->field->p, n);
}

static void
field_inv(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a)
{
	mpz_t x, p, r;

	mpz_roinit_n(x, a->v, p_limbs(g));
	mpz_roinit_n(p, g->field->p, p_limbs(g));
	mpz_init(r);
	(void)mpz_invert(r, x, p); /* members are invertible */
	store(g, out, r);
	mpz_clear(r);
}

static void
field_pow(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_scalar *x)
{
	mpz_t base, p, exponent, r;

	mpz_roinit_n(base, a->v, p_limbs(g));
	mpz_roinit_n(p, g->field->p, p_limbs(g));
	mpz_roinit_n(exponent, x->v, (mp_size_t)g->num_q_limbs);
	mpz_init(r);
	mpz_powm(r, base, exponent, p);
	store(g, out, r);
	mpz_clear(r);
}

static void
field_pow_base(const struct urne_group *g, struct urne_elem *out, const struct urne_scalar *x)
{
	struct urne_elem base;

	field_generator(g, &base);
	field_pow(g, out, &base, x);
}

static void
field_pow2_base(const struct urne_group *g, struct urne_elem *out, const struct urne_scalar *x,
    const struct urne_elem *b, const struct urne_scalar *y)
{
	struct urne_elem base;

	field_generator(g, &base);
	urne_field_pow2(g, out, &base, x, b, y);
}

/* Membership is one power more, by the order; but a symbol of Jacobi costs less where it says it.
 */
static void
powers_of_one(const struct urne_group *g, struct urne_elem_powers *p)
{
	const uint64_t *exponent[URNE_POW_MANY + 1];
	struct urne_elem r[URNE_POW_MANY + 1], one;
	bool by_power = p->ask_member && !g->field->is_safe_prime;

	for (size_t i = 0; i < p->num; i++) {
		exponent[i] = p->x[i]->v;
	}
	exponent[p->num] = g->q;
	urne_field_pow_many(g, r, &p->a, exponent, by_power ? p->num + 1 : p->num);
	for (size_t i = 0; i < p->num; i++) {
		p->out[i] = r[i];
	}
	field_identity(g, &one);
	if (by_power) {
		p->is_member = field_eq(g, &r[p->num], &one);
	} else if (p->ask_member) {
		p->is_member = field_is_member(g, &p->a);
	}
}

static void
field_pow_each(const struct urne_group *g, struct urne_elem_powers *p, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		powers_of_one(g, &p[i]);
	}
}

static void
field_decode_each(const struct urne_group *g, struct urne_elem *out, bool *ok,
    const struct urne_view *text, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		ok[i] = urne_elem_decode_unproved(g, &out[i], text[i]) == URNE_OK;
	}
}

static void
field_mul_powers(const struct urne_group *g, struct urne_elem_product *p, size_t num)
{
	for (size_t i = 0; i < num; i++) {
		for (size_t j = 0; j < p[i].num; j++) {
			urne_field_mul_powers(g, p[i].out, p[i].factor[j].powers, p[i].factor[j].x);
		}
	}
}

/* Every element has one representation. */
static void
field_normalise(const struct urne_group *g, struct urne_elem *a, size_t num)
{
	(void)g;
	(void)a;
	(void)num;
}

static void
field_reduce(const struct urne_group *g, uint64_t *out, const uint64_t *a, size_t n)
{
	mp_limb_t quotient[2 * URNE_LIMBS];
	mp_size_t q_limbs = (mp_size_t)g->num_q_limbs;

	if (n < g->num_q_limbs) {
		mpn_copyi(out, a, (mp_size_t)n);
		mpn_zero(out + n, q_limbs - (mp_size_t)n);
		return;
	}
	mpn_tdiv_qr(quotient, out, 0, a, (mp_size_t)n, g->q, q_limbs);
}

const struct urne_group_ops urne_group_field_ops = {
    .decode = field_decode,
    .decode_each = field_decode_each,
    .is_member = field_is_member,
    .to_bytes = field_to_bytes,
    .text = field_text,
    .from_bytes = field_from_bytes,
    .identity = field_identity,
    .generator = field_generator,
    .compare = field_compare,
    .eq = field_eq,
    .mul = field_mul,
    .inv = field_inv,
    .pow = field_pow,
    .pow_base = field_pow_base,
    .pow2 = urne_field_pow2,
    .pow2_base = field_pow2_base,
    .pow_each = field_pow_each,
    .powers_size = urne_field_powers_size,
    .powers_make = urne_field_powers_make,
    .mul_powers = field_mul_powers,
    .normalise = field_normalise,
    .reduce = field_reduce,
};
