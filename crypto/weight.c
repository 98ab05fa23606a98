/* SPDX-License-Identifier: EUPL-1.2 */
/* Coefficients from SHA-256 as a counter; sums of products limb by limb. */
#include "crypto/weight.h"

#include <endian.h>
#include <gmp.h>
#include <string.h>

#include "crypto/group.h"

#define LIMBS (sizeof(((struct urne_weight *)NULL)->v) / sizeof(uint64_t))

void
urne_coefficients_init(struct urne_coefficients *c, const struct urne_hash *seed, uint64_t stream)
{
	*c = (struct urne_coefficients){.seed = *seed, .stream = stream};
}

static uint64_t
word(const uint8_t in[8])
{
	uint64_t x;

	memcpy(&x, in, sizeof(x));
	return be64toh(x);
}

/* What is hashed. All of fixed length, so that no two hashes are of the same bytes, and of less
 * than 56 bytes, so that each takes one block. */
struct counted {
	uint8_t seed[URNE_HASH_LEN];
	uint64_t stream, counter;
};
_Static_assert(sizeof(struct counted) == URNE_HASH_LEN + 16, "no padding is hashed");

#define EACH	((size_t)2)
#define AT_ONCE (EACH * URNE_COEFFICIENT_BLOCKS)

/* more: the blocks of the next coefficients, which are hashed beside each other. */
static void
more(struct urne_coefficients *c)
{
	struct counted in[URNE_COEFFICIENT_BLOCKS];
	struct urne_view text[URNE_COEFFICIENT_BLOCKS];

	for (size_t i = 0; i < URNE_COEFFICIENT_BLOCKS; i++) {
		in[i].stream = c->stream;
		in[i].counter = c->counter + EACH * i;
		memcpy(in[i].seed, c->seed.b, sizeof(in[i].seed));
		text[i] = (struct urne_view){(const char *)&in[i], sizeof(in[i])};
	}
	urne_sha256_of_many(c->block, text, URNE_COEFFICIENT_BLOCKS);
}

void
urne_coefficients_next(struct urne_coefficients *c, struct urne_coefficient *out)
{
	size_t i = c->counter % AT_ONCE;
	const uint8_t *half = c->block[i / EACH].b + i % EACH * sizeof(out->v);

	if (i == 0) {
		more(c);
	}
	out->v[0] = word(half);
	out->v[1] = word(half + 8);
	c->counter++;
}

__extension__ typedef unsigned __int128 u128;

/* add_row: w = w + c x, for one limb c and n limbs x; a carry goes as far as it has to. */
static inline void
add_row(uint64_t *w, size_t w_len, uint64_t c, const uint64_t *x, size_t n)
{
	uint64_t carry = 0;

	for (size_t i = 0; i < n; i++) {
		u128 t = (u128)c * x[i] + w[i] + carry;

		w[i] = (uint64_t)t;
		carry = (uint64_t)(t >> 64);
	}
	for (size_t i = n; carry != 0 && i < w_len; i++) {
		w[i] += carry;
		carry = w[i] < carry ? 1 : 0;
	}
}

/* step: one limb of a row of a product that is added to what is there; it always fits. */
static inline u128
step(uint64_t a, uint64_t b, uint64_t there, u128 before)
{
	return (u128)a * b + there + (uint64_t)(before >> 64);
}

/* add_product: w = w + c x. Written out: it is most of the work on weights, and compilers keep it
 * in registers only so. */
static inline void
add_product(uint64_t w[LIMBS], const uint64_t c[2], const uint64_t x[4])
{
	u128 t0 = step(c[0], x[0], w[0], 0);
	u128 t1 = step(c[0], x[1], w[1], t0);
	u128 t2 = step(c[0], x[2], w[2], t1);
	u128 t3 = step(c[0], x[3], w[3], t2);
	u128 s1 = step(c[1], x[0], (uint64_t)t1, 0);
	u128 s2 = step(c[1], x[1], (uint64_t)t2, s1);
	u128 s3 = step(c[1], x[2], (uint64_t)t3, s2);
	/* what the first row carries goes where the second one is next */
	u128 w4 = (u128)w[4] + (uint64_t)(t3 >> 64);
	u128 s4 = step(c[1], x[3], (uint64_t)w4, s3);
	u128 w5 = (u128)w[5] + (uint64_t)(s4 >> 64) + (uint64_t)(w4 >> 64);
	u128 w6 = (u128)w[6] + (uint64_t)(w5 >> 64);

	w[0] = (uint64_t)t0;
	w[1] = (uint64_t)s1;
	w[2] = (uint64_t)s2;
	w[3] = (uint64_t)s3;
	w[4] = (uint64_t)s4;
	w[5] = (uint64_t)w5;
	w[6] = (uint64_t)w6;
	w[7] += (uint64_t)(w6 >> 64);
}

void
urne_weight_add(
    struct urne_weight *w, const struct urne_coefficient *c, const struct urne_scalar *x)
{
	add_product(w->v, c->v, x->v);
}

void
urne_weight_add_times(struct urne_weight *w, const struct urne_coefficient *c,
    const struct urne_scalar *x, uint64_t times)
{
	struct urne_weight product = {{0}};

	if (times > 0) {
		add_product(product.v, c->v, x->v);
		add_row(w->v, LIMBS, times, product.v, 6);
	}
}

void
urne_weight_sum(struct urne_weight *w, const struct urne_weight *other)
{
	(void)mpn_add_n(w->v, w->v, other->v, LIMBS);
}

void
urne_weight_minus(const struct urne_group *g, struct urne_scalar *out, const struct urne_weight *w)
{
	const mp_size_t q_limbs = (mp_size_t)g->num_q_limbs;

	urne_scalar_reduce(g, out, w->v, LIMBS);
	if (mpn_zero_p(out->v, q_limbs) == 0) {
		(void)mpn_sub_n(out->v, g->q, out->v, q_limbs);
	}
}
