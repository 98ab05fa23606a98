/* SPDX-License-Identifier: EUPL-1.2 */
/* The operator's log of a service: one JSON object per line on standard error, made of named fields
 * and written with one call. It is told numbers, names and sentences, never a secret, a ballot or
 * who sent it. */
#ifndef URNE_BASE_OPLOG_H
#define URNE_BASE_OPLOG_H

#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"

enum urne_oplog_level {
	URNE_OPLOG_INFO,
	URNE_OPLOG_WARNING,
	URNE_OPLOG_ERROR,
};

/* A line under construction; lines of several threads do not mix. */
struct urne_oplog {
	char room[4096]; /* a longer line loses its last fields and says so */
	size_t len;
	bool cut;
};

/* urne_oplog_begin starts {"time":"2026-11-26T10:00:00.123Z","level":"info","event":NAME */
void urne_oplog_begin(struct urne_oplog *l, enum urne_oplog_level level, const char *event);
void urne_oplog_u64(struct urne_oplog *l, const char *key, uint64_t v);
void urne_oplog_view(struct urne_oplog *l, const char *key, struct urne_view v);
void urne_oplog_string(struct urne_oplog *l, const char *key, const char *s);
/* urne_oplog_end writes the line. When standard error cannot be written to, nothing is to be done
 * about it. */
void urne_oplog_end(struct urne_oplog *l);

#endif
