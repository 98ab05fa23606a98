/* SPDX-License-Identifier: EUPL-1.2 */
/* An answer to "what lies behind these bytes" is taken only when it says that it is just that. */
#include "tests/unit/support/check.h"

#include <string.h>

#include "base/http/part.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	uint64_t have;
	struct urne_http_part part;
	enum urne_err want;
	uint64_t until, total;
} rows[] = {
    /* the beginning */
    {0, {200, NULL, true, 20}, URNE_OK, 20, 20},
    {0, {200, NULL, true, 0}, URNE_OK, 0, 0},
    {0, {200, "bytes 5-9/10", true, 20}, URNE_OK, 20, 20},
    {0, {200, NULL, false, 0}, URNE_ERR_MISMATCH, 0, 0},
    {0, {206, "bytes 0-9/10", true, 10}, URNE_ERR_MISMATCH, 0, 0},
    {0, {204, NULL, true, 0}, URNE_ERR_MISMATCH, 0, 0},
    /* the rest, or a beginning of it */
    {10, {206, "bytes 10-19/20", true, 10}, URNE_OK, 20, 20},
    {10, {206, "bytes 10-19/20", false, 0}, URNE_OK, 20, 20},
    {10, {206, "bytes 10-10/20", true, 1}, URNE_OK, 11, 20},
    {10, {200, NULL, true, 20}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes 9-19/20", true, 11}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes 11-19/20", true, 9}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes 10-19/19", true, 10}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes 10-9/20", true, 0}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes 10-19/20", true, 9}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes */20", true, 10}, URNE_ERR_MISMATCH, 0, 0},
    /* nothing */
    {10, {416, "bytes */10", true, 0}, URNE_OK, 10, 10},
    {10, {416, "bytes */11", true, 0}, URNE_ERR_MISMATCH, 0, 0},
    {10, {416, "bytes */9", true, 0}, URNE_ERR_MISMATCH, 0, 0},
    {10, {416, "bytes 10-19/20", true, 0}, URNE_ERR_MISMATCH, 0, 0},
    {10, {416, NULL, true, 0}, URNE_ERR_MISMATCH, 0, 0},
    /* no range at all */
    {10, {206, NULL, true, 10}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "", true, 10}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes ", true, 10}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes /20", true, 10}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "by/", true, 10}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes 10/20", true, 10}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes 10-/20", true, 10}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes -19/20", true, 10}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes 10-19/*", true, 10}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes 10-19/20 ", true, 10}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes 010-19/20", true, 10}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes=10-19/20", true, 10}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "items 10-19/20", true, 10}, URNE_ERR_MISMATCH, 0, 0},
    {10, {206, "bytes 10-99999999999999999999/20", true, 10}, URNE_ERR_MISMATCH, 0, 0},
};

static void
only_what_lies_behind_is_taken(void **state)
{
	for (size_t i = 0; i < NUM(rows); i++) {
		struct urne_diag d = {""};
		uint64_t until = 77, total = 77;
		enum urne_err e =
		    urne_http_part_judge(&until, &total, &d, rows[i].have, &rows[i].part);

		if (e != rows[i].want || (e != URNE_OK && d.text[0] == '\0')) {
			fail_msg("row %zu: %s: %s", i, urne_err_name(e), d.text);
		}
		if (e == URNE_OK && (until != rows[i].until || total != rows[i].total)) {
			fail_msg("row %zu: until %llu of %llu", i, (unsigned long long)until,
			    (unsigned long long)total);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(only_what_lies_behind_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
