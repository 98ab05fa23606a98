/* SPDX-License-Identifier: EUPL-1.2 */
/* Servers differ in what they make of a Range header, and some lie: an answer is taken only when it
 * says of itself that it is the part that was asked for. */
#include "base/http/part.h"

#include <inttypes.h>
#include <string.h>

#include "base/bytes.h"

#define UNIT "bytes "

struct range {
	bool none; /* nothing of it is sent: an asterisk in place of the part */
	uint64_t first, last, total;
};

/* read_range reads "bytes 5-9/10", or an asterisk for "5-9". */
static bool
read_range(struct range *r, const char *text)
{
	const char *slash = strchr(text, '/');
	const char *start = text + strlen(UNIT);
	const char *dash;
	struct urne_view first, last;

	*r = (struct range){.none = false};
	if (!urne_view_starts(urne_view_of(text), UNIT) || slash == NULL || slash < start ||
	    urne_decimal_decode(&r->total, urne_view_of(slash + 1), INT64_MAX) != URNE_OK) {
		return false;
	}
	r->none = slash == start + 1 && *start == '*';
	if (r->none) {
		return true;
	}
	dash = memchr(start, '-', (size_t)(slash - start));
	if (dash == NULL) {
		return false;
	}
	first = (struct urne_view){start, (size_t)(dash - start)};
	last = (struct urne_view){dash + 1, (size_t)(slash - dash - 1)};
	return urne_decimal_decode(&r->first, first, INT64_MAX) == URNE_OK &&
	       urne_decimal_decode(&r->last, last, INT64_MAX) == URNE_OK;
}

/* the_rest: 206 must be exactly what lies behind the bytes that are here, or a beginning of it. */
static enum urne_err
the_rest(uint64_t *until, struct urne_diag *d, uint64_t have, const struct range *r,
    const struct urne_http_part *part)
{
	if (r->none || r->first != have || r->last < r->first || r->last >= r->total ||
	    (part->has_len && part->len != r->last - r->first + 1)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the server sends another part than the one behind byte %" PRIu64, have);
	}
	*until = r->last + 1;
	return URNE_OK;
}

/* nothing: 416 is right when the whole is what is here. */
static enum urne_err
nothing(uint64_t *until, struct urne_diag *d, uint64_t have, const struct range *r)
{
	if (!r->none || r->total != have) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the server has %" PRIu64 " bytes, and %" PRIu64 " are here already", r->total,
		    have);
	}
	*until = have;
	return URNE_OK;
}

enum urne_err
urne_http_part_judge(uint64_t *until, uint64_t *total, struct urne_diag *d, uint64_t have,
    const struct urne_http_part *part)
{
	struct range r;

	*until = *total = have;
	if (have == 0 && part->status == 200 && part->has_len) {
		*until = *total = part->len;
		return URNE_OK;
	}
	if (have == 0 && part->status == 200) {
		return urne_fail(d, URNE_ERR_MISMATCH, "the server does not say how much it has");
	}
	if (have == 0 || (part->status != 206 && part->status != 416)) {
		return urne_fail(d, URNE_ERR_MISMATCH, "the server cannot send a part (status %u)",
		    part->status);
	}
	if (part->range == NULL || !read_range(&r, part->range)) {
		return urne_fail(
		    d, URNE_ERR_MISMATCH, "the server does not say which part it sends");
	}
	*total = r.total;
	return part->status == 206 ? the_rest(until, d, have, &r, part)
				   : nothing(until, d, have, &r);
}

enum urne_err
urne_http_part_is(
    struct urne_diag *d, uint64_t first, uint64_t len, const char *range, uint64_t got)
{
	struct range r;

	if (range == NULL || !read_range(&r, range)) {
		return urne_fail(
		    d, URNE_ERR_MISMATCH, "the server does not say which part it sends");
	}
	/* what may end early is the part, and not what is sent of it */
	if (r.none || r.first != first || r.last < first || r.last - first >= len ||
	    r.last >= r.total || got != r.last - first + 1) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the server sends another part than the %" PRIu64 " bytes from byte %" PRIu64
		    " on",
		    len, first);
	}
	return URNE_OK;
}
