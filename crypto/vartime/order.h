/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: numbers modulo q, the order of edwards25519, without a division. Variable time, PUBLIC
 * DATA ONLY: never to be linked into encryption, decryption or anything that touches a key.
 *
 * Numbers are limbs of 64 bits, least significant first. */
#ifndef URNE_CRYPTO_VARTIME_ORDER_H
#define URNE_CRYPTO_VARTIME_ORDER_H

#include <stddef.h>
#include <stdint.h>

/* urne_order_reduce: out = the remainder of a, of any number n of limbs, modulo q. `out` may be
 * part of a. */
void urne_order_reduce(uint64_t out[4], const uint64_t *a, size_t n);

#endif
