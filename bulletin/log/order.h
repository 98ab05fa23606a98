/* SPDX-License-Identifier: EUPL-1.2 */
/* Orders: what officials want done, as a note they sign. An order names the journal it is for, an
 * action, an election or none, the moment it was written, and the action's arguments; it is
 * executed once. Spec: docs/journal.md#orders */
#ifndef URNE_BULLETIN_LOG_ORDER_H
#define URNE_BULLETIN_LOG_ORDER_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/utc.h"
#include "crypto/note.h"

enum urne_action {
	URNE_ACTION_PREPARE,
	URNE_ACTION_ROLL,
	URNE_ACTION_SEAL,
	URNE_ACTION_CHECKLIST,
	URNE_ACTION_OPEN,
	URNE_ACTION_EXTEND,
	URNE_ACTION_CLOSE,
	URNE_ACTION_RELEASE,
	URNE_ACTION_INCIDENT,
	URNE_ACTION_INTERVENTION,
	URNE_ACTION_CERTIFY,
	URNE_ACTION_REVOKE,
	URNE_ACTION_ENROL,
};
#define URNE_NUM_ACTIONS 13

/* What the value of an argument is. */
enum urne_argument_kind {
	URNE_ARGUMENT_HASH,	    /* 64 hex digits */
	URNE_ARGUMENT_HASH_OR,	    /* the same, or "-" */
	URNE_ARGUMENT_NUMBER,	    /* decimal, no leading zeros, up to URNE_MERKLE_MAX_SIZE */
	URNE_ARGUMENT_TIME,	    /* 2026-11-26T18:00:00Z */
	URNE_ARGUMENT_TIME_OR,	    /* the same, or "-" */
	URNE_ARGUMENT_KEY,	    /* a verifier key */
	URNE_ARGUMENT_NAME,	    /* the name of one */
	URNE_ARGUMENT_TEXT,	    /* a line of 1 to URNE_ORDER_MAX_TEXT bytes, none hidden */
	URNE_ARGUMENT_GROUP,	    /* the name of a group */
	URNE_ARGUMENT_VOTE_OR_TEST, /* "vote" or "test" */
};
#define URNE_ORDER_MAX_TEXT ((size_t)1000)
#define URNE_ORDER_MAX_ARGS ((size_t)40) /* prepare: 3 and 32 trustees */

/* Where the values of an action stand. */
enum { URNE_PREPARE_DEFINITION, URNE_PREPARE_GROUP, URNE_PREPARE_THRESHOLD, URNE_PREPARE_TRUSTEES };
enum { URNE_ROLL_CREDENTIALS, URNE_ROLL_COUNT, URNE_ROLL_WEIGHT };
enum {
	URNE_SEAL_SETUP,
	URNE_SEAL_DEFINITION,
	URNE_SEAL_TRUSTEES,
	URNE_SEAL_OPENS,
	URNE_SEAL_CLOSES,
	URNE_SEAL_KIND,
};
enum { URNE_CHECKLIST_URN, URNE_CHECKLIST_SOFTWARE, URNE_CHECKLIST_REHEARSED };
enum { URNE_EXTEND_CLOSES, URNE_EXTEND_REASON };
enum { URNE_RELEASE_RESULT };
enum { URNE_INCIDENT_TEXT };
enum { URNE_INTERVENTION_TEXT };
enum { URNE_CERTIFY_MINUTES };
enum { URNE_REVOKE_OFFICIAL, URNE_REVOKE_REASON };
enum { URNE_ENROL_OFFICIAL, URNE_ENROL_REASON };

/* Whether an action is about an election. */
enum urne_action_about { URNE_ABOUT_ELECTION, URNE_ABOUT_EITHER, URNE_ABOUT_NONE };

/* One row of the table of actions. */
struct urne_action_form {
	const char *name; /* "prepare", ... */
	enum urne_action_about about;
	bool by_registrar; /* one signature, the registrar's */
	struct {
		const char *name;
		enum urne_argument_kind kind;
		bool repeated; /* the last one only: 1 to 32 of them */
	} argument[8];	       /* up to the first without a name */
};
const struct urne_action_form *urne_action_form(enum urne_action a);
bool urne_action_find(enum urne_action *out, struct urne_view name);

struct urne_order {
	struct urne_view origin; /* of the journal */
	enum urne_action action;
	struct urne_view election;		     /* empty for "-" */
	int64_t issued;				     /* seconds since 1970 */
	struct urne_view value[URNE_ORDER_MAX_ARGS]; /* of the arguments, in the table's order */
	size_t num_values;
};

/* urne_order_write appends what is signed. urne_order_check_form: origin, election and values are
 * what the table asks for (URNE_ERR_SYNTAX, with the argument's name); urne_order_read reads
 * exactly what is written so, and checks that. Borrows. */
void urne_order_write(struct urne_buf *out, const struct urne_order *o);
enum urne_err urne_order_check_form(struct urne_diag *d, const struct urne_order *o) URNE_MUST_USE;
enum urne_err urne_order_read(
    struct urne_order *out, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;
/* The i-th value as what it is, of an order that was read. *there is false for the "-" of an _OR
 * kind, and true for every other. */
struct urne_hash urne_order_hash(const struct urne_order *o, size_t i, bool *there);
uint64_t urne_order_number(const struct urne_order *o, size_t i);
int64_t urne_order_time(const struct urne_order *o, size_t i, bool *there);
/* urne_order_text_hash: what an order is called by: SHA-256 of its text, without signatures. */
void urne_order_text_hash(struct urne_hash *out, struct urne_view text);

/* An official, as the journal knows it. */
struct urne_official_key {
	struct urne_note_key key;
	bool revoked;
};

/* Who signed an order, out of a list. */
struct urne_order_signers {
	bool signed_by[32]; /* URNE_MAX_OFFICIALS */
	size_t num;
};
/* urne_order_signers_of verifies the lines of the URNE_MAX_OFFICIALS keys at most in `keys`: those
 * that verify are counted. A line of one that does not verify (URNE_ERR_PROOF), stands twice
 * (URNE_ERR_DUPLICATE) or is revoked (URNE_ERR_ORDER) refuses the whole, by name. Lines of others
 * are ignored. */
enum urne_err urne_order_signers_of(struct urne_order_signers *out, struct urne_diag *d,
    const struct urne_note *note, const struct urne_official_key *keys, size_t num) URNE_MUST_USE;

#endif
