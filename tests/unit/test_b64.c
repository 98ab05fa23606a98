/* SPDX-License-Identifier: EUPL-1.2 */
/* Base64: one spelling for every run of bytes, every other refused. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "base/b64.h"

static void
the_vectors_of_rfc_4648_hold(void **state)
{
	static const struct {
		const char *bytes, *text;
	} cases[] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="},
	    {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t bytes[8];
		struct urne_buf out;
		size_t len = 9;

		urne_buf_init(&out, 16);
		urne_b64_put(&out, (const uint8_t *)cases[i].bytes, strlen(cases[i].bytes));
		assert_true(urne_view_is(urne_buf_view(&out), cases[i].text));
		assert_ok(urne_b64_decode(bytes, &len, sizeof(bytes), urne_view_of(cases[i].text)));
		assert_int_equal(len, strlen(cases[i].bytes));
		assert_memory_equal(bytes, cases[i].bytes, len);
		urne_buf_clear(&out);
	}
}

static void
every_digit_stands_for_its_value(void **state)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (unsigned v = 0; v < 64; v++) {
		uint8_t byte = (uint8_t)(v << 2), back = 1;
		char text[4];
		size_t len = 0;

		urne_b64_encode(text, &byte, 1);
		assert_int_equal(text[0], digits[v]);
		assert_ok(urne_b64_decode(&back, &len, 1, (struct urne_view){text, 4}));
		assert_int_equal(back, byte);
	}
}

/* In front of the last group, which may end in padding. */
static void
exactly_64_characters_are_digits(void **state)
{
	enum { MOST = 28 };

	for (size_t len = 8; len <= MOST; len += 4) {
		for (size_t place = 0; place < len - 4; place++) {
			unsigned num = 0;

			for (unsigned c = 0; c < 256; c++) {
				char text[MOST];
				uint8_t bytes[MOST];
				struct urne_view v = {text, len};
				size_t out_len = 0;

				memset(text, 'A', len);
				text[place] = (char)c;
				num += urne_b64_decode(bytes, &out_len, MOST, v) == URNE_OK ? 1 : 0;
			}
			assert_int_equal(num, 64);
		}
	}
}

/* As many endings are accepted as there are bytes they can stand for. */
static void
an_ending_has_one_spelling_only(void **state)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
	size_t ones = 0, twos = 0;

	for (size_t a = 0; a < 65; a++) {
		for (size_t b = 0; b < 65; b++) {
			char one[4] = {digits[a], digits[b], '=', '='};
			char two[4] = {'A', digits[a], digits[b], '='};
			uint8_t bytes[3];
			size_t len = 0;

			if (urne_b64_decode(bytes, &len, 3, (struct urne_view){one, 4}) ==
			    URNE_OK) {
				assert_int_equal(len, 1);
				ones++;
			}
			if (urne_b64_decode(bytes, &len, 3, (struct urne_view){two, 4}) ==
				URNE_OK &&
			    len == 2) {
				twos++;
			}
		}
	}
	assert_int_equal(ones, 256);
	assert_int_equal(twos, 64 * 16);
}

static void
other_spellings_are_refused_and_leave_nothing(void **state)
{
	static const struct {
		const char *text;
		enum urne_err want;
	} cases[] = {
	    {"Z", URNE_ERR_SYNTAX},
	    {"Zg", URNE_ERR_SYNTAX},	   /* padding missing */
	    {"Zg=", URNE_ERR_SYNTAX},	   /* half of it missing */
	    {"Zg===", URNE_ERR_SYNTAX},	   /* too much of it */
	    {"Zh==", URNE_ERR_SYNTAX},	   /* bits behind the last byte */
	    {"Zm9=", URNE_ERR_SYNTAX},	   /* the same */
	    {"====", URNE_ERR_SYNTAX},	   /* nothing but padding */
	    {"Z===", URNE_ERR_SYNTAX},	   /* six bits are no byte */
	    {"Zg==Zg==", URNE_ERR_SYNTAX}, /* padding in the middle */
	    {"Zm9vZm9v\n", URNE_ERR_SYNTAX},
	    {"Zm9 Zm9v", URNE_ERR_SYNTAX},
	    {"Zm-_", URNE_ERR_SYNTAX}, /* the other alphabet */
	    {"Zm9vZm9vZm9v", URNE_ERR_RANGE},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t bytes[6] = {0};
		static const uint8_t zero[6] = {0};
		size_t len = 1;

		assert_err(urne_b64_decode(bytes, &len, sizeof(bytes), urne_view_of(cases[i].text)),
		    cases[i].want);
		assert_int_equal(len, 0);
		assert_memory_equal(bytes, zero, sizeof(zero));
	}
}

static void
what_is_written_is_read_for_every_length(void **state)
{
	uint8_t bytes[100], back[100];
	char text[URNE_B64_LEN(100)];
	struct urne_rng rng;

	test_rng_init(&rng);
	for (size_t n = 0; n <= sizeof(bytes); n++) {
		size_t len = 0;

		urne_rng_fill(&rng, bytes, n);
		urne_b64_encode(text, bytes, n);
		assert_ok(
		    urne_b64_decode(back, &len, n, (struct urne_view){text, URNE_B64_LEN(n)}));
		assert_int_equal(len, n);
		assert_memory_equal(back, bytes, n);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_vectors_of_rfc_4648_hold),
	    cmocka_unit_test(every_digit_stands_for_its_value),
	    cmocka_unit_test(exactly_64_characters_are_digits),
	    cmocka_unit_test(an_ending_has_one_spelling_only),
	    cmocka_unit_test(other_spellings_are_refused_and_leave_nothing),
	    cmocka_unit_test(what_is_written_is_read_for_every_length),
	};

	return cmocka_run_group_tests_name("b64", tests, NULL, NULL);
}
