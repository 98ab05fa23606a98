/* SPDX-License-Identifier: EUPL-1.2 */
/* The page of a private key: it warns of what it is, shows every line as it is typed, and gives a
 * camera the lines that people type, no others. */
#include "tests/unit/support/pages.h"

#include <string.h>

#include "documents/key_page.h"

#define LINES                                                                                      \
	"1:0123456789ABCDEFGHJKMNPQRSTV\n"                                                         \
	"10:ZYXWVTSRQPNMKJHGFEDCBA987654\n"

static const struct urne_hash fingerprint = {{0xab, 0xcd}};

static struct urne_key_page
sample(void)
{
	return (struct urne_key_page){
	    .kind = URNE_KEY_PAGE_THRESHOLD,
	    .group = VIEW("Ed25519"),
	    .index = 2,
	    .size = 3,
	    .threshold = 2,
	    .fingerprint = &fingerprint,
	    .locked = true,
	    .lines = VIEW(LINES),
	};
}

static const struct urne_block *
find(const struct urne_page *p, enum urne_block_kind kind)
{
	const struct urne_block *b = p->root.child;

	while (b != NULL && b->kind != kind) {
		b = b->next;
	}
	return b;
}

static void
lines_are_grouped_and_the_code_carries_them_as_they_are(void **state)
{
	struct test_page *f = *state;
	struct urne_key_page k = sample();
	const struct urne_block *typed;

	urne_key_page_compose(&f->page, URNE_LANG_EN, &k);
	assert_ok(urne_page_error(&f->page));
	typed = find(&f->page, URNE_BLOCK_TYPED);
	assert_non_null(typed);
	assert_true(urne_view_is(typed->text, " 1:  0123 4567 89AB CDEF GHJK MNPQ RSTV\n"
					      "10:  ZYXW VTSR QPNM KJHG FEDC BA98 7654"));
	assert_true(urne_view_is(typed->label, LINES));
}

static void
a_text_has_the_lines_once_and_speaks_of_no_code(void **state)
{
	struct test_page *f = *state;
	struct urne_key_page k = sample();
	const char *text;

	k.for_text = true;
	urne_key_page_compose(&f->page, URNE_LANG_EN, &k);
	assert_int_equal(find(&f->page, URNE_BLOCK_TYPED)->label.len, 0);
	text = test_page_as_text(f, 96);
	assert_int_equal(test_page_count(text, "0123 4567"), 1);
	assert_null(strstr(text, "code"));
	assert_null(strstr(text, "zbarimg"));
}

static void
the_page_says_whether_the_paper_alone_is_the_key(void **state)
{
	static const char *const says[2][2] = {
	    {"aucune phrase de passe ne la protège", "et la phrase de passe du fichier"},
	    {"no passphrase protects it", "Whoever has this sheet and the key file"},
	};
	struct test_page *f = *state;

	for (int lang = URNE_LANG_FR; lang <= URNE_LANG_EN; lang++) {
		for (size_t locked = 0; locked < 2; locked++) {
			struct urne_key_page k = sample();
			const char *text;

			urne_page_init(&f->page, &f->arena, VIEW("en"), VIEW(""));
			k.locked = locked == 1;
			urne_key_page_compose(&f->page, (enum urne_lang)lang, &k);
			text = test_page_as_text(f, 0);
			assert_non_null(strstr(text, says[lang][locked]));
			assert_null(strstr(text, says[lang][1 - locked]));
		}
	}
}

static void
every_kind_of_key_says_what_it_is(void **state)
{
	static const char *const says[] = {
	    [URNE_KEY_PAGE_TRUSTEE] = "without which the votes cannot be opened",
	    [URNE_KEY_PAGE_THRESHOLD] = "key of trustee 2 of 3, of whom 2 suffice",
	    [URNE_KEY_PAGE_SIGNER] = "signing key “claire”",
	    [URNE_KEY_PAGE_IDENTITY] = "key of the trustee “claire”",
	};
	struct test_page *f = *state;

	for (size_t i = 0; i < sizeof(says) / sizeof(says[0]); i++) {
		struct urne_key_page k = sample();
		const char *text;

		urne_page_init(&f->page, &f->arena, VIEW("en"), VIEW(""));
		k.kind = (enum urne_key_page_kind)i;
		k.name = VIEW("claire");
		k.owner = VIEW("Zo\xc3\xa9");
		urne_key_page_compose(&f->page, URNE_LANG_EN, &k);
		text = test_page_as_text(f, 0);
		assert_non_null(strstr(text, says[i]));
		assert_non_null(strstr(text, "Whose: Zo\xc3\xa9"));
		assert_non_null(strstr(text, "abcd0000 00000000"));
	}
}

static void
lines_without_number_are_no_page(void **state)
{
	struct test_page *f = *state;
	struct urne_key_page k = sample();

	k.lines = VIEW("0123456789ABCDEFGHJKMNPQRSTV\n");
	urne_key_page_compose(&f->page, URNE_LANG_EN, &k);
	assert_err(urne_page_error(&f->page), URNE_ERR_INTERNAL);
}

int
main(void)
{
#define ON_A_PAGE(test) cmocka_unit_test_setup_teardown(test, test_page_setup, test_page_teardown)
	const struct CMUnitTest tests[] = {
	    ON_A_PAGE(lines_are_grouped_and_the_code_carries_them_as_they_are),
	    ON_A_PAGE(a_text_has_the_lines_once_and_speaks_of_no_code),
	    ON_A_PAGE(the_page_says_whether_the_paper_alone_is_the_key),
	    ON_A_PAGE(every_kind_of_key_says_what_it_is),
	    ON_A_PAGE(lines_without_number_are_no_page),
	};

	return cmocka_run_group_tests_name("key page", tests, NULL, NULL);
}
