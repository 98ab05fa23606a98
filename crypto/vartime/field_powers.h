/* SPDX-License-Identifier: EUPL-1.2 */
/* Several powers of one element of a finite-field group, the product of powers of two, and powers
 * of an element that is used very often: both in Montgomery form. Variable time, public data only:
 * never to be linked into encryption or keys. */
#ifndef URNE_CRYPTO_VARTIME_FIELD_POWERS_H
#define URNE_CRYPTO_VARTIME_FIELD_POWERS_H

#include "crypto/group.h"

/* urne_field_pow_many: out[i] = a^x[i], for i < num <= URNE_POW_MANY + 1, exponents of num_q_limbs
 * limbs. Their squarings are shared. `a` is any number from 1 to p - 1. */
void urne_field_pow_many(const struct urne_group *g, struct urne_elem *out,
    const struct urne_elem *a, const uint64_t *const x[], size_t num);

/* As in struct urne_group_ops. */
void urne_field_pow2(const struct urne_group *g, struct urne_elem *out, const struct urne_elem *a,
    const struct urne_scalar *x, const struct urne_elem *b, const struct urne_scalar *y);
size_t urne_field_powers_size(const struct urne_group *g);
void urne_field_powers_make(
    const struct urne_group *g, struct urne_powers *out, const struct urne_elem *a);
void urne_field_mul_powers(const struct urne_group *g, struct urne_elem *out,
    const struct urne_powers *powers, const struct urne_scalar *x);

#endif
