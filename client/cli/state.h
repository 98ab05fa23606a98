/* SPDX-License-Identifier: EUPL-1.2 */
/* A sealed election as its archive has it: setup, ballots, tally, decryptions; and the one way to
 * append to it. */
#ifndef URNE_CLIENT_CLI_STATE_H
#define URNE_CLIENT_CLI_STATE_H

#include "base/hash_index.h"
#include "bulletin/log/event.h"
#include "client/cli/sealed.h"
#include "client/cli/workdir.h"
#include "tally/tally.h"

struct urne_cast {
	struct urne_record record;
	uint64_t height;
	size_t member; /* index in the list of credentials, or SIZE_MAX */
};

struct urne_share_ref {
	struct urne_record record;
	uint64_t owner, height;
};

/* An event as a leaf of the log's tree, and where it ends in the archive. */
struct urne_leaf {
	struct urne_hash hash;
	uint64_t end;
};

#define URNE_MAX_SHARES (4 * URNE_MAX_TRUSTEES)

struct urne_state {
	struct urne_cli *cli;
	struct urne_buf path;
	int lock; /* descriptor of the locked archive, or -1 */
	struct urne_archive *archive;
	struct urne_arena arena;
	struct urne_sealed sealed;
	struct urne_chain chain;
	uint64_t timestamp;
	uint64_t end;	      /* of the last whole event */
	uint64_t torn;	      /* bytes behind it that an interrupted append left */
	uint64_t torn_height; /* of the event that was being appended then */

	struct urne_cast *ballots;
	size_t num_ballots, cap_ballots;
	size_t *last; /* per member: 1 + index of the last ballot, or 0 */
	size_t num_voters;
	struct urne_hash_index seen; /* trackers, and which of the ballots it is */

	/* what was read when the archive was opened */
	struct urne_leaf *leaves; /* by height */
	size_t num_leaves, cap_leaves;
	struct urne_log_item *others; /* the events that are no ballots; bodies are not kept */
	size_t num_others, cap_others;

	struct urne_record tally_record;
	struct urne_sized_tally sized;
	struct urne_share_ref *shares;
	size_t num_shares;
	struct urne_record result_record;
};

/* urne_state_open reads the archive DIR/UUID.bel, or the file itself, whole: chain, life cycle,
 * setup with all its proofs, which ballot is whose. Ballots' proofs are not checked here. The
 * definition that the election seals is UUID.vote.json beside it; a missing file leaves
 * sealed.has_definition false, another one is refused. writing: takes the lock. Close always. */
enum urne_err urne_state_open(
    struct urne_state *s, struct urne_cli *cli, const char *path, bool writing) URNE_MUST_USE;
void urne_state_close(struct urne_state *s);

/* urne_state_demand refuses when the election is not at `stage`, saying what to do. */
enum urne_err urne_state_demand(
    struct urne_state *s, enum urne_stage stage, const char *to) URNE_MUST_USE;
const char *urne_stage_words(enum urne_stage stage);

/* urne_state_find_ballot: index of the ballot with this tracker, or SIZE_MAX. */
size_t urne_state_find_ballot(const struct urne_state *s, const struct urne_hash *tracker);
/* urne_state_note_ballot adds a ballot to the lists (one that was read or is being appended). */
enum urne_err urne_state_note_ballot(struct urne_state *s, const struct urne_record *record,
    uint64_t height, size_t member) URNE_MUST_USE;

/* urne_state_tally verifies every ballot and adds up the last one of each member. In arena. */
enum urne_err urne_state_tally(
    struct urne_state *s, struct urne_tally *out, struct urne_arena *arena) URNE_MUST_USE;
/* urne_state_check_tally is urne_state_tally, and refuses when the archive records another tally
 * than its ballots give (threats A18, A43). */
enum urne_err urne_state_check_tally(
    struct urne_state *s, struct urne_tally *out, struct urne_arena *arena) URNE_MUST_USE;
/* urne_state_load_tally: the encrypted tally of the archive. */
enum urne_err urne_state_load_tally(
    struct urne_state *s, struct urne_tally *out, struct urne_arena *arena) URNE_MUST_USE;
/* urne_state_combine checks the partial decryptions of the archive, leaves wrong ones aside with a
 * note that names their trustee, and finds the counts of the tally `t`; in s->arena. */
enum urne_err urne_state_combine(
    struct urne_state *s, struct urne_result *out, const struct urne_tally *t) URNE_MUST_USE;
/* urne_state_load_result: the counts of a finished election, as recorded; in s->arena. */
enum urne_err urne_state_load_result(struct urne_state *s, struct urne_result *out) URNE_MUST_USE;
/* urne_state_append writes the records of new events with one write and makes them durable; a torn
 * tail is saved beside the archive first and cut off. sync: fsync at once. */
enum urne_err urne_state_append(
    struct urne_state *s, struct urne_view records, bool sync) URNE_MUST_USE;
/* urne_state_event appends one event. */
enum urne_err urne_state_event(struct urne_state *s, enum urne_event_type type,
    const struct urne_view *data, size_t num_data) URNE_MUST_USE;

#endif
