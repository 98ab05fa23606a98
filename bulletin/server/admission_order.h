/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether an order may be placed, as far as that can be known outside the writer: the journal's
 * judgement, and what the order adds to an election's log, which is made ready here: the Setup of a
 * draft, read and checked whole, or the result. Spec: docs/journal.md#what-an-order-does */
#ifndef URNE_BULLETIN_SERVER_ADMISSION_ORDER_H
#define URNE_BULLETIN_SERVER_ADMISSION_ORDER_H

#include "bulletin/server/board.h"
#include "bulletin/server/reader.h"

/* What the check of an order reads. */
struct urne_order_room {
	struct urne_board *board;
	struct urne_reader *reader;
	struct urne_pool *pool;
};

/* urne_admit_order sets s->num_signed once somebody who may has signed; of `seal` s->data,
 * s->setup with its definition, s->tracker; of `release` s->log and s->data. */
enum urne_err urne_admit_order(
    struct urne_submission *s, const struct urne_order_room *room, int64_t now) URNE_MUST_USE;

#endif
