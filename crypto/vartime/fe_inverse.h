/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: inverses in GF(2^255 - 19) by the greatest common divisor, which takes less than half
 * the time of a power. Variable time, PUBLIC DATA ONLY: never to be linked into encryption,
 * decryption or anything that touches a key. */
#ifndef URNE_CRYPTO_VARTIME_FE_INVERSE_H
#define URNE_CRYPTO_VARTIME_FE_INVERSE_H

#include <stdint.h>

/* urne_fe_inverse: out = 1/a modulo 2^255 - 19, and 0 when a = 0: numbers in [0, 2^255 - 19), four
 * limbs, least significant first. `out` may be `a`. */
void urne_fe_inverse(uint64_t out[4], const uint64_t a[4]);

#endif
