/* SPDX-License-Identifier: EUPL-1.2 */
/* The conversation with a member who votes: one question at a time, back and forth, the review, and
 * what becomes of the encrypted ballot. A pure state machine: a line that was typed goes in, text
 * comes out, and what has to be done is returned. It knows no terminal, no file and no key.
 * Spec: docs/operating-guide.md#12-voting-in-the-terminal */
#ifndef URNE_CLIENT_QUESTIONNAIRE_QUESTIONNAIRE_H
#define URNE_CLIENT_QUESTIONNAIRE_QUESTIONNAIRE_H

#include "client/questionnaire/lines.h"
#include "client/questionnaire/paper.h"
#include "client/questionnaire/picks.h"
#include "election/vote.h"

/* What the caller does next. */
enum urne_questionnaire_next {
	URNE_NEXT_LINE,	   /* asks for another line */
	URNE_NEXT_ENCRYPT, /* encrypts the choices, then urne_questionnaire_encrypted */
	URNE_NEXT_CAST,	   /* casts the ballot that was encrypted last; the conversation is over */
	URNE_NEXT_OPEN,	   /* opens it instead, then urne_questionnaire_opened */
	URNE_NEXT_LEAVE,   /* nothing is cast; the conversation is over */
};

enum urne_questionnaire_phase {
	URNE_PHASE_QUESTION,
	URNE_PHASE_NAMES, /* of the list that was chosen */
	URNE_PHASE_REVIEW,
	URNE_PHASE_ENCRYPTED,
};

struct urne_questionnaire {
	struct urne_paper paper;
	bool to_file;		     /* a ballot is written to a file, not cast on a board */
	struct urne_choices choices; /* secret; of every answered question */
	bool *answered;		     /* by question */
	struct urne_picks picks;     /* of the last line */
	enum urne_questionnaire_phase phase;
	size_t at;	   /* the question */
	size_t num_asked;  /* questions that were asked: their texts come only when wanted */
	size_t list;	   /* URNE_PHASE_NAMES: the list */
	bool one_change;   /* after this question the review comes again */
	bool empty_before; /* the line before was empty: another one abstains */
	bool quit_before;  /* the line before was q: another one leaves */
};

/* urne_questionnaire_init: nothing is answered. `paper` is copied, what it points to borrowed.
 * URNE_ERR_MEMORY; URNE_ERR_UNSUPPORTED for non-homomorphic questions. Clear always: choices are
 * wiped. */
enum urne_err urne_questionnaire_init(struct urne_questionnaire *q, struct urne_diag *d,
    const struct urne_paper *paper, bool to_file) URNE_MUST_USE;
void urne_questionnaire_clear(struct urne_questionnaire *q);

/* These append what is said, with a prompt at its end, to `out`, which should be a secret buffer.
 * urne_questionnaire_start says what is voted on and asks the first question. */
void urne_questionnaire_start(struct urne_questionnaire *q, struct urne_buf *out);
/* urne_questionnaire_line takes a line without its end. */
enum urne_questionnaire_next urne_questionnaire_line(
    struct urne_questionnaire *q, struct urne_buf *out, struct urne_view line) URNE_MUST_USE;
/* urne_questionnaire_encrypted: with this fingerprint; asks what becomes of the ballot. */
void urne_questionnaire_encrypted(
    struct urne_questionnaire *q, struct urne_buf *out, const struct urne_hash *fingerprint);
/* urne_questionnaire_opened: into this file. The caller encrypts the same choices anew. */
void urne_questionnaire_opened(
    struct urne_questionnaire *q, struct urne_buf *out, const char *file);

#endif
