/* SPDX-License-Identifier: EUPL-1.2 */
/* Events, the chain step, and the stream of events with their payloads.
 * Spec: docs/formats.md#events-and-setup; the life cycle: docs/protocol.md#archive */
#ifndef URNE_BULLETIN_LOG_EVENT_H
#define URNE_BULLETIN_LOG_EVENT_H

#include "base/buf.h"
#include "bulletin/log/archive.h"

enum urne_event_type {
	URNE_EVENT_SETUP,
	URNE_EVENT_BALLOT,
	URNE_EVENT_END_BALLOTS,
	URNE_EVENT_ENCRYPTED_TALLY,
	URNE_EVENT_SHUFFLE,
	URNE_EVENT_END_SHUFFLES,
	URNE_EVENT_PARTIAL_DECRYPTION,
	URNE_EVENT_RESULT,
	/* of a journal, docs/journal.md; in no election */
	URNE_EVENT_GENESIS,
	URNE_EVENT_ORDER,
	URNE_EVENT_RECORD,
};
#define URNE_NUM_EVENT_TYPES	      11
#define URNE_NUM_ELECTION_EVENT_TYPES 8 /* the first ones */

struct urne_event {
	enum urne_event_type type;
	uint64_t height;
	bool has_parent;
	struct urne_hash parent;
	bool has_payload;
	struct urne_hash payload;
};

const char *urne_event_type_name(enum urne_event_type t); /* "Setup", ... */
/* urne_event_has_payload: EndBallots and EndShuffles mark a point in time and carry nothing. */
bool urne_event_has_payload(enum urne_event_type t);
enum urne_err urne_event_read(
    struct urne_event *out, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
void urne_event_write(struct urne_buf *out, const struct urne_event *e);

struct urne_setup_data {
	struct urne_hash election, trustees, credentials;
	bool has_certificate; /* releases 3.2 on */
	struct urne_hash certificate;
};
enum urne_err urne_setup_data_read(
    struct urne_setup_data *out, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
void urne_setup_data_write(struct urne_buf *out, const struct urne_setup_data *s);

/* Where an election stands; a journal has a stage of its own, in which it stays. */
enum urne_stage {
	URNE_STAGE_EMPTY,      /* nothing yet */
	URNE_STAGE_OPEN,       /* Setup is there: ballots */
	URNE_STAGE_CLOSED,     /* EndBallots */
	URNE_STAGE_SHUFFLING,  /* EncryptedTally, non-homomorphic questions: shuffles */
	URNE_STAGE_DECRYPTING, /* EncryptedTally or EndShuffles: partial decryptions */
	URNE_STAGE_DONE,       /* Result */
	URNE_STAGE_JOURNAL,    /* Genesis is there: orders and records */
};

/* urne_stage_name: "empty", "open", "closed", "shuffling", "decrypting", "done",
 * "journal". */
const char *urne_stage_name(enum urne_stage s);

struct urne_chain {
	enum urne_stage stage;
	uint64_t num_events;   /* height of the next event */
	struct urne_hash last; /* hash of the last event's bytes */
	uint64_t num_of[URNE_NUM_EVENT_TYPES];
	bool has_non_homomorphic; /* set by the caller once the election is known */
	bool is_journal;	  /* set by the caller, before the first event */
};

/* urne_chain_step: the state after the event, or why it cannot follow: URNE_ERR_MISMATCH (height,
 * parent), URNE_ERR_ORDER (life cycle), URNE_ERR_SYNTAX (payload there or not). Pure: server,
 * client and verifier all use it. On error the state is unchanged. The sentence does not name the
 * height; callers add it. Spec: docs/protocol.md#archive */
enum urne_err urne_chain_step(struct urne_chain *state, struct urne_diag *d,
    const struct urne_event *e, const struct urne_hash *hash) URNE_MUST_USE;

/* One event with the data records that belong to it, in the order of docs/formats.md: Setup:
 * election, trustees, credentials, [certificate,] setup_data; Ballot, Result: payload;
 * EncryptedTally: encrypted tally, sized; Shuffle, PartialDecryption: object, owned. Genesis,
 * Order: payload; Record: [the object that it names,] payload. */
#define URNE_MAX_EVENT_DATA 5
struct urne_log_item {
	struct urne_event event;
	struct urne_hash hash; /* of the event's bytes */
	struct urne_record data[URNE_MAX_EVENT_DATA];
	size_t num_data;
	uint64_t end; /* position in the file behind the event record */
};

/* Which part of the work refused: the verifier's checks are told apart by it. */
enum urne_log_fault {
	URNE_LOG_FAULT_NONE,
	URNE_LOG_FAULT_FORMAT,	/* bytes of the tar records, cut short */
	URNE_LOG_FAULT_HASH,	/* a name is not the hash of its record */
	URNE_LOG_FAULT_EVENT,	/* an event's JSON is not canonical */
	URNE_LOG_FAULT_CHAIN,	/* parent or height */
	URNE_LOG_FAULT_CYCLE,	/* the life cycle */
	URNE_LOG_FAULT_RECORDS, /* data records are not those the event asks for */
};

/* urne_log_next reads up to and including the next event, steps the chain, and checks that its
 * data records are exactly the right ones (hash links of payload, setup_data, sized tally and
 * owned included). urne_archive_load has the bodies: the payload's, up to the next call, without
 * reading it again. */
enum urne_err urne_log_next(struct urne_archive *a, struct urne_chain *chain,
    struct urne_log_item *item, bool *done, enum urne_log_fault *fault,
    struct urne_diag *d) URNE_MUST_USE;

/* urne_event_links: the data records that stand before an event's payload, which the payload names:
 * their hashes in their order; none for events whose payload is all there is. */
enum urne_err urne_event_links(struct urne_hash wanted[URNE_MAX_EVENT_DATA], size_t *num,
    struct urne_diag *d, enum urne_event_type type, struct urne_view payload) URNE_MUST_USE;

/* urne_event_check: data is what the event asks for: so many records, and those before the payload
 * are the ones that it names. hash[i] becomes that of data[i]. */
enum urne_err urne_event_check(struct urne_hash hash[URNE_MAX_EVENT_DATA], struct urne_diag *d,
    enum urne_event_type type, const struct urne_view *data, size_t num_data) URNE_MUST_USE;

/* urne_event_make checks that data is what the event asks for, as urne_log_next does, appends the
 * event's text and sets its hash, and steps the chain. On error the chain is unchanged and the text
 * is of no use. data holds exactly what struct urne_log_item lists. */
enum urne_err urne_event_make(struct urne_buf *text, struct urne_chain *chain,
    struct urne_hash *hash, struct urne_diag *d, enum urne_event_type type,
    const struct urne_view *data, size_t num_data) URNE_MUST_USE;

/* urne_event_append is urne_event_make with the records of the event (data in order, then the
 * event): the bytes to append to the archive. */
enum urne_err urne_event_append(struct urne_buf *out, struct urne_chain *chain, struct urne_diag *d,
    enum urne_event_type type, const struct urne_view *data, size_t num_data,
    uint64_t timestamp) URNE_MUST_USE;

#endif
