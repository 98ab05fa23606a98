/* SPDX-License-Identifier: EUPL-1.2 */
/* The generator: streams repeat only for the same seed, and what is mixed in counts. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "crypto/secret/rng.h"

static const uint8_t seed[32] = {1, 2, 3};

static void
the_same_seed_gives_the_same_stream(void **state)
{
	struct urne_rng a, b;
	uint8_t x[100], y[100];

	urne_rng_init_fixed(&a, seed);
	urne_rng_init_fixed(&b, seed);
	urne_rng_fill(&a, x, sizeof(x));
	urne_rng_fill(&b, y, sizeof(y));
	assert_memory_equal(x, y, sizeof(x));
	urne_rng_fill(&b, y, sizeof(y));
	assert_memory_not_equal(x, y, sizeof(x));
}

/* Two proofs of different statements never share a nonce, even where the system's randomness
 * repeats. */
static void
what_is_mixed_in_changes_the_stream(void **state)
{
	struct urne_rng a, b, c;
	uint8_t x[32], y[32], z[32];

	urne_rng_init_fixed(&a, seed);
	urne_rng_init_fixed(&b, seed);
	urne_rng_init_fixed(&c, seed);
	urne_rng_mix(&a, "for", 3);
	urne_rng_mix(&b, "against", 7);
	urne_rng_mix(&c, "for", 3);
	urne_rng_fill(&a, x, sizeof(x));
	urne_rng_fill(&b, y, sizeof(y));
	urne_rng_fill(&c, z, sizeof(z));
	assert_memory_not_equal(x, y, sizeof(x));
	assert_memory_equal(x, z, sizeof(x));
	/* and what went before still counts */
	urne_rng_mix(&a, "for", 3);
	urne_rng_fill(&a, x, sizeof(x));
	assert_memory_not_equal(x, z, sizeof(x));
}

static void
the_system_never_gives_the_same_twice(void **state)
{
	struct urne_rng a, b;
	uint8_t x[32], y[32];

	assert_ok(urne_rng_init(&a));
	assert_ok(urne_rng_init(&b));
	urne_rng_fill(&a, x, sizeof(x));
	urne_rng_fill(&b, y, sizeof(y));
	assert_memory_not_equal(x, y, sizeof(x));
}

static void
numbers_below_a_bound_are_uniform(void **state)
{
	struct urne_rng rng;
	unsigned seen[58] = {0};

	test_rng_init(&rng);
	for (unsigned i = 0; i < 58 * 1000; i++) {
		uint64_t n = urne_rng_below(&rng, 58);
		assert_true(n < 58);
		seen[n]++;
	}
	/* 1000 expected, standard deviation 31.4 */
	for (unsigned i = 0; i < 58; i++) {
		assert_in_range(seen[i], 800, 1200);
	}
	assert_int_equal(urne_rng_below(&rng, 1), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_same_seed_gives_the_same_stream),
	    cmocka_unit_test(what_is_mixed_in_changes_the_stream),
	    cmocka_unit_test(the_system_never_gives_the_same_twice),
	    cmocka_unit_test(numbers_below_a_bound_are_uniform),
	};

	return cmocka_run_group_tests_name("rng", tests, NULL, NULL);
}
