/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages on a terminal: lines keep their width, columns their places, and nothing but text gets
 * through. */
#include "tests/unit/support/pages.h"

#include <string.h>

#include "base/safe_text.h"

static void
safe_text_shows_one_question_mark_for_each_hidden_character(void **state)
{
	struct test_page *f = *state;

	urne_put_safe_text(&f->text, VIEW("\u00e9\xc2\x85\r\n\u2066\u202f\xed\xa0\x80z"));
	assert_string_equal(test_page_rendered(f), "\u00e9????\u202f???z");
}

static void
no_control_character_reaches_the_terminal(void **state)
{
	struct test_page *f = *state;
	const char *text;

	test_page_add_everything(&f->page, VIEW(TEST_PAGE_HOSTILE));
	text = test_page_as_text(f, 80);
	assert_int_equal(test_page_count(text, "<b a=\"1\" c='2'>&??????e"), TEST_PAGE_TEXTS);
	for (; *text != '\0'; text++) {
		assert_true((unsigned char)*text >= 0x20 || *text == '\n');
	}
}

static void
only_long_texts_keep_their_line_ends(void **state)
{
	struct test_page *f = *state;

	urne_page_text(&f->page, URNE_BLOCK_PARAGRAPH, VIEW("un\n\ndeux "));
	urne_page_open(&f->page, URNE_BLOCK_LIST, VIEW(""));
	urne_page_entry(&f->page, VIEW("un\nVERIFIED\tdeux"));
	urne_page_close(&f->page);
	urne_page_text(&f->page, URNE_BLOCK_CODE, VIEW("a  b\nc"));
	assert_string_equal(
	    test_page_as_text(f, 80), "un\n\ndeux\n\n- un VERIFIED deux\n\n  a  b\n  c\n");
}

static void
words_wrap_by_characters_and_not_by_bytes(void **state)
{
	struct test_page *f = *state;

	/* 20 characters in 29 bytes, and a letter whose accent is a character of its own */
	urne_page_text(&f->page, URNE_BLOCK_PARAGRAPH,
	    VIEW("\u00e9t\u00e9 \u00e9t\u00e9 \u00e9t\u00e9 e\u0301t\u00e9 mots "
		 "suite"));
	assert_string_equal(test_page_as_text(f, 20), "\u00e9t\u00e9 \u00e9t\u00e9 \u00e9t\u00e9 "
						      "e\u0301t\u00e9 mots\nsuite\n");
}

static void
no_line_breaks_at_a_space_that_does_not_break(void **state)
{
	struct test_page *f = *state;

	urne_page_text(
	    &f->page, URNE_BLOCK_PARAGRAPH, VIEW("il en fallait 12\u202f345\u00a0; voil\u00e0"));
	assert_string_equal(
	    test_page_as_text(f, 20), "il en fallait\n12\u202f345\u00a0; voil\u00e0\n");
}

static void
a_word_longer_than_the_line_is_cut(void **state)
{
	struct test_page *f = *state;

	urne_page_text(&f->page, URNE_BLOCK_PARAGRAPH, VIEW("abcdefghijklmnopqrstuvwxyz fin"));
	assert_string_equal(test_page_as_text(f, 20), "abcdefghijklmnopqrst\nuvwxyz fin\n");
	assert_string_equal(test_page_as_text(f, 0), "abcdefghijklmnopqrstuvwxyz fin\n");
}

static void
no_width_is_exceeded(void **state)
{
	struct test_page *f = *state;

	test_page_add_everything(
	    &f->page, VIEW("Un texte \u00e0 rallonge, inconstitutionnellement long "
			   "\u2014 \u00e7\u00e0 et l\u00e0"));
	f->page.root.child->next->next->next->next->text = VIEW("code");
	f->page.root.child->next->next->next->next->next->text = VIEW("typed");
	for (size_t columns = 20; columns < 130; columns++) {
		const char *text = test_page_as_text(f, columns);

		if (test_page_widest(text) > columns) {
			fail_msg("%zu of %zu columns:\n%s", test_page_widest(text), columns, text);
		}
	}
}

static void
what_is_copied_is_never_broken(void **state)
{
	struct test_page *f = *state;

	urne_page_text(
	    &f->page, URNE_BLOCK_CODE, VIEW("urne-verify --minutes minutes.json vote.bel"));
	urne_page_typed(&f->page, VIEW("1:  0123 4567 89AB CDEF\n2:  GHJK"), VIEW("carried"));
	urne_page_qr(&f->page, VIEW("URNE-MINUTES-1 uuid 0123456789"), VIEW("Empreinte"));
	assert_string_equal(test_page_as_text(f, 20),
	    "  urne-verify --minutes minutes.json vote.bel\n\n"
	    "  1:  0123 4567 89AB CDEF\n  2:  GHJK\n\n"
	    "Empreinte\n  URNE-MINUTES-1 uuid 0123456789\n");
}

static void
columns_align_by_characters(void **state)
{
	struct test_page *f = *state;

	test_page_add_table(&f->page);
	assert_string_equal(test_page_as_text(f, 80),
	    "Voix\n"
	    "Nom            Voix     Part\n"
	    "------------  -----  -------\n"
	    "\u00c9lo\u00efse \u00c7elik  1\u202f203  54,32\u00a0%\n"
	    "Bo                7   0,31\u00a0%\n");
}

static void
a_table_too_wide_becomes_lines_with_their_heads(void **state)
{
	struct test_page *f = *state;

	test_page_add_table(&f->page);
	assert_string_equal(test_page_as_text(f, 24),
	    "Voix\n\n"
	    "Nom\u00a0: \u00c9lo\u00efse \u00c7elik\n"
	    "Voix\u00a0: 1\u202f203\nPart\u00a0: 54,32\u00a0%\n\n"
	    "Nom\u00a0: Bo\nVoix\u00a0: 7\nPart\u00a0: 0,31\u00a0%\n");
}

static void
a_long_cell_wraps_inside_its_column(void **state)
{
	struct test_page *f = *state;
	static const char *const head[] = {"Raison", "Voix"};
	static const char *const row[] = {"femme suivante selon les voix", "12"};

	urne_page_open(&f->page, URNE_BLOCK_TABLE, VIEW(""));
	test_page_add_row(&f->page, head, 2, 2);
	test_page_add_row(&f->page, row, 2, 1);
	urne_page_close(&f->page);
	assert_string_equal(test_page_as_text(f, 24), "Raison              Voix\n"
						      "------------------  ----\n"
						      "femme suivante        12\n"
						      "selon les voix\n");
}

static void
no_word_of_a_table_is_cut_while_a_line_holds_it(void **state)
{
	struct test_page *f = *state;
	static const char *const head[] = {"Empreinte", "Raison"};
	static const char *const row[] = {
	    "abcdefghijklmnopqrstuvwxyz", "femme suivante selon les voix"};

	urne_page_open(&f->page, URNE_BLOCK_TABLE, VIEW(""));
	test_page_add_row(&f->page, head, 2, 2);
	test_page_add_row(&f->page, row, 2, 2);
	urne_page_close(&f->page);
	assert_non_null(strstr(test_page_as_text(f, 40), "abcdefghijklmnopqrstuvwxyz\n"));
}

static void
tables_of_many_columns_lose_nothing(void **state)
{
	struct test_page *f = *state;
	static const char *cells[40];

	for (size_t i = 0; i < 40; i++) {
		cells[i] = "x";
	}
	urne_page_open(&f->page, URNE_BLOCK_TABLE, VIEW(""));
	test_page_add_row(&f->page, cells, 40, 40);
	test_page_add_row(&f->page, cells, 40, 40);
	urne_page_close(&f->page);
	assert_int_equal(test_page_count(test_page_as_text(f, 0), "x\u00a0: x\n"), 40);
	assert_int_equal(test_page_count(test_page_as_html(f), ">x<"), 80);
}

static void
bars_say_their_text_and_grow_with_their_value(void **state)
{
	struct test_page *f = *state;

	urne_page_open(&f->page, URNE_BLOCK_BARS, VIEW(""));
	urne_page_bar(&f->page, URNE_BAR_FOR, VIEW("Pour"), UINT64_MAX / 2, UINT64_MAX, VIEW("10"));
	urne_page_bar(&f->page, URNE_BAR_AGAINST, VIEW("\u00c0 rejeter"), 1, 1000000, VIEW("1"));
	urne_page_bar(&f->page, URNE_BAR_QUIET, VIEW("Blanc"), 0, 0, VIEW("0"));
	urne_page_close(&f->page);
#define FIVE "\u2588\u2588\u2588\u2588\u2588"
	assert_string_equal(test_page_as_text(f, 34),
	    "Pour       10  " FIVE "\u2588\u2588\u2588\u2588\n"
	    "\u00c0 rejeter   1  \u2593\n"
	    "Blanc       0\n");
}

static void
lists_are_numbered_when_they_should_be(void **state)
{
	struct test_page *f = *state;

	urne_page_open_numbered(&f->page);
	for (size_t i = 0; i < 10; i++) {
		urne_page_entry(&f->page, VIEW("a"));
	}
	urne_page_close(&f->page);
	assert_non_null(strstr(test_page_as_text(f, 80), " 9. a\n10. a\n"));
	assert_int_equal(test_page_count(test_page_as_html(f), "<ol>\n<li>a</li>"), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		safe_text_shows_one_question_mark_for_each_hidden_character, test_page_setup,
		test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		no_control_character_reaches_the_terminal, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		only_long_texts_keep_their_line_ends, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		words_wrap_by_characters_and_not_by_bytes, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		no_line_breaks_at_a_space_that_does_not_break, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		a_word_longer_than_the_line_is_cut, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		no_width_is_exceeded, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		what_is_copied_is_never_broken, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		columns_align_by_characters, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(a_table_too_wide_becomes_lines_with_their_heads,
		test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		a_long_cell_wraps_inside_its_column, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(no_word_of_a_table_is_cut_while_a_line_holds_it,
		test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		tables_of_many_columns_lose_nothing, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		bars_say_their_text_and_grow_with_their_value, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		lists_are_numbered_when_they_should_be, test_page_setup, test_page_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
