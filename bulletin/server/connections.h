/* SPDX-License-Identifier: EUPL-1.2 */
/* The connections that are open: how many from one address, and until when each has to have made
 * progress. A thread of its own shuts down those that are late, which wakes whoever serves them. */
#ifndef URNE_BULLETIN_SERVER_CONNECTIONS_H
#define URNE_BULLETIN_SERVER_CONNECTIONS_H

#include "bulletin/server/address.h"
#include "bulletin/server/metrics.h"

struct urne_connections;
struct urne_connection;

/* urne_connections_new starts the thread. `proxies` (borrowed) are addresses that may have any
 * number of connections. urne_connections_free (NULL is fine) when none is open any more. */
struct urne_connections *urne_connections_new(size_t max_per_address,
    const struct urne_address *proxies, size_t num_proxies, struct urne_metrics *metrics);
void urne_connections_free(struct urne_connections *cs);

bool urne_connections_is_proxy(const struct urne_connections *cs, const struct urne_address *a);
/* urne_connections_may_open: whether one more from this address may be opened. */
bool urne_connections_may_open(struct urne_connections *cs, const struct urne_address *a);
/* urne_connections_open registers a socket; NULL without memory. urne_connections_close before the
 * socket is closed (NULL is fine). */
struct urne_connection *urne_connections_open(
    struct urne_connections *cs, int fd, const struct urne_address *a);
void urne_connections_close(struct urne_connections *cs, struct urne_connection *c);
const struct urne_address *urne_connection_address(const struct urne_connection *c);

/* urne_connection_deadline: shut it down `seconds` from now, unless another deadline is set before;
 * 0 means never. */
void urne_connection_deadline(
    struct urne_connections *cs, struct urne_connection *c, uint64_t seconds);
/* urne_connections_cut shuts all of them down. */
void urne_connections_cut(struct urne_connections *cs);

/* urne_now_ms: a clock that does not go back. */
uint64_t urne_now_ms(void);

#endif
