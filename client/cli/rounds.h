/* SPDX-License-Identifier: EUPL-1.2 */
/* The files of a threshold ceremony in DIR/ceremony/, and what they say about where it stands:
 *   round-R-for-J.json, round-R-for-all.json   given out in round R
 *   round-R-from-J.json                        come back from trustee J
 *   share-J.dkey                               given out at the end */
#ifndef URNE_CLIENT_CLI_ROUNDS_H
#define URNE_CLIENT_CLI_ROUNDS_H

#include "client/cli/workdir.h"

#define URNE_CEREMONY_DIR   "ceremony"
#define URNE_NUM_ROUNDS	    4
#define URNE_ROUND_NAME_MAX 96

struct urne_rounds {
	struct urne_workdir *w;
	size_t size, threshold; /* 0: no ceremony */
	size_t round;		/* at work, 1..4; 5: over */
	char name[URNE_ROUND_NAME_MAX];
};

/* urne_rounds_open finds out where the ceremony stands; none: size 0. */
enum urne_err urne_rounds_open(struct urne_rounds *r, struct urne_workdir *w) URNE_MUST_USE;
/* Names under DIR, valid until the next call. */
const char *urne_rounds_given(struct urne_rounds *r, size_t round, size_t j);
const char *urne_rounds_returned(struct urne_rounds *r, size_t round, size_t j);
const char *urne_rounds_share(struct urne_rounds *r, size_t j);
/* Whether trustee j's file of the present round is there. */
bool urne_rounds_has(struct urne_rounds *r, size_t j);
/* urne_rounds_missing writes "trustees 1 and 3" of the present round; how many. */
size_t urne_rounds_missing(struct urne_rounds *r, struct urne_buf *out);

#endif
