/* SPDX-License-Identifier: EUPL-1.2 */
/* The table of hashes: what was put in is found, also after it has grown and where hashes collide.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash_index.h"

/* Hash number i; only `spread` different beginnings, so that many want the same slot. */
static struct urne_hash
hash_of(size_t i, size_t spread)
{
	struct urne_hash h = {{0}};
	uint64_t start = i % spread, rest = i + 1;

	memcpy(h.b, &start, sizeof(start));
	memcpy(h.b + 16, &rest, sizeof(rest));
	return h;
}

static void
fill(struct urne_hash_index *x, size_t num, size_t spread)
{
	for (size_t i = 0; i < num; i++) {
		struct urne_hash h = hash_of(i, spread);
		size_t before = 0;
		assert_int_equal(urne_hash_index_add(x, &before, &h, i), URNE_OK);
		assert_true(before == SIZE_MAX);
	}
}

static void
every_hash_keeps_its_value_while_the_table_grows(void **state)
{
	struct urne_hash_index x = {.num = 0};
	struct urne_hash other = hash_of(5000, 5001);

	(void)state;
	assert_true(urne_hash_index_find(&x, &other) == SIZE_MAX);
	fill(&x, 5000, 5000);
	for (size_t i = 0; i < 5000; i++) {
		struct urne_hash h = hash_of(i, 5000);
		assert_int_equal(urne_hash_index_find(&x, &h), i);
	}
	assert_true(urne_hash_index_find(&x, &other) == SIZE_MAX);
	urne_hash_index_clear(&x);
}

static void
hashes_that_begin_alike_are_told_apart(void **state)
{
	struct urne_hash_index x = {.num = 0};

	(void)state;
	fill(&x, 1500, 3);
	for (size_t i = 0; i < 1500; i++) {
		struct urne_hash h = hash_of(i, 3);
		assert_int_equal(urne_hash_index_find(&x, &h), i);
	}
	urne_hash_index_clear(&x);
}

static void
a_hash_that_is_there_keeps_its_first_value(void **state)
{
	struct urne_hash_index x = {.num = 0};
	struct urne_hash h = hash_of(7, 8);
	size_t before = 0;

	(void)state;
	assert_int_equal(urne_hash_index_add(&x, &before, &h, 11), URNE_OK);
	assert_int_equal(urne_hash_index_add(&x, &before, &h, 12), URNE_OK);
	assert_int_equal(before, 11);
	assert_int_equal(urne_hash_index_find(&x, &h), 11);
	assert_int_equal(x.num, 1);
	urne_hash_index_clear(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_hash_keeps_its_value_while_the_table_grows),
	    cmocka_unit_test(hashes_that_begin_alike_are_told_apart),
	    cmocka_unit_test(a_hash_that_is_there_keeps_its_first_value),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
