/* SPDX-License-Identifier: EUPL-1.2 */
/* Parts of the board's writing side, each by itself: files that get their places together, the
 * queue between threads, how often one credential may vote. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "bulletin/server/placing.h"
#include "bulletin/server/queue.h"
#include "bulletin/server/rate.h"
#include "tests/unit/support/board_folder.h"
#include "tests/unit/support/check.h"

/* --- placing --- */

struct fixture {
	struct board_folder f;
	struct urne_placer p;
	struct urne_diag d;
};

static int
set_up(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	board_folder_make(&f.f);
	assert_ok(urne_placer_open(&f.p, &f.d, f.f.dir, false));
	*state = &f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	urne_placer_close(&f->p);
	board_folder_remove(&f->f);
	return 0;
}

/* content reads a published file; NULL when there is none. */
static const char *
content(const struct fixture *f, const char *name)
{
	static char text[256];
	char path[256];
	ssize_t n;
	int fd;

	(void)snprintf(path, sizeof(path), "%s/public/bb/%s", f->f.dir, name);
	fd = open(path, O_RDONLY);
	if (fd < 0) {
		return NULL;
	}
	n = read(fd, text, sizeof(text) - 1);
	(void)close(fd);
	assert_true(n >= 0);
	text[n] = '\0';
	return text;
}

static size_t
num_in_tmp(const struct fixture *f)
{
	DIR *dir = opendir(board_folder_path(&f->f, "tmp"));
	const struct dirent *entry;
	size_t num = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		num += entry->d_name[0] != '.' ? 1 : 0;
	}
	(void)closedir(dir);
	return num;
}

static void
nothing_has_its_name_before_all_have(void **state)
{
	struct fixture *f = *state;

	assert_ok(urne_place(&f->p, &f->d, "e/a/one", URNE_PLACE_ONCE, VIEW("1")));
	assert_ok(urne_place(&f->p, &f->d, "e/last", URNE_PLACE_LAST, VIEW("2")));
	assert_null(content(f, "e/a/one"));
	assert_null(content(f, "e/last"));
	assert_int_equal(num_in_tmp(f), 2);
	assert_ok(urne_place_all(&f->p, &f->d));
	assert_string_equal(content(f, "e/a/one"), "1");
	assert_string_equal(content(f, "e/last"), "2");
	assert_int_equal(num_in_tmp(f), 0);
}

static void
what_comes_last_waits_for_the_others(void **state)
{
	struct fixture *f = *state;

	/* a folder in the place of a file that comes second fails its rename */
	assert_int_equal(mkdir(board_folder_path(&f->f, "public/bb/file"), 0755), 0);
	assert_int_equal(mkdir(board_folder_path(&f->f, "public/bb/file/x"), 0755), 0);
	assert_ok(urne_place(&f->p, &f->d, "last", URNE_PLACE_LAST, VIEW("2")));
	assert_ok(urne_place(&f->p, &f->d, "file", URNE_PLACE_REPLACE, VIEW("1")));
	assert_err(urne_place_all(&f->p, &f->d), URNE_ERR_IO);
	assert_non_null(strstr(f->d.text, "public/bb/file"));
	assert_null(content(f, "last"));
}

static void
a_file_that_never_changes_is_refused_with_other_bytes(void **state)
{
	static const struct {
		struct urne_view bytes;
		enum urne_err want;
	} cases[] = {
	    {{"same", 4}, URNE_OK},
	    {{"samE", 4}, URNE_ERR_MISMATCH},
	    {{"sam", 3}, URNE_ERR_MISMATCH},
	    {{"same!", 5}, URNE_ERR_MISMATCH},
	    {{"", 0}, URNE_ERR_MISMATCH},
	};
	struct fixture *f = *state;

	assert_ok(urne_place(&f->p, &f->d, "e/once", URNE_PLACE_ONCE, VIEW("same")));
	assert_ok(urne_place_all(&f->p, &f->d));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_err(urne_place(&f->p, &f->d, "e/once", URNE_PLACE_ONCE, cases[i].bytes),
		    cases[i].want);
	}
	assert_int_equal(num_in_tmp(f), 0);
	assert_non_null(strstr(f->d.text, "public/bb/e/once"));
	assert_ok(urne_place(&f->p, &f->d, "e/once", URNE_PLACE_REPLACE, VIEW("other")));
	assert_ok(urne_place_all(&f->p, &f->d));
	assert_string_equal(content(f, "e/once"), "other");
}

static void
a_growing_file_takes_what_continues_it_and_nothing_else(void **state)
{
	static const struct {
		uint64_t offset;
		struct urne_view bytes;
		enum urne_err want;
		const char *then;
	} cases[] = {
	    {0, {"abc", 3}, URNE_OK, "abc"},
	    {3, {"def", 3}, URNE_OK, "abcdef"},
	    {3, {"def", 3}, URNE_OK, "abcdef"},		   /* the same again */
	    {2, {"cdefgh", 6}, URNE_OK, "abcdefgh"},	   /* some of it again */
	    {9, {"x", 1}, URNE_ERR_MISMATCH, "abcdefgh"},  /* a gap */
	    {6, {"gX", 2}, URNE_ERR_MISMATCH, "abcdefgh"}, /* other bytes */
	    {6, {"gXi", 3}, URNE_ERR_MISMATCH, "abcdefgh"},
	    {8, {"", 0}, URNE_OK, "abcdefgh"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_err(
		    urne_place_append(&f->p, &f->d, "e/grows", cases[i].offset, cases[i].bytes),
		    cases[i].want);
		assert_string_equal(content(f, "e/grows"), cases[i].then);
	}
	assert_ok(urne_place_cut(&f->p, &f->d, "e/grows", 5));
	assert_string_equal(content(f, "e/grows"), "abcde");
	assert_ok(urne_place_cut(&f->p, &f->d, "e/nothing", 5));
	assert_null(content(f, "e/nothing"));
}

static void
comparing_writes_nothing(void **state)
{
	struct fixture *f = *state;
	struct urne_placer c;

	assert_ok(urne_place(&f->p, &f->d, "e/once", URNE_PLACE_ONCE, VIEW("same")));
	assert_ok(urne_place_append(&f->p, &f->d, "e/grows", 0, VIEW("abc")));
	assert_ok(urne_place_all(&f->p, &f->d));
	assert_ok(urne_placer_open(&c, &f->d, f->f.dir, true));
	assert_ok(urne_place(&c, &f->d, "e/once", URNE_PLACE_REPLACE, VIEW("same")));
	assert_ok(urne_place_append(&c, &f->d, "e/grows", 1, VIEW("bc")));
	assert_err(
	    urne_place(&c, &f->d, "e/once", URNE_PLACE_REPLACE, VIEW("new!")), URNE_ERR_MISMATCH);
	assert_err(urne_place(&c, &f->d, "e/more", URNE_PLACE_LAST, VIEW("x")), URNE_ERR_MISMATCH);
	assert_err(urne_place_append(&c, &f->d, "e/grows", 1, VIEW("bcd")), URNE_ERR_MISMATCH);
	assert_ok(urne_place_all(&c, &f->d));
	urne_placer_close(&c);
	assert_string_equal(content(f, "e/once"), "same");
	assert_string_equal(content(f, "e/grows"), "abc");
	assert_null(content(f, "e/more"));
}

static void
nothing_is_written_through_a_link(void **state)
{
	struct fixture *f = *state;
	char target[256];

	(void)snprintf(target, sizeof(target), "%s", board_folder_path(&f->f, "board.json"));
	assert_int_equal(symlink(target, board_folder_path(&f->f, "public/bb/link")), 0);
	assert_err(urne_place_append(&f->p, &f->d, "link", 0, VIEW("x")), URNE_ERR_IO);
	assert_err(urne_place(&f->p, &f->d, "link", URNE_PLACE_ONCE, VIEW("x")), URNE_ERR_IO);
}

static void
leftovers_go_when_asked_and_not_before(void **state)
{
	struct fixture *f = *state;
	struct urne_placer again;

	assert_ok(urne_place(&f->p, &f->d, "e/once", URNE_PLACE_ONCE, VIEW("half")));
	assert_ok(urne_placer_open(&again, &f->d, f->f.dir, false));
	assert_int_equal(num_in_tmp(f), 1);
	assert_ok(urne_placer_tidy(&again, &f->d));
	assert_int_equal(num_in_tmp(f), 0);
	urne_placer_close(&again);
}

/* --- the queue --- */

static bool
alone(const struct urne_submission *first, size_t num, const struct urne_submission *next)
{
	(void)first;
	(void)num;
	(void)next;
	return false;
}

/* Of the same parity, three at most. */
static bool
alike(const struct urne_submission *first, size_t num, const struct urne_submission *next)
{
	return first->height % 2 == next->height % 2 && num < 3;
}

/* assert_list: the submissions of a list, by their numbers. */
static void
assert_list(const struct urne_submission *list, const char *numbers)
{
	for (; *numbers != '\0'; numbers++, list = list->next) {
		assert_non_null(list);
		assert_int_equal(list->height, *numbers - '0');
	}
	assert_null(list);
}

static void
what_is_taken_together_are_those_that_join_and_a_share_of_what_waits(void **state)
{
	struct urne_submission s[10] = {{.next = NULL}};
	struct urne_queue q;

	assert_ok(urne_queue_init(&q));
	for (size_t i = 0; i < 10; i++) {
		s[i].height = i;
		urne_queue_push(&q, &s[i]);
	}
	assert_list(urne_queue_take(&q, 1, alike), "024"); /* no more than alike() says */
	assert_list(urne_queue_take(&q, 3, alike), "135"); /* 7 wait: a third is 3 */
	assert_list(urne_queue_take(&q, 2, alike), "68");  /* 4 wait: the half is 2 */
	assert_list(urne_queue_take(&q, 8, alike), "7");
	urne_queue_push(&q, &s[1]); /* behind the last, whose place was kept */
	urne_queue_push(&q, &s[2]);
	assert_list(urne_queue_take(&q, 1, alike), "91");
	urne_queue_push(&q, &s[4]);
	assert_list(urne_queue_take(&q, 1, alike), "24");
	urne_queue_push(&q, &s[3]); /* what joined was the last: the end is where it was */
	assert_list(urne_queue_take(&q, 1, alike), "3");
	urne_queue_close(&q);
	assert_null(urne_queue_take(&q, 1, alike));
	urne_queue_clear(&q);
}

static void
a_queue_keeps_the_order_and_gathers_so_many(void **state)
{
	struct urne_submission s[5] = {{.next = NULL}}, *list;
	struct urne_queue q;

	assert_ok(urne_queue_init(&q));
	for (size_t i = 0; i < 5; i++) {
		s[i].height = i;
		urne_queue_push(&q, &s[i]);
	}
	assert_ptr_equal(urne_queue_take(&q, 1, alone), &s[0]);
	assert_null(s[0].next);
	list = urne_queue_gather(&q, 60000, 3); /* three are there: it waits for no more */
	for (size_t i = 1; i <= 3; i++, list = list->next) {
		assert_ptr_equal(list, &s[i]);
	}
	assert_null(list);
	list = urne_queue_gather(&q, 1, 3); /* after a while it takes what there is */
	assert_ptr_equal(list, &s[4]);
	assert_null(list->next);
	urne_queue_push(&q, &s[0]);
	urne_queue_close(&q);
	list = urne_queue_gather(&q, 60000, 3); /* a closed queue gives what it has, then the end */
	assert_ptr_equal(list, &s[0]);
	assert_null(urne_queue_gather(&q, 60000, 3));
	assert_null(urne_queue_take(&q, 1, alone));
	urne_queue_clear(&q);
}

static void *
push_and_close(void *ctx)
{
	static struct urne_submission s;
	struct urne_queue *q = ctx;

	(void)usleep(20000);
	urne_queue_push(q, &s);
	(void)usleep(20000);
	urne_queue_close(q);
	return NULL;
}

static void
who_waits_for_a_queue_is_woken(void **state)
{
	struct urne_queue q;
	pthread_t thread;

	assert_ok(urne_queue_init(&q));
	assert_int_equal(pthread_create(&thread, NULL, push_and_close, &q), 0);
	assert_non_null(urne_queue_gather(&q, 60000, 2)); /* closing ends the wait for a second */
	assert_null(urne_queue_take(&q, 1, alone));
	assert_int_equal(pthread_join(thread, NULL), 0);
	urne_queue_clear(&q);
}

/* --- the rate --- */

static void
a_credential_votes_so_often_in_a_minute(void **state)
{
	static struct urne_rate r;
	unsigned retry_after = 1;

	for (int i = 0; i < URNE_MAX_BALLOTS_PER_MINUTE; i++) {
		assert_true(urne_rate_take(&r, &retry_after, 1, 7, 6000 + i));
		assert_int_equal(retry_after, 0);
	}
	assert_false(urne_rate_take(&r, &retry_after, 1, 7, 6050));
	assert_int_equal(retry_after, 10);
	assert_false(urne_rate_take(&r, &retry_after, 1, 7, 6059));
	assert_int_equal(retry_after, 1);
	/* another member, and the same one of another log, are not concerned */
	assert_true(urne_rate_take(&r, &retry_after, 1, 8, 6059));
	assert_true(urne_rate_take(&r, &retry_after, 2, 7, 6059));
	assert_false(urne_rate_take(&r, &retry_after, 1, 7, 6059));
	assert_true(urne_rate_take(&r, &retry_after, 1, 7, 6060));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(nothing_has_its_name_before_all_have),
	    TEST(what_comes_last_waits_for_the_others),
	    TEST(a_file_that_never_changes_is_refused_with_other_bytes),
	    TEST(a_growing_file_takes_what_continues_it_and_nothing_else),
	    TEST(comparing_writes_nothing),
	    TEST(nothing_is_written_through_a_link),
	    TEST(leftovers_go_when_asked_and_not_before),
	    cmocka_unit_test(a_queue_keeps_the_order_and_gathers_so_many),
	    cmocka_unit_test(what_is_taken_together_are_those_that_join_and_a_share_of_what_waits),
	    cmocka_unit_test(who_waits_for_a_queue_is_woken),
	    cmocka_unit_test(a_credential_votes_so_often_in_a_minute),
	};

	return cmocka_run_group_tests_name("board_placing", tests, NULL, NULL);
}
