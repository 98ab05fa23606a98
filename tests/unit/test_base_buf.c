/* SPDX-License-Identifier: EUPL-1.2 */
/* Buffers and arenas: their maximum holds, and their errors stick. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

static void
buf_grows_up_to_its_max_and_not_beyond(void **state)
{
	struct urne_buf b;

	(void)state;
	urne_buf_init(&b, 1000);
	for (int i = 0; i < 1000; i++) {
		urne_buf_putc(&b, 'x');
	}
	assert_int_equal(urne_buf_error(&b), URNE_OK);
	assert_int_equal(b.len, 1000);
	urne_buf_putc(&b, 'x');
	assert_int_equal(urne_buf_error(&b), URNE_ERR_LIMIT);
	assert_int_equal(b.len, 1000);
	urne_buf_clear(&b);
}

static void
buf_error_sticks_until_reset(void **state)
{
	struct urne_buf b;

	(void)state;
	urne_buf_init(&b, 4);
	urne_buf_puts(&b, "12345");
	urne_buf_puts(&b, "1");
	assert_int_equal(urne_buf_error(&b), URNE_ERR_LIMIT);
	assert_int_equal(b.len, 0);
	urne_buf_reset(&b);
	urne_buf_puts(&b, "1");
	assert_int_equal(urne_buf_error(&b), URNE_OK);
	assert_true(urne_view_is(urne_buf_view(&b), "1"));
	urne_buf_clear(&b);
	urne_buf_clear(&b);
}

static void
buf_printf_fills_the_buffer_exactly(void **state)
{
	struct urne_buf b;

	(void)state;
	urne_buf_init(&b, 70);
	urne_buf_printf(&b, "%070d", 7);
	assert_int_equal(urne_buf_error(&b), URNE_OK);
	assert_int_equal(b.len, 70);
	assert_int_equal(b.data[69], '7');
	urne_buf_printf(&b, "%s", "");
	assert_int_equal(urne_buf_error(&b), URNE_OK);
	urne_buf_printf(&b, "%d", 1);
	assert_int_equal(urne_buf_error(&b), URNE_ERR_LIMIT);
	urne_buf_clear(&b);
}

static void
buf_writes_numbers_and_hex(void **state)
{
	static const uint8_t bytes[] = {0x00, 0x9a, 0xff};
	struct urne_buf b;

	(void)state;
	urne_buf_init(&b, 100);
	urne_buf_put_u64(&b, 0);
	urne_buf_putc(&b, ' ');
	urne_buf_put_u64(&b, UINT64_MAX);
	urne_buf_putc(&b, ' ');
	urne_buf_put_hex(&b, bytes, sizeof(bytes));
	assert_true(urne_view_is(urne_buf_view(&b), "0 18446744073709551615 009aff"));
	urne_buf_clear(&b);
}

static void
buf_json_string_has_only_canonical_escapes(void **state)
{
	static const char in[] = "a\"\\/\b\f\n\r\t\x01\x1f\x7f\xc3\xa9<\0z";
	struct urne_buf b;

	(void)state;
	urne_buf_init(&b, 1000);
	urne_buf_put_json_string(&b, (struct urne_view){in, sizeof(in) - 1});
	assert_true(urne_view_is(urne_buf_view(&b),
	    "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\xc3\xa9<\\u0000z\""));
	urne_buf_reset(&b);
	urne_buf_put_json_string(&b, (struct urne_view){NULL, 0});
	assert_true(urne_view_is(urne_buf_view(&b), "\"\""));
	urne_buf_clear(&b);
}

static void
secret_buf_keeps_its_content_when_it_moves_and_forgets_it_on_reset(void **state)
{
	struct urne_buf b;

	(void)state;
	urne_buf_init_secret(&b, 100000);
	for (int i = 0; i < 10000; i++) {
		urne_buf_puts(&b, "secret");
	}
	assert_int_equal(urne_buf_error(&b), URNE_OK);
	assert_memory_equal(b.data + 59994, "secret", 6);
	urne_buf_reset(&b);
	for (size_t i = 0; i < 60000; i++) {
		assert_int_equal(b.data[i], 0);
	}
	urne_buf_clear(&b);
	assert_true(b.secret);
}

static void
arena_gives_zeroed_aligned_memory_that_does_not_overlap(void **state)
{
	struct urne_arena a;
	unsigned char *p[200];

	(void)state;
	urne_arena_init(&a, (size_t)10 << 20);
	for (size_t round = 0; round < 2; round++) {
		for (size_t i = 0; i < 200; i++) {
			size_t size = i * 97;

			p[i] = urne_arena_alloc(&a, 1, size);
			assert_non_null(p[i]);
			assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
			for (size_t j = 0; j < size; j++) {
				assert_int_equal(p[i][j], 0);
			}
			memset(p[i], (int)i, size);
		}
		for (size_t i = 0; i < 200; i++) {
			for (size_t j = 0; j < i * 97; j++) {
				assert_int_equal(p[i][j], i);
			}
		}
		urne_arena_reset(&a);
	}
	urne_arena_clear(&a);
	urne_arena_clear(&a);
}

static void
arena_room_is_memory_as_it_was_and_what_is_allocated_there_is_zeroed(void **state)
{
	struct urne_arena a;
	unsigned char *p;

	(void)state;
	urne_arena_init(&a, 4096);
	p = urne_arena_room(&a, 10, 100);
	assert_non_null(p);
	memset(p, 0xa5, 1000);
	urne_arena_reset(&a);
	assert_ptr_equal(urne_arena_room(&a, 5, 100), p);
	assert_ptr_equal(urne_arena_alloc(&a, 1, 400), p + 512); /* aligned */
	for (size_t i = 0; i < 500; i++) {
		assert_int_equal(p[i], 0xa5);
	}
	for (size_t i = 0; i < 400; i++) {
		assert_int_equal(p[512 + i], 0);
	}
	assert_null(urne_arena_room(&a, 1, 4096));
	assert_null(urne_arena_room(&a, SIZE_MAX / 2, 3));
	urne_arena_clear(&a);
}

static void
arena_refuses_more_than_its_max_and_sizes_that_overflow(void **state)
{
	struct urne_arena a;
	struct urne_view v = {NULL, 1};

	(void)state;
	urne_arena_init(&a, 64);
	assert_non_null(urne_arena_alloc(&a, 0, 8));
	assert_non_null(urne_arena_alloc(&a, 4, 16));
	assert_non_null(urne_arena_alloc(&a, 0, 8));
	assert_false(urne_arena_fits(&a, 1, 1));
	assert_null(urne_arena_alloc(&a, 1, 1));
	assert_null(urne_arena_alloc(&a, SIZE_MAX / 2, 3));
	assert_null(urne_arena_alloc(&a, SIZE_MAX, 1));
	assert_int_equal(urne_arena_copy(&a, &v, urne_view_of("x")), URNE_ERR_LIMIT);
	assert_int_equal(v.len, 0);
	urne_arena_clear(&a);
}

static void
arena_copy_adds_a_nul(void **state)
{
	struct urne_arena a;
	struct urne_view v;

	(void)state;
	urne_arena_init(&a, 1000);
	assert_int_equal(urne_arena_copy(&a, &v, (struct urne_view){"abcdef", 3}), URNE_OK);
	assert_int_equal(v.len, 3);
	assert_string_equal(v.p, "abc");
	urne_arena_clear(&a);
}

/* What took many blocks once is one block from then on, which stays. */
static void
arena_has_one_block_for_what_is_done_again(void **state)
{
	struct urne_arena a;
	char *first = NULL;

	urne_arena_init(&a, (size_t)1 << 20);
	for (size_t again = 0; again < 4; again++) {
		char *p = urne_arena_room(&a, 1, 16);

		assert_non_null(p);
		assert_true(again < 2 || p == first);
		first = p;
		for (size_t i = 0; i < 8; i++) {
			char *next = urne_arena_room(&a, 1, 8192);

			assert_non_null(next);
			assert_true(again == 0 || next == first + 16 + 8192 * i);
		}
		urne_arena_reset(&a);
	}
	urne_arena_clear(&a);
}

/* The block is still the arena's after a reset, so it may be looked at. */
static void
arena_for_secrets_wipes_before_it_uses_memory_again(void **state)
{
	struct urne_arena a;
	char *p;

	(void)state;
	urne_arena_init_secret(&a, 1000);
	p = urne_arena_alloc(&a, 1, 64);
	assert_non_null(p);
	memset(p, 'x', 64);
	urne_arena_reset(&a);
	for (size_t i = 0; i < 64; i++) {
		assert_int_equal(p[i], 0);
	}
	urne_arena_clear(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(buf_grows_up_to_its_max_and_not_beyond),
	    cmocka_unit_test(buf_error_sticks_until_reset),
	    cmocka_unit_test(buf_printf_fills_the_buffer_exactly),
	    cmocka_unit_test(buf_writes_numbers_and_hex),
	    cmocka_unit_test(buf_json_string_has_only_canonical_escapes),
	    cmocka_unit_test(secret_buf_keeps_its_content_when_it_moves_and_forgets_it_on_reset),
	    cmocka_unit_test(arena_gives_zeroed_aligned_memory_that_does_not_overlap),
	    cmocka_unit_test(arena_room_is_memory_as_it_was_and_what_is_allocated_there_is_zeroed),
	    cmocka_unit_test(arena_refuses_more_than_its_max_and_sizes_that_overflow),
	    cmocka_unit_test(arena_copy_adds_a_nul),
	    cmocka_unit_test(arena_has_one_block_for_what_is_done_again),
	    cmocka_unit_test(arena_for_secrets_wipes_before_it_uses_memory_again),
	};

	return cmocka_run_group_tests_name("base_buf", tests, NULL, NULL);
}
