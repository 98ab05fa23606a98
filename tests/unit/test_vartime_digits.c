/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: signed digits are worth the number that they were made of, and are as small, as odd and
 * as far apart as the multiplications rely on: for random numbers, and where carries run furthest.
 */
#include "tests/unit/support/check.h"

#include <gmp.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/vartime/digits.h"

enum { ROUNDS = 20000 };

/* Random limbs, runs of ones and zeros, and numbers beside a power of two. */
static void
random_number(struct urne_rng *rng, uint64_t out[4])
{
	uint64_t choice = urne_rng_below(rng, 8), bit = urne_rng_below(rng, 256);

	for (size_t i = 0; i < 4; i++) {
		urne_rng_fill(rng, &out[i], sizeof(out[i]));
		if (choice == 0) {
			out[i] = urne_rng_below(rng, 2) == 0 ? 0 : UINT64_MAX;
		} else if (choice < 3) {
			out[i] = i < bit / 64 ? choice == 1 ? UINT64_MAX : 0 : 0;
		}
	}
	if (choice == 1) {
		out[bit / 64] = (UINT64_C(1) << bit % 64) - 1;
	} else if (choice == 2) {
		out[bit / 64] = UINT64_C(1) << bit % 64;
	}
}

static void
assert_worth(const mpz_t sum, const uint64_t k[4])
{
	mpz_t want;

	mpz_init(want);
	mpz_import(want, 4, -1, sizeof(k[0]), 0, 0, k);
	assert_int_equal(mpz_cmp(sum, want), 0);
	mpz_clear(want);
}

static void
check_wnaf(const uint64_t k[4], unsigned width)
{
	int8_t digit[URNE_WNAF_DIGITS];
	size_t num = urne_wnaf(digit, k, width), last = 0;
	bool any = false;
	mpz_t sum, term;

	mpz_inits(sum, term, NULL);
	for (size_t i = 0; i < URNE_WNAF_DIGITS; i++) {
		if (digit[i] == 0) {
			continue;
		}
		assert_true(i < num);
		assert_int_equal(digit[i] & 1, 1);
		assert_true(abs(digit[i]) < 1 << (width - 1));
		assert_true(!any || i >= last + width);
		any = true;
		last = i;
		mpz_set_si(term, digit[i]);
		mpz_mul_2exp(term, term, i);
		mpz_add(sum, sum, term);
	}
	assert_int_equal(num, any ? last + 1 : 0);
	assert_worth(sum, k);
	mpz_clears(sum, term, NULL);
}

static void
check_windows(const uint64_t k[4])
{
	int16_t digit[URNE_WINDOW_DIGITS];
	mpz_t sum, term;

	mpz_inits(sum, term, NULL);
	urne_windows(digit, k);
	for (size_t i = 0; i < URNE_WINDOW_DIGITS; i++) {
		assert_in_range(digit[i] + 128, 0, 256);
		mpz_set_si(term, digit[i]);
		mpz_mul_2exp(term, term, 8 * i);
		mpz_add(sum, sum, term);
	}
	assert_worth(sum, k);
	mpz_clears(sum, term, NULL);
}

static void
digits_are_worth_their_number_and_keep_their_bounds(void **state)
{
	struct urne_rng rng;
	uint64_t k[4];

	test_rng_init(&rng);
	for (unsigned i = 0; i < ROUNDS; i++) {
		random_number(&rng, k);
		check_wnaf(k, 2 + i % 7);
		check_windows(k);
	}
}

static void
the_lowest_and_highest_bits_are_digits_in_every_pattern(void **state)
{
	for (uint64_t n = 0; n < 4096; n++) {
		const uint64_t low[4] = {n, 0, 0, 0}, high[4] = {0, 0, 0, n << 52};
		const uint64_t full[4] = {UINT64_MAX - n, UINT64_MAX, UINT64_MAX, UINT64_MAX};
		const uint64_t middle[4] = {n << 58, n >> 6, n << 60, n >> 4};

		for (unsigned width = 2; width <= 8; width++) {
			check_wnaf(low, width);
			check_wnaf(high, width);
			check_wnaf(full, width);
			check_wnaf(middle, width);
		}
		check_windows(low);
		check_windows(high);
		check_windows(full);
		check_windows(middle);
	}
}

/* k below 2^bits, which urne_digits_prepare changes a copy of. */
static void
check_form(const uint64_t k[4], unsigned bits, unsigned width)
{
	struct urne_digit_form form = urne_digit_form_of(bits, width);
	uint64_t prepared[4];
	mpz_t sum, term;

	mpz_inits(sum, term, NULL);
	memcpy(prepared, k, sizeof(prepared));
	urne_digits_prepare(prepared, &form);
	for (unsigned i = 0; i < form.num; i++) {
		const struct urne_digit_place place = urne_digit_place_of(&form, i);
		int digit = urne_digit(prepared, &place);
		int most = 1 << (i + 1 < form.num ? width - 1 : bits % width);

		assert_in_range(digit + most, i + 1 < form.num ? 0 : most, 2 * most);
		mpz_set_si(term, digit);
		mpz_mul_2exp(term, term, (mp_bitcnt_t)(width * i));
		mpz_add(sum, sum, term);
	}
	assert_worth(sum, k);
	mpz_clears(sum, term, NULL);
}

static void
cut_to(uint64_t k[4], unsigned bits)
{
	for (unsigned i = 0; i < 4; i++) {
		if (64 * i >= bits) {
			k[i] = 0;
		} else if (64 * (i + 1) > bits) {
			k[i] &= (UINT64_C(1) << (bits - 64 * i)) - 1;
		}
	}
}

/* check_all_ones: numbers to which preparing adds what makes all limbs ones, and one more, so that
 * a carry out of the lowest goes through all others. */
static void
check_all_ones(unsigned bits, unsigned width)
{
	struct urne_digit_form form = urne_digit_form_of(bits, width);
	uint64_t k[4];

	for (unsigned more = 0; more < 2; more++) {
		for (unsigned i = 0; i < 4; i++) {
			k[i] = UINT64_MAX - form.half[i];
		}
		k[0] += more;
		cut_to(k, bits);
		check_form(k, bits, width);
	}
}

/* 127 bits in digits of 16 leave 15 for the top one, and a carry out of those below it; 128 bits
 * leave none, and the carry is a digit of its own. */
static void
no_carry_is_lost_at_any_border_of_digits(void **state)
{
	struct urne_rng rng;

	test_rng_init(&rng);
	for (unsigned width = 2; width <= 16; width++) {
		for (unsigned bits = 1; bits <= 255; bits++) {
			uint64_t k[4] = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};

			cut_to(k, bits);
			check_form(k, bits, width);
			check_all_ones(bits, width);
			for (unsigned i = 0; i < 4; i++) {
				random_number(&rng, k);
				cut_to(k, bits);
				check_form(k, bits, width);
			}
		}
		for (unsigned bit = 0; bit < 127; bit++) {
			uint64_t k[4] = {0};

			/* from here to the top all ones, and the half of a digit below */
			for (unsigned i = bit; i < 127; i++) {
				k[i / 64] |= UINT64_C(1) << (i % 64);
			}
			check_form(k, 127, width);
			check_form(k, 128, width);
			check_form(k, 253, width);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(digits_are_worth_their_number_and_keep_their_bounds),
	    cmocka_unit_test(the_lowest_and_highest_bits_are_digits_in_every_pattern),
	    cmocka_unit_test(no_carry_is_lost_at_any_border_of_digits),
	};

	return cmocka_run_group_tests_name("signed digits", tests, NULL, NULL);
}
