/* SPDX-License-Identifier: EUPL-1.2 */
/* Compression of what is served again and again, made once. The one place that knows zlib. */
#ifndef URNE_BULLETIN_SERVER_GZIP_H
#define URNE_BULLETIN_SERVER_GZIP_H

#include "base/buf.h"

/* urne_gzip appends `text` as a gzip file (RFC 1952), as small as zlib makes it, without a name or
 * a time: the same text gives the same bytes. URNE_ERR_MEMORY, or what the buffer says. */
enum urne_err urne_gzip(struct urne_buf *out, struct urne_view text) URNE_MUST_USE;

#endif
