/* SPDX-License-Identifier: EUPL-1.2 */
/* Views of bytes that somebody else owns, and their text forms: hex, Base64, decimal. */
#ifndef URNE_BASE_BYTES_H
#define URNE_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* urne_view is a run of bytes owned by somebody else. Not NUL-terminated. */
struct urne_view {
	const char *p;
	size_t len;
};

#define URNE_HASH_LEN	  ((size_t)32)
#define URNE_HASH_HEX_LEN ((size_t)64)
#define URNE_HASH_B64_LEN ((size_t)43)

/* urne_hash is a SHA-256 value. */
struct urne_hash {
	uint8_t b[URNE_HASH_LEN];
};

/* urne_view_of makes a view of a NUL-terminated string. */
struct urne_view urne_view_of(const char *s);
bool urne_view_eq(struct urne_view a, struct urne_view b);
bool urne_view_is(struct urne_view a, const char *s);
bool urne_view_starts(struct urne_view a, const char *s);
/* urne_view_cut takes what stands in front of the next `c` off *rest, and the `c` with it; false,
 * and *out is empty, when there is none. */
bool urne_view_cut(struct urne_view *out, struct urne_view *rest, char c);

bool urne_hash_eq(const struct urne_hash *a, const struct urne_hash *b);

/* urne_hex_encode writes 2*len lower-case digits, no NUL. */
void urne_hex_encode(char *out, const uint8_t *in, size_t len);
/* urne_hex_decode reads exactly 2*out_len lower-case digits; anything else: URNE_ERR_SYNTAX. */
enum urne_err urne_hex_decode(uint8_t *out, size_t out_len, struct urne_view in) URNE_MUST_USE;

/* urne_b64_hash_encode writes the 43 characters of unpadded standard Base64 of a hash, no NUL.
 * Spec: docs/protocol.md#text-forms */
void urne_b64_hash_encode(char out[URNE_HASH_B64_LEN], const struct urne_hash *h);
/* urne_b64_hash_decode reads exactly that form, last character canonical. */
enum urne_err urne_b64_hash_decode(struct urne_hash *out, struct urne_view in) URNE_MUST_USE;

/* urne_decimal_decode reads a decimal number without sign or leading zeros, at most `max`. */
enum urne_err urne_decimal_decode(uint64_t *out, struct urne_view in, uint64_t max) URNE_MUST_USE;

/* urne_utf8_len returns how many bytes (1 to 4) the first character of `v` takes, or 0 when `v` is
 * empty or does not begin with valid UTF-8 (overlong forms and surrogates are not valid). */
size_t urne_utf8_len(struct urne_view v);

/* urne_add_size and urne_mul_size compute on sizes; false when the result does not fit. */
bool urne_add_size(size_t *out, size_t a, size_t b) URNE_MUST_USE;
bool urne_mul_size(size_t *out, size_t a, size_t b) URNE_MUST_USE;

/* urne_wipe clears memory in a way that the compiler keeps. */
void urne_wipe(void *p, size_t len);

#endif
