/* SPDX-License-Identifier: EUPL-1.2 */
/* What surrounds hints in a file, byte for byte: its head, and the head of a record, which says
 * whose hints follow and how many. Pure; for whoever writes or reads such a file.
 * Spec: docs/formats.md#hints */
#ifndef URNE_ELECTION_HINT_RECORD_H
#define URNE_ELECTION_HINT_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "election/election.h"

#define URNE_HINTS_HEAD_LEN	  ((size_t)64)
#define URNE_HINT_RECORD_HEAD_LEN ((size_t)40)

/* urne_hints_head: the head of a file with hints for this election. */
void urne_hints_head(uint8_t out[URNE_HINTS_HEAD_LEN], const struct urne_election *e);
/* urne_hints_head_fits: whether `in` is that head. Every other is that of another election. */
bool urne_hints_head_fits(const uint8_t in[URNE_HINTS_HEAD_LEN], const struct urne_election *e);

/* urne_hint_record_head: the record belongs to the data record with this hash, and num_points hints
 * of URNE_HINT_LEN bytes (crypto/batch.h) follow. */
void urne_hint_record_head(
    uint8_t out[URNE_HINT_RECORD_HEAD_LEN], const struct urne_hash *of, uint64_t num_points);
/* urne_hint_record_read: the same the other way. Any 40 bytes are such a head; whether as many
 * points follow is for the caller to see. */
void urne_hint_record_read(
    struct urne_hash *of, uint64_t *num_points, const uint8_t in[URNE_HINT_RECORD_HEAD_LEN]);

#endif
