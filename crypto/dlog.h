/* SPDX-License-Identifier: EUPL-1.2 */
/* Discrete logarithms of small numbers: baby steps, giant steps. Public data. */
#ifndef URNE_CRYPTO_DLOG_H
#define URNE_CRYPTO_DLOG_H

#include "crypto/group.h"

struct urne_dlog;

/* urne_dlog_new prepares for logarithms in 0..max, expecting about num_targets of them; time and
 * memory grow with sqrt(max * num_targets), memory is bounded (64 MB). Free with urne_dlog_free. */
enum urne_err urne_dlog_new(struct urne_dlog **out, const struct urne_group *g, uint64_t max,
    size_t num_targets) URNE_MUST_USE;
void urne_dlog_free(struct urne_dlog *d);
/* urne_dlog_find sets *out to the n in 0..max with g^n = e, else URNE_ERR_RANGE. Thread-safe. */
enum urne_err urne_dlog_find(
    const struct urne_dlog *d, uint64_t *out, const struct urne_elem *e) URNE_MUST_USE;

#endif
