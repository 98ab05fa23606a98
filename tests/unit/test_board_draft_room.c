/* SPDX-License-Identifier: EUPL-1.2 */
/* How many drafts lie at a board, and which of them make room for others. */
#include <stdio.h>

#include "base/limits.h"
#include "bulletin/server/draft.h"
#include "bulletin/server/drafting.h"
#include "bulletin/server/waiting.h"
#include "tests/unit/support/board_sitting.h"
#include "tests/unit/support/check.h"

#define DEFINITION "{\"any\":\"text\"}"

/* The UUID of the i-th of many elections. */
struct nth {
	char uuid[16];
};

static struct nth
nth(size_t i)
{
	struct nth n = {"GnQagTgeJqLs00"};

	n.uuid[12] = (char)('a' + i / 8);
	n.uuid[13] = (char)('a' + i % 8);
	return n;
}

/* put_nth puts a draft of the i-th of many elections, and gives what came of it. */
static enum urne_err
put_nth(struct sitting *f, size_t i, const char *part)
{
	struct urne_submission *s = urne_submission_new(URNE_SUBMIT_DRAFT);
	struct urne_draft_name name = {{0}};
	enum urne_err e;

	(void)snprintf(name.text, sizeof(name.text), "%s", part);
	s->drafting = urne_drafting_new(urne_view_of(nth(i).uuid), name);
	urne_buf_puts(&s->ballot, DEFINITION);
	board_send(f->b, s);
	e = s->err;
	urne_submission_free(s);
	return e;
}

/* wait_nth has an order about the i-th wait. */
static void
wait_nth(struct sitting *f, size_t i)
{
	struct urne_store s;
	struct urne_hash hash;
	struct urne_buf note;

	board_order_text(&note, "incident", nth(i).uuid, "text Rien.\n");
	urne_order_text_hash(&hash, urne_buf_view(&note));
	board_order_sign(&note, &f->f, CLAIRE);
	assert_ok(urne_store_open(&s, &f->c.d, board_folder_path(&f->f, "main.db"), true));
	assert_ok(urne_store_begin(&s, &f->c.d));
	assert_ok(urne_store_put_waiting(&s, &f->c.d, &hash, urne_buf_view(&note)));
	assert_ok(urne_store_commit(&s, &f->c.d));
	urne_store_close(&s);
	urne_buf_clear(&note);
}

static bool
nth_is_there(struct sitting *f, size_t i)
{
	uint64_t len = 0;
	bool there = false;

	assert_ok(urne_board_draft_length(
	    f->b, &len, &there, &f->c.d, urne_view_of(nth(i).uuid), VIEW(URNE_DRAFT_DEFINITION)));
	return there;
}

/* Nor does it keep the others out by drafts that lie there for ever. */
static void
one_official_does_not_fill_the_disk(void **state)
{
	struct sitting *f = *state;
	struct urne_buf args;

	urne_buf_init(&args, URNE_MAX_SMALL_FILE);
	urne_buf_puts(&args, "definition -\ngroup Ed25519\nthreshold 1\ntrustee ");
	urne_note_key_write(&args, &f->f.official[0].key);
	urne_buf_put(&args, "\n", 2);
	assert_int_equal(
	    board_ordered(f->b, &f->f, "prepare", nth(0).uuid, args.data, CLAIRE | AMEL), 0);
	urne_buf_clear(&args);
	for (size_t i = 0; i < URNE_MAX_DRAFTS; i++) {
		assert_ok(put_nth(f, i, "definition"));
		if (i != 0 && i != 5) {
			wait_nth(f, i);
		}
	}
	assert_ok(put_nth(f, URNE_MAX_DRAFTS, "definition"));
	for (size_t i = 0; i <= URNE_MAX_DRAFTS; i++) {
		assert_true(nth_is_there(f, i) == (i != 5));
	}
	wait_nth(f, URNE_MAX_DRAFTS);
	assert_err(put_nth(f, 5, "definition"), URNE_ERR_LIMIT);
	assert_true(nth_is_there(f, 0));
	/* those that are there can still change */
	assert_ok(put_nth(f, 0, "setup"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		one_official_does_not_fill_the_disk, sitting_set_up, sitting_tear_down),
	};

	return cmocka_run_group_tests_name("board_draft_room", tests, NULL, NULL);
}
