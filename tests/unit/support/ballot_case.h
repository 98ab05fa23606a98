/* SPDX-License-Identifier: EUPL-1.2 */
/* An election with a question of each kind that can be voted on, and somebody who votes in it.
 * Tests only. */
#ifndef URNE_TESTS_BALLOT_CASE_H
#define URNE_TESTS_BALLOT_CASE_H

#include "election/vote.h"

/* 3, 4 and 5 choices. */
#define BALLOT_CASE_QUESTIONS                                                                      \
	"[{\"answers\":[\"A\",\"B\",\"C\"],\"min\":0,\"max\":1,\"question\":\"one\"},"             \
	"{\"answers\":[\"A\",\"B\",\"C\"],\"blank\":true,\"min\":1,\"max\":2,\"question\":"        \
	"\"two\"},"                                                                                \
	"{\"type\":\"Lists\",\"value\":{\"answers\":[[\"L1\",\"a\",\"b\"],[\"L2\",\"c\"]],"        \
	"\"question\":\"three\"}}]"

struct ballot_case {
	struct urne_arena arena;
	struct urne_buf text;
	struct urne_election e;
	struct urne_secret credential;
	struct urne_rng rng;
};

void ballot_case_init(struct ballot_case *f, const struct urne_group *g, const char *questions);
void ballot_case_clear(struct ballot_case *f);

#endif
