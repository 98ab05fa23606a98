/* SPDX-License-Identifier: EUPL-1.2 */
/* What officials and trustees send to a board once ballots are in: a tally that is not the sum of
 * the last ballots, too few voters, shares that are wrong, of nobody, twice, in contradiction, and
 * counts that they do not give (threats A12, A17, A19, A23, A25). */
#include <string.h>

#include "base/limits.h"
#include "bulletin/server/admission.h"
#include "crypto/sha256.h"
#include "election/ballot.h"
#include "tally/transcript.h"
#include "tests/unit/support/board_case.h"
#include "tests/unit/support/check.h"

#define MAX_CHOICES 16

/* Voters 0 and 1 voted, then 0 again; 2 did not. */
struct fixture {
	struct board_case c;
	struct urne_board_election *b;
	struct urne_ballot first, again, second;
	uint64_t counts[MAX_CHOICES]; /* of the last ballots */
	struct urne_tally tally;      /* the right one */
};

static uint64_t
weight_of(const struct fixture *f, const struct urne_ballot *b)
{
	size_t member = SIZE_MAX;

	assert_ok(urne_credentials_find(f->b->credentials, &member, b->credential_text));
	return urne_credentials_weight(f->b->credentials, member);
}

/* A ballot that the board has taken in. */
static void
cast(struct fixture *f, struct urne_ballot *out, size_t voter, uint64_t weight, bool counts)
{
	struct board_case *c = &f->c;
	struct urne_view copy = {"", 0};
	struct urne_hash hash;
	struct urne_buf text;
	size_t member = SIZE_MAX;

	board_case_ballot(c, &text, voter, weight, counts ? f->counts : NULL);
	assert_ok(urne_arena_copy(&c->arena, &copy, urne_buf_view(&text)));
	assert_ok(urne_ballot_read(out, &c->arena, &c->d, &c->e, copy));
	assert_ok(urne_credentials_find(f->b->credentials, &member, out->credential_text));
	board_case_store(c, &hash, copy);
	board_case_event(c, URNE_EVENT_BALLOT, &hash);
	c->last[member] = hash;
	c->has_last[member] = true;
	urne_buf_clear(&text);
}

static void
add(struct fixture *f, struct urne_tally *t, const struct urne_ballot *b)
{
	urne_tally_add(t, &f->c.e, b, weight_of(f, b));
}

static void
init(struct fixture *f, const char *questions)
{
	struct board_case *c = &f->c;

	memset(f, 0, sizeof(*f));
	board_case_init(c, &urne_group_ed25519, questions, "Congrès");
	assert_true(c->e.num_choices <= MAX_CHOICES);
	assert_ok(urne_board_election_new(&f->b, &c->d, board_case_texts(c), NULL));
	assert_ok(urne_tally_init(&f->tally, &c->arena, &c->e));
	cast(f, &f->first, 0, 1, false);
	cast(f, &f->second, 1, 5, true);
	cast(f, &f->again, 0, 1, true);
	add(f, &f->tally, &f->second);
	add(f, &f->tally, &f->again);
}

static void
end_ballots(struct fixture *f)
{
	board_case_event(&f->c, URNE_EVENT_END_BALLOTS, NULL);
}

static void
clear(struct fixture *f)
{
	urne_board_election_free(f->b);
	board_case_clear(&f->c);
}

/* An event with one or two data records. */
static enum urne_err
admit(struct fixture *f, enum urne_event_type type, struct urne_view object, struct urne_view about)
{
	struct urne_submission *s = urne_submission_new(URNE_SUBMIT_EVENT);
	enum urne_err e;

	assert_non_null(s);
	s->type = type;
	s->num_data = about.len > 0 ? 2 : 1;
	urne_buf_put_view(&s->data[0], object);
	urne_buf_put_view(&s->data[1], about);
	e = urne_admit(s, f->b, &f->c.records, NULL);
	f->c.d = s->diag;
	urne_submission_free(s);
	return e;
}

static void
expect(struct fixture *f, enum urne_err e, enum urne_err want, const char *says)
{
	if (e != want || strstr(f->c.d.text, says) == NULL) {
		fail_msg("%s: %s, expected %s: %s", urne_err_name(e), f->c.d.text,
		    urne_err_name(want), says);
	}
}

static enum urne_err
admit_tally(struct fixture *f, const struct urne_tally *t)
{
	struct urne_buf object, about;
	enum urne_err e;

	board_case_tally_texts(&f->c, &object, &about, t);
	e = admit(f, URNE_EVENT_ENCRYPTED_TALLY, urne_buf_view(&object), urne_buf_view(&about));
	urne_buf_clear(&object);
	urne_buf_clear(&about);
	return e;
}

static void
a_tally_of_the_last_ballots_is_admitted(void **state)
{
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	end_ballots(&f);
	expect(&f, admit_tally(&f, &f.tally), URNE_OK, "");
	clear(&f);
}

/* Ballots that came after the check would not be counted. */
static void
a_tally_before_the_end_of_ballots_is_refused(void **state)
{
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	expect(&f, admit_tally(&f, &f.tally), URNE_ERR_ORDER, "is not closed yet");
	clear(&f);
}

static void
a25_a_tally_without_one_ballot_is_refused(void **state)
{
	struct fixture f;
	struct urne_tally t;

	init(&f, CASE_QUESTIONS);
	end_ballots(&f);
	assert_ok(urne_tally_init(&t, &f.c.arena, &f.c.e));
	add(&f, &t, &f.again);
	expect(&f, admit_tally(&f, &t), URNE_ERR_MISMATCH,
	    "num_tallied: 1 is written, the ballots give 2");
	/* with the numbers that belong there */
	t.num_tallied = f.tally.num_tallied;
	t.total_weight = f.tally.total_weight;
	expect(&f, admit_tally(&f, &t), URNE_ERR_MISMATCH,
	    "encrypted tally: question 0, choice 0: is not what the ballots give");
	clear(&f);
}

static void
a25_a_tally_with_a_ballot_of_nobody_is_refused(void **state)
{
	struct fixture f;
	struct urne_tally t = {.sum = NULL};

	init(&f, CASE_QUESTIONS);
	end_ballots(&f);
	t = f.tally;
	urne_tally_add(&t, &f.c.e, &f.first, 1);
	t.num_tallied = f.tally.num_tallied;
	t.total_weight = f.tally.total_weight;
	expect(&f, admit_tally(&f, &t), URNE_ERR_MISMATCH, "question 0, choice 0");
	clear(&f);
}

/* A12: the ballot that counts is the last one of its credential. */
static void
a12_an_old_ballot_kept_instead_of_the_revote_is_refused(void **state)
{
	struct fixture f;
	struct urne_tally t;

	init(&f, CASE_QUESTIONS);
	end_ballots(&f);
	assert_ok(urne_tally_init(&t, &f.c.arena, &f.c.e));
	add(&f, &t, &f.first);
	add(&f, &t, &f.second);
	expect(&f, admit_tally(&f, &t), URNE_ERR_MISMATCH, "is not what the ballots give");
	clear(&f);
}

/* One choice only, and the last: all are compared. */
static void
a25_a_tally_with_one_other_ciphertext_is_refused(void **state)
{
	struct fixture f;
	struct urne_ciphertext *last;

	init(&f, CASE_QUESTIONS);
	end_ballots(&f);
	last = &f.tally.sum[f.c.e.num_choices - 1];
	urne_elem_mul(f.c.group, &last->beta, &last->beta, &f.c.e.public_key);
	expect(&f, admit_tally(&f, &f.tally), URNE_ERR_MISMATCH, "question 1, choice 3");
	clear(&f);
}

static void
a25_counts_that_are_off_by_one_are_refused(void **state)
{
	struct fixture f;
	struct urne_tally t;

	init(&f, CASE_QUESTIONS);
	end_ballots(&f);
	t = f.tally;
	t.num_tallied++;
	expect(&f, admit_tally(&f, &t), URNE_ERR_MISMATCH,
	    "num_tallied: 3 is written, the ballots give 2");
	t = f.tally;
	t.total_weight--;
	expect(&f, admit_tally(&f, &t), URNE_ERR_MISMATCH,
	    "total_weight: 5 is written, the ballots give 6");
	clear(&f);
}

static void
a_tally_in_another_form_is_refused(void **state)
{
	struct urne_buf object, about;
	struct urne_sized_tally sized;
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	end_ballots(&f);
	board_case_tally_texts(&f.c, &object, &about, &f.tally);
	expect(&f, admit(&f, URNE_EVENT_ENCRYPTED_TALLY, urne_buf_view(&object), VIEW("{}")),
	    URNE_ERR_SYNTAX, "the payload of the event");
	expect(&f, admit(&f, URNE_EVENT_ENCRYPTED_TALLY, VIEW("[]"), urne_buf_view(&about)),
	    URNE_ERR_MISMATCH, "is not the one that the payload names");
	assert_ok(urne_sized_tally_read(&sized, &f.c.d, urne_buf_view(&about)));
	urne_sha256_of(&sized.encrypted_tally, VIEW("[]"));
	urne_buf_reset(&about);
	urne_sized_tally_write(&about, &sized);
	expect(&f, admit(&f, URNE_EVENT_ENCRYPTED_TALLY, VIEW("[]"), urne_buf_view(&about)),
	    URNE_ERR_SYNTAX, "encrypted tally: ");
	urne_buf_clear(&object);
	urne_buf_clear(&about);
	clear(&f);
}

/* The board does not blame whoever tallies for what it lost itself. */
static void
a_ballot_that_the_store_lost_or_spoiled_is_our_fault(void **state)
{
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	end_ballots(&f);
	f.c.objects[2].hash.b[0] ^= 1;
	expect(&f, admit_tally(&f, &f.tally), URNE_ERR_INTERNAL, "the store does not hold");
	f.c.objects[2].hash.b[0] ^= 1;
	f.c.objects[2].text.data[0] = '[';
	expect(&f, admit_tally(&f, &f.tally), URNE_ERR_INTERNAL, "as it was taken in");
	/* a whole ballot, and not this one */
	urne_buf_reset(&f.c.objects[2].text);
	urne_buf_put_view(&f.c.objects[2].text, urne_buf_view(&f.c.objects[0].text));
	expect(&f, admit_tally(&f, &f.tally), URNE_ERR_INTERNAL, "as it was taken in");
	clear(&f);
}

/* A19: with definition and floor 2. */
static void
a19_fewer_voters_than_the_floor_are_not_tallied(void **state)
{
	struct urne_tally one;
	struct fixture f;

	init(&f, NULL);
	end_ballots(&f);
	expect(&f, admit_tally(&f, &f.tally), URNE_ERR_INCOMPLETE, "definition");
	assert_ok(urne_board_election_define(f.b, &f.c.d, urne_buf_view(&f.c.definition)));
	expect(&f, admit_tally(&f, &f.tally), URNE_OK, "");
	/* had only one member voted */
	for (size_t i = 0; i < CASE_VOTERS; i++) {
		f.c.has_last[i] = f.c.has_last[i] && urne_hash_eq(&f.c.last[i], &f.again.tracker);
	}
	assert_ok(urne_tally_init(&one, &f.c.arena, &f.c.e));
	add(&f, &one, &f.again);
	expect(&f, admit_tally(&f, &one), URNE_ERR_RANGE,
	    "1 members voted, and the definition lets nothing be decrypted below 2");
	clear(&f);
}

/* --- partial decryptions --- */

static void
tallied(struct fixture *f)
{
	struct urne_hash hash, payload;
	struct urne_buf object, about;

	end_ballots(f);
	board_case_tally_texts(&f->c, &object, &about, &f->tally);
	board_case_store(&f->c, &hash, urne_buf_view(&object));
	board_case_store(&f->c, &payload, urne_buf_view(&about));
	board_case_event(&f->c, URNE_EVENT_ENCRYPTED_TALLY, &payload);
	urne_buf_clear(&object);
	urne_buf_clear(&about);
}

static void
decrypt(struct fixture *f, struct urne_partial_decryption *p, size_t owner)
{
	assert_ok(urne_partial_make(
	    p, &f->c.arena, &f->c.e, &f->tally, &f->c.trustee[owner - 1], &f->c.rng));
}

static enum urne_err
admit_share(struct fixture *f, const struct urne_partial_decryption *p, uint64_t owner)
{
	struct urne_buf object, about;
	enum urne_err e;

	urne_buf_init(&object, URNE_MAX_BALLOT);
	urne_partial_write(&object, &f->c.e, p);
	board_case_owned(&about, owner, urne_buf_view(&object));
	e = admit(f, URNE_EVENT_PARTIAL_DECRYPTION, urne_buf_view(&object), urne_buf_view(&about));
	urne_buf_clear(&object);
	urne_buf_clear(&about);
	return e;
}

/* A share in the log. */
static void
record(struct fixture *f, const struct urne_partial_decryption *p, uint64_t owner)
{
	struct urne_hash hash, payload;
	struct urne_buf object, about;

	urne_buf_init(&object, URNE_MAX_BALLOT);
	urne_partial_write(&object, &f->c.e, p);
	board_case_owned(&about, owner, urne_buf_view(&object));
	board_case_store(&f->c, &hash, urne_buf_view(&object));
	board_case_store(&f->c, &payload, urne_buf_view(&about));
	board_case_event(&f->c, URNE_EVENT_PARTIAL_DECRYPTION, &payload);
	urne_buf_clear(&object);
	urne_buf_clear(&about);
}

static void
the_share_of_every_trustee_is_admitted_once(void **state)
{
	struct urne_partial_decryption p;
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	tallied(&f);
	for (size_t owner = 1; owner <= CASE_TRUSTEES; owner++) {
		decrypt(&f, &p, owner);
		expect(&f, admit_share(&f, &p, owner), URNE_OK, "");
		record(&f, &p, owner);
		/* made again, with other proofs */
		decrypt(&f, &p, owner);
		expect(&f, admit_share(&f, &p, owner), URNE_ERR_DUPLICATE,
		    "is there already, nothing needs to be done");
	}
	clear(&f);
}

static void
a_share_before_the_tally_is_refused(void **state)
{
	struct urne_partial_decryption p;
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	end_ballots(&f);
	decrypt(&f, &p, 1);
	expect(&f, admit_share(&f, &p, 1), URNE_ERR_ORDER, "no encrypted tally yet");
	clear(&f);
}

static void
a_share_of_nobody_or_of_somebody_else_is_refused(void **state)
{
	struct urne_partial_decryption p;
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	tallied(&f);
	decrypt(&f, &p, 2);
	expect(&f, admit_share(&f, &p, 0), URNE_ERR_UNKNOWN, "there is no trustee 0");
	expect(&f, admit_share(&f, &p, 5), URNE_ERR_UNKNOWN, "there is no trustee 5");
	expect(&f, admit_share(&f, &p, 3), URNE_ERR_PROOF, "trustee 3: choice 0");
	clear(&f);
}

static void
a23_a_share_with_one_wrong_number_is_refused(void **state)
{
	struct urne_partial_decryption p;
	struct urne_scalar one;
	struct fixture f;
	size_t last;

	init(&f, CASE_QUESTIONS);
	tallied(&f);
	last = f.c.e.num_choices - 1;
	urne_scalar_from_u64(f.c.group, &one, 1);
	decrypt(&f, &p, 1);
	urne_elem_mul(f.c.group, &p.factors[last], &p.factors[last], &f.c.e.public_key);
	expect(&f, admit_share(&f, &p, 1), URNE_ERR_PROOF, "trustee 1: choice 6");
	decrypt(&f, &p, 1);
	urne_scalar_add(f.c.group, &p.proofs[0].response, &p.proofs[0].response, &one);
	expect(&f, admit_share(&f, &p, 1), URNE_ERR_PROOF, "trustee 1: choice 0");
	clear(&f);
}

/* A23: a wrong share that stands in the log (of another program, say) keeps nobody out. */
static void
a23_a_wrong_share_in_the_log_does_not_keep_the_right_one_out(void **state)
{
	struct urne_partial_decryption p, right;
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	tallied(&f);
	decrypt(&f, &right, 2);
	decrypt(&f, &p, 2);
	urne_elem_mul(f.c.group, &p.factors[0], &p.factors[0], &f.c.e.public_key);
	record(&f, &p, 2);
	expect(&f, admit_share(&f, &p, 2), URNE_ERR_PROOF, "trustee 2: choice 0");
	expect(&f, admit_share(&f, &right, 2), URNE_OK, "");
	clear(&f);
}

static void
a_share_that_is_not_of_this_tally_is_refused(void **state)
{
	struct urne_partial_decryption p;
	struct urne_tally right;
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	tallied(&f);
	right = f.tally;
	f.tally.sum = urne_arena_alloc(&f.c.arena, f.c.e.num_choices, sizeof(*f.tally.sum));
	assert_non_null(f.tally.sum);
	memcpy(f.tally.sum, right.sum, f.c.e.num_choices * sizeof(*right.sum));
	urne_tally_add(&f.tally, &f.c.e, &f.first, 1);
	decrypt(&f, &p, 1);
	expect(&f, admit_share(&f, &p, 1), URNE_ERR_PROOF, "trustee 1: choice 0");
	clear(&f);
}

/* --- the result --- */

/* make_result: that it is made of the shares, and that it is `counts`. */
static enum urne_err
make_result(struct fixture *f, uint64_t *counts)
{
	struct urne_submission *s = urne_submission_new(URNE_SUBMIT_ORDER);
	struct urne_result r = {counts};
	struct urne_buf text;
	enum urne_err e;

	assert_non_null(s);
	urne_buf_init(&text, URNE_MAX_BALLOT);
	urne_result_write(&text, &f->c.e, &r);
	e = urne_make_result(s, f->b, &f->c.records);
	f->c.d = s->diag;
	if (e == URNE_OK) {
		assert_int_equal(s->num_data, 1);
		assert_true(urne_view_eq(urne_buf_view(&text), urne_buf_view(&s->data[0])));
	}
	urne_buf_clear(&text);
	urne_submission_free(s);
	return e;
}

static void
record_of(struct fixture *f, size_t owner)
{
	struct urne_partial_decryption p;

	decrypt(f, &p, owner);
	record(f, &p, owner);
}

static void
the_counts_that_the_shares_give_are_the_result(void **state)
{
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	tallied(&f);
	record_of(&f, 1);
	record_of(&f, 4);
	record_of(&f, 2);
	expect(&f, make_result(&f, f.counts), URNE_OK, "");
	record_of(&f, 3);
	expect(&f, make_result(&f, f.counts), URNE_OK, "");
	clear(&f);
}

/* What officials release is what the board computed, and nobody sends it. */
static void
a_result_that_somebody_sends_is_refused(void **state)
{
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	tallied(&f);
	record_of(&f, 1);
	record_of(&f, 3);
	record_of(&f, 2);
	expect(&f, admit(&f, URNE_EVENT_RESULT, VIEW("{\"result\":[]}"), VIEW("")),
	    URNE_ERR_UNSUPPORTED, "computed by the board");
	clear(&f);
}

static void
a_result_with_too_few_shares_names_who_is_missing(void **state)
{
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	end_ballots(&f);
	expect(&f, make_result(&f, f.counts), URNE_ERR_ORDER, "no encrypted tally yet");
	f.c.num_events--;
	tallied(&f);
	record_of(&f, 2);
	record_of(&f, 3);
	expect(&f, make_result(&f, f.counts), URNE_ERR_INCOMPLETE, "trustee 1: no valid");
	record_of(&f, 1);
	expect(&f, make_result(&f, f.counts), URNE_OK, "");
	f.c.num_events -= 2;
	record_of(&f, 1);
	expect(&f, make_result(&f, f.counts), URNE_ERR_INCOMPLETE,
	    "trustees 2 to 4: 1 valid partial decryptions are there, 2 are needed");
	clear(&f);
}

/* forge makes a wrong factor for choice 0 with a proof that verifies: the challenge of version 1
 * does not contain the factor, so it is chosen after the challenge. A = g^w, B = alpha^v,
 * r = w - c x, factor = alpha^((v - r) / c). */
static void
forge(struct fixture *f, struct urne_partial_decryption *p, size_t owner)
{
	const struct urne_group *g = f->c.group;
	const struct urne_elem *alpha = &f->tally.sum[0].alpha;
	const struct urne_secret *x = &f->c.trustee[owner - 1];
	struct urne_secret w;
	struct urne_scalar v, t;
	struct urne_elem X, A, B;
	struct urne_sha256 h;
	struct urne_hash hash;

	decrypt(f, p, owner);
	urne_secret_base(g, &X, x);
	urne_secret_random(g, &w, &f->c.rng);
	urne_secret_base(g, &A, &w);
	urne_scalar_from_u64(g, &v, 77);
	urne_elem_pow(g, &B, alpha, &v);
	urne_decrypt_transcript(&h, &f->c.e, &X);
	urne_elem_hash(g, &h, &A);
	urne_sha256_puts(&h, ",");
	urne_elem_hash(g, &h, &B);
	urne_sha256_final(&h, &hash);
	urne_scalar_from_hash(g, &p->proofs[0].challenge, &hash);
	urne_secret_response(g, &p->proofs[0].response, &w, x, &p->proofs[0].challenge);
	urne_scalar_sub(g, &v, &v, &p->proofs[0].response);
	urne_scalar_inv(g, &t, &p->proofs[0].challenge);
	urne_scalar_mul(g, &t, &v, &t);
	urne_elem_pow(g, &p->factors[0], alpha, &t);
}

/* A17: its proof verifies, so it is taken in; what it contradicts stops the result. */
static void
a17_shares_that_contradict_each_other_give_no_result(void **state)
{
	struct urne_partial_decryption p;
	struct fixture f;

	init(&f, CASE_QUESTIONS);
	tallied(&f);
	record_of(&f, 1);
	record_of(&f, 2);
	record_of(&f, 3);
	forge(&f, &p, 4);
	expect(&f, admit_share(&f, &p, 4), URNE_OK, "");
	expect(&f, make_result(&f, f.counts), URNE_OK, "");
	record(&f, &p, 4);
	expect(&f, make_result(&f, f.counts), URNE_ERR_MISMATCH, "contradict each other");
	clear(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_tally_of_the_last_ballots_is_admitted),
	    cmocka_unit_test(a_tally_before_the_end_of_ballots_is_refused),
	    cmocka_unit_test(a25_a_tally_without_one_ballot_is_refused),
	    cmocka_unit_test(a25_a_tally_with_a_ballot_of_nobody_is_refused),
	    cmocka_unit_test(a12_an_old_ballot_kept_instead_of_the_revote_is_refused),
	    cmocka_unit_test(a25_a_tally_with_one_other_ciphertext_is_refused),
	    cmocka_unit_test(a25_counts_that_are_off_by_one_are_refused),
	    cmocka_unit_test(a_tally_in_another_form_is_refused),
	    cmocka_unit_test(a_ballot_that_the_store_lost_or_spoiled_is_our_fault),
	    cmocka_unit_test(a19_fewer_voters_than_the_floor_are_not_tallied),
	    cmocka_unit_test(the_share_of_every_trustee_is_admitted_once),
	    cmocka_unit_test(a_share_before_the_tally_is_refused),
	    cmocka_unit_test(a_share_of_nobody_or_of_somebody_else_is_refused),
	    cmocka_unit_test(a23_a_share_with_one_wrong_number_is_refused),
	    cmocka_unit_test(a23_a_wrong_share_in_the_log_does_not_keep_the_right_one_out),
	    cmocka_unit_test(a_share_that_is_not_of_this_tally_is_refused),
	    cmocka_unit_test(the_counts_that_the_shares_give_are_the_result),
	    cmocka_unit_test(a_result_that_somebody_sends_is_refused),
	    cmocka_unit_test(a_result_with_too_few_shares_names_who_is_missing),
	    cmocka_unit_test(a17_shares_that_contradict_each_other_give_no_result),
	};

	return cmocka_run_group_tests_name("board_tally", tests, NULL, NULL);
}
