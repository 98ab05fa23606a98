/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: sums of coefficients times numbers are what integers say they are, in a group of order
 * 11 for all pairs, and in Ed25519 for the largest numbers, many times over. */
#include "tests/unit/support/check.h"

#include <gmp.h>

#include "crypto/group.h"
#include "base/public_random.h"
#include "crypto/weight.h"
#include "tests/unit/support/tiny_group.h"

static void
every_sum_of_two_products_is_right_in_a_tiny_group(void **state)
{
	const unsigned q = 11;

	for (unsigned i = 0; i < q * q * q * q; i++) {
		unsigned c[2] = {i % q, i / q % q}, x[2] = {i / q / q % q, i / q / q / q};
		struct urne_weight w[2] = {{{0}}, {{0}}};
		struct urne_scalar out;

		for (size_t k = 0; k < 2; k++) {
			struct urne_coefficient coefficient = {{c[k]}};
			struct urne_scalar s = {{x[k]}};

			urne_weight_add(&w[k], &coefficient, &s);
		}
		urne_weight_sum(&w[0], &w[1]);
		urne_weight_minus(&tiny_safe, &out, &w[0]);
		assert_int_equal(out.v[0], (q - (c[0] * x[0] + c[1] * x[1]) % q) % q);
	}
}

/* The largest of everything, 100,000 times, and then random ones. */
static void
sums_of_large_products_are_those_of_integers(void **state)
{
	const struct urne_group *g = &urne_group_ed25519;
	struct urne_weight w = {{0}};
	struct urne_rng rng;
	mpz_t sum, q, c, x;

	test_rng_init(&rng);
	mpz_inits(sum, q, c, x, NULL);
	mpz_import(q, 4, -1, sizeof(uint64_t), 0, 0, g->q);
	for (unsigned i = 0; i < 101000; i++) {
		struct urne_coefficient coefficient = {{UINT64_MAX, UINT64_MAX}};
		struct urne_scalar s = {{g->q[0] - 1, g->q[1], g->q[2], g->q[3]}}, out;

		if (i >= 100000) {
			urne_rng_fill(&rng, &coefficient, sizeof(coefficient));
			urne_rng_fill(&rng, s.v, 4 * sizeof(s.v[0]));
			s.v[3] >>= 4;
		}
		urne_weight_add(&w, &coefficient, &s);
		mpz_import(c, 2, -1, sizeof(uint64_t), 0, 0, coefficient.v);
		mpz_import(x, 4, -1, sizeof(uint64_t), 0, 0, s.v);
		mpz_addmul(sum, c, x);
		if (i < 20 || i >= 99990) {
			urne_weight_minus(g, &out, &w);
			mpz_import(x, 4, -1, sizeof(uint64_t), 0, 0, out.v);
			mpz_add(x, x, sum);
			assert_true(mpz_divisible_p(x, q) != 0);
			mpz_import(x, 4, -1, sizeof(uint64_t), 0, 0, out.v);
			assert_true(mpz_cmp(x, q) < 0);
		}
	}
	mpz_clears(sum, q, c, x, NULL);
}

/* The coefficient and the number are the largest, or random; the factor is any. */
static void
a_product_taken_several_times_is_that_many_products(void **state)
{
	static const uint64_t times[] = {0, 1, 2, 3, 4096, UINT64_C(1) << 40, UINT64_MAX};
	const struct urne_group *g = &urne_group_ed25519;
	struct urne_rng rng;
	mpz_t c, x;

	test_rng_init(&rng);
	mpz_inits(c, x, NULL);
	for (unsigned i = 0; i < 1000; i++) {
		struct urne_coefficient coefficient = {{UINT64_MAX, UINT64_MAX}};
		struct urne_scalar s = {{g->q[0] - 1, g->q[1], g->q[2], g->q[3]}};
		struct urne_weight w = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};
		uint64_t n = times[i % (sizeof(times) / sizeof(times[0]))];

		if (i > 10) {
			urne_rng_fill(&rng, &coefficient, sizeof(coefficient));
			urne_rng_fill(&rng, s.v, 4 * sizeof(s.v[0]));
			s.v[3] >>= 4;
		}
		mpz_import(c, 2, -1, sizeof(uint64_t), 0, 0, coefficient.v);
		mpz_import(x, 4, -1, sizeof(uint64_t), 0, 0, s.v);
		mpz_mul(c, c, x);
		mpz_import(x, 1, -1, sizeof(uint64_t), 0, 0, &n);
		mpz_mul(c, c, x);
		mpz_import(x, 8, -1, sizeof(uint64_t), 0, 0, w.v);
		mpz_add(c, c, x);
		urne_weight_add_times(&w, &coefficient, &s, n);
		mpz_import(x, 8, -1, sizeof(uint64_t), 0, 0, w.v);
		assert_int_equal(mpz_cmp(c, x), 0);
	}
	mpz_clears(c, x, NULL);
}

static void
coefficients_are_of_128_bits_and_new_for_every_seed_stream_and_equation(void **state)
{
	enum { EACH = 4 * URNE_COEFFICIENT_BLOCKS + 1 }; /* hashed in three goes */
	struct urne_hash seed[2];
	struct urne_coefficient seen[2 * 2 * EACH], any = {{0}}, all = {{UINT64_MAX, UINT64_MAX}};
	struct urne_coefficients c, again;
	size_t n = 0;

	for (size_t i = 0; i < 2; i++) {
		assert_ok(urne_public_random(&seed[i]));
		for (uint64_t stream = 0; stream < 2; stream++) {
			urne_coefficients_init(&c, &seed[i], stream);
			urne_coefficients_init(&again, &seed[i], stream);
			for (size_t k = 0; k < EACH; k++) {
				struct urne_coefficient same;

				urne_coefficients_next(&c, &seen[n]);
				urne_coefficients_next(&again, &same);
				assert_memory_equal(&same, &seen[n], sizeof(same));
				for (size_t j = 0; j < n; j++) {
					assert_memory_not_equal(&seen[n], &seen[j], sizeof(same));
				}
				for (size_t j = 0; j < 2; j++) {
					any.v[j] |= seen[n].v[j];
					all.v[j] &= seen[n].v[j];
				}
				n++;
			}
		}
	}
	/* no bit is always 1 or 0: 196 coefficients, 128 bits: one run in 2^188 */
	assert_int_equal(any.v[0] & any.v[1], UINT64_MAX);
	assert_int_equal(all.v[0] | all.v[1], 0);
	assert_memory_not_equal(&seed[0], &seed[1], sizeof(seed[0]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_sum_of_two_products_is_right_in_a_tiny_group),
	    cmocka_unit_test(a_product_taken_several_times_is_that_many_products),
	    cmocka_unit_test(sums_of_large_products_are_those_of_integers),
	    cmocka_unit_test(
		coefficients_are_of_128_bits_and_new_for_every_seed_stream_and_equation),
	};

	return cmocka_run_group_tests_name("weights", tests, NULL, NULL);
}
