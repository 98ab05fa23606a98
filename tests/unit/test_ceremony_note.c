/* SPDX-License-Identifier: EUPL-1.2 */
/* What a trustee signs with a file of the ceremony: written in one form, and nothing else read. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "bulletin/log/ceremony_note.h"

#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define NOTE(round, trustee)                                                                       \
	"urne-ceremony/1\nvote.example.org/bb/journal\n8GpLcyFqQvDrUn\n" round "\n" trustee        \
	"\n" HASH "\n"

static void
what_is_written_is_the_text_of_the_specification_and_is_read_again(void **state)
{
	struct urne_ceremony_note n = {.origin = VIEW("vote.example.org/bb/journal"),
	    .election = VIEW("8GpLcyFqQvDrUn"),
	    .round = 2,
	    .trustee = 3};
	struct urne_ceremony_note back;
	struct urne_diag d = {{0}};
	struct urne_buf text;

	(void)state;
	urne_buf_init(&text, 1 << 10);
	assert_ok(urne_hex_decode(n.hash.b, sizeof(n.hash.b), VIEW(HASH)));
	urne_ceremony_note_write(&text, &n);
	assert_ok(urne_buf_error(&text));
	assert_true(urne_view_is(urne_buf_view(&text), NOTE("2", "3")));
	assert_ok(urne_ceremony_note_read(&back, &d, urne_buf_view(&text)));
	assert_true(urne_view_eq(back.origin, n.origin));
	assert_true(urne_view_eq(back.election, n.election));
	assert_int_equal(back.round, 2);
	assert_int_equal(back.trustee, 3);
	assert_true(urne_hash_eq(&back.hash, &n.hash));
	urne_buf_clear(&text);
}

static void
every_other_form_is_refused_and_the_line_is_named(void **state)
{
	static const struct refusal cases[] = {
	    {"", URNE_ERR_SYNTAX, "this one has 0"},
	    {"urne-ceremony/1\n", URNE_ERR_SYNTAX, "this one has 1"},
	    {NOTE("2", "3") "x", URNE_ERR_SYNTAX, "ends behind its sixth line"},
	    {NOTE("2", "3") "\n", URNE_ERR_SYNTAX, "ends behind its sixth line"},
	    {NOTE("0", "3"), URNE_ERR_SYNTAX, "round"},
	    {NOTE("5", "3"), URNE_ERR_SYNTAX, "no number from 1 to 4"},
	    {NOTE("02", "3"), URNE_ERR_SYNTAX, "round"},
	    {NOTE("2", "0"), URNE_ERR_SYNTAX, "trustee of the"},
	    {NOTE("2", "257"), URNE_ERR_SYNTAX, "no number from 1 to 256"},
	    {NOTE("2", " 3"), URNE_ERR_SYNTAX, "trustee of the"},
	    {"urne-ceremony/2\na/bb/journal\n8GpLcyFqQvDrUn\n2\n3\n" HASH "\n", URNE_ERR_SYNTAX,
		"begins with the line urne-ceremony/1"},
	    {"urne-ceremony/1\na bb\n8GpLcyFqQvDrUn\n2\n3\n" HASH "\n", URNE_ERR_SYNTAX, "line 2"},
	    {"urne-ceremony/1\na/bb/journal\n-\n2\n3\n" HASH "\n", URNE_ERR_SYNTAX, "line 3"},
	    {"urne-ceremony/1\na/bb/journal\n8GpLcyFqQvDrUn\n2\n3\n00\n", URNE_ERR_SYNTAX,
		"line 6"},
	};
	struct urne_ceremony_note n;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_diag d = {{0}};
		enum urne_err e = urne_ceremony_note_read(&n, &d, urne_view_of(cases[i].text));

		assert_refusal(&cases[i], i, e, &d);
		assert_int_equal(n.round, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_written_is_the_text_of_the_specification_and_is_read_again),
	    cmocka_unit_test(every_other_form_is_refused_and_the_line_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
