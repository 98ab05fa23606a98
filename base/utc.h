/* SPDX-License-Identifier: EUPL-1.2 */
/* Moments in UTC, written 2026-11-26T18:00:00Z; years 1970 to 9999. */
#ifndef URNE_BASE_UTC_H
#define URNE_BASE_UTC_H

#include "base/buf.h"
#include "base/err.h"

#define URNE_UTC_LEN ((size_t)20)

/* urne_utc_write appends a moment in seconds since 1970; one of another year is URNE_ERR_RANGE of
 * the buffer. urne_utc_read takes exactly that form: URNE_ERR_SYNTAX; URNE_ERR_RANGE: no such day.
 */
void urne_utc_write(struct urne_buf *out, int64_t seconds);
enum urne_err urne_utc_read(int64_t *out, struct urne_view text) URNE_MUST_USE;
/* urne_utc_text: the same for sentences, with a NUL; empty for a moment of another year. */
void urne_utc_text(char out[URNE_UTC_LEN + 1], int64_t seconds);

#endif
