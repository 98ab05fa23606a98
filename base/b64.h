/* SPDX-License-Identifier: EUPL-1.2 */
/* Standard Base64 with padding (RFC 4648, section 4). Digits are computed rather than looked up, so
 * that keys choose no branch and no index; lengths and padding are public. */
#ifndef URNE_BASE_B64_H
#define URNE_BASE_B64_H

#include "base/buf.h"
#include "base/bytes.h"

/* URNE_B64_LEN: characters of `len` bytes, at most SIZE_MAX / 2 of them. */
#define URNE_B64_LEN(len) (((len) + 2) / 3 * 4)

/* urne_b64_encode writes URNE_B64_LEN(len) characters, no NUL. */
void urne_b64_encode(char *out, const uint8_t *in, size_t len);
/* urne_b64_put appends them. */
void urne_b64_put(struct urne_buf *out, const uint8_t *in, size_t len);

/* urne_b64_decode reads exactly what urne_b64_encode writes: with all of its padding and with zeros
 * in the bits that stand for nothing; anything else is URNE_ERR_SYNTAX, more than `max` bytes
 * URNE_ERR_RANGE. After an error *out_len is 0 and what was written is wiped. */
enum urne_err urne_b64_decode(
    uint8_t *out, size_t *out_len, size_t max, struct urne_view in) URNE_MUST_USE;

#endif
