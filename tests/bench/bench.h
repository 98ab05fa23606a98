/* SPDX-License-Identifier: EUPL-1.2 */
/* What benchmarks share: an election with one question of ten options, its ballots, a clock, and
 * one JSON object per line for every number. */
#ifndef URNE_TESTS_BENCH_H
#define URNE_TESTS_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/limits.h"
#include "election/vote.h"

#define BENCH_QUESTIONS                                                                            \
	"[{\"answers\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\"],\"min\":0,"  \
	"\"max\":1,\"question\":\"q\"}]"

struct bench {
	const struct urne_group *group;
	struct urne_arena arena;
	struct urne_buf text; /* the election */
	struct urne_election e;
	struct urne_secret key; /* of the only trustee */
	struct urne_rng rng;
	struct urne_diag d;
};

static inline void
bench_check(const struct bench *b, enum urne_err e, const char *what)
{
	if (e != URNE_OK) {
		fprintf(stderr, "bench: %s: %s (%s)\n", what, urne_err_name(e), b->d.text);
		exit(1);
	}
}

static inline void
bench_init(struct bench *b, const struct urne_group *g)
{
	uint8_t seed[32] = {5};
	char key[URNE_TEXT_MAX];
	struct urne_elem y;

	memset(b, 0, sizeof(*b));
	b->group = g;
	urne_rng_init_fixed(&b->rng, seed);
	urne_arena_init(&b->arena, (size_t)1 << 30);
	urne_buf_init(&b->text, (size_t)1 << 16);
	urne_secret_random(g, &b->key, &b->rng);
	urne_secret_base(g, &y, &b->key);
	urne_buf_printf(&b->text,
	    "{\"version\":1,\"description\":\"test election\",\"name\":\"" URNE_TEST_MARK
	    " bench\",\"group\":\"%s\","
	    "\"public_key\":\"",
	    g->name);
	urne_buf_put(&b->text, key, urne_elem_encode(g, key, &y));
	urne_buf_puts(
	    &b->text, "\",\"questions\":" BENCH_QUESTIONS ",\"uuid\":\"GnQagTgeJqLsvY\"}");
	bench_check(
	    b, urne_election_parse(&b->e, &b->arena, &b->d, urne_buf_view(&b->text)), "election");
}

static inline void
bench_clear(struct bench *b)
{
	urne_arena_clear(&b->arena);
	urne_buf_clear(&b->text);
}

/* bench_cast appends a ballot for one of the ten options. */
static inline void
bench_cast(struct bench *b, struct urne_buf *out, const struct urne_secret *credential)
{
	uint64_t m[10] = {0};
	struct urne_choices c = {m, 10};
	struct urne_hash tracker;

	m[urne_rng_below(&b->rng, 10)] = 1;
	bench_check(b, urne_ballot_encrypt(out, &tracker, &b->d, &b->e, &c, credential, &b->rng),
	    "encrypt");
}

/* bench_cpu: processor time of this process alone: what others do on the machine meanwhile does not
 * count. */
static inline double
bench_cpu(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline double
bench_now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

#endif
