/* SPDX-License-Identifier: EUPL-1.2 */
/* The address of a board, or of an election on one, as people write it: taken apart, and never
 * guessed at. */
#include "client/cli/remote.h"

#include <string.h>

static enum urne_err
bad_address(struct urne_remote *r, const char *address)
{
	return urne_fail(&r->cli->diag, URNE_ERR_SYNTAX,
	    "%s: is no address of a board, write https://HOST/bb/UUID", address);
}

static bool
is_address_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("-._~:/[]%", c) != NULL);
}

/* cut_election cuts "/bb/UUID", "/bb" or nothing off the end. */
static struct urne_view
cut_election(struct urne_view *uuid, struct urne_view v)
{
	size_t at = v.len;

	while (at > 0 && v.p[at - 1] != '/') {
		at--;
	}
	*uuid = (struct urne_view){v.p + at, v.len - at};
	if (urne_view_is(*uuid, "bb")) {
		*uuid = (struct urne_view){"", 0};
		return (struct urne_view){v.p, at - 1};
	}
	if (at >= 4 && strncmp(v.p + at - 4, "/bb/", 4) == 0) {
		return (struct urne_view){v.p, at - 4};
	}
	*uuid = (struct urne_view){"", 0};
	return v;
}

/* is_here: the host is this machine, and does not only begin like it. */
static bool
is_here(struct urne_view authority)
{
	static const char *const names[] = {"localhost", "[::1]"};
	struct urne_view host = {authority.p, 0};
	bool number = urne_view_starts(authority, "127.");

	while (host.len < authority.len && authority.p[host.len] != '/' &&
	       (authority.p[host.len] != ':' ||
		   (authority.p[0] == '[' && authority.p[host.len - 1] != ']'))) {
		number = number && strchr("0123456789.", authority.p[host.len]) != NULL;
		host.len++;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		number = number || urne_view_is(host, names[i]);
	}
	return number;
}

static void
warn_of_plain(struct urne_view authority)
{
	if (is_here(authority)) {
		return;
	}
	urne_cli_note("urne: note: http:// is not encrypted: whoever is on the way sees that you "
		      "use this board, though not how you vote; https:// hides it");
}

enum urne_err
urne_remote_address(struct urne_remote *r, const char *address)
{
	struct urne_view v = urne_view_of(address), uuid, base;
	bool plain = urne_view_starts(v, "http://");
	size_t scheme = plain ? strlen("http://") : strlen("https://");

	if (!plain && !urne_view_starts(v, "https://")) {
		return bad_address(r, address);
	}
	while (v.len > scheme && v.p[v.len - 1] == '/') {
		v.len--;
	}
	for (size_t i = 0; i < v.len; i++) {
		if (!is_address_char(v.p[i])) {
			return bad_address(r, address);
		}
	}
	if (v.len == scheme || v.len > URNE_REMOTE_MAX_ADDRESS) {
		return bad_address(r, address);
	}
	base = cut_election(&uuid, v);
	if (base.len <= scheme || (uuid.len > 0 && !urne_uuid_check(uuid)) ||
	    memmem(base.p, base.len, "/bb/", 4) != NULL) {
		return bad_address(r, address);
	}
	if (plain) {
		warn_of_plain((struct urne_view){v.p + scheme, v.len - scheme});
	}
	r->uuid = uuid; /* of the command line, which outlives us */
	urne_buf_put_view(&r->base, base);
	urne_buf_put(&r->base, "", 1);
	return urne_buf_error(&r->base);
}
