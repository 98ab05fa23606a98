/* SPDX-License-Identifier: EUPL-1.2 */
/* A board and three trustees who hold the ceremony over it, two of whom are needed. Tests only. */
#ifndef URNE_TESTS_BOARD_TRUSTEES_H
#define URNE_TESTS_BOARD_TRUSTEES_H

#include "bulletin/log/ceremony_note.h"
#include "election/ceremony.h"
#include "tests/unit/support/board_orders.h"
#include "tests/unit/support/board_request.h"

#define TRUSTEES_JOURNAL   "vote.example.org/bb/journal"
#define TRUSTEES_SIZE	   3
#define TRUSTEES_THRESHOLD 2

struct board_trustees {
	struct board_case c;
	struct board_folder f;
	struct urne_board *b;
	struct urne_board_log *l;
	struct urne_service s;
	struct board_reply reply;
	struct urne_signer key[TRUSTEES_SIZE]; /* the trustees' */
	struct urne_seed seed[TRUSTEES_SIZE];
	struct urne_diag d;
};
/* For cmocka; *state becomes the case. */
int trustees_set_up(void **state);
int trustees_tear_down(void **state);
void trustees_open(struct board_trustees *f);
void trustees_close(struct board_trustees *f);

/* trustees_prepare has the officials name the three; trustees_prepare_with a fourth too, unless
 * NULL: then one more must decrypt. */
void trustees_prepare(struct board_trustees *f);
void trustees_prepare_with(struct board_trustees *f, const struct urne_note_key *key);

/* trustees_put sends a trustee's file with what the trustee signs for it, trustees_put_with with
 * anything that anybody signs; trustees_get asks for a part. The reply is in f->reply. */
struct urne_ceremony_note trustees_note(uint64_t round, uint64_t trustee, struct urne_view file);
void trustees_put_with(struct board_trustees *f, uint64_t round, uint64_t trustee,
    struct urne_view file, const struct urne_ceremony_note *n, const struct urne_signer *key);
void trustees_put(
    struct board_trustees *f, uint64_t round, uint64_t trustee, struct urne_view file);
void trustees_get(struct board_trustees *f, const char *part);

/* trustees_answer makes a trustee's file from what the board gives out for the round;
 * trustees_hand_in has it sent and taken; trustees_hold_round does so for all. */
void trustees_answer(
    struct board_trustees *f, struct urne_buf *out, uint64_t round, uint64_t trustee);
void trustees_hand_in(struct board_trustees *f, uint64_t round, uint64_t trustee);
void trustees_hold_round(struct board_trustees *f, uint64_t round);

#endif
