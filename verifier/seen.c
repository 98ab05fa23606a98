/* SPDX-License-Identifier: EUPL-1.2 */
/* A hash table of hashes: their own first bytes say where they go. */
#include "verifier/seen.h"

#include <stdlib.h>
#include <string.h>

static const struct urne_hash free_slot;

/* The slot of this hash, or the free one where it belongs; cap > num. */
static struct urne_hash *
find(const struct urne_seen *s, const struct urne_hash *hash)
{
	uint64_t at = 0;

	memcpy(&at, hash->b, sizeof(at));
	for (at &= s->cap - 1;; at = (at + 1) & (s->cap - 1)) {
		struct urne_hash *slot = &s->slots[at];
		if (urne_hash_eq(slot, hash) || urne_hash_eq(slot, &free_slot)) {
			return slot;
		}
	}
}

static enum urne_err
grow(struct urne_seen *s)
{
	struct urne_seen larger = {.cap = s->cap == 0 ? 1024 : 2 * s->cap, .num = s->num};

	larger.slots = calloc(larger.cap, sizeof(larger.slots[0]));
	if (larger.slots == NULL) {
		return URNE_ERR_MEMORY;
	}
	for (size_t i = 0; i < s->cap; i++) {
		if (!urne_hash_eq(&s->slots[i], &free_slot)) {
			*find(&larger, &s->slots[i]) = s->slots[i];
		}
	}
	urne_seen_clear(s);
	*s = larger;
	return URNE_OK;
}

enum urne_err
urne_seen_add(struct urne_seen *s, bool *again, const struct urne_hash *hash)
{
	struct urne_hash *slot = NULL;

	*again = false;
	if (s->num >= s->cap / 2 && grow(s) != URNE_OK) {
		return URNE_ERR_MEMORY;
	}
	slot = find(s, hash);
	*again = urne_hash_eq(slot, hash);
	if (!*again) {
		*slot = *hash;
		s->num++;
	}
	return URNE_OK;
}

void
urne_seen_clear(struct urne_seen *s)
{
	free(s->slots);
	*s = (struct urne_seen){NULL, 0, 0};
}
