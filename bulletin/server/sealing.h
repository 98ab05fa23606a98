/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether a Setup is the one that an order seals: what officials signed, the registrar's roll, and
 * what the records say must be the same. A pure comparison. Spec:
 * docs/journal.md#what-an-order-does
 */
#ifndef URNE_BULLETIN_SERVER_SEALING_H
#define URNE_BULLETIN_SERVER_SEALING_H

#include "bulletin/log/journal.h"
#include "bulletin/server/election.h"

/* A Setup that was read and checked. */
struct urne_sealing {
	const struct urne_board_election *election; /* with its definition, when it seals one */
	struct urne_hash setup;			    /* of its payload */
	struct urne_view credentials;		    /* the record */
};

/* urne_sealing_check compares it with a `seal` order and with what the journal says of the election
 * before it (NULL: nothing). URNE_ERR_MISMATCH names the first thing that differs. */
enum urne_err urne_sealing_check(const struct urne_sealing *s, struct urne_diag *d,
    const struct urne_order *o, const struct urne_journal_election *before) URNE_MUST_USE;

#endif
