/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: crypto/vartime agrees with libsodium where libsodium has an answer, and with the
 * definitions where it has none: torsion, strict encodings, scalars up to 2^256 - 1. Variable
 * time, public data only, never to be linked into encryption or keys.
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

#include "crypto/vartime/edwards.h"
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

	assert_true(urne_edwards_decompress(&p, in));
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
	urne_edwards_add(&p, &p, &q);
	return p;
}

/* torsion: t[i] = i T, T of order 8, by additions only. */
static void
torsion(struct urne_edwards t[NUM_TORSION])
{
	struct urne_edwards one = decode(torsion_8);

	urne_edwards_identity(&t[0]);
	for (size_t i = 1; i < NUM_TORSION; i++) {
		urne_edwards_add(&t[i], &t[i - 1], &one);
	}
}

/* assert_sound: p satisfies the curve equation, T Z = X Y, Z != 0, and its limbs are R. */
static void
assert_sound(const struct urne_edwards *p)
{
	static const uint64_t bound = (UINT64_C(1) << 51) + (UINT64_C(1) << 13);
	uint8_t bytes[32], again[32];
	struct urne_fe a, b;
	struct urne_edwards q;

	for (size_t i = 0; i < 5; i++) {
		assert_true(p->X.v[i] < bound && p->Y.v[i] < bound);
		assert_true(p->Z.v[i] < bound && p->T.v[i] < bound);
	}
	assert_false(urne_fe_is_zero(&p->Z));
	urne_fe_mul(&a, &p->X, &p->Y);
	urne_fe_mul(&b, &p->Z, &p->T);
	assert_true(urne_fe_equal(&a, &b));
	urne_edwards_compress(bytes, p);
	q = decode(bytes);
	assert_true(urne_edwards_equal(p, &q));
	urne_edwards_compress(again, &q);
	assert_memory_equal(bytes, again, 32);
}

static void
assert_same(const struct urne_edwards *p, const struct urne_edwards *q)
{
	uint8_t a[32], b[32];

	assert_sound(p);
	assert_true(urne_edwards_equal(p, q));
	urne_edwards_compress(a, p);
	urne_edwards_compress(b, q);
	assert_memory_equal(a, b, 32);
}

/* slow_mul: out = k p, one bit at a time, by additions only: the definition. */
static struct urne_edwards
slow_mul(const struct urne_edwards *p, const struct scalar *s)
{
	struct urne_edwards r;

	urne_edwards_identity(&r);
	for (unsigned i = 256; i-- > 0;) {
		urne_edwards_add(&r, &r, &r);
		if ((s->k[i / 64] >> (i % 64) & 1) != 0) {
			urne_edwards_add(&r, &r, p);
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
random_loose(struct rng *g, struct urne_fe *out)
{
	uint8_t choice;

	rng_bytes(g, out, sizeof(*out));
	rng_bytes(g, &choice, 1);
	for (size_t i = 0; i < 5; i++) {
		bool top = (choice >> i & 1) != 0;

		out->v[i] = top ? (UINT64_C(1) << 54) - 1 : out->v[i] & ((UINT64_C(1) << 54) - 1);
	}
}

/* canonical: out = a with the unique limbs, through bytes. */
static void
canonical(struct urne_fe *out, const struct urne_fe *a)
{
	uint8_t bytes[32];

	urne_fe_to_bytes(bytes, a);
	assert_true(urne_fe_bytes_canonical(bytes));
	urne_fe_from_bytes(out, bytes);
}

static void
field_products_are_right_up_to_their_bounds(void **state)
{
	struct rng g;
	struct urne_fe a, b, ca, cb, x, y;

	(void)state;
	rng_init(&g, 1);
	for (int i = 0; i < ROUNDS; i++) {
		random_loose(&g, &a);
		random_loose(&g, &b);
		canonical(&ca, &a);
		canonical(&cb, &b);
		assert_true(urne_fe_equal(&a, &ca));
		urne_fe_mul(&x, &a, &b);
		urne_fe_mul(&y, &ca, &cb);
		assert_true(urne_fe_equal(&x, &y));
		for (size_t j = 0; j < 5; j++) {
			assert_true(x.v[j] < (UINT64_C(1) << 51) + (UINT64_C(1) << 13));
		}
		urne_fe_sq(&x, &a);
		urne_fe_mul(&y, &ca, &ca);
		assert_true(urne_fe_equal(&x, &y));
		/* (a + b)^2 - (a - b)^2 = 4ab, on the canonical limbs */
		urne_fe_add(&x, &ca, &cb);
		urne_fe_sq(&x, &x);
		urne_fe_sub(&y, &ca, &cb);
		urne_fe_sq(&y, &y);
		urne_fe_sub(&x, &x, &y);
		urne_fe_mul(&y, &ca, &cb);
		urne_fe_add(&y, &y, &y);
		urne_fe_add(&y, &y, &y);
		assert_true(urne_fe_equal(&x, &y));
	}
}

static void
field_subtraction_is_right_at_its_bound(void **state)
{
	static const uint64_t top = (UINT64_C(1) << 53) - 77;
	const struct urne_fe max = {{top, top, top, top, top}};
	struct urne_fe zero, x, y;

	(void)state;
	urne_fe_zero(&zero);
	urne_fe_sub(&x, &max, &max);
	assert_true(urne_fe_is_zero(&x));
	urne_fe_sub(&x, &zero, &max);
	urne_fe_neg(&y, &max);
	assert_true(urne_fe_equal(&x, &y));
	urne_fe_add(&x, &y, &max);
	assert_true(urne_fe_is_zero(&x));
}

static void
field_inverse_times_element_is_one(void **state)
{
	struct rng g;
	struct urne_fe a, x, one;

	(void)state;
	rng_init(&g, 2);
	urne_fe_one(&one);
	for (int i = 0; i < ROUNDS; i++) {
		random_loose(&g, &a);
		urne_fe_invert(&x, &a);
		urne_fe_mul(&x, &x, &a);
		assert_true(urne_fe_equal(&x, &one));
	}
	urne_fe_zero(&a);
	urne_fe_invert(&x, &a);
	assert_true(urne_fe_is_zero(&x));
}

static void
field_bytes_are_canonical_exactly_below_p(void **state)
{
	uint8_t in[32], out[32];
	struct urne_fe a;

	(void)state;
	memset(in, 0xff, sizeof(in));
	in[31] = 0x7f;
	for (unsigned low = 0; low < 256; low++) {
		in[0] = (uint8_t)low;
		assert_int_equal(urne_fe_bytes_canonical(in), low < 0xed);
		urne_fe_from_bytes(&a, in);
		urne_fe_to_bytes(out, &a);
		assert_int_equal(memcmp(in, out, 32) == 0, low < 0xed);
	}
	/* p, p + 1 and p + 18 are 0, 1 and 18 */
	for (unsigned n = 0; n < 19; n++) {
		in[0] = (uint8_t)(0xed + n);
		urne_fe_from_bytes(&a, in);
		urne_fe_to_bytes(out, &a);
		assert_int_equal(out[0], n);
		assert_true(sodium_is_zero(out + 1, 31));
	}
	in[0] = 0xff;
	for (size_t i = 1; i < 31; i++) {
		in[i] = 0xfe;
		assert_true(urne_fe_bytes_canonical(in));
		in[i] = 0xff;
	}
	in[31] = 0x7e;
	assert_true(urne_fe_bytes_canonical(in));
}

static void
base_point_is_libsodiums(void **state)
{
	static const uint8_t one[32] = {1};
	uint8_t theirs[32], ours[32];
	struct urne_edwards b;

	(void)state;
	assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(theirs, one), 0);
	urne_edwards_base(&b);
	assert_sound(&b);
	urne_edwards_compress(ours, &b);
	assert_memory_equal(ours, theirs, 32);
	assert_true(urne_edwards_in_subgroup_vartime(&b));
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
		urne_edwards_add(&r, &p, &q);
		assert_sound(&r);
		urne_edwards_compress(ours, &r);
		assert_int_equal(crypto_core_ed25519_add(theirs, a, b), 0);
		assert_memory_equal(ours, theirs, 32);

		urne_edwards_neg(&q, &q);
		urne_edwards_add(&r, &p, &q);
		urne_edwards_compress(ours, &r);
		assert_int_equal(crypto_core_ed25519_sub(theirs, a, b), 0);
		assert_memory_equal(ours, theirs, 32);

		urne_edwards_double(&r, &p);
		assert_sound(&r);
		urne_edwards_compress(ours, &r);
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
	urne_edwards_double(&r, &o);
	assert_true(urne_edwards_is_identity(&r));
	urne_edwards_add(&r, &o, &o);
	assert_true(urne_edwards_is_identity(&r));
	urne_edwards_neg(&r, &o);
	assert_true(urne_edwards_is_identity(&r));
	torsion(t);
	for (size_t i = 0; i < NUM_TORSION; i++) {
		for (size_t j = 0; j < NUM_TORSION; j++) {
			urne_edwards_add(&r, &t[i], &t[j]);
			assert_same(&r, &t[(i + j) % NUM_TORSION]);
		}
		p = random_point(&g);
		urne_edwards_add(&p, &p, &t[i]);
		urne_edwards_add(&r, &p, &o);
		assert_same(&r, &p);
		urne_edwards_add(&r, &o, &p);
		assert_same(&r, &p);
		urne_edwards_neg(&n, &p);
		urne_edwards_add(&r, &p, &n);
		assert_sound(&r);
		assert_true(urne_edwards_is_identity(&r));
		assert_false(urne_edwards_equal(&p, &n));
		urne_edwards_double(&d, &p);
		urne_edwards_add(&r, &p, &p);
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
	urne_edwards_add(&r, &p, &q);
	x = p;
	urne_edwards_add(&x, &x, &q);
	assert_same(&x, &r);
	x = q;
	urne_edwards_add(&x, &p, &x);
	assert_same(&x, &r);
	urne_edwards_mul2_vartime(&r, &p, a.k, &q, b.k);
	x = p;
	urne_edwards_mul2_vartime(&x, &x, a.k, &q, b.k);
	assert_same(&x, &r);
	urne_edwards_mul2_base_vartime(&r, a.k, &q, b.k);
	x = q;
	urne_edwards_mul2_base_vartime(&x, a.k, &x, b.k);
	assert_same(&x, &r);
}

static void
multiplications_agree_with_libsodium(void **state)
{
	struct rng g;
	struct urne_edwards base;

	(void)state;
	rng_init(&g, 6);
	urne_edwards_base(&base);
	for (int i = 0; i < ROUNDS; i++) {
		uint8_t p[32], q[32], b[32], ap[32], bq[32], ab[32], theirs[32], ours[32];
		struct scalar x = random_scalar(&g), y = random_scalar(&g);
		struct urne_edwards r, dp, dq;

		random_bytes_point(&g, p);
		random_bytes_point(&g, q);
		urne_edwards_compress(b, &base);
		dp = decode(p);
		dq = decode(q);
		sodium_mul(ap, &x, p);
		sodium_mul(bq, &y, q);
		sodium_mul(ab, &x, b);

		urne_edwards_mul_vartime(&r, &dp, x.k);
		assert_sound(&r);
		urne_edwards_compress(ours, &r);
		assert_memory_equal(ours, ap, 32);

		urne_edwards_mul_base_vartime(&r, x.k);
		assert_sound(&r);
		urne_edwards_compress(ours, &r);
		assert_memory_equal(ours, ab, 32);

		urne_edwards_mul2_vartime(&r, &dp, x.k, &dq, y.k);
		assert_sound(&r);
		urne_edwards_compress(ours, &r);
		assert_int_equal(crypto_core_ed25519_add(theirs, ap, bq), 0);
		assert_memory_equal(ours, theirs, 32);

		urne_edwards_mul2_base_vartime(&r, x.k, &dq, y.k);
		assert_sound(&r);
		urne_edwards_compress(ours, &r);
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

	urne_edwards_base(&base);
	ab = slow_mul(&base, a);
	urne_edwards_mul_vartime(&r, p, a->k);
	assert_same(&r, &ap);
	urne_edwards_mul_base_vartime(&r, a->k);
	assert_same(&r, &ab);
	urne_edwards_mul2_vartime(&r, p, a->k, q, b->k);
	urne_edwards_add(&want, &ap, &bq);
	assert_same(&r, &want);
	urne_edwards_mul2_base_vartime(&r, a->k, q, b->k);
	urne_edwards_add(&want, &ab, &bq);
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

			urne_edwards_add(&p, &p, &t[(i + j) % NUM_TORSION]);
			urne_edwards_add(&q, &q, &t[(3 * i + 5 * j) % NUM_TORSION]);
			check_products(&p, &edge[i], &q, &edge[j]);
		}
		for (size_t j = 0; j < NUM_TORSION; j++) {
			struct urne_edwards r;

			check_products(&t[j], &edge[i], &t[(j * 3) % NUM_TORSION], &edge[9]);
			urne_edwards_mul_vartime(&r, &t[j], edge[i].k);
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
	urne_edwards_base(&base);
	p = base;
	for (unsigned i = 0; i < 256; i++) {
		struct scalar s = {{0}}, below = {{0}};
		struct urne_edwards n, want;

		/* 2^i and 2^i - 1, against i doublings */
		s.k[i / 64] = UINT64_C(1) << (i % 64);
		for (unsigned j = 0; j < i; j++) {
			below.k[j / 64] |= UINT64_C(1) << (j % 64);
		}
		urne_edwards_mul_vartime(&r, &base, s.k);
		assert_same(&r, &p);
		urne_edwards_mul_base_vartime(&r, s.k);
		assert_same(&r, &p);
		urne_edwards_neg(&n, &base);
		urne_edwards_add(&want, &p, &n);
		urne_edwards_mul_vartime(&r, &base, below.k);
		assert_same(&r, &want);
		urne_edwards_mul_base_vartime(&r, below.k);
		assert_same(&r, &want);
		urne_edwards_double(&p, &p);
	}
}

static void
base_multiples_below_4096_are_repeated_additions(void **state)
{
	struct urne_edwards base, p, r;

	(void)state;
	urne_edwards_base(&base);
	urne_edwards_identity(&p);
	for (uint64_t i = 0; i < 4096; i++) {
		const uint64_t k[4] = {i, 0, 0, 0};

		urne_edwards_mul_base_vartime(&r, k);
		assert_true(urne_edwards_equal(&r, &p));
		urne_edwards_add(&p, &p, &base);
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
		ok = urne_edwards_decompress(&p, in);
		assert_int_equal(ok, crypto_core_ed25519_add(theirs, in, identity) == 0);
		if (!ok) {
			assert_true(urne_edwards_is_identity(&p));
			continue;
		}
		num_points++;
		urne_edwards_compress(ours, &p);
		assert_memory_equal(ours, in, 32);
		assert_int_equal(urne_edwards_in_subgroup_vartime(&p),
		    crypto_core_ed25519_is_valid_point(in) == 1);
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
		assert_false(urne_edwards_decompress(&p, in));
		assert_true(urne_edwards_is_identity(&p));
		in[31] = 0xff;
		assert_false(urne_edwards_decompress(&p, in));
		assert_true(urne_edwards_is_identity(&p));
	}
}

static void
decompress_refuses_a_sign_on_x_zero(void **state)
{
	uint8_t in[32] = {1};
	struct urne_edwards p;

	(void)state;
	assert_true(urne_edwards_decompress(&p, in)); /* y = 1 */
	in[31] = 0x80;
	assert_false(urne_edwards_decompress(&p, in));
	memset(in, 0xff, sizeof(in));
	in[0] = 0xec;
	in[31] = 0x7f;
	assert_true(urne_edwards_decompress(&p, in)); /* y = -1 */
	assert_false(urne_edwards_is_identity(&p));
	in[31] = 0xff;
	assert_false(urne_edwards_decompress(&p, in));
	assert_true(urne_edwards_is_identity(&p));
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

		urne_edwards_compress(bytes, &t[i]);
		p = decode(bytes);
		assert_same(&p, &t[i]);
		for (size_t n = 1; n < torsion_order[i]; n *= 2) {
			assert_false(urne_edwards_is_identity(&p));
			urne_edwards_double(&p, &p);
		}
		assert_true(urne_edwards_is_identity(&p));
		assert_int_equal(urne_edwards_in_subgroup_vartime(&t[i]), i == 0);
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

			urne_edwards_add(&r, &p, &t[i]);
			urne_edwards_compress(bytes, &r);
			assert_int_equal(urne_edwards_in_subgroup_vartime(&r), i == 0);
			assert_int_equal(crypto_core_ed25519_is_valid_point(bytes), i == 0);
			assert_int_equal(urne_edwards_equal(&r, &p), i == 0);
		}
	}
}

static void
batch_compression_is_compression_one_by_one(void **state)
{
	enum { MAX = 200 };
	static const size_t sizes[] = {1, 2, 63, 64, 65, 128, 129, MAX};
	static struct urne_edwards p[MAX];
	static uint8_t out[MAX + 1][32];
	struct rng g;

	(void)state;
	rng_init(&g, 11);
	for (size_t i = 0; i < MAX; i++) {
		p[i] = random_point(&g);
	}
	urne_edwards_identity(&p[0]);
	torsion(p + 60);
	urne_edwards_compress_batch(NULL, NULL, 0);
	for (size_t n = 0; n < sizeof(sizes) / sizeof(sizes[0]); n++) {
		static const uint8_t untouched[32] = {0};

		memset(out, 0, sizeof(out));
		urne_edwards_compress_batch(out, p, sizes[n]);
		for (size_t i = 0; i < sizes[n]; i++) {
			uint8_t want[32];

			urne_edwards_compress(want, &p[i]);
			assert_memory_equal(out[i], want, 32);
		}
		assert_memory_equal(out[sizes[n]], untouched, 32);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(field_products_are_right_up_to_their_bounds),
	    cmocka_unit_test(field_subtraction_is_right_at_its_bound),
	    cmocka_unit_test(field_inverse_times_element_is_one),
	    cmocka_unit_test(field_bytes_are_canonical_exactly_below_p),
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
	    cmocka_unit_test(batch_compression_is_compression_one_by_one),
	};
	const char *seed = getenv("URNE_TEST_SEED");

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
	return cmocka_run_group_tests(tests, NULL, NULL);
}
