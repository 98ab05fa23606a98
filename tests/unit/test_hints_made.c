/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: a check that makes hints on the way says of every ballot what the check says that makes
 * none, in the same words, and the hints that it makes are the only ones there are. */
#include "tests/unit/support/check.h"

#include <stdlib.h>
#include <string.h>

#include "election/statement.h"
#include "tests/unit/support/hint_damage.h"
#include "tests/unit/support/hinted_case.h"

static void
begin(struct ballot_case *f, bool with_powers)
{
	struct urne_diag d = {{0}};

	ballot_case_init(f, &urne_group_ed25519, BALLOT_CASE_QUESTIONS);
	if (with_powers) {
		assert_ok(urne_election_prepare(&f->e, &f->arena, &d));
	}
}

/* Reads the text as a verifier does, and checks it both ways. */
static enum urne_err
both(uint8_t *hints, struct hinted *b, struct ballot_case *f)
{
	struct urne_diag d = {{0}}, plain = {{0}};
	enum urne_err err, wanted;

	urne_arena_reset(&b->arena);
	err = urne_ballot_read_unproved(&b->ballot, &b->arena, &d, &f->e, urne_buf_view(&b->text));
	if (err != URNE_OK) {
		return err;
	}
	err = urne_ballot_check_proofs_and_hint(hints, &b->ballot, &d, &f->e);
	wanted = urne_ballot_check_proofs(&b->ballot, &plain, &f->e);
	assert_int_equal(err, wanted);
	assert_string_equal(d.text, plain.text);
	return err;
}

static void
hints_that_are_made_are_of_the_subgroup_and_serve_with_powers_and_without(void **state)
{
	for (int powers = 0; powers < 2; powers++) {
		struct ballot_case f;
		struct hinted b;
		uint8_t *hints;
		size_t num;

		begin(&f, powers != 0);
		num = urne_ballot_num_points(&f.e);
		hints = calloc(num, URNE_HINT_LEN);
		assert_non_null(hints);
		for (int run = 0; run < 8; run++) {
			hinted_init(&b, &f);
			assert_ok(both(hints, &b, &f));
			for (size_t i = 0; i < num; i++) {
				assert_true(hint_is_of_prime_order(hints + i * URNE_HINT_LEN));
			}
			assert_memory_equal(hints, b.hints.data, num * URNE_HINT_LEN);
			hinted_together(&b, 1, &f, 1);
			assert_true(b.h.good);
			hinted_clear(&b);
		}
		free(hints);
		ballot_case_clear(&f);
	}
}

static void
a_forgery_fails_by_the_same_words_when_hints_are_made(void **state)
{
	struct ballot_case f;
	uint8_t *hints;

	begin(&f, true);
	hints = calloc(urne_ballot_num_points(&f.e), URNE_HINT_LEN);
	assert_non_null(hints);
	for (int which = 0; which < NUM_FORGERIES; which++) {
		struct hinted b;
		struct urne_diag d = {{0}};

		hinted_init(&b, &f);
		hinted_forge(&b, &f, (enum forgery)which, which % 2 != 0);
		/* the signature is another check */
		assert_err(both(hints, &b, &f),
		    which == RESPONSE_OF_THE_SIGNATURE ? URNE_OK : URNE_ERR_PROOF);
		assert_err(hinted_exact(&b, &f, &d), URNE_ERR_PROOF);
		hinted_clear(&b);
	}
	free(hints);
	ballot_case_clear(&f);
}

static void
torsion_in_any_point_of_a_ballot_is_found_when_hints_are_made(void **state)
{
	struct ballot_case f;
	struct urne_elem t;
	uint8_t *hints;

	begin(&f, true);
	hints = calloc(urne_ballot_num_points(&f.e), URNE_HINT_LEN);
	assert_non_null(hints);
	hint_torsion(&t);
	for (size_t i = 0; i < urne_ballot_num_text_points(&f.e); i++) {
		struct hinted b;
		struct urne_elem *place;

		hinted_init(&b, &f);
		place = hinted_point(&b, &f, i);
		urne_elem_mul(f.e.group, place, place, &t);
		hinted_write(&b, &f, false);
		assert_err(both(hints, &b, &f), URNE_ERR_GROUP);
		hinted_clear(&b);
	}
	free(hints);
	ballot_case_clear(&f);
}

/* prove_by_hand: that a ciphertext (g^rho, y^rho) encrypts 0, or 1: as a prover would who leaves
 * the torsion that stands in the text out of all that he computes. */
static void
prove_by_hand(const struct urne_answer_context *ctx, const struct urne_statement *s,
    const struct urne_election *e, const struct urne_ciphertext *without,
    const struct urne_scalar *rho)
{
	const struct urne_group *g = e->group;
	struct urne_proof *p = s->proof;
	struct urne_elem AB[4], one, shifted;
	struct urne_scalar w, x;
	struct urne_sha256 h;
	struct urne_hash hash;

	urne_statement_hash(&h, ctx, s);
	urne_scalar_from_u64(g, &w, 77);
	urne_scalar_from_u64(g, &p[1].challenge, 1001);
	urne_scalar_from_u64(g, &p[1].response, 2002);
	urne_elem_pow_base(g, &AB[0], &w);
	urne_elem_pow(g, &AB[1], &e->public_key, &w);
	urne_elem_generator(g, &one);
	urne_elem_div(g, &shifted, &without->beta, &one);
	urne_elem_pow2(g, &AB[2], &one, &p[1].response, &without->alpha, &p[1].challenge);
	urne_elem_pow2(g, &AB[3], &e->public_key, &p[1].response, &shifted, &p[1].challenge);
	for (size_t i = 0; i < 4; i++) {
		urne_sha256_puts(&h, i > 0 ? "," : "");
		urne_elem_hash(g, &h, &AB[i]);
	}
	urne_sha256_final(&h, &hash);
	urne_scalar_from_hash(g, &x, &hash);
	urne_scalar_sub(g, &p[0].challenge, &x, &p[1].challenge);
	urne_scalar_mul(g, &x, rho, &p[0].challenge);
	urne_scalar_sub(g, &p[0].response, &w, &x);
}

/* Eighths modulo q know nothing of torsion: all hashes are right, and the points are not. */
static void
a4_torsion_that_every_proof_leaves_out_is_found_when_hints_are_made(void **state)
{
	uint64_t nothing[1] = {0};
	struct ballot_case f;
	struct hinted b;
	struct urne_buf s0, s;
	struct urne_scalar rho;
	struct urne_ciphertext without, parts[2];
	struct urne_elem t;
	uint8_t *hints;

	ballot_case_init(&f, &urne_group_ed25519,
	    "[{\"answers\":[\"A\"],\"min\":0,\"max\":1,\"question\":\"one\"}]");
	hints = calloc(urne_ballot_num_points(&f.e), URNE_HINT_LEN);
	assert_non_null(hints);
	hint_torsion(&t);
	urne_scalar_from_u64(f.e.group, &rho, 4711);
	urne_elem_pow_base(f.e.group, &without.alpha, &rho);
	urne_elem_pow(f.e.group, &without.beta, &f.e.public_key, &rho);
	for (int torsion = 0; torsion < 3; torsion++) {
		struct urne_or_branch branch[2];
		size_t part[2];
		struct urne_answer_context ctx = {
		    .group = f.e.group, .question = &f.e.questions[0], .parts = parts};

		hinted_vote(&b, &f, nothing);
		parts[0] = without;
		if (torsion > 0) {
			struct urne_elem *place = torsion == 1 ? &parts[0].alpha : &parts[0].beta;

			urne_elem_mul(f.e.group, place, place, &t);
		}
		b.own.answers[0].choices[0] = parts[0];
		urne_answer_sums(parts, f.e.group, ctx.question);
		urne_buf_init(&s0, 2 * URNE_TEXT_MAX);
		urne_buf_init(&s, (size_t)1 << 16);
		urne_ballot_prefix(&s0, &f.e, &b.own);
		urne_answer_text(&s, f.e.group, urne_buf_view(&s0), parts, 1);
		ctx.answer = &b.own.answers[0];
		ctx.s0 = urne_buf_view(&s0);
		ctx.s = urne_buf_view(&s);
		for (size_t i = 0; i < urne_answer_num_statements(ctx.question); i++) {
			struct urne_statement statement;

			urne_answer_statement(&statement, branch, part, &ctx, i);
			prove_by_hand(&ctx, &statement, &f.e, &without, &rho);
		}
		hinted_write(&b, &f, true);
		assert_err(both(hints, &b, &f), torsion > 0 ? URNE_ERR_GROUP : URNE_OK);
		urne_buf_clear(&s0);
		urne_buf_clear(&s);
		hinted_clear(&b);
	}
	free(hints);
	ballot_case_clear(&f);
}

/* nonzero_by_hand: a proof for which everything is right but that A0 is the identity. */
static void
nonzero_by_hand(struct hinted *b, struct ballot_case *f)
{
	const struct urne_group *g = f->e.group;
	const struct urne_question *q = &f->e.questions[2];
	struct urne_nonzero_proof *p = &b->own.answers[2].nonzero;
	struct urne_ciphertext parts[9];
	struct urne_bases bases;
	struct urne_buf s0, s;
	struct urne_sha256 h;
	struct urne_hash hash;
	struct urne_elem A[2];
	const struct urne_ciphertext *ct = &parts[urne_answer_nonzero_part(q)];

	assert_true(urne_answer_num_parts(q) <= 9);
	memcpy(parts, b->own.answers[2].choices, 5 * sizeof(parts[0]));
	urne_answer_sums(parts, g, q);
	urne_election_bases(&bases, &f->e);
	urne_elem_identity(g, &p->commitment);
	urne_elem_pow2_base(g, &A[0], &p->response[1], &ct->alpha, &p->response[0]);
	urne_elem_pow2(g, &A[1], &bases.y, &p->response[1], &ct->beta, &p->response[0]);
	urne_buf_init(&s0, 2 * URNE_TEXT_MAX);
	urne_buf_init(&s, (size_t)1 << 16);
	urne_ballot_prefix(&s0, &f->e, &b->own);
	urne_answer_text(&s, g, urne_buf_view(&s0), parts, 5);
	urne_transcript(&h, "nonzero", urne_buf_view(&s));
	urne_elem_hash(g, &h, &p->commitment);
	for (size_t i = 0; i < 2; i++) {
		urne_sha256_puts(&h, ",");
		urne_elem_hash(g, &h, &A[i]);
	}
	urne_sha256_final(&h, &hash);
	urne_scalar_from_hash(g, &p->challenge, &hash);
	urne_buf_clear(&s0);
	urne_buf_clear(&s);
}

static void
a_nonzero_proof_by_the_neutral_element_is_not_good_whatever_the_hints(void **state)
{
	struct ballot_case f;
	struct hinted b;
	uint8_t *hints;

	begin(&f, true);
	hints = calloc(urne_ballot_num_points(&f.e), URNE_HINT_LEN);
	assert_non_null(hints);
	hinted_init(&b, &f);
	nonzero_by_hand(&b, &f);
	hinted_remake_hints(&b, &f);
	hinted_write(&b, &f, true);
	assert_err(both(hints, &b, &f), URNE_ERR_PROOF);
	hinted_together(&b, 1, &f, 1);
	assert_false(b.h.good);
	hinted_clear(&b);
	free(hints);
	ballot_case_clear(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		hints_that_are_made_are_of_the_subgroup_and_serve_with_powers_and_without),
	    cmocka_unit_test(a_forgery_fails_by_the_same_words_when_hints_are_made),
	    cmocka_unit_test(torsion_in_any_point_of_a_ballot_is_found_when_hints_are_made),
	    cmocka_unit_test(a4_torsion_that_every_proof_leaves_out_is_found_when_hints_are_made),
	    cmocka_unit_test(a_nonzero_proof_by_the_neutral_element_is_not_good_whatever_the_hints),
	};

	return cmocka_run_group_tests_name("making hints", tests, NULL, NULL);
}
