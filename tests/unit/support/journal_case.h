/* SPDX-License-Identifier: EUPL-1.2 */
/* A journal with people who sign: officials, a registrar, somebody else. Orders are written and
 * signed, entries made and stepped; those that are taken also stand in an archive. Tests only. */
#ifndef URNE_TESTS_JOURNAL_CASE_H
#define URNE_TESTS_JOURNAL_CASE_H

#include "tests/unit/support/check.h"

#include "bulletin/log/journal.h"
#include "crypto/secret/signer.h"

#define JOURNAL_SERVICE	 "vote.example.org/bb"
#define JOURNAL_ORIGIN	 JOURNAL_SERVICE "/journal"
#define JOURNAL_ELECTION "8GpLcyFqQvDrUn"
#define JOURNAL_BEGIN	 ((int64_t)1795716000) /* of the genesis: 2026-11-26T18:00:00Z */
/* The hours that journal_case_reach seals, in seconds behind the genesis. */
#define JOURNAL_OPENS  1000
#define JOURNAL_CLOSES 5000
/* What it seals, and what its software is. */
#define JOURNAL_SETUP	   "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e"
#define JOURNAL_DEFINITION "defdefdefdefdefdefdefdefdefdefdefdefdefdefdefdefdefdefdefdefdef0"
#define JOURNAL_SOFTWARE   "50f750f750f750f750f750f750f750f750f750f750f750f750f750f750f750f7"
#define JOURNAL_HASH	   "a48bdb40d921d7d90d9e9b633bd46b014d318a400d2099eb53131cabe04fb353"

/* Anna, Bruno and Carla are the officials. */
enum journal_who {
	JOURNAL_ANNA,
	JOURNAL_BRUNO,
	JOURNAL_CARLA,
	JOURNAL_REGISTRAR,
	JOURNAL_DORA,	    /* a stranger, who may be enrolled; a trustee when two are prepared */
	JOURNAL_ENZO,	    /* the same */
	JOURNAL_FALSE_ANNA, /* who calls herself like the first official */
	JOURNAL_NUM_PEOPLE,
	JOURNAL_NOBODY = JOURNAL_NUM_PEOPLE, /* ends a list */
};

struct journal_case {
	struct urne_signer signer[JOURNAL_NUM_PEOPLE];
	struct urne_journal *journal;
	int64_t now;	  /* the moment of the next entry; orders are written at it */
	int64_t issued;	  /* of the next orders instead, unless 0 */
	const char *kind; /* what journal_case_reach seals: "vote", "test" */
	bool hours;	  /* with a closing */
	struct urne_buf archive;
	struct urne_chain chain;
	struct urne_diag d; /* of the last refusal */
};

/* journal_case_init: a journal of which `agree` officials must agree, with its genesis. */
void journal_case_init(struct journal_case *c, size_t agree, bool with_registrar);
void journal_case_clear(struct journal_case *c);

/* journal_case_text appends an order; the arguments are whole lines. */
void journal_case_text(const struct journal_case *c, struct urne_buf *out, const char *action,
    const char *election, const char *arguments);
/* journal_case_note appends a text with the signatures of `who`, up to JOURNAL_NOBODY. */
void journal_case_note(const struct journal_case *c, struct urne_buf *out, struct urne_view text,
    const enum journal_who *who);
/* journal_case_step steps an entry and appends it to the archive when it was taken, with the object
 * that it names, if any. */
enum urne_err journal_case_step(struct journal_case *c, enum urne_event_type type,
    struct urne_view payload, struct urne_view object) URNE_MUST_USE;
/* journal_case_signed steps an order signed by `who`; journal_case_order one signed by Anna and
 * Bruno, or by the registrar, as the action asks. */
enum urne_err journal_case_signed(struct journal_case *c, const char *action, const char *election,
    const char *arguments, const enum journal_who *who) URNE_MUST_USE;
enum urne_err journal_case_order(struct journal_case *c, const char *action, const char *election,
    const char *arguments) URNE_MUST_USE;
/* journal_case_record steps a record of the moment. Its hash is JOURNAL_SOFTWARE's, JOURNAL_HASH's,
 * or that of an object of the trustee. */
enum urne_err journal_case_record(struct journal_case *c, enum urne_record_kind_of_journal kind,
    const char *election, uint64_t trustee, uint64_t size) URNE_MUST_USE;
/* journal_case_arguments appends arguments that fit an action at the case's moment. */
void journal_case_arguments(
    const struct journal_case *c, struct urne_buf *out, enum urne_action action);
/* journal_case_reach takes an election of which the journal knows nothing to a stage. */
void journal_case_reach(
    struct journal_case *c, const char *election, enum urne_journal_stage stage);
/* journal_case_says: all that the journal says, as text to be compared. */
struct urne_buf journal_case_says(const struct urne_journal *j);
/* journal_case_unchanged: it says what it said before; clears `before`. */
void journal_case_unchanged(const struct journal_case *c, struct urne_buf *before);

#endif
