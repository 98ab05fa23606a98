/* SPDX-License-Identifier: EUPL-1.2 */
/* Who comes first of equals: by the draw, by the definition's order, or by nothing.
 * Spec: docs/vote-definition.md#draws */
#include <stdlib.h>
#include <string.h>

#include "crypto/sha256.h"
#include "tally/outcome_parts.h"

void
urne_draw_key(struct urne_hash *out, struct urne_view fingerprint, struct urne_view item,
    struct urne_view entry, const struct urne_hash *draw)
{
	char hex[URNE_HASH_HEX_LEN];
	struct urne_sha256 h;

	urne_hex_encode(hex, draw->b, URNE_HASH_LEN);
	urne_sha256_init(&h);
	urne_sha256_puts(&h, "urne-draw|");
	urne_sha256_put_view(&h, fingerprint);
	urne_sha256_puts(&h, "|");
	urne_sha256_put_view(&h, item);
	urne_sha256_puts(&h, "|");
	urne_sha256_put_view(&h, entry);
	urne_sha256_puts(&h, "|");
	urne_sha256_put(&h, hex, sizeof(hex));
	urne_sha256_final(&h, out);
}

struct ticket {
	struct urne_hash key;
	size_t index;
};

static int
compare_tickets(const void *x, const void *y)
{
	const struct ticket *a = x, *b = y;
	int c = memcmp(a->key.b, b->key.b, URNE_HASH_LEN);

	if (c != 0) {
		return c;
	}
	return a->index < b->index ? -1 : a->index > b->index;
}

static enum urne_err
draw(size_t *rank, size_t num, const struct urne_item_work *w)
{
	struct ticket *tickets = urne_arena_alloc(w->arena, num, sizeof(*tickets));
	bool lists = w->item->kind == URNE_ITEM_LIST_CHOICE;

	if (tickets == NULL) {
		return urne_outcome_no_memory(w->d);
	}
	for (size_t i = 0; i < num; i++) {
		struct urne_view id = lists ? w->item->sections[i].id : w->item->entries[i].id;

		urne_draw_key(&tickets[i].key, w->in->fingerprint, w->item->id, id, w->in->draw);
		tickets[i].index = i;
	}
	qsort(tickets, num, sizeof(*tickets), compare_tickets);
	for (size_t i = 0; i < num; i++) {
		rank[tickets[i].index] = i;
	}
	return URNE_OK;
}

enum urne_err
urne_tie_ranks(const size_t **out, struct urne_item_work *w)
{
	const struct urne_item *item = w->item;
	size_t num = item->kind == URNE_ITEM_LIST_CHOICE ? item->num_sections : item->num_entries;
	size_t *rank = urne_arena_alloc(w->arena, num, sizeof(*rank));

	*out = rank;
	if (rank == NULL) {
		return urne_outcome_no_memory(w->d);
	}
	for (size_t i = 0; i < num; i++) {
		rank[i] = i;
	}
	if (item->tie == URNE_TIE_DRAW && w->in->draw != NULL) {
		return draw(rank, num, w);
	}
	for (size_t i = 0; item->tie == URNE_TIE_ORDER && i < num; i++) {
		rank[item->order[i]] = i;
	}
	return URNE_OK;
}

enum urne_place_reason
urne_tie_reason(struct urne_item_work *w)
{
	switch (w->item->tie) {
	case URNE_TIE_DRAW:
		w->draw_needed = true;
		if (w->in->draw == NULL) {
			w->out->undrawn = true;
			return URNE_PLACE_UNDRAWN;
		}
		return URNE_PLACE_DRAW;
	case URNE_TIE_ALL:
		return URNE_PLACE_SHARED;
	case URNE_TIE_NONE:
	case URNE_TIE_ORDER:
		break;
	}
	return URNE_PLACE_ORDER;
}
