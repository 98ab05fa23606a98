/* SPDX-License-Identifier: EUPL-1.2 */
/* Keys on paper: every key file comes back byte for byte, and papers that were mixed up, cut or
 * typed wrong do not. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "crypto/secret/keyfile.h"
#include "crypto/secret/paper.h"

static const char seed[] = "A4GavStfxpHKbSzusRcBM8";
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

#define LINE_LEN (URNE_TYPED_CHARS + 3) /* "1:", newline; up to nine lines */

struct sheet {
	struct urne_paper what;
	struct urne_buf file, lines;
};

static void
print_sheet(struct sheet *s, struct urne_view key, bool locked, uint8_t nonce)
{
	struct urne_diag d = {{0}};

	s->what = (struct urne_paper){.kind = URNE_PAPER_SEED,
	    .group = &urne_group_ed25519,
	    .locked = locked,
	    .fingerprint = {1, 2, 3, 4, 5, 6, 7, nonce}};
	urne_buf_init_secret(&s->file, URNE_MAX_SMALL_FILE);
	urne_buf_init_secret(&s->lines, URNE_MAX_SMALL_FILE);
	if (locked) {
		uint8_t start[32] = {nonce};
		struct urne_rng rng;

		urne_rng_init_fixed(&rng, start);
		assert_ok(urne_keyfile_lock(&s->file, key, VIEW("passphrase"), true, &rng));
	} else {
		urne_buf_put_view(&s->file, key);
	}
	assert_ok(urne_paper_write(&s->lines, &d, &s->what, urne_buf_view(&s->file)));
	assert_ok(urne_buf_error(&s->lines));
}

static void
sheet_clear(struct sheet *s)
{
	urne_buf_clear(&s->file);
	urne_buf_clear(&s->lines);
}

static enum urne_err
read_lines(struct urne_view lines, const struct sheet *want, struct urne_diag *d)
{
	struct urne_paper what;
	struct urne_buf file;
	enum urne_err e;

	urne_buf_init_secret(&file, URNE_MAX_SMALL_FILE);
	e = urne_paper_read(&what, &file, d, lines);
	if (e == URNE_OK) {
		assert_int_equal(what.kind, want->what.kind);
		assert_ptr_equal(what.group, want->what.group);
		assert_int_equal(what.locked, want->what.locked);
		assert_memory_equal(
		    what.fingerprint, want->what.fingerprint, sizeof(what.fingerprint));
		assert_true(urne_view_eq(urne_buf_view(&file), urne_buf_view(&want->file)));
	} else {
		assert_int_equal(file.len, 0);
	}
	urne_buf_clear(&file);
	return e;
}

static void
a_key_of_any_length_comes_back(void **state)
{
	static char key[1000];
	struct urne_diag d = {{0}};

	memset(key, '7', sizeof(key));
	for (size_t len = 1; len <= 941; len += len < 60 ? 1 : 37) {
		struct sheet s;

		print_sheet(&s, (struct urne_view){key, len}, false, 0);
		assert_ok(read_lines(urne_buf_view(&s.lines), &s, &d));
		sheet_clear(&s);
	}
}

static void
a_locked_key_comes_back_byte_for_byte(void **state)
{
	static char key[880];
	struct urne_diag d = {{0}};

	memset(key, '7', sizeof(key));
	for (size_t len = 1; len <= 880; len += 293) {
		struct sheet s;

		print_sheet(&s, (struct urne_view){key, len}, true, 1);
		assert_ok(read_lines(urne_buf_view(&s.lines), &s, &d));
		sheet_clear(&s);
	}
}

static void
a_key_that_nobody_types_is_refused(void **state)
{
	static char key[942];
	struct urne_paper what = {.kind = URNE_PAPER_SIGNER};
	struct urne_diag d = {{0}};
	struct urne_buf out;

	memset(key, '7', sizeof(key));
	urne_buf_init_secret(&out, URNE_MAX_SMALL_FILE);
	assert_err(urne_paper_write(&out, &d, &what, (struct urne_view){key, sizeof(key)}),
	    URNE_ERR_LIMIT);
	assert_int_equal(out.len, 0);
	urne_buf_clear(&out);
}

static void
a_locked_form_that_would_come_back_otherwise_is_refused(void **state)
{
	struct urne_diag d = {{0}};
	struct urne_buf out;
	struct sheet s;

	print_sheet(&s, VIEW(seed), true, 1);
	urne_buf_init_secret(&out, URNE_MAX_SMALL_FILE);
	s.file.data[s.file.len - 3] = 'F';
	assert_err(urne_paper_write(&out, &d, &s.what, urne_buf_view(&s.file)), URNE_ERR_SYNTAX);
	assert_err(urne_paper_write(&out, &d, &s.what, VIEW(seed)), URNE_ERR_SYNTAX);
	urne_buf_clear(&out);
	sheet_clear(&s);
}

static void
every_line_left_out_repeated_or_exchanged_is_named(void **state)
{
	struct urne_diag d = {{0}};
	struct sheet s;
	size_t num;

	print_sheet(&s, VIEW(seed), true, 1);
	num = s.lines.len / LINE_LEN;
	assert_int_equal(num * LINE_LEN, s.lines.len);
	for (size_t i = 0; i < num; i++) {
		char text[20 * LINE_LEN], sentence[80];

		memcpy(text, s.lines.data, i * LINE_LEN);
		memcpy(text + i * LINE_LEN, s.lines.data + (i + 1) * LINE_LEN,
		    (num - i - 1) * LINE_LEN);
		assert_err(read_lines((struct urne_view){text, (num - 1) * LINE_LEN}, &s, &d),
		    URNE_ERR_INCOMPLETE);
		(void)snprintf(sentence, sizeof(sentence), "line %zu is missing", i + 1);
		assert_non_null(strstr(d.text, sentence));

		memcpy(text, s.lines.data, s.lines.len);
		memmove(text + (i + 1) * LINE_LEN, text + i * LINE_LEN, (num - i) * LINE_LEN);
		assert_err(read_lines((struct urne_view){text, (num + 1) * LINE_LEN}, &s, &d),
		    URNE_ERR_ORDER);

		if (i + 1 < num) {
			/* the numbers stay, what stands behind them changes places */
			memcpy(text, s.lines.data, s.lines.len);
			memcpy(text + i * LINE_LEN + 2, s.lines.data + (i + 1) * LINE_LEN + 2,
			    URNE_TYPED_CHARS);
			memcpy(text + (i + 1) * LINE_LEN + 2, s.lines.data + i * LINE_LEN + 2,
			    URNE_TYPED_CHARS);
			assert_err(read_lines((struct urne_view){text, s.lines.len}, &s, &d),
			    URNE_ERR_MISMATCH);
			(void)snprintf(sentence, sizeof(sentence),
			    "line %zu: this is line %zu of the paper", i + 1, i + 2);
			assert_non_null(strstr(d.text, sentence));
		}
	}
	sheet_clear(&s);
}

static void
a_line_of_another_paper_is_found_by_the_whole(void **state)
{
	struct urne_diag d = {{0}};
	struct sheet s, other;

	print_sheet(&s, VIEW(seed), true, 1);
	print_sheet(&other, VIEW(seed), true, 2);
	assert_int_equal(s.lines.len, other.lines.len);
	for (size_t i = 0; i < s.lines.len / LINE_LEN; i++) {
		char text[20 * LINE_LEN];

		memcpy(text, s.lines.data, s.lines.len);
		memcpy(text + i * LINE_LEN, other.lines.data + i * LINE_LEN, LINE_LEN);
		assert_err(
		    read_lines((struct urne_view){text, s.lines.len}, &s, &d), URNE_ERR_MISMATCH);
		assert_non_null(strstr(d.text, "not of one paper"));
	}
	sheet_clear(&s);
	sheet_clear(&other);
}

/* Mistakes that the lines themselves cannot see: whole lines that are right words of the code with
 * other bytes in them, in one to all lines. */
static void
random_lines_that_are_right_one_by_one_are_found_by_the_whole(void **state)
{
	struct urne_diag d = {{0}};
	struct urne_rng rng;
	struct sheet s;
	size_t num;

	test_rng_init(&rng);
	print_sheet(&s, VIEW(seed), true, 1);
	num = s.lines.len / LINE_LEN;
	for (size_t n = 0; n < 5000; n++) {
		char text[20 * LINE_LEN];

		memcpy(text, s.lines.data, s.lines.len);
		for (size_t i = 1; i < num; i++) {
			uint8_t bytes[URNE_TYPED_BYTES];

			urne_rng_fill(&rng, bytes, sizeof(bytes));
			if (i == 1 + n % (num - 1) || urne_rng_below(&rng, 3) == 0) {
				urne_typed_write(text + i * LINE_LEN + 2, bytes, i + 1);
			}
		}
		assert_err(
		    read_lines((struct urne_view){text, s.lines.len}, &s, &d), URNE_ERR_MISMATCH);
		assert_non_null(strstr(d.text, "not of one paper"));
	}
	sheet_clear(&s);
}

static void
every_wrong_character_of_a_paper_names_its_line(void **state)
{
	struct urne_diag d = {{0}};
	struct sheet s;

	print_sheet(&s, VIEW(seed), true, 1);
	for (size_t at = 0; at < s.lines.len; at++) {
		char right = s.lines.data[at], sentence[80];

		if (at % LINE_LEN < 2 || at % LINE_LEN == LINE_LEN - 1) {
			continue;
		}
		(void)snprintf(sentence, sizeof(sentence), "line %zu: one character is wrong",
		    at / LINE_LEN + 1);
		for (size_t k = 0; k < 32; k++) {
			s.lines.data[at] = alphabet[k];
			if (alphabet[k] != right) {
				assert_err(
				    read_lines(urne_buf_view(&s.lines), &s, &d), URNE_ERR_MISMATCH);
				assert_non_null(strstr(d.text, sentence));
			}
		}
		s.lines.data[at] = right;
	}
	sheet_clear(&s);
}

static void
other_papers_are_refused(void **state)
{
	static const struct {
		uint8_t head[URNE_TYPED_BYTES];
		enum urne_err want;
	} heads[] = {
	    {{2, 2, 1, 0, 0, 22}, URNE_ERR_UNSUPPORTED},
	    {{1, 0, 1, 0, 0, 22}, URNE_ERR_RANGE},
	    {{1, 5, 0, 0, 0, 22}, URNE_ERR_RANGE}, /* no such kind */
	    {{1, 5, 1, 0, 0, 22}, URNE_ERR_RANGE},
	    {{1, 2, 4, 0, 0, 22}, URNE_ERR_RANGE}, /* no such group */
	    {{1, 2, 0, 0, 0, 22}, URNE_ERR_RANGE}, /* a trustee's key without group */
	    {{1, 3, 1, 0, 0, 22}, URNE_ERR_RANGE}, /* a signer with one */
	    {{1, 4, 1, 0, 0, 22}, URNE_ERR_RANGE}, /* an identity with one */
	    {{1, 4, 0, 0, 3, 173}, URNE_OK},
	    {{1, 2, 1, 2, 0, 22}, URNE_ERR_RANGE},
	    {{1, 2, 1, 0, 0, 0}, URNE_ERR_RANGE},   /* nothing */
	    {{1, 2, 1, 0, 3, 174}, URNE_ERR_RANGE}, /* more than there may be */
	    {{1, 2, 1, 0, 3, 173}, URNE_OK},
	};
	static const struct refusal texts[] = {
	    {"", URNE_ERR_INCOMPLETE, "there is no line of a key"},
	    {"\n \n", URNE_ERR_INCOMPLETE, "there is no line of a key"},
	    {"0000 0000\n", URNE_ERR_SYNTAX, "line 1: a line begins with its number"},
	    {"one: 0000\n", URNE_ERR_SYNTAX, "line 1: a line begins with its number"},
	    {"2: 0000\n", URNE_ERR_INCOMPLETE, "line 1 is missing"},
	    {"1: 0000\n", URNE_ERR_SYNTAX, "here are 4"},
	};

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		struct urne_paper_reader r;
		struct urne_diag d = {{0}};
		char line[URNE_TYPED_CHARS];

		urne_typed_write(line, heads[i].head, 1);
		urne_paper_reader_init(&r);
		assert_err(urne_paper_reader_line(&r, &d, (struct urne_view){line, sizeof(line)}),
		    heads[i].want);
		assert_int_equal(r.num_lines, heads[i].want == URNE_OK ? 64 : 0);
		assert_int_equal(r.next, heads[i].want == URNE_OK ? 2 : 1);
		urne_paper_reader_clear(&r);
	}
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct urne_diag d = {{0}};
		enum urne_err e = read_lines(urne_view_of(texts[i].text), NULL, &d);

		assert_refusal(&texts[i], i, e, &d);
	}
}

static void
bytes_behind_the_check_are_refused(void **state)
{
	struct urne_diag d = {{0}};
	struct sheet s;
	char *last;

	print_sheet(&s, VIEW(seed), false, 1);
	last = s.lines.data + s.lines.len - LINE_LEN + 2;
	/* 14 + 22 + 5 = 41 of 45 bytes */
	for (size_t at = 11; at < URNE_TYPED_BYTES; at++) {
		uint8_t bytes[URNE_TYPED_BYTES];

		assert_ok(
		    urne_typed_read(bytes, &d, 3, (struct urne_view){last, URNE_TYPED_CHARS}));
		assert_int_equal(bytes[at], 0);
		bytes[at] = 1;
		urne_typed_write(last, bytes, 3);
		assert_err(read_lines(urne_buf_view(&s.lines), &s, &d), URNE_ERR_MISMATCH);
		bytes[at] = 0;
		urne_typed_write(last, bytes, 3);
	}
	assert_ok(read_lines(urne_buf_view(&s.lines), &s, &d));
	sheet_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_key_of_any_length_comes_back),
	    cmocka_unit_test(a_locked_key_comes_back_byte_for_byte),
	    cmocka_unit_test(a_key_that_nobody_types_is_refused),
	    cmocka_unit_test(a_locked_form_that_would_come_back_otherwise_is_refused),
	    cmocka_unit_test(every_line_left_out_repeated_or_exchanged_is_named),
	    cmocka_unit_test(a_line_of_another_paper_is_found_by_the_whole),
	    cmocka_unit_test(random_lines_that_are_right_one_by_one_are_found_by_the_whole),
	    cmocka_unit_test(every_wrong_character_of_a_paper_names_its_line),
	    cmocka_unit_test(other_papers_are_refused),
	    cmocka_unit_test(bytes_behind_the_check_are_refused),
	};

	return cmocka_run_group_tests_name("paper", tests, NULL, NULL);
}
