/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots: what is encrypted verifies, in every group and kind of question; every change of a byte
 * is refused by the check that is responsible; forged votes are refused (threats A1, A6, A7). */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "election/credential.h"
#include "election/statement.h"
#include "election/vote.h"
#include "tests/unit/support/ballot_case.h"

/* Encrypts; the ballot's text goes to *out. */
static void
cast(struct ballot_case *f, struct urne_buf *out, const uint64_t *m)
{
	struct urne_diag d = {{0}};
	struct urne_hash tracker;
	uint64_t copy[64];
	struct urne_choices choices = {copy, f->e.num_choices};

	memcpy(copy, m, f->e.num_choices * sizeof(*m));
	urne_buf_init(out, URNE_MAX_BALLOT);
	assert_ok(urne_ballot_encrypt(out, &tracker, &d, &f->e, &choices, &f->credential, &f->rng));
}

/* The first error of all checks. */
static enum urne_err
check(struct ballot_case *f, struct urne_view text, struct urne_diag *d)
{
	struct urne_ballot b;
	enum urne_err e = urne_ballot_read(&b, &f->arena, d, &f->e, text);

	if (e == URNE_OK) {
		e = urne_ballot_check_election(&b, d, &f->e);
	}
	if (e == URNE_OK) {
		e = urne_ballot_check_proofs(&b, d, &f->e);
	}
	if (e == URNE_OK) {
		e = urne_ballot_check_signature(&b, d, &f->e);
	}
	return e;
}

/*                                  one      two           three: L1 a b, L2 c */
static const uint64_t good[] = {0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0};
static const uint64_t blanks[] = {0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1};

static void
ballots_verify_in_every_group(void **state)
{
	for (size_t i = 0; urne_group_list(i) != NULL; i++) {
		struct ballot_case f;
		struct urne_buf text, again;
		struct urne_ballot b;
		struct urne_diag d = {{0}};
		const uint64_t *votes[] = {good, blanks};

		ballot_case_init(&f, urne_group_list(i), BALLOT_CASE_QUESTIONS);
		for (size_t k = 0; k < 2; k++) {
			cast(&f, &text, votes[k]);
			if (check(&f, urne_buf_view(&text), &d) != URNE_OK) {
				fail_msg("%s: %s", urne_group_list(i)->name, d.text);
			}
			/* canonical: decoded and encoded again, the bytes are the same */
			assert_ok(urne_ballot_read(&b, &f.arena, &d, &f.e, urne_buf_view(&text)));
			urne_buf_init(&again, URNE_MAX_BALLOT);
			urne_ballot_write(&again, &f.e, &b);
			assert_true(urne_view_eq(urne_buf_view(&again), urne_buf_view(&text)));
			urne_buf_clear(&again);
			urne_buf_clear(&text);
		}
		ballot_case_clear(&f);
	}
}

/* Votes outside the rules, encrypted all the same: no proof can cover them. */
static void
forged_votes_are_refused(void **state)
{
	static const struct {
		const char *what;
		uint64_t m[12];
		const char *field;
	} votes[] = {
	    {"two of one", {1, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0}, "answers[0].overall_proof"},
	    {"a mark of 2", {2, 0, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0}, "answers[0].individual_proofs"},
	    {"blank and a choice", {0, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0}, "answers[1].blank_proof"},
	    {"three of two", {0, 0, 0, 0, 1, 1, 1, 1, 0, 1, 0, 0}, "answers[1].overall_proof"},
	    {"none of two, not blank", {0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0},
		"answers[1].overall_proof"},
	    {"two lists", {0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1}, "answers[2].overall_proof"},
	    {"candidate of another list", {0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1},
		"answers[2].list_proofs"},
	    {"list without candidate", {0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0},
		"answers[2].nonzero_proof"},
	};
	struct ballot_case f;

	ballot_case_init(&f, &urne_group_ed25519, BALLOT_CASE_QUESTIONS);
	for (size_t i = 0; i < sizeof(votes) / sizeof(votes[0]); i++) {
		struct urne_buf text;
		struct urne_diag d = {{0}};

		cast(&f, &text, votes[i].m);
		assert_err(check(&f, urne_buf_view(&text), &d), URNE_ERR_PROOF);
		if (strstr(d.text, votes[i].field) == NULL) {
			fail_msg("%s: %s", votes[i].what, d.text);
		}
		urne_buf_clear(&text);
	}
	ballot_case_clear(&f);
}

/* Whatever byte is changed, the ballot is refused: A1, A6, A7 and canonical form. */
static void
every_changed_byte_is_refused(void **state)
{
	struct ballot_case f;
	struct urne_buf text;
	struct urne_diag d = {{0}};

	ballot_case_init(&f, &urne_group_ed25519,
	    "[{\"answers\":[\"A\",\"B\"],\"blank\":true,\"min\":0,\"max\":1,\"question\":\"q\"}]");
	cast(&f, &text, (const uint64_t[]){0, 1, 0});
	assert_ok(check(&f, urne_buf_view(&text), &d));
	for (size_t i = 0; i < text.len; i++) {
		char old = text.data[i];
		enum urne_err e = URNE_OK;

		text.data[i] = old == '1' ? '2' : old == 'a' ? 'b' : '1';
		if (text.data[i] == old) {
			continue;
		}
		e = check(&f, urne_buf_view(&text), &d);
		if (e == URNE_OK || urne_err_is_ours(e)) {
			fail_msg("byte %zu of the ballot: %s", i, urne_err_name(e));
		}
		text.data[i] = old;
		urne_arena_reset(&f.arena);
		assert_ok(urne_election_parse(&f.e, &f.arena, &d, urne_buf_view(&f.text)));
	}
	urne_buf_clear(&text);
	ballot_case_clear(&f);
}

/* A7: the credential enters every proof, so a ballot cannot be cast again under another one. */
static void
a7_ballot_copied_to_another_credential_is_refused(void **state)
{
	struct ballot_case f;
	struct urne_buf text, forged;
	struct urne_ballot b;
	struct urne_diag d = {{0}};
	struct urne_secret other;
	struct urne_sha256 h;

	ballot_case_init(&f, &urne_group_ed25519, BALLOT_CASE_QUESTIONS);
	cast(&f, &text, good);
	assert_ok(urne_ballot_read(&b, &f.arena, &d, &f.e, urne_buf_view(&text)));
	urne_secret_random(f.e.group, &other, &f.rng);
	urne_secret_base(f.e.group, &b.credential, &other);
	/* signed properly by the other credential */
	urne_buf_init(&forged, URNE_MAX_BALLOT);
	urne_ballot_write_unsigned(&forged, &f.e, &b);
	urne_sha256_of(&b.hash, urne_buf_view(&forged));
	urne_ballot_signature_transcript(&h, &b.hash);
	urne_buf_reset(&forged);
	{
		struct urne_secret w;
		struct urne_elem A;
		struct urne_hash digest;

		urne_secret_random(f.e.group, &w, &f.rng);
		urne_secret_base(f.e.group, &A, &w);
		urne_elem_hash(f.e.group, &h, &A);
		urne_sha256_final(&h, &digest);
		urne_scalar_from_hash(f.e.group, &b.signature.challenge, &digest);
		urne_secret_response(
		    f.e.group, &b.signature.response, &w, &other, &b.signature.challenge);
	}
	urne_ballot_write(&forged, &f.e, &b);
	assert_err(check(&f, urne_buf_view(&forged), &d), URNE_ERR_PROOF);
	assert_non_null(strstr(d.text, "individual_proofs"));
	urne_buf_clear(&forged);
	urne_buf_clear(&text);
	ballot_case_clear(&f);
}

/* What a server reserves for a ballot: enough for each, and not much more than they take. */
static void
no_ballot_is_longer_than_the_bound_and_most_are_nearly_as_long(void **state)
{
	static const struct {
		const char *questions;
		uint64_t m[12];
	} cases[] = {
	    {"[{\"answers\":[\"A\"],\"min\":0,\"max\":1,\"question\":\"q\"}]", {1}},
	    {"[{\"answers\":[\"A\",\"B\"],\"blank\":true,\"min\":0,\"max\":2,\"question\":\"q\"}]",
		{1}},
	    {"[{\"type\":\"Lists\",\"value\":{\"answers\":[[\"L1\",\"a\"],[\"L2\",\"c\"]],"
	     "\"question\":\"three\"}}]",
		{1, 1}},
	    {BALLOT_CASE_QUESTIONS, {0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0}},
	};

	for (size_t g = 0; urne_group_list(g) != NULL; g++) {
		for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
			struct ballot_case f;
			struct urne_buf text;
			size_t max = 0;

			ballot_case_init(&f, urne_group_list(g), cases[i].questions);
			assert_ok(urne_ballot_max_len(&max, &f.e));
			for (size_t k = 0; k < 10; k++) {
				cast(&f, &text, cases[i].m);
				assert_in_range(text.len, max - max / 4, max);
				urne_buf_clear(&text);
			}
			ballot_case_clear(&f);
		}
	}
}

static void
no_text_of_an_element_is_longer_than_the_bound(void **state)
{
	for (size_t k = 0; urne_group_list(k) != NULL; k++) {
		const struct urne_group *g = urne_group_list(k);
		struct urne_elem x, base;
		char text[URNE_TEXT_MAX];
		size_t longest = 0;

		urne_elem_generator(g, &base);
		x = base;
		for (size_t i = 0; i < 200; i++) {
			size_t len = urne_elem_encode(g, text, &x);

			longest = len > longest ? len : longest;
			urne_elem_mul(g, &x, &x, &x);
			urne_elem_mul(g, &x, &x, &base);
		}
		assert_int_equal(longest, urne_elem_text_max(g));
	}
}

static void
choices_files_are_read_in_every_form(void **state)
{
	static const char *const files[] = {
	    "[[0,1,0],[0,1,1,0],[[1,0,1],[0,0]]]",
	    "[[\"B\"],[\"A\",\"B\"],[\"L1\",\"b\"]]",
	    " [ [\"B\"], [0,1,1,0],\n [[1,0,1],[0,0]] ] ",
	};
	struct ballot_case f;

	ballot_case_init(&f, &urne_group_ed25519, BALLOT_CASE_QUESTIONS);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct urne_choices c;
		struct urne_diag d = {{0}};

		if (urne_choices_read(&c, &d, &f.e, urne_view_of(files[i])) != URNE_OK) {
			fail_msg("%s: %s", files[i], d.text);
		}
		assert_memory_equal(c.m, good, sizeof(good));
		urne_choices_clear(&c);
	}
	ballot_case_clear(&f);
}

static void
choices_that_break_a_rule_are_refused_with_its_name(void **state)
{
	static const struct {
		const char *file;
		const char *says;
	} cases[] = {
	    {"[[1,1,0],\"blank\",[\"L1\",\"a\"]]", "question 1: 2 answers are chosen; at least 0"},
	    {"[[0,0,0],[],[\"L1\",\"a\"]]", "question 2: 0 answers are chosen"},
	    {"[[0,0,0],[1,1,0,0],[\"L1\",\"a\"]]", "question 2: a blank vote chooses nothing"},
	    {"[\"blank\",\"blank\",[\"L1\",\"a\"]]", "does not allow a blank vote"},
	    {"[[0,0],\"blank\",[\"L1\",\"a\"]]", "2 marks are given where the question has 3"},
	    {"[[0,0,2],\"blank\",[\"L1\",\"a\"]]", "a mark is 0 or 1"},
	    {"[[\"Z\"],\"blank\",[\"L1\",\"a\"]]", "no such answer"},
	    {"[[\"A\",\"A\"],\"blank\",[\"L1\",\"a\"]]", "given twice"},
	    {"[[],\"blank\",[\"L1\"]]", "none of its candidates"},
	    {"[[],\"blank\",[\"L1\",\"a\",\"c\"]]", "list 2 is not chosen but 1"},
	    {"[[],\"blank\",[]]", "exactly one must be"},
	    {"[[],\"blank\"]", "one entry per question, 3 here"},
	    {"{}", "one entry per question"},
	    {"[[],", "line 1"},
	};
	struct ballot_case f;

	ballot_case_init(&f, &urne_group_ed25519, BALLOT_CASE_QUESTIONS);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_choices c;
		struct urne_diag d = {{0}};

		if (urne_choices_read(&c, &d, &f.e, urne_view_of(cases[i].file)) == URNE_OK ||
		    strstr(d.text, cases[i].says) == NULL) {
			fail_msg("%s: %s", cases[i].file, d.text);
		}
	}
	ballot_case_clear(&f);
}

static void
random_choices_always_satisfy_the_rules(void **state)
{
	struct ballot_case f;

	ballot_case_init(&f, &urne_group_ed25519, BALLOT_CASE_QUESTIONS);
	for (size_t i = 0; i < 500; i++) {
		struct urne_choices c;
		struct urne_diag d = {{0}};

		assert_ok(urne_choices_random(&c, &f.e, &f.rng));
		assert_ok(urne_choices_check(&c, &d, &f.e));
		urne_choices_clear(&c);
	}
	ballot_case_clear(&f);
}

/* The text of a choice's statement is written out here: the prover and the verifier make theirs by
 * one function, and would not notice. */
static void
the_text_of_a_choice_is_that_of_the_protocol(void **state)
{
	for (size_t i = 0; urne_group_list(i) != NULL; i++) {
		struct ballot_case f;
		struct urne_buf text, s0, s, want;
		struct urne_diag d = {{0}};
		struct urne_ballot b;
		struct urne_answer_context ctx;
		const struct urne_question *q;

		ballot_case_init(&f, urne_group_list(i), BALLOT_CASE_QUESTIONS);
		cast(&f, &text, good);
		assert_ok(urne_ballot_read(&b, &f.arena, &d, &f.e, urne_buf_view(&text)));
		urne_buf_init(&s0, URNE_MAX_BALLOT);
		urne_buf_init(&s, URNE_MAX_BALLOT);
		urne_buf_init(&want, URNE_MAX_BALLOT);
		urne_ballot_prefix(&s0, &f.e, &b);
		q = &f.e.questions[1];
		urne_answer_text(&s, f.e.group, urne_buf_view(&s0), b.answers[1].choices,
		    urne_question_num_choices(q));
		ctx = (struct urne_answer_context){.group = f.e.group,
		    .question = q,
		    .answer = &b.answers[1],
		    .parts = b.answers[1].choices,
		    .s0 = urne_buf_view(&s0),
		    .s = urne_buf_view(&s)};
		for (size_t k = 0; k < urne_question_num_choices(q); k++) {
			const struct urne_ciphertext *ct = &b.answers[1].choices[k];
			struct urne_or_branch branch[4];
			struct urne_statement st;
			struct urne_sha256 h;
			struct urne_hash made, expected;
			size_t part[4];
			char elem[URNE_TEXT_MAX];

			urne_buf_reset(&want);
			urne_buf_puts(&want, "prove|");
			urne_buf_put_view(&want, urne_buf_view(&s0));
			urne_buf_putc(&want, '|');
			urne_buf_put(&want, elem, urne_elem_encode(f.e.group, elem, &ct->alpha));
			urne_buf_putc(&want, ',');
			urne_buf_put(&want, elem, urne_elem_encode(f.e.group, elem, &ct->beta));
			urne_buf_putc(&want, '|');
			urne_sha256_of(&expected, urne_buf_view(&want));
			urne_answer_statement(&st, branch, part, &ctx, k);
			urne_statement_hash(&h, &ctx, &st);
			urne_sha256_final(&h, &made);
			assert_true(urne_hash_eq(&made, &expected));
			/* one about no part, with a text of its own */
			st = (struct urne_statement){
			    .tag = "lproof", .s = urne_buf_view(&s), .speaks_of = URNE_OF_NO_PART};
			urne_buf_reset(&want);
			urne_buf_puts(&want, "lproof|");
			urne_buf_put_view(&want, urne_buf_view(&s));
			urne_buf_putc(&want, '|');
			urne_sha256_of(&expected, urne_buf_view(&want));
			urne_statement_hash(&h, &ctx, &st);
			urne_sha256_final(&h, &made);
			assert_true(urne_hash_eq(&made, &expected));
		}
		urne_buf_clear(&want);
		urne_buf_clear(&s);
		urne_buf_clear(&s0);
		urne_buf_clear(&text);
		ballot_case_clear(&f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_text_of_a_choice_is_that_of_the_protocol),
	    cmocka_unit_test(ballots_verify_in_every_group),
	    cmocka_unit_test(forged_votes_are_refused),
	    cmocka_unit_test(every_changed_byte_is_refused),
	    cmocka_unit_test(a7_ballot_copied_to_another_credential_is_refused),
	    cmocka_unit_test(no_ballot_is_longer_than_the_bound_and_most_are_nearly_as_long),
	    cmocka_unit_test(no_text_of_an_element_is_longer_than_the_bound),
	    cmocka_unit_test(choices_files_are_read_in_every_form),
	    cmocka_unit_test(choices_that_break_a_rule_are_refused_with_its_name),
	    cmocka_unit_test(random_choices_always_satisfy_the_rules),
	};

	return cmocka_run_group_tests_name("ballot", tests, NULL, NULL);
}
