/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: the sum of very many multiples of different points of edwards25519, at the price of a
 * few additions for each. Variable time, PUBLIC DATA ONLY: never to be linked into encryption,
 * decryption or anything that touches a key. */
#ifndef URNE_CRYPTO_VARTIME_MSM_H
#define URNE_CRYPTO_VARTIME_MSM_H

#include "base/err.h"
#include "base/pool.h"
#include "crypto/vartime/edwards_bulk.h"

/* Weights are below 2^URNE_MSM_BITS, as numbers modulo q are. */
#define URNE_MSM_BITS 253

/* urne_msm_vartime: out = the sum of all terms of num lists, on the threads of a pool, by `bulk`,
 * which opened the points too. The weights are used up: afterwards they are something else. One set
 * of buckets, at most 640 KiB, for each thread. URNE_ERR_MEMORY. */
enum urne_err urne_msm_vartime(const struct urne_edwards_bulk *bulk, struct urne_edwards *out,
    const struct urne_edwards_terms *lists, size_t num, struct urne_pool *pool) URNE_MUST_USE;

/* urne_msm_width: how many bits the digits get for so many weights, of 128 bits at most and longer.
 */
unsigned urne_msm_width(const struct urne_edwards_bulk *bulk, size_t num_short, size_t num_long);

#endif
