/* SPDX-License-Identifier: EUPL-1.2 */
/* Ballots that wait to be checked together, for the files that do: check_ballots.c,
 * check_ballots_hinted.c, count_ballots.c. */
#ifndef URNE_VERIFIER_BALLOT_CHUNK_H
#define URNE_VERIFIER_BALLOT_CHUNK_H

#include "base/pool.h"
#include "election/ballot_batch.h"
#include "verifier/verify.h"

/* The checks of one ballot; which ones is check_ballots.c's. */
#define URNE_NUM_BALLOT_CHECKS 5

struct urne_ballot_slot {
	struct urne_record record;
	uint64_t end;		 /* of the event, in the archive */
	uint64_t height, number; /* of the event; of the ballot, from 1 */
	struct urne_buf text;
	struct urne_arena arena;
	struct urne_ballot ballot;
	size_t index;		 /* of its credential */
	enum urne_err too_large; /* URNE_ERR_LIMIT: was not even loaded */
	enum urne_err err[URNE_NUM_BALLOT_CHECKS];
	bool made[URNE_NUM_BALLOT_CHECKS];
	struct urne_diag diag[URNE_NUM_BALLOT_CHECKS];

	/* hints: read, or to be written; NULL until there are some */
	uint8_t *hints;
	struct urne_hint_place place; /* where they are read */
	bool has_hints;
	struct urne_hinted_ballot hinted; /* good: by hints */

	bool counts;			/* it is still to be added to the tally */
	struct urne_last_ballot before; /* and this one's; offset 0: nobody's */
};

struct urne_ballot_counter; /* a thread's part of the tally */

/* Ballots that are checked together. */
struct urne_ballot_set {
	struct urne_verification *v;
	struct urne_ballot_slot *slots;
	size_t num;
	size_t text_len;		    /* of all slots in use */
	struct urne_hinted_ballot **hinted; /* those with hints; room for all */

	struct urne_work work; /* the check, while it is under way */
	enum urne_err err;     /* our own, if it could not be made; */
	struct urne_diag diag; /* and why */
};

/* While one set is checked the walk gathers the next. */
#define URNE_BALLOT_SETS ((size_t)2)

struct urne_ballot_chunk {
	struct urne_ballot_set sets[URNE_BALLOT_SETS];
	size_t num_sets;
	size_t gathered;		   /* which of them the walk fills */
	struct urne_ballot_set *under_way; /* while it is checked; or NULL */
	struct urne_ballot_set *concluded; /* while that is done; or NULL */
	size_t max;			   /* slots of a set */
	size_t text_max;		   /* of all slots of a set */
	size_t cap;			   /* of one ballot's text */
	size_t arena_max;

	size_t num_points; /* of a ballot with hints; 0: there are none */
	bool by_hints;	   /* they are read */
	bool make_hints;   /* they are made */

	struct urne_ballot_counter *counters; /* one for each thread; NULL: no tally is made */
	size_t num_counters;
};

/* check_ballots_hinted.c. _begin sets num_points; _ballot looks for the hints of a slot; _check
 * reads those of a set and judges what has them; _write writes those that were made of a good
 * ballot. */
void urne_verify_hints_begin(struct urne_verification *v);
enum urne_err urne_verify_hints_ballot(
    struct urne_verification *v, struct urne_diag *d, struct urne_ballot_slot *s) URNE_MUST_USE;
enum urne_err urne_verify_hints_check(
    struct urne_ballot_set *set, struct urne_diag *d) URNE_MUST_USE;
enum urne_err urne_verify_hints_write(struct urne_verification *v, struct urne_diag *d,
    const struct urne_ballot_slot *s) URNE_MUST_USE;
void urne_verify_hints_free(struct urne_ballot_slot *s);

/* count_ballots.c. _begin decides whether there is a tally to make; urne_verify_take_place: from
 * now on this is the last ballot of its credential; the one before is returned, with offset 0 when
 * there was none. urne_verify_count is that for a ballot whose sum is not made yet, in the order of
 * the log; _flush adds what was noted so far to the tally, in threads. Errors: only our own. */
enum urne_err urne_verify_count_begin(
    struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;
struct urne_last_ballot urne_verify_take_place(
    struct urne_verification *v, uint64_t height, size_t index, const struct urne_record *r);
void urne_verify_count(struct urne_verification *v, struct urne_ballot_slot *s);
enum urne_err urne_verify_count_flush(
    struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;
void urne_verify_count_free(struct urne_ballot_chunk *c);

#endif
