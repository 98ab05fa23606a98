/* SPDX-License-Identifier: EUPL-1.2 */
/* A sealed election as its archive has it: setup, ballots, tally, decryptions; and the one way to
 * append to it. */
#ifndef URNE_CLIENT_CLI_STATE_H
#define URNE_CLIENT_CLI_STATE_H

#include "base/hash_index.h"
#include "bulletin/log/event.h"
#include "client/cli/workdir.h"
#include "election/ballot.h"
#include "election/credentials.h"
#include "election/definition.h"
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

#define URNE_MAX_SHARES (4 * URNE_MAX_TRUSTEES)

struct urne_state {
	struct urne_cli *cli;
	struct urne_buf path;
	int lock; /* descriptor of the locked archive, or -1 */
	struct urne_archive *archive;
	struct urne_arena arena;
	struct urne_buf election_text, trustees_text, credentials_text;
	struct urne_buf definition_text;
	struct urne_definition definition; /* the sealed one, compared with the election */
	bool has_definition;		   /* it lies beside the archive */
	struct urne_election election;
	struct urne_trustees trustees;
	struct urne_credentials *credentials;
	struct urne_chain chain;
	uint64_t timestamp;
	uint64_t end;	      /* of the last whole event */
	uint64_t torn;	      /* bytes behind it that an interrupted append left */
	uint64_t torn_height; /* of the event that was being appended then */
	bool test;	      /* marked as a test election */

	struct urne_cast *ballots;
	size_t num_ballots, cap_ballots;
	size_t *last; /* per member: 1 + index of the last ballot, or 0 */
	size_t num_voters;
	struct urne_hash_index seen; /* trackers, and which of the ballots it is */

	struct urne_record tally_record;
	struct urne_sized_tally sized;
	struct urne_share_ref *shares;
	size_t num_shares;
	struct urne_record result_record;
};

/* urne_state_open reads the archive DIR/UUID.bel, or the file itself, whole: chain, life cycle,
 * setup with all its proofs, which ballot is whose. Ballots' proofs are not checked here. writing:
 * takes the lock. Close always. */
enum urne_err urne_state_open(
    struct urne_state *s, struct urne_cli *cli, const char *path, bool writing) URNE_MUST_USE;
void urne_state_close(struct urne_state *s);

/* urne_state_load_definition reads the definition that the election seals, UUID.vote.json beside
 * the archive; an election without one, or a missing file, leaves has_definition false; a file that
 * is not the sealed one is refused. Called by urne_state_open. */
enum urne_err urne_state_load_definition(struct urne_state *s) URNE_MUST_USE;
/* urne_state_need_definition refuses when there is none, saying where it belongs. */
enum urne_err urne_state_need_definition(struct urne_state *s) URNE_MUST_USE;
/* urne_state_sealed_definition: whether the election seals a definition; when it does, the file
 * must be there, or the command is refused. */
enum urne_err urne_state_sealed_definition(struct urne_state *s, bool *sealed) URNE_MUST_USE;
/* The rules of the definition that commands keep; an election without definition has none, and a
 * test election keeps no hours. voting: from opening to closing. closing: not before closing. */
enum urne_err urne_state_hours_of_voting(struct urne_state *s) URNE_MUST_USE;
enum urne_err urne_state_hours_of_closing(struct urne_state *s) URNE_MUST_USE;
/* urne_state_floor refuses to count or decrypt fewer voters than the definition's floor. */
enum urne_err urne_state_floor(struct urne_state *s, uint64_t num_voters) URNE_MUST_USE;

/* urne_state_demand refuses when the election is not at `stage`, saying what to do. */
enum urne_err urne_state_demand(
    struct urne_state *s, enum urne_stage stage, const char *to) URNE_MUST_USE;
const char *urne_stage_words(enum urne_stage stage);

/* urne_state_find_ballot: index of the ballot with this tracker, or SIZE_MAX. */
size_t urne_state_find_ballot(const struct urne_state *s, const struct urne_hash *tracker);
/* urne_state_check_ballot reads and checks everything about a ballot; *member is whose it is. */
enum urne_err urne_state_check_ballot(const struct urne_state *s, struct urne_ballot *b,
    size_t *member, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view text) URNE_MUST_USE;
/* urne_state_note_ballot adds a ballot to the lists (one that was read or is being appended). */
enum urne_err urne_state_note_ballot(struct urne_state *s, const struct urne_record *record,
    uint64_t height, size_t member) URNE_MUST_USE;

/* urne_state_tally verifies every ballot and adds up the last one of each member. In arena. */
enum urne_err urne_state_tally(
    struct urne_state *s, struct urne_tally *out, struct urne_arena *arena) URNE_MUST_USE;
/* urne_state_load_tally: the encrypted tally of the archive. */
enum urne_err urne_state_load_tally(
    struct urne_state *s, struct urne_tally *out, struct urne_arena *arena) URNE_MUST_USE;
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
