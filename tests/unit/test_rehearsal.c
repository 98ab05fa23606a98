/* SPDX-License-Identifier: EUPL-1.2 */
/* The test tally is one that everybody can compute and nobody can choose, and it decrypts to ones
 * with the keys of the election. Spec: docs/journal.md#rehearsal */
#include "tests/unit/support/check.h"

#include <string.h>

#include "crypto/sha256.h"
#include "tally/decrypt.h"
#include "tally/rehearsal.h"
#include "tests/unit/support/tally_case.h"

static const struct urne_group *const groups[] = {&urne_group_ed25519, &urne_group_belenios_2048};
#define NUM_GROUPS (sizeof(groups) / sizeof(groups[0]))

static void
make_tally(struct tally_case *f, struct urne_tally *t, const char *setup)
{
	struct urne_hash hash;

	urne_sha256_of(&hash, urne_view_of(setup));
	assert_ok(urne_rehearsal_tally(t, &f->arena, &f->d, &f->e, &hash));
}

static void
it_has_the_shape_of_the_elections_tally(void **state)
{
	struct tally_case f;
	struct urne_tally t, again;
	struct urne_buf text;

	(void)state;
	for (size_t k = 0; k < NUM_GROUPS; k++) {
		tally_case_init(&f, groups[k]);
		urne_buf_init(&text, (size_t)1 << 20);
		make_tally(&f, &t, "setup");
		assert_int_equal(t.num_tallied, 1);
		assert_int_equal(t.total_weight, 1);
		urne_tally_write(&text, &f.e, &t);
		assert_ok(urne_tally_read(&again, &f.arena, &f.d, &f.e, urne_buf_view(&text)));
		again.num_tallied = again.total_weight = 1;
		assert_ok(urne_tally_compare(&f.d, &f.e, &again, &t));
		urne_buf_clear(&text);
		tally_case_clear(&f);
	}
}

/* The numbers below are from another program: SHA-256 of
 * "urne-rehearsal|8fb6d5f3...aa73|QUESTION|CHOICE", modulo q. */
static void
its_numbers_are_those_of_the_specification(void **state)
{
	static const struct {
		const struct urne_group *group;
		size_t at; /* of all choices */
		const char *r;
	} cases[] = {
	    {&urne_group_ed25519, 0,
		"31630725496494289746436426968534145188485300648769202970608816603610879290"
		"84"},
	    {&urne_group_ed25519, 6,
		"69867038494890655280144287724712628801130096093957431579416356186559059663"
		"13"},
	    {&urne_group_rfc_3526_2048, 6,
		"648827484681471632397999212768152168069699404844350040059572431249395399742"
		"25"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct tally_case f;
		struct urne_ciphertext want;
		struct urne_elem generator;
		struct urne_scalar r;
		struct urne_tally t;

		tally_case_init(&f, cases[i].group);
		make_tally(&f, &t, "setup");
		assert_ok(urne_scalar_decode(cases[i].group, &r, urne_view_of(cases[i].r)));
		urne_elem_generator(cases[i].group, &generator);
		urne_elem_pow_base(cases[i].group, &want.alpha, &r);
		urne_elem_pow(cases[i].group, &want.beta, &f.e.public_key, &r);
		urne_elem_mul(cases[i].group, &want.beta, &want.beta, &generator);
		assert_true(urne_ciphertext_eq(cases[i].group, &t.sum[cases[i].at], &want));
		tally_case_clear(&f);
	}
}

/* decrypt gives what trustee `owner` makes of `t` with its own key. */
static struct urne_partial_decryption
decrypt(struct tally_case *f, const struct urne_tally *t, size_t owner)
{
	struct urne_partial_decryption p;

	assert_ok(urne_partial_make(&p, &f->arena, &f->e, t, &f->key[owner - 1], &f->rng));
	return p;
}

static void
as_many_trustees_as_are_needed_read_ones_everywhere(void **state)
{
	struct tally_case f;

	(void)state;
	for (size_t k = 0; k < NUM_GROUPS; k++) {
		struct urne_elem combined[TALLY_CHOICES];
		struct urne_partial_decryption p[4];
		const struct urne_partial_decryption *by_owner[4] = {&p[0], &p[1], NULL, NULL};
		struct urne_result result;
		struct urne_tally t;

		tally_case_init(&f, groups[k]);
		make_tally(&f, &t, "setup");
		for (size_t i = 0; i < 4; i++) {
			p[i] = decrypt(&f, &t, i + 1);
			assert_ok(urne_partial_check(&p[i], &f.d, &f.e, &t, &f.public_key[i]));
		}
		assert_err(urne_combine(combined, &f.d, &f.e, &f.trustees, &t, by_owner),
		    URNE_ERR_INCOMPLETE);
		by_owner[3] = &p[3];
		assert_ok(urne_combine(combined, &f.d, &f.e, &f.trustees, &t, by_owner));
		assert_ok(urne_result_solve(&result, &f.arena, &f.d, &f.e, combined, 1));
		for (size_t i = 0; i < TALLY_CHOICES; i++) {
			assert_int_equal(result.counts[i], 1);
		}
		tally_case_clear(&f);
	}
}

static void
another_setup_gives_another_tally(void **state)
{
	struct tally_case f;
	struct urne_partial_decryption p;
	struct urne_tally t, again, other;

	(void)state;
	tally_case_init(&f, &urne_group_ed25519);
	make_tally(&f, &t, "setup");
	make_tally(&f, &again, "setup");
	make_tally(&f, &other, "Setup");
	for (size_t i = 0; i < TALLY_CHOICES; i++) {
		assert_true(urne_ciphertext_eq(f.e.group, &t.sum[i], &again.sum[i]));
		assert_false(urne_ciphertext_eq(f.e.group, &t.sum[i], &other.sum[i]));
		for (size_t j = 0; j < i; j++) {
			assert_false(urne_ciphertext_eq(f.e.group, &t.sum[i], &t.sum[j]));
		}
	}
	/* so a rehearsal serves for one Setup only */
	p = decrypt(&f, &other, 1);
	assert_err(urne_partial_check(&p, &f.d, &f.e, &t, &f.public_key[0]), URNE_ERR_PROOF);
	tally_case_clear(&f);
}

static void
an_election_that_cannot_be_tallied_has_none(void **state)
{
	struct tally_case f;
	struct urne_hash setup = {{0}};
	struct urne_tally t;

	(void)state;
	tally_case_init(&f, &urne_group_ed25519);
	f.e.has_non_homomorphic = true;
	assert_err(urne_rehearsal_tally(&t, &f.arena, &f.d, &f.e, &setup), URNE_ERR_UNSUPPORTED);
	tally_case_clear(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(it_has_the_shape_of_the_elections_tally),
	    cmocka_unit_test(its_numbers_are_those_of_the_specification),
	    cmocka_unit_test(as_many_trustees_as_are_needed_read_ones_everywhere),
	    cmocka_unit_test(another_setup_gives_another_tally),
	    cmocka_unit_test(an_election_that_cannot_be_tallied_has_none),
	};

	return cmocka_run_group_tests_name("rehearsal", tests, NULL, NULL);
}
