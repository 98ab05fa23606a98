/* SPDX-License-Identifier: EUPL-1.2 */
/* What the header lines of a request say about its body and its way here. A body whose end two
 * servers could see at two places is refused (RFC 9112, section 6.3), since that is how requests
 * are smuggled. */
#ifndef URNE_BULLETIN_SERVER_HTTP_HEAD_H
#define URNE_BULLETIN_SERVER_HTTP_HEAD_H

#include "bulletin/server/address.h"
#include "bulletin/server/problem.h"

/* The zero state has seen no line. */
struct urne_http_head {
	size_t bytes; /* of all lines, about */
	size_t num_lengths, num_codings;
	bool bad_length, chunked;
	bool expects; /* waits for "100 Continue" before it sends the body */
	uint64_t length;
	struct urne_view forwarded; /* the last X-Forwarded-For; borrowed */
};

/* urne_http_head_put takes one header line. */
void urne_http_head_put(struct urne_http_head *h, struct urne_view name, struct urne_view value);
/* urne_http_head_check: URNE_PROBLEM_REQUEST or URNE_PROBLEM_HEAD. */
enum urne_problem urne_http_head_check(const struct urne_http_head *h, struct urne_diag *d);
/* urne_http_head_from: whom to count the request to. Only a proxy's word is taken for the address
 * behind it; one that says nothing readable stands for itself. */
struct urne_address urne_http_head_from(
    const struct urne_http_head *h, const struct urne_address *peer, bool peer_is_proxy);

#endif
