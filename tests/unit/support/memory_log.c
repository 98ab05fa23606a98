/* SPDX-License-Identifier: EUPL-1.2 */
/* Every node is kept, in the order of its level; nothing is computed twice. */
#include "tests/unit/support/memory_log.h"

#include <string.h>

#define ROOM ((size_t)1 << 30)

void
memory_log_init(struct memory_log *l)
{
	*l = (struct memory_log){.tree = {.size = 0}};
	for (size_t i = 0; i <= URNE_MERKLE_MAX_LEVEL; i++) {
		urne_buf_init(&l->nodes[i], ROOM);
	}
	urne_buf_init(&l->entries, ROOM);
	urne_buf_init(&l->starts, ROOM);
}

void
memory_log_clear(struct memory_log *l)
{
	for (size_t i = 0; i <= URNE_MERKLE_MAX_LEVEL; i++) {
		urne_buf_clear(&l->nodes[i]);
	}
	urne_buf_clear(&l->entries);
	urne_buf_clear(&l->starts);
}

static enum urne_err
keep(void *ctx, unsigned level, uint64_t index, const struct urne_hash *hash)
{
	struct memory_log *l = ctx;

	if (index * URNE_HASH_LEN != l->nodes[level].len) {
		return URNE_ERR_INTERNAL;
	}
	urne_buf_put(&l->nodes[level], hash->b, URNE_HASH_LEN);
	return urne_buf_error(&l->nodes[level]);
}

enum urne_err
memory_log_append(struct memory_log *l, struct urne_view data)
{
	struct urne_hash leaf;
	size_t start = l->entries.len;

	urne_entry_put(&l->entries, data);
	urne_buf_put(&l->starts, &start, sizeof(start));
	if (urne_buf_error(&l->entries) != URNE_OK || urne_buf_error(&l->starts) != URNE_OK) {
		return URNE_ERR_LIMIT;
	}
	urne_merkle_leaf(&leaf, data);
	return urne_merkle_append(&l->tree, &leaf, keep, l);
}

static enum urne_err
find(void *ctx, struct urne_hash *out, unsigned level, uint64_t index)
{
	const struct memory_log *l = ctx;

	if (level > URNE_MERKLE_MAX_LEVEL || index >= l->nodes[level].len / URNE_HASH_LEN) {
		return URNE_ERR_INTERNAL;
	}
	memcpy(out->b, l->nodes[level].data + index * URNE_HASH_LEN, URNE_HASH_LEN);
	return URNE_OK;
}

struct urne_merkle_source
memory_log_source(struct memory_log *l)
{
	return (struct urne_merkle_source){find, l};
}

/* Where entry i begins; behind the last one, the end. */
static size_t
start_of(const struct memory_log *l, size_t i)
{
	size_t start = l->entries.len;

	if (i < l->starts.len / sizeof(start)) {
		memcpy(&start, l->starts.data + i * sizeof(start), sizeof(start));
	}
	return start;
}

struct urne_view
memory_log_entry(const struct memory_log *l, size_t i)
{
	size_t start = start_of(l, i) + 2;

	return (struct urne_view){l->entries.data + start, start_of(l, i + 1) - start};
}

void
memory_log_tile(struct urne_buf *out, const struct memory_log *l, const struct urne_tile *t)
{
	unsigned level = 0;
	uint64_t first = 0;

	urne_tile_node(t, 0, &level, &first);
	if (t->entries) {
		size_t start = start_of(l, (size_t)first);

		urne_buf_put(
		    out, l->entries.data + start, start_of(l, (size_t)first + t->width) - start);
	} else {
		urne_buf_put(
		    out, l->nodes[level].data + first * URNE_HASH_LEN, t->width * URNE_HASH_LEN);
	}
}
