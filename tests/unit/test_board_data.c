/* SPDX-License-Identifier: EUPL-1.2 */
/* A board without its network: what is submitted stands in the log with a receipt that verifies,
 * the same again gets the same answer, a restart finds everything, and a second process is refused.
 */
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "bulletin/log/receipt.h"
#include "bulletin/server/check.h"
#include "bulletin/server/refill.h"
#include "tests/unit/support/board_orders.h"
#include "tests/unit/support/check.h"

struct fixture {
	struct board_case c;
	struct board_folder f;
	struct urne_board *b;
	struct urne_board_log *l;
};

static int
set_up(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	board_case_init(&f.c, &urne_group_ed25519, CASE_QUESTIONS, "[TEST] Congrès");
	board_folder_make(&f.f);
	board_folder_open(&f.f, &f.b, &f.l);
	assert_null(f.l);
	board_seal_and_open(&f.c, &f.f, f.b);
	f.l = urne_board_find(f.b, VIEW("GnQagTgeJqLsvY"));
	assert_non_null(f.l);
	*state = &f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	urne_board_close(f->b);
	board_folder_remove(&f->f);
	board_case_clear(&f->c);
	return 0;
}

/* cast sends a ballot of a voter; its tracker, height and what it replaces are in *out. */
static void
cast(struct fixture *f, struct urne_receipt_facts *out, struct urne_arena *arena, size_t voter)
{
	struct urne_submission *s;
	struct urne_diag d = {{0}};
	struct urne_view copy;
	struct urne_buf text;

	board_case_ballot(&f->c, &text, voter, 1, NULL);
	s = board_ballot(f->l, urne_buf_view(&text));
	board_send(f->b, s);
	assert_string_equal(s->diag.text, "");
	assert_ok(s->err);
	assert_ok(urne_arena_copy(arena, &copy, urne_buf_view(&s->receipt)));
	assert_ok(urne_receipt_verify(out, arena, &d, copy, &f->f.key.key));
	urne_submission_free(s);
	urne_buf_clear(&text);
}

static void
a_receipt_verifies_and_a_revote_names_the_ballot_it_replaces(void **state)
{
	struct fixture *f = *state;
	struct urne_receipt_facts first, other, again;
	struct urne_arena arena;

	urne_arena_init(&arena, URNE_MAX_TEXT_FILE);
	cast(f, &first, &arena, 0);
	cast(f, &other, &arena, 1);
	cast(f, &again, &arena, 0);
	assert_int_equal(first.receipt.height, 1);
	assert_false(first.receipt.has_replaced);
	assert_false(other.receipt.has_replaced);
	assert_int_equal(again.receipt.height, 3);
	assert_true(again.receipt.has_replaced);
	assert_true(urne_hash_eq(&again.receipt.replaces, &first.receipt.tracker));
	urne_arena_clear(&arena);
}

static void
the_identical_ballot_gets_the_same_answer(void **state)
{
	struct fixture *f = *state;
	struct urne_submission *one, *two;
	struct urne_buf text;
	struct urne_board_state st;

	board_case_ballot(&f->c, &text, 0, 1, NULL);
	one = board_ballot(f->l, urne_buf_view(&text));
	two = board_ballot(f->l, urne_buf_view(&text));
	board_send(f->b, one);
	board_send(f->b, two);
	assert_ok(one->err);
	assert_ok(two->err);
	assert_false(one->repeated);
	assert_true(two->repeated);
	assert_int_equal(one->height, two->height);
	assert_true(urne_view_eq(urne_buf_view(&one->receipt), urne_buf_view(&two->receipt)));
	urne_board_log_state(f->l, &st);
	assert_int_equal(st.size, 2);
	urne_submission_free(one);
	urne_submission_free(two);
	urne_buf_clear(&text);
}

static void
a_restart_finds_everything_and_goes_on(void **state)
{
	struct fixture *f = *state;
	struct urne_receipt_facts first, again;
	struct urne_board_state before, after;
	struct urne_arena arena;
	struct urne_buf report, receipt;
	struct urne_diag d = {{0}};

	urne_arena_init(&arena, URNE_MAX_TEXT_FILE);
	urne_buf_init(&report, URNE_MAX_TEXT_FILE);
	urne_buf_init(&receipt, URNE_MAX_TEXT_FILE);
	cast(f, &first, &arena, 0);
	urne_board_log_state(f->l, &before);
	urne_board_close(f->b);
	f->b = NULL;
	if (urne_board_check(&report, &d, f->f.dir) != URNE_OK) {
		fail_msg("%s", d.text);
	}
	board_folder_open(&f->f, &f->b, &f->l);
	assert_non_null(f->l);
	urne_board_log_state(f->l, &after);
	assert_memory_equal(&before, &after, sizeof(before));
	assert_ok(urne_board_receipt(f->b, f->l, &receipt, &d, &first.receipt.tracker));
	cast(f, &again, &arena, 0);
	assert_int_equal(again.receipt.height, 2);
	assert_true(urne_hash_eq(&again.receipt.replaces, &first.receipt.tracker));
	urne_buf_clear(&report);
	urne_buf_clear(&receipt);
	urne_arena_clear(&arena);
}

static void
a_second_process_is_refused(void **state)
{
	struct fixture *f = *state;
	struct urne_board_options o = {.num_threads = 1};
	struct urne_board *second = NULL;
	struct urne_diag d = {{0}};

	assert_err(urne_board_open(&second, &d, f->f.dir, &o), URNE_ERR_ORDER);
	assert_null(second);
	assert_non_null(strstr(d.text, "another urne-board works on this folder"));
}

static void
nothing_is_taken_after_the_end_and_the_end_can_be_repeated(void **state)
{
	struct fixture *f = *state;
	struct urne_submission *s;
	struct urne_buf text;

	for (int i = 0; i < 2; i++) {
		s = board_event(f->l, URNE_EVENT_END_BALLOTS, NULL, 0);
		board_send(f->b, s);
		assert_ok(s->err);
		assert_int_equal(s->height, 1);
		assert_int_equal(s->repeated, i == 1);
		urne_submission_free(s);
	}
	board_case_ballot(&f->c, &text, 0, 1, NULL);
	s = board_ballot(f->l, urne_buf_view(&text));
	board_send(f->b, s);
	assert_err(s->err, URNE_ERR_ORDER);
	urne_submission_free(s);
	urne_buf_clear(&text);
}

static void
one_credential_cannot_fill_the_log(void **state)
{
	struct fixture *f = *state;
	unsigned refused = 0;

	/* two minutes may be touched, not more */
	for (int i = 0; i < 3 * URNE_MAX_BALLOTS_PER_MINUTE; i++) {
		struct urne_submission *s;
		struct urne_buf text;

		board_case_ballot(&f->c, &text, 0, 1, NULL);
		s = board_ballot(f->l, urne_buf_view(&text));
		board_send(f->b, s);
		if (s->err != URNE_OK) {
			assert_err(s->err, URNE_ERR_ORDER);
			assert_in_range(s->retry_after, 1, 60);
			refused++;
		}
		urne_submission_free(s);
		urne_buf_clear(&text);
	}
	assert_true(refused >= URNE_MAX_BALLOTS_PER_MINUTE);
}

/* The definition is no event: no archive has it. */
static void
a_refill_brings_the_sealed_definition_back(void **state)
{
	static struct fixture f;
	struct urne_buf report;
	struct urne_diag d = {{0}};

	memset(&f, 0, sizeof(f));
	board_case_init(&f.c, &urne_group_ed25519, NULL, "[TEST] Congrès");
	board_folder_make(&f.f);
	urne_buf_init(&report, URNE_MAX_TEXT_FILE);
	board_folder_open(&f.f, &f.b, &f.l);
	board_seal(&f.c, &f.f, f.b);
	for (int published = 1; published >= 0; published--) {
		urne_board_close(f.b);
		assert_int_equal(unlink(board_folder_path(&f.f, "main.db")), 0);
		if (!published) {
			assert_int_equal(
			    unlink(board_folder_path(&f.f, "public/bb/GnQagTgeJqLsvY/vote.json")),
			    0);
		}
		urne_buf_reset(&report);
		if (urne_board_refill(&report, &d, f.f.dir, NULL) != URNE_OK) {
			fail_msg("%s", d.text);
		}
		urne_buf_putc(&report, '\0');
		assert_int_equal(strstr(report.data, "refill again") == NULL, published);
		board_folder_open(&f.f, &f.b, &f.l);
		assert_int_equal(
		    atomic_load(&urne_board_log_election(f.l)->has_definition), published);
	}
	urne_board_close(f.b);
	urne_buf_clear(&report);
	board_folder_remove(&f.f);
	board_case_clear(&f.c);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_receipt_verifies_and_a_revote_names_the_ballot_it_replaces),
	    TEST(the_identical_ballot_gets_the_same_answer),
	    TEST(a_restart_finds_everything_and_goes_on),
	    TEST(a_second_process_is_refused),
	    TEST(nothing_is_taken_after_the_end_and_the_end_can_be_repeated),
	    TEST(one_credential_cannot_fill_the_log),
	    cmocka_unit_test(a_refill_brings_the_sealed_definition_back),
	};

	return cmocka_run_group_tests_name("board_data", tests, NULL, NULL);
}
