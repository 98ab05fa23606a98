/* SPDX-License-Identifier: EUPL-1.2 */
/* Files appear whole, are never overwritten, and are read with a cap. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* Each test works in a folder of its own, which is the state. */
static int
setup(void **state)
{
	const char *tmp = getenv("TMPDIR");
	struct urne_buf path;

	urne_buf_init(&path, 4096);
	if (urne_path_join(&path, tmp != NULL ? tmp : "/tmp", "urne-test-XXXXXX") != URNE_OK ||
	    mkdtemp(path.data) == NULL) {
		urne_buf_clear(&path);
		return -1;
	}
	(void)umask(022);
	*state = path.data; /* teardown frees it */
	return 0;
}

static size_t
num_entries(const char *dir)
{
	DIR *d = opendir(dir);
	size_t num = 0;

	assert_non_null(d);
	while (readdir(d) != NULL) {
		num++;
	}
	(void)closedir(d);
	return num - 2;
}

static int
teardown(void **state)
{
	static const char *const names[] = {"f", "g", "l", "p", "d/x", "d", "dl"};
	struct urne_buf path;
	int r;

	urne_buf_init(&path, 4096);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (urne_path_join(&path, *state, names[i]) == URNE_OK) {
			(void)remove(path.data);
		}
	}
	urne_buf_clear(&path);
	/* fails when a temporary file was left behind */
	r = rmdir(*state);
	free(*state);
	return r;
}

static const char *
in_dir(struct urne_buf *path, void **state, const char *name)
{
	urne_buf_init(path, 4096);
	assert_int_equal(urne_path_join(path, *state, name), URNE_OK);
	return path->data;
}

static void
file_is_created_and_read_back(void **state)
{
	static const size_t lens[] = {0, 1, 63, 64, 65, 65536, 300000};
	struct urne_buf path, in, out;
	const char *f = in_dir(&path, state, "f");

	for (size_t i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		urne_buf_init(&in, 300000);
		urne_buf_init(&out, lens[i]);
		for (size_t j = 0; j < lens[i]; j++) {
			urne_buf_putc(&in, (char)(j * 7 % 251));
		}
		assert_int_equal(
		    urne_file_create(NULL, f, URNE_FILE_PUBLIC, urne_buf_view(&in)), URNE_OK);
		assert_true(urne_file_exists(f));
		assert_int_equal(num_entries(*state), 1);
		/* the cap is exactly the length */
		assert_int_equal(urne_file_read(&out, NULL, f), URNE_OK);
		assert_true(urne_view_eq(urne_buf_view(&in), urne_buf_view(&out)));
		urne_buf_clear(&in);
		urne_buf_clear(&out);
		assert_int_equal(unlink(f), 0);
	}
	urne_buf_clear(&path);
}

static void
file_read_refuses_one_byte_above_the_cap_and_appends_nothing(void **state)
{
	struct urne_buf path, out;
	struct urne_diag d = {{0}};
	const char *f = in_dir(&path, state, "f");

	assert_int_equal(
	    urne_file_create(NULL, f, URNE_FILE_PUBLIC, urne_view_of("12345")), URNE_OK);
	urne_buf_init(&out, 6);
	urne_buf_puts(&out, "ab");
	assert_int_equal(urne_file_read(&out, &d, f), URNE_ERR_LIMIT);
	assert_non_null(strstr(d.text, f));
	assert_int_equal(out.len, 2);
	urne_buf_clear(&out);
	urne_buf_init(&out, 7);
	urne_buf_puts(&out, "ab");
	assert_int_equal(urne_file_read(&out, &d, f), URNE_OK);
	assert_true(urne_view_is(urne_buf_view(&out), "ab12345"));
	urne_buf_clear(&out);
	urne_buf_clear(&path);
}

static void
file_read_refuses_a_folder_and_a_missing_file(void **state)
{
	struct urne_buf path, out;
	struct urne_diag d = {{0}};
	const char *f = in_dir(&path, state, "f");

	urne_buf_init(&out, 100);
	assert_int_equal(urne_file_read(&out, &d, *state), URNE_ERR_IO);
	assert_non_null(strstr(d.text, "is a folder"));
	assert_int_equal(urne_file_read(&out, &d, f), URNE_ERR_IO);
	assert_non_null(strstr(d.text, f));
	urne_buf_clear(&out);
	urne_buf_clear(&path);
}

#define PIPE_LEN 200000

static void *
feed_pipe(void *arg)
{
	FILE *p = fopen(arg, "w");

	for (int i = 0; p != NULL && i < PIPE_LEN; i++) {
		(void)fputc('x', p);
	}
	if (p != NULL) {
		(void)fclose(p);
	}
	return NULL;
}

static void
file_read_reads_a_pipe_to_its_end(void **state)
{
	struct urne_buf path, out;
	pthread_t feeder;

	(void)in_dir(&path, state, "p");
	assert_int_equal(mkfifo(path.data, 0600), 0);
	assert_int_equal(pthread_create(&feeder, NULL, feed_pipe, path.data), 0);
	urne_buf_init(&out, PIPE_LEN);
	assert_int_equal(urne_file_read(&out, NULL, path.data), URNE_OK);
	assert_int_equal(pthread_join(feeder, NULL), 0);
	assert_int_equal(out.len, PIPE_LEN);
	urne_buf_clear(&out);
	urne_buf_clear(&path);
}

static void
file_create_never_overwrites(void **state)
{
	struct urne_buf path, out;
	struct urne_diag d = {{0}};
	const char *f = in_dir(&path, state, "f");

	urne_buf_init(&out, 100);
	assert_int_equal(urne_file_create(&d, f, URNE_FILE_PUBLIC, urne_view_of("1")), URNE_OK);
	assert_int_equal(
	    urne_file_create(&d, f, URNE_FILE_PUBLIC, urne_view_of("2")), URNE_ERR_EXISTS);
	assert_non_null(strstr(d.text, "exists already"));
	assert_int_equal(urne_file_read(&out, &d, f), URNE_OK);
	assert_true(urne_view_is(urne_buf_view(&out), "1"));
	assert_int_equal(num_entries(*state), 1);
	urne_buf_clear(&out);
	urne_buf_clear(&path);
}

static void
file_create_does_not_follow_a_dangling_link(void **state)
{
	struct urne_buf link_path, target;
	const char *l = in_dir(&link_path, state, "l");
	const char *g = in_dir(&target, state, "g");

	assert_int_equal(symlink(g, l), 0);
	assert_true(urne_file_exists(l));
	assert_int_equal(
	    urne_file_create(NULL, l, URNE_FILE_SECRET, urne_view_of("1")), URNE_ERR_EXISTS);
	assert_false(urne_file_exists(g));
	urne_buf_clear(&link_path);
	urne_buf_clear(&target);
}

static void
file_secret_is_for_its_owner_alone(void **state)
{
	struct urne_buf fp, gp;
	const char *f = in_dir(&fp, state, "f");
	const char *g = in_dir(&gp, state, "g");
	struct stat st;

	assert_int_equal(urne_file_create(NULL, f, URNE_FILE_SECRET, urne_view_of("1")), URNE_OK);
	assert_int_equal(urne_file_create(NULL, g, URNE_FILE_PUBLIC, urne_view_of("1")), URNE_OK);
	assert_int_equal(stat(f, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat(g, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);
	assert_false(urne_file_others_can_read(f));
	assert_true(urne_file_others_can_read(g));
	urne_buf_clear(&fp);
	urne_buf_clear(&gp);
}

static void
file_create_refuses_names_that_are_no_files(void **state)
{
	static const char *const names[] = {"d/", ".", "..", ""};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct urne_buf path;
		const char *p = in_dir(&path, state, names[i]);

		assert_int_equal(
		    urne_file_create(NULL, p, URNE_FILE_PUBLIC, urne_view_of("")), URNE_ERR_USAGE);
		urne_buf_clear(&path);
	}
	assert_int_equal(
	    urne_file_create(NULL, "", URNE_FILE_PUBLIC, urne_view_of("")), URNE_ERR_USAGE);
	assert_int_equal(
	    urne_file_create(NULL, "/nowhere/f", URNE_FILE_PUBLIC, urne_view_of("")), URNE_ERR_IO);
}

static void
dir_is_made_or_accepted_when_empty_and_refused_otherwise(void **state)
{
	struct urne_buf dp, xp, lp;
	const char *d = in_dir(&dp, state, "d/");
	const char *x = in_dir(&xp, state, "d/x");
	const char *l = in_dir(&lp, state, "dl");
	struct stat st;

	assert_int_equal(urne_dir_create(NULL, d, URNE_FILE_SECRET), URNE_OK);
	assert_int_equal(stat(d, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(urne_dir_create(NULL, d, URNE_FILE_SECRET), URNE_OK);
	assert_int_equal(urne_file_create(NULL, x, URNE_FILE_PUBLIC, urne_view_of("")), URNE_OK);
	assert_int_equal(urne_dir_create(NULL, d, URNE_FILE_SECRET), URNE_ERR_EXISTS);
	assert_int_equal(urne_dir_create(NULL, x, URNE_FILE_SECRET), URNE_ERR_EXISTS);
	/* a link is refused even when it leads to an empty folder */
	assert_int_equal(unlink(x), 0);
	assert_int_equal(symlink(d, l), 0);
	assert_int_equal(urne_dir_create(NULL, l, URNE_FILE_PUBLIC), URNE_ERR_EXISTS);
	assert_int_equal(urne_dir_create(NULL, "/nowhere/d", URNE_FILE_PUBLIC), URNE_ERR_IO);
	urne_buf_clear(&dp);
	urne_buf_clear(&xp);
	urne_buf_clear(&lp);
}

static void
path_join_puts_one_slash(void **state)
{
	struct urne_buf b;

	(void)state;
	urne_buf_init(&b, 3);
	assert_int_equal(urne_path_join(&b, "d", "n"), URNE_OK);
	assert_string_equal(b.data, "d/n");
	assert_int_equal(b.len, 3);
	assert_int_equal(urne_path_join(&b, "d/", "n"), URNE_OK);
	assert_string_equal(b.data, "d/n");
	assert_int_equal(urne_path_join(&b, "/", "n"), URNE_OK);
	assert_string_equal(b.data, "/n");
	assert_int_equal(urne_path_join(&b, "", "n"), URNE_OK);
	assert_string_equal(b.data, "n");
	assert_int_equal(urne_path_join(&b, "dd", "n"), URNE_ERR_LIMIT);
	urne_buf_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	    T(file_is_created_and_read_back),
	    T(file_read_refuses_one_byte_above_the_cap_and_appends_nothing),
	    T(file_read_refuses_a_folder_and_a_missing_file),
	    T(file_read_reads_a_pipe_to_its_end),
	    T(file_create_never_overwrites),
	    T(file_create_does_not_follow_a_dangling_link),
	    T(file_secret_is_for_its_owner_alone),
	    T(file_create_refuses_names_that_are_no_files),
	    T(dir_is_made_or_accepted_when_empty_and_refused_otherwise),
	    T(path_join_puts_one_slash),
#undef T
	};

	return cmocka_run_group_tests_name("base_file", tests, NULL, NULL);
}
