/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: every version of edwards25519 in crypto/vartime agrees with libsodium where libsodium
 * has an answer, and with the definitions where it has none: torsion, strict encodings, scalars up
 * to 2^256 - 1. Variable time, public data only, never to be linked into encryption or keys.
 *
 * Random inputs come from one 64-bit seed, printed; URNE_TEST_SEED sets it. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>
#if defined(__x86_64__)
#include <sys/platform/x86.h>
#endif

#include "crypto/vartime/edwards_code.h"
#include "crypto/vartime/fe51.h"

enum {
	ROUNDS = 2000,
	NUM_TORSION = 8,
	NUM_EDGE = 15,
};

struct rng {
	uint8_t key[randombytes_SEEDBYTES];
};

struct scalar {
	uint64_t k[4];
};

/* A generator of the torsion subgroup, of order 8. */
static const uint8_t torsion_8[32] = {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c,
    0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7,
    0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a};

/* 0, 1, 2, q - 1, q, q + 1, 8q, 2^255 and around, 2^256 - 1 and others close to the top, and
 * runs of ones, which carry the furthest. */
static const struct scalar edge[NUM_EDGE] = {
    {{0, 0, 0, 0}},
    {{1, 0, 0, 0}},
    {{2, 0, 0, 0}},
    {{0x5812631a5cf5d3ec, 0x14def9dea2f79cd6, 0, 0x1000000000000000}},
    {{0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000}},
    {{0x5812631a5cf5d3ee, 0x14def9dea2f79cd6, 0, 0x1000000000000000}},
    {{0xc09318d2e7ae9f68, 0xa6f7cef517bce6b2, 0, 0x8000000000000000}},
    {{UINT64_MAX, UINT64_MAX, UINT64_MAX, 0x7fffffffffffffff}},
    {{0, 0, 0, 0x8000000000000000}},
    {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}},
    {{UINT64_MAX - 1, UINT64_MAX, UINT64_MAX, UINT64_MAX}},
    {{0, 0, 0, UINT64_MAX}},
    {{0, 0, 0, 0xf800000000000000}},
    {{0xfffffffffffffff0, 0xf, 0, 0xff00000000000000}},
    {{UINT64_MAX, 0, UINT64_MAX, 0xff}},
};

static uint64_t first_seed;

/* The version of the code that is tested: main runs every test with each. */
static const struct urne_edwards_code *code;

static void
mul(struct urne_edwards *out, const struct urne_edwards *p, const uint64_t k[4])
{
	const struct urne_edwards_term term = {p, k};

	code->sum(out, &term, 1);
}

static void
mul2(struct urne_edwards *out, const struct urne_edwards *p, const uint64_t a[4],
    const struct urne_edwards *q, const uint64_t b[4])
{
	const struct urne_edwards_term term[2] = {{p, a}, {q, b}};

	code->sum(out, term, 2);
}

static void
mul_base(struct urne_edwards *out, const uint64_t a[4])
{
	mul(out, NULL, a);
}

static void
mul2_base(struct urne_edwards *out, const uint64_t a[4], const struct urne_edwards *q,
    const uint64_t b[4])
{
	mul2(out, NULL, a, q, b);
}

static bool
in_subgroup(const struct urne_edwards *p)
{
	struct urne_edwards t;

	mul(&t, p, urne_edwards_order);
	return code->is_identity(&t);
}

static void
rng_init(struct rng *g, uint8_t stream)
{
	memset(g, 0, sizeof(*g));
	memcpy(g->key, &first_seed, sizeof(first_seed));
	g->key[8] = stream;
}

/* rng_bytes: the next `len` bytes; the key moves on. len <= 256. */
static void
rng_bytes(struct rng *g, void *out, size_t len)
{
	uint8_t buf[randombytes_SEEDBYTES + 256];

	assert_true(len <= 256);
	randombytes_buf_deterministic(buf, sizeof(buf), g->key);
	memcpy(g->key, buf, sizeof(g->key));
	memcpy(out, buf + sizeof(g->key), len);
}

/* random_scalar: uniform below 2^256, or every fourth time one of the edges. */
static struct scalar
random_scalar(struct rng *g)
{
	struct scalar s;
	uint8_t choice[2];

	rng_bytes(g, choice, sizeof(choice));
	if (choice[0] % 4 == 0) {
		return edge[choice[1] % NUM_EDGE];
	}
	rng_bytes(g, &s, sizeof(s));
	return s;
}

/* random_bytes_point: the encoding of a random point of the subgroup, made by libsodium. */
static void
random_bytes_point(struct rng *g, uint8_t out[32])
{
	uint8_t r[32];

	rng_bytes(g, r, sizeof(r));
	assert_int_equal(crypto_core_ed25519_from_uniform(out, r), 0);
}

static struct urne_edwards
decode(const uint8_t in[32])
{
	struct urne_edwards p;

	assert_true(code->decompress(&p, in));
	return p;
}

/* random_point: the same point, with Z != 1 and T to match, because it is a sum. */
static struct urne_edwards
random_point(struct rng *g)
{
	uint8_t a[32], b[32];
	struct urne_edwards p, q;

	random_bytes_point(g, a);
	random_bytes_point(g, b);
	p = decode(a);
	q = decode(b);
	code->add(&p, &p, &q);
	return p;
}

/* torsion: t[i] = i T, T of order 8, by additions only. */
static void
torsion(struct urne_edwards t[NUM_TORSION])
{
	struct urne_edwards one = decode(torsion_8);

	urne_edwards_identity(&t[0]);
	for (size_t i = 1; i < NUM_TORSION; i++) {
		code->add(&t[i], &t[i - 1], &one);
	}
}

/* assert_sound: p satisfies the curve equation, T Z = X Y, and Z != 0. */
static void
assert_sound(const struct urne_edwards *p)
{
	uint8_t bytes[32], again[32];
	struct urne_fe x, y, z, t, a, b;
	struct urne_edwards q;

	urne_fe_from_limbs(&x, p->X);
	urne_fe_from_limbs(&y, p->Y);
	urne_fe_from_limbs(&z, p->Z);
	urne_fe_from_limbs(&t, p->T);
	assert_false(urne_fe_is_zero(&z));
	urne_fe_mul(&a, &x, &y);
	urne_fe_mul(&b, &z, &t);
	assert_true(urne_fe_equal(&a, &b));
	code->compress(bytes, p);
	q = decode(bytes);
	assert_true(code->equal(p, &q));
	code->compress(again, &q);
	assert_memory_equal(bytes, again, 32);
}

static void
assert_same(const struct urne_edwards *p, const struct urne_edwards *q)
{
	uint8_t a[32], b[32];

	assert_sound(p);
	assert_true(code->equal(p, q));
	code->compress(a, p);
	code->compress(b, q);
	assert_memory_equal(a, b, 32);
}

/* slow_mul: out = k p, one bit at a time, by additions only: the definition. */
static struct urne_edwards
slow_mul(const struct urne_edwards *p, const struct scalar *s)
{
	struct urne_edwards r;

	urne_edwards_identity(&r);
	for (unsigned i = 256; i-- > 0;) {
		code->add(&r, &r, &r);
		if ((s->k[i / 64] >> (i % 64) & 1) != 0) {
			code->add(&r, &r, p);
		}
	}
	return r;
}

/* sodium_mul: out = (k mod q) p by libsodium, for p in the subgroup and not the identity. */
static void
sodium_mul(uint8_t out[32], const struct scalar *s, const uint8_t p[32])
{
	uint8_t wide[64] = {0}, k[32];
	static const uint8_t identity[32] = {1};

	memcpy(wide, s->k, 32); /* this test runs on little-endian machines */
	crypto_core_ed25519_scalar_reduce(k, wide);
	if (sodium_is_zero(k, sizeof(k))) {
		memcpy(out, identity, 32);
		return;
	}
	assert_int_equal(crypto_scalarmult_ed25519_noclamp(out, k, p), 0);
}

static void
base_point_is_libsodiums(void **state)
{
	static const uint8_t one[32] = {1};
	uint8_t theirs[32], ours[32];
	struct urne_edwards b;

	(void)state;
	assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(theirs, one), 0);
	code->base(&b);
	assert_sound(&b);
	code->compress(ours, &b);
	assert_memory_equal(ours, theirs, 32);
	assert_true(in_subgroup(&b));
}

static void
addition_agrees_with_libsodium(void **state)
{
	struct rng g;

	(void)state;
	rng_init(&g, 3);
	for (int i = 0; i < ROUNDS; i++) {
		uint8_t a[32], b[32], theirs[32], ours[32];
		struct urne_edwards p, q, r;

		random_bytes_point(&g, a);
		random_bytes_point(&g, b);
		p = decode(a);
		q = decode(b);
		code->add(&r, &p, &q);
		assert_sound(&r);
		code->compress(ours, &r);
		assert_int_equal(crypto_core_ed25519_add(theirs, a, b), 0);
		assert_memory_equal(ours, theirs, 32);

		code->neg(&q, &q);
		code->add(&r, &p, &q);
		code->compress(ours, &r);
		assert_int_equal(crypto_core_ed25519_sub(theirs, a, b), 0);
		assert_memory_equal(ours, theirs, 32);

		code->twice(&r, &p);
		assert_sound(&r);
		code->compress(ours, &r);
		assert_int_equal(crypto_core_ed25519_add(theirs, a, a), 0);
		assert_memory_equal(ours, theirs, 32);
	}
}

static void
addition_has_no_exceptional_case(void **state)
{
	struct rng g;
	struct urne_edwards o, p, n, r, d, t[NUM_TORSION];

	(void)state;
	rng_init(&g, 4);
	urne_edwards_identity(&o);
	code->twice(&r, &o);
	assert_true(code->is_identity(&r));
	code->add(&r, &o, &o);
	assert_true(code->is_identity(&r));
	code->neg(&r, &o);
	assert_true(code->is_identity(&r));
	torsion(t);
	for (size_t i = 0; i < NUM_TORSION; i++) {
		for (size_t j = 0; j < NUM_TORSION; j++) {
			code->add(&r, &t[i], &t[j]);
			assert_same(&r, &t[(i + j) % NUM_TORSION]);
		}
		p = random_point(&g);
		code->add(&p, &p, &t[i]);
		code->add(&r, &p, &o);
		assert_same(&r, &p);
		code->add(&r, &o, &p);
		assert_same(&r, &p);
		code->neg(&n, &p);
		code->add(&r, &p, &n);
		assert_sound(&r);
		assert_true(code->is_identity(&r));
		assert_false(code->equal(&p, &n));
		code->twice(&d, &p);
		code->add(&r, &p, &p);
		assert_same(&d, &r);
	}
}

static void
outputs_may_alias_inputs(void **state)
{
	struct rng g;
	struct urne_edwards p, q, r, x;
	struct scalar a, b;

	(void)state;
	rng_init(&g, 5);
	p = random_point(&g);
	q = random_point(&g);
	a = random_scalar(&g);
	b = random_scalar(&g);
	code->add(&r, &p, &q);
	x = p;
	code->add(&x, &x, &q);
	assert_same(&x, &r);
	x = q;
	code->add(&x, &p, &x);
	assert_same(&x, &r);
	mul2(&r, &p, a.k, &q, b.k);
	x = p;
	mul2(&x, &x, a.k, &q, b.k);
	assert_same(&x, &r);
	mul2_base(&r, a.k, &q, b.k);
	x = q;
	mul2_base(&x, a.k, &x, b.k);
	assert_same(&x, &r);
}

static void
multiplications_agree_with_libsodium(void **state)
{
	struct rng g;
	struct urne_edwards base;

	(void)state;
	rng_init(&g, 6);
	code->base(&base);
	for (int i = 0; i < ROUNDS; i++) {
		uint8_t p[32], q[32], b[32], ap[32], bq[32], ab[32], theirs[32], ours[32];
		struct scalar x = random_scalar(&g), y = random_scalar(&g);
		struct urne_edwards r, dp, dq;

		random_bytes_point(&g, p);
		random_bytes_point(&g, q);
		code->compress(b, &base);
		dp = decode(p);
		dq = decode(q);
		sodium_mul(ap, &x, p);
		sodium_mul(bq, &y, q);
		sodium_mul(ab, &x, b);

		mul(&r, &dp, x.k);
		assert_sound(&r);
		code->compress(ours, &r);
		assert_memory_equal(ours, ap, 32);

		mul_base(&r, x.k);
		assert_sound(&r);
		code->compress(ours, &r);
		assert_memory_equal(ours, ab, 32);

		mul2(&r, &dp, x.k, &dq, y.k);
		assert_sound(&r);
		code->compress(ours, &r);
		assert_int_equal(crypto_core_ed25519_add(theirs, ap, bq), 0);
		assert_memory_equal(ours, theirs, 32);

		mul2_base(&r, x.k, &dq, y.k);
		assert_sound(&r);
		code->compress(ours, &r);
		assert_int_equal(crypto_core_ed25519_add(theirs, ab, bq), 0);
		assert_memory_equal(ours, theirs, 32);
	}
}

/* check_products compares the four multiplications with the definition. */
static void
check_products(const struct urne_edwards *p, const struct scalar *a, const struct urne_edwards *q,
    const struct scalar *b)
{
	struct urne_edwards ap = slow_mul(p, a), bq = slow_mul(q, b), base, ab, r, want;

	code->base(&base);
	ab = slow_mul(&base, a);
	mul(&r, p, a->k);
	assert_same(&r, &ap);
	mul_base(&r, a->k);
	assert_same(&r, &ab);
	mul2(&r, p, a->k, q, b->k);
	code->add(&want, &ap, &bq);
	assert_same(&r, &want);
	mul2_base(&r, a->k, q, b->k);
	code->add(&want, &ab, &bq);
	assert_same(&r, &want);
}

static void
multiplications_are_exact_for_every_edge_scalar_and_torsion(void **state)
{
	struct rng g;
	struct urne_edwards t[NUM_TORSION];

	(void)state;
	rng_init(&g, 7);
	torsion(t);
	for (size_t i = 0; i < NUM_EDGE; i++) {
		for (size_t j = 0; j < NUM_EDGE; j++) {
			struct urne_edwards p = random_point(&g), q = random_point(&g);

			code->add(&p, &p, &t[(i + j) % NUM_TORSION]);
			code->add(&q, &q, &t[(3 * i + 5 * j) % NUM_TORSION]);
			check_products(&p, &edge[i], &q, &edge[j]);
		}
		for (size_t j = 0; j < NUM_TORSION; j++) {
			struct urne_edwards r;

			check_products(&t[j], &edge[i], &t[(j * 3) % NUM_TORSION], &edge[9]);
			mul(&r, &t[j], edge[i].k);
			assert_same(&r, &t[edge[i].k[0] * j % NUM_TORSION]);
		}
	}
}

static void
multiplications_are_exact_near_every_power_of_two(void **state)
{
	struct urne_edwards base, p, r;
	struct rng g;

	(void)state;
	rng_init(&g, 8);
	code->base(&base);
	p = base;
	for (unsigned i = 0; i < 256; i++) {
		struct scalar s = {{0}}, below = {{0}};
		struct urne_edwards n, want;

		/* 2^i and 2^i - 1, against i doublings */
		s.k[i / 64] = UINT64_C(1) << (i % 64);
		for (unsigned j = 0; j < i; j++) {
			below.k[j / 64] |= UINT64_C(1) << (j % 64);
		}
		mul(&r, &base, s.k);
		assert_same(&r, &p);
		mul_base(&r, s.k);
		assert_same(&r, &p);
		code->neg(&n, &base);
		code->add(&want, &p, &n);
		mul(&r, &base, below.k);
		assert_same(&r, &want);
		mul_base(&r, below.k);
		assert_same(&r, &want);
		code->twice(&p, &p);
	}
}

static void
base_multiples_below_4096_are_repeated_additions(void **state)
{
	struct urne_edwards base, p, r;

	(void)state;
	code->base(&base);
	urne_edwards_identity(&p);
	for (uint64_t i = 0; i < 4096; i++) {
		const uint64_t k[4] = {i, 0, 0, 0};

		mul_base(&r, k);
		assert_true(code->equal(&r, &p));
		code->add(&p, &p, &base);
	}
}

static void
decompress_agrees_with_libsodium_on_random_bytes(void **state)
{
	static const uint8_t identity[32] = {1};
	struct rng g;
	int num_points = 0;

	(void)state;
	rng_init(&g, 9);
	for (int i = 0; i < 4 * ROUNDS; i++) {
		uint8_t in[32], theirs[32], ours[32];
		struct urne_edwards p;
		bool ok;

		rng_bytes(&g, in, sizeof(in));
		ok = code->decompress(&p, in);
		assert_int_equal(ok, crypto_core_ed25519_add(theirs, in, identity) == 0);
		if (!ok) {
			assert_true(code->is_identity(&p));
			continue;
		}
		num_points++;
		code->compress(ours, &p);
		assert_memory_equal(ours, in, 32);
		assert_int_equal(in_subgroup(&p), crypto_core_ed25519_is_valid_point(in) == 1);
	}
	assert_true(num_points > ROUNDS && num_points < 3 * ROUNDS);
}

static void
decompress_refuses_every_y_that_is_not_canonical(void **state)
{
	uint8_t in[32];
	struct urne_edwards p;

	(void)state;
	memset(in, 0xff, sizeof(in));
	for (unsigned low = 0xed; low < 256; low++) {
		in[0] = (uint8_t)low;
		in[31] = 0x7f;
		assert_false(code->decompress(&p, in));
		assert_true(code->is_identity(&p));
		in[31] = 0xff;
		assert_false(code->decompress(&p, in));
		assert_true(code->is_identity(&p));
	}
}

static void
decompress_refuses_a_sign_on_x_zero(void **state)
{
	uint8_t in[32] = {1};
	struct urne_edwards p;

	(void)state;
	assert_true(code->decompress(&p, in)); /* y = 1 */
	in[31] = 0x80;
	assert_false(code->decompress(&p, in));
	memset(in, 0xff, sizeof(in));
	in[0] = 0xec;
	in[31] = 0x7f;
	assert_true(code->decompress(&p, in)); /* y = -1 */
	assert_false(code->is_identity(&p));
	in[31] = 0xff;
	assert_false(code->decompress(&p, in));
	assert_true(code->is_identity(&p));
}

static void
torsion_decompresses_and_is_not_in_the_subgroup(void **state)
{
	static const size_t torsion_order[NUM_TORSION] = {1, 8, 4, 8, 2, 8, 4, 8};
	struct urne_edwards t[NUM_TORSION];

	(void)state;
	torsion(t);
	for (size_t i = 0; i < NUM_TORSION; i++) {
		uint8_t bytes[32];
		struct urne_edwards p;

		code->compress(bytes, &t[i]);
		p = decode(bytes);
		assert_same(&p, &t[i]);
		for (size_t n = 1; n < torsion_order[i]; n *= 2) {
			assert_false(code->is_identity(&p));
			code->twice(&p, &p);
		}
		assert_true(code->is_identity(&p));
		assert_int_equal(in_subgroup(&t[i]), i == 0);
		assert_int_equal(crypto_core_ed25519_is_valid_point(bytes), 0);
	}
}

static void
point_plus_torsion_is_not_in_the_subgroup(void **state)
{
	struct rng g;
	struct urne_edwards t[NUM_TORSION];

	(void)state;
	rng_init(&g, 10);
	torsion(t);
	for (int n = 0; n < 100; n++) {
		struct urne_edwards p = random_point(&g), r;

		for (size_t i = 0; i < NUM_TORSION; i++) {
			uint8_t bytes[32];

			code->add(&r, &p, &t[i]);
			code->compress(bytes, &r);
			assert_int_equal(in_subgroup(&r), i == 0);
			assert_int_equal(crypto_core_ed25519_is_valid_point(bytes), i == 0);
			assert_int_equal(code->equal(&r, &p), i == 0);
		}
	}
}

static void
normalised_points_are_the_same_points_and_affine(void **state)
{
	enum { MAX = 200 };
	static const size_t sizes[] = {1, 2, 63, 64, 65, 128, 129, MAX};
	static const uint64_t one[4] = {1, 0, 0, 0};
	static struct urne_edwards p[MAX], n[MAX + 1];
	struct rng g;

	(void)state;
	rng_init(&g, 11);
	for (size_t i = 0; i < MAX; i++) {
		p[i] = random_point(&g);
	}
	urne_edwards_identity(&p[0]);
	torsion(p + 60);
	code->normalise(NULL, 0);
	for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++) {
		memcpy(n, p, sizeof(p));
		n[MAX] = p[0];
		code->normalise(n, sizes[k]);
		for (size_t i = 0; i < sizes[k]; i++) {
			assert_memory_equal(n[i].Z, one, sizeof(one));
			assert_same(&n[i], &p[i]);
		}
		assert_memory_equal(
		    &n[sizes[k]], sizes[k] < MAX ? &p[sizes[k]] : &p[0], sizeof(p[0]));
	}
}

/* Each of the scalars alone, by the other way. */
static void
check_many(const struct urne_edwards *p, const uint64_t *const k[], size_t num)
{
	struct urne_edwards many[URNE_EDWARDS_MANY], one;

	code->mul_many(many, p, k, num);
	for (size_t i = 0; i < num; i++) {
		mul(&one, p, k[i]);
		assert_same(&many[i], &one);
	}
}

static void
many_multiples_of_a_point_are_its_multiples_one_by_one(void **state)
{
	struct rng g;
	struct urne_edwards t[NUM_TORSION];

	(void)state;
	rng_init(&g, 12);
	torsion(t);
	for (size_t i = 0; i < NUM_EDGE * NUM_EDGE; i++) {
		struct urne_edwards p = random_point(&g);
		struct scalar r[3] = {random_scalar(&g), random_scalar(&g), random_scalar(&g)};
		const uint64_t *k[URNE_EDWARDS_MANY] = {
		    edge[i % NUM_EDGE].k, edge[i / NUM_EDGE].k, r[0].k, r[1].k, r[2].k};

		code->add(&p, &p, &t[i % NUM_TORSION]);
		check_many(&p, k, i % (URNE_EDWARDS_MANY + 1));
		check_many(&p, k, URNE_EDWARDS_MANY);
		check_many(&t[i % NUM_TORSION], k, 3);
	}
	for (uint64_t n = 0; n < 2048; n++) {
		/* every pattern of digits at the bottom, and at the top */
		const uint64_t low[4] = {n}, high[4] = {0, 0, 0, n << 53},
			       full[4] = {~n, ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0)};
		const uint64_t *k[3] = {low, high, full};

		check_many(&t[1], k, 3);
	}
}

static void
multiples_from_a_table_are_multiples(void **state)
{
	static struct urne_edwards_table table;
	struct rng g;
	struct urne_edwards t[NUM_TORSION];

	(void)state;
	rng_init(&g, 13);
	torsion(t);
	for (size_t n = 0; n < NUM_TORSION + 2; n++) {
		struct urne_edwards p = random_point(&g), q, r, want;

		if (n < NUM_TORSION) {
			code->add(&p, &p, &t[n]);
		} else {
			p = t[n - NUM_TORSION]; /* the identity and a point of small order */
		}
		code->table_make(&table, &p);
		for (size_t i = 0; i < NUM_EDGE + 40; i++) {
			struct scalar s = i < NUM_EDGE ? edge[i] : random_scalar(&g);

			q = random_point(&g);
			mul(&want, &p, s.k);
			code->add(&want, &want, &q);
			r = q;
			code->add_table_mul(&r, &table, s.k);
			assert_same(&r, &want);
		}
		/* every byte in the lowest and the highest place: digits 127, 128, -127 and their
		 * carries */
		for (uint64_t byte = 0; byte < 256; byte++) {
			const uint64_t k[4] = {byte, 0, 0, byte << 56};

			mul(&want, &p, k);
			urne_edwards_identity(&r);
			code->add_table_mul(&r, &table, k);
			assert_true(code->equal(&r, &want));
		}
	}
}

/* A table that one version made serves the other, and points go from one to the other. */
static void
the_versions_agree_bit_by_bit_and_read_each_others_points(void **state)
{
	static struct urne_edwards_table theirs;
	const struct urne_edwards_code *other = &urne_edwards_portable;
	struct rng g;

	(void)state;
	rng_init(&g, 14);
	for (int i = 0; i < 50; i++) {
		struct urne_edwards p = random_point(&g), a[3], b[3];
		struct scalar s[3] = {random_scalar(&g), random_scalar(&g), random_scalar(&g)};
		const uint64_t *k[3] = {s[0].k, s[1].k, s[2].k};
		uint8_t ours[32], other_bytes[32];

		code->mul_many(a, &p, k, 3);
		other->mul_many(b, &p, k, 3);
		other->table_make(&theirs, &p);
		code->add_table_mul(&a[0], &theirs, k[1]);
		other->add(&b[0], &b[0], &b[1]);
		for (size_t j = 0; j < 3; j++) {
			code->compress(ours, &b[j]);
			other->compress(other_bytes, &a[j]);
			assert_memory_equal(ours, other_bytes, 32);
		}
	}
}

static void
the_portable_version_serves_every_processor_and_the_fast_one_this(void **state)
{
	(void)state;
#if defined(__x86_64__)
	bool fast = CPU_FEATURE_ACTIVE(BMI2) && CPU_FEATURE_ACTIVE(ADX);

	assert_ptr_equal(urne_edwards_code(), fast ? &urne_edwards_adx : &urne_edwards_portable);
#else
	assert_ptr_equal(urne_edwards_code(), &urne_edwards_portable);
#endif
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(base_point_is_libsodiums),
	    cmocka_unit_test(addition_agrees_with_libsodium),
	    cmocka_unit_test(addition_has_no_exceptional_case),
	    cmocka_unit_test(outputs_may_alias_inputs),
	    cmocka_unit_test(multiplications_agree_with_libsodium),
	    cmocka_unit_test(multiplications_are_exact_for_every_edge_scalar_and_torsion),
	    cmocka_unit_test(multiplications_are_exact_near_every_power_of_two),
	    cmocka_unit_test(base_multiples_below_4096_are_repeated_additions),
	    cmocka_unit_test(decompress_agrees_with_libsodium_on_random_bytes),
	    cmocka_unit_test(decompress_refuses_every_y_that_is_not_canonical),
	    cmocka_unit_test(decompress_refuses_a_sign_on_x_zero),
	    cmocka_unit_test(torsion_decompresses_and_is_not_in_the_subgroup),
	    cmocka_unit_test(point_plus_torsion_is_not_in_the_subgroup),
	    cmocka_unit_test(normalised_points_are_the_same_points_and_affine),
	    cmocka_unit_test(many_multiples_of_a_point_are_its_multiples_one_by_one),
	    cmocka_unit_test(multiples_from_a_table_are_multiples),
	    cmocka_unit_test(the_versions_agree_bit_by_bit_and_read_each_others_points),
	    cmocka_unit_test(the_portable_version_serves_every_processor_and_the_fast_one_this),
	};
	const char *seed = getenv("URNE_TEST_SEED");
	int num_failed = 0;

	if (sodium_init() < 0) {
		fprintf(stderr, "libsodium does not start\n");
		return EXIT_FAILURE;
	}
	if (seed != NULL) {
		first_seed = strtoull(seed, NULL, 10);
	} else {
		randombytes_buf(&first_seed, sizeof(first_seed));
	}
	printf("URNE_TEST_SEED=%" PRIu64 "\n", first_seed);
	code = &urne_edwards_portable;
	num_failed = cmocka_run_group_tests_name("portable code", tests, NULL, NULL);
	/* the same once more where this processor has another */
	if (urne_edwards_code() != &urne_edwards_portable) {
		code = urne_edwards_code();
		num_failed +=
		    cmocka_run_group_tests_name("code for this processor", tests, NULL, NULL);
	}
	return num_failed;
}
