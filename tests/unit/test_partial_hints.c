/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: a partial decryption that is good by hints is good, and no hint makes a wrong one good:
 * neither one in which only a linear equation is false, nor one with torsion. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "base/limits.h"
#include "crypto/secret/prove.h"
#include "tally/decrypt.h"
#include "tally/partial_hints.h"
#include "tests/unit/support/hint_damage.h"
#include "tests/unit/support/tally_case.h"

#define POINTS (3 * TALLY_CHOICES)

struct hinted_partial {
	struct tally_case f;
	struct urne_tally t;
	struct urne_decryption_of of;
	struct urne_partial_decryption p; /* as it was made, to be changed */
	uint8_t hints[POINTS * URNE_HINT_LEN];
};

static void
begin(struct hinted_partial *x)
{
	static const uint64_t weight[TALLY_CHOICES] = {1, 2, 3, 4, 5, 6, 7};

	memset(x, 0, sizeof(*x));
	tally_case_init(&x->f, &urne_group_ed25519);
	assert_int_equal(urne_partial_num_points(&x->f.e), POINTS);
	assert_ok(urne_tally_init(&x->t, &x->f.arena, &x->f.e));
	for (size_t i = 0; i < TALLY_CHOICES; i++) {
		struct urne_opening o = {.m = weight[i]};

		urne_encrypt(x->f.e.group, &x->t.sum[i], &o, &x->f.rng, &x->f.e.public_key);
	}
	x->of = (struct urne_decryption_of){&x->f.e, &x->t, &x->f.public_key[1]};
	assert_ok(urne_partial_make(&x->p, &x->f.arena, &x->f.e, &x->t, &x->f.key[1], &x->f.rng));
	assert_ok(urne_partial_check_and_hint(x->hints, &x->p, &x->f.d, &x->of));
}

static bool
good(struct hinted_partial *x)
{
	struct urne_partial_decryption read;
	struct urne_arena arena;
	struct urne_buf text;
	bool is_good = true;

	urne_arena_init(&arena, (size_t)1 << 20);
	urne_buf_init(&text, URNE_MAX_BALLOT);
	urne_partial_write(&text, &x->f.e, &x->p);
	assert_ok(urne_partial_check_hinted(
	    &read, &is_good, &arena, urne_buf_view(&text), x->hints, &x->of));
	for (size_t i = 0; is_good && i < TALLY_CHOICES; i++) {
		assert_true(urne_elem_eq(x->f.e.group, &read.factors[i], &x->p.factors[i]));
	}
	urne_buf_clear(&text);
	urne_arena_clear(&arena);
	return is_good;
}

/* exactly: what both exact checks say, in the same words. */
static enum urne_err
exactly(struct hinted_partial *x)
{
	uint8_t hints[POINTS * URNE_HINT_LEN];
	struct urne_diag d = {{0}}, plain = {{0}};
	enum urne_err err = urne_partial_check_and_hint(hints, &x->p, &d, &x->of);

	assert_int_equal(err, urne_partial_check(&x->p, &plain, &x->f.e, &x->t, x->of.X));
	assert_string_equal(d.text, plain.text);
	return err;
}

static void
an_honest_one_is_good_by_the_hints_that_were_made_of_it(void **state)
{
	for (int run = 0; run < 20; run++) {
		struct hinted_partial x;

		begin(&x);
		for (size_t i = 0; i < POINTS; i++) {
			assert_true(hint_is_of_prime_order(x.hints + i * URNE_HINT_LEN));
		}
		assert_true(good(&x));
		for (size_t i = 0; i < POINTS; i++) {
			hint_add_torsion(x.hints + i * URNE_HINT_LEN);
			assert_true(good(&x));
		}
		tally_case_clear(&x.f);
	}
}

/* multiply_factor: f = f g^x, with the hint that it has then. */
static void
multiply_factor(struct hinted_partial *x, size_t i, const struct urne_scalar *by)
{
	const struct urne_group *g = x->f.e.group;
	struct urne_elem q;
	struct urne_scalar eighth;

	urne_elem_pow_base(g, &q, by);
	urne_elem_mul(g, &x->p.factors[i], &x->p.factors[i], &q);
	urne_eighth(&eighth);
	urne_elem_pow(g, &q, &x->p.factors[i], &eighth);
	urne_hints_write(x->hints + i * URNE_HINT_LEN, &q, 1);
}

/* The hash of a proof has A and B, and neither the response nor the factor. */
static void
a_forgery_in_which_only_an_equation_is_false_is_found(void **state)
{
	struct hinted_partial x;
	const struct urne_group *g = &urne_group_ed25519;
	struct urne_scalar one, minus;

	begin(&x);
	urne_scalar_from_u64(g, &one, 1);
	urne_scalar_from_u64(g, &minus, 0);
	urne_scalar_sub(g, &minus, &minus, &one);
	for (size_t i = 0; i < TALLY_CHOICES; i++) {
		struct urne_scalar *r = &x.p.proofs[i].response;

		urne_scalar_add(g, r, r, &one);
		assert_false(good(&x));
		assert_err(exactly(&x), URNE_ERR_PROOF);
		urne_scalar_sub(g, r, r, &one);
		multiply_factor(&x, i, &one);
		assert_false(good(&x));
		assert_err(exactly(&x), URNE_ERR_PROOF);
		multiply_factor(&x, i, &minus);
		assert_true(good(&x));
	}
	assert_ok(exactly(&x));
	/* another trustee's key */
	x.of.X = &x.f.public_key[2];
	assert_false(good(&x));
	assert_err(exactly(&x), URNE_ERR_PROOF);
	tally_case_clear(&x.f);
}

/* Votes go from one choice to another: with equal coefficients the two errors would add to
 * nothing. */
static void
two_factors_whose_errors_cancel_are_found(void **state)
{
	struct hinted_partial x;
	const struct urne_group *g = &urne_group_ed25519;

	for (size_t i = 0; i + 1 < TALLY_CHOICES; i++) {
		struct urne_scalar minus;

		begin(&x);
		urne_scalar_from_u64(g, &minus, 0);
		urne_scalar_sub(g, &minus, &minus, &x.p.proofs[i].challenge);
		multiply_factor(&x, i, &x.p.proofs[i + 1].challenge);
		multiply_factor(&x, i + 1, &minus);
		assert_false(good(&x));
		assert_err(exactly(&x), URNE_ERR_PROOF);
		tally_case_clear(&x.f);
	}
}

/* The hints are those that the equations ask for: all of them hold, and a hash does not. */
static void
a_challenge_that_is_not_the_hash_is_found(void **state)
{
	struct hinted_partial x;
	struct urne_diag d = {{0}};
	struct urne_scalar one;

	begin(&x);
	urne_scalar_from_u64(x.f.e.group, &one, 1);
	for (size_t i = 0; i < TALLY_CHOICES; i++) {
		struct urne_scalar *r = &x.p.proofs[i].response;

		urne_scalar_add(x.f.e.group, r, r, &one);
		assert_err(urne_partial_check_and_hint(x.hints, &x.p, &d, &x.of), URNE_ERR_PROOF);
		assert_false(good(&x));
		urne_scalar_sub(x.f.e.group, r, r, &one);
	}
	tally_case_clear(&x.f);
}

static void
hints_off_the_curve_or_of_another_point_leave_it_to_the_exact_check(void **state)
{
	struct hinted_partial x;

	begin(&x);
	for (size_t i = 0; i < POINTS; i++) {
		uint8_t *hint = x.hints + i * URNE_HINT_LEN, kept[URNE_HINT_LEN];

		memcpy(kept, hint, sizeof(kept));
		hint[i % URNE_HINT_LEN] ^= 1;
		assert_false(good(&x));
		memset(hint, 0, URNE_HINT_LEN);
		assert_false(good(&x));
		hint[32] = 1; /* the identity */
		assert_false(good(&x));
		memcpy(hint, x.hints + (i + 1) % POINTS * URNE_HINT_LEN, URNE_HINT_LEN);
		assert_false(good(&x));
		memcpy(hint, kept, sizeof(kept));
		assert_true(good(&x));
	}
	tally_case_clear(&x.f);
}

static void
a4_a_factor_with_torsion_is_not_good_whatever_the_hints_say(void **state)
{
	struct hinted_partial x;
	uint8_t made[POINTS * URNE_HINT_LEN];
	struct urne_diag d = {{0}};
	struct urne_elem t;

	begin(&x);
	hint_torsion(&t);
	for (size_t i = 0; i < TALLY_CHOICES; i++) {
		struct urne_elem right = x.p.factors[i];

		urne_elem_mul(x.f.e.group, &x.p.factors[i], &right, &t);
		for (size_t k = 0; k < 8; k++) {
			assert_false(good(&x));
			hint_add_torsion(x.hints + i * URNE_HINT_LEN);
		}
		/* made of it, hints know nothing of torsion; a factor that was read has none */
		assert_int_not_equal(urne_partial_check_and_hint(made, &x.p, &d, &x.of), URNE_OK);
		x.p.factors[i] = right;
	}
	assert_true(good(&x));
	tally_case_clear(&x.f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_honest_one_is_good_by_the_hints_that_were_made_of_it),
	    cmocka_unit_test(a_forgery_in_which_only_an_equation_is_false_is_found),
	    cmocka_unit_test(two_factors_whose_errors_cancel_are_found),
	    cmocka_unit_test(a_challenge_that_is_not_the_hash_is_found),
	    cmocka_unit_test(hints_off_the_curve_or_of_another_point_leave_it_to_the_exact_check),
	    cmocka_unit_test(a4_a_factor_with_torsion_is_not_good_whatever_the_hints_say),
	};

	return cmocka_run_group_tests_name("partial decryptions with hints", tests, NULL, NULL);
}
