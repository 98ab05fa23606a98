/* SPDX-License-Identifier: EUPL-1.2 */
/* The operator's log: every line is one JSON object, whatever is put into it. */
#include "tests/unit/support/check.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/oplog.h"

static int saved = -1, reader = -1;

/* Standard error goes into a pipe while a test runs. */
static int
catch_stderr(void **state)
{
	int fd[2];

	saved = dup(STDERR_FILENO);
	if (saved < 0 || pipe(fd) != 0 || dup2(fd[1], STDERR_FILENO) < 0) {
		return -1;
	}
	reader = fd[0];
	return close(fd[1]);
}

/* release gives it back; what was written is in `out`. */
static void
release(struct urne_buf *out)
{
	char piece[4096];
	ssize_t n;

	urne_buf_init(out, 1 << 20);
	(void)dup2(saved, STDERR_FILENO);
	(void)close(saved);
	while ((n = read(reader, piece, sizeof(piece))) > 0) {
		urne_buf_put(out, piece, (size_t)n);
	}
	(void)close(reader);
}

static const struct urne_json *
parse_line(struct urne_arena *arena, struct urne_buf *text)
{
	const struct urne_json *root = NULL;
	struct urne_diag d = {{0}};

	assert_true(text->len > 0 && text->data[text->len - 1] == '\n');
	if (urne_json_parse(&root, arena, &d, urne_buf_view(text)) != URNE_OK) {
		fail_msg("%s: %.*s", d.text, (int)text->len, text->data);
	}
	return root;
}

static void
a_line_is_one_object_with_its_fields(void **state)
{
	struct urne_oplog l;
	struct urne_buf text;
	struct urne_arena arena;
	const struct urne_json *root;

	urne_arena_init(&arena, 1 << 20);
	urne_oplog_begin(&l, URNE_OPLOG_WARNING, "odd \"name\"");
	urne_oplog_u64(&l, "n", UINT64_MAX);
	urne_oplog_string(&l, "s", "line\nend \x1b[2J");
	urne_oplog_end(&l);
	release(&text);
	root = parse_line(&arena, &text);
	assert_int_equal(root->num_children, 5);
	assert_int_equal(urne_json_get(root, "time")->text.len, strlen("2026-11-26T10:00:00.123Z"));
	assert_true(urne_view_is(urne_json_get(root, "level")->text, "warning"));
	assert_true(urne_view_is(urne_json_get(root, "event")->text, "odd \"name\""));
	assert_true(urne_view_is(urne_json_get(root, "n")->text, "18446744073709551615"));
	assert_true(urne_view_is(urne_json_get(root, "s")->text, "line\nend \x1b[2J"));
	assert_true(memchr(text.data, 0x1b, text.len) == NULL);
	urne_arena_clear(&arena);
	urne_buf_clear(&text);
}

static void
a_line_that_is_too_long_says_so_and_is_still_an_object(void **state)
{
	struct urne_oplog l;
	struct urne_buf text;
	struct urne_arena arena;
	const struct urne_json *root;
	char long_text[sizeof(l.room)];

	memset(long_text, '"', sizeof(long_text));
	urne_arena_init(&arena, 1 << 20);
	urne_oplog_begin(&l, URNE_OPLOG_ERROR, "x");
	urne_oplog_view(&l, "fits", (struct urne_view){long_text, 1900});
	urne_oplog_view(&l, "does_not", (struct urne_view){long_text, sizeof(long_text)});
	urne_oplog_u64(&l, "nor_what_follows", 1);
	urne_oplog_end(&l);
	release(&text);
	root = parse_line(&arena, &text);
	assert_int_equal(urne_json_get(root, "fits")->text.len, 1900);
	assert_true(urne_json_get(root, "cut")->boolean);
	assert_int_equal(root->num_children, 5);
	urne_arena_clear(&arena);
	urne_buf_clear(&text);
}

#define NUM_THREADS 4
#define NUM_LINES   20

static void *
write_lines(void *arg)
{
	for (int i = 0; i < NUM_LINES; i++) {
		struct urne_oplog l;

		urne_oplog_begin(&l, URNE_OPLOG_INFO, "line");
		urne_oplog_string(&l, "by", arg);
		urne_oplog_end(&l);
	}
	return NULL;
}

static void
lines_of_several_threads_do_not_mix(void **state)
{
	static char names[NUM_THREADS][8] = {"aaaa", "bbbb", "cccc", "dddd"};
	pthread_t threads[NUM_THREADS];
	struct urne_buf text;
	size_t num = 0;

	for (size_t i = 0; i < NUM_THREADS; i++) {
		assert_int_equal(pthread_create(&threads[i], NULL, write_lines, names[i]), 0);
	}
	for (size_t i = 0; i < NUM_THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	}
	release(&text);
	for (size_t at = 0; at < text.len; num++) {
		const char *end = memchr(text.data + at, '\n', text.len - at);

		assert_non_null(end);
		assert_int_equal(end - text.data - (ssize_t)at,
		    strlen("{\"time\":\"2026-11-26T10:00:00.123Z\",\"level\":\"info\","
			   "\"event\":\"line\",\"by\":\"aaaa\"}"));
		at = (size_t)(end - text.data) + 1;
	}
	assert_int_equal(num, NUM_THREADS * NUM_LINES);
	urne_buf_clear(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(a_line_is_one_object_with_its_fields, catch_stderr),
	    cmocka_unit_test_setup(
		a_line_that_is_too_long_says_so_and_is_still_an_object, catch_stderr),
	    cmocka_unit_test_setup(lines_of_several_threads_do_not_mix, catch_stderr),
	};
	return cmocka_run_group_tests_name("oplog", tests, NULL, NULL);
}
