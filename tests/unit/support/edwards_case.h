/* SPDX-License-Identifier: EUPL-1.2 */
/* Points and scalars for the tests of edwards25519, and a main function that runs them over every
 * version of the code. Tests only; this includes libsodium, as nothing else outside the secret room
 * does.
 *
 * Random inputs come from one 64-bit seed, printed; URNE_TEST_SEED sets it. */
#ifndef URNE_TESTS_EDWARDS_CASE_H
#define URNE_TESTS_EDWARDS_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "crypto/vartime/edwards_bulk.h"
#include "crypto/vartime/edwards_code.h"

enum {
	EDWARDS_ROUNDS = 2000,
	EDWARDS_NUM_TORSION = 8,
	EDWARDS_NUM_EDGE = 15,
};

struct edwards_rng {
	uint8_t key[randombytes_SEEDBYTES];
};

struct edwards_scalar {
	uint64_t k[4];
};

/* The version of the code that is tested. */
extern const struct urne_edwards_code *edwards_code;

/* The same of the versions for very many points; edwards_code is then the fastest. */
extern const struct urne_edwards_bulk *edwards_bulk;

/* 0, 1, 2, q - 1, q, q + 1, 8q, 2^255 and around, 2^256 - 1 and others close to the top, and
 * runs of ones, which carry the furthest. */
extern const struct edwards_scalar edwards_edge[EDWARDS_NUM_EDGE];

/* Multiples, and sums of two; B is the base point: k p, a p + b q, a B, a B + b q. */
void edwards_mul(struct urne_edwards *out, const struct urne_edwards *p, const uint64_t k[4]);
void edwards_mul2(struct urne_edwards *out, const struct urne_edwards *p, const uint64_t a[4],
    const struct urne_edwards *q, const uint64_t b[4]);
void edwards_mul_base(struct urne_edwards *out, const uint64_t a[4]);
void edwards_mul2_base(struct urne_edwards *out, const uint64_t a[4], const struct urne_edwards *q,
    const uint64_t b[4]);
bool edwards_in_subgroup(const struct urne_edwards *p);
void edwards_rng_init(struct edwards_rng *g, uint8_t stream);
/* edwards_rng_bytes: the next `len` bytes; the key moves on. len <= 256. */
void edwards_rng_bytes(struct edwards_rng *g, void *out, size_t len);
/* edwards_random_scalar: uniform below 2^256, or every fourth time one of the edges. */
struct edwards_scalar edwards_random_scalar(struct edwards_rng *g);
/* edwards_random_bytes: the encoding of a random point of the subgroup, made by libsodium. */
void edwards_random_bytes(struct edwards_rng *g, uint8_t out[32]);
struct urne_edwards edwards_decode(const uint8_t in[32]);
/* edwards_random_point: a point of the subgroup with Z != 1 and T to match, because it is a sum. */
struct urne_edwards edwards_random_point(struct edwards_rng *g);
/* edwards_torsion: t[i] = i T, T of order 8, by additions only. */
void edwards_torsion(struct urne_edwards t[EDWARDS_NUM_TORSION]);
/* assert_sound: p satisfies the curve equation, T Z = X Y, and Z != 0. */
void assert_sound(const struct urne_edwards *p);
void assert_same(const struct urne_edwards *p, const struct urne_edwards *q);

/* edwards_case_begin starts libsodium and the generator; false when it cannot. */
bool edwards_case_begin(void);
/* edwards_case_next sets edwards_code to the next version that this processor runs and returns its
 * name, or NULL after the last. */
const char *edwards_case_next(void);
/* edwards_bulk_next: the same for edwards_bulk. Both say which versions are not tried, because this
 * processor does not run them. */
const char *edwards_bulk_next(void);

#endif
