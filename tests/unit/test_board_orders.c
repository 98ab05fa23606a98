/* SPDX-License-Identifier: EUPL-1.2 */
/* Orders at a board: they wait for signatures, are executed once, and a board that is opened again
 * stands where it stood. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/utc.h"
#include "bulletin/server/waiting.h"
#include "tests/unit/support/board_sitting.h"
#include "tests/unit/support/check.h"

#define NOTE "incident", "-", "text Le bureau a ouvert en retard.\n"

/* --- waiting --- */

static void
an_order_waits_until_enough_have_signed(void **state)
{
	struct sitting *f = *state;
	struct urne_submission *s;
	struct urne_buf text;
	uint64_t size = sitting_standing(f).size;

	assert_int_equal(size, 2); /* genesis and software */
	board_order_text(&text, NOTE);
	s = sitting_send(f, &text, AMEL);
	assert_ok(s->err);
	assert_int_equal(s->num_signed, 1);
	assert_int_equal(s->num_needed, 1);
	urne_submission_free(s);
	assert_int_equal(sitting_standing(f).size, size);
	assert_int_equal(sitting_standing(f).num_waiting, 1);
	sitting_reopen(f);
	s = sitting_send(f, &text, CLAIRE);
	assert_string_equal(s->diag.text, "");
	assert_ok(s->err);
	assert_int_equal(s->num_signed, 2);
	assert_int_equal(s->num_needed, 0);
	assert_int_equal(s->height, size);
	urne_submission_free(s);
	assert_int_equal(sitting_standing(f).size, size + 1);
	assert_int_equal(sitting_standing(f).num_waiting, 0);
	sitting_reopen(f);
	/* and once */
	sitting_refuse_text(f, &text, CLAIRE | BRUNO, URNE_ERR_ORDER, "entry 2 of the journal");
	urne_buf_clear(&text);
}

static void
nobody_signs_a_waiting_order_twice(void **state)
{
	struct sitting *f = *state;
	struct urne_buf text;

	board_order_text(&text, NOTE);
	urne_submission_free(sitting_send(f, &text, CLAIRE));
	assert_int_equal(sitting_standing(f).num_waiting, 1);
	sitting_refuse_text(
	    f, &text, CLAIRE, URNE_ERR_DUPLICATE, "claire has signed this order already");
	sitting_refuse_text(f, &text, CLAIRE | AMEL, URNE_ERR_DUPLICATE, "claire has signed");
	sitting_reopen(f);
	sitting_refuse_text(
	    f, &text, CLAIRE, URNE_ERR_DUPLICATE, "claire has signed this order already");
	urne_buf_clear(&text);
}

static void
an_order_of_nobody_or_for_another_journal_is_refused(void **state)
{
	struct sitting *f = *state;
	struct urne_submission *s;
	struct urne_buf text;

	board_order_text(&text, NOTE);
	s = sitting_send(f, &text, REGISTRAR);
	assert_err(s->err, URNE_ERR_INCOMPLETE);
	assert_int_equal(s->num_signed, 0);
	urne_submission_free(s);
	*strstr(text.data, "vote.") = 'n';
	sitting_refuse_text(f, &text, CLAIRE | AMEL, URNE_ERR_MISMATCH, "note.example.org");
	urne_buf_clear(&text);
	sitting_refuse(f, "incident", "-", "text \n", CLAIRE | AMEL, URNE_ERR_SYNTAX, "text");
	sitting_refuse(f, "close", CASE_UUID, "", CLAIRE, URNE_ERR_UNKNOWN, "knows no election");
}

static void
who_was_revoked_orders_nothing(void **state)
{
	struct sitting *f = *state;
	struct urne_buf text;

	assert_int_equal(board_ordered(f->b, &f->f, "revoke", "-",
			     "official bruno\nreason Démission.\n", CLAIRE | AMEL),
	    0);
	board_order_text(&text, NOTE);
	sitting_refuse_text(f, &text, BRUNO, URNE_ERR_ORDER, "bruno");
	sitting_refuse_text(f, &text, BRUNO | CLAIRE, URNE_ERR_ORDER, "bruno");
	sitting_reopen(f);
	sitting_refuse_text(f, &text, BRUNO | CLAIRE, URNE_ERR_ORDER, "bruno");
	sitting_refuse(f, "revoke", "-", "official amel\nreason Démission.\n", CLAIRE | AMEL,
	    URNE_ERR_ORDER, "");
	urne_buf_clear(&text);
}

static void
who_was_revoked_holds_no_waiting_order_up(void **state)
{
	struct sitting *f = *state;
	struct urne_submission *s;
	struct urne_buf text;

	board_order_text(&text, NOTE);
	urne_submission_free(sitting_send(f, &text, BRUNO));
	assert_int_equal(board_ordered(f->b, &f->f, "revoke", "-",
			     "official bruno\nreason Démission.\n", CLAIRE | AMEL),
	    0);
	s = sitting_send(f, &text, CLAIRE);
	assert_ok(s->err);
	assert_int_equal(s->num_signed, 1); /* bruno's does not count any more */
	assert_int_equal(s->num_needed, 1);
	urne_submission_free(s);
	s = sitting_send(f, &text, AMEL);
	assert_ok(s->err);
	assert_int_equal(s->num_needed, 0);
	urne_submission_free(s);
	assert_int_equal(sitting_standing(f).num_waiting, 0);
	sitting_reopen(f);
	urne_buf_clear(&text);
}

/* put_row puts a waiting order into the rows, with signatures that count. */
static void
put_row(struct sitting *f, const struct urne_buf *text, unsigned who)
{
	struct urne_store s;
	struct urne_diag d = {{0}};
	struct urne_hash hash;
	struct urne_buf note;

	sitting_sign(&note, f, text, who);
	urne_order_text_hash(&hash, urne_buf_view(text));
	assert_ok(urne_store_open(&s, &d, board_folder_path(&f->f, "main.db"), true));
	assert_ok(urne_store_begin(&s, &d));
	assert_ok(urne_store_put_waiting(&s, &d, &hash, urne_buf_view(&note)));
	assert_ok(urne_store_commit(&s, &d));
	urne_store_close(&s);
	urne_buf_clear(&note);
}

static enum urne_err
look_at(void *ctx, const struct urne_hash *order, struct urne_view note)
{
	(void)order;
	urne_buf_put_view(ctx, note);
	return URNE_OK;
}

/* Whoever signs next reads what waits, and must find nothing in it that counts no more. */
static void
what_waits_loses_the_line_of_who_is_revoked(void **state)
{
	struct sitting *f = *state;
	struct urne_buf text, alone, there, want;

	urne_buf_init(&there, URNE_MAX_TEXT_FILE);
	board_order_text(&alone, NOTE);
	put_row(f, &alone, BRUNO);
	board_order_text(&text, NOTE);
	put_row(f, &text, CLAIRE | BRUNO);
	assert_int_equal(board_ordered(f->b, &f->f, "revoke", "-",
			     "official bruno\nreason Démission.\n", CLAIRE | AMEL),
	    0);
	assert_ok(urne_board_waiting(f->b, &f->c.d, look_at, &there));
	sitting_sign(&want, f, &text, CLAIRE);
	assert_true(urne_view_eq(urne_buf_view(&there), urne_buf_view(&want)));
	urne_buf_clear(&text);
	urne_buf_clear(&alone);
	urne_buf_clear(&there);
	urne_buf_clear(&want);
}

/* fill puts waiting orders into the rows, written so many seconds ago. */
static void
fill(struct sitting *f, size_t num, int64_t age)
{
	struct urne_store s;
	struct urne_diag d = {{0}};

	assert_ok(urne_store_open(&s, &d, board_folder_path(&f->f, "main.db"), true));
	assert_ok(urne_store_begin(&s, &d));
	for (size_t i = 0; i < num; i++) {
		struct urne_buf text, note;
		struct urne_hash hash;

		urne_buf_init(&text, URNE_MAX_SMALL_FILE);
		urne_buf_puts(&text, "urne-order/1\nvote.example.org/bb/journal\nincident\n-\n");
		urne_utc_write(&text, (int64_t)time(NULL) - age - (int64_t)i);
		urne_buf_puts(&text, "\ntext Rien.\n");
		sitting_sign(&note, f, &text, CLAIRE);
		urne_order_text_hash(&hash, urne_buf_view(&text));
		assert_ok(urne_store_put_waiting(&s, &d, &hash, urne_buf_view(&note)));
		urne_buf_clear(&text);
		urne_buf_clear(&note);
	}
	assert_ok(urne_store_commit(&s, &d));
	urne_store_close(&s);
}

static void
as_many_orders_wait_as_there_is_room_for_and_old_ones_go(void **state)
{
	struct sitting *f = *state;
	struct urne_submission *s;
	struct urne_buf text;

	fill(f, 2, URNE_ORDER_SECONDS + 60);
	fill(f, URNE_MAX_WAITING - 2, 1000);
	assert_int_equal(sitting_standing(f).num_waiting, URNE_MAX_WAITING);
	for (size_t i = 0; i < 2; i++) {
		board_order_text(&text, NOTE);
		s = sitting_send(f, &text, AMEL);
		assert_ok(s->err);
		urne_submission_free(s);
		urne_buf_clear(&text);
	}
	assert_int_equal(sitting_standing(f).num_waiting, URNE_MAX_WAITING);
	board_order_text(&text, NOTE);
	s = sitting_send(f, &text, AMEL);
	assert_err(s->err, URNE_ERR_LIMIT);
	assert_int_equal(s->retry_after, URNE_WAITING_RETRY);
	urne_submission_free(s);
	/* what needs no waiting goes on */
	s = sitting_send(f, &text, AMEL | CLAIRE);
	assert_ok(s->err);
	urne_submission_free(s);
	urne_buf_clear(&text);
}

/* Otherwise the others could not even revoke who does it. */
static void
one_official_alone_keeps_no_order_of_the_others_out(void **state)
{
	struct sitting *f = *state;
	struct urne_submission *s;
	struct urne_buf text;

	fill(f, 1, URNE_ORDER_SECONDS + 60);
	fill(f, URNE_MAX_WAITING_ALONE - 1, 1000);
	board_order_text(&text, NOTE);
	s = sitting_send(f, &text, CLAIRE);
	assert_ok(s->err); /* the old one has gone */
	urne_submission_free(s);
	urne_buf_clear(&text);
	board_order_text(&text, NOTE);
	s = sitting_send(f, &text, CLAIRE);
	assert_err(s->err, URNE_ERR_LIMIT);
	assert_int_equal(s->retry_after, URNE_WAITING_RETRY);
	assert_non_null(strstr(s->diag.text, "claire"));
	urne_submission_free(s);
	s = sitting_send(f, &text, AMEL);
	assert_ok(s->err);
	assert_int_equal(s->num_needed, 1);
	urne_submission_free(s);
	s = sitting_send(f, &text, CLAIRE);
	assert_ok(s->err);
	assert_int_equal(s->num_needed, 0);
	urne_submission_free(s);
	urne_buf_clear(&text);
}

/* --- the start --- */

static void
a_board_json_that_is_not_of_the_genesis_is_refused(void **state)
{
	static const struct {
		const char *what, *instead, *says;
	} cases[] = {
	    {"Les Amis de la Pie", "Les Amis de la Pis", "\"name\" is not what"},
	    {"\"agree\":2", "\"agree\":3", "\"agree\" is not what"},
	    {",\"amel+", ",\"BMEL+", ""},
	};
	struct sitting *f = *state;
	struct urne_board_options o = {.num_threads = 1};
	struct urne_buf text;
	char path[128], *at;

	(void)snprintf(path, sizeof(path), "%s", board_folder_path(&f->f, "board.json"));
	urne_board_close(f->b);
	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	assert_ok(urne_file_read(&text, &f->c.d, path));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_buf copy;

		urne_buf_init(&copy, URNE_MAX_SMALL_FILE);
		urne_buf_put_view(&copy, urne_buf_view(&text));
		urne_buf_put(&copy, "", 1);
		at = strstr(copy.data, cases[i].what);
		assert_non_null(at);
		memcpy(at, cases[i].instead, strlen(cases[i].instead));
		copy.len--;
		assert_ok(urne_file_replace(&f->c.d, path, urne_buf_view(&copy)));
		assert_int_not_equal(urne_board_open(&f->b, &f->c.d, f->f.dir, &o), URNE_OK);
		assert_non_null(strstr(f->c.d.text, cases[i].says));
		urne_buf_clear(&copy);
	}
	assert_ok(urne_file_replace(&f->c.d, path, urne_buf_view(&text)));
	urne_buf_clear(&text);
	board_folder_open(&f->f, &f->b, &f->l);
	assert_int_equal(sitting_standing(f).size, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sitting_set_up, sitting_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(an_order_waits_until_enough_have_signed),
	    TEST(nobody_signs_a_waiting_order_twice),
	    TEST(an_order_of_nobody_or_for_another_journal_is_refused),
	    TEST(who_was_revoked_orders_nothing),
	    TEST(who_was_revoked_holds_no_waiting_order_up),
	    TEST(what_waits_loses_the_line_of_who_is_revoked),
	    TEST(as_many_orders_wait_as_there_is_room_for_and_old_ones_go),
	    TEST(one_official_alone_keeps_no_order_of_the_others_out),
	    TEST(a_board_json_that_is_not_of_the_genesis_is_refused),
	};

	return cmocka_run_group_tests_name("board_orders", tests, NULL, NULL);
}
