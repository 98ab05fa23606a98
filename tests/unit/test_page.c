/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages: what may be built, that text from outside stays text, and that the HTML stands alone. */
#include "tests/unit/support/pages.h"

#include <string.h>

#include "crypto/sha256.h"

/* ---- building -------------------------------------------------------------------------------- */

static void
texts_are_copied(void **state)
{
	struct test_page *f = *state;
	char text[] = "Oui";

	urne_page_text(&f->page, URNE_BLOCK_PARAGRAPH, urne_view_of(text));
	text[0] = 'X';
	assert_string_equal(test_page_as_text(f, 80), "Oui\n");
}

static void
a_block_stands_only_where_it_belongs(void **state)
{
	struct test_page *f = *state;
	/* kind of the open block (HEADING: the page itself), kind added */
	static const enum urne_block_kind wrong[][2] = {
	    {URNE_BLOCK_HEADING, URNE_BLOCK_ROW},
	    {URNE_BLOCK_FACTS, URNE_BLOCK_ROW},
	    {URNE_BLOCK_DETAILS, URNE_BLOCK_ROW},
	    {URNE_BLOCK_FACTS, URNE_BLOCK_FACTS},
	    {URNE_BLOCK_TABLE, URNE_BLOCK_TABLE},
	    {URNE_BLOCK_LIST, URNE_BLOCK_DETAILS},
	    {URNE_BLOCK_BARS, URNE_BLOCK_LIST},
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		urne_page_init(&f->page, &f->arena, VIEW("fr"), VIEW("Vote"));
		if (wrong[i][0] != URNE_BLOCK_HEADING) {
			urne_page_open(&f->page, wrong[i][0], VIEW(""));
		}
		assert_ok(f->page.err);
		urne_page_open(&f->page, wrong[i][1], VIEW(""));
		/* not urne_page_error: that something is open would be an error too */
		assert_err(f->page.err, URNE_ERR_INTERNAL);
	}
}

static void
leaves_need_their_own_container(void **state)
{
	struct test_page *f = *state;
	struct urne_page *p = &f->page;

	for (size_t i = 0; i < 5; i++) {
		urne_page_init(p, &f->arena, VIEW("fr"), VIEW("Vote"));
		if (i == 4) {
			urne_page_text(p, URNE_BLOCK_ENTRY, VIEW("x"));
		} else if (i == 3) {
			urne_page_entry(p, VIEW("x"));
		} else if (i == 2) {
			urne_page_bar(p, URNE_BAR_FOR, VIEW("x"), 1, 2, VIEW("x"));
		} else if (i == 1) {
			urne_page_fact(p, VIEW("x"), VIEW("x"));
		} else {
			urne_page_cell(p, false, VIEW("x"));
		}
		assert_err(urne_page_error(p), URNE_ERR_INTERNAL);
	}
}

static void
closing_nothing_is_an_error(void **state)
{
	struct test_page *f = *state;

	urne_page_close(&f->page);
	assert_err(urne_page_error(&f->page), URNE_ERR_INTERNAL);
}

static void
what_was_never_closed_is_an_error(void **state)
{
	struct test_page *f = *state;

	urne_page_open(&f->page, URNE_BLOCK_LIST, VIEW(""));
	assert_err(urne_page_error(&f->page), URNE_ERR_INTERNAL);
	urne_page_close(&f->page);
	assert_ok(urne_page_error(&f->page));
}

static void
there_is_one_title_and_three_levels(void **state)
{
	struct test_page *f = *state;
	static const unsigned wrong[] = {0, 1, 4};

	for (size_t i = 0; i < 3; i++) {
		urne_page_init(&f->page, &f->arena, VIEW("fr"), VIEW("Vote"));
		urne_page_heading(&f->page, 1, VIEW("Titre"));
		assert_ok(urne_page_error(&f->page));
		urne_page_heading(&f->page, wrong[i], VIEW("Encore"));
		assert_err(urne_page_error(&f->page), URNE_ERR_INTERNAL);
	}
}

static void
the_first_error_stays_and_reaches_the_output(void **state)
{
	struct test_page *f = *state;

	urne_arena_clear(&f->arena);
	urne_arena_init(&f->arena, 2000);
	urne_page_init(&f->page, &f->arena, VIEW("fr"), VIEW("Vote"));
	for (size_t i = 0; i < 100; i++) {
		urne_page_text(&f->page, URNE_BLOCK_PARAGRAPH, VIEW("Texte"));
	}
	urne_page_close(&f->page);
	assert_err(urne_page_error(&f->page), URNE_ERR_LIMIT);
	urne_page_render_text(&f->text, &f->page, 80);
	assert_err(urne_buf_error(&f->text), URNE_ERR_LIMIT);
	urne_buf_reset(&f->text);
	urne_page_render_html(&f->text, &f->page);
	assert_err(urne_buf_error(&f->text), URNE_ERR_LIMIT);
}

static void
a_qr_code_that_holds_too_much_is_an_error_of_the_output(void **state)
{
	struct test_page *f = *state;
	static char much[8000];

	memset(much, 'x', sizeof(much));
	urne_page_qr(&f->page, (struct urne_view){much, sizeof(much)}, VIEW(""));
	urne_page_render_html(&f->text, &f->page);
	assert_int_not_equal(urne_buf_error(&f->text), URNE_OK);
}

/* ---- HTML ------------------------------------------------------------------------------------ */

static void
html_escapes_text_in_every_place(void **state)
{
	struct test_page *f = *state;
	const char *html;

	urne_page_init(&f->page, &f->arena, VIEW("\"><b a"), VIEW(TEST_PAGE_HOSTILE));
	test_page_add_everything(&f->page, VIEW(TEST_PAGE_HOSTILE));
	html = test_page_as_html(f);
	assert_int_equal(
	    test_page_count(html, "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;??????e"),
	    TEST_PAGE_TEXTS + 1);
	assert_int_equal(test_page_count(html, "<b"), test_page_count(html, "<body>"));
	for (; *html != '\0'; html++) {
		assert_true((unsigned char)*html >= 0x20 || *html == '\n');
	}
}

static void
the_policy_names_the_hash_of_the_style_sheet(void **state)
{
	struct test_page *f = *state;
	const char *html = test_page_as_html(f);
	const char *style = strstr(html, "<style>") + strlen("<style>");
	const char *policy = strstr(html, "style-src 'sha256-") + strlen("style-src 'sha256-");
	struct urne_hash hash, found;

	urne_sha256_of(
	    &hash, (struct urne_view){style, (size_t)(strstr(style, "</style>") - style)});
	assert_ok(urne_b64_hash_decode(&found, (struct urne_view){policy, URNE_HASH_B64_LEN}));
	assert_memory_equal(&found, &hash, sizeof(hash));
	assert_memory_equal(policy + URNE_HASH_B64_LEN, "=';", 3);
	assert_int_equal(test_page_count(html, "default-src 'none'; "), 1);
}

static void
html_refers_to_nothing_elsewhere(void **state)
{
	struct test_page *f = *state;
	const char *html;

	test_page_add_everything(&f->page, VIEW("texte"));
	html = test_page_as_html(f);
	assert_int_equal(test_page_count(html, "http"), test_page_count(html, "<meta http-equiv="));
	assert_int_equal(test_page_count(html, "src=") + test_page_count(html, "url(") +
			     test_page_count(html, "@import") + test_page_count(html, "<script") +
			     test_page_count(html, "href") + test_page_count(html, "style="),
	    0);
}

static void
html_is_well_formed_and_says_its_language(void **state)
{
	struct test_page *f = *state;

	test_page_add_everything(&f->page, VIEW("<texte"));
	assert_true(test_page_balanced(test_page_as_html(f)));
	assert_memory_equal(f->text.data, "<!doctype html>\n<html lang=\"fr\">\n", 32);
	assert_int_equal(test_page_count(f->text.data, "<section>"), 3);
	assert_false(test_page_balanced("<p><b></p></b>"));
	assert_false(test_page_balanced("<p>"));
}

static void
tables_say_which_cells_are_heads(void **state)
{
	struct test_page *f = *state;
	const char *html;

	test_page_add_table(&f->page);
	html = test_page_as_html(f);
	assert_int_equal(
	    test_page_count(html, "<caption><span id=\"t1\">Voix</span></caption>"), 1);
	assert_int_equal(test_page_count(html, "role=\"region\" aria-labelledby=\"t1\""), 1);
	assert_int_equal(test_page_count(html, "<th scope=\"col\">Nom</th>"), 1);
	assert_int_equal(test_page_count(html, "<th scope=\"col\" class=\"n\">"), 2);
	assert_int_equal(test_page_count(html, "<th scope=\"row\">"), 2);
	assert_int_equal(test_page_count(html, "<td class=\"n\">"), 4);
}

static void
bars_are_drawn_beside_their_text(void **state)
{
	struct test_page *f = *state;

	urne_page_open(&f->page, URNE_BLOCK_BARS, VIEW(""));
	urne_page_bar(&f->page, URNE_BAR_FOR, VIEW("Pour"), 1, 3, VIEW("1 voix"));
	urne_page_close(&f->page);
	assert_non_null(
	    strstr(test_page_as_html(f), "<span class=\"label\">Pour</span> "
					 "<span class=\"value\">1 voix</span>"
					 "<svg class=\"bar for\" aria-hidden=\"true\">"));
	assert_non_null(strstr(f->text.data, "<rect width=\"33.33%\" "));
}

static void
the_same_page_gives_the_same_bytes(void **state)
{
	struct test_page *f = *state;
	struct urne_hash first, second;

	test_page_add_everything(&f->page, VIEW("texte"));
	urne_sha256_of(&first, urne_view_of(test_page_as_html(f)));
	urne_sha256_of(&second, urne_view_of(test_page_as_html(f)));
	assert_memory_equal(&first, &second, sizeof(first));
}

static void
pages_may_be_long_and_deep(void **state)
{
	struct test_page *f = *state;
	static const char *const row[] = {"Nom", "1"};

	for (size_t i = 0; i < 50000; i++) {
		urne_page_open(&f->page, URNE_BLOCK_DETAILS, VIEW("dedans"));
	}
	urne_page_text(&f->page, URNE_BLOCK_PARAGRAPH, VIEW("au fond"));
	for (size_t i = 0; i < 50000; i++) {
		urne_page_close(&f->page);
	}
	urne_page_open(&f->page, URNE_BLOCK_TABLE, VIEW(""));
	for (size_t i = 0; i < 20000; i++) {
		test_page_add_row(&f->page, row, 2, 1);
	}
	urne_page_close(&f->page);
	assert_ok(urne_page_error(&f->page));
	assert_true(test_page_balanced(test_page_as_html(f)));
	assert_int_equal(test_page_count(f->text.data, "<details>"), 50000);
	assert_int_equal(test_page_count(test_page_as_text(f, 80), "Nom"), 20000);
	assert_true(test_page_widest(f->text.data) <= 80);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(texts_are_copied, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		a_block_stands_only_where_it_belongs, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		leaves_need_their_own_container, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		closing_nothing_is_an_error, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		what_was_never_closed_is_an_error, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		there_is_one_title_and_three_levels, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		the_first_error_stays_and_reaches_the_output, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(a_qr_code_that_holds_too_much_is_an_error_of_the_output,
		test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		html_escapes_text_in_every_place, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		the_policy_names_the_hash_of_the_style_sheet, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		html_refers_to_nothing_elsewhere, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		html_is_well_formed_and_says_its_language, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		tables_say_which_cells_are_heads, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		bars_are_drawn_beside_their_text, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		the_same_page_gives_the_same_bytes, test_page_setup, test_page_teardown),
	    cmocka_unit_test_setup_teardown(
		pages_may_be_long_and_deep, test_page_setup, test_page_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
