/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages for tests: one with everything on it, and ways to look at what was rendered that do not
 * use the code under test. */
#ifndef URNE_TESTS_PAGES_H
#define URNE_TESTS_PAGES_H

#include "documents/page.h"
#include "tests/unit/support/check.h"

struct test_page {
	struct urne_arena arena;
	struct urne_page page;
	struct urne_buf text;
};

/* For cmocka: *state is a struct test_page with an empty French page. */
int test_page_setup(void **state);
int test_page_teardown(void **state);

/* What the page looks like, as a string that lives until the next one; test_page_rendered makes
 * one of f->text. */
const char *test_page_rendered(struct test_page *f);
const char *test_page_as_text(struct test_page *f, size_t columns);
const char *test_page_as_html(struct test_page *f);

size_t test_page_count(const char *text, const char *what);
/* test_page_widest is the length of the longest line in characters. */
size_t test_page_widest(const char *text);
/* test_page_balanced tells whether every element of an HTML text is closed in turn. */
bool test_page_balanced(const char *html);

/* Cells from first_numeric on are numbers. */
void test_page_add_row(
    struct urne_page *p, const char *const *cells, size_t num, size_t first_numeric);
/* A table of names, votes and shares. */
void test_page_add_table(struct urne_page *p);
/* A text that would do harm as HTML or on a terminal: an escape, a bell, a C1 control, two marks of
 * direction and a byte that is not UTF-8 stand before its end. */
#define TEST_PAGE_HOSTILE                                                                          \
	"<b a=\"1\" c='2'>&\x1b\x07\xc2\x9b\u202e\u061c\xff"                                       \
	"e"
#define TEST_PAGE_TEXTS ((size_t)16)
/* test_page_add_everything puts one text into each of the TEST_PAGE_TEXTS places for one. */
void test_page_add_everything(struct urne_page *p, struct urne_view t);

#endif
