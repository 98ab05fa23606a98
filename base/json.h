/* SPDX-License-Identifier: EUPL-1.2 */
/* A strict JSON reader for what people write and for the election object: white space and any
 * order of fields are fine; duplicate keys, invalid UTF-8, lone surrogates, control characters in
 * strings, numbers with fraction or exponent, trailing bytes and deep nesting are not. Every value
 * knows its line and column. Messages of the protocol use base/codec.h instead. */
#ifndef URNE_BASE_JSON_H
#define URNE_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"

enum urne_json_type {
	URNE_JSON_NULL,
	URNE_JSON_BOOL,
	URNE_JSON_INTEGER,
	URNE_JSON_STRING,
	URNE_JSON_ARRAY,
	URNE_JSON_OBJECT,
};

struct urne_json {
	enum urne_json_type type;
	bool boolean;
	struct urne_view text; /* string: content with escapes resolved; integer: its digits */
	struct urne_view raw;  /* the bytes of the value in the input */
	struct urne_view key;  /* inside an object: the field's name, escapes resolved */
	size_t index;	       /* position among its siblings, from 0 */
	size_t num_children;
	uint32_t line, column; /* from 1; of the value's first byte; column counts bytes */
	const struct urne_json *parent, *child, *next;
};

/* urne_json_parse reads the whole of `in`; the tree lives in `arena` and borrows from `in`.
 * The sentence in `d` begins with "line L, column C: ". */
enum urne_err urne_json_parse(const struct urne_json **out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view in) URNE_MUST_USE;

/* urne_json_get returns the field `name` of an object, or NULL (also when `v` is NULL or is no
 * object). */
const struct urne_json *urne_json_get(const struct urne_json *v, const char *name);

/* urne_json_path writes the way from the root, such as "questions[0].answers[2]"; for the root
 * itself "document". */
void urne_json_path(struct urne_buf *out, const struct urne_json *v);

/* urne_json_u64 reads an integer 0..max. */
enum urne_err urne_json_u64(uint64_t *out, const struct urne_json *v, uint64_t max) URNE_MUST_USE;

/* urne_json_fail makes "line 3: questions[0].min: " followed by the sentence. */
enum urne_err urne_json_fail(struct urne_diag *d, enum urne_err e, const struct urne_json *at,
    const char *fmt, ...) URNE_PRINTF(4, 5);

/* urne_json_only refuses fields of object `v` that are not among the NULL-terminated `names`
 * (URNE_ERR_UNKNOWN). */
enum urne_err urne_json_only(
    struct urne_diag *d, const struct urne_json *v, const char *const *names) URNE_MUST_USE;

#endif
