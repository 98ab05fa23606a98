/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: the group law and the encodings of edwards25519, in every version of the code, agree
 * with libsodium where libsodium has an answer, and with the definitions where it has none:
 * torsion, strict encodings. Variable time, public data only, never to be linked into encryption or
 * keys. */
#include <stdlib.h>
#if defined(__x86_64__)
#include <sys/platform/x86.h>
#endif

#include "tests/unit/support/check.h"
#include "tests/unit/support/edwards_case.h"

static void
base_point_is_libsodiums(void **state)
{
	static const uint8_t one[32] = {1};
	uint8_t theirs[32], ours[32];
	struct urne_edwards b;

	(void)state;
	assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(theirs, one), 0);
	edwards_code->base(&b);
	assert_sound(&b);
	edwards_code->compress(ours, &b);
	assert_memory_equal(ours, theirs, 32);
	assert_true(edwards_in_subgroup(&b));
}

static void
addition_agrees_with_libsodium(void **state)
{
	struct edwards_rng g;

	(void)state;
	edwards_rng_init(&g, 3);
	for (int i = 0, n = test_times(EDWARDS_ROUNDS); i < n; i++) {
		uint8_t a[32], b[32], theirs[32], ours[32];
		struct urne_edwards p, q, r;

		edwards_random_bytes(&g, a);
		edwards_random_bytes(&g, b);
		p = edwards_decode(a);
		q = edwards_decode(b);
		edwards_code->add(&r, &p, &q);
		assert_sound(&r);
		edwards_code->compress(ours, &r);
		assert_int_equal(crypto_core_ed25519_add(theirs, a, b), 0);
		assert_memory_equal(ours, theirs, 32);

		edwards_code->neg(&q, &q);
		edwards_code->add(&r, &p, &q);
		edwards_code->compress(ours, &r);
		assert_int_equal(crypto_core_ed25519_sub(theirs, a, b), 0);
		assert_memory_equal(ours, theirs, 32);

		edwards_code->twice(&r, &p);
		assert_sound(&r);
		edwards_code->compress(ours, &r);
		assert_int_equal(crypto_core_ed25519_add(theirs, a, a), 0);
		assert_memory_equal(ours, theirs, 32);
	}
}

static void
addition_has_no_exceptional_case(void **state)
{
	struct edwards_rng g;
	struct urne_edwards o, p, n, r, d, t[EDWARDS_NUM_TORSION];

	(void)state;
	edwards_rng_init(&g, 4);
	urne_edwards_identity(&o);
	edwards_code->twice(&r, &o);
	assert_true(edwards_code->is_identity(&r));
	edwards_code->add(&r, &o, &o);
	assert_true(edwards_code->is_identity(&r));
	edwards_code->neg(&r, &o);
	assert_true(edwards_code->is_identity(&r));
	edwards_torsion(t);
	for (size_t i = 0; i < EDWARDS_NUM_TORSION; i++) {
		for (size_t j = 0; j < EDWARDS_NUM_TORSION; j++) {
			edwards_code->add(&r, &t[i], &t[j]);
			assert_same(&r, &t[(i + j) % EDWARDS_NUM_TORSION]);
		}
		p = edwards_random_point(&g);
		edwards_code->add(&p, &p, &t[i]);
		edwards_code->add(&r, &p, &o);
		assert_same(&r, &p);
		edwards_code->add(&r, &o, &p);
		assert_same(&r, &p);
		edwards_code->neg(&n, &p);
		edwards_code->add(&r, &p, &n);
		assert_sound(&r);
		assert_true(edwards_code->is_identity(&r));
		assert_false(edwards_code->equal(&p, &n));
		edwards_code->twice(&d, &p);
		edwards_code->add(&r, &p, &p);
		assert_same(&d, &r);
	}
}

static void
decompress_agrees_with_libsodium_on_random_bytes(void **state)
{
	static const uint8_t identity[32] = {1};
	struct edwards_rng g;
	const int rounds = test_times(EDWARDS_ROUNDS);
	int num_points = 0;

	(void)state;
	edwards_rng_init(&g, 9);
	for (int i = 0; i < 4 * rounds; i++) {
		uint8_t in[32], theirs[32], ours[32];
		struct urne_edwards p;
		bool ok;

		edwards_rng_bytes(&g, in, sizeof(in));
		ok = edwards_code->decompress(&p, in);
		assert_int_equal(ok, crypto_core_ed25519_add(theirs, in, identity) == 0);
		if (!ok) {
			assert_true(edwards_code->is_identity(&p));
			continue;
		}
		num_points++;
		edwards_code->compress(ours, &p);
		assert_memory_equal(ours, in, 32);
		assert_int_equal(
		    edwards_in_subgroup(&p), crypto_core_ed25519_is_valid_point(in) == 1);
	}
	assert_true(num_points > rounds && num_points < 3 * rounds);
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
		assert_false(edwards_code->decompress(&p, in));
		assert_true(edwards_code->is_identity(&p));
		in[31] = 0xff;
		assert_false(edwards_code->decompress(&p, in));
		assert_true(edwards_code->is_identity(&p));
	}
}

static void
decompress_refuses_a_sign_on_x_zero(void **state)
{
	uint8_t in[32] = {1};
	struct urne_edwards p;

	(void)state;
	assert_true(edwards_code->decompress(&p, in)); /* y = 1 */
	in[31] = 0x80;
	assert_false(edwards_code->decompress(&p, in));
	memset(in, 0xff, sizeof(in));
	in[0] = 0xec;
	in[31] = 0x7f;
	assert_true(edwards_code->decompress(&p, in)); /* y = -1 */
	assert_false(edwards_code->is_identity(&p));
	in[31] = 0xff;
	assert_false(edwards_code->decompress(&p, in));
	assert_true(edwards_code->is_identity(&p));
}

/* A coordinate is a number below 2^256 modulo p: what is p or more is encoded as what is left. */
static void
compress_reduces_coordinates_up_to_the_last_bit(void **state)
{
	/* x = 0 and y = 1, and p or 2p more */
	static const uint64_t x[3][4] = {
	    {0, 0, 0, 0},
	    {UINT64_MAX - 18, UINT64_MAX, UINT64_MAX, UINT64_MAX >> 1},
	    {UINT64_MAX - 37, UINT64_MAX, UINT64_MAX, UINT64_MAX},
	};
	static const uint64_t y[3][4] = {
	    {1, 0, 0, 0},
	    {UINT64_MAX - 17, UINT64_MAX, UINT64_MAX, UINT64_MAX >> 1},
	    {UINT64_MAX - 36, UINT64_MAX, UINT64_MAX, UINT64_MAX},
	};
	static const uint8_t want[32] = {1};

	for (size_t i = 0; i < 3; i++) {
		for (size_t k = 0; k < 3; k++) {
			struct urne_edwards p = {.Z = {1}};
			uint8_t ours[32];

			memcpy(p.X, x[i], sizeof(p.X));
			memcpy(p.Y, y[k], sizeof(p.Y));
			edwards_code->compress(ours, &p);
			assert_memory_equal(ours, want, sizeof(ours));
		}
	}
}

static void
torsion_decompresses_and_is_not_in_the_subgroup(void **state)
{
	static const size_t torsion_order[EDWARDS_NUM_TORSION] = {1, 8, 4, 8, 2, 8, 4, 8};
	struct urne_edwards t[EDWARDS_NUM_TORSION];

	(void)state;
	edwards_torsion(t);
	for (size_t i = 0; i < EDWARDS_NUM_TORSION; i++) {
		uint8_t bytes[32];
		struct urne_edwards p;

		edwards_code->compress(bytes, &t[i]);
		p = edwards_decode(bytes);
		assert_same(&p, &t[i]);
		for (size_t n = 1; n < torsion_order[i]; n *= 2) {
			assert_false(edwards_code->is_identity(&p));
			edwards_code->twice(&p, &p);
		}
		assert_true(edwards_code->is_identity(&p));
		assert_int_equal(edwards_in_subgroup(&t[i]), i == 0);
		assert_int_equal(crypto_core_ed25519_is_valid_point(bytes), 0);
	}
}

static void
point_plus_torsion_is_not_in_the_subgroup(void **state)
{
	struct edwards_rng g;
	struct urne_edwards t[EDWARDS_NUM_TORSION];

	(void)state;
	edwards_rng_init(&g, 10);
	edwards_torsion(t);
	for (int n = 0; n < 100; n++) {
		struct urne_edwards p = edwards_random_point(&g), r;

		for (size_t i = 0; i < EDWARDS_NUM_TORSION; i++) {
			uint8_t bytes[32];

			edwards_code->add(&r, &p, &t[i]);
			edwards_code->compress(bytes, &r);
			assert_int_equal(edwards_in_subgroup(&r), i == 0);
			assert_int_equal(crypto_core_ed25519_is_valid_point(bytes), i == 0);
			assert_int_equal(edwards_code->equal(&r, &p), i == 0);
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
	struct edwards_rng g;

	(void)state;
	edwards_rng_init(&g, 11);
	for (size_t i = 0; i < MAX; i++) {
		p[i] = edwards_random_point(&g);
	}
	urne_edwards_identity(&p[0]);
	edwards_torsion(p + 60);
	edwards_code->normalise(NULL, 0);
	for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++) {
		memcpy(n, p, sizeof(p));
		n[MAX] = p[0];
		edwards_code->normalise(n, sizes[k]);
		for (size_t i = 0; i < sizes[k]; i++) {
			assert_memory_equal(n[i].Z, one, sizeof(one));
			assert_same(&n[i], &p[i]);
		}
		assert_memory_equal(
		    &n[sizes[k]], sizes[k] < MAX ? &p[sizes[k]] : &p[0], sizeof(p[0]));
	}
}

static void
the_portable_version_serves_every_processor_and_the_fast_one_this(void **state)
{
	(void)state;
#if defined(__x86_64__)
	bool fast = CPU_FEATURE_ACTIVE(BMI2) && CPU_FEATURE_ACTIVE(ADX);

	assert_ptr_equal(urne_edwards_fastest(), fast ? &urne_edwards_adx : &urne_edwards_portable);
#else
	assert_ptr_equal(urne_edwards_fastest(), &urne_edwards_portable);
#endif
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(base_point_is_libsodiums),
	    cmocka_unit_test(addition_agrees_with_libsodium),
	    cmocka_unit_test(addition_has_no_exceptional_case),
	    cmocka_unit_test(decompress_agrees_with_libsodium_on_random_bytes),
	    cmocka_unit_test(decompress_refuses_every_y_that_is_not_canonical),
	    cmocka_unit_test(decompress_refuses_a_sign_on_x_zero),
	    cmocka_unit_test(compress_reduces_coordinates_up_to_the_last_bit),
	    cmocka_unit_test(torsion_decompresses_and_is_not_in_the_subgroup),
	    cmocka_unit_test(point_plus_torsion_is_not_in_the_subgroup),
	    cmocka_unit_test(normalised_points_are_the_same_points_and_affine),
	    cmocka_unit_test(the_portable_version_serves_every_processor_and_the_fast_one_this),
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
