/* SPDX-License-Identifier: EUPL-1.2 */
/* The codec of protocol messages: one description per type both reads and writes it, so the two
 * cannot drift. A description is a function that walks the fields in their order and calls the
 * functions below; in reading mode they take the next bytes and fail unless these are exactly what
 * writing mode would have produced. So whatever is read is canonical: compact, fields in order,
 * no duplicate, no unknown field, one form for every number and string.
 *
 * Errors stick: after the first, everything is a no-op (outputs keep a safe value), loops end
 * (urne_codec_more answers false), and urne_codec_end reports it with the path of the field:
 * "answers[0].choices[2].alpha: not in the group".
 * Spec: docs/formats.md#json */
#ifndef URNE_BASE_CODEC_H
#define URNE_BASE_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/limits.h"

struct urne_codec_level {
	const char *field; /* name of the field at this level, or NULL */
	size_t index;	   /* item of the array at this level */
	bool is_array;
	bool first; /* nothing stands in it yet */
};

struct urne_codec {
	bool reading;
	const char *start, *p, *end; /* reading: the input */
	struct urne_buf *out;	     /* writing: the output */
	struct urne_arena *arena;    /* reading: where strings and arrays go; may be NULL */
	enum urne_err err;
	struct urne_diag diag;
	size_t depth;
	struct urne_codec_level level[URNE_MAX_DEPTH];
};

void urne_codec_read(struct urne_codec *c, struct urne_view in, struct urne_arena *arena);
void urne_codec_write(struct urne_codec *c, struct urne_buf *out);
/* urne_codec_end: reading, the whole input must be consumed; then the first error, if any. */
enum urne_err urne_codec_end(struct urne_codec *c, struct urne_diag *d) URNE_MUST_USE;
bool urne_codec_ok(const struct urne_codec *c);
/* urne_codec_fail records the first error at the present path. */
void urne_codec_fail(struct urne_codec *c, enum urne_err e, const char *fmt, ...) URNE_PRINTF(3, 4);

void urne_codec_object(struct urne_codec *c);	  /* { */
void urne_codec_object_end(struct urne_codec *c); /* } */
/* urne_codec_field: the next field of the object, which must be `name` (plain ASCII). */
void urne_codec_field(struct urne_codec *c, const char *name);
/* urne_codec_optional: reading, whether the next field is `name` (consumed if so); writing,
 * writes the name when `present`. Returns whether the value follows. */
bool urne_codec_optional(struct urne_codec *c, const char *name, bool present);

void urne_codec_array(struct urne_codec *c);	 /* [ */
void urne_codec_array_end(struct urne_codec *c); /* ] */
/* urne_codec_item: one item of an array whose length is known. */
void urne_codec_item(struct urne_codec *c);
/* urne_codec_more: an array whose length the message decides. Reading: whether another item
 * follows; more than `max` is URNE_ERR_LIMIT. Writing: whether fewer than `count` were written.
 * Call as: for (n = 0; urne_codec_more(c, n, count, max); n++) */
bool urne_codec_more(struct urne_codec *c, size_t done, size_t count, size_t max);

/* urne_codec_literal: exactly these bytes (for "Single", "Pedersen" and the like). */
void urne_codec_literal(struct urne_codec *c, const char *bytes);
/* urne_codec_try_literal: reading, whether these bytes come next (consumed if so); writing,
 * writes them when `present`. */
bool urne_codec_try_literal(struct urne_codec *c, const char *bytes, bool present);

/* urne_codec_string: a JSON string; reading, *v is its content (in the arena when it had escapes,
 * else borrowed from the input). Must be valid UTF-8. */
void urne_codec_string(struct urne_codec *c, struct urne_view *v);
/* urne_codec_plain: a JSON string without any escape; reading, *v borrows from the input. At most
 * `max` bytes. For numbers and elements in text form. */
void urne_codec_plain(struct urne_codec *c, struct urne_view *v, size_t max);
/* urne_codec_plain_len: how many bytes from the start stand in a string as they are: valid UTF-8
 * without control characters, quote and backslash. */
size_t urne_codec_plain_len(struct urne_view in);
void urne_codec_bool(struct urne_codec *c, bool *v);
/* urne_codec_u64: a JSON integer in 0..max without leading zeros. */
void urne_codec_u64(struct urne_codec *c, uint64_t *v, uint64_t max);
/* urne_codec_size: the same as a size_t. */
void urne_codec_size(struct urne_codec *c, size_t *v, size_t max);
/* urne_codec_count: a weight or count: JSON integer up to 2^30-1, decimal string above; the form
 * is fixed by the value. Spec: docs/formats.md#json */
void urne_codec_count(struct urne_codec *c, uint64_t *v, uint64_t max);
void urne_codec_hash_hex(struct urne_codec *c, struct urne_hash *h);
void urne_codec_hash_b64(struct urne_codec *c, struct urne_hash *h);

/* urne_codec_alloc: reading, num zeroed objects from the arena, or NULL and the error sticks. */
void *urne_codec_alloc(struct urne_codec *c, size_t num, size_t size);

#endif
