/* SPDX-License-Identifier: EUPL-1.2 */
/* Hints, and equations that are checked together, in the Ed25519 group. For a point P of a ballot
 * the hint is Q with 8 Q = P: who has it needs no decompression, no test of the subgroup, and no
 * multiple of its own. Nobody is believed: 8 Q is computed, and its encoding is what is compared or
 * hashed. Public data, variable time. Spec: docs/soundness.md, docs/formats.md#hints */
#ifndef URNE_CRYPTO_BATCH_H
#define URNE_CRYPTO_BATCH_H

#include "crypto/proof.h"
#include "crypto/vartime/edwards.h"
#include "crypto/weight.h"

/* urne_hints_serve: whether elements of this group have hints. */
bool urne_hints_serve(const struct urne_group *g);

/* x and y of Q, 32 bytes each, least significant first. */
#define URNE_HINT_LEN ((size_t)64)

/* urne_hints_open: out[i] = 8 Q, a member of the group whatever Q is, and q[i] = Q, for num hints.
 * False, when one is no point of the curve in its only form; then `out` is not to be used. */
bool urne_hints_open(struct urne_elem *out, struct urne_edwards_opened *q, const uint8_t *hints,
    size_t num) URNE_MUST_USE;
/* urne_hints_write writes the hints of num elements that are eighths already; they are normalised.
 */
void urne_hints_write(uint8_t *out, struct urne_elem *q, size_t num);
/* urne_eighth: 1/8 modulo q. */
void urne_eighth(struct urne_scalar *out);

/* A sum that is the identity when equations hold: 8 times the sum of weight[i] point[i], times g to
 * the power `g` and y to the power `y`. */
struct urne_batch_sum {
	struct urne_edwards_opened *point;
	uint64_t (*weight)[4];
	size_t num;
	struct urne_scalar g, y;
};

/* urne_batch_holds: whether the product of num sums is the identity. The weights are used up.
 * URNE_ERR_MEMORY; then *holds is false. */
enum urne_err urne_batch_holds(bool *holds, const struct urne_bases *bases,
    const struct urne_batch_sum *const sums[], size_t num, size_t num_threads) URNE_MUST_USE;

#endif
