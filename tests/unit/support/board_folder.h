/* SPDX-License-Identifier: EUPL-1.2 */
/* The data directory of a new board in a temporary folder, and submissions that are waited for.
 * Tests only. */
#ifndef URNE_TESTS_BOARD_FOLDER_H
#define URNE_TESTS_BOARD_FOLDER_H

#include <pthread.h>

#include "bulletin/server/board.h"
#include "crypto/secret/signer.h"
#include "tests/unit/support/board_case.h"

#define FOLDER_OFFICIALS 3

struct board_folder {
	char dir[64];
	struct urne_signer key; /* of the service */
	/* claire, amel, bruno; as many of them are officials as board.json says */
	struct urne_signer official[FOLDER_OFFICIALS];
	struct urne_signer registrar;
};
/* board_folder_make: one official, no registrar. board_folder_make_for: as many officials, of whom
 * `agree` sign an order. */
void board_folder_make(struct board_folder *f);
void board_folder_make_for(
    struct board_folder *f, size_t num_officials, size_t agree, bool has_registrar);
void board_folder_remove(struct board_folder *f);
/* board_folder_path: DIR/name; valid until the next call. */
const char *board_folder_path(const struct board_folder *f, const char *name);

/* board_folder_open opens the board of the folder, and finds the log of the small election: NULL
 * before its Setup. */
void board_folder_open(
    const struct board_folder *f, struct urne_board **b, struct urne_board_log **l);
/* board_send gives a submission to the board and waits until it comes back. */
void board_send(struct urne_board *b, struct urne_submission *s);
/* Submissions. */
struct urne_submission *board_ballot(struct urne_board_log *l, struct urne_view text);
struct urne_submission *board_event(
    struct urne_board_log *l, enum urne_event_type type, const struct urne_view *data, size_t num);

#endif
