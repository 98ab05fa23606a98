/* SPDX-License-Identifier: EUPL-1.2 */
/* The nesting that the tally, the partial decryptions and the result have in common: one array per
 * question; for lists questions one more level, an array per list.
 * Spec: docs/formats.md#tally-shuffle-decryption-result */
#ifndef URNE_TALLY_SHAPE_H
#define URNE_TALLY_SHAPE_H

#include "base/codec.h"
#include "election/election.h"

/* urne_codec_shape walks the nested arrays and calls item(c, ctx, i) for the flattened choices
 * i = 0, 1, ... in their order. */
void urne_codec_shape(struct urne_codec *c, const struct urne_election *e,
    void (*item)(struct urne_codec *c, void *ctx, size_t i), void *ctx);

#endif
