/* SPDX-License-Identifier: EUPL-1.2 */
/* Whom requests are counted to, and how often one may, at times that the test chooses. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <string.h>

#include "bulletin/server/limiter.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))

static struct urne_address
address(const char *text)
{
	struct urne_address a;

	assert_ok(urne_address_read(&a, urne_view_of(text)));
	return a;
}

static void
an_address_counts_for_its_household(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
	    {"192.0.2.1", "192.0.2.1", true},
	    {"192.0.2.1", "192.0.2.2", false},
	    {"192.0.2.1", "::ffff:192.0.2.1", true},
	    {"192.0.2.1", "[::ffff:192.0.2.1]", true},
	    {"2001:db8::1", "2001:db8:0:0:ffff::2", true},
	    {"2001:db8::1", "2001:db8:0:1::1", false},
	    {"::1", "[::1]", true},
	    {"::1", "127.0.0.1", false},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_address a = address(cases[i].a), b = address(cases[i].b);

		a = urne_address_household(&a);
		b = urne_address_household(&b);
		if (urne_address_eq(&a, &b) != cases[i].same) {
			fail_msg("%s and %s", cases[i].a, cases[i].b);
		}
	}
}

static void
only_the_last_forwarded_address_counts(void **state)
{
	static const struct {
		const char *header, *want;
	} cases[] = {
	    {"192.0.2.1", "192.0.2.1"},
	    {"203.0.113.7, 192.0.2.1", "192.0.2.1"},
	    {"203.0.113.7,192.0.2.1", "192.0.2.1"},
	    {"x, y,\t 192.0.2.1 ", "192.0.2.1"},
	    {"192.0.2.9, [2001:db8::1]", "2001:db8::1"},
	    {"", NULL},
	    {",", NULL},
	    {"192.0.2.1,", NULL},
	    {"192.0.2.1, unknown", NULL},
	    {"192.0.2.1:8080", NULL},
	    {"192.0.2", NULL},
	    {"192.0.2.1 192.0.2.2", NULL},
	    {"1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb", NULL},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_address a, want;
		enum urne_err e = urne_address_forwarded(&a, urne_view_of(cases[i].header));

		if (cases[i].want == NULL) {
			assert_err(e, URNE_ERR_SYNTAX);
			continue;
		}
		assert_ok(e);
		want = address(cases[i].want);
		assert_true(urne_address_eq(&a, &want));
	}
}

/* How many of `num` requests at one moment are let through. */
static unsigned
take(struct urne_limiter *l, const struct urne_address *a, uint64_t ms, unsigned num)
{
	unsigned got = 0, wait = 0;

	for (unsigned i = 0; i < num; i++) {
		urne_limiter_take(l, a, ms, &wait);
		got += wait == 0 ? 1 : 0;
	}
	return got;
}

static void
a_bucket_fills_with_time_and_no_further(void **state)
{
	struct urne_limiter *l = urne_limiter_new(4);
	struct urne_address a = address("192.0.2.1"), b = address("192.0.2.2");
	unsigned wait = 0;

	assert_non_null(l);
	assert_int_equal(take(l, &a, 1000, 100), 40);
	assert_int_equal(take(l, &b, 1000, 100), 40);
	assert_int_equal(take(l, &a, 1249, 100), 0);
	assert_int_equal(take(l, &a, 1250, 100), 1);
	assert_int_equal(take(l, &a, 3250, 100), 8);
	/* a clock that goes back gives nothing */
	assert_int_equal(take(l, &a, 0, 100), 0);
	assert_int_equal(take(l, &a, UINT64_MAX / 2, 100), 40);
	urne_limiter_take(l, &a, UINT64_MAX / 2, &wait);
	assert_int_equal(wait, 1);
	urne_limiter_free(l);
	l = urne_limiter_new(1);
	assert_int_equal(take(l, &a, 0, 100), 10);
	urne_limiter_take(l, &a, 1, &wait);
	assert_int_equal(wait, 1);
	urne_limiter_free(l);
}

static void
a35_many_addresses_do_not_free_one_that_asks_often(void **state)
{
	struct urne_limiter *l = urne_limiter_new(1);
	struct urne_address greedy = address("192.0.2.1");
	unsigned got = 0;

	assert_int_equal(take(l, &greedy, 0, 100), 10);
	/* 200 000 others, one request each, while it goes on asking */
	for (uint32_t i = 0; i < 200000; i++) {
		struct urne_address other = address("198.51.100.1");

		memcpy(other.b + 12, &i, sizeof(i));
		(void)take(l, &other, 1 + i / 1000, 1);
		got += i % 1000 == 0 ? take(l, &greedy, 1 + i / 1000, 1) : 0;
	}
	assert_int_equal(got, 0);
	urne_limiter_free(l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_address_counts_for_its_household),
	    cmocka_unit_test(only_the_last_forwarded_address_counts),
	    cmocka_unit_test(a_bucket_fills_with_time_and_no_further),
	    cmocka_unit_test(a35_many_addresses_do_not_free_one_that_asks_often),
	};
	return cmocka_run_group_tests_name("board_limiter", tests, NULL, NULL);
}
