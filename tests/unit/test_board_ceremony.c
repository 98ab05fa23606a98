/* SPDX-License-Identifier: EUPL-1.2 */
/* The ceremony over the board: trustees come one by one, what they signed is judged before their
 * file is read, a wrong file is its author's, and at the end each has a share. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "base/limits.h"
#include "bulletin/server/drafting.h"
#include "election/threshold.h"
#include "tests/unit/support/board_trustees.h"

#define PATH "/bb/" CASE_UUID "/draft/ceremony/"

/* --- the whole of it --- */

/* read_all reads what the board has of a round: files of all trustees, and what went out before. */
static void
read_all(struct board_trustees *f, struct urne_buf texts[TRUSTEES_SIZE], struct urne_buf *before,
    uint64_t round)
{
	for (size_t j = 0; j < TRUSTEES_SIZE; j++) {
		trustees_get(f, urne_draft_file(round, j + 1).text);
		assert_int_equal(f->reply.status, 200);
		urne_buf_init(&texts[j], URNE_HTTP_CEREMONY);
		urne_buf_put_view(&texts[j], urne_buf_view(&f->reply.body));
	}
	trustees_get(f, urne_draft_given(round, 1).text);
	urne_buf_init(before, URNE_CEREMONY_FILE);
	urne_buf_put_view(before, urne_buf_view(&f->reply.body));
}

/* check_shares: everybody can compute the parameters from what the board has, and every share that
 * it gives out is the one of its trustee. */
static void
check_shares(struct board_trustees *f)
{
	struct urne_buf texts[TRUSTEES_SIZE], shares[TRUSTEES_SIZE], before;
	struct urne_view files[TRUSTEES_SIZE];
	struct urne_threshold t;

	read_all(f, texts, &before, 4);
	for (size_t j = 0; j < TRUSTEES_SIZE; j++) {
		files[j] = urne_buf_view(&texts[j]);
		urne_buf_init(&shares[j], URNE_CEREMONY_FILE);
	}
	assert_ok(urne_ceremony_finish(&t, &f->c.arena, shares, &f->d, f->c.group,
	    urne_buf_view(&before), files, TRUSTEES_SIZE));
	for (size_t j = 0; j < TRUSTEES_SIZE; j++) {
		struct urne_secret share;
		struct urne_elem key;

		trustees_get(f, urne_draft_given(5, j + 1).text);
		assert_ok(urne_share_open(
		    &share, &f->d, f->c.group, &f->seed[j], urne_buf_view(&f->reply.body)));
		urne_secret_base(f->c.group, &key, &share);
		assert_true(urne_elem_eq(f->c.group, &key, &t.verification_keys[j].public_key));
		urne_buf_clear(&texts[j]);
		urne_buf_clear(&shares[j]);
	}
	urne_buf_clear(&before);
}

static void
three_trustees_come_to_their_shares_over_a_board_that_starts_anew(void **state)
{
	struct board_trustees *f = *state;

	trustees_prepare(f);
	for (uint64_t round = 1; round <= 4; round++) {
		/* in any order, and the board stops in the middle */
		trustees_hand_in(f, round, 2);
		trustees_hand_in(f, round, 3);
		trustees_close(f);
		trustees_open(f);
		trustees_get(f, urne_draft_given(round + 1, 1).text);
		assert_int_equal(f->reply.status, 404);
		trustees_hand_in(f, round, 1);
		trustees_get(f, urne_draft_given(round + 1, 1).text);
		assert_int_equal(f->reply.status, 200);
	}
	check_shares(f);
}

static void
invitations_follow_from_the_order(void **state)
{
	struct board_trustees *f = *state;
	struct urne_buf want;

	trustees_get(f, "ceremony/1/for-2");
	assert_int_equal(f->reply.status, 404);
	trustees_prepare(f);
	trustees_get(f, "ceremony/1/for-2");
	urne_buf_init(&want, URNE_CEREMONY_FILE);
	urne_ceremony_invitation(&want, &urne_group_ed25519, TRUSTEES_SIZE, TRUSTEES_THRESHOLD, 2);
	assert_true(urne_view_eq(urne_buf_view(&f->reply.body), urne_buf_view(&want)));
	urne_buf_clear(&want);
	trustees_get(f, "ceremony/1/for-4");
	assert_reply(&f->reply, 404, "there is no draft ceremony/1/for-4");
}

/* --- who may --- */

static void
there_is_no_ceremony_before_the_order(void **state)
{
	struct board_trustees *f = *state;

	trustees_put(f, 1, 1, VIEW("{}"));
	assert_reply(&f->reply, 409, "no order to prepare this election was executed yet");
	assert_false(f->reply.read);
}

static void
a_file_that_its_trustee_did_not_sign_for_is_refused_unread(void **state)
{
	static const struct {
		const char *journal, *election;
		uint64_t round, trustee;
		size_t key;
		unsigned status;
		const char *says;
	} cases[] = {
	    {TRUSTEES_JOURNAL, CASE_UUID, 1, 1, 1, 403, "trustee 1 did not sign: its key, Denise"},
	    {TRUSTEES_JOURNAL, CASE_UUID, 1, 2, 0, 403, "for round 1 and trustee 2"},
	    {TRUSTEES_JOURNAL, CASE_UUID, 2, 1, 0, 403, "for round 2 and trustee 1"},
	    {TRUSTEES_JOURNAL, "8GpLcyFqQvDrUn", 1, 1, 0, 403, "for the election 8GpLcyFqQvDrUn"},
	    {"other.example.org/bb/journal", CASE_UUID, 1, 1, 0, 403,
		"for other.example.org/bb/journal"},
	};
	struct board_trustees *f = *state;
	struct board_ask bare = {"PUT", PATH "1/1", NULL, {"", 0}, VIEW("{}")};
	struct urne_buf file;

	trustees_prepare(f);
	trustees_answer(f, &file, 1, 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_ceremony_note n = trustees_note(1, 1, urne_buf_view(&file));

		n.origin = urne_view_of(cases[i].journal);
		n.election = urne_view_of(cases[i].election);
		n.round = cases[i].round;
		n.trustee = cases[i].trustee;
		trustees_put_with(f, 1, 1, urne_buf_view(&file), &n, &f->key[cases[i].key]);
		assert_reply(&f->reply, cases[i].status, cases[i].says);
		assert_false(f->reply.read);
	}
	board_ask(&f->reply, &f->s, &bare);
	assert_reply(&f->reply, 403, "the header Urne-Trustee with the signed note is missing");
	trustees_put_with(
	    f, 1, 4, VIEW("{}"), &(struct urne_ceremony_note){.round = 1}, &f->key[0]);
	assert_reply(&f->reply, 404, "there are 3 trustees");
	trustees_get(f, "ceremony/1/1");
	assert_int_equal(f->reply.status, 404);
	urne_buf_clear(&file);
}

static void
a_body_that_is_not_what_was_signed_is_refused(void **state)
{
	struct board_trustees *f = *state;
	struct urne_ceremony_note n = trustees_note(1, 1, VIEW("something else"));
	struct urne_buf file;

	trustees_prepare(f);
	trustees_answer(f, &file, 1, 1);
	trustees_put_with(f, 1, 1, urne_buf_view(&file), &n, &f->key[0]);
	assert_reply(&f->reply, 422, "the body is not the file that the trustee signed");
	trustees_get(f, "ceremony/1/1");
	assert_int_equal(f->reply.status, 404);
	urne_buf_clear(&file);
}

/* Everybody can see whose a file is, and that it stays so when the board starts anew. */
static void
a22_the_note_of_a_trustee_lies_beside_its_file(void **state)
{
	struct board_trustees *f = *state;
	struct urne_ceremony_note n;
	struct urne_buf file;
	struct urne_hash hash;

	trustees_prepare(f);
	trustees_get(f, urne_draft_note(1, 2).text);
	assert_int_equal(f->reply.status, 404);
	trustees_answer(f, &file, 1, 2);
	trustees_put(f, 1, 2, urne_buf_view(&file));
	assert_reply(&f->reply, 200, "\"repeated\":false");
	trustees_close(f);
	trustees_open(f);
	trustees_get(f, urne_draft_note(1, 2).text);
	assert_int_equal(f->reply.status, 200);
	n = trustees_note(1, 2, urne_buf_view(&file));
	assert_ok(urne_ceremony_note_check(
	    &hash, &f->c.arena, &f->d, urne_buf_view(&f->reply.body), &n, &f->key[1].key));
	assert_true(urne_hash_eq(&hash, &n.hash));
	assert_err(urne_ceremony_note_check(&hash, &f->c.arena, &f->d,
		       urne_buf_view(&f->reply.body), &n, &f->key[0].key),
	    URNE_ERR_INCOMPLETE);
	/* a file that is refused leaves none */
	trustees_put(f, 1, 3, VIEW("{}"));
	assert_true(f->reply.status >= 400);
	trustees_get(f, urne_draft_note(1, 3).text);
	assert_int_equal(f->reply.status, 404);
	urne_buf_clear(&file);
}

/* --- when, and how often --- */

static void
a_round_out_of_turn_says_whom_it_waits_for(void **state)
{
	struct board_trustees *f = *state;

	trustees_prepare(f);
	trustees_hand_in(f, 1, 1);
	trustees_put(f, 2, 1, VIEW("{}"));
	assert_reply(&f->reply, 409, "round 2 has not begun: round 1 waits for trustee 2");
	trustees_put(f, 4, 1, VIEW("{}"));
	assert_reply(&f->reply, 409, "round 4 has not begun: round 1 waits for trustee 2");
	trustees_hand_in(f, 1, 2);
	trustees_hand_in(f, 1, 3);
	trustees_put(f, 3, 1, VIEW("{}"));
	assert_reply(&f->reply, 409, "round 3 has not begun: round 2 waits for trustee 1");
}

static void
the_first_file_stays_and_the_same_again_is_fine(void **state)
{
	struct board_trustees *f = *state;
	struct urne_buf file, other;

	trustees_prepare(f);
	trustees_answer(f, &file, 1, 1);
	urne_seed_generate(&f->seed[0], &f->c.rng);
	trustees_answer(f, &other, 1, 1);
	for (size_t i = 0; i < 2; i++) {
		trustees_put(f, 1, 1, urne_buf_view(&file));
		assert_reply(&f->reply, 200, i == 0 ? "\"repeated\":false" : "\"repeated\":true");
	}
	trustees_put(f, 1, 1, urne_buf_view(&other));
	assert_reply(&f->reply, 409, "trustee 1 has sent another file for round 1 already");
	trustees_get(f, "ceremony/1/1");
	assert_true(urne_view_eq(urne_buf_view(&f->reply.body), urne_buf_view(&file)));
	/* when the round is over it is the same */
	trustees_hand_in(f, 1, 2);
	trustees_hand_in(f, 1, 3);
	trustees_put(f, 1, 1, urne_buf_view(&file));
	assert_reply(&f->reply, 200, "\"repeated\":true");
	trustees_put(f, 1, 1, urne_buf_view(&other));
	assert_reply(&f->reply, 409, "duplicate");
	urne_buf_clear(&file);
	urne_buf_clear(&other);
}

static void
a_wrong_file_names_its_author_and_leaves_its_place_free(void **state)
{
	struct board_trustees *f = *state;
	struct urne_buf file;
	char *digit;

	trustees_prepare(f);
	trustees_hold_round(f, 1);
	trustees_hand_in(f, 2, 3);
	trustees_answer(f, &file, 2, 2);
	urne_buf_put(&file, "", 1);
	file.len--;
	digit = strstr(file.data, "\"hash\":\"");
	assert_non_null(digit);
	digit += strlen("\"hash\":\"");
	*digit = *digit == '0' ? '1' : '0';
	trustees_put(f, 2, 2, urne_buf_view(&file));
	assert_reply(&f->reply, 422, "trustee 2: signature of the commitment does not verify");
	trustees_get(f, "ceremony/2/2");
	assert_int_equal(f->reply.status, 404);
	urne_buf_clear(&file);
	trustees_hand_in(f, 2, 2);
	/* and a file of another round is no file of this one */
	trustees_answer(f, &file, 1, 1);
	trustees_put(f, 2, 1, urne_buf_view(&file));
	assert_reply(&f->reply, 409, "trustee 1: this is a certificate file, a commitment file");
	urne_buf_clear(&file);
	trustees_hand_in(f, 2, 1);
	trustees_get(f, "ceremony/3/for-all");
	assert_int_equal(f->reply.status, 200);
}

/* --- at the same time --- */

struct together {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	size_t num;
};

static void
count(struct urne_submission *s)
{
	struct together *t = s->context;

	(void)pthread_mutex_lock(&t->lock);
	t->num++;
	(void)pthread_cond_signal(&t->cond);
	(void)pthread_mutex_unlock(&t->lock);
}

static struct urne_submission *
submission(uint64_t round, uint64_t trustee, const struct urne_buf *file)
{
	struct urne_submission *s = urne_submission_new(URNE_SUBMIT_CEREMONY);

	s->drafting = urne_drafting_new(VIEW(CASE_UUID), urne_draft_file(round, trustee));
	s->drafting->group = &urne_group_ed25519;
	s->drafting->size = TRUSTEES_SIZE;
	s->drafting->threshold = TRUSTEES_THRESHOLD;
	s->drafting->round = round;
	s->drafting->trustee = trustee;
	urne_buf_puts(&s->drafting->note, "a note");
	urne_buf_put_view(&s->ballot, urne_buf_view(file));
	return s;
}

/* All three pass their check before any of them is there, so that none of them is the last. */
static void
trustees_who_come_at_the_same_time_complete_the_round(void **state)
{
	struct together t = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};
	struct board_trustees *f = *state;
	struct urne_submission *s[TRUSTEES_SIZE];
	unsigned retry_after = 0;

	trustees_prepare(f);
	for (size_t j = 0; j < TRUSTEES_SIZE; j++) {
		struct urne_buf file;

		trustees_answer(f, &file, 1, j + 1);
		s[j] = submission(1, j + 1, &file);
		s[j]->done = count;
		s[j]->context = &t;
		urne_buf_clear(&file);
	}
	for (size_t j = 0; j < TRUSTEES_SIZE; j++) {
		assert_ok(urne_board_submit(f->b, s[j], &retry_after));
	}
	(void)pthread_mutex_lock(&t.lock);
	while (t.num < TRUSTEES_SIZE) {
		(void)pthread_cond_wait(&t.cond, &t.lock);
	}
	(void)pthread_mutex_unlock(&t.lock);
	for (size_t j = 0; j < TRUSTEES_SIZE; j++) {
		assert_ok(s[j]->err);
		urne_submission_free(s[j]);
	}
	trustees_get(f, "ceremony/2/for-all");
	assert_int_equal(f->reply.status, 200);
}

/* --- the end --- */

static void
nothing_comes_after_the_seal(void **state)
{
	struct board_trustees *f = *state;
	struct urne_submission *s;
	struct urne_buf file;

	trustees_prepare_with(f, &f->f.official[0].key); /* as many as the small election has */
	trustees_answer(f, &file, 1, 1);
	board_seal(&f->c, &f->f, f->b);
	trustees_put(f, 1, 1, urne_buf_view(&file));
	assert_reply(&f->reply, 409, "this election is sealed: its ceremony is over");
	assert_false(f->reply.read);
	/* what was admitted before, and comes to the writer behind it */
	s = submission(1, 1, &file);
	s->drafting->size = TRUSTEES_SIZE + 1;
	s->drafting->threshold = TRUSTEES_THRESHOLD + 1;
	board_send(f->b, s);
	assert_err(s->err, URNE_ERR_ORDER);
	assert_non_null(strstr(s->diag.text, "it is sealed"));
	urne_submission_free(s);
	trustees_get(f, "ceremony/1/1");
	assert_int_equal(f->reply.status, 404);
	urne_buf_clear(&file);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, trustees_set_up, trustees_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(three_trustees_come_to_their_shares_over_a_board_that_starts_anew),
	    TEST(invitations_follow_from_the_order),
	    TEST(there_is_no_ceremony_before_the_order),
	    TEST(a_file_that_its_trustee_did_not_sign_for_is_refused_unread),
	    TEST(a_body_that_is_not_what_was_signed_is_refused),
	    TEST(a22_the_note_of_a_trustee_lies_beside_its_file),
	    TEST(a_round_out_of_turn_says_whom_it_waits_for),
	    TEST(the_first_file_stays_and_the_same_again_is_fine),
	    TEST(a_wrong_file_names_its_author_and_leaves_its_place_free),
	    TEST(trustees_who_come_at_the_same_time_complete_the_round),
	    TEST(nothing_comes_after_the_seal),
	};

	return cmocka_run_group_tests_name("board_ceremony", tests, NULL, NULL);
}
