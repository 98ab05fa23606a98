/* SPDX-License-Identifier: EUPL-1.2 */
/* "bytes=FIRST-LAST", "bytes=FIRST-", "bytes=-NUMBER". A number that is too large for us is larger
 * than any file: it means the same as the largest. */
#include "bulletin/server/range.h"

#include <string.h>

#define UNIT "bytes="

/* read_number: digits and nothing else; false for none. */
static bool
read_number(uint64_t *out, struct urne_view digits)
{
	*out = 0;
	for (size_t i = 0; i < digits.len; i++) {
		unsigned v = (unsigned)(unsigned char)digits.p[i] - '0';

		if (v > 9) {
			return false;
		}
		*out = *out > (UINT64_MAX - v) / 10 ? UINT64_MAX : *out * 10 + v;
	}
	return digits.len > 0;
}

/* The part of `size` bytes from first to last, both of them in it. */
static enum urne_range
part(uint64_t *offset, uint64_t *len, uint64_t first, uint64_t last, uint64_t size)
{
	if (first >= size) {
		*offset = *len = 0;
		return URNE_RANGE_BEYOND;
	}
	*offset = first;
	*len = (last < size - 1 ? last : size - 1) - first + 1;
	return URNE_RANGE_PART;
}

enum urne_range
urne_range_read(uint64_t *offset, uint64_t *len, struct urne_view header, uint64_t size)
{
	struct urne_view a, b;
	uint64_t first = 0, last = 0;
	const char *dash;
	bool has_first, has_last;

	*offset = 0;
	*len = size;
	if (!urne_view_starts(header, UNIT)) {
		return URNE_RANGE_WHOLE;
	}
	a = (struct urne_view){header.p + sizeof(UNIT) - 1, header.len - (sizeof(UNIT) - 1)};
	dash = a.len > 0 ? memchr(a.p, '-', a.len) : NULL;
	if (dash == NULL) {
		return URNE_RANGE_WHOLE;
	}
	b = (struct urne_view){dash + 1, (size_t)(a.p + a.len - dash) - 1};
	a.len = (size_t)(dash - a.p);
	has_first = read_number(&first, a);
	has_last = read_number(&last, b);
	if (has_first && b.len == 0) {
		return part(offset, len, first, UINT64_MAX, size);
	}
	if (has_first && has_last && first <= last) {
		return part(offset, len, first, last, size);
	}
	if (a.len == 0 && has_last) {
		/* the last so many bytes; of none of them there is no part */
		first = last < size ? size - last : 0;
		return part(offset, len, last > 0 ? first : size, UINT64_MAX, size);
	}
	return URNE_RANGE_WHOLE;
}
