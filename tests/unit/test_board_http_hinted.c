/* SPDX-License-Identifier: EUPL-1.2 */
/* A ballot with hints on the wire: the type says whether there may be some, the first newline where
 * they begin, and hints that cannot be those of a ballot are none. */
#include "tests/unit/board/http_case.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BB     "/bb/" FAKE_UUID
#define HINTED "application/vnd.urne.hinted-ballot"
#define POINTS 2
#define LEN    ((size_t)POINTS * 64) /* of the hints of a ballot here */

static int
begin(void **state)
{
	static struct http_case c;

	http_begin(&c);
	fake_of(c.board)->election.num_points = POINTS;
	http_start(&c);
	*state = &c;
	return 0;
}

/* cast sends a ballot of this type with `len` bytes of hints behind it. */
static void
cast(struct http_case *c, struct http_answer *a, const char *type, const char *ballot, size_t len)
{
	char request[4096];
	int n = snprintf(request, sizeof(request),
	    "POST " BB "/ballots" HTTP_HOST "%s%s%sContent-Length: %zu\r\n\r\n%s",
	    type != NULL ? "Content-Type: " : "", type != NULL ? type : "",
	    type != NULL ? "\r\n" : "", strlen(ballot) + len, ballot);
	int fd = http_connect(c, 1);

	assert_true(n > 0 && (size_t)n + len < sizeof(request));
	for (size_t i = 0; i < len; i++) {
		request[(size_t)n + i] = i % 3 == 0 ? '\n' : (char)(i ^ 0x80);
	}
	http_send_bytes(fd, request, (size_t)n + len);
	http_receive(a, fd, false);
	(void)close(fd);
}

static void
a_ballot_and_its_hints_are_parted_at_the_first_newline(void **state)
{
	static const struct {
		const char *type, *ballot;
		size_t len;		      /* behind it */
		size_t ballot_len, hints_len; /* that the board gets */
	} cases[] = {
	    {HINTED, "ballot\n", LEN, 6, LEN},
	    {"Application/VND.Urne.Hinted-Ballot", "ballot\n", LEN, 6, LEN},
	    {HINTED "; v=2", "ballot\n", LEN, 6, LEN},
	    {HINTED, "ballot\n", LEN - 1, 6, 0},
	    {HINTED, "ballot\n", LEN + 1, 6, 0},
	    {HINTED, "ballot\n", 0, 6, 0},
	    {HINTED, "ballot", 0, 6, 0},
	    {HINTED, "\n", LEN, 0, LEN},
	    /* another type is a ballot, whatever stands in it */
	    {HINTED "s", "ballot\n", LEN, 7 + LEN, 0},
	    {"application/json", "ballot\n", LEN, 7 + LEN, 0},
	    {NULL, "ballot\n", LEN, 7 + LEN, 0},
	};
	struct http_case *c = *state;
	const struct fake *f = fake_of(c->board);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_answer a;

		cast(c, &a, cases[i].type, cases[i].ballot, cases[i].len);
		assert_status(&a, 200);
		assert_int_equal(f->num_submitted, i + 1);
		assert_int_equal(f->ballot_len, cases[i].ballot_len);
		assert_int_equal(f->hints_len, cases[i].hints_len);
		assert_true(cases[i].hints_len == 0 ||
			    (f->hints[0] == '\n' && f->hints[LEN - 1] == (char)((LEN - 1) ^ 0x80)));
	}
}

/* This election's ballots have at most 1000 bytes. */
static void
hints_may_weigh_what_those_of_a_ballot_do_and_no_more(void **state)
{
	static char ballot[1101];
	struct http_case *c = *state;
	struct http_answer a;

	memset(ballot, 'b', 1000);
	ballot[1000] = '\n';
	cast(c, &a, HINTED, ballot, LEN);
	assert_status(&a, 200);
	assert_int_equal(fake_of(c->board)->ballot_len, 1000);
	assert_int_equal(fake_of(c->board)->hints_len, LEN);
	cast(c, &a, HINTED, ballot, LEN + 1);
	assert_status(&a, 413);
	assert_non_null(strstr(a.body, "at most 1129 bytes"));
	cast(c, &a, "application/json", ballot, 0);
	assert_status(&a, 413);
	assert_non_null(strstr(a.body, "at most 1000 bytes"));
}

static void
where_hints_do_not_serve_a_ballot_is_taken_without(void **state)
{
	struct http_case *c = *state;
	struct http_answer a;

	fake_of(c->board)->election.num_points = 0;
	cast(c, &a, HINTED, "ballot\n", LEN);
	assert_status(&a, 200);
	assert_int_equal(fake_of(c->board)->ballot_len, 6);
	assert_int_equal(fake_of(c->board)->hints_len, 0);
}

static void
the_status_says_whether_hints_are_wanted(void **state)
{
	struct http_case *c = *state;
	struct http_answer a;

	http_ask(&a, c, "GET " BB "/status" HTTP_HOST "\r\n");
	assert_non_null(strstr(a.body, ",\"hints\":true}"));
	fake_of(c->board)->election.num_points = 0;
	http_ask(&a, c, "GET " BB "/status" HTTP_HOST "\r\n");
	assert_non_null(strstr(a.body, ",\"hints\":false}"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, http_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_ballot_and_its_hints_are_parted_at_the_first_newline),
	    TEST(hints_may_weigh_what_those_of_a_ballot_do_and_no_more),
	    TEST(where_hints_do_not_serve_a_ballot_is_taken_without),
	    TEST(the_status_says_whether_hints_are_wanted),
	};
	return cmocka_run_group_tests_name("board_http_hinted", tests, NULL, NULL);
}
