/* SPDX-License-Identifier: EUPL-1.2 */
/* Lists in headers, element by element; what is said twice or oddly only costs bytes. */
#include "bulletin/server/negotiate.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/b64.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct urne_view
trimmed(struct urne_view v)
{
	while (v.len > 0 && is_blank(v.p[0])) {
		v = (struct urne_view){v.p + 1, v.len - 1};
	}
	while (v.len > 0 && is_blank(v.p[v.len - 1])) {
		v.len--;
	}
	return v;
}

/* word_of takes the next element of a list of a header off *rest, without blanks around it. */
static bool
word_of(struct urne_view *word, struct urne_view *rest)
{
	if (rest->len == 0) {
		return false;
	}
	if (!urne_view_cut(word, rest, ',')) {
		*word = *rest;
		rest->len = 0;
	}
	*word = trimmed(*word);
	return true;
}

/* takes: `what` stands in the list, with nothing or with a weight above zero behind it. */
static bool
takes(struct urne_view list, const char *what)
{
	static const char zero_weight[] = "q=0";
	const size_t len = strlen(what);
	struct urne_view word;

	while (word_of(&word, &list)) {
		struct urne_view rest;

		if (word.len < len || strncasecmp(word.p, what, len) != 0) {
			continue;
		}
		rest = trimmed((struct urne_view){word.p + len, word.len - len});
		if (rest.len == 0) {
			return true;
		}
		if (rest.p[0] == ';') {
			bool zero;

			rest = trimmed((struct urne_view){rest.p + 1, rest.len - 1});
			zero = rest.len >= sizeof(zero_weight) - 1 &&
			       strncasecmp(rest.p, zero_weight, sizeof(zero_weight) - 1) == 0;
			for (size_t i = sizeof(zero_weight) - 1; zero && i < rest.len; i++) {
				zero = rest.p[i] == '.' || rest.p[i] == '0';
			}
			return !zero;
		}
	}
	return false;
}

/* has_it: the list of If-None-Match names this text, in either form, or whatever there is. */
static bool
has_it(struct urne_view list, const char *etag)
{
	struct urne_view word;

	while (word_of(&word, &list)) {
		if (urne_view_starts(word, "W/")) {
			word = (struct urne_view){word.p + 2, word.len - 2};
		}
		if (urne_view_is(word, etag) || urne_view_is(word, "*")) {
			return true;
		}
	}
	return false;
}

struct urne_view
urne_negotiate(struct urne_response *out, const struct urne_request *r,
    const struct urne_hash *hash, struct urne_view text, struct urne_view packed)
{
	bool as_gzip = packed.len > 0 && takes(r->carrier->header(r, "Accept-Encoding"), "gzip");
	char hex[2 * URNE_HASH_LEN + 1] = "";

	urne_hex_encode(hex, hash->b, URNE_HASH_LEN);
	(void)snprintf(out->etag, sizeof(out->etag), "\"%s%s\"", hex, as_gzip ? "-gzip" : "");
	if (has_it(r->carrier->header(r, "If-None-Match"), out->etag)) {
		out->status = 304;
		return (struct urne_view){"", 0};
	}
	out->encoding = as_gzip ? "gzip" : NULL;
	return as_gzip ? packed : text;
}

bool
urne_negotiate_page(const struct urne_request *r)
{
	return takes(r->carrier->header(r, "Accept"), "text/html");
}
