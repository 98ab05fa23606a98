/* SPDX-License-Identifier: EUPL-1.2 */
/* The Range header (RFC 9110, section 14): one range of bytes. Several at once, or another unit,
 * may be ignored, and are. */
#ifndef URNE_BULLETIN_SERVER_RANGE_H
#define URNE_BULLETIN_SERVER_RANGE_H

#include "base/bytes.h"

enum urne_range {
	URNE_RANGE_WHOLE, /* no range that this server obeys */
	URNE_RANGE_PART,
	URNE_RANGE_BEYOND, /* nothing of it is there */
};

/* urne_range_read sets offset and length of the part of `size` bytes that is asked for (WHOLE: all
 * of it; BEYOND: zero). A part is never empty and never reaches beyond the end. */
enum urne_range urne_range_read(
    uint64_t *offset, uint64_t *len, struct urne_view header, uint64_t size);

#endif
