/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: of several things that are wrong with a ballot the first is named, whatever waits to be
 * computed together, in whichever question, and in every group. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "base/limits.h"
#include "election/vote.h"
#include "tests/unit/support/ballot_case.h"

/* A scalar of a proof, and what is said when it is another; in the order of the statements, which
 * are more than wait together. */
struct place {
	struct urne_scalar *x;
	const char *text;
};

#define NUM_PLACES ((size_t)9)

static void
places(struct place out[NUM_PLACES], struct urne_ballot *b)
{
	struct urne_answer *a = b->answers;

	out[0] = (struct place){&a[0].individual[0].response, "answers[0].individual_proofs[0]"};
	out[1] = (struct place){&a[0].individual[5].challenge, "answers[0].individual_proofs[2]"};
	out[2] = (struct place){&a[0].overall[1].response, "answers[0].overall_proof[0]"};
	out[3] = (struct place){&a[1].individual[2].response, "answers[1].individual_proofs[1]"};
	out[4] = (struct place){&a[1].overall[2].response, "answers[1].overall_proof[0]"};
	out[5] = (struct place){&a[2].individual[0].response, "answers[2].individual_proofs[0]"};
	out[6] = (struct place){&a[2].overall[0].response, "answers[2].overall_proof[0]"};
	out[7] = (struct place){&a[2].list_proofs[2].response, "answers[2].list_proofs[1]"};
	out[8] = (struct place){&a[2].nonzero.response[0], "answers[2].nonzero_proof"};
}

static void
cast(struct ballot_case *f, struct urne_ballot *b, struct urne_buf *text)
{
	/*               one      two           three: L1 a b, L2 c */
	uint64_t m[] = {0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0};
	struct urne_choices choices = {m, f->e.num_choices};
	struct urne_diag d = {{0}};
	struct urne_hash tracker;

	urne_buf_init(text, URNE_MAX_BALLOT);
	assert_ok(
	    urne_ballot_encrypt(text, &tracker, &d, &f->e, &choices, &f->credential, &f->rng));
	assert_ok(urne_ballot_read(b, &f->arena, &d, &f->e, urne_buf_view(text)));
}

static void
change(const struct urne_group *g, struct urne_scalar *x)
{
	struct urne_scalar one;

	urne_scalar_from_u64(g, &one, 1);
	urne_scalar_add(g, x, x, &one);
}

static void
assert_says(const struct urne_ballot *b, const struct urne_election *e, const char *place)
{
	struct urne_diag d = {{0}};

	assert_err(urne_ballot_check_proofs(b, &d, e), URNE_ERR_PROOF);
	if (strncmp(d.text, place, strlen(place)) != 0 || strstr(d.text, "verify") == NULL) {
		fail_msg("%s: %s", place, d.text);
	}
}

static void
of_two_wrong_proofs_the_first_is_named(void **state)
{
	static const struct urne_group *const groups[] = {
	    &urne_group_ed25519, &urne_group_belenios_2048};

	(void)state;
	for (size_t n = 0; n < 2; n++) {
		struct ballot_case f;
		struct urne_ballot b;
		struct urne_buf text;
		struct urne_diag d = {{0}};
		struct place place[NUM_PLACES];

		ballot_case_init(&f, groups[n], BALLOT_CASE_QUESTIONS);
		cast(&f, &b, &text);
		assert_ok(urne_election_prepare(&f.e, &f.arena, &d));
		places(place, &b);
		for (size_t i = 0; i < NUM_PLACES; i++) {
			struct urne_scalar first = *place[i].x;

			change(groups[n], place[i].x);
			assert_says(&b, &f.e, place[i].text);
			for (size_t j = i + 1; j < NUM_PLACES; j++) {
				struct urne_scalar second = *place[j].x;

				change(groups[n], place[j].x);
				assert_says(&b, &f.e, place[i].text);
				*place[j].x = second;
			}
			*place[i].x = first;
		}
		assert_ok(urne_ballot_check_proofs(&b, &d, &f.e));
		urne_buf_clear(&text);
		ballot_case_clear(&f);
	}
}

/* Of a wrong proof and a ciphertext outside the subgroup, too. */
static void
of_a_wrong_proof_and_an_outsider_the_first_is_named(void **state)
{
	struct ballot_case f;
	struct urne_ballot b;
	struct urne_buf text;
	struct urne_diag d = {{0}};
	struct urne_elem t, *beta = NULL, kept;
	struct place place[NUM_PLACES];

	(void)state;
	ballot_case_init(&f, &urne_group_ed25519, BALLOT_CASE_QUESTIONS);
	cast(&f, &b, &text);
	places(place, &b);
	assert_ok(urne_elem_decode_unproved(f.e.group, &t,
	    urne_view_of("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7")));
	beta = &b.answers[2].choices[4].beta;
	kept = *beta;
	urne_elem_mul(f.e.group, beta, beta, &t);
	change(f.e.group, place[3].x);
	assert_says(&b, &f.e, place[3].text);
	*beta = kept;
	beta = &b.answers[0].choices[1].beta;
	urne_elem_mul(f.e.group, beta, beta, &t);
	change(f.e.group, &b.answers[0].individual[4].response);
	assert_err(urne_ballot_check_proofs(&b, &d, &f.e), URNE_ERR_GROUP);
	assert_non_null(strstr(d.text, "answers[0].choices[1].beta: not the canonical form"));
	change(f.e.group, place[0].x);
	assert_says(&b, &f.e, place[0].text);
	urne_buf_clear(&text);
	ballot_case_clear(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(of_two_wrong_proofs_the_first_is_named),
	    cmocka_unit_test(of_a_wrong_proof_and_an_outsider_the_first_is_named),
	};

	return cmocka_run_group_tests_name("refusals of ballots", tests, NULL, NULL);
}
