/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/support/board_sitting.h"

#include <string.h>

#include "base/limits.h"
#include "bulletin/server/check.h"
#include "tests/unit/support/check.h"

void
sitting_begin(struct sitting *f, const char *questions, bool has_registrar)
{
	memset(f, 0, sizeof(*f));
	board_case_init(&f->c, &urne_group_ed25519, questions, "[TEST] Congrès");
	board_folder_make_for(&f->f, 3, 2, has_registrar);
	board_folder_open(&f->f, &f->b, &f->l);
}

int
sitting_set_up(void **state)
{
	static struct sitting f;

	sitting_begin(&f, CASE_QUESTIONS, false);
	*state = &f;
	return 0;
}

int
sitting_tear_down(void **state)
{
	struct sitting *f = *state;

	urne_board_close(f->b);
	board_folder_remove(&f->f);
	board_case_clear(&f->c);
	return 0;
}

/* --- what the journal and the waiting orders are --- */

static enum urne_err
look(void *ctx, const struct urne_journal *j)
{
	struct sitting_standing *s = ctx;
	const struct urne_journal_election *e = urne_journal_find(j, VIEW(CASE_UUID));

	s->size = urne_journal_size(j);
	s->stage = e != NULL ? e->stage : URNE_JOURNAL_NONE;
	return urne_journal_software(j, &s->software) ? URNE_OK : URNE_ERR_INTERNAL;
}

static enum urne_err
count(void *ctx, const struct urne_hash *order, struct urne_view note)
{
	struct sitting_standing *s = ctx;

	(void)order;
	s->num_waiting++;
	urne_sha256_put_view(&s->hash, note);
	return URNE_OK;
}

struct sitting_standing
sitting_standing(struct sitting *f)
{
	struct sitting_standing s = {.size = 0};

	urne_sha256_init(&s.hash);
	assert_ok(urne_board_journal_use(f->b, look, &s));
	assert_ok(urne_board_waiting(f->b, &f->c.d, count, &s));
	urne_sha256_final(&s.hash, &s.waiting);
	return s;
}

void
sitting_reopen(struct sitting *f)
{
	struct sitting_standing before = sitting_standing(f), after;
	struct urne_board_state old = {.size = 0}, new = {.size = 0};
	struct urne_buf report;

	if (f->l != NULL) {
		urne_board_log_state(f->l, &old);
	}
	urne_board_close(f->b);
	f->b = NULL;
	urne_buf_init(&report, URNE_MAX_TEXT_FILE);
	if (urne_board_check(&report, &f->c.d, f->f.dir) != URNE_OK) {
		fail_msg("%s", f->c.d.text);
	}
	urne_buf_clear(&report);
	board_folder_open(&f->f, &f->b, &f->l);
	after = sitting_standing(f);
	assert_int_equal(after.size, before.size);
	assert_int_equal(after.stage, before.stage);
	assert_int_equal(after.num_waiting, before.num_waiting);
	assert_true(urne_hash_eq(&after.waiting, &before.waiting));
	if (old.size > 0) {
		urne_board_log_state(f->l, &new);
		assert_memory_equal(&old, &new, sizeof(old));
	}
}

/* --- sending --- */

void
sitting_sign(struct urne_buf *note, struct sitting *f, const struct urne_buf *text, unsigned who)
{
	urne_buf_init(note, URNE_MAX_SMALL_FILE);
	urne_buf_put_view(note, urne_buf_view(text));
	board_order_sign(note, &f->f, who);
}

struct urne_submission *
sitting_send(struct sitting *f, const struct urne_buf *text, unsigned who)
{
	struct urne_submission *s;
	struct urne_buf note;

	sitting_sign(&note, f, text, who);
	s = board_order(urne_buf_view(&note));
	board_send(f->b, s);
	urne_buf_clear(&note);
	return s;
}

void
sitting_refuse_text(struct sitting *f, const struct urne_buf *text, unsigned who,
    enum urne_err want, const char *says)
{
	struct sitting_standing before = sitting_standing(f), after;
	struct urne_submission *s = sitting_send(f, text, who);

	if (s->err != want || strstr(s->diag.text, says) == NULL) {
		fail_msg("%s: %s, expected %s: %s", urne_err_name(s->err), s->diag.text,
		    urne_err_name(want), says);
	}
	urne_submission_free(s);
	after = sitting_standing(f);
	assert_int_equal(after.size, before.size);
	assert_int_equal(after.num_waiting, before.num_waiting);
	assert_true(urne_hash_eq(&after.waiting, &before.waiting));
}

void
sitting_refuse(struct sitting *f, const char *action, const char *election, const char *args,
    unsigned who, enum urne_err want, const char *says)
{
	struct urne_buf text;

	board_order_text(&text, action, election, args);
	sitting_refuse_text(f, &text, who, want, says);
	urne_buf_clear(&text);
}

void
sitting_order(struct sitting *f, const char *action, const char *args)
{
	struct urne_board_state st;
	uint64_t before = sitting_standing(f).size;

	assert_int_equal(board_ordered(f->b, &f->f, action, CASE_UUID, args, CLAIRE | BRUNO), 0);
	urne_board_log_state(urne_board_find(f->b, VIEW(URNE_JOURNAL_NAME)), &st);
	assert_true(st.size > before);
	assert_int_equal(st.stage, URNE_STAGE_JOURNAL);
	assert_non_null(urne_board_find(f->b, VIEW(CASE_UUID)));
}
