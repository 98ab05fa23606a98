/* SPDX-License-Identifier: EUPL-1.2 */
/* Lines that people read off paper and type: fifteen bytes in 24 characters, and four check
 * characters that find a mistake in its line and say where it is.
 * Spec: docs/formats.md#keys-on-paper */
#ifndef URNE_CRYPTO_SECRET_TYPED_H
#define URNE_CRYPTO_SECRET_TYPED_H

#include "base/bytes.h"

#define URNE_TYPED_BYTES     ((size_t)15)
#define URNE_TYPED_CHARS     ((size_t)28)
#define URNE_TYPED_GROUP     ((size_t)4) /* characters that are printed together */
#define URNE_TYPED_MAX_LINES ((size_t)1023)

/* urne_typed_write writes line `number` (from 1): 28 characters without spaces and NUL. Constant
 * time in the bytes. */
void urne_typed_write(
    char out[URNE_TYPED_CHARS], const uint8_t bytes[URNE_TYPED_BYTES], size_t number);

/* urne_typed_read reads what stands for line `number`. Small letters are as good as capitals, O is
 * read as 0, I and L as 1; spaces and hyphens do not count. Any one to four wrong characters are
 * found, so is any exchange of two, and a line that stands at another's place: URNE_ERR_MISMATCH.
 * Too few or too many characters, or one that is not used: URNE_ERR_SYNTAX. Then the bytes are
 * zero, and the sentence says what is wrong and never what the line says. Constant time in a line
 * that is right. */
enum urne_err urne_typed_read(uint8_t bytes[URNE_TYPED_BYTES], struct urne_diag *d, size_t number,
    struct urne_view line) URNE_MUST_USE;

#endif
