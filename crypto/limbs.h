/* SPDX-License-Identifier: EUPL-1.2 */
/* Public numbers as little-endian limbs, and their one decimal form. Variable time. */
#ifndef URNE_CRYPTO_LIMBS_H
#define URNE_CRYPTO_LIMBS_H

#include "base/bytes.h"
#include "crypto/scalar.h"

/* urne_limbs_from_decimal reads digits without leading zeros (else URNE_ERR_SYNTAX) into n limbs,
 * at most URNE_LIMBS; a number that needs more: URNE_ERR_RANGE. On error *out is zero. */
enum urne_err urne_limbs_from_decimal(uint64_t *out, size_t n, struct urne_view text) URNE_MUST_USE;
/* urne_limbs_to_decimal writes the digits (no NUL) and returns how many. */
size_t urne_limbs_to_decimal(char out[URNE_TEXT_MAX], const uint64_t *limbs, size_t n);

#endif
