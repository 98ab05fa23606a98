/* SPDX-License-Identifier: EUPL-1.2 */
/* A log of many entries, with all of its leaves and the roots of all of its sizes. */
#ifndef URNE_TESTS_GROWN_LOG_H
#define URNE_TESTS_GROWN_LOG_H

#include "tests/unit/support/memory_log.h"

#define GROWN_MOST ((size_t)600)

struct grown_log {
	struct memory_log log;
	struct urne_merkle_source source;
	struct urne_hash leaf[GROWN_MOST];
	struct urne_hash root[GROWN_MOST + 1]; /* of the first 0, 1, ... entries */
};

void grown_log_init(struct grown_log *t);
void grown_log_clear(struct grown_log *t);

/* A log in which every entry is "again": a node depends on its level only, so that trees of any
 * size are at hand. */
extern const struct urne_merkle_source same_everywhere;

#endif
