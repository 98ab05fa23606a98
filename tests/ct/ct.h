/* SPDX-License-Identifier: EUPL-1.2 */
/* Constant time, tested: secrets are marked undefined, so that valgrind reports every branch and
 * every index that depends on one. All randomness is secret too. Without valgrind these programs
 * prove nothing and exit 77. */
#ifndef URNE_TESTS_CT_H
#define URNE_TESTS_CT_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "crypto/secret/declassify.h"
#include "crypto/secret/rng.h"
#include "crypto/secret/secret.h"

#define CT_SKIPPED 77

static inline bool
ct_under_valgrind(void)
{
#ifdef URNE_CT_TEST
	return RUNNING_ON_VALGRIND != 0;
#else
	return false;
#endif
}

/* ct_check stops the test when something that has nothing to do with time is wrong. */
static inline void
ct_check(bool good, const char *what)
{
	if (!good) {
		fprintf(stderr, "failed: %s\n", what);
		exit(1);
	}
}

/* ct_rng makes a generator whose stream is secret. */
static inline void
ct_rng(struct urne_rng *rng)
{
	uint8_t seed[32] = {42};

	urne_rng_init_fixed(rng, seed);
	urne_classify(rng->key, sizeof(rng->key));
}

/* ct_secret draws a secret number; its limbs are undefined. */
static inline void
ct_secret(const struct urne_group *g, struct urne_secret *out, struct urne_rng *rng)
{
	urne_secret_random(g, out, rng);
	urne_classify(out->v, g->num_q_limbs * sizeof(out->v[0]));
}

#endif
