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
 * Every output may be the same object as any input, where nothing else is said. */
#ifndef URNE_CRYPTO_VARTIME_EDWARDS_H
#define URNE_CRYPTO_VARTIME_EDWARDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A point x = X/Z, y = Y/Z, with T = XY/Z and Z not 0. Each is a number below 2^256, four limbs,
 * least significant first, modulo 2^255 - 19. A public value, copied with `=`. Only the functions
 * below make points: a zeroed struct is not one, and their promises do not cover it. */
struct urne_edwards {
	uint64_t X[4], Y[4], Z[4], T[4];
};

/* What it takes to add the point (x, y): y + x, y - x, 2dxy. */
struct urne_edwards_affine {
	uint64_t sum[4], diff[4], t2d[4];
};

/* A point that a hint gave, ready to be added many times, in the form that the version of the code
 * wants which opened it. 128 bytes. */
struct urne_edwards_opened {
	union {
		struct urne_edwards_affine affine;
		uint64_t lanes[16];
	};
};

#define URNE_EDWARDS_PLACES    33
#define URNE_EDWARDS_MULTIPLES 128

#define URNE_EDWARDS_OPENED_PLACES    37
#define URNE_EDWARDS_OPENED_MULTIPLES 64

/* A table of one point p, 405,504 bytes: multiple[i][d - 1] is d 256^i p; where there are vectors,
 * opened[i][d - 1] is d 128^i p, and the rest is of no interest. */
struct urne_edwards_table {
	union {
		struct urne_edwards_affine multiple[URNE_EDWARDS_PLACES][URNE_EDWARDS_MULTIPLES];
		struct urne_edwards_opened opened[URNE_EDWARDS_OPENED_PLACES]
						 [URNE_EDWARDS_OPENED_MULTIPLES];
	};
};

/* The most terms of a sum. */
#define URNE_EDWARDS_TERMS 2

/* A sum r + k[j] p_j for j < num <= URNE_EDWARDS_TERMS, of points that have tables. */
struct urne_edwards_table_sum {
	struct urne_edwards r; /* becomes the sum */
	const struct urne_edwards_table *table[URNE_EDWARDS_TERMS];
	const uint64_t *k[URNE_EDWARDS_TERMS];
	size_t num;
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

/* urne_edwards_decompress_many: the same for num encodings; ok[i] says of each whether it is one.
 * With vectors, eight together cost a third. */
void urne_edwards_decompress_many(
    struct urne_edwards *out, bool *ok, const uint8_t (*in)[32], size_t num);

/* urne_edwards_compress: out = the encoding of p. RFC 8032, section 5.1.2. An inversion, unless p
 * was decompressed or normalised. */
void urne_edwards_compress(uint8_t out[32], const struct urne_edwards *p);

/* urne_edwards_normalise: the same points, written so that compressing them takes no inversion: one
 * inversion for many. num = 0 does nothing, and then `points` may be NULL. */
void urne_edwards_normalise(struct urne_edwards *points, size_t num);

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

/* The most multiples of one point that are made together. */
#define URNE_EDWARDS_MANY 5

/* The scalars of urne_edwards_mul_many_vartime are below 2^URNE_EDWARDS_MANY_BITS, as numbers
 * modulo q are, and q. */
#define URNE_EDWARDS_MANY_BITS 253

/* A point, and its multiples: out[j] = k[j] p, for j < num <= URNE_EDWARDS_MANY. */
struct urne_edwards_multiples {
	struct urne_edwards p;
	const uint64_t *k[URNE_EDWARDS_MANY]; /* four limbs each */
	size_t num;
	struct urne_edwards out[URNE_EDWARDS_MANY];
};

/* urne_edwards_mul_many_vartime: all multiples of num points. Of one point, two cost less than one
 * and a half of one, three less than twice; and with vectors, eight points together cost much less
 * than eight times one. num = 0 does nothing. */
void urne_edwards_mul_many_vartime(struct urne_edwards_multiples *points, size_t num);

/* urne_edwards_order: q, the order of B, as a scalar. */
extern const uint64_t urne_edwards_order[4];

/* urne_edwards_table_make: the table of p. About as much work as 40 multiplications. */
void urne_edwards_table_make(struct urne_edwards_table *out, const struct urne_edwards *p);

/* urne_edwards_table_sums_vartime: num sums, each k below 2^URNE_EDWARDS_MANY_BITS. A term takes a
 * tenth of urne_edwards_mul_vartime; with vectors, less when there are several sums. */
void urne_edwards_table_sums_vartime(struct urne_edwards_table_sum *sums, size_t num);

#endif
