/* SPDX-License-Identifier: EUPL-1.2 */
/* Entries that differ, so that a proof of one is no proof of another. */
#include "tests/unit/support/grown_log.h"

#include <stdio.h>

#include "tests/unit/support/check.h"

static void
put_entry(struct memory_log *l, size_t i)
{
	char text[32];
	int len = snprintf(text, sizeof(text), "entry %zu", i);

	assert_ok(memory_log_append(l, (struct urne_view){text, (size_t)len}));
}

void
grown_log_init(struct grown_log *t)
{
	memory_log_init(&t->log);
	t->source = memory_log_source(&t->log);
	for (size_t i = 0; i <= GROWN_MOST; i++) {
		urne_merkle_root(&t->log.tree, &t->root[i]);
		if (i < GROWN_MOST) {
			put_entry(&t->log, i);
			urne_merkle_leaf(&t->leaf[i], memory_log_entry(&t->log, i));
		}
	}
}

void
grown_log_clear(struct grown_log *t)
{
	memory_log_clear(&t->log);
}

static enum urne_err
same_node(void *ctx, struct urne_hash *out, unsigned level, uint64_t index)
{
	urne_merkle_leaf(out, VIEW("again"));
	for (unsigned i = 0; i < level; i++) {
		urne_merkle_node(out, out, out);
	}
	return URNE_OK;
}

const struct urne_merkle_source same_everywhere = {same_node, NULL};
