/* SPDX-License-Identifier: EUPL-1.2 */
/* What comes next by the journal of a board: until the voting opens, and the orders that wait. */
#ifndef URNE_CLIENT_CLI_STATUS_JOURNAL_H
#define URNE_CLIENT_CLI_STATUS_JOURNAL_H

#include "client/cli/next_steps.h"
#include "client/cli/order_board.h"

struct urne_status_journal {
	struct urne_next_steps *next;
	struct urne_order_board *board;
	struct urne_remote *r; /* of the election */
	const char *key;       /* what the commands that are printed say of --log-key */
	const struct urne_journal_election *election; /* NULL: the journal does not know it */
};

/* urne_status_before adds the steps up to the order that opens the voting. */
enum urne_err urne_status_before(struct urne_status_journal *s) URNE_MUST_USE;
/* urne_status_hours says until when members vote, when that was changed since the seal. */
void urne_status_hours(const struct urne_status_journal *s);

#endif
