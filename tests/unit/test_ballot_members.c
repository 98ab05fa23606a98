/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: a ciphertext outside the subgroup is refused wherever it stands in a ballot (threat
 * A4), by reading it and, when reading left that out, by checking its proofs: with the same
 * sentence, with the powers of the key and without. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "election/vote.h"
#include "tests/unit/support/ballot_case.h"

/* Elements outside the subgroup: of order 8, 4 and 2; of order 2 and not of a power of two. */
static const struct {
	const struct urne_group *g;
	const char *text;
} outside[] = {
    {&urne_group_ed25519, "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7"},
    {&urne_group_ed25519, "0000000000000000000000000000000000000000000000000000000000000000"},
    {&urne_group_ed25519, "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"},
    {&urne_group_belenios_2048, NULL}, /* p - 1 */
    {&urne_group_belenios_2048, "2"},
};
#define NUM_OUTSIDE (sizeof(outside) / sizeof(outside[0]))

/*                                  one      two           three: L1 a b, L2 c */
static const uint64_t good[] = {0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0};

static void
outsider(struct urne_elem *out, size_t i)
{
	const struct urne_group *g = outside[i].g;

	if (outside[i].text != NULL) {
		assert_ok(urne_elem_decode_unproved(g, out, urne_view_of(outside[i].text)));
	} else {
		memset(out, 0, sizeof(*out));
		memcpy(out->v, g->field->p, g->field->num_limbs * sizeof(out->v[0]));
		out->v[0]--; /* p is odd */
	}
	assert_false(urne_elem_is_member(g, out));
}

/* The ballot of `good`, decoded, and its text in *text. */
static void
cast_and_read(struct ballot_case *f, struct urne_ballot *b, struct urne_buf *text)
{
	struct urne_diag d = {{0}};
	struct urne_hash tracker;
	uint64_t m[12];
	struct urne_choices choices = {m, f->e.num_choices};

	memcpy(m, good, sizeof(m));
	urne_buf_init(text, URNE_MAX_BALLOT);
	assert_ok(
	    urne_ballot_encrypt(text, &tracker, &d, &f->e, &choices, &f->credential, &f->rng));
	assert_ok(urne_ballot_read(b, &f->arena, &d, &f->e, urne_buf_view(text)));
}

/* What `says` of the text by each of the ways. */
static void
assert_refused(struct ballot_case *f, struct urne_view text, const char *place)
{
	struct urne_diag read = {{0}}, proofs = {{0}};
	struct urne_ballot b;

	assert_err(urne_ballot_read(&b, &f->arena, &read, &f->e, text), URNE_ERR_GROUP);
	if (strstr(read.text, place) == NULL) {
		fail_msg("%s: %s", place, read.text);
	}
	assert_ok(urne_ballot_read_unproved(&b, &f->arena, &proofs, &f->e, text));
	assert_err(urne_ballot_check_proofs(&b, &proofs, &f->e), URNE_ERR_GROUP);
	assert_string_equal(proofs.text, read.text);
}

static void
a4_a_ciphertext_outside_the_subgroup_is_refused_wherever_it_stands(void **state)
{
	static const struct {
		size_t question, choice;
		const char *place;
	} places[] = {
	    {0, 0, "answers[0].choices[0]."},
	    {0, 2, "answers[0].choices[2]."},
	    {1, 0, "answers[1].choices[0]."},
	    {1, 3, "answers[1].choices[3]."},
	    {2, 0, "answers[2].choices[0][0]."},
	    {2, 2, "answers[2].choices[0][2]."},
	    {2, 3, "answers[2].choices[1][0]."},
	    {2, 4, "answers[2].choices[1][1]."},
	};

	for (size_t i = 0; i < NUM_OUTSIDE; i++) {
		struct ballot_case f;
		struct urne_ballot b;
		struct urne_buf text, forged;
		struct urne_elem t;
		struct urne_diag d = {{0}};

		ballot_case_init(&f, outside[i].g, BALLOT_CASE_QUESTIONS);
		cast_and_read(&f, &b, &text);
		outsider(&t, i);
		urne_buf_init(&forged, URNE_MAX_BALLOT);
		for (size_t k = 0; k < 2 * sizeof(places) / sizeof(places[0]); k++) {
			struct urne_ciphertext *ct =
			    &b.answers[places[k / 2].question].choices[places[k / 2].choice];
			struct urne_elem *e = k % 2 == 0 ? &ct->alpha : &ct->beta, kept = *e;
			char place[64];

			(void)snprintf(place, sizeof(place),
			    "%s%s: not the canonical form of a member", places[k / 2].place,
			    k % 2 == 0 ? "alpha" : "beta");
			urne_elem_mul(f.e.group, e, e, &t);
			urne_buf_reset(&forged);
			urne_ballot_write(&forged, &f.e, &b);
			*e = kept;
			if (k == 7) {
				assert_ok(urne_election_prepare(&f.e, &f.arena, &d));
			}
			assert_refused(&f, urne_buf_view(&forged), place);
		}
		/* and the ballot itself is good by both ways, with the powers of the key */
		assert_ok(urne_ballot_read_unproved(&b, &f.arena, &d, &f.e, urne_buf_view(&text)));
		assert_ok(urne_ballot_check_proofs(&b, &d, &f.e));
		assert_ok(urne_ballot_check_members(&b, &d, &f.e));
		urne_buf_clear(&forged);
		urne_buf_clear(&text);
		ballot_case_clear(&f);
	}
}

static void
a4_an_answer_that_is_not_summed_up_is_made_of_members(void **state)
{
	struct ballot_case f;
	struct urne_ballot b;
	struct urne_diag d = {{0}};
	struct urne_elem t;

	ballot_case_init(&f, &urne_group_ed25519,
	    "[{\"type\":\"NonHomomorphic\",\"value\":{\"answers\":[\"A\",\"B\"],\"question\":\"q\"}"
	    "}]");
	assert_ok(urne_ballot_alloc(&b, &f.arena, &f.e));
	urne_elem_generator(f.e.group, &b.credential);
	urne_elem_generator(f.e.group, &b.answers[0].choices[0].alpha);
	urne_elem_generator(f.e.group, &b.answers[0].choices[0].beta);
	urne_scalar_from_u64(f.e.group, &b.answers[0].overall[0].challenge, 1);
	urne_scalar_from_u64(f.e.group, &b.answers[0].overall[0].response, 1);
	assert_err(urne_ballot_check_proofs(&b, &d, &f.e), URNE_ERR_PROOF);
	outsider(&t, 0);
	b.answers[0].choices[0].beta = t;
	assert_err(urne_ballot_check_proofs(&b, &d, &f.e), URNE_ERR_GROUP);
	assert_non_null(strstr(d.text, "answers[0].choices.beta: not the canonical form"));
	b.answers[0].choices[0].beta = b.answers[0].choices[0].alpha;
	b.answers[0].choices[0].alpha = t;
	assert_err(urne_ballot_check_proofs(&b, &d, &f.e), URNE_ERR_GROUP);
	assert_non_null(strstr(d.text, "answers[0].choices.alpha: not the canonical form"));
	ballot_case_clear(&f);
}

/* The whole check, as a board and an observer make it, reads without proof. */
static void
a4_the_whole_check_refuses_what_reading_would(void **state)
{
	struct ballot_case f;
	struct urne_credentials *list = NULL;
	struct urne_ballot b;
	struct urne_buf text, credentials, forged;
	struct urne_elem t;
	struct urne_diag d = {{0}};
	size_t member = 0;

	ballot_case_init(&f, &urne_group_ed25519, BALLOT_CASE_QUESTIONS);
	cast_and_read(&f, &b, &text);
	urne_buf_init(&credentials, (size_t)1 << 12);
	urne_buf_printf(
	    &credentials, "[\"%.*s\"]", (int)b.credential_text.len, b.credential_text.p);
	assert_ok(urne_credentials_parse(&list, f.e.group, &d, urne_buf_view(&credentials), NULL));
	assert_ok(urne_ballot_check(&b, &member, &f.arena, &d, &f.e, list, urne_buf_view(&text)));
	outsider(&t, 2);
	urne_elem_mul(f.e.group, &b.answers[1].choices[2].beta, &b.answers[1].choices[2].beta, &t);
	urne_buf_init(&forged, URNE_MAX_BALLOT);
	urne_ballot_write(&forged, &f.e, &b);
	assert_err(urne_ballot_check(&b, &member, &f.arena, &d, &f.e, list, urne_buf_view(&forged)),
	    URNE_ERR_GROUP);
	assert_non_null(strstr(d.text, "answers[1].choices[2].beta: not the canonical form"));
	urne_credentials_free(list);
	urne_buf_clear(&forged);
	urne_buf_clear(&credentials);
	urne_buf_clear(&text);
	ballot_case_clear(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a4_a_ciphertext_outside_the_subgroup_is_refused_wherever_it_stands),
	    cmocka_unit_test(a4_an_answer_that_is_not_summed_up_is_made_of_members),
	    cmocka_unit_test(a4_the_whole_check_refuses_what_reading_would),
	};

	return cmocka_run_group_tests_name("members of the group in ballots", tests, NULL, NULL);
}
