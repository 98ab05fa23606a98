/* SPDX-License-Identifier: EUPL-1.2 */
/* What an order has to say, computed here from what the board has signed or from the official's own
 * files: it fills an order that is written, and refuses one that says something else (threat A15).
 */
#ifndef URNE_CLIENT_CLI_ORDER_KNOWN_H
#define URNE_CLIENT_CLI_ORDER_KNOWN_H

#include "client/cli/order_board.h"
#include "client/cli/state.h"

#define URNE_ORDER_MAX_NAMES ((size_t)8) /* arguments of an action, a repeated one once */

struct urne_order_known {
	struct urne_cli *cli;
	struct urne_arena arena;
	enum urne_action action;
	bool usual; /* the values are only the usual ones: they fill an order, and judge none */
	bool there[URNE_ORDER_MAX_NAMES];
	struct urne_view
	    value[URNE_ORDER_MAX_NAMES]; /* by their place in the table of the action */

	/* of a seal */
	struct urne_state state;   /* of --from */
	struct urne_remote remote; /* of the election */
	struct urne_sealed draft;
	const struct urne_sealed *sealed; /* one of both, or NULL */
	struct urne_hash setup;
	const struct urne_journal_election *journal; /* what the journal says of it, or NULL */
};

/* urne_order_known computes what it can of the arguments of an action on `election`, from the
 * folder `from`, or when that is NULL from the board; b is NULL without one. Of a `release`
 * everything is verified, from the first ballot on; of a `seal` the whole Setup. Clear always. */
enum urne_err urne_order_known(struct urne_order_known *k, struct urne_order_board *b,
    struct urne_cli *cli, enum urne_action action, struct urne_view election,
    const char *from) URNE_MUST_USE;
void urne_order_known_clear(struct urne_order_known *k);

/* urne_order_known_check refuses an order that says something else than is known here. What nobody
 * can compute (a text, an hour) is not judged. */
enum urne_err urne_order_known_check(
    const struct urne_order_known *k, const struct urne_order *o) URNE_MUST_USE;

#endif
