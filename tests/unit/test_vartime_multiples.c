/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: every way to a multiple of a point of edwards25519, in every version of the code,
 * agrees with libsodium where libsodium has an answer, and with repeated addition where it has
 * none: torsion, scalars up to 2^256 - 1. Variable time, public data only, never to be linked into
 * encryption or keys. */
#include <stdlib.h>

#include "tests/unit/support/check.h"
#include "tests/unit/support/edwards_case.h"

/* slow_mul: out = k p, one bit at a time, by additions only: the definition. */
static struct urne_edwards
slow_mul(const struct urne_edwards *p, const struct edwards_scalar *s)
{
	struct urne_edwards r;

	urne_edwards_identity(&r);
	for (unsigned i = 256; i-- > 0;) {
		edwards_code->add(&r, &r, &r);
		if ((s->k[i / 64] >> (i % 64) & 1) != 0) {
			edwards_code->add(&r, &r, p);
		}
	}
	return r;
}

/* sodium_mul: out = (k mod q) p by libsodium, for p in the subgroup and not the identity. */
static void
sodium_mul(uint8_t out[32], const struct edwards_scalar *s, const uint8_t p[32])
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
outputs_may_alias_inputs(void **state)
{
	struct edwards_rng g;
	struct urne_edwards p, q, r, x;
	struct edwards_scalar a, b;

	(void)state;
	edwards_rng_init(&g, 5);
	p = edwards_random_point(&g);
	q = edwards_random_point(&g);
	a = edwards_random_scalar(&g);
	b = edwards_random_scalar(&g);
	edwards_code->add(&r, &p, &q);
	x = p;
	edwards_code->add(&x, &x, &q);
	assert_same(&x, &r);
	x = q;
	edwards_code->add(&x, &p, &x);
	assert_same(&x, &r);
	edwards_mul2(&r, &p, a.k, &q, b.k);
	x = p;
	edwards_mul2(&x, &x, a.k, &q, b.k);
	assert_same(&x, &r);
	edwards_mul2_base(&r, a.k, &q, b.k);
	x = q;
	edwards_mul2_base(&x, a.k, &x, b.k);
	assert_same(&x, &r);
}

static void
multiplications_agree_with_libsodium(void **state)
{
	struct edwards_rng g;
	struct urne_edwards base;

	(void)state;
	edwards_rng_init(&g, 6);
	edwards_code->base(&base);
	for (int i = 0, n = test_times(EDWARDS_ROUNDS); i < n; i++) {
		uint8_t p[32], q[32], b[32], ap[32], bq[32], ab[32], theirs[32], ours[32];
		struct edwards_scalar x = edwards_random_scalar(&g), y = edwards_random_scalar(&g);
		struct urne_edwards r, dp, dq;

		edwards_random_bytes(&g, p);
		edwards_random_bytes(&g, q);
		edwards_code->compress(b, &base);
		dp = edwards_decode(p);
		dq = edwards_decode(q);
		sodium_mul(ap, &x, p);
		sodium_mul(bq, &y, q);
		sodium_mul(ab, &x, b);

		edwards_mul(&r, &dp, x.k);
		assert_sound(&r);
		edwards_code->compress(ours, &r);
		assert_memory_equal(ours, ap, 32);

		edwards_mul_base(&r, x.k);
		assert_sound(&r);
		edwards_code->compress(ours, &r);
		assert_memory_equal(ours, ab, 32);

		edwards_mul2(&r, &dp, x.k, &dq, y.k);
		assert_sound(&r);
		edwards_code->compress(ours, &r);
		assert_int_equal(crypto_core_ed25519_add(theirs, ap, bq), 0);
		assert_memory_equal(ours, theirs, 32);

		edwards_mul2_base(&r, x.k, &dq, y.k);
		assert_sound(&r);
		edwards_code->compress(ours, &r);
		assert_int_equal(crypto_core_ed25519_add(theirs, ab, bq), 0);
		assert_memory_equal(ours, theirs, 32);
	}
}

/* check_products compares the four multiplications with the definition. */
static void
check_products(const struct urne_edwards *p, const struct edwards_scalar *a,
    const struct urne_edwards *q, const struct edwards_scalar *b)
{
	struct urne_edwards ap = slow_mul(p, a), bq = slow_mul(q, b), base, ab, r, want;

	edwards_code->base(&base);
	ab = slow_mul(&base, a);
	edwards_mul(&r, p, a->k);
	assert_same(&r, &ap);
	edwards_mul_base(&r, a->k);
	assert_same(&r, &ab);
	edwards_mul2(&r, p, a->k, q, b->k);
	edwards_code->add(&want, &ap, &bq);
	assert_same(&r, &want);
	edwards_mul2_base(&r, a->k, q, b->k);
	edwards_code->add(&want, &ab, &bq);
	assert_same(&r, &want);
}

static void
multiplications_are_exact_for_every_edge_scalar_and_torsion(void **state)
{
	struct edwards_rng g;
	struct urne_edwards t[EDWARDS_NUM_TORSION];

	(void)state;
	edwards_rng_init(&g, 7);
	edwards_torsion(t);
	for (size_t i = 0; i < EDWARDS_NUM_EDGE; i++) {
		for (size_t j = 0; j < EDWARDS_NUM_EDGE; j++) {
			struct urne_edwards p = edwards_random_point(&g),
					    q = edwards_random_point(&g);

			edwards_code->add(&p, &p, &t[(i + j) % EDWARDS_NUM_TORSION]);
			edwards_code->add(&q, &q, &t[(3 * i + 5 * j) % EDWARDS_NUM_TORSION]);
			check_products(&p, &edwards_edge[i], &q, &edwards_edge[j]);
		}
		for (size_t j = 0; j < EDWARDS_NUM_TORSION; j++) {
			struct urne_edwards r;

			check_products(&t[j], &edwards_edge[i], &t[(j * 3) % EDWARDS_NUM_TORSION],
			    &edwards_edge[9]);
			edwards_mul(&r, &t[j], edwards_edge[i].k);
			assert_same(&r, &t[edwards_edge[i].k[0] * j % EDWARDS_NUM_TORSION]);
		}
	}
}

static void
multiplications_are_exact_near_every_power_of_two(void **state)
{
	struct urne_edwards base, p, r;
	struct edwards_rng g;

	(void)state;
	edwards_rng_init(&g, 8);
	edwards_code->base(&base);
	p = base;
	for (unsigned i = 0; i < 256; i++) {
		struct edwards_scalar s = {{0}}, below = {{0}};
		struct urne_edwards n, want;

		/* 2^i and 2^i - 1, against i doublings */
		s.k[i / 64] = UINT64_C(1) << (i % 64);
		for (unsigned j = 0; j < i; j++) {
			below.k[j / 64] |= UINT64_C(1) << (j % 64);
		}
		edwards_mul(&r, &base, s.k);
		assert_same(&r, &p);
		edwards_mul_base(&r, s.k);
		assert_same(&r, &p);
		edwards_code->neg(&n, &base);
		edwards_code->add(&want, &p, &n);
		edwards_mul(&r, &base, below.k);
		assert_same(&r, &want);
		edwards_mul_base(&r, below.k);
		assert_same(&r, &want);
		edwards_code->twice(&p, &p);
	}
}

static void
base_multiples_below_4096_are_repeated_additions(void **state)
{
	struct urne_edwards base, p, r;

	(void)state;
	edwards_code->base(&base);
	urne_edwards_identity(&p);
	for (uint64_t i = 0; i < 4096; i++) {
		const uint64_t k[4] = {i, 0, 0, 0};

		edwards_mul_base(&r, k);
		assert_true(edwards_code->equal(&r, &p));
		edwards_code->add(&p, &p, &base);
	}
}

/* Each of the scalars alone, by the other way. */
static void
check_many(const struct urne_edwards *p, const uint64_t *const k[], size_t num)
{
	struct urne_edwards many[URNE_EDWARDS_MANY], one;

	edwards_code->mul_many(many, p, k, num);
	for (size_t i = 0; i < num; i++) {
		edwards_mul(&one, p, k[i]);
		assert_same(&many[i], &one);
	}
}

static void
many_multiples_of_a_point_are_its_multiples_one_by_one(void **state)
{
	struct edwards_rng g;
	struct urne_edwards t[EDWARDS_NUM_TORSION];

	(void)state;
	edwards_rng_init(&g, 12);
	edwards_torsion(t);
	for (size_t i = 0; i < EDWARDS_NUM_EDGE * EDWARDS_NUM_EDGE; i++) {
		struct urne_edwards p = edwards_random_point(&g);
		struct edwards_scalar r[3] = {edwards_random_scalar(&g), edwards_random_scalar(&g),
		    edwards_random_scalar(&g)};
		const uint64_t *k[URNE_EDWARDS_MANY] = {edwards_edge[i % EDWARDS_NUM_EDGE].k,
		    edwards_edge[i / EDWARDS_NUM_EDGE].k, r[0].k, r[1].k, r[2].k};

		edwards_code->add(&p, &p, &t[i % EDWARDS_NUM_TORSION]);
		check_many(&p, k, i % (URNE_EDWARDS_MANY + 1));
		check_many(&p, k, URNE_EDWARDS_MANY);
		check_many(&t[i % EDWARDS_NUM_TORSION], k, 3);
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
	struct edwards_rng g;
	struct urne_edwards t[EDWARDS_NUM_TORSION];

	(void)state;
	edwards_rng_init(&g, 13);
	edwards_torsion(t);
	for (size_t n = 0; n < EDWARDS_NUM_TORSION + 2; n++) {
		struct urne_edwards p = edwards_random_point(&g), q, r, want;

		if (n < EDWARDS_NUM_TORSION) {
			edwards_code->add(&p, &p, &t[n]);
		} else {
			p = t[n -
			      EDWARDS_NUM_TORSION]; /* the identity and a point of small order */
		}
		edwards_code->table_make(&table, &p);
		for (size_t i = 0; i < EDWARDS_NUM_EDGE + 40; i++) {
			struct edwards_scalar s =
			    i < EDWARDS_NUM_EDGE ? edwards_edge[i] : edwards_random_scalar(&g);

			q = edwards_random_point(&g);
			edwards_mul(&want, &p, s.k);
			edwards_code->add(&want, &want, &q);
			r = q;
			edwards_code->add_table_mul(&r, &table, s.k);
			assert_same(&r, &want);
		}
		/* every byte in the lowest and the highest place: digits 127, 128, -127 and their
		 * carries */
		for (uint64_t byte = 0; byte < 256; byte++) {
			const uint64_t k[4] = {byte, 0, 0, byte << 56};

			edwards_mul(&want, &p, k);
			urne_edwards_identity(&r);
			edwards_code->add_table_mul(&r, &table, k);
			assert_true(edwards_code->equal(&r, &want));
		}
	}
}

/* A table that one version made serves the other, and points go from one to the other. */
static void
the_versions_agree_bit_by_bit_and_read_each_others_points(void **state)
{
	static struct urne_edwards_table theirs;
	const struct urne_edwards_code *other = &urne_edwards_portable;
	struct edwards_rng g;

	(void)state;
	edwards_rng_init(&g, 14);
	for (int i = 0; i < 50; i++) {
		struct urne_edwards p = edwards_random_point(&g), a[3], b[3];
		struct edwards_scalar s[3] = {edwards_random_scalar(&g), edwards_random_scalar(&g),
		    edwards_random_scalar(&g)};
		const uint64_t *k[3] = {s[0].k, s[1].k, s[2].k};
		uint8_t ours[32], other_bytes[32];

		edwards_code->mul_many(a, &p, k, 3);
		other->mul_many(b, &p, k, 3);
		other->table_make(&theirs, &p);
		edwards_code->add_table_mul(&a[0], &theirs, k[1]);
		other->add(&b[0], &b[0], &b[1]);
		for (size_t j = 0; j < 3; j++) {
			edwards_code->compress(ours, &b[j]);
			other->compress(other_bytes, &a[j]);
			assert_memory_equal(ours, other_bytes, 32);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(outputs_may_alias_inputs),
	    cmocka_unit_test(multiplications_agree_with_libsodium),
	    cmocka_unit_test(multiplications_are_exact_for_every_edge_scalar_and_torsion),
	    cmocka_unit_test(multiplications_are_exact_near_every_power_of_two),
	    cmocka_unit_test(base_multiples_below_4096_are_repeated_additions),
	    cmocka_unit_test(many_multiples_of_a_point_are_its_multiples_one_by_one),
	    cmocka_unit_test(multiples_from_a_table_are_multiples),
	    cmocka_unit_test(the_versions_agree_bit_by_bit_and_read_each_others_points),
	};
	const char *version;
	int num_failed = 0;

	if (!edwards_case_begin()) {
		return EXIT_FAILURE;
	}
	while ((version = edwards_case_next()) != NULL) {
		num_failed += cmocka_run_group_tests_name(version, tests, NULL, NULL);
	}
	return num_failed;
}
