/* SPDX-License-Identifier: EUPL-1.2 */
/* A log in memory, with every node that urne_merkle_append reports: where tests take proofs and
 * tiles from. */
#ifndef URNE_TESTS_MEMORY_LOG_H
#define URNE_TESTS_MEMORY_LOG_H

#include "bulletin/log/merkle.h"
#include "bulletin/log/tile.h"

struct memory_log {
	struct urne_merkle_tree tree;
	struct urne_buf nodes[URNE_MERKLE_MAX_LEVEL + 1]; /* of one level each, in order */
	struct urne_buf entries;			  /* as they stand in tiles */
	struct urne_buf starts;				  /* where each begins: size_t */
};

void memory_log_init(struct memory_log *l);
void memory_log_clear(struct memory_log *l);
enum urne_err memory_log_append(struct memory_log *l, struct urne_view data) URNE_MUST_USE;
/* memory_log_source: the nodes; one that is not there yet is URNE_ERR_INTERNAL, so asking for it
 * makes a test fail. */
struct urne_merkle_source memory_log_source(struct memory_log *l);
struct urne_view memory_log_entry(const struct memory_log *l, size_t i);
/* memory_log_tile appends the bytes of a tile's file. */
void memory_log_tile(struct urne_buf *out, const struct memory_log *l, const struct urne_tile *t);

#endif
