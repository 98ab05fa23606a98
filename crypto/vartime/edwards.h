/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: the group of edwards25519 for whoever verifies: fast, exact, on public points.
 *
 * Variable time, PUBLIC DATA ONLY: branches, table indices and loop counts follow the inputs,
 * in every function here whatever its name. It must never be linked into encryption,
 * decryption or anything that touches a key.
 *
 * The curve is -x^2 + y^2 = 1 + d x^2 y^2 over GF(2^255 - 19), of order 8q. All functions are
 * right for all of its 8q points, torsion and identity included: -1 is a square and d is not,
 * so the addition law has no exception. Scalars are integers, never reduced modulo q, because
 * q P is not the identity when P has a component of torsion.
 *
 * Every output may be the same object as any input, except in urne_edwards_compress_batch. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_H
#define URNE_CRYPTO_VARTIME_EDWARDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "crypto/vartime/fe51.h"

/* A point x = X/Z, y = Y/Z, with T = XY/Z and Z not 0. All four are R in the sense of fe51.h.
 * A public value, copied with `=`. Only the functions below make points: a zeroed struct is
 * not one, and their promises do not cover it. */
struct urne_edwards {
	struct urne_fe X, Y, Z, T;
};

/* urne_edwards_identity: out = (0, 1). */
void urne_edwards_identity(struct urne_edwards *out);

/* urne_edwards_base: out = B, the base point of RFC 8032, of order q. */
void urne_edwards_base(struct urne_edwards *out);

/* urne_edwards_add: out = p + q, for any two points, equal, opposite or not. */
void urne_edwards_add(
    struct urne_edwards *out, const struct urne_edwards *p, const struct urne_edwards *q);

/* urne_edwards_neg: out = -p. */
void urne_edwards_neg(struct urne_edwards *out, const struct urne_edwards *p);

/* urne_edwards_double: out = 2 p. */
void urne_edwards_double(struct urne_edwards *out, const struct urne_edwards *p);

/* urne_edwards_equal: are p and q the same point, whatever their coordinates? Points that
 * differ by torsion are not equal. */
bool urne_edwards_equal(const struct urne_edwards *p, const struct urne_edwards *q);

/* urne_edwards_is_identity: is p = (0, 1)? */
bool urne_edwards_is_identity(const struct urne_edwards *p);

/* urne_edwards_in_subgroup_vartime: is q p the identity? Exact: it multiplies by q. True for
 * the identity; false for every other point of torsion and for every sum with one. */
bool urne_edwards_in_subgroup_vartime(const struct urne_edwards *p);

/* urne_edwards_decompress: is `in` the encoding of a point? If so, *out is that point; if not,
 * *out is the identity. Exactly one encoding is accepted for each point of the curve: y >= p is
 * refused, and so is x = 0 with the sign bit set. RFC 8032, section 5.1.3.
 * It does NOT check the subgroup. */
bool urne_edwards_decompress(struct urne_edwards *out, const uint8_t in[32])
    __attribute__((warn_unused_result));

/* urne_edwards_compress: out = the encoding of p. RFC 8032, section 5.1.2. */
void urne_edwards_compress(uint8_t out[32], const struct urne_edwards *p);

/* urne_edwards_compress_batch: out[i] = the encoding of in[i], for i < num, with one inversion
 * for many points. `out` and `in` must not overlap. num = 0 does nothing, and then both may be
 * NULL. */
void urne_edwards_compress_batch(uint8_t (*out)[32], const struct urne_edwards *in, size_t num);

/* The multiplications. A scalar is four limbs of 64 bits, least significant first: any integer
 * in [0, 2^256), used as it is. */

/* urne_edwards_mul_vartime: out = k p. */
void urne_edwards_mul_vartime(
    struct urne_edwards *out, const struct urne_edwards *p, const uint64_t k[4]);

/* urne_edwards_mul2_vartime: out = a p + b q. */
void urne_edwards_mul2_vartime(struct urne_edwards *out, const struct urne_edwards *p,
    const uint64_t a[4], const struct urne_edwards *q, const uint64_t b[4]);

/* urne_edwards_mul_base_vartime: out = a B. */
void urne_edwards_mul_base_vartime(struct urne_edwards *out, const uint64_t a[4]);

/* urne_edwards_mul2_base_vartime: out = a B + b q. */
void urne_edwards_mul2_base_vartime(struct urne_edwards *out, const uint64_t a[4],
    const struct urne_edwards *q, const uint64_t b[4]);

#endif
