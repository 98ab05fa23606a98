/* SPDX-License-Identifier: EUPL-1.2 */
/* Open addressing, one slot after the other: a hash's own first bytes say where it goes. */
#include "base/hash_index.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MIN_CAP ((size_t)1024)

static const struct urne_hash nobody;

/* The slot of this hash, or the free one where it belongs; cap > num. */
static struct urne_hash_slot *
place(const struct urne_hash_index *x, const struct urne_hash *hash)
{
	uint64_t start = 0;
	size_t at;

	memcpy(&start, hash->b, sizeof(start));
	for (at = (size_t)start & (x->cap - 1);; at = (at + 1) & (x->cap - 1)) {
		struct urne_hash_slot *slot = &x->slots[at];
		if (urne_hash_eq(&slot->hash, hash) || urne_hash_eq(&slot->hash, &nobody)) {
			return slot;
		}
	}
}

static enum urne_err
grow(struct urne_hash_index *x)
{
	struct urne_hash_index larger = {.cap = x->cap == 0 ? MIN_CAP : 2 * x->cap, .num = x->num};

	larger.slots = calloc(larger.cap, sizeof(larger.slots[0]));
	if (larger.slots == NULL) {
		return URNE_ERR_MEMORY;
	}
	for (size_t i = 0; i < x->cap; i++) {
		if (!urne_hash_eq(&x->slots[i].hash, &nobody)) {
			*place(&larger, &x->slots[i].hash) = x->slots[i];
		}
	}
	urne_hash_index_clear(x);
	*x = larger;
	return URNE_OK;
}

size_t
urne_hash_index_find(const struct urne_hash_index *x, const struct urne_hash *hash)
{
	const struct urne_hash_slot *slot = x->cap > 0 ? place(x, hash) : NULL;

	return slot != NULL && urne_hash_eq(&slot->hash, hash) ? slot->value : SIZE_MAX;
}

enum urne_err
urne_hash_index_add(
    struct urne_hash_index *x, size_t *before, const struct urne_hash *hash, size_t value)
{
	struct urne_hash_slot *slot = NULL;

	*before = SIZE_MAX;
	if (x->num >= x->cap / 2 && grow(x) != URNE_OK) {
		return URNE_ERR_MEMORY;
	}
	slot = place(x, hash);
	if (urne_hash_eq(&slot->hash, hash)) {
		*before = slot->value;
	} else {
		*slot = (struct urne_hash_slot){*hash, value};
		x->num++;
	}
	return URNE_OK;
}

void
urne_hash_index_clear(struct urne_hash_index *x)
{
	free(x->slots);
	*x = (struct urne_hash_index){NULL, 0, 0};
}
