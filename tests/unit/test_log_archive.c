/* SPDX-License-Identifier: EUPL-1.2 */
/* An archive is read only when every byte is the one that the writer puts there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"
#include "bulletin/log/archive.h"

#define BLOCK ((size_t)512)
#define TIME  ((uint64_t)1795403491)

static char path[64];
static char folder[] = "/tmp/urne-archive-XXXXXX";

static int
group_setup(void **state)
{
	if (mkdtemp(folder) == NULL) {
		return -1;
	}
	return snprintf(path, sizeof(path), "%s/a.bel", folder) > 0 ? 0 : -1;
}

static int
group_teardown(void **state)
{
	(void)unlink(path);
	return rmdir(folder);
}

static void
write_file(const char *p, size_t len)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

/* make_archive: first record, data {"a":1}, event {"b":2}. */
static void
make_archive(struct urne_buf *b)
{
	struct urne_hash h;

	urne_buf_init(b, (size_t)1 << 24);
	urne_record_put_header(b, TIME);
	urne_record_put(b, &h, URNE_RECORD_DATA, urne_view_of("{\"a\":1}"), TIME);
	urne_record_put(b, &h, URNE_RECORD_EVENT, urne_view_of("{\"b\":2}"), TIME);
	assert_int_equal(urne_buf_error(b), URNE_OK);
}

/* read_all reads the file and returns the first error; *num counts records. */
static enum urne_err
read_all(size_t *num, struct urne_diag *d)
{
	struct urne_archive *a = NULL;
	struct urne_record rec;
	bool done = false;
	enum urne_err e = urne_archive_open(&a, d, path);

	*num = 0;
	while (e == URNE_OK && !done) {
		e = urne_archive_next(a, &rec, &done, d);
		if (e == URNE_OK && !done) {
			(*num)++;
		}
	}
	urne_archive_close(a);
	return e;
}

static void
archive_reads_what_it_writes(void **state)
{
	struct urne_archive *a = NULL;
	struct urne_record rec;
	struct urne_buf b;
	struct urne_diag d = {""};
	bool done = true;

	make_archive(&b);
	assert_int_equal(b.len, 6 * BLOCK);
	write_file(b.data, b.len);
	assert_int_equal(urne_archive_open(&a, &d, path), URNE_OK);
	assert_int_equal(urne_archive_next(a, &rec, &done, &d), URNE_OK);
	assert_false(done);
	assert_int_equal(rec.kind, URNE_RECORD_HEADER);
	assert_true(urne_view_is(rec.body, "{\"version\":1,\"timestamp\":\"1795403491\"}"));
	assert_int_equal(urne_archive_timestamp(a), TIME);
	assert_int_equal(urne_archive_next(a, &rec, &done, &d), URNE_OK);
	assert_int_equal(rec.kind, URNE_RECORD_DATA);
	assert_int_equal(rec.offset, 2 * BLOCK);
	assert_true(urne_view_is(rec.body, "{\"a\":1}"));
	assert_int_equal(urne_archive_next(a, &rec, &done, &d), URNE_OK);
	assert_int_equal(rec.kind, URNE_RECORD_EVENT);
	assert_int_equal(urne_archive_next(a, &rec, &done, &d), URNE_OK);
	assert_true(done);
	assert_int_equal(urne_archive_position(a), b.len);
	urne_archive_close(a);
	urne_buf_clear(&b);
}

static void
archive_loads_a_record_again_and_respects_the_cap(void **state)
{
	struct urne_archive *a = NULL;
	struct urne_record rec, other;
	struct urne_hash h;
	struct urne_buf b, out;
	struct urne_diag d = {""};
	bool done;

	make_archive(&b);
	urne_record_put(&b, &h, URNE_RECORD_DATA, urne_view_of("{\"c\":3}"), TIME);
	write_file(b.data, b.len);
	assert_int_equal(urne_archive_open(&a, &d, path), URNE_OK);
	assert_int_equal(urne_archive_next(a, &rec, &done, &d), URNE_OK);
	assert_int_equal(urne_archive_next(a, &rec, &done, &d), URNE_OK);
	urne_buf_init(&out, 6);
	assert_int_equal(urne_archive_load(a, &out, &d, &rec), URNE_ERR_LIMIT);
	urne_buf_init(&out, 7);
	assert_int_equal(urne_archive_load(a, &out, &d, &rec), URNE_OK);
	assert_true(urne_view_is(urne_buf_view(&out), "{\"a\":1}"));
	urne_buf_clear(&out);
	/* somebody writes to the file meanwhile: of the last two records there is what was hashed,
	 */
	b.data[3 * BLOCK + 5] = '2';
	write_file(b.data, b.len);
	assert_int_equal(urne_archive_next(a, &other, &done, &d), URNE_OK);
	assert_int_equal(urne_archive_load(a, &out, &d, &rec), URNE_OK);
	assert_int_equal(urne_archive_load(a, &out, &d, &other), URNE_ERR_LIMIT);
	assert_true(urne_view_is(urne_buf_view(&out), "{\"a\":1}"));
	urne_buf_clear(&out);
	/* any other is read again, and is not what it was */
	assert_int_equal(urne_archive_next(a, &other, &done, &d), URNE_OK);
	assert_int_equal(urne_archive_load(a, &out, &d, &other), URNE_OK);
	assert_true(urne_view_is(urne_buf_view(&out), "{\"c\":3}"));
	urne_buf_clear(&out);
	assert_int_equal(urne_archive_load(a, &out, &d, &rec), URNE_ERR_IO);
	urne_buf_clear(&out);
	urne_archive_close(a);
	urne_buf_clear(&b);
}

/* The hash of a beginning, gone on from, is that of the whole; a short body has none. */
static void
archive_tells_the_hash_of_a_beginning(void **state)
{
	static const size_t sizes[] = {1, 319, 320, 321, 384, 6000, 66000, (size_t)3 << 19};
	const size_t num = sizeof(sizes) / sizeof(sizes[0]);
	struct urne_archive *a = NULL;
	struct urne_record rec;
	struct urne_hash h;
	struct urne_buf b;
	struct urne_diag d = {""};
	char *large = malloc(sizes[num - 1]);
	bool done;

	assert_non_null(large);
	memset(large, 'x', sizes[num - 1]);
	urne_buf_init(&b, (size_t)1 << 24);
	urne_record_put_header(&b, TIME);
	for (size_t i = 0; i < num; i++) {
		urne_record_put(
		    &b, &h, URNE_RECORD_DATA, (struct urne_view){large, sizes[i]}, TIME);
	}
	write_file(b.data, b.len);
	assert_int_equal(urne_archive_open(&a, &d, path), URNE_OK);
	assert_int_equal(urne_archive_next(a, &rec, &done, &d), URNE_OK);
	for (size_t i = 0; i < num; i++) {
		assert_int_equal(urne_archive_next(a, &rec, &done, &d), URNE_OK);
		assert_int_equal(rec.begun.len, sizes[i] > 320 ? sizes[i] - 320 : 0);
		urne_sha256_put(&rec.begun, large, sizes[i] - (size_t)rec.begun.len);
		urne_sha256_final(&rec.begun, &h);
		assert_true(urne_hash_eq(&h, &rec.hash));
	}
	urne_archive_close(a);
	urne_buf_clear(&b);
	free(large);
}

static void
archive_refuses_every_changed_byte_of_headers_bodies_and_padding(void **state)
{
	struct urne_buf b;
	size_t i, num;

	make_archive(&b);
	for (i = 0; i < b.len; i++) {
		struct urne_diag d = {""};
		enum urne_err e;
		char old = b.data[i];

		b.data[i] = (char)(old ^ 1);
		write_file(b.data, b.len);
		e = read_all(&num, &d);
		if (e == URNE_OK || urne_err_is_ours(e) || d.text[0] == '\0') {
			fail_msg("byte %zu: error %d, \"%s\"", i, (int)e, d.text);
		}
		b.data[i] = old;
	}
	urne_buf_clear(&b);
}

static void
archive_names_the_field_of_the_header_that_differs(void **state)
{
	static const struct {
		size_t at;
		char value;
		const char *word;
	} cases[] = {
	    {0, 'x', "name"},
	    {99, 'x', "name"},
	    {100, '1', "mode"},
	    {108, '1', "uid"},
	    {116, '1', "gid"},
	    {124, ' ', "size"},
	    {136, '7', "mtime"},
	    {148, '7', "checksum"},
	    {156, '5', "type flag"},
	    {157, 'x', "unused part"},
	    {257, 'u', "unused part"}, /* where ustar would stand */
	    {511, '1', "unused part"},
	};
	struct urne_buf b;
	size_t i, num;

	make_archive(&b);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct urne_diag d = {""};
		char *p = b.data + 2 * BLOCK + cases[i].at;
		char old = *p;

		*p = cases[i].value;
		write_file(b.data, b.len);
		assert_int_equal(read_all(&num, &d), URNE_ERR_SYNTAX);
		if (strstr(d.text, cases[i].word) == NULL) {
			fail_msg(
			    "byte %zu: \"%s\" does not say %s", cases[i].at, d.text, cases[i].word);
		}
		*p = old;
	}
	urne_buf_clear(&b);
}

static void
archive_refuses_every_length_that_is_not_whole(void **state)
{
	struct urne_buf b;
	size_t len, num;

	make_archive(&b);
	for (len = 0; len < b.len; len++) {
		struct urne_diag d = {""};
		bool whole = len == 2 * BLOCK || len == 4 * BLOCK;

		write_file(b.data, len);
		assert_int_equal(read_all(&num, &d), whole ? URNE_OK : URNE_ERR_INCOMPLETE);
	}
	urne_buf_clear(&b);
}

static void
archive_refuses_the_zero_blocks_of_other_tars_and_a_second_first_record(void **state)
{
	static const char zero[2 * 512];
	struct urne_buf b;
	struct urne_diag d = {""};
	size_t num;

	make_archive(&b);
	urne_buf_put(&b, zero, sizeof(zero));
	write_file(b.data, b.len);
	assert_int_equal(read_all(&num, &d), URNE_ERR_SYNTAX);
	assert_int_equal(num, 3);
	b.len -= sizeof(zero);
	urne_record_put_header(&b, TIME);
	write_file(b.data, b.len);
	assert_int_equal(read_all(&num, &d), URNE_ERR_SYNTAX);
	write_file(b.data + 2 * BLOCK, 4 * BLOCK);
	assert_int_equal(read_all(&num, &d), URNE_ERR_SYNTAX);
	urne_buf_clear(&b);
}

static void
archive_tells_a_wrong_name_from_a_wrong_form(void **state)
{
	struct urne_buf b;
	struct urne_diag d = {""};
	size_t num;

	make_archive(&b);
	b.data[3 * BLOCK + 5] = '2';
	write_file(b.data, b.len);
	assert_int_equal(read_all(&num, &d), URNE_ERR_MISMATCH);
	urne_buf_clear(&b);
}

static void
archive_hashes_large_records_without_keeping_them(void **state)
{
	size_t len = ((size_t)3 << 20) + 17;
	struct urne_archive *a = NULL;
	struct urne_record rec;
	struct urne_hash h;
	struct urne_buf b, out;
	struct urne_diag d = {""};
	char *large = malloc(len);
	bool done;

	assert_non_null(large);
	memset(large, 'x', len);
	urne_buf_init(&b, (size_t)1 << 24);
	urne_record_put_header(&b, TIME);
	urne_record_put(&b, &h, URNE_RECORD_DATA, (struct urne_view){large, len}, TIME);
	write_file(b.data, b.len);
	assert_int_equal(urne_archive_open(&a, &d, path), URNE_OK);
	assert_int_equal(urne_archive_next(a, &rec, &done, &d), URNE_OK);
	assert_int_equal(urne_archive_next(a, &rec, &done, &d), URNE_OK);
	assert_null(rec.body.p);
	assert_int_equal(rec.size, len);
	urne_buf_init(&out, len);
	assert_int_equal(urne_archive_load(a, &out, &d, &rec), URNE_OK);
	assert_memory_equal(out.data, large, len);
	urne_buf_clear(&out);
	urne_archive_close(a);
	urne_buf_clear(&b);
	free(large);
}

static void
archive_open_refuses_what_is_no_regular_file(void **state)
{
	struct urne_archive *a = NULL;
	struct urne_diag d = {""};

	assert_int_equal(urne_archive_open(&a, &d, folder), URNE_ERR_IO);
	assert_int_equal(urne_archive_open(&a, &d, "/dev/null"), URNE_ERR_IO);
	assert_int_equal(urne_archive_open(&a, &d, "/nonexistent/a.bel"), URNE_ERR_IO);
	assert_null(a);
	urne_archive_close(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(archive_reads_what_it_writes),
	    cmocka_unit_test(archive_loads_a_record_again_and_respects_the_cap),
	    cmocka_unit_test(archive_tells_the_hash_of_a_beginning),
	    cmocka_unit_test(archive_refuses_every_changed_byte_of_headers_bodies_and_padding),
	    cmocka_unit_test(archive_names_the_field_of_the_header_that_differs),
	    cmocka_unit_test(archive_refuses_every_length_that_is_not_whole),
	    cmocka_unit_test(
		archive_refuses_the_zero_blocks_of_other_tars_and_a_second_first_record),
	    cmocka_unit_test(archive_tells_a_wrong_name_from_a_wrong_form),
	    cmocka_unit_test(archive_hashes_large_records_without_keeping_them),
	    cmocka_unit_test(archive_open_refuses_what_is_no_regular_file),
	};

	return cmocka_run_group_tests_name("log_archive", tests, group_setup, group_teardown);
}
