/* SPDX-License-Identifier: EUPL-1.2 */
/* The board that orders go to: its journal, the orders that wait there, and the way to send one.
 * Spec: docs/journal.md#orders */
#ifndef URNE_CLIENT_CLI_ORDER_BOARD_H
#define URNE_CLIENT_CLI_ORDER_BOARD_H

#include "client/cli/journal_remote.h"

/* An order that waits for signatures, judged here by the journal and not by the board's word. */
struct urne_waiting_order {
	struct urne_view note;
	struct urne_note lines;
	struct urne_order order;
	struct urne_hash hash;
	struct urne_view signed_by[URNE_MAX_OFFICIALS];
	size_t num_signed, needed; /* needed: in all */
	struct urne_view refused;  /* why it cannot come now; empty when it can */
};

struct urne_order_board {
	struct urne_cli *cli;
	struct urne_remote given; /* of the address: a board, or an election on it */
	struct urne_remote r;	  /* of the journal */
	struct urne_journal *journal;
	struct urne_arena arena;
	struct urne_buf answer; /* what waits, as the board shows it */
	struct urne_waiting_order *waiting;
	size_t num_waiting;
};

/* urne_order_board_open fetches and proves the journal of the board at `address`, and the orders
 * that wait there. Close always. */
enum urne_err urne_order_board_open(
    struct urne_order_board *b, struct urne_cli *cli, const char *address) URNE_MUST_USE;
/* urne_order_board_clock: the present moment, as the journal counts it; b may be NULL. */
int64_t urne_order_board_clock(const struct urne_order_board *b);
void urne_order_board_close(struct urne_order_board *b);

/* urne_order_board_election opens the remote of an election on the same board, whose key is that of
 * the journal; `out` is to be closed always. */
enum urne_err urne_order_board_election(
    struct urne_order_board *b, struct urne_remote *out, struct urne_view uuid) URNE_MUST_USE;

/* urne_order_board_find: the waiting order whose hash in hex begins with `digits`, 8 at least;
 * URNE_ERR_UNKNOWN when there is none, or more than one. */
enum urne_err urne_order_board_find(struct urne_order_board *b,
    const struct urne_waiting_order **out, struct urne_view digits) URNE_MUST_USE;

/* What the board did with an order. */
struct urne_order_answer {
	bool executed;
	uint64_t entry;	 /* executed: of the journal */
	uint64_t needed; /* waiting: so many signatures are missing */
};
/* urne_order_board_send sends a note. When the board says that it executed the order, the journal
 * is fetched anew: it must have the order in that entry, and go on from what it was; b->journal is
 * then the newer one. */
enum urne_err urne_order_board_send(struct urne_order_board *b, struct urne_order_answer *out,
    struct urne_view note, const struct urne_hash *hash) URNE_MUST_USE;

#endif
