/* SPDX-License-Identifier: EUPL-1.2 */
/* Random coefficients for equations that are checked together, and the sums of numbers times
 * coefficients that become the exponents. Public, variable time.
 * Spec: docs/soundness.md#the-batch */
#ifndef URNE_CRYPTO_WEIGHT_H
#define URNE_CRYPTO_WEIGHT_H

#include "base/bytes.h"
#include "crypto/scalar.h"
#include "crypto/sha256.h"

/* 128 bits: whoever made the equations guesses them with 2^-128. */
struct urne_coefficient {
	uint64_t v[2]; /* least significant first */
};

/* Hashes that are made at once, and each is two coefficients: a ballot of ten options takes 45. */
#define URNE_COEFFICIENT_BLOCKS 12

/* A stream of coefficients: SHA-256 of the seed, the number of the stream, and a counter. Seeds are
 * urne_public_random's, drawn after everything that is checked is fixed, and never used again. */
struct urne_coefficients {
	struct urne_hash seed;
	uint64_t stream, counter;
	struct urne_hash block[URNE_COEFFICIENT_BLOCKS];
};

void urne_coefficients_init(
    struct urne_coefficients *c, const struct urne_hash *seed, uint64_t stream);
void urne_coefficients_next(struct urne_coefficients *c, struct urne_coefficient *out);

/* A sum of products of a coefficient and a number modulo q, not reduced: room for 2^100 of them in
 * groups whose q has at most 4 limbs. Zeroed, it is 0. */
struct urne_weight {
	uint64_t v[8];
};

/* urne_weight_add: w = w + c x. urne_weight_add_times: w = w + times c x, which counts as `times`
 * products. urne_weight_sum: w = w + other. */
void urne_weight_add(
    struct urne_weight *w, const struct urne_coefficient *c, const struct urne_scalar *x);
void urne_weight_add_times(struct urne_weight *w, const struct urne_coefficient *c,
    const struct urne_scalar *x, uint64_t times);
void urne_weight_sum(struct urne_weight *w, const struct urne_weight *other);
/* urne_weight_minus: out = -w modulo q. */
void urne_weight_minus(
    const struct urne_group *g, struct urne_scalar *out, const struct urne_weight *w);

#endif
