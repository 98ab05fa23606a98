/* SPDX-License-Identifier: EUPL-1.2 */
/* What the steps of an observer share: the entry at work, and what it takes in the archive. */
#ifndef URNE_OBSERVER_STEP_H
#define URNE_OBSERVER_STEP_H

#include "observer/observer.h"
#include "observer/part.h"

struct urne_step {
	struct urne_observer *o;
	const struct urne_observer_source *from;
	struct urne_diag *d;
	uint64_t floor;
	enum urne_observer_fault fault;
	struct urne_archive_part part;
};

/* urne_step_fetch is from->object; an error of it is the source's. */
enum urne_err urne_step_fetch(struct urne_step *s, struct urne_buf *out,
    const struct urne_hash *hash, bool keep) URNE_MUST_USE;
/* urne_step_archive compares the part with the archive. */
enum urne_err urne_step_archive(struct urne_step *s) URNE_MUST_USE;
/* urne_step_blame says what an error that is not ours is about, unless that is known. */
enum urne_err urne_step_blame(
    struct urne_step *s, enum urne_err e, enum urne_observer_fault fault) URNE_MUST_USE;

/* An entry that was read. */
struct urne_step_entry {
	struct urne_view text;
	struct urne_event event;
	struct urne_hash leaf;
};

/* ballots.c: urne_step_ballots verifies `num` ballots and notes them. After an error *num is how
 * many were. */
enum urne_err urne_step_ballots(
    struct urne_step *s, size_t *num, const struct urne_step_entry *entries) URNE_MUST_USE;
/* count.c: what follows the ballots; `object` is the record that the payload names. */
enum urne_err urne_step_tally(
    struct urne_step *s, struct urne_view object, struct urne_view sized) URNE_MUST_USE;
enum urne_err urne_step_share(
    struct urne_step *s, struct urne_view object, struct urne_view owned) URNE_MUST_USE;
enum urne_err urne_step_result(struct urne_step *s, struct urne_view text) URNE_MUST_USE;

#endif
