/* SPDX-License-Identifier: EUPL-1.2 */
/* Both families become sixteen bytes, an IPv4 address that came over IPv6 the same ones. */
#include "bulletin/server/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "crypto/sha256.h"

#define PREFIX ((size_t)8) /* bytes of a /64 */

static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool
urne_address_eq(const struct urne_address *a, const struct urne_address *b)
{
	return memcmp(a->b, b->b, sizeof(a->b)) == 0;
}

static void
set_v4(struct urne_address *out, const struct in_addr *in)
{
	memcpy(out->b, mapped, sizeof(mapped));
	memcpy(out->b + sizeof(mapped), in, 4);
}

static void
set_v6(struct urne_address *out, const struct in6_addr *in)
{
	memcpy(out->b, in->s6_addr, sizeof(out->b));
}

struct urne_address
urne_address_household(const struct urne_address *a)
{
	static const uint8_t no_prefix[PREFIX] = {0}; /* IPv4, and this machine */
	struct urne_address out = *a;

	if (memcmp(a->b, no_prefix, PREFIX) != 0) {
		memset(out.b + PREFIX, 0, sizeof(out.b) - PREFIX);
	}
	return out;
}

size_t
urne_address_slot(const struct urne_address *a, const uint8_t key[URNE_ADDRESS_KEY], size_t num)
{
	struct urne_sha256 h;
	struct urne_hash hash;

	urne_sha256_init(&h);
	urne_sha256_put(&h, key, URNE_ADDRESS_KEY);
	urne_sha256_put(&h, a->b, sizeof(a->b));
	urne_sha256_final(&h, &hash);
	return (hash.b[0] | (size_t)hash.b[1] << 8) % num;
}

void
urne_address_of_socket(struct urne_address *out, const struct sockaddr *sa)
{
	memset(out, 0, sizeof(*out));
	if (sa->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, sa, sizeof(in));
		set_v4(out, &in.sin_addr);
	} else if (sa->sa_family == AF_INET6) {
		struct sockaddr_in6 in;

		memcpy(&in, sa, sizeof(in));
		set_v6(out, &in.sin6_addr);
	}
}

enum urne_err
urne_address_read(struct urne_address *out, struct urne_view text)
{
	char room[INET6_ADDRSTRLEN + 1] = {0};
	struct in_addr v4;
	struct in6_addr v6;

	memset(out, 0, sizeof(*out));
	if (text.len >= 2 && text.p[0] == '[' && text.p[text.len - 1] == ']') {
		text = (struct urne_view){text.p + 1, text.len - 2};
	}
	if (text.len == 0 || text.len >= sizeof(room) || memchr(text.p, '\0', text.len) != NULL) {
		return URNE_ERR_SYNTAX;
	}
	memcpy(room, text.p, text.len);
	if (inet_pton(AF_INET, room, &v4) == 1) {
		set_v4(out, &v4);
		return URNE_OK;
	}
	if (inet_pton(AF_INET6, room, &v6) == 1) {
		set_v6(out, &v6);
		return URNE_OK;
	}
	return URNE_ERR_SYNTAX;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t';
}

enum urne_err
urne_address_forwarded(struct urne_address *out, struct urne_view header)
{
	size_t at = header.len;

	if (at == 0) {
		return urne_address_read(out, urne_view_of("")); /* no bytes to point to */
	}
	while (at > 0 && header.p[at - 1] != ',') {
		at--;
	}
	header = (struct urne_view){header.p + at, header.len - at};
	while (header.len > 0 && is_space(header.p[0])) {
		header = (struct urne_view){header.p + 1, header.len - 1};
	}
	while (header.len > 0 && is_space(header.p[header.len - 1])) {
		header.len--;
	}
	return urne_address_read(out, header);
}
