/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading the files below a folder: all of them, nothing else, and no link. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/tree.h"

static char folder[64];

/* at writes the path of NAME below the folder of the test. */
static const char *
at(const char *name)
{
	static char path[256];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static void
put(const char *name, const char *text)
{
	FILE *f = fopen(at(name), "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
}

static int
begin(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof(folder), "/tmp/urne-tree-XXXXXX");
	assert_non_null(mkdtemp(folder));
	assert_int_equal(mkdir(at("a"), 0755), 0);
	assert_int_equal(mkdir(at("a/b"), 0755), 0);
	assert_int_equal(mkdir(at(".git"), 0755), 0);
	put("one", "1");
	put("a/b/two", "22");
	put("a/empty", "");
	put("a/.swp", "x");
	put(".git/config", "x");
	return 0;
}

static int
end(void **state)
{
	static const char *const names[] = {
	    "one", "a/b/two", "a/empty", "a/.swp", ".git/config", "link", "a/b", "a", ".git"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		(void)remove(at(names[i]));
	}
	return rmdir(folder);
}

static const struct urne_tree_file *
find(const struct urne_tree *t, const char *path)
{
	for (size_t i = 0; i < t->num; i++) {
		if (urne_view_is(t->files[i].path, path)) {
			return &t->files[i];
		}
	}
	fail_msg("no %s", path);
	return NULL;
}

static void
every_file_is_read_but_what_begins_with_a_dot(void **state)
{
	struct urne_diag d = {{0}};
	struct urne_tree t;

	(void)state;
	assert_ok(urne_tree_read(&t, &d, folder, 3, 3));
	assert_int_equal(t.num, 3);
	assert_string_equal(find(&t, "one")->text.p, "1");
	assert_string_equal(find(&t, "a/b/two")->text.p, "22");
	assert_int_equal(find(&t, "a/empty")->text.len, 0);
	urne_tree_clear(&t);
}

static void
too_many_files_or_bytes_are_refused(void **state)
{
	struct urne_diag d = {{0}};
	struct urne_tree t;

	(void)state;
	assert_err(urne_tree_read(&t, &d, folder, 2, 3), URNE_ERR_LIMIT);
	assert_int_equal(t.num, 0);
	assert_err(urne_tree_read(&t, &d, folder, 3, 2), URNE_ERR_LIMIT);
	assert_int_equal(t.num, 0);
}

static void
a_link_inside_is_refused_and_the_folder_may_be_one(void **state)
{
	struct urne_diag d = {{0}};
	struct urne_tree t;
	char link[96];

	(void)state;
	(void)snprintf(link, sizeof(link), "%s-link", folder);
	assert_int_equal(symlink(folder, link), 0);
	assert_ok(urne_tree_read(&t, &d, link, 3, 3));
	assert_string_equal(find(&t, "a/b/two")->text.p, "22");
	urne_tree_clear(&t);
	assert_int_equal(unlink(link), 0);
	assert_int_equal(symlink("/etc/passwd", at("link")), 0);
	assert_err(urne_tree_read(&t, &d, folder, 9, 9), URNE_ERR_UNSUPPORTED);
	assert_non_null(strstr(d.text, "/link: is a link or a device"));
	assert_int_equal(unlink(at("link")), 0);
}

static void
what_is_no_folder_is_refused(void **state)
{
	struct urne_diag d = {{0}};
	struct urne_tree t;

	(void)state;
	assert_err(urne_tree_read(&t, &d, at("one"), 9, 9), URNE_ERR_IO);
	assert_non_null(strstr(d.text, "/one: is a file, no folder"));
	assert_err(urne_tree_read(&t, &d, at("nowhere"), 9, 9), URNE_ERR_IO);
	assert_non_null(strstr(d.text, "/nowhere: No such file"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_file_is_read_but_what_begins_with_a_dot),
	    cmocka_unit_test(too_many_files_or_bytes_are_refused),
	    cmocka_unit_test(a_link_inside_is_refused_and_the_folder_may_be_one),
	    cmocka_unit_test(what_is_no_folder_is_refused),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
