/* SPDX-License-Identifier: EUPL-1.2 */
/* What a board does without an order: after the end of the voting it adds the ballots up, also when
 * the process that took the end is gone, and not below the floor. */
#include <string.h>
#include <time.h>

#include "tests/unit/support/board_orders.h"
#include "tests/unit/support/check.h"

struct fixture {
	struct board_case c;
	struct board_folder f;
	struct urne_board *b;
	struct urne_board_log *l;
};

static void
must(struct fixture *f, struct urne_submission *s)
{
	board_send(f->b, s);
	assert_string_equal(s->diag.text, "");
	assert_ok(s->err);
	urne_submission_free(s);
}

/* questions: as for board_case_init. */
static void
begin(struct fixture *f, const char *questions)
{
	memset(f, 0, sizeof(*f));
	board_case_init(&f->c, &urne_group_ed25519, questions, "[TEST] Congrès");
	board_folder_make(&f->f);
	board_folder_open(&f->f, &f->b, &f->l);
	board_seal_and_open(&f->c, &f->f, f->b);
	f->l = urne_board_find(f->b, VIEW("GnQagTgeJqLsvY"));
	assert_non_null(f->l);
}

static void
end(struct fixture *f)
{
	urne_board_close(f->b);
	board_folder_remove(&f->f);
	board_case_clear(&f->c);
}

static void
cast(struct fixture *f, size_t voter)
{
	struct urne_buf text;

	board_case_ballot(&f->c, &text, voter, 1, NULL);
	must(f, board_ballot(f->l, urne_buf_view(&text)));
	urne_buf_clear(&text);
}

/* stage_after: where the election stands once it is at `wanted`, or after so many tenths of a
 * second. */
static enum urne_stage
stage_after(struct fixture *f, enum urne_stage wanted, int tenths)
{
	static const struct timespec tenth = {.tv_nsec = 100000000};
	struct urne_board_state state;

	for (;; tenths--) {
		urne_board_log_state(f->l, &state);
		if (state.stage == wanted || tenths == 0) {
			return state.stage;
		}
		(void)nanosleep(&tenth, NULL);
	}
}

static void
the_tally_follows_the_end_of_the_voting(void **state)
{
	struct urne_board_state st;
	struct fixture f;

	(void)state;
	begin(&f, CASE_QUESTIONS);
	cast(&f, 0);
	cast(&f, 2);
	assert_int_equal(stage_after(&f, URNE_STAGE_DECRYPTING, 15), URNE_STAGE_OPEN);
	assert_int_equal(board_ordered(f.b, &f.f, "close", CASE_UUID, "", CLAIRE), 0);
	assert_int_equal(stage_after(&f, URNE_STAGE_DECRYPTING, 600), URNE_STAGE_DECRYPTING);
	/* once */
	(void)stage_after(&f, URNE_STAGE_DONE, 15);
	urne_board_log_state(f.l, &st);
	assert_int_equal(st.size, 5);
	end(&f);
}

static void
a_restart_goes_on_with_the_tally(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, CASE_QUESTIONS);
	cast(&f, 1);
	assert_int_equal(board_ordered(f.b, &f.f, "close", CASE_UUID, "", CLAIRE), 0);
	urne_board_close(f.b);
	board_folder_open(&f.f, &f.b, &f.l);
	assert_int_equal(stage_after(&f, URNE_STAGE_DECRYPTING, 600), URNE_STAGE_DECRYPTING);
	end(&f);
}

/* A19: one voter, and a definition with the floor 2. */
static void
a19_below_the_floor_nothing_is_added_up(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, NULL);
	cast(&f, 0);
	assert_int_equal(board_ordered(f.b, &f.f, "close", CASE_UUID, "", CLAIRE), 0);
	assert_int_equal(stage_after(&f, URNE_STAGE_DECRYPTING, 25), URNE_STAGE_CLOSED);
	end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_tally_follows_the_end_of_the_voting),
	    cmocka_unit_test(a_restart_goes_on_with_the_tally),
	    cmocka_unit_test(a19_below_the_floor_nothing_is_added_up),
	};

	return cmocka_run_group_tests_name("board_clerk", tests, NULL, NULL);
}
