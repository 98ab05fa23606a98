/* SPDX-License-Identifier: EUPL-1.2 */
/* What is said where there is no page: in two languages, each marked, and whatever was asked stays
 * text. Spec: docs/pages.md#other-addresses */
#include "tests/unit/support/pages.h"

#include <string.h>

#include "documents/lost_page.h"

static const enum urne_lost all[] = {URNE_LOST_ADDRESS, URNE_LOST_BUSY, URNE_LOST_OURS};

static void
render(struct urne_buf *out, enum urne_lost why, const char *home, const char *technical)
{
	urne_buf_init(out, (size_t)1 << 16);
	urne_lost_page(out, why, urne_view_of(home), urne_view_of(technical));
	urne_buf_put(out, "", 1);
	assert_ok(urne_buf_error(out));
	assert_true(test_page_balanced(out->data));
}

static void
each_reason_is_told_in_french_and_then_in_english(void **state)
{
	static const char *const titles[][2] = {
	    {"<h1>Il n’y a pas de page à cette adresse</h1>",
		"<h2>There is no page at this address</h2>"},
	    {"<h1>L’urne est très occupée</h1>", "<h2>The ballot box is very busy</h2>"},
	    {"<h1>L’urne est en panne</h1>", "<h2>The ballot box is failing</h2>"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const char *french, *english;
		struct urne_buf out;

		render(&out, all[i], "./../", "x");
		assert_non_null(strstr(out.data, "<html lang=\"fr\">"));
		french = strstr(out.data, titles[i][0]);
		assert_non_null(french);
		english = strstr(french, "<section lang=\"en\">");
		assert_non_null(english);
		assert_non_null(strstr(english, titles[i][1]));
		assert_int_equal(test_page_count(out.data, "<a href=\"./../\">"), 2);
		urne_buf_clear(&out);
	}
}

static void
what_was_asked_stays_text(void **state)
{
	struct urne_buf out;

	(void)state;
	render(&out, URNE_LOST_ADDRESS, "\"><script>", TEST_PAGE_HOSTILE);
	assert_null(strstr(out.data, "<script"));
	assert_null(strstr(out.data, "<b a"));
	assert_non_null(strstr(out.data, "<code>&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;?"));
	urne_buf_clear(&out);
}

static void
no_memory_is_an_error_of_the_buffer(void **state)
{
	struct urne_buf out;

	(void)state;
	urne_buf_init(&out, 1000);
	urne_lost_page(&out, URNE_LOST_OURS, urne_view_of("./"), urne_view_of("x"));
	assert_err(urne_buf_error(&out), URNE_ERR_LIMIT);
	urne_buf_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_reason_is_told_in_french_and_then_in_english),
	    cmocka_unit_test(what_was_asked_stays_text),
	    cmocka_unit_test(no_memory_is_an_error_of_the_buffer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
