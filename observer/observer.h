/* SPDX-License-Identifier: EUPL-1.2 */
/* What an observer of an election's log remembers between two looks at it, and what new entries do
 * to that: each is verified completely, by the functions that everybody uses, and once. Where
 * objects come from is not its business, nor what time it is. "urne watch" steps it over a board's
 * entries; "urne-verify --state" keeps what it found by itself in the same file.
 * Spec: docs/observing.md */
#ifndef URNE_OBSERVER_OBSERVER_H
#define URNE_OBSERVER_OBSERVER_H

#include "base/hash_index.h"
#include "bulletin/log/event.h"
#include "bulletin/log/merkle.h"
#include "crypto/note.h"
#include "election/setup.h"
#include "tally/tally.h"

/* A ballot that was verified. */
struct urne_observed_ballot {
	struct urne_hash tracker;
	size_t member; /* index in the list of credentials */
};

/* A partial decryption whose proofs verified. */
struct urne_observed_share {
	uint64_t owner;
	struct urne_hash object;
};

struct urne_observer {
	/* what is kept in the state file; observer/state.c */
	struct urne_buf uuid;	  /* of the election; empty before the Setup */
	struct urne_buf key_text; /* of the log, as a verifier key: its name is the log's origin;
				     empty when only an archive was verified */
	struct urne_buf note;	  /* the newest signed checkpoint that was believed, or empty */
	struct urne_merkle_tree tree; /* of the entries that were verified: no more than it signs */
	struct urne_chain chain;
	uint64_t timestamp;   /* of the archive's records */
	uint64_t archive_end; /* its bytes that hold the entries of `tree` */
	struct urne_setup_data setup;
	struct urne_observed_ballot *ballots; /* in their order */
	size_t num_ballots, cap_ballots;
	struct urne_observed_share shares[URNE_MAX_TRUSTEES];
	size_t num_shares;
	uint64_t answered; /* seconds since 1970 when the board last showed a good checkpoint */
	uint64_t moved;	   /* and when that was another one than before */

	/* what follows from it, and from the Setup */
	struct urne_note_key key;
	struct urne_buf tally_text; /* until the election is known */
	struct urne_arena arena;    /* of everything below */
	struct urne_buf texts[3];   /* election, trustees, credentials */
	bool has_setup;
	struct urne_election election;
	struct urne_trustees trustees;
	struct urne_credentials *credentials;
	struct urne_diag remark;     /* on the last step: what does not count; or empty */
	struct urne_tally tally;     /* of the last ballot of every member */
	struct urne_hash_index seen; /* trackers */
	size_t *last;		     /* per member: 1 + index of the last ballot, or 0 */
	struct urne_pool *pool;
};

/* urne_observer_init: an observer that has seen nothing. Clear always. */
void urne_observer_init(struct urne_observer *o, struct urne_pool *pool);
void urne_observer_clear(struct urne_observer *o);
/* urne_observer_key sets whose log it is. */
enum urne_err urne_observer_key(
    struct urne_observer *o, struct urne_diag *d, const struct urne_note_key *key) URNE_MUST_USE;

/* --- the file (state.c) --- */

/* urne_observer_write appends the state as a file holds it. Spec: docs/observing.md#the-state-file
 */
void urne_observer_write(struct urne_buf *out, const struct urne_observer *o);
/* urne_observer_read reads exactly what urne_observer_write writes into an observer that has seen
 * nothing: one format, one form, the right sum, and parts that agree with each other; the tally
 * only once the election is known, by urne_observer_setup. */
enum urne_err urne_observer_read(
    struct urne_observer *o, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;

/* urne_observer_note_ballot puts a ballot behind the others. URNE_ERR_DUPLICATE: it is there;
 * URNE_ERR_MEMORY. */
enum urne_err urne_observer_note_ballot(
    struct urne_observer *o, const struct urne_hash *tracker, size_t member) URNE_MUST_USE;
/* urne_observer_put_ballot is the same for a caller who has an index of its own and knows that the
 * ballot is not there: `seen` is not asked, and does not learn of it. URNE_ERR_MEMORY. */
enum urne_err urne_observer_put_ballot(
    struct urne_observer *o, const struct urne_hash *tracker, size_t member) URNE_MUST_USE;

/* --- FILE and FILE.d (file.c) --- */

/* urne_observer_lock makes the folder that belongs to the state at `path`, and locks it as long as
 * *lock is open: one process works with a state at a time (URNE_ERR_EXISTS). */
enum urne_err urne_observer_lock(
    int *lock, struct urne_diag *d, const char *path, const char *folder) URNE_MUST_USE;
/* urne_observer_load is urne_observer_read of the file; its name stands before the sentence. */
enum urne_err urne_observer_load(
    struct urne_observer *o, struct urne_diag *d, const char *path) URNE_MUST_USE;
/* urne_observer_save puts the state in the place of the file, whole and durably. */
enum urne_err urne_observer_save(
    struct urne_diag *d, const char *path, const struct urne_observer *o) URNE_MUST_USE;

/* --- the election (step.c) --- */

/* Where a step takes what it needs. */
struct urne_observer_source {
	/* appends the object with this hash, which was compared; keep: it is needed again when the
	 * observer starts anew */
	enum urne_err (*object)(void *ctx, struct urne_buf *out, struct urne_diag *d,
	    const struct urne_hash *hash, bool keep);
	/* whether `len` bytes of the archive, from `at` on, have this SHA-256; an error when not */
	enum urne_err (*archive)(void *ctx, struct urne_diag *d, uint64_t at, uint64_t len,
	    const struct urne_hash *hash);
	void *ctx;
};

/* urne_observer_setup fetches what the Setup names and checks all of it; behind a state that was
 * read also the rest of that. Nothing to do without a Setup. URNE_ERR_UNSUPPORTED: an election that
 * cannot be tallied in the open. */
enum urne_err urne_observer_setup(struct urne_observer *o, struct urne_diag *d,
    const struct urne_observer_source *from) URNE_MUST_USE;

/* What an error of urne_observer_take is about. */
enum urne_observer_fault {
	URNE_FAULT_NONE,
	URNE_FAULT_SOURCE, /* what the source said, or our own: the log is not judged */
	URNE_FAULT_EVENT,  /* an event or a ballot that cannot be there */
	URNE_FAULT_TALLY,  /* the encrypted tally is not that of the ballots */
	URNE_FAULT_RESULT, /* the result is not that of the partial decryptions */
};

/* urne_observer_take verifies entries that stand behind those seen so far and are known to be in
 * the signed tree, and takes them over. After an error those before entry o->tree.size are taken,
 * and this is the one at fault. `floor` is that of the definition, 0 when there is none. */
enum urne_err urne_observer_take(struct urne_observer *o, enum urne_observer_fault *fault,
    struct urne_diag *d, const struct urne_observer_source *from, const struct urne_view *entries,
    size_t num, uint64_t floor) URNE_MUST_USE;

/* urne_observer_bundle: how many entries are best given at once, so that what belongs to them stays
 * within some megabytes. */
size_t urne_observer_bundle(const struct urne_observer *o);

/* urne_observer_stage: where an election with these events stands. */
enum urne_stage urne_observer_stage(const uint64_t num_of[URNE_NUM_EVENT_TYPES]);

#endif
