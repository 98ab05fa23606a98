/* SPDX-License-Identifier: EUPL-1.2 */
/* Rehearsals: between the seal and the call every trustee shows with its own key that it can
 * decrypt; who does not is named, and nobody else can do it for them. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "tally/rehearsal.h"
#include "tests/unit/support/board_orders.h"
#include "tests/unit/support/board_request.h"

#define PATH "/bb/" CASE_UUID "/rehearsals"

struct fixture {
	struct board_case c;
	struct board_folder f;
	struct urne_board *b;
	struct urne_board_log *l;
	struct urne_service s;
	struct board_reply reply;
	struct urne_diag d;
};

static void
open_board(struct fixture *f)
{
	board_folder_open(&f->f, &f->b, &f->l);
	assert_ok(urne_service_open(&f->s, &f->d, f->b, f->f.dir));
}

static void
close_board(struct fixture *f)
{
	urne_service_close(&f->s);
	urne_board_close(f->b);
}

static int
set_up(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	board_case_init(&f.c, &urne_group_ed25519, CASE_QUESTIONS, "[TEST] Congrès");
	board_folder_make(&f.f);
	open_board(&f);
	*state = &f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	close_board(f);
	urne_buf_clear(&f->reply.body);
	board_folder_remove(&f->f);
	board_case_clear(&f->c);
	return 0;
}

/* --- what a trustee sends --- */

/* How a rehearsal can be wrong. */
enum fault {
	RIGHT,
	OTHER_SETUP, /* the test tally of another Setup */
	OTHER_KEY,   /* made with the key of the trustee behind it */
	OTHER_OBJECT /* names an object that is not sent */
};

/* make writes the two records of the rehearsal of an owner. */
static void
make(struct fixture *f, struct urne_buf *out, uint64_t owner, enum fault fault)
{
	struct urne_buf payload, partial, owned;
	struct urne_partial_decryption p;
	struct urne_tally t;
	struct urne_hash hash;
	uint64_t timestamp = urne_board_log_timestamp(f->l);

	board_setup_payload(&payload, &f->c);
	urne_buf_puts(&payload, fault == OTHER_SETUP ? " " : "");
	urne_sha256_of(&hash, urne_buf_view(&payload));
	assert_ok(urne_rehearsal_tally(&t, &f->c.arena, &f->d, &f->c.e, &hash));
	assert_ok(urne_partial_make(&p, &f->c.arena, &f->c.e, &t,
	    &f->c.trustee[fault == OTHER_KEY ? owner % CASE_TRUSTEES : owner - 1], &f->c.rng));
	urne_buf_init(&partial, URNE_MAX_BALLOT);
	urne_partial_write(&partial, &f->c.e, &p);
	board_case_owned(&owned, owner,
	    fault == OTHER_OBJECT ? VIEW("something else") : urne_buf_view(&partial));
	urne_buf_init(out, URNE_MAX_BALLOT);
	urne_record_put(out, &hash, URNE_RECORD_DATA, urne_buf_view(&partial), timestamp);
	urne_record_put(out, &hash, URNE_RECORD_DATA, urne_buf_view(&owned), timestamp);
	assert_ok(urne_buf_error(out));
	urne_buf_clear(&payload);
	urne_buf_clear(&partial);
	urne_buf_clear(&owned);
}

static void
post(struct fixture *f, const struct urne_buf *body)
{
	struct board_ask ask = {.method = "POST", .path = PATH, .body = urne_buf_view(body)};

	board_ask(&f->reply, &f->s, &ask);
}

/* rehearse makes a new one and sends it. */
static void
rehearse(struct fixture *f, uint64_t owner, enum fault fault)
{
	struct urne_buf body;

	make(f, &body, owner, fault);
	post(f, &body);
	urne_buf_clear(&body);
}

static void
seal(struct fixture *f)
{
	board_seal(&f->c, &f->f, f->b);
	f->l = urne_board_find(f->b, VIEW(CASE_UUID));
	assert_non_null(f->l);
}

/* What the journal says. */
struct said {
	bool rehearsed[CASE_TRUSTEES];
	size_t num;
	uint64_t entries;
};

static enum urne_err
read_said(void *ctx, const struct urne_journal *j)
{
	struct said *s = ctx;
	const struct urne_journal_election *e = urne_journal_find(j, VIEW(CASE_UUID));

	s->num = e != NULL ? e->num_rehearsed : 0;
	s->entries = urne_journal_size(j);
	for (size_t i = 0; e != NULL && i < CASE_TRUSTEES; i++) {
		s->rehearsed[i] = e->rehearsed[i];
	}
	return URNE_OK;
}

static struct said
said(struct fixture *f)
{
	struct said s = {.num = 0};

	assert_ok(urne_board_journal_use(f->b, read_said, &s));
	return s;
}

/* --- the tests --- */

static void
every_trustee_rehearses_once_and_the_journal_keeps_it(void **state)
{
	struct fixture *f = *state;
	struct said s;

	seal(f);
	for (uint64_t owner = CASE_TRUSTEES; owner > 0; owner--) {
		char says[64];

		rehearse(f, owner, RIGHT);
		(void)snprintf(says, sizeof(says), "\"trustee\":%d,\"repeated\":false", (int)owner);
		assert_reply(&f->reply, 200, says);
	}
	close_board(f);
	open_board(f);
	s = said(f);
	assert_int_equal(s.num, CASE_TRUSTEES);
	for (size_t i = 0; i < CASE_TRUSTEES; i++) {
		assert_true(s.rehearsed[i]);
	}
}

static void
the_same_again_is_answered_and_another_one_is_not_needed(void **state)
{
	struct fixture *f = *state;
	struct urne_buf body;
	uint64_t entries;

	seal(f);
	make(f, &body, 3, RIGHT);
	post(f, &body);
	assert_reply(&f->reply, 200, "\"repeated\":false");
	entries = said(f).entries;
	post(f, &body);
	assert_reply(&f->reply, 200, "\"trustee\":3,\"repeated\":true");
	rehearse(f, 3, RIGHT); /* proofs are made with new randomness */
	assert_reply(&f->reply, 409, "trustee 3 has rehearsed already, nothing needs to be done");
	assert_int_equal(said(f).entries, entries);
	urne_buf_clear(&body);
}

static void
a_wrong_rehearsal_names_its_trustee_and_leaves_no_trace(void **state)
{
	static const struct {
		uint64_t owner;
		enum fault fault;
		unsigned status;
		const char *says;
	} cases[] = {
	    {2, OTHER_KEY, 422, "rehearsal of trustee 2: "},
	    {4, OTHER_SETUP, 422, "rehearsal of trustee 4: "},
	    {1, OTHER_OBJECT, 422, "problem:mismatch"},
	    {5, OTHER_KEY, 422, "problem:unknown"},
	};
	struct fixture *f = *state;
	uint64_t entries;

	seal(f);
	entries = said(f).entries;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rehearse(f, cases[i].owner, cases[i].fault);
		assert_reply(&f->reply, cases[i].status, cases[i].says);
	}
	assert_int_equal(said(f).entries, entries);
	assert_int_equal(said(f).num, 0);
	rehearse(f, 2, RIGHT);
	assert_reply(&f->reply, 200, "\"trustee\":2");
	assert_int_equal(said(f).num, 1);
}

static void
a_body_that_is_no_rehearsal_is_refused(void **state)
{
	struct fixture *f = *state;
	struct urne_buf body;

	seal(f);
	urne_buf_init(&body, URNE_MAX_BALLOT);
	post(f, &body);
	assert_int_equal(f->reply.status / 100, 4);
	/* no longer than a partial decryption of this election */
	urne_buf_put(&body, f->c.credentials.data, f->c.credentials.len);
	while (body.len <= urne_board_log_election(f->l)->max_share) {
		urne_buf_puts(&body, "far too long ");
	}
	post(f, &body);
	assert_reply(&f->reply, 413, "too-large");
	assert_false(f->reply.read);
	urne_buf_clear(&body);
}

static void
trustees_rehearse_between_the_seal_and_the_call(void **state)
{
	struct fixture *f = *state;
	struct urne_buf body;

	urne_buf_init(&body, URNE_MAX_BALLOT);
	post(f, &body);
	assert_reply(&f->reply, 409, "once the election is sealed and before it is called");
	assert_false(f->reply.read);
	seal(f);
	urne_buf_clear(&body);
	make(f, &body, 1, RIGHT);
	assert_int_equal(board_ordered(f->b, &f->f, "open", CASE_UUID, "", CLAIRE), 0);
	post(f, &body);
	assert_reply(&f->reply, 409, "before it is called; it is open");
	assert_false(f->reply.read);
	urne_buf_clear(&body);
}

/* What was admitted before the call and comes to the writer behind it. */
static void
the_writer_records_nothing_after_the_call(void **state)
{
	struct fixture *f = *state;
	struct urne_submission *s = urne_submission_new(URNE_SUBMIT_REHEARSAL);
	struct urne_buf payload, partial;
	struct urne_partial_decryption p;
	struct urne_tally t;
	struct urne_hash hash;

	seal(f);
	board_setup_payload(&payload, &f->c);
	urne_sha256_of(&hash, urne_buf_view(&payload));
	assert_ok(urne_rehearsal_tally(&t, &f->c.arena, &f->d, &f->c.e, &hash));
	assert_ok(urne_partial_make(&p, &f->c.arena, &f->c.e, &t, &f->c.trustee[0], &f->c.rng));
	urne_partial_write(&s->data[0], &f->c.e, &p);
	board_case_owned(&partial, 1, urne_buf_view(&s->data[0]));
	urne_buf_put_view(&s->data[1], urne_buf_view(&partial));
	s->num_data = 2;
	s->log = f->l;
	assert_int_equal(board_ordered(f->b, &f->f, "open", CASE_UUID, "", CLAIRE), 0);
	board_send(f->b, s);
	assert_err(s->err, URNE_ERR_ORDER);
	assert_int_equal(said(f).num, 0);
	urne_submission_free(s);
	urne_buf_clear(&payload);
	urne_buf_clear(&partial);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(every_trustee_rehearses_once_and_the_journal_keeps_it),
	    TEST(the_same_again_is_answered_and_another_one_is_not_needed),
	    TEST(a_wrong_rehearsal_names_its_trustee_and_leaves_no_trace),
	    TEST(a_body_that_is_no_rehearsal_is_refused),
	    TEST(trustees_rehearse_between_the_seal_and_the_call),
	    TEST(the_writer_records_nothing_after_the_call),
	};

	return cmocka_run_group_tests_name("board_rehearsal", tests, NULL, NULL);
}
