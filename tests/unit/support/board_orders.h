/* SPDX-License-Identifier: EUPL-1.2 */
/* Orders of a test board's officials, written out line by line, and the small election brought to a
 * board by them. Tests only. */
#ifndef URNE_TESTS_BOARD_ORDERS_H
#define URNE_TESTS_BOARD_ORDERS_H

#include "tests/unit/support/board_folder.h"

#define CASE_UUID "GnQagTgeJqLsvY"

/* Who signs, as bits. */
#define CLAIRE	  1U
#define AMEL	  2U
#define BRUNO	  4U
#define REGISTRAR 8U

/* board_order_text writes an order; args: its lines, each with its newline. No two that it writes
 * are of the same moment. board_order_sign appends the empty line and the signatures: a note.
 * board_order is the submission of a note. */
void board_order_text(
    struct urne_buf *out, const char *action, const char *election, const char *args);
void board_order_sign(struct urne_buf *note, const struct board_folder *f, unsigned who);
struct urne_submission *board_order(struct urne_view note);
/* board_ordered sends a new order that must be taken, and gives the number of missing signatures.
 */
size_t board_ordered(struct urne_board *b, const struct board_folder *f, const char *action,
    const char *election, const char *args, unsigned who);

/* board_setup_payload writes the payload of the Setup of the small election. */
void board_setup_payload(struct urne_buf *out, const struct board_case *c);
/* board_draft puts a part of the election's draft into the rows of an open board. */
void board_draft(const struct board_folder *f, const char *part, struct urne_view text);
/* board_draft_setup puts the Setup of the small election there, and its definition. */
void board_draft_setup(struct board_case *c, const struct board_folder *f);
/* board_seal_args writes the arguments of the order that seals it as a test. */
void board_seal_args(struct urne_buf *out, struct board_case *c);
/* board_seal puts the drafts there and has the election sealed; board_seal_and_open opens it too.
 * It must be marked as a test. */
void board_seal(struct board_case *c, const struct board_folder *f, struct urne_board *b);
void board_seal_and_open(struct board_case *c, const struct board_folder *f, struct urne_board *b);

#endif
