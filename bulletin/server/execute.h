/* SPDX-License-Identifier: EUPL-1.2 */
/* What an order does in an election's log: seal makes the log with its Setup, close ends the
 * ballots, release puts the result there. The others do nothing there. Spec:
 * docs/journal.md#what-an-order-does */
#ifndef URNE_BULLETIN_SERVER_EXECUTE_H
#define URNE_BULLETIN_SERVER_EXECUTE_H

#include "bulletin/server/writer.h"

/* An order that the journal takes now, and the submission that brought it: what it adds was made
 * ready by the check (admission_order.h). */
struct urne_execution {
	struct urne_writer *w;
	struct urne_submission *s;
	int64_t at;
	struct urne_order order;
};

/* urne_execute_check holds the order against the election's log and what was made ready; nothing is
 * written. urne_execute writes what it does; what the chain of the election refuses is refused with
 * nothing written. */
enum urne_err urne_execute_check(const struct urne_execution *x) URNE_MUST_USE;
enum urne_err urne_execute(struct urne_execution *x) URNE_MUST_USE;

#endif
