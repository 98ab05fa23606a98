/* SPDX-License-Identifier: EUPL-1.2 */
/* The state of a verification, shared by the families of checks. Each family has functions called
 * for the events that concern it; they write to the report. They return an error only when we or
 * the machine failed (urne_err_is_ours): what is wrong with the archive goes to the report. */
#ifndef URNE_VERIFIER_VERIFY_H
#define URNE_VERIFIER_VERIFY_H

#include "base/arena.h"
#include "base/hash_index.h"
#include "bulletin/log/event.h"
#include "documents/declared.h"
#include "documents/minutes.h"
#include "documents/outcome_documents.h"
#include "election/credentials.h"
#include "election/definition.h"
#include "election/election.h"
#include "election/trustees.h"
#include "tally/tally.h"
#include "verifier/hint_file.h"
#include "verifier/journal.h"
#include "verifier/log.h"
#include "verifier/report.h"
#include "verifier/source.h"

/* The last good ballot of one credential: where it stands, so that a revote can take it back. */
struct urne_last_ballot {
	uint64_t offset; /* of the record; never 0, the archive's first record stands there */
	uint64_t size;
	struct urne_hash hash;
};

/* Files besides the archive; NULL: the one that lies beside it, or none. */
struct urne_verify_files {
	const char *definition;	  /* else UUID.vote.json */
	const char *declared;	  /* else UUID.declared.json, if it is there */
	const char *outcome;	  /* else UUID.outcome.json, if it is there */
	const char *minutes;	  /* compared only when given */
	const char *signatures;	  /* else the minutes' name with .note */
	const char *minutes_hash; /* from paper */
	const char *hints;	  /* to be used, or NULL */
	const char *write_hints;  /* to be made, or NULL */
	const char *const *receipts;
	size_t num_receipts;
};

struct urne_verify_state; /* of an earlier run, and for the next one: state.h */
struct urne_ballot_chunk; /* ballots waiting to be checked together: ballot_chunk.h */

struct urne_verification {
	struct urne_report *report;
	const struct urne_source *source;
	const struct urne_source *journal_source; /* NULL: there is none */
	const char *archive_path;		  /* of the source */
	struct urne_archive *archive;
	struct urne_chain chain;
	struct urne_pool *pool;
	struct urne_verify_state *state; /* NULL: none is kept */

	/* setup */
	struct urne_arena arena;		      /* election, trustees */
	struct urne_buf election_text, trustees_text; /* the election borrows from them */
	struct urne_election election;
	bool has_election;
	struct urne_trustees trustees;
	bool has_trustees; /* read and checked */
	struct urne_credentials *credentials;

	/* hints (hints.h): NULL when there are none to be read, or written */
	struct urne_hint_reader *hint_reader;
	struct urne_hint_writer *hint_writer;
	/* what was good by its hints */
	uint64_t num_hinted_credentials, num_hinted_ballots, num_hinted_factors;

	/* ballots */
	struct urne_ballot_chunk *chunk;
	struct urne_last_ballot *last; /* one per credential */
	struct urne_hash_index seen;   /* ballots that were read: each may stand once */
	uint64_t num_ballots, num_bad_ballots;
	uint64_t num_voters, total_weight; /* distinct credentials that voted, and their weight */

	/* tally */
	struct urne_arena tally_arena; /* tallies, valid partial decryptions, result */
	bool can_tally;		       /* false with non-homomorphic questions */
	struct urne_tally tally;       /* recomputed */
	struct urne_tally recorded;
	bool has_recorded;
	const struct urne_partial_decryption **by_owner;
	bool *has_shuffled; /* by owner */
	uint64_t num_valid; /* partial decryptions */
	struct urne_elem *combined;
	struct urne_result result;
	bool has_verified_result;

	/* the vote: definition, outcome, minutes */
	struct urne_verify_files files;
	struct urne_buf definition_text;
	struct urne_definition definition;
	bool has_definition; /* sealed, there, and it gives these questions */
	struct urne_buf minutes_text;
	bool has_minutes; /* given, and what is declared was taken from it */
	struct urne_minutes_inputs minutes_inputs;
	struct urne_declared declared;
	struct urne_outcome outcome;
	struct urne_outcome_heading heading;
	bool has_outcome;

	struct urne_log_check log;
	struct urne_journal_check journal;
};

/* urne_verify walks the archive and fills the report. Everything else of *v is left for the
 * printers; clear with urne_verify_clear. Errors: only our own, and of a state that is of something
 * else. When urne_verify_continues_lost, the report means nothing: the archive is to be verified
 * once more, with v->state->anew. */
enum urne_err urne_verify(struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;
void urne_verify_clear(struct urne_verification *v);

/* check_setup.c */
enum urne_err urne_verify_setup(struct urne_verification *v, struct urne_diag *d,
    const struct urne_log_item *item) URNE_MUST_USE;

/* check_ballots.c: ballots are gathered and checked in parallel, some at a time. _flush: all that
 * were gathered are checked and counted. */
enum urne_err urne_verify_ballots_begin(
    struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;
enum urne_err urne_verify_ballot(struct urne_verification *v, struct urne_diag *d,
    const struct urne_log_item *item) URNE_MUST_USE;
enum urne_err urne_verify_ballots_flush(
    struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;
void urne_verify_ballots_complete(struct urne_verification *v);
void urne_verify_ballots_free(struct urne_verification *v);

/* check_tally.c */
enum urne_err urne_verify_tally(struct urne_verification *v, struct urne_diag *d,
    const struct urne_log_item *item) URNE_MUST_USE;
enum urne_err urne_verify_shuffle(struct urne_verification *v, struct urne_diag *d,
    const struct urne_log_item *item) URNE_MUST_USE;

/* check_decryption.c */
enum urne_err urne_verify_decryption(struct urne_verification *v, struct urne_diag *d,
    const struct urne_log_item *item) URNE_MUST_USE;
/* urne_verify_shares combines what is valid; called once, at the result or the end of the file. */
enum urne_err urne_verify_shares(struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;

/* check_result.c */
enum urne_err urne_verify_result(struct urne_verification *v, struct urne_diag *d,
    const struct urne_log_item *item) URNE_MUST_USE;

/* check_definition.c, check_outcome.c, check_minutes.c: once the whole archive was read. */
enum urne_err urne_verify_definition(
    struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;
enum urne_err urne_verify_outcome(struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;
enum urne_err urne_verify_minutes(struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;
/* urne_verify_minutes_open reads the given minutes, if any, before the outcome is computed: what
 * the officials declare is taken from them. */
enum urne_err urne_verify_minutes_open(
    struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;
/* urne_verify_same_document: whether two documents are the same bytes; the sentence says where they
 * begin to differ. */
bool urne_verify_same_document(
    struct urne_diag *d, struct urne_view given, struct urne_view recomputed) URNE_MUST_USE;

/* check_log.c: the log that stands behind the archive. _open before the walk, _event for each
 * event, _end behind everything else. urne_verify_log_covered: the fetched archive may go on behind
 * what the checkpoint covers, which is not looked at. */
enum urne_err urne_verify_log_open(struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;
enum urne_err urne_verify_log_event(struct urne_verification *v, struct urne_diag *d,
    const struct urne_log_item *item) URNE_MUST_USE;
bool urne_verify_log_covered(const struct urne_verification *v);
void urne_verify_log_end(struct urne_verification *v, bool broken);
void urne_verify_log_clear(struct urne_verification *v);

/* check_tiles.c: the same, and _node for every complete subtree. */
enum urne_err urne_verify_tiles_open(
    struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;
enum urne_err urne_verify_tiles_entry(struct urne_verification *v, struct urne_diag *d,
    uint64_t index, struct urne_view event) URNE_MUST_USE;
enum urne_err urne_verify_tiles_node(struct urne_verification *v, struct urne_diag *d,
    unsigned level, uint64_t index, const struct urne_hash *hash) URNE_MUST_USE;
void urne_verify_tiles_end(struct urne_verification *v, bool broken);
void urne_verify_tiles_free(struct urne_verification *v);

/* check_receipts.c: the same, and _counted when a good ballot takes its place, `before` being the
 * one of its credential that it replaces, or NULL. */
enum urne_err urne_verify_receipts_open(
    struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;
void urne_verify_receipts_event(struct urne_verification *v, const struct urne_log_item *item);
void urne_verify_receipts_counted(struct urne_verification *v, uint64_t height, size_t credential,
    const struct urne_hash *before);
void urne_verify_receipts_end(struct urne_verification *v, bool broken);
void urne_verify_receipts_free(struct urne_verification *v);

/* check_journal.c: _open reads the journal, if there is one, before the walk; _event is called for
 * every event of the election behind the other checks of it, _end once all is known. */
enum urne_err urne_verify_journal_open(
    struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;
void urne_verify_journal_event(struct urne_verification *v, const struct urne_log_item *item);
enum urne_err urne_verify_journal_end(
    struct urne_verification *v, struct urne_diag *d, bool broken) URNE_MUST_USE;
void urne_verify_journal_clear(struct urne_verification *v);
/* check_journal_orders.c: what the officials ordered is what the election's log holds.
 * check_journal_hours.c: the trees that the journal records. check_journal_rehearsal.c. All are
 * called when the journal is lawful and both archives were read to their ends. */
void urne_verify_journal_seal(struct urne_verification *v);
void urne_verify_journal_release(struct urne_verification *v);
void urne_verify_journal_certification(struct urne_verification *v);
void urne_verify_journal_hours(struct urne_verification *v);
enum urne_err urne_verify_journal_rehearsals(
    struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;

/* state.c: the state in a file, and what this run adds to it; nothing to do without one.
 * _open reads FILE, if it is there, and locks it; _ballot and _event are called in the order of the
 * log, once it is known whether the ballot or event is right; _save writes what holds, once the
 * report is out. _close always, also after an error of _open. */
enum urne_err urne_verify_state_open(
    struct urne_verify_state *s, struct urne_diag *d, const char *path) URNE_MUST_USE;
void urne_verify_state_close(struct urne_verify_state *s);
enum urne_err urne_verify_state_ballot(struct urne_verification *v, struct urne_diag *d, bool good,
    const struct urne_hash *tracker, size_t member, uint64_t end) URNE_MUST_USE;
enum urne_err urne_verify_state_event(struct urne_verification *v, struct urne_diag *d,
    const struct urne_log_item *item) URNE_MUST_USE;
enum urne_err urne_verify_state_save(
    struct urne_verification *v, struct urne_diag *d) URNE_MUST_USE;

/* check_continues.c: that what the state has is still there. _covers: this event is one of those;
 * _setup: the Setup is the one of the state, so that its list was verified;
 * _ballot says whose ballot it is when it is the same, and is false when it is not; _event for
 * every event behind its own checks; _walked once no event is left; _lost: it is not all there. */
bool urne_verify_continues_covers(const struct urne_verification *v, uint64_t height);
bool urne_verify_continues_setup(
    const struct urne_verification *v, const struct urne_log_item *item);
bool urne_verify_continues_ballot(
    const struct urne_verification *v, size_t *member, const struct urne_log_item *item);
enum urne_err urne_verify_continues_event(struct urne_verification *v, struct urne_diag *d,
    const struct urne_log_item *item) URNE_MUST_USE;
void urne_verify_continues_walked(struct urne_verification *v, bool broken);
bool urne_verify_continues_lost(const struct urne_verification *v);
void urne_verify_continues_end(struct urne_verification *v, bool broken);

/* urne_verify_load appends a record's body to `out`, whose max is the cap for its type.
 * URNE_ERR_LIMIT when it is larger; our own errors otherwise. */
enum urne_err urne_verify_load(struct urne_verification *v, struct urne_buf *out,
    struct urne_diag *d, const struct urne_record *rec) URNE_MUST_USE;
/* urne_verify_text_cap: more bytes than any canonical text with that many elements and scalars,
 * their field names included, takes. */
size_t urne_verify_text_cap(const struct urne_verification *v, size_t num_values);

/* The printers. */
void urne_report_text(struct urne_buf *out, const struct urne_verification *v);
void urne_report_json(struct urne_buf *out, const struct urne_verification *v);
/* report_journal.c: their part about the journal; nothing without one. */
void urne_report_journal_text(struct urne_buf *out, const struct urne_verification *v);
void urne_report_journal_json(struct urne_buf *out, const struct urne_verification *v);

#endif
