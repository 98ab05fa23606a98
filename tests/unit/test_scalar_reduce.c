/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: the remainder modulo q is GMP's, in every group: of random numbers of all lengths, of
 * numbers beside a multiple of q or of a power of 2, and where digits of a quotient are largest. */
#include "tests/unit/support/check.h"

#include <gmp.h>
#include <string.h>

#include "crypto/group.h"
#include "tests/unit/support/tiny_group.h"

#define MOST_LIMBS ((size_t)2 * URNE_LIMBS)
#define LIMB_BITS  64U
/* as many as a sum of products of coefficients has */
#define SUM_LIMBS 8U

/* most: so many limbs a number has at most that is reduced in this group. */
static size_t
most(const struct urne_group *g)
{
	return g->num_q_limbs < SUM_LIMBS / 2 ? SUM_LIMBS : 2 * g->num_q_limbs;
}

static void
order(mpz_t q, const struct urne_group *g)
{
	mpz_import(q, g->num_q_limbs, -1, sizeof(uint64_t), 0, 0, g->q);
}

/* check_limbs: n limbs of which some on top may be zero. */
static void
check_limbs(const struct urne_group *g, const uint64_t *a, size_t n)
{
	struct urne_scalar got, want = {{0}};
	mpz_t number, q;

	mpz_inits(number, q, NULL);
	order(q, g);
	mpz_import(number, n, -1, sizeof(uint64_t), 0, 0, a);
	mpz_mod(number, number, q);
	mpz_export(want.v, NULL, -1, sizeof(uint64_t), 0, 0, number);
	memset(&got, 0xff, sizeof(got));
	urne_scalar_reduce(g, &got, a, n);
	assert_memory_equal(&got, &want, sizeof(got));
	mpz_clears(number, q, NULL);
}

/* check: a number, with no zeros on top and with all that there can be. What is below zero or too
 * long is no number here. */
static void
check(const struct urne_group *g, const mpz_t number)
{
	uint64_t a[MOST_LIMBS] = {0};

	if (mpz_sgn(number) >= 0 && mpz_size(number) <= most(g)) {
		mpz_export(a, NULL, -1, sizeof(uint64_t), 0, 0, number);
		check_limbs(g, a, mpz_size(number));
		check_limbs(g, a, most(g));
	}
}

/* check_around: the number, and those up to two beside it. */
static void
check_around(const struct urne_group *g, const mpz_t number)
{
	mpz_t beside;

	mpz_init(beside);
	mpz_sub_ui(beside, number, 2);
	for (unsigned i = 0; i < 5; i++) {
		check(g, beside);
		mpz_add_ui(beside, beside, 1);
	}
	mpz_clear(beside);
}

static void
random_numbers_of_every_length(void **state)
{
	struct urne_rng rng;
	int times = test_times(20);

	test_rng_init(&rng);
	for (size_t i = 0; i < NUM_GROUPS; i++) {
		const struct urne_group *g = every_group[i];

		for (unsigned bits = 0; bits <= LIMB_BITS * most(g); bits++) {
			size_t n = (bits + LIMB_BITS - 1) / LIMB_BITS;

			for (int k = 0; k < times; k++) {
				uint64_t a[MOST_LIMBS] = {0};

				urne_rng_fill(&rng, a, n * sizeof(a[0]));
				if (bits % LIMB_BITS != 0) {
					a[n - 1] >>= LIMB_BITS - bits % LIMB_BITS;
				}
				check_limbs(g, a, n);
			}
		}
	}
}

static void
limbs_that_are_all_ones_or_all_zeros(void **state)
{
	for (size_t i = 0; i < NUM_GROUPS; i++) {
		for (unsigned pattern = 0; pattern < 1U << SUM_LIMBS; pattern++) {
			uint64_t a[SUM_LIMBS];

			for (unsigned k = 0; k < SUM_LIMBS; k++) {
				a[k] = (pattern >> k & 1) != 0 ? UINT64_MAX : 0;
			}
			check_limbs(every_group[i], a, SUM_LIMBS);
		}
	}
}

static void
numbers_beside_powers_of_two(void **state)
{
	mpz_t number;

	mpz_init(number);
	for (size_t i = 0; i < NUM_GROUPS; i++) {
		for (unsigned bit = 0; bit <= LIMB_BITS * most(every_group[i]); bit++) {
			mpz_set_ui(number, 0);
			mpz_setbit(number, bit);
			check_around(every_group[i], number);
			/* and three times as much */
			mpz_mul_ui(number, number, 3);
			check_around(every_group[i], number);
		}
	}
	mpz_clear(number);
}

/* k q for small k, for k = 2^bit and beside it, and for random k. */
static void
numbers_beside_multiples_of_the_order(void **state)
{
	struct urne_rng rng;
	mpz_t q, k, number;

	test_rng_init(&rng);
	mpz_inits(q, k, number, NULL);
	for (size_t i = 0; i < NUM_GROUPS; i++) {
		const struct urne_group *g = every_group[i];

		order(q, g);
		for (unsigned long small = 0; small < 300; small++) {
			mpz_mul_ui(number, q, small);
			check_around(g, number);
		}
		for (unsigned bit = 0; bit < LIMB_BITS * most(g); bit++) {
			uint64_t random[MOST_LIMBS];

			mpz_set_ui(k, 0);
			mpz_setbit(k, bit);
			mpz_mul(number, q, k);
			check_around(g, number);
			mpz_sub(number, number, q);
			check_around(g, number);
			urne_rng_fill(&rng, random, sizeof(random));
			mpz_import(k, MOST_LIMBS, -1, sizeof(uint64_t), 0, 0, random);
			mpz_tdiv_r_2exp(k, k, bit);
			mpz_mul(number, q, k);
			check_around(g, number);
		}
	}
	mpz_clears(q, k, number, NULL);
}

/* A remainder that is a little below q, or beside 2^(bits of q - 1), and then up to three
 * limbs: there the next digit of a quotient is largest or 0. */
static void
remainders_at_both_ends_and_limbs_behind_them(void **state)
{
	static const uint64_t limbs[] = {
	    0, 1, UINT64_C(1) << 60, UINT64_C(1) << 63, UINT64_MAX - 1, UINT64_MAX};
	const size_t num = sizeof(limbs) / sizeof(limbs[0]);
	mpz_t q, number;

	mpz_inits(q, number, NULL);
	for (size_t i = 0; i < NUM_GROUPS; i++) {
		const struct urne_group *g = every_group[i];

		order(q, g);
		for (unsigned n = 0; n < 2 * 4 * num * num * num; n++) {
			unsigned rest = n / 2;

			mpz_set_ui(number, 0);
			mpz_setbit(number, g->q_bits - 1);
			if (n % 2 == 0) {
				mpz_set(number, q);
			}
			mpz_sub_ui(number, number, rest % 4);
			rest /= 4;
			for (unsigned k = 0; k < 3; k++) {
				mpz_mul_2exp(number, number, LIMB_BITS);
				mpz_add_ui(number, number, limbs[rest % num]);
				rest /= (unsigned)num;
				check(g, number);
			}
		}
	}
	mpz_clears(q, number, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(random_numbers_of_every_length),
	    cmocka_unit_test(limbs_that_are_all_ones_or_all_zeros),
	    cmocka_unit_test(numbers_beside_powers_of_two),
	    cmocka_unit_test(numbers_beside_multiples_of_the_order),
	    cmocka_unit_test(remainders_at_both_ends_and_limbs_behind_them),
	};

	return cmocka_run_group_tests_name("remainders", tests, NULL, NULL);
}
