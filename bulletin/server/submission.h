/* SPDX-License-Identifier: EUPL-1.2 */
/* What somebody sends to be recorded, on its way: HTTP → checking threads → the writer → answer.
 * Exactly one of them holds it at any time. Spec: docs/log.md#order-of-writes */
#ifndef URNE_BULLETIN_SERVER_SUBMISSION_H
#define URNE_BULLETIN_SERVER_SUBMISSION_H

#include "base/buf.h"
#include "bulletin/log/event.h"
#include "bulletin/log/journal_entry.h"
#include "bulletin/server/election.h"
#include "election/ballot_hints.h"

/* Hints of one ballot, and a ballot as it may be sent with them, a newline between. */
#define URNE_MAX_HINTS	       (URNE_MAX_HINTED_POINTS * URNE_HINT_LEN)
#define URNE_MAX_HINTED_BALLOT (URNE_MAX_BALLOT + 1 + URNE_MAX_HINTS)

struct urne_board_log; /* a log on this board: board.h */
struct urne_drafting;  /* drafting.h */

enum urne_submission_kind {
	URNE_SUBMIT_BALLOT,
	URNE_SUBMIT_EVENT,     /* any other event of an election; authorised already */
	URNE_SUBMIT_ORDER,     /* an officials' order to the journal */
	URNE_SUBMIT_DRAFT,     /* a part of an election's draft; authorised already */
	URNE_SUBMIT_CEREMONY,  /* a trustee's file of the ceremony; authorised already */
	URNE_SUBMIT_REHEARSAL, /* a trustee's partial decryption of the test tally */
	URNE_SUBMIT_RECORD,    /* what the board writes into the journal about an election's log */
};

struct urne_submission {
	enum urne_submission_kind kind;
	struct urne_board_log *log; /* of an order: the election's, where it does something there */
	/* what was sent */
	struct urne_buf ballot; /* ballot: its text; order: the note; draft: the part */
	/* ballot: hints for its points, URNE_HINT_LEN each, or none; whoever sent them is not
	 * believed. The check leaves right ones or none; wants_hints: it makes them where it
	 * checks exactly. An order: the record of the list of credentials (list_hints.h), which
	 * the check of a Setup makes. */
	struct urne_buf hints;
	bool wants_hints;
	enum urne_event_type type;
	struct urne_buf data[URNE_MAX_EVENT_DATA]; /* event, or what an order adds: its data
						      records, in order */
	size_t num_data;
	uint64_t timestamp;		   /* Setup: of the archive */
	struct urne_board_election *setup; /* Setup: made when it was checked; goes to the log */
	enum urne_record_kind_of_journal record;
	struct urne_drafting *drafting; /* draft, ceremony: where it goes */

	/* found by the check (admission.h) */
	struct urne_hash tracker; /* SHA-256 of the ballot; of an event: of its payload */
	size_t member;		  /* whose ballot */
	uint64_t trustee;	  /* whose rehearsal, from 1; tracker is that of its object */
	uint64_t checked_at;	  /* event: size of the log that the check saw */
	bool again;		  /* the log has moved on since: to be checked once more */

	/* the outcome, set before done() is called */
	enum urne_err err; /* URNE_OK: it is in the log, and published */
	struct urne_diag diag;
	bool repeated;	      /* it had been there before */
	unsigned retry_after; /* seconds, when it is refused only for now; else 0 */
	uint64_t height;
	bool has_replaced;
	struct urne_hash replaces;
	struct urne_buf receipt; /* ballot: the receipt document */
	/* of an order; height is its entry once it is executed */
	struct urne_hash order; /* what it is called by */
	size_t num_signed;	/* signatures that count; 0: it is nobody's order */
	size_t num_needed;	/* that are still missing; 0: it is executed */

	void (*done)(struct urne_submission *s); /* called once, from any thread; takes it back */
	void *context;				 /* of whoever waits */
	struct urne_submission *next;		 /* in the queue that holds it */
};

/* urne_submission_new makes an empty one; NULL without memory. urne_submission_free: NULL is
 * fine. */
struct urne_submission *urne_submission_new(enum urne_submission_kind kind);
void urne_submission_free(struct urne_submission *s);

#endif
