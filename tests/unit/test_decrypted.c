/* SPDX-License-Identifier: EUPL-1.2 */
/* The record beside a trustee's key: one tally of each election, in one form. */
#include "tally/decrypted.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/support/check.h"

#define HEAD		    "{\"format\":\"urne-decrypted/1\",\"decrypted\":["
#define A		    "8GpLcyFqQvDrUn"
#define B		    "GnQagTgeJqLsvY"
#define HEX1		    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEX2		    "f123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define ITEM(election, hex) "{\"election\":\"" election "\",\"tally\":\"" hex "\"}"

static void
tally(struct urne_hash *h, const char *hex)
{
	assert_ok(urne_hex_decode(h->b, sizeof(h->b), urne_view_of(hex)));
}

static void
a_list_is_written_as_it_was_read(void **state)
{
	static const char *const texts[] = {
	    HEAD "]}", HEAD ITEM(A, HEX1) "]}", HEAD ITEM(A, HEX1) "," ITEM(B, HEX1) "]}"};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct urne_decrypted_list l;
		struct urne_diag d = {{0}};
		struct urne_buf again;

		urne_buf_init(&again, 4096);
		assert_ok(urne_decrypted_read(&l, &d, urne_view_of(texts[i])));
		assert_int_equal(l.num, i);
		urne_decrypted_write(&again, &l);
		assert_true(urne_view_eq(urne_buf_view(&again), urne_view_of(texts[i])));
		urne_buf_clear(&again);
	}
}

static void
every_other_form_is_refused(void **state)
{
	static const struct refusal cases[] = {
	    {"", URNE_ERR_SYNTAX, "input ends"},
	    {"{\"format\":\"urne-decrypted/2\",\"decrypted\":[]}", URNE_ERR_SYNTAX, "format"},
	    {"{\"format\":\"urne-decrypted/1\"}", URNE_ERR_SYNTAX, ""},
	    {HEAD ITEM(A, HEX1) "]", URNE_ERR_SYNTAX, ""},
	    {HEAD ITEM(A, HEX1) "]}\n", URNE_ERR_SYNTAX, ""},
	    {HEAD ITEM(A, "0123") "]}", URNE_ERR_SYNTAX, "decrypted[0].tally"},
	    {HEAD ITEM("a/b", HEX1) "]}", URNE_ERR_SYNTAX, "is no identifier of an election"},
	    {HEAD ITEM(A, HEX1) "," ITEM(A, HEX2) "]}", URNE_ERR_DUPLICATE, "stands there twice"},
	    {HEAD "{\"tally\":\"" HEX1 "\",\"election\":\"" A "\"}]}", URNE_ERR_SYNTAX, "election"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_decrypted_list l = {.num = 7};
		struct urne_diag d = {{0}};
		enum urne_err e = urne_decrypted_read(&l, &d, urne_view_of(cases[i].text));

		assert_refusal(&cases[i], i, e, &d);
		assert_int_equal(l.num, 0);
	}
}

/* A18: the first tally of an election is the only one. */
static void
a18_a_second_tally_of_an_election_is_refused(void **state)
{
	struct urne_decrypted_list l = {.num = 0};
	struct urne_diag d = {{0}};
	struct urne_hash one, two;
	bool added = false;

	(void)state;
	tally(&one, HEX1);
	tally(&two, HEX2);
	assert_ok(urne_decrypted_add(&l, &added, &d, VIEW(A), &one));
	assert_true(added);
	assert_ok(urne_decrypted_add(&l, &added, &d, VIEW(A), &one));
	assert_false(added);
	assert_err(urne_decrypted_add(&l, &added, &d, VIEW(A), &two), URNE_ERR_ORDER);
	assert_false(added);
	assert_non_null(strstr(d.text, "another tally of election " A));
	assert_non_null(strstr(d.text, HEX1));
	assert_non_null(strstr(d.text, HEX2));
	assert_int_equal(l.num, 1);
	/* another election has its own */
	assert_ok(urne_decrypted_add(&l, &added, &d, VIEW(B), &two));
	assert_true(added);
	assert_ok(urne_decrypted_add(&l, &added, &d, VIEW(A), &one));
	assert_int_equal(l.num, 2);
}

static void
a_full_list_takes_no_more(void **state)
{
	static char names[URNE_MAX_DECRYPTED + 1][16];
	struct urne_decrypted_list l = {.num = 0};
	struct urne_diag d = {{0}};
	struct urne_hash one;
	bool added = false;

	(void)state;
	tally(&one, HEX1);
	for (size_t i = 0; i <= URNE_MAX_DECRYPTED; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "election%zu", i);
		assert_err(urne_decrypted_add(&l, &added, &d, urne_view_of(names[i]), &one),
		    i < URNE_MAX_DECRYPTED ? URNE_OK : URNE_ERR_LIMIT);
	}
	assert_int_equal(l.num, URNE_MAX_DECRYPTED);
	/* and still knows what it has */
	assert_ok(urne_decrypted_add(&l, &added, &d, urne_view_of(names[0]), &one));
	assert_false(added);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_list_is_written_as_it_was_read),
	    cmocka_unit_test(every_other_form_is_refused),
	    cmocka_unit_test(a18_a_second_tally_of_an_election_is_refused),
	    cmocka_unit_test(a_full_list_takes_no_more),
	};

	return cmocka_run_group_tests_name("decrypted", tests, NULL, NULL);
}
