/* SPDX-License-Identifier: EUPL-1.2 */
/* A small election with trustees whose private keys a test knows: enough to decrypt. Tests only. */
#ifndef URNE_TESTS_TALLY_CASE_H
#define URNE_TESTS_TALLY_CASE_H

#include "crypto/secret/rng.h"
#include "crypto/secret/secret.h"
#include "tally/tally.h"

#define TALLY_CHOICES 7 /* a question with two answers and blank, one with two lists */

/* One single trustee (owner 1) and a threshold group, 2 of 3 (owners 2 to 4): their keys. */
struct tally_case {
	struct urne_arena arena;
	struct urne_buf text;
	struct urne_election e;
	struct urne_rng rng;
	struct urne_secret key[4];
	struct urne_elem public_key[4];
	struct urne_trustee_item items[2];
	struct urne_trustees trustees;
	struct urne_diag d;
};

void tally_case_init(struct tally_case *f, const struct urne_group *g);
void tally_case_clear(struct tally_case *f);

#endif
