/* SPDX-License-Identifier: EUPL-1.2 */
/* Policies: one log and no witnesses is read and written; whatever asks for more, or for nothing,
 * is refused with its line. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "bulletin/log/policy.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))
#define KEY    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
#define URL    "https://example.com/foo"
#define NONE   "quorum none\n"

static void
a_policy_is_read_as_it_was_written(void **state)
{
	static const char *const texts[] = {"log " KEY " " URL "\n" NONE, "log " KEY "\n" NONE};

	for (size_t i = 0; i < NUM(texts); i++) {
		struct urne_policy p;
		struct urne_diag d = {{0}};
		struct urne_buf out;

		assert_ok(urne_policy_read(&p, &d, urne_view_of(texts[i])));
		assert_true(urne_view_is(p.log.name, "example.com/foo"));
		assert_int_equal(p.log.id, 0x530d903a);
		assert_true(urne_view_is(p.url, i == 0 ? URL : ""));
		urne_buf_init(&out, 1 << 12);
		urne_policy_write(&out, &p);
		assert_true(urne_view_is(urne_buf_view(&out), texts[i]));
		urne_buf_clear(&out);
	}
}

static void
every_line_of_a_policy_is_obeyed_or_refused(void **state)
{
	static const struct refusal cases[] = {
	    {"# who signs\n\nlog " KEY "\n  # nobody else\n" NONE "\n", URNE_OK, ""},
	    {"quorum none\nlog " KEY " " URL, URNE_OK, ""},
	    {" \tlog \t " KEY "\t" URL " \n quorum\tnone \n", URNE_OK, ""},
	    {"#log\nlog " KEY " http://127.0.0.1:8080/bb/u\n" NONE, URNE_OK, ""},
	    {"", URNE_ERR_INCOMPLETE, "no line \"log\""},
	    {NONE, URNE_ERR_INCOMPLETE, "no line \"log\""},
	    {"log " KEY "\n", URNE_ERR_INCOMPLETE, "no line \"quorum\""},
	    {"#log " KEY "\n" NONE, URNE_ERR_INCOMPLETE, "no line \"log\""},
	    {"log " KEY "\nlog " KEY "\n" NONE, URNE_ERR_DUPLICATE, "line 2 of the policy: a sec"},
	    {"log " KEY "\n" NONE NONE, URNE_ERR_DUPLICATE, "line 3 of the policy: a second q"},
	    {"log\n" NONE, URNE_ERR_SYNTAX, "line 1 of the policy: a key is written"},
	    {"log " URL " " KEY "\n" NONE, URNE_ERR_SYNTAX, "line 1 of the policy: "},
	    {"log " KEY " " URL " x\n" NONE, URNE_ERR_SYNTAX, "only its address"},
	    {"log " KEY " example.com/foo\n" NONE, URNE_ERR_SYNTAX, "only its address"},
	    {"log " KEY " ftp://example.com/foo\n" NONE, URNE_ERR_SYNTAX, "only its address"},
	    {"log " KEY " https://example.com/\x1b\n" NONE, URNE_ERR_SYNTAX, "only its address"},
	    {"log " KEY " https://\xc3\xa9.org\n" NONE, URNE_ERR_SYNTAX, "only its address"},
	    {"log example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n" NONE,
		URNE_ERR_MISMATCH, "line 1 of the policy: the hash"},
	    {"log " KEY "\nquorum\n", URNE_ERR_SYNTAX, "line 2 of the policy: a quorum has"},
	    {"log " KEY "\nquorum none none\n", URNE_ERR_SYNTAX, "a quorum has one name"},
	    {"log " KEY "\nquorum none\r\n", URNE_ERR_UNSUPPORTED, "line 2 of the policy: "},
	    {"log " KEY "\nquorum all-of-them\n", URNE_ERR_UNSUPPORTED, "asks for witnesses"},
	    {"log " KEY "\nwitness w " KEY "\n" NONE, URNE_ERR_UNSUPPORTED,
		"line 2 of the policy: the policy names witnesses"},
	    {"log " KEY "\n" NONE "group g any w\n", URNE_ERR_UNSUPPORTED,
		"line 3 of the policy: the policy names witnesses"},
	    {"log " KEY "\n" NONE "mirror x\n", URNE_ERR_SYNTAX, "line 3 of the policy: a line"},
	    {"Log " KEY "\n" NONE, URNE_ERR_SYNTAX, "line 1 of the policy: a line"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_policy p = {.url = VIEW("x")};
		struct urne_diag d = {{0}};
		enum urne_err e = urne_policy_read(&p, &d, urne_view_of(cases[i].text));

		assert_refusal(&cases[i], i, e, &d);
		assert_true(e == URNE_OK || (p.url.len == 0 && p.log.name.len == 0));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_policy_is_read_as_it_was_written),
	    cmocka_unit_test(every_line_of_a_policy_is_obeyed_or_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
