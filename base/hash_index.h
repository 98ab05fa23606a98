/* SPDX-License-Identifier: EUPL-1.2 */
/* A table from hashes to numbers: which ballots are there, and where. */
#ifndef URNE_BASE_HASH_INDEX_H
#define URNE_BASE_HASH_INDEX_H

#include <stddef.h>

#include "base/bytes.h"

struct urne_hash_slot {
	struct urne_hash hash; /* all zero: free (nobody has a SHA-256 of zero) */
	size_t value;
};

/* urne_hash_index: the zero state is empty. A quarter to half of the slots are in use, so an entry
 * takes 80 to 160 bytes, and while the table grows half as much again. */
struct urne_hash_index {
	struct urne_hash_slot *slots;
	size_t num, cap; /* cap is zero or a power of two */
};

/* urne_hash_index_find returns the value of the hash, or SIZE_MAX. */
size_t urne_hash_index_find(const struct urne_hash_index *x, const struct urne_hash *hash);
/* urne_hash_index_add gives the hash its value unless it is there already; *before is the value it
 * had, or SIZE_MAX. value < SIZE_MAX. URNE_ERR_MEMORY. */
enum urne_err urne_hash_index_add(struct urne_hash_index *x, size_t *before,
    const struct urne_hash *hash, size_t value) URNE_MUST_USE;
void urne_hash_index_clear(struct urne_hash_index *x);

#endif
