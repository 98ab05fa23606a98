/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: decimal text becomes the number that GMP says it is, for every number of digits and of
 * limbs, and is refused exactly where it should be; sixteen digits at a time, by the form of this
 * machine and by the one for every machine. */
#include "tests/unit/support/check.h"

#include <gmp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/limbs.h"
#include "crypto/sixteen_digits.h"

/* What the limbs should be: `text` is digits only. */
static enum urne_err
by_gmp(uint64_t *out, size_t n, const char *text)
{
	enum urne_err e = URNE_OK;
	mpz_t x;

	memset(out, 0, n * sizeof(*out));
	assert_int_equal(mpz_init_set_str(x, text, 10), 0);
	if (mpz_sizeinbase(x, 2) > 64 * n) {
		e = URNE_ERR_RANGE;
	} else {
		(void)mpz_export(out, NULL, -1, sizeof(*out), 0, 0, x);
	}
	mpz_clear(x);
	return e;
}

static void
assert_as_gmp(const char *text, size_t n)
{
	uint64_t want[URNE_LIMBS], got[URNE_LIMBS];
	enum urne_err e = by_gmp(want, n, text);
	size_t len = strlen(text);
	char *exact = malloc(len); /* a sanitizer sees what is read beside it */

	assert_non_null(exact);
	memcpy(exact, text, len);
	memset(got, 0xaa, sizeof(got));
	assert_err(urne_limbs_from_decimal(got, n, (struct urne_view){exact, len}), e);
	assert_memory_equal(got, want, n * sizeof(*got));
	free(exact);
}

static void
digits_of_every_length_are_the_number_that_they_say(void **state)
{
	struct urne_rng rng;
	char text[700];

	test_rng_init(&rng);
	for (size_t len = 1; len < sizeof(text); len++) {
		for (size_t k = 0; k < 20; k++) {
			for (size_t i = 0; i < len; i++) {
				text[i] = (char)('0' + urne_rng_below(&rng, 10));
			}
			text[len] = '\0';
			if (k == 0) {
				memset(text, '9', len);
			} else if (k == 1) {
				memset(text + 1, '0', len - 1);
			}
			if (text[0] == '0' && len > 1) {
				text[0] = '1';
			}
			assert_as_gmp(text, 1 + urne_rng_below(&rng, URNE_LIMBS));
			assert_as_gmp(text, 4);
		}
	}
}

/* 2^(64 n) - 1, 2^(64 n), 2^(64 n) + 1 */
static void
the_largest_number_of_n_limbs_is_read_and_the_next_is_not(void **state)
{
	for (size_t n = 1; n <= URNE_LIMBS; n++) {
		mpz_t x;

		mpz_init_set_ui(x, 1);
		mpz_mul_2exp(x, x, 64 * n);
		mpz_sub_ui(x, x, 1);
		for (size_t k = 0; k < 3; k++) {
			char text[URNE_TEXT_MAX];
			uint64_t out[URNE_LIMBS];

			assert_non_null(mpz_get_str(text, 10, x));
			assert_as_gmp(text, n);
			assert_err(urne_limbs_from_decimal(out, n, urne_view_of(text)),
			    k == 0 ? URNE_OK : URNE_ERR_RANGE);
			mpz_add_ui(x, x, 1);
		}
		mpz_clear(x);
	}
}

/* Each byte value at each place of texts of 1 to 90 digits: those of four limbs have up to 78. */
static void
nothing_but_digits_is_read_wherever_it_stands(void **state)
{
	static const char two_256[] =
	    "115792089237316195423570985008687907853269984665640564039457584007913129639936";
	const size_t most = strlen(two_256);
	char text[90];
	uint64_t out[4];

	for (size_t len = 1; len <= sizeof(text); len++) {
		for (size_t at = 0; at < len; at++) {
			for (int c = 0; c < 256; c++) {
				bool digits =
				    c >= '0' && c <= '9' && (c > '0' || at > 0 || len == 1);
				bool fits;

				memset(text, '1', len);
				text[at] = (char)c;
				fits =
				    len < most || (len == most && memcmp(text, two_256, most) < 0);
				assert_err(
				    urne_limbs_from_decimal(out, 4, (struct urne_view){text, len}),
				    !digits ? URNE_ERR_SYNTAX
				    : fits  ? URNE_OK
					    : URNE_ERR_RANGE);
			}
		}
	}
	/* also behind where it is too large already */
	assert_err(urne_limbs_from_decimal(out, 1, urne_view_of("111111111111111111111111111111")),
	    URNE_ERR_RANGE);
	assert_err(urne_limbs_from_decimal(out, 1, urne_view_of("11111111111111111111111111111a")),
	    URNE_ERR_SYNTAX);
	assert_err(urne_limbs_from_decimal(out, 4, urne_view_of("")), URNE_ERR_SYNTAX);
}

static uint64_t
number_of(urne_sixteen v)
{
	uint64_t here, again, first, second;

	urne_sixteen_numbers(&here, &again, v, v);
	urne_sixteen_numbers(&first, &second, (urne_sixteen){0}, v);
	assert_int_equal(here, again);
	assert_int_equal(first, 0);
	assert_int_equal(second, here);
	assert_int_equal(urne_sixteen_number(v), here);
	return here;
}

/* All sixteen of them and the last ones of them. */
static void
sixteen_digits_are_the_number_that_they_say_in_both_forms(void **state)
{
	struct urne_rng rng;

	test_rng_init(&rng);
	for (size_t k = 0; k < 10000; k++) {
		uint64_t number =
		    k == 0 ? 9999999999999999 : urne_rng_below(&rng, 10000000000000000);
		uint64_t power = 1;
		urne_sixteen bad = {0}, v;
		char text[32];

		(void)snprintf(text, sizeof(text), "%016" PRIu64, number);
		v = urne_sixteen_read(&bad, text);
		assert_false(urne_sixteen_any(bad));
		for (size_t num = 0; num <= 16; num++) {
			assert_int_equal(number_of(urne_sixteen_last(v, num)), number % power);
			power *= 10;
		}
		text[k % 16] = (char)(k % 2 == 0 ? '/' : ':');
		(void)urne_sixteen_read(&bad, text);
		assert_true(urne_sixteen_any(bad));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(digits_of_every_length_are_the_number_that_they_say),
	    cmocka_unit_test(the_largest_number_of_n_limbs_is_read_and_the_next_is_not),
	    cmocka_unit_test(nothing_but_digits_is_read_wherever_it_stands),
	    cmocka_unit_test(sixteen_digits_are_the_number_that_they_say_in_both_forms),
	};

	return cmocka_run_group_tests_name("limbs from decimal text", tests, NULL, NULL);
}
