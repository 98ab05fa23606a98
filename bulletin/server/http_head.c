/* SPDX-License-Identifier: EUPL-1.2 */
/* Four header lines matter before any handler is asked; all others are only counted. */
#include "bulletin/server/http_head.h"

#include <strings.h>

#include "base/limits.h"

static bool
is(struct urne_view v, const char *s)
{
	size_t i = 0;

	while (i < v.len && s[i] != '\0' && strncasecmp(v.p + i, s + i, 1) == 0) {
		i++;
	}
	return i == v.len && s[i] == '\0';
}

static void
put_length(struct urne_http_head *h, struct urne_view value)
{
	h->num_lengths++;
	/* RFC 9110 allows leading zeros; nobody who means well sends them */
	if (urne_decimal_decode(&h->length, value, UINT64_MAX) != URNE_OK) {
		h->bad_length = true;
	}
}

static void
put_coding(struct urne_http_head *h, struct urne_view value)
{
	h->num_codings++;
	h->chunked = is(value, "chunked");
}

static void
put_expect(struct urne_http_head *h, struct urne_view value)
{
	h->expects = is(value, "100-continue");
}

static void
put_forwarded(struct urne_http_head *h, struct urne_view value)
{
	h->forwarded = value;
}

static const struct {
	const char *name;
	void (*put)(struct urne_http_head *h, struct urne_view value);
} lines[] = {
    {"Content-Length", put_length},
    {"Transfer-Encoding", put_coding},
    {"Expect", put_expect},
    {"X-Forwarded-For", put_forwarded},
};

void
urne_http_head_put(struct urne_http_head *h, struct urne_view name, struct urne_view value)
{
	h->bytes += name.len + value.len + sizeof(": \r\n") - 1;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		if (is(name, lines[i].name)) {
			lines[i].put(h, value);
		}
	}
}

enum urne_problem
urne_http_head_check(const struct urne_http_head *h, struct urne_diag *d)
{
	if (h->bytes > URNE_HTTP_HEAD) {
		(void)urne_fail(
		    d, URNE_ERR_LIMIT, "the header lines have more than %zu bytes", URNE_HTTP_HEAD);
		return URNE_PROBLEM_HEAD;
	}
	if (h->num_lengths + h->num_codings > 1) {
		(void)urne_fail(d, URNE_ERR_SYNTAX,
		    "the length of the body is given twice; one Content-Length or one "
		    "Transfer-Encoding is possible");
		return URNE_PROBLEM_REQUEST;
	}
	if (h->bad_length || (h->num_codings > 0 && !h->chunked)) {
		(void)urne_fail(d, URNE_ERR_SYNTAX,
		    "%s is not a number of bytes in decimal, or a coding other than chunked",
		    h->bad_length ? "Content-Length" : "Transfer-Encoding");
		return URNE_PROBLEM_REQUEST;
	}
	return URNE_PROBLEM_NONE;
}

struct urne_address
urne_http_head_from(
    const struct urne_http_head *h, const struct urne_address *peer, bool peer_is_proxy)
{
	struct urne_address out;

	if (!peer_is_proxy || urne_address_forwarded(&out, h->forwarded) != URNE_OK) {
		return urne_address_household(peer);
	}
	return urne_address_household(&out);
}
