/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots and the events around them, at the door of a board: one test per refusal, each with an
 * election that is right but for one thing (threats A7, A11, A13). The tally and what follows it
 * are in test_board_tally.c. */
#include <string.h>

#include "base/limits.h"
#include "bulletin/server/admission.h"
#include "crypto/sha256.h"
#include "election/ballot.h"
#include "tests/unit/support/board_case.h"
#include "tests/unit/support/check.h"

struct fixture {
	struct board_case c;
	struct urne_board_election *b;
	struct urne_hash tracker; /* of what was admitted last */
	size_t member;
};

static void
init(struct fixture *f, const char *questions)
{
	struct board_case *c = &f->c;

	memset(f, 0, sizeof(*f));
	board_case_init(c, &urne_group_ed25519, questions, "Congrès");
	assert_ok(urne_board_election_new(&f->b, &c->d, board_case_texts(c), NULL));
}

static void
clear(struct fixture *f)
{
	urne_board_election_free(f->b);
	board_case_clear(&f->c);
}

static enum urne_err
admit(struct fixture *f, enum urne_submission_kind kind, struct urne_view text)
{
	struct urne_submission *s = urne_submission_new(kind);
	enum urne_err e;

	assert_non_null(s);
	urne_buf_put_view(&s->ballot, text);
	e = urne_admit(s, f->b, &f->c.records, NULL);
	f->c.d = s->diag;
	f->tracker = s->tracker;
	f->member = s->member;
	urne_submission_free(s);
	return e;
}

static void
refuse(struct fixture *f, struct urne_view text, enum urne_err want, const char *says)
{
	enum urne_err e = admit(f, URNE_SUBMIT_BALLOT, text);

	if (e != want || strstr(f->c.d.text, says) == NULL) {
		fail_msg("%s: %s, expected %s: %s", urne_err_name(e), f->c.d.text,
		    urne_err_name(want), says);
	}
}

static void
a_ballot_of_a_member_is_admitted(void **state)
{
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	for (size_t voter = 0; voter < CASE_VOTERS; voter++) {
		char text[URNE_TEXT_MAX];
		struct urne_elem key;
		struct urne_buf ballot;
		struct urne_hash want;
		size_t member = 0;

		board_case_ballot(&f.c, &ballot, voter, 1, NULL);
		if (admit(&f, URNE_SUBMIT_BALLOT, urne_buf_view(&ballot)) != URNE_OK) {
			fail_msg("%s", f.c.d.text);
		}
		urne_sha256_of(&want, urne_buf_view(&ballot));
		assert_true(urne_hash_eq(&f.tracker, &want));
		urne_secret_base(f.c.group, &key, &f.c.voter[voter]);
		assert_ok(urne_credentials_find(f.b->credentials, &member,
		    (struct urne_view){text, urne_elem_encode(f.c.group, text, &key)}));
		assert_int_equal(f.member, member);
		urne_buf_clear(&ballot);
	}
	clear(&f);
}

static void
a_ballot_that_is_too_long_is_not_even_read(void **state)
{
	struct fixture f;
	struct urne_buf ballot;

	init(&f, CASE_QUESTIONS);
	board_case_ballot(&f.c, &ballot, 0, 1, NULL);
	while (ballot.len <= f.b->max_ballot) {
		urne_buf_putc(&ballot, ' ');
	}
	refuse(&f, urne_buf_view(&ballot), URNE_ERR_LIMIT, "no ballot of this election has more");
	/* as long as allowed, and wrong for another reason */
	ballot.len--;
	refuse(&f, urne_buf_view(&ballot), URNE_ERR_SYNTAX, "");
	urne_buf_clear(&ballot);
	clear(&f);
}

static void
a_ballot_in_another_form_is_refused(void **state)
{
	struct fixture f;
	struct urne_buf ballot, other;

	init(&f, CASE_QUESTIONS);
	board_case_ballot(&f.c, &ballot, 0, 1, NULL);
	urne_buf_init(&other, URNE_MAX_BALLOT);
	urne_buf_puts(&other, "{ ");
	urne_buf_put(&other, ballot.data + 1, ballot.len - 1);
	refuse(&f, urne_buf_view(&other), URNE_ERR_SYNTAX, "election_uuid");
	refuse(&f, (struct urne_view){ballot.data, ballot.len - 1}, URNE_ERR_SYNTAX, "");
	refuse(&f, VIEW(""), URNE_ERR_SYNTAX, "");
	urne_buf_clear(&other);
	urne_buf_clear(&ballot);
	clear(&f);
}

/* A13: same keys, same members, another text of the election; then the same fingerprint claimed
 * under another identifier. */
static void
a13_a_ballot_for_another_election_is_refused(void **state)
{
	struct urne_election other;
	struct urne_buf ballot, again;
	struct urne_ballot b;
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	other = f.c.e;
	f.c.e.fingerprint.b[0] ^= 1;
	board_case_ballot(&f.c, &ballot, 0, 1, NULL);
	refuse(&f, urne_buf_view(&ballot), URNE_ERR_MISMATCH, "another version of the election");
	f.c.e = other;
	urne_buf_clear(&ballot);
	board_case_ballot(&f.c, &ballot, 0, 1, NULL);
	assert_ok(urne_ballot_read(&b, &f.c.arena, &f.c.d, &f.c.e, urne_buf_view(&ballot)));
	b.election_uuid = VIEW("GnQagTgeJqLsvZ");
	board_case_sign(&f.c, &again, &b, 0);
	refuse(&f, urne_buf_view(&again), URNE_ERR_MISMATCH, "for another election");
	urne_buf_clear(&again);
	urne_buf_clear(&ballot);
	clear(&f);
}

static void
a11_a_ballot_of_somebody_who_is_not_on_the_list_is_refused(void **state)
{
	struct urne_buf ballot;
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	board_case_ballot(&f.c, &ballot, CASE_STRANGER, 1, NULL);
	refuse(&f, urne_buf_view(&ballot), URNE_ERR_UNKNOWN, "not on the list of this election");
	urne_buf_clear(&ballot);
	clear(&f);
}

/* Every proof of the two questions, wrong in one number, in a ballot that its member signs: so
 * nothing but the check of that proof can refuse it. */
static void
every_kind_of_proof_is_checked(void **state)
{
	struct urne_buf ballot, forged;
	struct urne_scalar one;
	struct urne_ballot b;
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	board_case_ballot(&f.c, &ballot, 1, 1, NULL);
	assert_ok(urne_ballot_read(&b, &f.c.arena, &f.c.d, &f.c.e, urne_buf_view(&ballot)));
	const struct {
		struct urne_scalar *number;
		const char *says;
	} cases[] = {
	    {&b.answers[0].individual[3].response, "answers[0].individual_proofs"},
	    {&b.answers[0].overall[0].response, "answers[0].overall_proof"},
	    {&b.answers[0].list_proofs[1].challenge, "answers[0].blank_proof"},
	    {&b.answers[1].individual[7].challenge, "answers[1].individual_proofs"},
	    {&b.answers[1].overall[0].challenge, "answers[1].overall_proof"},
	    {&b.answers[1].list_proofs[2].response, "answers[1].list_proofs"},
	    {&b.answers[1].nonzero.response[1], "answers[1].nonzero_proof"},
	};
	urne_scalar_from_u64(f.c.group, &one, 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_scalar right = *cases[i].number;

		urne_scalar_add(f.c.group, cases[i].number, &right, &one);
		board_case_sign(&f.c, &forged, &b, 1);
		refuse(&f, urne_buf_view(&forged), URNE_ERR_PROOF, cases[i].says);
		urne_buf_clear(&forged);
		*cases[i].number = right;
	}
	board_case_sign(&f.c, &forged, &b, 1);
	assert_ok(admit(&f, URNE_SUBMIT_BALLOT, urne_buf_view(&forged)));
	urne_buf_clear(&forged);
	urne_buf_clear(&ballot);
	clear(&f);
}

static void
a_ballot_that_its_member_did_not_sign_is_refused(void **state)
{
	struct urne_buf ballot, forged;
	struct urne_ballot b;
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	board_case_ballot(&f.c, &ballot, 1, 1, NULL);
	assert_ok(urne_ballot_read(&b, &f.c.arena, &f.c.d, &f.c.e, urne_buf_view(&ballot)));
	/* by another member */
	board_case_sign(&f.c, &forged, &b, 0);
	refuse(&f, urne_buf_view(&forged), URNE_ERR_PROOF, "signature.proof");
	urne_buf_reset(&forged);
	/* a right signature, of another hash */
	b.hash.b[5] ^= 1;
	urne_ballot_write(&forged, &f.c.e, &b);
	refuse(&f, urne_buf_view(&forged), URNE_ERR_MISMATCH, "signature.hash");
	urne_buf_clear(&forged);
	urne_buf_clear(&ballot);
	clear(&f);
}

/* A7: another member's ballot, taken over and signed with one's own credential. */
static void
a7_a_ballot_copied_under_another_credential_is_refused(void **state)
{
	struct urne_buf ballot, forged;
	struct urne_ballot b;
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	board_case_ballot(&f.c, &ballot, 0, 1, NULL);
	assert_ok(admit(&f, URNE_SUBMIT_BALLOT, urne_buf_view(&ballot)));
	assert_ok(urne_ballot_read(&b, &f.c.arena, &f.c.d, &f.c.e, urne_buf_view(&ballot)));
	urne_secret_base(f.c.group, &b.credential, &f.c.voter[2]);
	board_case_sign(&f.c, &forged, &b, 2);
	refuse(&f, urne_buf_view(&forged), URNE_ERR_PROOF, "answers[0].individual_proofs");
	urne_buf_clear(&forged);
	urne_buf_clear(&ballot);
	clear(&f);
}

static enum urne_err
admit_event(struct fixture *f, struct urne_submission *s, enum urne_event_type type)
{
	enum urne_err e;

	s->type = type;
	e = urne_admit(s, type == URNE_EVENT_SETUP ? NULL : f->b, &f->c.records, NULL);
	f->c.d = s->diag;
	return e;
}

/* A Setup's submission with its four records; the caller may spoil one. */
static struct urne_submission *
setup_of(struct fixture *f)
{
	struct urne_submission *s = urne_submission_new(URNE_SUBMIT_EVENT);
	const struct urne_buf *texts[] = {&f->c.election, &f->c.trustees, &f->c.credentials};
	struct urne_setup_data data = {.has_certificate = false};
	struct urne_hash *hashes[] = {&data.election, &data.trustees, &data.credentials};

	assert_non_null(s);
	for (size_t i = 0; i < 3; i++) {
		urne_buf_put_view(&s->data[i], urne_buf_view(texts[i]));
		urne_sha256_of(hashes[i], urne_buf_view(texts[i]));
	}
	urne_setup_data_write(&s->data[3], &data);
	s->num_data = 4;
	return s;
}

static void
a_setup_brings_its_election_along(void **state)
{
	struct urne_submission *s;
	struct urne_hash want;
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	s = setup_of(&f);
	assert_ok(admit_event(&f, s, URNE_EVENT_SETUP));
	assert_non_null(s->setup);
	assert_true(urne_view_is(s->setup->election.uuid, "GnQagTgeJqLsvY"));
	assert_int_equal(s->setup->max_ballot, f.b->max_ballot);
	urne_sha256_of(&want, urne_buf_view(&s->data[3]));
	assert_true(urne_hash_eq(&s->tracker, &want));
	urne_submission_free(s);
	clear(&f);
}

static void
a_setup_whose_records_are_not_those_it_names_is_refused(void **state)
{
	struct urne_submission *s;
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	s = setup_of(&f);
	urne_buf_putc(&s->data[0], '\n');
	assert_err(admit_event(&f, s, URNE_EVENT_SETUP), URNE_ERR_MISMATCH);
	assert_non_null(strstr(f.c.d.text, "data record 0 is not the one"));
	assert_null(s->setup);
	urne_submission_free(s);
	s = setup_of(&f);
	s->num_data = 3;
	assert_err(admit_event(&f, s, URNE_EVENT_SETUP), URNE_ERR_MISMATCH);
	assert_non_null(strstr(f.c.d.text, "3 data records before Setup, 4 belong there"));
	urne_submission_free(s);
	clear(&f);
}

static void
a_setup_that_cannot_be_used_is_refused_with_its_reason(void **state)
{
	struct urne_submission *s;
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	urne_buf_reset(&f.c.credentials);
	urne_buf_puts(&f.c.credentials, "[]x");
	s = setup_of(&f);
	assert_err(admit_event(&f, s, URNE_EVENT_SETUP), URNE_ERR_SYNTAX);
	assert_non_null(strstr(f.c.d.text, "public credentials: "));
	assert_null(s->setup);
	urne_submission_free(s);
	clear(&f);
}

static void
an_end_of_ballots_has_no_data(void **state)
{
	struct urne_submission *s = urne_submission_new(URNE_SUBMIT_EVENT);
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	assert_non_null(s);
	assert_ok(admit_event(&f, s, URNE_EVENT_END_BALLOTS));
	urne_buf_puts(&s->data[0], "{}");
	s->num_data = 1;
	assert_err(admit_event(&f, s, URNE_EVENT_END_BALLOTS), URNE_ERR_MISMATCH);
	urne_submission_free(s);
	clear(&f);
}

static void
shuffles_are_refused_and_ballots_are_not_ordered(void **state)
{
	static const enum urne_event_type types[] = {
	    URNE_EVENT_SHUFFLE, URNE_EVENT_END_SHUFFLES, URNE_EVENT_BALLOT};
	static const size_t num_data[] = {2, 0, 1};
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	for (size_t i = 0; i < 3; i++) {
		struct urne_submission *s = urne_submission_new(URNE_SUBMIT_EVENT);
		struct urne_owned owned = {.owner = 1};

		assert_non_null(s);
		urne_buf_puts(&s->data[0], "{}");
		urne_sha256_of(&owned.payload, urne_buf_view(&s->data[0]));
		urne_owned_write(&s->data[1], &owned);
		s->num_data = num_data[i];
		assert_err(admit_event(&f, s, types[i]), URNE_ERR_UNSUPPORTED);
		urne_submission_free(s);
	}
	clear(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_ballot_of_a_member_is_admitted),
	    cmocka_unit_test(a_ballot_that_is_too_long_is_not_even_read),
	    cmocka_unit_test(a_ballot_in_another_form_is_refused),
	    cmocka_unit_test(a13_a_ballot_for_another_election_is_refused),
	    cmocka_unit_test(a11_a_ballot_of_somebody_who_is_not_on_the_list_is_refused),
	    cmocka_unit_test(every_kind_of_proof_is_checked),
	    cmocka_unit_test(a_ballot_that_its_member_did_not_sign_is_refused),
	    cmocka_unit_test(a7_a_ballot_copied_under_another_credential_is_refused),
	    cmocka_unit_test(a_setup_brings_its_election_along),
	    cmocka_unit_test(a_setup_whose_records_are_not_those_it_names_is_refused),
	    cmocka_unit_test(a_setup_that_cannot_be_used_is_refused_with_its_reason),
	    cmocka_unit_test(an_end_of_ballots_has_no_data),
	    cmocka_unit_test(shuffles_are_refused_and_ballots_are_not_ordered),
	};

	return cmocka_run_group_tests_name("board_admission", tests, NULL, NULL);
}
