/* SPDX-License-Identifier: EUPL-1.2 */
/* Secret numbers modulo q with GMP's constant-time limb functions. Each value uses the first
 * num_q_limbs limbs. */
#include "crypto/secret/secret.h"

#include <gmp.h>
#include <string.h>

#include "crypto/secret/backend.h"
#include "crypto/secret/declassify.h"

_Static_assert(sizeof(mp_limb_t) == sizeof(uint64_t), "limbs are 64 bits");

/* Widest number that is reduced: a product, or a random number 128 bits wider than q. */
#define WIDE_LIMBS (2 * URNE_LIMBS + 2)

/* Scratch of mpn_sec_mul and mpn_sec_div_r for these sizes: the manual bounds both by what the
 * _itch functions return, which for up to WIDE_LIMBS by URNE_LIMBS limbs is below this. */
#define SCRATCH_LIMBS (8 * WIDE_LIMBS)

static mp_size_t
q_limbs(const struct urne_group *g)
{
	return (mp_size_t)g->num_q_limbs;
}

/* Leaves the remainder of wide (n limbs, at least num_q_limbs) modulo q in *out; clears wide. */
static void
reduce(const struct urne_group *g, struct urne_secret *out, mp_limb_t *wide, mp_size_t n)
{
	mp_limb_t scratch[SCRATCH_LIMBS];

	mpn_sec_div_r(wide, n, g->q, q_limbs(g), scratch);
	memset(out, 0, sizeof(*out));
	mpn_copyi(out->v, wide, q_limbs(g));
	urne_wipe(scratch, sizeof(scratch));
	urne_wipe(wide, (size_t)n * sizeof(*wide));
}

void
urne_secret_clear(struct urne_secret *s)
{
	urne_wipe(s, sizeof(*s));
}

void
urne_secret_random(const struct urne_group *g, struct urne_secret *out, struct urne_rng *r)
{
	mp_limb_t wide[WIDE_LIMBS] = {0};
	size_t n = g->num_q_limbs + 2; /* 128 bits more than q: bias below 2^-128 */

	urne_rng_fill(r, wide, n * sizeof(*wide));
	reduce(g, out, wide, (mp_size_t)n);
}

void
urne_secret_reduce(
    const struct urne_group *g, struct urne_secret *out, const uint8_t *be, size_t len)
{
	mp_limb_t wide[WIDE_LIMBS] = {0};
	size_t n = (len + 7) / 8;

	for (size_t i = 0; i < len; i++) {
		wide[i / 8] |= (mp_limb_t)be[len - 1 - i] << (8 * (i % 8));
	}
	if (n < g->num_q_limbs) {
		n = g->num_q_limbs;
	}
	reduce(g, out, wide, (mp_size_t)n);
}

void
urne_secret_from_u64(const struct urne_group *g, struct urne_secret *out, uint64_t v)
{
	mp_limb_t wide[WIDE_LIMBS] = {0};

	wide[0] = v;
	reduce(g, out, wide, q_limbs(g));
}

void
urne_secret_from_scalar(
    const struct urne_group *g, struct urne_secret *out, const struct urne_scalar *a)
{
	(void)g;
	memcpy(out->v, a->v, sizeof(out->v));
}

void
urne_secret_add(const struct urne_group *g, struct urne_secret *out, const struct urne_secret *a,
    const struct urne_secret *b)
{
	mp_limb_t wide[WIDE_LIMBS] = {0};

	wide[q_limbs(g)] = mpn_add_n(wide, a->v, b->v, q_limbs(g));
	reduce(g, out, wide, q_limbs(g) + 1);
}

void
urne_secret_sub(const struct urne_group *g, struct urne_secret *out, const struct urne_secret *a,
    const struct urne_secret *b)
{
	mp_limb_t diff[URNE_LIMBS] = {0};
	mp_limb_t borrow = mpn_sub_n(diff, a->v, b->v, q_limbs(g));

	/* a - b + q when it went below zero */
	(void)mpn_cnd_add_n(borrow, diff, diff, g->q, q_limbs(g));
	memset(out, 0, sizeof(*out));
	mpn_copyi(out->v, diff, q_limbs(g));
	urne_wipe(diff, sizeof(diff));
}

void
urne_secret_mul(const struct urne_group *g, struct urne_secret *out, const struct urne_secret *a,
    const struct urne_secret *b)
{
	mp_limb_t product[WIDE_LIMBS] = {0};
	mp_limb_t scratch[SCRATCH_LIMBS];

	mpn_sec_mul(product, a->v, q_limbs(g), b->v, q_limbs(g), scratch);
	urne_wipe(scratch, sizeof(scratch));
	reduce(g, out, product, 2 * q_limbs(g));
}

void
urne_secret_mask(
    const struct urne_group *g, struct urne_secret *out, const struct urne_secret *s, uint64_t bit)
{
	uint64_t mask = 0 - bit;

	(void)g;
	for (size_t i = 0; i < URNE_LIMBS; i++) {
		out->v[i] = s->v[i] & mask;
	}
}

void
urne_secret_to_decimal(
    const struct urne_group *g, struct urne_buf *out, const struct urne_secret *s)
{
	urne_secret_limbs_to_decimal(out, s->v, g->num_q_limbs);
}

enum urne_err
urne_secret_from_decimal(const struct urne_group *g, struct urne_secret *out, struct urne_view text)
{
	mp_limb_t value[URNE_LIMBS + 2] = {0}, diff[URNE_LIMBS];
	mp_limb_t overflow = 0, borrow = 0;
	uint64_t bad = 0;

	urne_secret_clear(out);
	if (text.len == 0 || text.len > g->num_q_limbs * 20) {
		return URNE_ERR_SYNTAX;
	}
	for (size_t i = 0; i < text.len; i++) {
		/* value = 10 value + digit; a character that is no digit sets a bit of `bad` */
		uint64_t digit = (uint64_t)(uint8_t)text.p[i] - '0';
		bad |= digit >> 4 | (digit + 6) >> 4;
		overflow |= mpn_mul_1(value, value, q_limbs(g), 10);
		overflow |= mpn_sec_add_1(
		    value, value, q_limbs(g), digit & 15, (mp_limb_t[2 * URNE_LIMBS]){0});
	}
	bad |= (uint64_t)(text.len > 1) & (uint64_t)(text.p[0] == '0');
	borrow = mpn_sub_n(diff, value, g->q, q_limbs(g)); /* 1 when below q */
	/* whether the text is a number below q is told to the owner of the file */
	urne_declassify(&bad, sizeof(bad));
	urne_declassify(&overflow, sizeof(overflow));
	urne_declassify(&borrow, sizeof(borrow));
	if (bad == 0 && overflow == 0 && borrow == 1) {
		mpn_copyi(out->v, value, q_limbs(g));
	}
	urne_wipe(value, sizeof(value));
	urne_wipe(diff, sizeof(diff));
	if (bad != 0) {
		return URNE_ERR_SYNTAX;
	}
	return overflow != 0 || borrow != 1 ? URNE_ERR_RANGE : URNE_OK;
}

void
urne_secret_publish(
    const struct urne_group *g, struct urne_scalar *out, const struct urne_secret *s)
{
	(void)g;
	memcpy(out->v, s->v, sizeof(out->v));
	/* the protocol publishes this number; the caller says why it may */
	urne_declassify(out, sizeof(*out));
}

void
urne_secret_response(const struct urne_group *g, struct urne_scalar *out,
    const struct urne_secret *w, const struct urne_secret *x, const struct urne_scalar *c)
{
	struct urne_secret t;

	urne_secret_from_scalar(g, &t, c);
	urne_secret_mul(g, &t, x, &t);
	urne_secret_sub(g, &t, w, &t);
	/* uniform, because w is */
	urne_secret_publish(g, out, &t);
	urne_secret_clear(&t);
}
