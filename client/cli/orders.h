/* SPDX-License-Identifier: EUPL-1.2 */
/* Orders to a board: events that officials sign with their keys and send. */
#ifndef URNE_CLIENT_CLI_ORDERS_H
#define URNE_CLIENT_CLI_ORDERS_H

#include "bulletin/log/event.h"
#include "client/cli/remote.h"
#include "crypto/secret/signer.h"

/* The officials who sign here. */
struct urne_signers {
	struct urne_signer *signers; /* do not move: each borrows from itself */
	size_t num;
};
/* urne_signers_open opens the keys in these files, one after the other. Clear always. */
enum urne_err urne_signers_open(struct urne_signers *out, struct urne_cli *cli,
    const char *const *paths, size_t num) URNE_MUST_USE;
void urne_signers_clear(struct urne_signers *s);

/* urne_event_send sends the records of an event; *height is where the board says that it stands.
 * order: the header that authorises it; NULL for what its own proofs do. */
enum urne_err urne_event_send(struct urne_remote *r, uint64_t *height, enum urne_event_type type,
    const char *order, struct urne_view records) URNE_MUST_USE;
/* urne_event_order_send signs an order for an event of the log r->origin (r->has_key) and sends it
 * with the records it is made of, as urne_event_send. payload: NULL for events without. */
enum urne_err urne_event_order_send(struct urne_remote *r, uint64_t *height,
    const struct urne_signers *signers, enum urne_event_type type, const struct urne_hash *payload,
    struct urne_view records) URNE_MUST_USE;

#endif
