/* SPDX-License-Identifier: EUPL-1.2 */
/* Coefficients from SHA-256 as a counter, sums of products with GMP's limbs. */
#include "crypto/weight.h"

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
	uint64_t x = 0;

	for (size_t i = 0; i < 8; i++) {
		x = x << 8 | in[i];
	}
	return x;
}

/* A block gives two. Seed, stream and counter are of fixed length, so that no two hashes are of the
 * same bytes. */
void
urne_coefficients_next(struct urne_coefficients *c, struct urne_coefficient *out)
{
	const uint8_t *half = c->block.b + (c->counter % 2 != 0 ? 16 : 0);
	struct urne_sha256 h;

	if (c->counter % 2 == 0) {
		urne_sha256_init(&h);
		urne_sha256_put(&h, c->seed.b, sizeof(c->seed.b));
		urne_sha256_put(&h, &c->stream, sizeof(c->stream));
		urne_sha256_put(&h, &c->counter, sizeof(c->counter));
		urne_sha256_final(&h, &c->block);
	}
	out->v[0] = word(half);
	out->v[1] = word(half + 8);
	c->counter++;
}

void
urne_weight_add(
    struct urne_weight *w, const struct urne_coefficient *c, const struct urne_scalar *x)
{
	for (size_t i = 0; i < 2; i++) {
		mp_limb_t carry = mpn_addmul_1(w->v + i, x->v, 4, c->v[i]);

		(void)mpn_add_1(w->v + i + 4, w->v + i + 4, (mp_size_t)(LIMBS - 4 - i), carry);
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
	mp_limb_t quotient[LIMBS];
	struct urne_scalar zero = {{0}}, rest = {{0}};

	mpn_tdiv_qr(quotient, rest.v, 0, w->v, LIMBS, g->q, (mp_size_t)g->num_q_limbs);
	urne_scalar_sub(g, out, &zero, &rest);
}
