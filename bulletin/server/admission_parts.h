/* SPDX-License-Identifier: EUPL-1.2 */
/* The checks of admission.c, one function for each kind of submission. */
#ifndef URNE_BULLETIN_SERVER_ADMISSION_PARTS_H
#define URNE_BULLETIN_SERVER_ADMISSION_PARTS_H

#include "bulletin/server/admission.h"
#include "tally/tally.h"

/* A ballot, decoded: its numbers take a few times the bytes of their text. */
#define URNE_BALLOT_ARENA ((size_t)512 << 20)

/* What a check reads; the sentence goes to d. */
struct urne_admission {
	struct urne_submission *s;
	struct urne_diag *d; /* s->diag */
	const struct urne_board_election *e;
	const struct urne_records *records;
	struct urne_pool *pool;
	struct urne_view data[URNE_MAX_EVENT_DATA]; /* of s->data; what an event asks for */
};

enum urne_err urne_admit_ballot(const struct urne_admission *a) URNE_MUST_USE;
enum urne_err urne_admit_tally(const struct urne_admission *a) URNE_MUST_USE;
/* urne_admission_make_tally is what urne_make_tally says. */
enum urne_err urne_admission_make_tally(const struct urne_admission *a) URNE_MUST_USE;
enum urne_err urne_admit_share(const struct urne_admission *a) URNE_MUST_USE;
/* A rehearsal: sets s->trustee, and s->tracker of its object. */
enum urne_err urne_admit_rehearsal(const struct urne_admission *a) URNE_MUST_USE;
/* urne_admission_make_result is what urne_make_result says. */
enum urne_err urne_admission_make_result(const struct urne_admission *a) URNE_MUST_USE;

/* urne_admission_our_fault turns an error about what was admitted before into one of ours, so that
 * nobody is told to mend what they sent. */
enum urne_err urne_admission_our_fault(
    const struct urne_admission *a, enum urne_err e) URNE_MUST_USE;
/* urne_admission_stored appends an object that the log names. */
enum urne_err urne_admission_stored(const struct urne_admission *a, struct urne_buf *out,
    const struct urne_hash *hash) URNE_MUST_USE;
/* urne_admission_tally reads the encrypted tally of the log, which was compared with the ballots
 * when it came in; URNE_ERR_ORDER when there is none yet. */
enum urne_err urne_admission_tally(
    const struct urne_admission *a, struct urne_tally *out, struct urne_arena *arena) URNE_MUST_USE;

#endif
