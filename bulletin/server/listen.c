/* SPDX-License-Identifier: EUPL-1.2 */
/* The socket that clients connect to. Addresses are numbers: asking for names at start would make a
 * board depend on a name server. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

#include "bulletin/server/http.h"

#define BACKLOG 1024

/* Room for an address of either family. */
union socket_address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static enum urne_err
unreadable(struct urne_diag *d, const char *address)
{
	return urne_fail(d, URNE_ERR_USAGE,
	    "%s: write an address and a port, such as 127.0.0.1:8080, [::1]:8080, or :8080 for "
	    "every address",
	    address);
}

/* read_listen takes "ADDRESS:PORT" apart. */
static enum urne_err
read_listen(union socket_address *out, socklen_t *len, struct urne_diag *d, const char *address)
{
	const char *colon = strrchr(address, ':');
	char host[INET6_ADDRSTRLEN + 2] = "";
	uint64_t port = 0;
	size_t host_len;

	memset(out, 0, sizeof(*out));
	if (colon == NULL ||
	    urne_decimal_decode(&port, urne_view_of(colon + 1), UINT16_MAX) != URNE_OK) {
		return unreadable(d, address);
	}
	host_len = (size_t)(colon - address);
	if (host_len >= sizeof(host)) {
		return unreadable(d, address);
	}
	memcpy(host, address, host_len);
	if (inet_pton(AF_INET, host, &out->v4.sin_addr) == 1) {
		out->v4.sin_family = AF_INET;
		out->v4.sin_port = htons((uint16_t)port);
		*len = sizeof(out->v4);
		return URNE_OK;
	}
	out->v6.sin6_family = AF_INET6;
	out->v6.sin6_port = htons((uint16_t)port);
	out->v6.sin6_addr = in6addr_any;
	*len = sizeof(out->v6);
	if (host_len == 0) {
		return URNE_OK;
	}
	if (host[0] != '[' || host[host_len - 1] != ']') {
		return unreadable(d, address);
	}
	host[host_len - 1] = '\0';
	return inet_pton(AF_INET6, host + 1, &out->v6.sin6_addr) == 1 ? URNE_OK
								      : unreadable(d, address);
}

/* bind_to: every address means IPv4 too. */
static bool
bind_to(int fd, const union socket_address *a, socklen_t len)
{
	const int yes = 1, no = 0;
	bool every = a->any.sa_family == AF_INET6 &&
		     memcmp(&a->v6.sin6_addr, &in6addr_any, sizeof(in6addr_any)) == 0;

	return setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) == 0 &&
	       (a->any.sa_family != AF_INET6 || setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY,
						    every ? &no : &yes, sizeof(no)) == 0) &&
	       bind(fd, &a->any, len) == 0 && listen(fd, BACKLOG) == 0;
}

enum urne_err
urne_listen(int *out, struct urne_diag *d, const char *address)
{
	union socket_address a;
	socklen_t len = 0;
	enum urne_err e = read_listen(&a, &len, d, address);

	*out = -1;
	if (e != URNE_OK) {
		return e;
	}
	*out = socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (*out >= 0 && bind_to(*out, &a, len)) {
		return URNE_OK;
	}
	e = urne_fail_errno(d, "listening at %s", address);
	if (*out >= 0) {
		(void)close(*out);
	}
	*out = -1;
	return e;
}

void
urne_listen_address(struct urne_buf *out, int listener)
{
	union socket_address a;
	socklen_t len = sizeof(a);
	char host[INET6_ADDRSTRLEN] = "";
	const void *number = &a.v4.sin_addr;

	memset(&a, 0, sizeof(a));
	if (getsockname(listener, &a.any, &len) != 0) {
		return;
	}
	if (a.any.sa_family == AF_INET6) {
		number = &a.v6.sin6_addr;
	}
	if (inet_ntop(a.any.sa_family, number, host, sizeof(host)) == NULL) {
		return;
	}
	if (a.any.sa_family == AF_INET6) {
		urne_buf_printf(out, "[%s]:%u", host, ntohs(a.v6.sin6_port));
	} else {
		urne_buf_printf(out, "%s:%u", host, ntohs(a.v4.sin_port));
	}
}
