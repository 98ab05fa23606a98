/* SPDX-License-Identifier: EUPL-1.2 */
/* The seed of a test run, printed so that a failure can be repeated; how much it tries; refusals,
 * compared. */
#include "tests/unit/support/check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void
assert_refusal(const struct refusal *c, size_t i, enum urne_err e, const struct urne_diag *d)
{
	if (e != c->want || strstr(d->text, c->says) == NULL) {
		fail_msg("case %zu: %s: %s", i, urne_err_name(e), d->text);
	}
}

int
test_times(int few)
{
	const char *given = getenv("URNE_TEST_TIMES");

	return given != NULL ? few * (int)strtol(given, NULL, 10) : few;
}

void
test_rng_init(struct urne_rng *rng)
{
	const char *given = getenv("URNE_TEST_SEED");
	uint64_t number = given != NULL ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
	uint8_t seed[32] = {0};

	memcpy(seed, &number, sizeof(number));
	printf("# URNE_TEST_SEED=%" PRIu64 "\n", number);
	urne_rng_init_fixed(rng, seed);
}
