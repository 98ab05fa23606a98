/* SPDX-License-Identifier: EUPL-1.2 */
/* The server: sockets, time limits, bodies, answers. It finds the route of a request, asks its
 * handler, and holds nobody up while the board works on a submission. Spec: docs/log.md#limits */
#ifndef URNE_BULLETIN_SERVER_HTTP_H
#define URNE_BULLETIN_SERVER_HTTP_H

#include "bulletin/server/address.h"
#include "bulletin/server/request.h"

struct urne_server;

#define URNE_SERVER_MAX_PROXIES ((size_t)32)

struct urne_server_options {
	int listener; /* a listening socket; the server takes it over when it starts */
	size_t num_threads;
	struct urne_address
	    proxies[URNE_SERVER_MAX_PROXIES]; /* whose X-Forwarded-For is believed */
	size_t num_proxies;
	char *tls_cert, *tls_key; /* PEM texts, kept by the caller; or NULL */
	size_t max_connections, max_per_address;
	unsigned idle_seconds, head_seconds;
	unsigned rate; /* POST and PUT per second from one address */
};

/* urne_server_defaults sets every limit to that of base/limits.h. */
void urne_server_defaults(struct urne_server_options *o);
/* urne_server_start serves until urne_server_stop. */
enum urne_err urne_server_start(struct urne_server **out, struct urne_diag *d,
    struct urne_service *service, const struct urne_server_options *o) URNE_MUST_USE;
/* urne_server_stop accepts nobody more, lets the requests that are on their way come to their end
 * (those not complete within `seconds` are cut), waits for all that the board has, and frees.
 * NULL is fine. The board must still be working. */
void urne_server_stop(struct urne_server *s, unsigned seconds);

/* urne_listen opens a listening socket at "127.0.0.1:8080", "[::1]:8080" or ":8080" (every
 * address); port 0 takes a free one. urne_listen_address writes where it listens. */
enum urne_err urne_listen(int *out, struct urne_diag *d, const char *address) URNE_MUST_USE;
void urne_listen_address(struct urne_buf *out, int listener);

#endif
