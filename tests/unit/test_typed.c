/* SPDX-License-Identifier: EUPL-1.2 */
/* Typed lines: what is typed as it stands is read, and every slip is found in its line. */
#include "tests/unit/support/check.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "crypto/secret/typed.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

struct line {
	uint8_t bytes[URNE_TYPED_BYTES];
	char text[URNE_TYPED_CHARS];
	size_t number;
};

static void
random_line(struct line *l, struct urne_rng *rng)
{
	urne_rng_fill(rng, l->bytes, sizeof(l->bytes));
	l->number = urne_rng_below(rng, URNE_TYPED_MAX_LINES) + 1;
	urne_typed_write(l->text, l->bytes, l->number);
}

/* assert_found: what is typed is refused with that sentence and leaves nothing. */
static void
assert_found(const struct line *typed, const char *sentence)
{
	static const uint8_t zero[URNE_TYPED_BYTES] = {0};
	struct urne_diag d = {{0}};
	uint8_t bytes[URNE_TYPED_BYTES] = {1};

	assert_err(urne_typed_read(bytes, &d, typed->number,
		       (struct urne_view){typed->text, sizeof(typed->text)}),
	    URNE_ERR_MISMATCH);
	assert_memory_equal(bytes, zero, sizeof(zero));
	if (sentence != NULL) {
		assert_string_equal(d.text, sentence);
	}
}

/* The document's example, and a check of the check: the word of number, data and check characters,
 * evaluated with a table of powers that this test makes by itself, is zero at alpha .. alpha^4. */
static void
a_line_is_a_word_of_the_documented_code(void **state)
{
	unsigned power[31];
	struct urne_rng rng;

	test_rng_init(&rng);
	power[0] = 1;
	for (size_t i = 1; i < 31; i++) {
		power[i] = power[i - 1] << 1;
		power[i] ^= power[i] > 31 ? 0x25U : 0;
	}
	for (size_t n = 0; n < 200; n++) {
		struct line l;

		random_line(&l, &rng);
		for (size_t root = 1; root <= 4; root++) {
			unsigned sum = 0;

			for (size_t i = 0; i < 30; i++) {
				const char *at = i < 2 ? NULL : memchr(alphabet, l.text[i - 2], 32);
				size_t v = at != NULL ? (size_t)(at - alphabet)
					   : i == 0   ? l.number / 32
						      : l.number % 32;

				for (size_t log = 0; log < 31; log++) {
					sum ^= power[log] == v ? power[(log + root * (29 - i)) % 31]
							       : 0;
				}
			}
			assert_int_equal(sum, 0);
		}
	}
}

static void
what_is_written_is_read(void **state)
{
	struct urne_rng rng;

	test_rng_init(&rng);
	for (size_t n = 0; n < 2000; n++) {
		uint8_t back[URNE_TYPED_BYTES];
		struct urne_diag d = {{0}};
		struct line l;

		random_line(&l, &rng);
		assert_ok(urne_typed_read(
		    back, &d, l.number, (struct urne_view){l.text, sizeof(l.text)}));
		assert_memory_equal(back, l.bytes, sizeof(back));
	}
}

static void
every_character_stands_for_its_value(void **state)
{
	for (unsigned v = 0; v < 32; v++) {
		uint8_t bytes[URNE_TYPED_BYTES] = {(uint8_t)(v << 3)};
		char text[URNE_TYPED_CHARS];

		urne_typed_write(text, bytes, 1);
		assert_int_equal(text[0], alphabet[v]);
	}
}

static void
small_letters_spaces_and_letters_like_figures_are_read(void **state)
{
	static const uint8_t bytes[URNE_TYPED_BYTES] = {0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x40};
	uint8_t back[URNE_TYPED_BYTES];
	struct urne_diag d = {{0}};
	char text[URNE_TYPED_CHARS], typed[80];
	size_t len = 0;

	urne_typed_write(text, bytes, 7);
	assert_memory_equal(text, "0123456789", 10);
	for (size_t i = 0; i < sizeof(text); i++) {
		typed[len++] = " -\t "[i % 4];
		typed[len++] = (char)tolower((unsigned char)text[i]);
	}
	typed[len++] = '\r';
	assert_ok(urne_typed_read(back, &d, 7, (struct urne_view){typed, len}));
	assert_memory_equal(back, bytes, sizeof(bytes));
	for (size_t k = 0; k < 3; k++) {
		for (size_t i = 0; i < sizeof(text); i++) {
			typed[i] = text[i];
			if (text[i] == '0') {
				typed[i] = "Oo0"[k];
			} else if (text[i] == '1') {
				typed[i] = "IlL"[k];
			}
		}
		assert_ok(urne_typed_read(back, &d, 7, (struct urne_view){typed, sizeof(text)}));
		assert_memory_equal(back, bytes, sizeof(bytes));
	}
}

static void
every_wrong_character_is_found_and_placed(void **state)
{
	struct urne_rng rng;

	test_rng_init(&rng);
	for (size_t n = 0; n < 30; n++) {
		struct line l;

		random_line(&l, &rng);
		for (size_t at = 0; at < URNE_TYPED_CHARS; at++) {
			char sentence[160];
			char right = l.text[at];

			(void)snprintf(sentence, sizeof(sentence),
			    "line %zu: one character is wrong: look at number %zu of group %zu "
			    "again",
			    l.number, at % 4 + 1, at / 4 + 1);
			for (size_t k = 0; k < 32; k++) {
				l.text[at] = alphabet[k];
				if (alphabet[k] != right) {
					assert_found(&l, sentence);
				}
			}
			l.text[at] = right;
		}
	}
}

static void
every_exchange_of_two_characters_is_found(void **state)
{
	struct urne_rng rng;

	test_rng_init(&rng);
	for (size_t n = 0; n < 60; n++) {
		struct line l;

		random_line(&l, &rng);
		for (size_t i = 0; i < URNE_TYPED_CHARS; i++) {
			for (size_t k = i + 1; k < URNE_TYPED_CHARS; k++) {
				struct line typed = l;
				char sentence[160];

				typed.text[i] = l.text[k];
				typed.text[k] = l.text[i];
				(void)snprintf(sentence, sizeof(sentence),
				    "line %zu: number %zu of group %zu and the character after it "
				    "have changed places",
				    l.number, i % 4 + 1, i / 4 + 1);
				if (l.text[i] != l.text[k]) {
					assert_found(&typed, k == i + 1 ? sentence : NULL);
				}
			}
		}
	}
}

/* Two wrong characters, of any kind, in any two places; then three and four by chance. */
static void
up_to_four_wrong_characters_are_found(void **state)
{
	struct urne_rng rng;
	struct line l;

	test_rng_init(&rng);
	random_line(&l, &rng);
	for (size_t i = 0; i < URNE_TYPED_CHARS; i++) {
		for (size_t k = i + 1; k < URNE_TYPED_CHARS; k++) {
			for (size_t wrong = 0; wrong < 1024; wrong++) {
				struct line typed = l;

				typed.text[i] = alphabet[wrong / 32];
				typed.text[k] = alphabet[wrong % 32];
				if (memcmp(typed.text, l.text, sizeof(l.text)) != 0) {
					assert_found(&typed, NULL);
				}
			}
		}
	}
	for (size_t n = 0; n < 50000; n++) {
		struct line typed = l;

		for (size_t k = 0; k < 3 + n % 2; k++) {
			typed.text[urne_rng_below(&rng, URNE_TYPED_CHARS)] =
			    alphabet[urne_rng_below(&rng, 32)];
		}
		if (memcmp(typed.text, l.text, sizeof(l.text)) != 0) {
			assert_found(&typed, NULL);
		}
	}
}

static void
a_line_at_another_place_is_named(void **state)
{
	struct urne_rng rng;
	struct line l;

	test_rng_init(&rng);
	random_line(&l, &rng);
	for (size_t n = 1; n <= URNE_TYPED_MAX_LINES; n++) {
		struct line typed = l;
		char sentence[160];

		typed.number = n;
		(void)snprintf(sentence, sizeof(sentence),
		    "line %zu: this is line %zu of the paper, at the wrong place", n, l.number);
		if (n != l.number) {
			assert_found(&typed, sentence);
		}
	}
}

static void
other_lengths_and_characters_are_refused(void **state)
{
	static const struct refusal cases[] = {
	    {"", URNE_ERR_SYNTAX,
		"line 3: it has 7 groups of 4 characters on the paper, 28 in all; "
		"here are 0"},
	    {"000000000000000000000000000", URNE_ERR_SYNTAX, "here are 27"},
	    {"00000000000000000000000000000", URNE_ERR_SYNTAX, "here are 29"},
	    {"0000 000U 0000 0000 0000 0000 0000", URNE_ERR_SYNTAX,
		"line 3: no key has that character: look at number 4 of group 2 again"},
	    {"0000 0000 .000 0000 0000 0000 00u0", URNE_ERR_SYNTAX, "number 1 of group 3"},
	    {"3: 0000 0000 0000 0000 0000 0000 0000", URNE_ERR_SYNTAX, "number 2 of group 1"},
	    {"0000 0000 0000 0000 0000 0000 00\xc3\xa9", URNE_ERR_SYNTAX, "number 3 of group 7"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t bytes[URNE_TYPED_BYTES];
		struct urne_diag d = {{0}};

		assert_refusal(
		    &cases[i], i, urne_typed_read(bytes, &d, 3, urne_view_of(cases[i].text)), &d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_line_is_a_word_of_the_documented_code),
	    cmocka_unit_test(what_is_written_is_read),
	    cmocka_unit_test(every_character_stands_for_its_value),
	    cmocka_unit_test(small_letters_spaces_and_letters_like_figures_are_read),
	    cmocka_unit_test(every_wrong_character_is_found_and_placed),
	    cmocka_unit_test(every_exchange_of_two_characters_is_found),
	    cmocka_unit_test(up_to_four_wrong_characters_are_found),
	    cmocka_unit_test(a_line_at_another_place_is_named),
	    cmocka_unit_test(other_lengths_and_characters_are_refused),
	};

	return cmocka_run_group_tests_name("typed", tests, NULL, NULL);
}
