/* SPDX-License-Identifier: EUPL-1.2 */
/* What the journal says so far, and what may come next. A pure state: the board steps it before it
 * writes an entry, the verifier and the clients when they read one, so that nobody can think
 * otherwise about what is lawful. Spec: docs/journal.md#what-may-follow-what */
#ifndef URNE_BULLETIN_LOG_JOURNAL_H
#define URNE_BULLETIN_LOG_JOURNAL_H

#include "bulletin/log/event.h"
#include "bulletin/log/journal_entry.h"

enum urne_journal_stage {
	URNE_JOURNAL_NONE,
	URNE_JOURNAL_PREPARED,
	URNE_JOURNAL_SEALED,
	URNE_JOURNAL_CALLED, /* the order to open is there */
	URNE_JOURNAL_OPEN,
	URNE_JOURNAL_ENDED,   /* closed */
	URNE_JOURNAL_COUNTED, /* tallied */
	URNE_JOURNAL_RELEASED,
	URNE_JOURNAL_CERTIFIED,
};
#define URNE_NUM_JOURNAL_STAGES 9
/* "none", "prepared", "sealed", "called", "open", "closed", "tallied", "released", "certified" */
const char *urne_journal_stage_name(enum urne_journal_stage s);

/* A tree of an election's log that a record names. */
struct urne_journal_tree {
	bool there;
	int64_t at;
	uint64_t size;
	struct urne_hash root;
};

/* What the journal says of one election. Everything lives as long as the journal. */
struct urne_journal_election {
	struct urne_view uuid;
	enum urne_journal_stage stage;

	/* prepare */
	struct urne_view group;
	uint64_t threshold;
	const struct urne_note_key *trustees; /* num_prepared of them */
	size_t num_prepared;
	bool has_prepared_definition;
	struct urne_hash prepared_definition;

	/* roll: the last one */
	bool has_roll;
	struct urne_hash credentials;
	uint64_t num_credentials, weight;

	/* seal */
	struct urne_hash setup, definition;
	bool has_definition, has_hours, test;
	uint64_t num_trustees;
	int64_t opens, closes; /* closes: the last extension's, once there is one */
	int64_t sealed_closes;

	/* until open */
	const bool *rehearsed;		    /* num_trustees of them */
	const struct urne_hash *rehearsals; /* the objects */
	size_t num_rehearsed;
	bool has_checklist;
	struct urne_hash urn, checked; /* root and software that the checklist names */

	struct urne_journal_tree opened, closed, tallied;
	bool close_ordered;
	struct urne_hash result, minutes; /* release, certify */

	struct urne_journal_election *next;
};

struct urne_journal; /* opaque; grows with its entries */

enum urne_err urne_journal_new(struct urne_journal **out, struct urne_diag *d) URNE_MUST_USE;
void urne_journal_free(struct urne_journal *j);

/* urne_journal_step reads an entry's payload, judges it by everything before it, and takes it over;
 * on refusal the state is unchanged. Of which service the journal is, urne_journal_genesis tells;
 * whoever expects a certain one compares. Refusals:
 * URNE_ERR_SYNTAX (form), URNE_ERR_MISMATCH (another journal, another hash), URNE_ERR_ORDER (not
 * now; the key was revoked; already executed: the sentence names the entry), URNE_ERR_INCOMPLETE
 * (too few signatures: how many are missing), URNE_ERR_PROOF, URNE_ERR_DUPLICATE, URNE_ERR_UNKNOWN
 * (no such election or official), URNE_ERR_RANGE (time goes back). Copies. */
enum urne_err urne_journal_step(struct urne_journal *j, struct urne_diag *d,
    enum urne_event_type type, struct urne_view payload) URNE_MUST_USE;

/* urne_journal_judge judges an order that is not executed yet as at the moment `at`: everything
 * that urne_journal_step would, but that signatures may be missing: *signers says who signed,
 * *needed how many must. No signature that counts: URNE_ERR_INCOMPLETE. signers->signed_by goes by
 * urne_journal_officials; of a roll [0] is the registrar. *out borrows from `note`. */
enum urne_err urne_journal_judge(const struct urne_journal *j, struct urne_order *out,
    struct urne_order_signers *signers, size_t *needed, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view note, int64_t at) URNE_MUST_USE;
/* urne_journal_judge_record: the same of a record. */
enum urne_err urne_journal_judge_record(const struct urne_journal *j, struct urne_diag *d,
    const struct urne_journal_record *r) URNE_MUST_USE;

/* One entry, as it stands in the journal. */
struct urne_journal_line {
	uint64_t height;
	enum urne_event_type type;
	struct urne_hash event; /* the hash of its text */
	struct urne_view payload;
};
typedef enum urne_err (*urne_journal_visit)(
    void *ctx, const struct urne_journal *j, const struct urne_journal_line *line);

/* urne_journal_read steps a new journal through the entries of an archive, opened at its start:
 * all, or the first `most`, behind which nothing is read. visit(ctx, journal, line), which may be
 * NULL, is called behind each step. *chain is the state behind them. The sentence of a refusal
 * begins with the entry. */
#define URNE_JOURNAL_ALL UINT64_MAX
enum urne_err urne_journal_read(struct urne_journal *j, struct urne_chain *chain,
    struct urne_diag *d, struct urne_archive *a, uint64_t most, urne_journal_visit visit,
    void *ctx) URNE_MUST_USE;

/* The number of entries so far, and the time of the last. */
uint64_t urne_journal_size(const struct urne_journal *j);
int64_t urne_journal_last_at(const struct urne_journal *j);
/* urne_journal_clock: the time of an entry that is written now: none is earlier than the one before
 * it, so that a clock which was set back, or is slow, stands still. */
int64_t urne_journal_clock(const struct urne_journal *j, int64_t now);
/* NULL before the genesis. */
const struct urne_genesis *urne_journal_genesis(const struct urne_journal *j);
/* All officials that ever were, in the order in which they came; the index is that of
 * urne_order_signers. */
const struct urne_official_key *urne_journal_officials(const struct urne_journal *j, size_t *num);
/* NULL when the journal does not know it. First: then by `next`, in the order they came. */
const struct urne_journal_election *urne_journal_find(
    const struct urne_journal *j, struct urne_view uuid);
const struct urne_journal_election *urne_journal_first(const struct urne_journal *j);
/* urne_journal_software: the last record's hash; false when there is none. */
bool urne_journal_software(const struct urne_journal *j, struct urne_hash *out);
/* urne_journal_pages: the hash of the manifest that the last record of the pages names; false when
 * there is none. */
bool urne_journal_pages(const struct urne_journal *j, struct urne_hash *out);
/* urne_journal_executed: the entry in which an order (by its text's hash) stands. */
bool urne_journal_executed(
    const struct urne_journal *j, uint64_t *entry, const struct urne_hash *order);
/* urne_journal_may_take: whether a ballot may be taken at the moment `at`: the stage is open, and
 * the closing has not come; else URNE_ERR_ORDER with the moment and the reason. */
enum urne_err urne_journal_may_take(const struct urne_journal *j, struct urne_diag *d,
    struct urne_view uuid, int64_t at) URNE_MUST_USE;

#endif
