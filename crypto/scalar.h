/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers modulo the group order q, public. Variable time. Secrets are another type
 * (crypto/secret/secret.h). Values are always reduced. */
#ifndef URNE_CRYPTO_SCALAR_H
#define URNE_CRYPTO_SCALAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"

/* 2048 bits, little-endian limbs; groups with a smaller q leave the rest zero. */
#define URNE_LIMBS 32

/* 617 digits of a 2048-bit number, and some room. */
#define URNE_TEXT_MAX ((size_t)640)

struct urne_group;

struct urne_scalar {
	uint64_t v[URNE_LIMBS];
};

/* urne_scalar_decode reads the text form: decimal, no leading zeros (URNE_ERR_SYNTAX), below q
 * (URNE_ERR_RANGE). Spec: docs/protocol.md#text-forms */
enum urne_err urne_scalar_decode(
    const struct urne_group *g, struct urne_scalar *out, struct urne_view text) URNE_MUST_USE;
/* urne_scalar_encode writes the text form (no NUL) and returns its length. */
size_t urne_scalar_encode(
    const struct urne_group *g, char out[URNE_TEXT_MAX], const struct urne_scalar *a);

/* urne_scalar_reduce: the remainder of n limbs modulo q, n <= 2 * URNE_LIMBS. `a` is no part of
 * *out. */
void urne_scalar_reduce(
    const struct urne_group *g, struct urne_scalar *out, const uint64_t *a, size_t n);
void urne_scalar_from_u64(const struct urne_group *g, struct urne_scalar *out, uint64_t v);
/* urne_scalar_from_hash: the hash as a 256-bit big-endian number, modulo q. */
void urne_scalar_from_hash(
    const struct urne_group *g, struct urne_scalar *out, const struct urne_hash *h);
void urne_scalar_add(const struct urne_group *g, struct urne_scalar *out,
    const struct urne_scalar *a, const struct urne_scalar *b);
void urne_scalar_sub(const struct urne_group *g, struct urne_scalar *out,
    const struct urne_scalar *a, const struct urne_scalar *b);
void urne_scalar_mul(const struct urne_group *g, struct urne_scalar *out,
    const struct urne_scalar *a, const struct urne_scalar *b);
/* urne_scalar_inv: a must not be zero (the result is zero then); q is prime. */
void urne_scalar_inv(
    const struct urne_group *g, struct urne_scalar *out, const struct urne_scalar *a);
bool urne_scalar_eq(const struct urne_scalar *a, const struct urne_scalar *b);
bool urne_scalar_is_zero(const struct urne_scalar *a);

#endif
