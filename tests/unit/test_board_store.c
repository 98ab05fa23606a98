/* SPDX-License-Identifier: EUPL-1.2 */
/* The two databases by themselves: main.db notices what is missing or of another form, head.db lets
 * nobody sign beside somebody else, and a row that comes back otherwise than it was written is
 * never signed (threats A9, A10). */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "bulletin/log/checkpoint.h"
#include "bulletin/server/draft.h"
#include "bulletin/server/ledger.h"
#include "bulletin/server/sign.h"
#include "tests/unit/support/board_orders.h"
#include "tests/unit/support/check.h"

#define ORIGIN "vote.example.org/bb/GnQagTgeJqLsvY"
#define UUID   "GnQagTgeJqLsvY"

struct fixture {
	struct board_case c;
	struct board_folder f;
	struct urne_store store, again;
	struct urne_head head;
	struct urne_board_log *log;
	struct urne_diag d;
};

static void
open_parts(struct fixture *f)
{
	assert_ok(urne_store_open(&f->store, &f->d, board_folder_path(&f->f, "main.db"), true));
	assert_ok(urne_store_use_wal(&f->store, &f->d));
	assert_ok(urne_store_open(&f->again, &f->d, board_folder_path(&f->f, "main.db"), false));
	assert_ok(urne_head_open(&f->head, &f->d, board_folder_path(&f->f, "head.db")));
}

static void
close_parts(struct fixture *f)
{
	urne_head_close(&f->head);
	urne_store_close(&f->again);
	urne_store_close(&f->store);
}

/* put adds a Setup to the log, or a ballot of any text. */
static void
put(struct fixture *f, const char *ballot)
{
	struct urne_view data[URNE_MAX_EVENT_DATA] = {urne_view_of(ballot != NULL ? ballot : "")};
	struct urne_buf payload;

	if (ballot != NULL) {
		assert_ok(urne_ledger_put(f->log, &f->store, &f->d, URNE_EVENT_BALLOT, data, 1));
		return;
	}
	board_setup_payload(&payload, &f->c);
	data[0] = urne_buf_view(&f->c.election);
	data[1] = urne_buf_view(&f->c.trustees);
	data[2] = urne_buf_view(&f->c.credentials);
	data[3] = urne_buf_view(&payload);
	assert_ok(urne_ledger_put(f->log, &f->store, &f->d, URNE_EVENT_SETUP, data, 4));
	urne_buf_clear(&payload);
}

static enum urne_err
sign(struct fixture *f)
{
	return urne_sign_heads(&f->log, 1, &f->again, &f->head, &f->d, &f->f.key);
}

static int
set_up(void **state)
{
	static struct fixture f;
	uint64_t id = 0;

	memset(&f, 0, sizeof(f));
	board_case_init(&f.c, &urne_group_ed25519, CASE_QUESTIONS, "[TEST] Congrès");
	board_folder_make(&f.f);
	open_parts(&f);
	assert_ok(urne_store_begin(&f.store, &f.d));
	assert_ok(urne_store_add_log(&f.store, &id, &f.d, VIEW(UUID), VIEW(ORIGIN), 1700000000));
	assert_ok(urne_ledger_new(&f.log, &f.d, id, VIEW(UUID), VIEW(ORIGIN), 1700000000));
	put(&f, NULL);
	put(&f, "ballot one");
	assert_ok(urne_store_commit(&f.store, &f.d));
	*state = &f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	close_parts(f);
	urne_ledger_free(f->log);
	board_folder_remove(&f->f);
	board_case_clear(&f->c);
	return 0;
}

/* change runs a statement on main.db as somebody else would. */
static void
change(struct fixture *f, const char *name, const char *statement)
{
	struct urne_sql *sql = NULL;

	assert_ok(urne_sql_open(&sql, &f->d, board_folder_path(&f->f, name), URNE_SQL_WRITE));
	if (urne_sql_exec(sql, &f->d, statement) != URNE_OK) {
		fail_msg("%s: %s", statement, f->d.text);
	}
	assert_int_equal(urne_sql_changes(sql), 1);
	urne_sql_close(sql);
}

static enum urne_err
get_head(struct fixture *f, struct urne_head_row *row, bool *there)
{
	struct urne_buf note;
	enum urne_err e;

	urne_buf_init(&note, URNE_NOTE_MAX);
	e = urne_head_get(&f->head, row, there, &note, &f->d, VIEW(ORIGIN));
	urne_buf_clear(&note);
	return e;
}

/* --- signing --- */

static void
what_is_signed_is_the_head_and_a_checkpoint_of_the_key(void **state)
{
	struct fixture *f = *state;
	struct urne_head_row row;
	struct urne_checkpoint c;
	struct urne_arena arena;
	struct urne_hash root;
	bool there = false;

	assert_ok(sign(f));
	assert_ok(get_head(f, &row, &there));
	assert_true(there);
	urne_merkle_root(&f->log->tree, &root);
	assert_int_equal(row.size, 2);
	assert_true(urne_hash_eq(&row.root, &root));
	urne_arena_init(&arena, URNE_MAX_SMALL_FILE);
	assert_ok(urne_checkpoint_open(
	    &c, &arena, &f->d, urne_buf_view(&f->log->head_note), &f->f.key.key));
	assert_int_equal(c.size, 2);
	assert_true(urne_hash_eq(&c.root, &root));
	urne_arena_clear(&arena);
}

/* Rows that come back otherwise: what the statement changes, and what the refusal says. */
static const struct {
	const char *statement, *says;
} changed_rows[] = {
    {"UPDATE entry SET event=CAST('x'||CAST(event AS TEXT) AS BLOB) WHERE idx=2",
	"entry 2: its bytes do not give its hashes"},
    {"UPDATE entry SET ehash=zeroblob(32) WHERE idx=2", "its bytes do not give its hashes"},
    {"UPDATE entry SET leaf=zeroblob(32) WHERE idx=2", "its bytes do not give its hashes"},
    {"UPDATE entry SET type=7 WHERE idx=2", "it is no event of the type that its row names"},
    {"UPDATE entry SET archive_len=1 WHERE idx=2", "its place in the archive is wrong"},
    {"UPDATE entry SET idx=9 WHERE idx=3", "some are missing"},
    {"DELETE FROM entry WHERE idx=2", "it cannot follow the entry before it"},
    {"UPDATE node SET h=zeroblob(32) WHERE lvl=1 AND i=1", "entry 3: a node above it"},
    {"UPDATE node SET h=zeroblob(32) WHERE lvl=1 AND i=0", "a node above it"},
    {"UPDATE node SET h=zeroblob(32) WHERE lvl=2 AND i=0", "a node above it"},
    {"UPDATE object SET data=zeroblob(10) WHERE data=CAST('ballot two' AS BLOB)",
	"an object that it names does not give its hash"},
    {"DELETE FROM object WHERE data=CAST('ballot two' AS BLOB)",
	"an object that it names is missing"},
};

static void
a_row_that_comes_back_otherwise_is_never_signed(void **state)
{
	struct fixture *f = *state;
	struct urne_head_row row;
	bool there = false;

	for (size_t i = 0; i < sizeof(changed_rows) / sizeof(changed_rows[0]); i++) {
		if (i > 0) {
			assert_int_equal(set_up(state), 0);
			f = *state;
		}
		assert_ok(sign(f));
		assert_ok(urne_store_begin(&f->store, &f->d));
		put(f, "ballot two");
		put(f, "ballot three");
		assert_ok(urne_store_commit(&f->store, &f->d));
		change(f, "main.db", changed_rows[i].statement);
		assert_err(sign(f), URNE_ERR_INTERNAL);
		if (strstr(f->d.text, changed_rows[i].says) == NULL) {
			fail_msg("%s: %s", changed_rows[i].statement, f->d.text);
		}
		/* the process would end here */
		urne_head_close(&f->head);
		assert_ok(urne_head_open(&f->head, &f->d, board_folder_path(&f->f, "head.db")));
		assert_ok(get_head(f, &row, &there));
		assert_int_equal(row.size, 2);
		if (i + 1 < sizeof(changed_rows) / sizeof(changed_rows[0])) {
			(void)tear_down(state);
		}
	}
}

static void
a_tree_in_memory_that_is_not_that_of_the_rows_is_never_signed(void **state)
{
	struct fixture *f = *state;

	f->log->tree.peak[1].b[0] ^= 1;
	assert_err(sign(f), URNE_ERR_INTERNAL);
	assert_non_null(strstr(f->d.text, "comes back from main.db otherwise than it was written"));
}

static void
what_is_not_committed_is_not_signed(void **state)
{
	struct fixture *f = *state;

	assert_ok(urne_store_begin(&f->store, &f->d));
	put(f, "ballot two");
	assert_err(sign(f), URNE_ERR_INTERNAL);
	assert_non_null(strstr(f->d.text, "some are missing"));
}

/* --- the head --- */

static void
a_head_that_somebody_else_has_changed_is_not_replaced(void **state)
{
	static const char *const changes[] = {
	    "UPDATE head SET size=size+1", "UPDATE head SET root=zeroblob(32)", "DELETE FROM head"};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		if (i > 0) {
			(void)tear_down(state);
			assert_int_equal(set_up(state), 0);
			f = *state;
		}
		assert_ok(sign(f));
		assert_ok(urne_store_begin(&f->store, &f->d));
		put(f, "ballot two");
		assert_ok(urne_store_commit(&f->store, &f->d));
		change(f, "head.db", changes[i]);
		assert_err(sign(f), URNE_ERR_MISMATCH);
		assert_non_null(strstr(f->d.text, "another process signs for this log; stop it"));
	}
}

static void
a_first_head_does_not_replace_one_that_is_there(void **state)
{
	struct fixture *f = *state;
	struct urne_head_row row;
	bool there = false;

	assert_ok(sign(f));
	f->log->has_head = false; /* as a process believes that read before the other signed */
	f->log->head_size = 0;
	memset(&f->log->head_chain, 0, sizeof(f->log->head_chain));
	f->log->head_archive_len = 0;
	assert_err(sign(f), URNE_ERR_MISMATCH);
	urne_head_close(&f->head);
	assert_ok(urne_head_open(&f->head, &f->d, board_folder_path(&f->f, "head.db")));
	assert_ok(get_head(f, &row, &there));
	assert_true(there);
}

static void
a_swap_without_commit_is_none(void **state)
{
	struct fixture *f = *state;
	struct urne_head_row row = {.size = 5, .note = VIEW("note")};
	bool there = true;

	assert_ok(urne_head_begin(&f->head, &f->d));
	assert_ok(urne_head_swap(&f->head, &f->d, VIEW(ORIGIN), NULL, &row));
	urne_head_close(&f->head);
	assert_ok(urne_head_open(&f->head, &f->d, board_folder_path(&f->f, "head.db")));
	assert_ok(get_head(f, &row, &there));
	assert_false(there);
}

/* --- the store --- */

static enum urne_err
ignore(void *ctx, const struct urne_entry_row *row)
{
	(void)ctx;
	(void)row;
	return URNE_OK;
}

static void
missing_entries_are_noticed(void **state)
{
	struct fixture *f = *state;
	uint64_t size = 0;

	assert_ok(urne_store_size(&f->store, &size, &f->d, f->log->id));
	assert_int_equal(size, 2);
	assert_err(urne_store_entries(&f->store, &f->d, f->log->id, 0, 3, ignore, NULL),
	    URNE_ERR_INTERNAL);
	change(f, "main.db", "DELETE FROM entry WHERE idx=0");
	assert_err(urne_store_size(&f->store, &size, &f->d, f->log->id), URNE_ERR_INTERNAL);
	assert_err(urne_store_entries(&f->store, &f->d, f->log->id, 0, 2, ignore, NULL),
	    URNE_ERR_INTERNAL);
	assert_non_null(strstr(f->d.text, "some are missing"));
}

static void
a_hash_of_another_length_is_damage(void **state)
{
	struct fixture *f = *state;
	struct urne_hash h;

	change(f, "main.db", "UPDATE entry SET leaf=zeroblob(31) WHERE idx=1");
	assert_err(urne_store_node(&f->store, &h, &f->d, f->log->id, 0, 1), URNE_ERR_INTERNAL);
	assert_non_null(strstr(f->d.text, "a hash in it has 31 bytes"));
	assert_err(urne_store_node(&f->store, &h, &f->d, f->log->id, 5, 0), URNE_ERR_INTERNAL);
	assert_non_null(strstr(f->d.text, "node 0 of level 5 is missing"));
}

static void
an_index_stands_once(void **state)
{
	struct fixture *f = *state;
	struct urne_entry_row row = {.index = 1, .type = URNE_EVENT_BALLOT, .event = VIEW("{}")};

	assert_ok(urne_store_begin(&f->store, &f->d));
	assert_err(urne_store_add_entry(&f->store, &f->d, f->log->id, &row), URNE_ERR_IO);
	assert_non_null(strstr(f->d.text, "UNIQUE constraint"));
}

static void
a_database_of_another_form_is_refused(void **state)
{
	static const struct {
		const char *statement;
		enum urne_err want;
		const char *says;
	} cases[] = {
	    {"PRAGMA user_version=0", URNE_ERR_UNSUPPORTED, "no database of a board"},
	    {"PRAGMA user_version=1", URNE_ERR_UNSUPPORTED, "or of another release"},
	    {"PRAGMA user_version=2; DROP TABLE node", URNE_ERR_IO, "no such table: node"},
	};
	struct fixture *f = *state;
	struct urne_store s;
	struct urne_sql *sql = NULL;
	const char *path = board_folder_path(&f->f, "main.db");

	close_parts(f);
	assert_ok(urne_sql_open(&sql, &f->d, path, URNE_SQL_WRITE));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_ok(urne_sql_exec(sql, &f->d, cases[i].statement));
		assert_err(urne_store_open(&s, &f->d, path, true), cases[i].want);
		assert_non_null(strstr(f->d.text, cases[i].says));
		assert_null(s.sql);
	}
	urne_sql_close(sql);
	assert_err(urne_store_create(&f->d, path), URNE_ERR_EXISTS);
	assert_err(urne_head_create(&f->d, path), URNE_ERR_EXISTS);
	assert_int_equal(unlink(path), 0);
	assert_err(urne_store_open(&s, &f->d, path, true), URNE_ERR_UNKNOWN);
	assert_err(urne_head_open(&f->head, &f->d, path), URNE_ERR_UNKNOWN);
}

static enum urne_err
count_drafted(void *ctx, struct urne_view election)
{
	*(uint64_t *)ctx += election.len > 0 ? 1 : 0;
	return URNE_OK;
}

static void
a_draft_is_its_last_text_and_counts_until_it_is_sealed(void **state)
{
	static const struct {
		const char *election, *part, *data;
	} steps[] = {
	    {"A", "ceremony/1/1", "first"},
	    {"A", "ceremony/1/1", "second"},
	    {"A", "ceremony/1/2", "other part"},
	    {"B", "ceremony/1/1", "other election"},
	    {"A", "setup", ""},
	};
	struct fixture *f = *state;
	uint64_t num = 0;

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct urne_view election = urne_view_of(steps[i].election);
		struct urne_view part = urne_view_of(steps[i].part);
		struct urne_buf out;
		uint64_t len = 0;
		bool there = false;

		assert_ok(urne_store_draft_length(&f->again, &len, &there, &f->d, election, part));
		assert_int_equal(there, i == 1);
		assert_ok(urne_store_begin(&f->store, &f->d));
		assert_ok(urne_store_put_draft(
		    &f->store, &f->d, election, part, urne_view_of(steps[i].data)));
		assert_ok(urne_store_commit(&f->store, &f->d));
		urne_buf_init(&out, 64);
		assert_ok(urne_store_draft(&f->again, &out, &there, &f->d, election, part));
		assert_true(there && urne_view_is(urne_buf_view(&out), steps[i].data));
		assert_ok(urne_store_draft_length(&f->again, &len, &there, &f->d, election, part));
		assert_true(there && len == out.len);
		urne_buf_clear(&out);
	}
	num = 0;
	assert_ok(urne_store_drafted(&f->again, &f->d, VIEW("A"), count_drafted, &num));
	assert_int_equal(num, 1);
	num = 0;
	assert_ok(urne_store_drafted(&f->again, &f->d, VIEW("C"), count_drafted, &num));
	assert_int_equal(num, 2);
	/* the election that is sealed counts no more */
	assert_ok(urne_store_begin(&f->store, &f->d));
	assert_ok(
	    urne_store_put_draft(&f->store, &f->d, VIEW(UUID), VIEW("setup"), VIEW("sealed")));
	assert_ok(urne_store_commit(&f->store, &f->d));
	num = 0;
	assert_ok(urne_store_drafted(&f->again, &f->d, VIEW("C"), count_drafted, &num));
	assert_int_equal(num, 2);
}

/* size_of: bytes of a file of the folder, -1 without it. */
static long
size_of(const struct fixture *f, const char *name)
{
	int fd = open(board_folder_path(&f->f, name), O_RDONLY);
	off_t size = fd >= 0 ? lseek(fd, 0, SEEK_END) : -1;

	if (fd >= 0) {
		(void)close(fd);
	}
	return (long)size;
}

static void
opening_and_closing_leaves_wal_and_database_apart(void **state)
{
	struct fixture *f = *state;
	uint64_t size = 0;
	long wal = size_of(f, "main.db-wal"), database = size_of(f, "main.db");

	assert_true(wal > 0);
	/* as after a kill: closed without the right to move the WAL */
	urne_store_close(&f->again);
	for (int writing = 0; writing < 2; writing++) {
		assert_ok(urne_store_open(
		    &f->again, &f->d, board_folder_path(&f->f, "main.db"), writing == 1));
		assert_ok(urne_store_size(&f->again, &size, &f->d, f->log->id));
		assert_int_equal(size, 2);
		if (writing == 0) {
			urne_store_close(&f->again);
		}
	}
	urne_store_close(&f->store);
	urne_store_close(&f->again);
	assert_int_equal(size_of(f, "main.db-wal"), wal);
	assert_int_equal(size_of(f, "main.db"), database);
	assert_ok(urne_store_open(&f->store, &f->d, board_folder_path(&f->f, "main.db"), true));
	assert_ok(urne_store_use_wal(&f->store, &f->d));
	assert_ok(urne_store_size(&f->store, &size, &f->d, f->log->id));
	urne_store_close(&f->store);
	assert_int_equal(size_of(f, "main.db-wal"), -1);
	assert_true(size_of(f, "main.db") > database);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(what_is_signed_is_the_head_and_a_checkpoint_of_the_key),
	    TEST(a_row_that_comes_back_otherwise_is_never_signed),
	    TEST(a_tree_in_memory_that_is_not_that_of_the_rows_is_never_signed),
	    TEST(what_is_not_committed_is_not_signed),
	    TEST(a_head_that_somebody_else_has_changed_is_not_replaced),
	    TEST(a_first_head_does_not_replace_one_that_is_there),
	    TEST(a_swap_without_commit_is_none),
	    TEST(missing_entries_are_noticed),
	    TEST(a_hash_of_another_length_is_damage),
	    TEST(an_index_stands_once),
	    TEST(a_database_of_another_form_is_refused),
	    TEST(a_draft_is_its_last_text_and_counts_until_it_is_sealed),
	    TEST(opening_and_closing_leaves_wal_and_database_apart),
	};

	return cmocka_run_group_tests_name("board_store", tests, NULL, NULL);
}
