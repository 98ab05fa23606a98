/* SPDX-License-Identifier: EUPL-1.2 */
/* A board with three officials, of whom two sign, while orders come to it: what it stands at, and
 * orders that are taken or refused. Tests only. */
#ifndef URNE_TESTS_BOARD_SITTING_H
#define URNE_TESTS_BOARD_SITTING_H

#include "crypto/sha256.h"
#include "tests/unit/support/board_orders.h"

struct sitting {
	struct board_case c;
	struct board_folder f;
	struct urne_board *b;
	struct urne_board_log *l;
};

/* sitting_begin opens the board; questions: as for board_case_init. sitting_set_up and
 * sitting_tear_down are for cmocka: CASE_QUESTIONS, no registrar. */
void sitting_begin(struct sitting *f, const char *questions, bool has_registrar);
int sitting_set_up(void **state);
int sitting_tear_down(void **state);

/* What the journal and the waiting orders are. */
struct sitting_standing {
	uint64_t size;
	enum urne_journal_stage stage;
	struct urne_hash software;
	size_t num_waiting;
	struct urne_hash waiting; /* of all notes */
	struct urne_sha256 hash;
};

struct sitting_standing sitting_standing(struct sitting *f);
/* sitting_reopen: the board is closed, checked, opened, and stands where it stood. */
void sitting_reopen(struct sitting *f);

/* sitting_sign makes the note of an order's text with the signatures of these; sitting_send sends
 * it, and gives back what came of it. */
void sitting_sign(
    struct urne_buf *note, struct sitting *f, const struct urne_buf *text, unsigned who);
struct urne_submission *sitting_send(struct sitting *f, const struct urne_buf *text, unsigned who);
/* sitting_refuse: an order that is refused so, with nothing written. */
void sitting_refuse_text(struct sitting *f, const struct urne_buf *text, unsigned who,
    enum urne_err want, const char *says);
void sitting_refuse(struct sitting *f, const char *action, const char *election, const char *args,
    unsigned who, enum urne_err want, const char *says);
/* sitting_order: one about the small election that is executed; its entry is published with what it
 * does. */
void sitting_order(struct sitting *f, const char *action, const char *args);

#endif
