/* SPDX-License-Identifier: EUPL-1.2 */
/* A growing buffer with a hard maximum. Errors stick: after the first one the put functions do
 * nothing, and urne_buf_error tells. Whoever built the content asks once, at the end. */
#ifndef URNE_BASE_BUF_H
#define URNE_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"

/* urne_buf: the zero state with `max` set is an empty buffer; urne_buf_clear is always legal. */
struct urne_buf {
	char *data;
	size_t len;
	size_t cap;
	size_t max;
	enum urne_err err;
	bool secret; /* wipe whatever is released */
};

/* urne_buf_init makes an empty buffer of at most `max` bytes; nothing is allocated yet. */
void urne_buf_init(struct urne_buf *b, size_t max);
/* urne_buf_init_secret: the same, and memory is wiped before it is released or moved. */
void urne_buf_init_secret(struct urne_buf *b, size_t max);
void urne_buf_clear(struct urne_buf *b);
/* urne_buf_reset empties the buffer and its error but keeps its memory. */
void urne_buf_reset(struct urne_buf *b);

void urne_buf_put(struct urne_buf *b, const void *p, size_t len);
void urne_buf_puts(struct urne_buf *b, const char *s);
void urne_buf_putc(struct urne_buf *b, char c);
void urne_buf_put_view(struct urne_buf *b, struct urne_view v);
void urne_buf_put_u64(struct urne_buf *b, uint64_t v);
void urne_buf_put_hex(struct urne_buf *b, const uint8_t *p, size_t len);
void urne_buf_printf(struct urne_buf *b, const char *fmt, ...) URNE_PRINTF(2, 3);
/* urne_buf_put_json_string writes a JSON string with its quotes in the one canonical form of
 * docs/formats.md (raw UTF-8; short escapes; \u00xx for other controls and 0x7f). */
void urne_buf_put_json_string(struct urne_buf *b, struct urne_view v);

/* urne_buf_grow makes room for `len` more bytes and returns where to write them, or NULL; the
 * caller then adds to b->len what it wrote. */
char *urne_buf_grow(struct urne_buf *b, size_t len);

/* urne_buf_error: URNE_OK, URNE_ERR_LIMIT or URNE_ERR_MEMORY. */
enum urne_err urne_buf_error(const struct urne_buf *b) URNE_MUST_USE;
struct urne_view urne_buf_view(const struct urne_buf *b);

#endif
