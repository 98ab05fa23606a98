/* SPDX-License-Identifier: EUPL-1.2 */
/* What a board takes in as an election, its vote definition, and the hours it keeps (threats A14,
 * A34). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "bulletin/server/election.h"
#include "election/definition.h"
#include "election/threshold.h"
#include "tests/unit/support/board_case.h"
#include "tests/unit/support/check.h"

/* "opens" and "closes" of vote_text.c: 2027-03-01T08:00:00+01:00, 2027-03-04T20:00:00+01:00 */

static enum urne_err
take_in(struct board_case *c, struct urne_board_election **b)
{
	return urne_board_election_new(b, &c->d, board_case_texts(c), NULL);
}

static void
init(struct board_case *c, struct urne_board_election **b, const char *questions, const char *name)
{
	board_case_init(c, &urne_group_ed25519, questions, name);
	if (take_in(c, b) != URNE_OK) {
		fail_msg("%s", c->d.text);
	}
}

static void
clear(struct board_case *c, struct urne_board_election *b)
{
	urne_board_election_free(b);
	board_case_clear(c);
}

static void
an_election_is_read_whole_and_keeps_its_own_texts(void **state)
{
	struct urne_board_election *b = NULL;
	struct urne_hash hash;
	struct urne_view uuid;
	struct board_case c;

	init(&c, &b, CASE_QUESTIONS, "Congrès");
	memset(c.election.data, 'x', c.election.len);
	memset(c.trustees.data, 'x', c.trustees.len);
	memset(c.credentials.data, 'x', c.credentials.len);
	uuid = b->election.uuid;
	assert_true(urne_view_is(uuid, "GnQagTgeJqLsvY"));
	assert_int_equal(b->trustees.num_owners, CASE_TRUSTEES);
	assert_int_equal(urne_credentials_count(b->credentials), CASE_VOTERS);
	assert_false(b->test);
	assert_false(urne_board_election_seals(b, &hash));
	clear(&c, b);
	init(&c, &b, CASE_QUESTIONS, "[TEST] Congrès");
	assert_true(b->test);
	clear(&c, b);
}

/* find returns the place behind the words. */
static char *
find(struct urne_buf *text, const char *words)
{
	char *p;

	assert_non_null(urne_buf_grow(text, 1));
	text->data[text->len] = '\0';
	p = strstr(text->data, words);
	assert_non_null(p);
	return p + strlen(words);
}

static void
cut(struct board_case *c, struct urne_buf *text)
{
	(void)c;
	text->len--;
}

static void
spoil_proof(struct board_case *c, struct urne_buf *text)
{
	char *p = find(text, "\"response\":\"");

	(void)c;
	*p = *p == '1' ? '2' : '1';
}

/* A key that is right in itself, and not that of the trustees. */
static void
change_key(struct board_case *c, struct urne_buf *text)
{
	char key[URNE_TEXT_MAX];
	struct urne_elem g;

	urne_elem_generator(c->group, &g);
	memcpy(find(text, "\"public_key\":\""), key, urne_elem_encode(c->group, key, &g));
}

static void
a_setup_that_does_not_hold_together_is_refused(void **state)
{
	struct board_case c;
	const struct {
		struct urne_buf *text;
		void (*spoil)(struct board_case *c, struct urne_buf *text);
		const char *says;
	} cases[] = {
	    {&c.election, cut, "election: "},
	    {&c.election, change_key, "is not that of its trustees"},
	    {&c.trustees, cut, "trustees: "},
	    {&c.trustees, spoil_proof, "trustees: trustee 1: "},
	    {&c.credentials, cut, "public credentials: "},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_board_election *b = NULL;
		enum urne_err e;

		board_case_init(&c, &urne_group_ed25519, CASE_QUESTIONS, "Congrès");
		cases[i].spoil(&c, cases[i].text);
		e = take_in(&c, &b);
		if (e == URNE_OK || urne_err_is_ours(e) ||
		    strstr(c.d.text, cases[i].says) == NULL) {
			fail_msg("case %zu: %s: %s", i, urne_err_name(e), c.d.text);
		}
		assert_null(b);
		board_case_clear(&c);
	}
}

static void
a_question_that_cannot_be_tallied_is_refused_at_setup(void **state)
{
	struct urne_board_election *b = NULL;
	struct board_case c;

	board_case_init(&c, &urne_group_ed25519,
	    "[{\"answers\":[\"A\",\"B\"],\"min\":0,\"max\":1,\"question\":\"one\"},"
	    "{\"type\":\"NonHomomorphic\",\"value\":{\"answers\":[\"A\",\"B\"],\"question\":"
	    "\"two\"}}]",
	    "Congrès");
	assert_err(take_in(&c, &b), URNE_ERR_UNSUPPORTED);
	assert_non_null(strstr(c.d.text, "non-homomorphic question"));
	assert_null(b);
	board_case_clear(&c);
}

/* Members could not vote in it: 65,000 answers of more than 1,600 bytes each are above
 * URNE_MAX_BALLOT. */
static void
an_election_with_ballots_too_long_for_anybody_is_refused(void **state)
{
	struct urne_board_election *b = NULL;
	struct urne_buf questions;
	struct board_case c;

	urne_buf_init(&questions, (size_t)4 << 20);
	for (size_t i = 0; i < 16; i++) {
		urne_buf_puts(&questions, i == 0 ? "[{\"answers\":[" : ",{\"answers\":[");
		for (size_t k = 0; k < URNE_MAX_ANSWERS - 1; k++) {
			urne_buf_printf(&questions, "%s\"%zx\"", k > 0 ? "," : "", k);
		}
		urne_buf_puts(&questions, "],\"min\":0,\"max\":4095,\"question\":\"q\"}");
	}
	urne_buf_puts(&questions, "]");
	urne_buf_putc(&questions, '\0');
	board_case_init(&c, &urne_group_belenios_2048, questions.data, "Congrès");
	assert_err(take_in(&c, &b), URNE_ERR_LIMIT);
	assert_non_null(strstr(c.d.text, "with fewer choices"));
	board_case_clear(&c);
	urne_buf_clear(&questions);
}

static void
only_the_sealed_definition_is_taken_and_once_is_enough(void **state)
{
	struct urne_board_election *b = NULL;
	struct urne_hash hash;
	struct board_case c;
	struct urne_view text;

	init(&c, &b, NULL, "Congrès");
	text = urne_buf_view(&c.definition);
	assert_true(urne_board_election_seals(b, &hash));
	/* A14: another text, be it a line shorter */
	assert_err(urne_board_election_define(b, &c.d, (struct urne_view){text.p, text.len - 1}),
	    URNE_ERR_MISMATCH);
	assert_non_null(strstr(c.d.text, "send the file that was sealed"));
	assert_false(atomic_load(&b->has_definition));
	assert_ok(urne_board_election_define(b, &c.d, text));
	assert_true(atomic_load(&b->has_definition));
	assert_int_equal(b->definition.floor, 2);
	assert_ok(urne_board_election_define(b, &c.d, text));
	assert_err(urne_board_election_define(b, &c.d, VIEW("{}")), URNE_ERR_MISMATCH);
	assert_int_equal(b->definition.floor, 2);
	/* it is the board's own copy */
	memset(c.definition.data, 'x', c.definition.len);
	assert_true(urne_view_is(b->definition.opens.text, "2027-03-01T08:00:00+01:00"));
	clear(&c, b);
}

/* A14: sealed, but members answer other questions than it asks. */
static void
a14_a_sealed_definition_with_other_questions_is_refused(void **state)
{
	struct urne_board_election *b = NULL;
	struct board_case c;

	board_case_init(&c, &urne_group_ed25519, NULL, "Congrès");
	memcpy(find(&c.election, "Quatre") - 6, "Cinque", 6);
	assert_ok(take_in(&c, &b));
	assert_err(
	    urne_board_election_define(b, &c.d, urne_buf_view(&c.definition)), URNE_ERR_MISMATCH);
	assert_non_null(strstr(c.d.text, "question 1"));
	assert_false(atomic_load(&b->has_definition));
	clear(&c, b);
}

static void
an_election_that_seals_none_takes_no_definition(void **state)
{
	struct urne_board_election *b = NULL;
	struct board_case c;

	init(&c, &b, CASE_QUESTIONS, "Congrès");
	assert_err(urne_board_election_define(b, &c.d, VIEW("{}")), URNE_ERR_MISMATCH);
	assert_non_null(strstr(c.d.text, "seals no vote definition"));
	clear(&c, b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_election_is_read_whole_and_keeps_its_own_texts),
	    cmocka_unit_test(a_setup_that_does_not_hold_together_is_refused),
	    cmocka_unit_test(a_question_that_cannot_be_tallied_is_refused_at_setup),
	    cmocka_unit_test(an_election_with_ballots_too_long_for_anybody_is_refused),
	    cmocka_unit_test(only_the_sealed_definition_is_taken_and_once_is_enough),
	    cmocka_unit_test(a14_a_sealed_definition_with_other_questions_is_refused),
	    cmocka_unit_test(an_election_that_seals_none_takes_no_definition),
	};

	return cmocka_run_group_tests_name("board_election", tests, NULL, NULL);
}
