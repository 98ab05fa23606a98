/* SPDX-License-Identifier: EUPL-1.2 */
/* One call of zlib over one text: pages are small, so nothing has to be streamed. */
#include "bulletin/server/gzip.h"

#include <limits.h>
#include <zlib.h>

/* A window of 2^15 bytes; 16 more asks for the frame of gzip. */
#define WINDOW_BITS (15 + 16)
#define MEMORY	    9

enum urne_err
urne_gzip(struct urne_buf *out, struct urne_view text)
{
	z_stream z = {.next_in = (z_const Bytef *)(uintptr_t)text.p};
	enum urne_err e = URNE_ERR_MEMORY;
	char *room;
	size_t max;

	if (text.len > UINT_MAX / 2 || deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, WINDOW_BITS,
					   MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
		return e;
	}
	max = deflateBound(&z, (uLong)text.len);
	room = urne_buf_grow(out, max);
	if (room != NULL) {
		z.avail_in = (uInt)text.len;
		z.next_out = (Bytef *)room;
		z.avail_out = (uInt)max;
		e = deflate(&z, Z_FINISH) == Z_STREAM_END ? URNE_OK : URNE_ERR_MEMORY;
		out->len += e == URNE_OK ? max - z.avail_out : 0;
	}
	(void)deflateEnd(&z);
	return e == URNE_OK ? urne_buf_error(out) : e;
}
