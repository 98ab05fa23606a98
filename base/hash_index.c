/* SPDX-License-Identifier: EUPL-1.2 */
/* Open addressing over numbers of entries, one place after the other: a hash's own first bytes say
 * where it goes. The table is the only part that is made anew when it grows, and it is the small
 * one. */
#include "base/hash_index.h"

#include <stdlib.h>
#include <string.h>

#define MIN_CAP ((size_t)512)
/* What a table of 32 bits can number while half of it is free. */
#define MAX_NUM ((size_t)1 << 31)

/* The place of this hash, or the free one where it belongs. */
static uint32_t *
place(const struct urne_hash_index *x, const struct urne_hash *hash)
{
	size_t mask = x->table_len - 1;
	uint64_t start = 0;
	size_t at;

	memcpy(&start, hash->b, sizeof(start));
	for (at = (size_t)start & mask;; at = (at + 1) & mask) {
		uint32_t number = x->table[at];

		if (number == 0 || urne_hash_eq(&x->entries[number - 1].hash, hash)) {
			return &x->table[at];
		}
	}
}

/* free_place: the same for a hash that is not there, without looking at the others. */
static uint32_t *
free_place(const struct urne_hash_index *x, const struct urne_hash *hash)
{
	size_t mask = x->table_len - 1;
	uint64_t start = 0;
	size_t at;

	memcpy(&start, hash->b, sizeof(start));
	for (at = (size_t)start & mask; x->table[at] != 0; at = (at + 1) & mask) {
	}
	return &x->table[at];
}

static enum urne_err
grow(struct urne_hash_index *x)
{
	size_t cap = x->cap == 0 ? MIN_CAP : 2 * x->cap;
	struct urne_hash_entry *entries = NULL;
	uint32_t *table = NULL;

	if (cap > MAX_NUM) {
		return URNE_ERR_MEMORY;
	}
	table = calloc(2 * cap, sizeof(*table));
	if (table == NULL) {
		return URNE_ERR_MEMORY;
	}
	entries = reallocarray(x->entries, cap, sizeof(*entries));
	if (entries == NULL) {
		free(table);
		return URNE_ERR_MEMORY;
	}
	free(x->table);
	x->entries = entries;
	x->cap = cap;
	x->table = table;
	x->table_len = 2 * cap;
	for (size_t i = 0; i < x->num; i++) {
		*free_place(x, &x->entries[i].hash) = (uint32_t)(i + 1);
	}
	return URNE_OK;
}

size_t
urne_hash_index_find(const struct urne_hash_index *x, const struct urne_hash *hash)
{
	uint32_t number = x->table_len > 0 ? *place(x, hash) : 0;

	return number != 0 ? x->entries[number - 1].value : SIZE_MAX;
}

enum urne_err
urne_hash_index_add(
    struct urne_hash_index *x, size_t *before, const struct urne_hash *hash, size_t value)
{
	uint32_t *number = NULL;

	*before = SIZE_MAX;
	if (x->num == x->cap && grow(x) != URNE_OK) {
		return URNE_ERR_MEMORY;
	}
	number = place(x, hash);
	if (*number != 0) {
		*before = x->entries[*number - 1].value;
		return URNE_OK;
	}
	x->entries[x->num] = (struct urne_hash_entry){*hash, value};
	x->num++;
	*number = (uint32_t)x->num;
	return URNE_OK;
}

void
urne_hash_index_clear(struct urne_hash_index *x)
{
	free(x->entries);
	free(x->table);
	*x = (struct urne_hash_index){.num = 0};
}
