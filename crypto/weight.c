/* SPDX-License-Identifier: EUPL-1.2 */
/* Coefficients from SHA-256 as a counter; sums of products limb by limb, reduced by GMP. */
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

/* A block gives two. */
void
urne_coefficients_next(struct urne_coefficients *c, struct urne_coefficient *out)
{
	const uint8_t *half = c->block.b + (c->counter % 2 != 0 ? 16 : 0);

	if (c->counter % 2 == 0) {
		struct counted in = {.stream = c->stream, .counter = c->counter};

		memcpy(in.seed, c->seed.b, sizeof(in.seed));
		urne_sha256_of(&c->block, (struct urne_view){(const char *)&in, sizeof(in)});
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

void
urne_weight_add(
    struct urne_weight *w, const struct urne_coefficient *c, const struct urne_scalar *x)
{
	add_row(w->v, LIMBS, c->v[0], x->v, 4);
	add_row(w->v + 1, LIMBS - 1, c->v[1], x->v, 4);
}

void
urne_weight_add_times(struct urne_weight *w, const struct urne_coefficient *c,
    const struct urne_scalar *x, uint64_t times)
{
	struct urne_weight product = {{0}};

	urne_weight_add(&product, c, x);
	add_row(w->v, LIMBS, times, product.v, 6);
}

void
urne_weight_sum(struct urne_weight *w, const struct urne_weight *other)
{
	(void)mpn_add_n(w->v, w->v, other->v, LIMBS);
}

/* Few sums fill all limbs: a division takes time for each. */
void
urne_weight_minus(const struct urne_group *g, struct urne_scalar *out, const struct urne_weight *w)
{
	mp_size_t len = LIMBS, q_len = (mp_size_t)g->num_q_limbs;
	mp_limb_t quotient[LIMBS], rest[LIMBS];

	memset(out, 0, sizeof(*out));
	while (len > q_len && w->v[len - 1] == 0) {
		len--;
	}
	mpn_tdiv_qr(quotient, rest, 0, w->v, len, g->q, q_len);
	if (mpn_zero_p(rest, q_len) == 0) {
		(void)mpn_sub_n(out->v, g->q, rest, q_len);
	}
}
