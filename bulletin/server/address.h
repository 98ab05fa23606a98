/* SPDX-License-Identifier: EUPL-1.2 */
/* Where requests come from, and whom they are counted to. Addresses are compared and counted, and
 * never written anywhere. */
#ifndef URNE_BULLETIN_SERVER_ADDRESS_H
#define URNE_BULLETIN_SERVER_ADDRESS_H

#include <sys/socket.h>

#include "base/bytes.h"
#include "base/err.h"

/* The zero state is an address that nobody has. */
struct urne_address {
	uint8_t b[16]; /* IPv4 as ::ffff:a.b.c.d */
};

bool urne_address_eq(const struct urne_address *a, const struct urne_address *b);
/* urne_address_household: whom to count it to. An IPv4 address is its own; of an IPv6 address the
 * /64 counts, since one household has all of it. */
struct urne_address urne_address_household(const struct urne_address *a);
/* urne_address_slot: a place in a table of `num` places, at most 65536 and a power of two. Nobody
 * who does not know the key, drawn at start, can choose addresses that fall on one place. */
#define URNE_ADDRESS_KEY ((size_t)16)
size_t urne_address_slot(
    const struct urne_address *a, const uint8_t key[URNE_ADDRESS_KEY], size_t num);
/* urne_address_of_socket: the zero address for a socket of another kind. */
void urne_address_of_socket(struct urne_address *out, const struct sockaddr *sa);
/* urne_address_read reads "192.0.2.1", "2001:db8::1", or that in brackets; URNE_ERR_SYNTAX. */
enum urne_err urne_address_read(struct urne_address *out, struct urne_view text) URNE_MUST_USE;
/* urne_address_forwarded reads the last element of an X-Forwarded-For header: what the proxy that
 * sent it saw. What stands before it, a client may have written. URNE_ERR_SYNTAX. */
enum urne_err urne_address_forwarded(
    struct urne_address *out, struct urne_view header) URNE_MUST_USE;

#endif
