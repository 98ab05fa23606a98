/* SPDX-License-Identifier: EUPL-1.2 */
/* What every unit test needs: cmocka with its headers, a seeded generator, views of literals,
 * refusals. */
#ifndef URNE_TESTS_CHECK_H
#define URNE_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "base/err.h"
#include "crypto/secret/rng.h"

#define VIEW(literal) ((struct urne_view){(literal), sizeof(literal) - 1})

#define assert_ok(e)	    assert_int_equal((e), URNE_OK)
#define assert_err(e, want) assert_int_equal((e), (want))

/* A text that a reader is given: its result, and a piece of the sentence that says why. */
struct refusal {
	const char *text;
	enum urne_err want;
	const char *says;
};
/* assert_refusal: that case i went as it should. */
void assert_refusal(const struct refusal *c, size_t i, enum urne_err e, const struct urne_diag *d);

/* test_times: so many random inputs, times what URNE_TEST_TIMES says (make check-long). */
int test_times(int few);

/* test_rng_init seeds from URNE_TEST_SEED (a number) or from the clock, and prints the seed. */
void test_rng_init(struct urne_rng *rng);

#endif
