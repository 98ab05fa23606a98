/* SPDX-License-Identifier: EUPL-1.2 */
/* The board without its network: a data directory, the elections on it, the threads that check and
 * the one that writes. Spec: docs/log.md */
#ifndef URNE_BULLETIN_SERVER_BOARD_H
#define URNE_BULLETIN_SERVER_BOARD_H

#include "bulletin/log/journal.h"
#include "bulletin/server/config.h"
#include "bulletin/server/election.h"
#include "bulletin/server/metrics.h"
#include "bulletin/server/pages.h"
#include "bulletin/server/submission.h"

struct urne_board;
struct urne_board_log; /* one log on it; lives as long as the board */

struct urne_board_options {
	const char *log_key; /* the signer key of the log; NULL: DIR/log.key */
	size_t num_threads;  /* that check; 0: one per processor */
	bool no_hints;	     /* of ballots: none are asked for, made or kept */
	unsigned batch_ms;   /* how long the writer gathers a batch; 0: 200 */
	const char *pages;   /* the folder of the pages; NULL: it serves none */
};

/* urne_board_open takes the lock of DIR (URNE_ERR_ORDER when another process has it), brings
 * database, head and files together as docs/log.md#start-up says, or refuses with what is wrong and
 * the way out, and starts the threads. */
enum urne_err urne_board_open(struct urne_board **out, struct urne_diag *d, const char *dir,
    const struct urne_board_options *options) URNE_MUST_USE;
/* urne_board_close lets what was submitted come to its end, then stops. NULL is fine. */
void urne_board_close(struct urne_board *b);

const struct urne_board_config *urne_board_config(const struct urne_board *b);
struct urne_metrics *urne_board_metrics(struct urne_board *b);
/* urne_board_pages: what it serves to browsers, made at its start; NULL: nothing. Any thread. */
const struct urne_pages *urne_board_pages(const struct urne_board *b);
/* urne_board_public: the folder that is served under /bb/. */
const char *urne_board_public(const struct urne_board *b);

/* urne_board_find: the log of an election, or the journal, by its name; or NULL. Any thread. */
struct urne_board_log *urne_board_find(struct urne_board *b, struct urne_view uuid);
struct urne_view urne_board_log_uuid(const struct urne_board_log *l);
/* urne_board_log_election: NULL of the journal. */
const struct urne_board_election *urne_board_log_election(const struct urne_board_log *l);
/* urne_board_wants_hints: whether it keeps hints of this election's ballots, so that it is glad of
 * those that come with them. */
bool urne_board_wants_hints(const struct urne_board *b, const struct urne_board_log *l);
uint64_t urne_board_log_timestamp(const struct urne_board_log *l); /* of its archive */

/* Where an election stands, as published. */
struct urne_board_state {
	enum urne_stage stage;
	uint64_t size; /* of the published checkpoint */
	uint64_t num_ballots;
	uint64_t
	    archive_len; /* bytes of election.bel that may be read: at that size or a later one */
};
void urne_board_log_state(struct urne_board_log *l, struct urne_board_state *out);

/* urne_board_payload appends the payload of every event of a type other than Ballot, in the order
 * of the log. Any thread. */
enum urne_err urne_board_payload(struct urne_board *b, const struct urne_board_log *l,
    struct urne_buf *out, struct urne_diag *d, enum urne_event_type type) URNE_MUST_USE;

/* urne_board_journal_use calls use(ctx, journal) with the state of the journal, which does not
 * change meanwhile; it is durable, and published at once if not yet. Any thread. */
enum urne_err urne_board_journal_use(struct urne_board *b,
    enum urne_err (*use)(void *ctx, const struct urne_journal *j), void *ctx) URNE_MUST_USE;

/* urne_board_draft appends a part of an election's draft; *there is false when there is none.
 * urne_board_draft_length tells how long it is. Any thread. */
enum urne_err urne_board_draft(struct urne_board *b, struct urne_buf *out, bool *there,
    struct urne_diag *d, struct urne_view election, struct urne_view part) URNE_MUST_USE;
enum urne_err urne_board_draft_length(struct urne_board *b, uint64_t *len, bool *there,
    struct urne_diag *d, struct urne_view election, struct urne_view part) URNE_MUST_USE;

/* urne_board_waiting visits the orders that wait for signatures, each with those that count. Any
 * thread. */
enum urne_err urne_board_waiting(struct urne_board *b, struct urne_diag *d,
    enum urne_err (*visit)(void *ctx, const struct urne_hash *order, struct urne_view note),
    void *ctx) URNE_MUST_USE;
/* urne_board_waiting_check: urne_waiting_check_sender with what is durable. Any thread. */
enum urne_err urne_board_waiting_check(struct urne_board *b, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view note) URNE_MUST_USE;

/* urne_board_submit takes a submission (with `done` set) to be checked and written. On URNE_OK the
 * board holds it until done(); otherwise the caller still does: URNE_ERR_LIMIT when the board is
 * overloaded or stopping, try again in *retry_after seconds. */
enum urne_err urne_board_submit(
    struct urne_board *b, struct urne_submission *s, unsigned *retry_after) URNE_MUST_USE;

/* urne_board_receipt appends the receipt of a ballot that is published, made anew against the
 * present checkpoint; URNE_ERR_UNKNOWN when there is none. Any thread. */
enum urne_err urne_board_receipt(struct urne_board *b, struct urne_board_log *l,
    struct urne_buf *out, struct urne_diag *d, const struct urne_hash *tracker) URNE_MUST_USE;

#endif
