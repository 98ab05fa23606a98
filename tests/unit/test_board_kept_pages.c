/* SPDX-License-Identifier: EUPL-1.2 */
/* Pages that are made once: who asks again, in which form, what is not kept, and what makes room.
 * Spec: docs/minutes.md#on-the-board */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "bulletin/server/kept_pages.h"

/* A page of `len` bytes, or a problem; how often it was made. */
struct making {
	size_t len, times;
	enum urne_problem problem;
};

static enum urne_problem
make(void *ctx, struct urne_buf *out, struct urne_diag *d)
{
	struct making *m = ctx;
	char *room;

	m->times++;
	if (m->problem != URNE_PROBLEM_NONE) {
		(void)urne_fail(d, URNE_ERR_MISMATCH, "no page");
		return m->problem;
	}
	room = urne_buf_grow(out, m->len);
	assert_non_null(room);
	/* digits of a generator, so that gzip gains half and not everything */
	for (size_t i = 0, x = 1; i < m->len; i++) {
		x = x * 6364136223846793005 + 1442695040888963407;
		room[i] = (char)('0' + (x >> 60));
	}
	out->len += m->len;
	return URNE_PROBLEM_NONE;
}

/* Headers of the request that is asked. */
struct asking {
	struct urne_request r;
	const char *accept, *has;
};

static struct urne_view
header(const struct urne_request *r, const char *name)
{
	const struct asking *a = (const struct asking *)r;
	const char *value = strcmp(name, "Accept-Encoding") == 0 ? a->accept : a->has;

	return urne_view_of(value != NULL ? value : "");
}

static const struct urne_carrier carrier = {.header = header};

static enum urne_problem
ask(struct urne_kept_pages *k, struct urne_response *out, struct making *m, struct asking *a,
    const char *path)
{
	struct urne_diag d = {{0}};
	enum urne_problem p;

	a->r.carrier = &carrier;
	a->r.path = urne_view_of(path);
	urne_response_init(out);
	p = urne_kept_pages_answer(k, &a->r, out, &d, &(struct urne_page_maker){make, m});
	assert_string_equal(d.text, p == URNE_PROBLEM_NONE ? "" : "no page");
	return p;
}

/* A request without headers whose answer is of no interest. */
static enum urne_problem
get(struct urne_kept_pages *k, struct making *m, const char *path)
{
	struct asking a = {.accept = NULL};
	struct urne_response out;
	enum urne_problem p = ask(k, &out, m, &a, path);

	assert_int_equal(out.body.len, p == URNE_PROBLEM_NONE ? m->len : 0);
	urne_response_clear(&out);
	return p;
}

static void
a_page_is_made_for_the_first_who_asks(void **state)
{
	struct urne_kept_pages *k = urne_kept_pages_new();
	struct making one = {.len = 1000}, other = {.len = 999};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(get(k, &one, "/a"), URNE_PROBLEM_NONE);
		assert_int_equal(get(k, &other, "/b"), URNE_PROBLEM_NONE);
	}
	assert_int_equal(one.times, 1);
	assert_int_equal(other.times, 1);
	urne_kept_pages_free(k);
}

static void
it_is_sent_compressed_or_not_at_all_to_whoever_can_do_with_that(void **state)
{
	struct urne_kept_pages *k = urne_kept_pages_new();
	struct making m = {.len = 1000};
	struct asking a = {.accept = "gzip"};
	struct urne_response out;
	char etag[80];

	(void)state;
	assert_int_equal(ask(k, &out, &m, &a, "/a"), URNE_PROBLEM_NONE);
	assert_string_equal(out.encoding, "gzip");
	assert_true(out.body.len < m.len);
	assert_memory_equal(out.body.data, "\x1f\x8b", 2);
	(void)snprintf(etag, sizeof(etag), "%s", out.etag);
	urne_response_clear(&out);
	a.has = etag;
	assert_int_equal(ask(k, &out, &m, &a, "/a"), URNE_PROBLEM_NONE);
	assert_int_equal(out.status, 304);
	assert_int_equal(out.body.len, 0);
	urne_response_clear(&out);
	a.accept = NULL;
	assert_int_equal(ask(k, &out, &m, &a, "/a"), URNE_PROBLEM_NONE);
	assert_int_equal(out.status, 0);
	assert_null(out.encoding);
	assert_int_equal(out.body.len, m.len);
	urne_response_clear(&out);
	urne_kept_pages_free(k);
}

static void
that_there_is_none_is_kept_and_trouble_is_not(void **state)
{
	struct urne_kept_pages *k = urne_kept_pages_new();
	struct making none = {.problem = URNE_PROBLEM_NOT_FOUND};
	struct making ours = {.problem = URNE_PROBLEM_OURS}, busy = {.problem = URNE_PROBLEM_BUSY};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(get(k, &none, "/none"), URNE_PROBLEM_NOT_FOUND);
		assert_int_equal(get(k, &ours, "/a"), URNE_PROBLEM_OURS);
		assert_int_equal(get(k, &busy, "/a"), URNE_PROBLEM_BUSY);
	}
	assert_int_equal(none.times, 1);
	assert_int_equal(ours.times, 2);
	assert_int_equal(busy.times, 2);
	ours = (struct making){.len = 10};
	assert_int_equal(get(k, &ours, "/a"), URNE_PROBLEM_NONE);
	urne_kept_pages_free(k);
}

static void
the_first_makes_room_when_all_places_are_taken(void **state)
{
	struct urne_kept_pages *k = urne_kept_pages_new();
	struct making m = {.len = 100}, first = {.len = 100}, second = {.len = 100};
	struct making passing = {.len = URNE_KEPT_PAGE};
	char path[32];

	(void)state;
	assert_int_equal(get(k, &first, "/first"), URNE_PROBLEM_NONE);
	assert_int_equal(get(k, &second, "/second"), URNE_PROBLEM_NONE);
	for (size_t i = 0; i < URNE_KEPT_PAGES - 1; i++) {
		(void)snprintf(path, sizeof(path), "/%zu", i);
		assert_int_equal(get(k, &m, path), URNE_PROBLEM_NONE);
	}
	assert_int_equal(get(k, &passing, "/passing"), URNE_PROBLEM_NONE);
	assert_int_equal(get(k, &second, "/second"), URNE_PROBLEM_NONE);
	assert_int_equal(second.times, 1);
	assert_int_equal(get(k, &first, "/first"), URNE_PROBLEM_NONE);
	assert_int_equal(first.times, 2);
	urne_kept_pages_free(k);
}

static void
a_page_that_is_too_long_is_served_and_not_kept(void **state)
{
	struct urne_kept_pages *k = urne_kept_pages_new();
	struct making m = {.len = URNE_KEPT_PAGE};

	(void)state;
	assert_int_equal(get(k, &m, "/a"), URNE_PROBLEM_NONE);
	assert_int_equal(get(k, &m, "/a"), URNE_PROBLEM_NONE);
	assert_int_equal(m.times, 2);
	urne_kept_pages_free(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_page_is_made_for_the_first_who_asks),
	    cmocka_unit_test(it_is_sent_compressed_or_not_at_all_to_whoever_can_do_with_that),
	    cmocka_unit_test(that_there_is_none_is_kept_and_trouble_is_not),
	    cmocka_unit_test(the_first_makes_room_when_all_places_are_taken),
	    cmocka_unit_test(a_page_that_is_too_long_is_served_and_not_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
