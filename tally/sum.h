/* SPDX-License-Identifier: EUPL-1.2 */
/* Many ballots added up on several threads, a slice of them in memory at a time. */
#ifndef URNE_TALLY_SUM_H
#define URNE_TALLY_SUM_H

#include "base/pool.h"
#include "tally/tally.h"

/* A ballot as it was read, and whether it counts: one that was replaced does not. */
struct urne_counted_ballot {
	struct urne_ballot ballot;
	bool counts;
	uint64_t weight;
};

/* Where the ballots come from. Sentences of errors are passed on as they are. */
struct urne_ballot_source {
	size_t num;
	/* appends the text of ballot i, which is asked for in order, by one thread */
	enum urne_err (*load)(void *ctx, struct urne_buf *text, struct urne_diag *d, size_t i);
	/* reads ballot i, and makes the checks that are wanted; any thread */
	enum urne_err (*read)(void *ctx, struct urne_counted_ballot *out, struct urne_arena *arena,
	    struct urne_diag *d, size_t i, struct urne_view text);
	/* num more are done; may be NULL */
	void (*progress)(void *ctx, size_t num);
	void *ctx;
};

/* urne_tally_sum adds up what counts. The tally lives in `arena`. The error is that of the first
 * ballot, in their order, of the first slice that has any. */
enum urne_err urne_tally_sum(struct urne_tally *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_election *e, const struct urne_ballot_source *from,
    struct urne_pool *pool) URNE_MUST_USE;

#endif
