/* SPDX-License-Identifier: EUPL-1.2 */
/* Text forms of bytes, diagnostics, and threads: one spelling is read, every other is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "base/err.h"
#include "base/limits.h"

static void
hex_reads_what_it_writes_for_every_byte(void **state)
{
	uint8_t in[256], out[256];
	char text[512];

	(void)state;
	for (size_t i = 0; i < 256; i++) {
		in[i] = (uint8_t)i;
	}
	urne_hex_encode(text, in, sizeof(in));
	assert_memory_equal(text, "000102030405060708090a0b0c0d0e0f10", 34);
	assert_int_equal(
	    urne_hex_decode(out, sizeof(out), (struct urne_view){text, sizeof(text)}), URNE_OK);
	assert_memory_equal(in, out, sizeof(in));
}

/* Each byte value at each place of texts of 1 to 11 bytes. */
static void
hex_accepts_exactly_sixteen_digits_wherever_they_stand(void **state)
{
	static const char digits[] = "0123456789abcdef";

	(void)state;
	for (size_t len = 1; len <= 11; len++) {
		for (size_t at = 0; at < 2 * len; at++) {
			unsigned num = 0;

			for (unsigned c = 0; c < 256; c++) {
				char text[22];
				uint8_t b[12];
				const char *digit = memchr(digits, (int)c, 16);
				unsigned worth = digit != NULL ? (unsigned)(digit - digits) : 0;

				memset(text, '0', sizeof(text));
				memset(b, 0xff, sizeof(b));
				text[at] = (char)c;
				assert_int_equal(
				    urne_hex_decode(b, len, (struct urne_view){text, 2 * len}),
				    digit != NULL ? URNE_OK : URNE_ERR_SYNTAX);
				num += digit != NULL ? 1 : 0;
				for (size_t i = 0; i < len; i++) {
					assert_int_equal(b[i], i != at / 2   ? 0
							       : at % 2 == 0 ? worth << 4
									     : worth);
				}
				assert_int_equal(b[len], 0xff);
			}
			assert_int_equal(num, 16);
		}
	}
}

static void
hex_refuses_a_wrong_length(void **state)
{
	uint8_t b[2];

	(void)state;
	assert_int_equal(urne_hex_decode(b, 2, urne_view_of("000")), URNE_ERR_SYNTAX);
	assert_int_equal(urne_hex_decode(b, 2, urne_view_of("00000")), URNE_ERR_SYNTAX);
	assert_int_equal(urne_hex_decode(b, 2, urne_view_of("000000")), URNE_ERR_SYNTAX);
	assert_int_equal(urne_hex_decode(b, 0, urne_view_of("")), URNE_OK);
}

static void
b64_hash_matches_a_known_value(void **state)
{
	/* SHA-256 of nothing; the text is from base64(1) */
	static const char hex[] =
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
	static const char b64[] = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU";
	struct urne_hash h, back;
	char text[URNE_HASH_B64_LEN];

	(void)state;
	assert_int_equal(urne_hex_decode(h.b, URNE_HASH_LEN, urne_view_of(hex)), URNE_OK);
	urne_b64_hash_encode(text, &h);
	assert_memory_equal(text, b64, sizeof(text));
	assert_int_equal(urne_b64_hash_decode(&back, urne_view_of(b64)), URNE_OK);
	assert_true(urne_hash_eq(&h, &back));
}

static void
b64_hash_refuses_a_last_character_that_is_not_canonical(void **state)
{
	char text[URNE_HASH_B64_LEN];
	unsigned num = 0;

	(void)state;
	memset(text, 'A', sizeof(text));
	for (unsigned c = 0; c < 256; c++) {
		struct urne_hash h;

		text[42] = (char)c;
		if (urne_b64_hash_decode(&h, (struct urne_view){text, sizeof(text)}) == URNE_OK) {
			num++;
		}
	}
	/* four of its six bits count */
	assert_int_equal(num, 16);
}

static void
b64_hash_refuses_padding_and_the_url_alphabet(void **state)
{
	struct urne_hash h;

	(void)state;
	assert_int_equal(
	    urne_b64_hash_decode(&h, urne_view_of("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")),
	    URNE_ERR_SYNTAX);
	assert_int_equal(
	    urne_b64_hash_decode(&h, urne_view_of("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU")),
	    URNE_ERR_SYNTAX);
}

static void
decimal_accepts_its_bounds_and_refuses_other_spellings(void **state)
{
	static const char *const bad[] = {"", "00", "01", "+1", "-1", " 1", "1 ", "0x1", "1e3"};
	uint64_t v;

	(void)state;
	assert_int_equal(urne_decimal_decode(&v, urne_view_of("0"), 0), URNE_OK);
	assert_int_equal(
	    urne_decimal_decode(&v, urne_view_of("18446744073709551615"), UINT64_MAX), URNE_OK);
	assert_true(v == UINT64_MAX);
	assert_int_equal(urne_decimal_decode(&v, urne_view_of("18446744073709551616"), UINT64_MAX),
	    URNE_ERR_RANGE);
	assert_true(v == 0);
	assert_int_equal(
	    urne_decimal_decode(&v, urne_view_of("99999999999999999999999"), UINT64_MAX),
	    URNE_ERR_RANGE);
	assert_int_equal(urne_decimal_decode(&v, urne_view_of("11"), 10), URNE_ERR_RANGE);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(
		    urne_decimal_decode(&v, urne_view_of(bad[i]), UINT64_MAX), URNE_ERR_SYNTAX);
	}
}

static void
utf8_accepts_the_first_and_last_of_each_length_and_refuses_their_neighbours(void **state)
{
	static const struct {
		const char *text;
		size_t len;
	} cases[] = {
	    {"\x7f", 1},
	    {"\x80", 0},
	    {"\xc1\xbf", 0},
	    {"\xc2\x80", 2},
	    {"\xdf\xbf", 2},
	    {"\xe0\x9f\xbf", 0},
	    {"\xe0\xa0\x80", 3},
	    {"\xed\x9f\xbf", 3},
	    {"\xed\xa0\x80", 0},
	    {"\xee\x80\x80", 3},
	    {"\xef\xbf\xbf", 3},
	    {"\xf0\x8f\xbf\xbf", 0},
	    {"\xf0\x90\x80\x80", 4},
	    {"\xf4\x8f\xbf\xbf", 4},
	    {"\xf4\x90\x80\x80", 0},
	    {"\xf5\x80\x80\x80", 0},
	    {"\xff", 0},
	    {"\xc2", 0},
	    {"\xe2\x82", 0},
	    {"\xf0\x9f\x98", 0},
	    {"\xc2 ", 0},
	    {"\xe2\x82 ", 0},
	    {"\xf0\x9f\x98 ", 0},
	    {"", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(urne_utf8_len(urne_view_of(cases[i].text)), cases[i].len);
	}
}

static void
sizes_that_overflow_are_refused(void **state)
{
	size_t n = 1;

	(void)state;
	assert_true(urne_add_size(&n, SIZE_MAX - 1, 1));
	assert_true(n == SIZE_MAX);
	assert_false(urne_add_size(&n, SIZE_MAX, 1));
	assert_true(n == 0);
	assert_true(urne_mul_size(&n, SIZE_MAX / 3, 3));
	assert_false(urne_mul_size(&n, SIZE_MAX / 3 + 1, 3));
	assert_true(urne_mul_size(&n, 5, 0));
}

static void
every_error_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int i = URNE_OK; i <= URNE_ERR_INTERNAL; i++) {
		for (int j = URNE_OK; j < i; j++) {
			assert_string_not_equal(
			    urne_err_name((enum urne_err)i), urne_err_name((enum urne_err)j));
		}
	}
	assert_false(urne_err_is_ours(URNE_ERR_PASSPHRASE));
	assert_true(urne_err_is_ours(URNE_ERR_IO));
}

static void
diag_gets_a_place_in_front_and_is_cut_when_long(void **state)
{
	struct urne_diag d = {{0}};

	(void)state;
	assert_int_equal(urne_fail(&d, URNE_ERR_PROOF, "answer %d: bad", 0), URNE_ERR_PROOF);
	urne_diag_within(&d, "ballot %d, ", 12);
	assert_string_equal(d.text, "ballot 12, answer 0: bad");
	urne_diag_within(&d, "%0500d", 1);
	assert_int_equal(strlen(d.text), sizeof(d.text) - 1);
	assert_int_equal(urne_fail(&d, URNE_ERR_IO, "short"), URNE_ERR_IO);
	/* an argument may be the sentence itself */
	assert_int_equal(urne_fail(&d, URNE_ERR_IO, "x %s", d.text), URNE_ERR_IO);
	assert_string_equal(d.text, "x short");
	urne_diag_within(NULL, "no harm");
	assert_int_equal(urne_fail(NULL, URNE_ERR_IO, "no harm"), URNE_ERR_IO);
}

static void
a_view_is_cut_at_each_mark_and_left_alone_without_one(void **state)
{
	struct urne_view piece, rest = urne_view_of("ab::c"), empty = {NULL, 0};

	assert_true(urne_view_cut(&piece, &rest, ':'));
	assert_true(urne_view_is(piece, "ab"));
	assert_true(urne_view_cut(&piece, &rest, ':'));
	assert_true(urne_view_is(piece, ""));
	assert_false(urne_view_cut(&piece, &rest, ':'));
	assert_true(urne_view_is(piece, ""));
	assert_true(urne_view_is(rest, "c"));
	assert_false(urne_view_cut(&piece, &empty, ':'));
	rest = urne_view_of("c:");
	assert_true(urne_view_cut(&piece, &rest, ':'));
	assert_true(urne_view_is(piece, "c"));
	assert_int_equal(rest.len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(hex_reads_what_it_writes_for_every_byte),
	    cmocka_unit_test(hex_accepts_exactly_sixteen_digits_wherever_they_stand),
	    cmocka_unit_test(hex_refuses_a_wrong_length),
	    cmocka_unit_test(b64_hash_matches_a_known_value),
	    cmocka_unit_test(b64_hash_refuses_a_last_character_that_is_not_canonical),
	    cmocka_unit_test(b64_hash_refuses_padding_and_the_url_alphabet),
	    cmocka_unit_test(decimal_accepts_its_bounds_and_refuses_other_spellings),
	    cmocka_unit_test(
		utf8_accepts_the_first_and_last_of_each_length_and_refuses_their_neighbours),
	    cmocka_unit_test(sizes_that_overflow_are_refused),
	    cmocka_unit_test(a_view_is_cut_at_each_mark_and_left_alone_without_one),
	    cmocka_unit_test(every_error_has_a_name_of_its_own),
	    cmocka_unit_test(diag_gets_a_place_in_front_and_is_cut_when_long),
	};

	return cmocka_run_group_tests_name("base_bytes", tests, NULL, NULL);
}
