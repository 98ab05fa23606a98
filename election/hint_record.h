/* SPDX-License-Identifier: EUPL-1.2 */
/* A file of hints, as bytes: a head that says for which election they are, and records, each of
 * which names the data record that it has the points of. Spec: docs/formats.md#hints */
#ifndef URNE_ELECTION_HINT_RECORD_H
#define URNE_ELECTION_HINT_RECORD_H

#include "base/bytes.h"
#include "election/election.h"

/* `urne-hints-v2`, a newline, two zero bytes; the election's fingerprint; 16 zero bytes. */
#define URNE_HINTS_HEAD_LEN ((size_t)64)
/* SHA-256 of the data record, number of points (8 bytes, most significant first); then 64 bytes for
 * each point. */
#define URNE_HINT_RECORD_HEAD_LEN ((size_t)40)

void urne_hints_head(uint8_t out[URNE_HINTS_HEAD_LEN], const struct urne_election *e);
/* urne_hints_head_fits: whether it is the head of this election's file. */
bool urne_hints_head_fits(const uint8_t in[URNE_HINTS_HEAD_LEN], const struct urne_election *e);
void urne_hint_record_head(
    uint8_t out[URNE_HINT_RECORD_HEAD_LEN], const struct urne_hash *of, uint64_t num_points);
/* urne_hint_record_read: what the head says, whatever that is; nothing of it is believed. */
void urne_hint_record_read(
    struct urne_hash *of, uint64_t *num_points, const uint8_t in[URNE_HINT_RECORD_HEAD_LEN]);

#endif
