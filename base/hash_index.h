/* SPDX-License-Identifier: EUPL-1.2 */
/* A table from hashes to numbers: which ballots are there, and where. */
#ifndef URNE_BASE_HASH_INDEX_H
#define URNE_BASE_HASH_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

struct urne_hash_entry {
	struct urne_hash hash;
	size_t value;
};

/* urne_hash_index: the zero state is empty. An entry takes 40 bytes and another 8 to 16 of the
 * table; what has been reserved for entries to come is not touched before they do. */
struct urne_hash_index {
	struct urne_hash_entry *entries; /* in the order in which they came */
	size_t num, cap;
	uint32_t *table;  /* the number of an entry, from 1; 0: free */
	size_t table_len; /* zero or a power of two, at least twice num */
};

/* urne_hash_index_find returns the value of the hash, or SIZE_MAX. */
size_t urne_hash_index_find(const struct urne_hash_index *x, const struct urne_hash *hash);
/* urne_hash_index_add gives the hash its value unless it is there already; *before is the value it
 * had, or SIZE_MAX. value < SIZE_MAX. URNE_ERR_MEMORY; also for more than 2^31 hashes. */
enum urne_err urne_hash_index_add(struct urne_hash_index *x, size_t *before,
    const struct urne_hash *hash, size_t value) URNE_MUST_USE;
void urne_hash_index_clear(struct urne_hash_index *x);

#endif
