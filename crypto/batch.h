/* SPDX-License-Identifier: EUPL-1.2 */
/* Hints, and equations that are checked together, in the Ed25519 group. For a point P of a ballot
 * the hint is Q with 8 Q = P: who has it needs no decompression, no test of the subgroup, and no
 * multiple of its own. Nobody is believed: 8 Q is computed, and its encoding is what is compared or
 * hashed. Public data, variable time. Spec: docs/soundness.md, docs/formats.md#hints */
#ifndef URNE_CRYPTO_BATCH_H
#define URNE_CRYPTO_BATCH_H

#include "base/pool.h"
#include "crypto/proof.h"
#include "crypto/vartime/edwards.h"
#include "crypto/weight.h"

/* urne_hints_serve: whether elements of this group have hints. */
bool urne_hints_serve(const struct urne_group *g);

/* x and y of Q, 32 bytes each, least significant first. */
#define URNE_HINT_LEN ((size_t)64)

/* Of 8 Q, as urne_group_ops.to_bytes gives it. */
#define URNE_ENCODING_LEN ((size_t)32)

/* What lists of hints have in common: how many they are, of how many of them, from the first on, 8
 * Q is wanted as an element, and what sums of hints are: sum s is of those that addend[end[s - 1]]
 * to addend[end[s] - 1] name, from addend[0] on for s = 0. */
struct urne_hint_shape {
	size_t num, num_elems, num_sums;
	const size_t *addend, *end;
};

/* A list of hints Q, and what becomes of it: Q, and 8 Q, which is a member of the group whatever Q
 * is. */
struct urne_hint_list {
	const uint8_t *hints;
	struct urne_edwards_opened *q;
	uint8_t (*encoding)[URNE_ENCODING_LEN]; /* of 8 Q, and then of 8 times each sum */
	struct urne_elem *elem;			/* num_elems of them */
};

/* Lists that are opened together. */
#define URNE_HINT_LISTS ((size_t)8)

/* urne_hints_room: what opening needs to work in, to be freed; NULL without memory. */
void *urne_hints_room(void);
/* urne_hints_open opens num lists, at most URNE_HINT_LISTS. False, when one hint is no point of the
 * curve in its only form; then nothing that was made of any list is to be used. One inversion
 * serves hundreds of hints, and vectors are full, whatever list a hint is from. */
bool urne_hints_open(const struct urne_hint_list *lists, size_t num,
    const struct urne_hint_shape *shape, void *room) URNE_MUST_USE;
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
    const struct urne_batch_sum *const sums[], size_t num, struct urne_pool *pool) URNE_MUST_USE;

#endif
