/* SPDX-License-Identifier: EUPL-1.2 */
/* The bytes that records take in the archive, as their number and hash. */
#ifndef URNE_OBSERVER_PART_H
#define URNE_OBSERVER_PART_H

#include "bulletin/log/archive.h"
#include "crypto/sha256.h"

struct urne_archive_part {
	struct urne_sha256 digest;
	uint64_t len, timestamp;
};

/* urne_archive_part_init: no bytes; with_header: those of the archive's first record. */
void urne_archive_part_init(struct urne_archive_part *p, uint64_t timestamp, bool with_header);
/* urne_archive_part_put adds a record. */
void urne_archive_part_put(
    struct urne_archive_part *p, enum urne_record_kind kind, struct urne_view body);

#endif
