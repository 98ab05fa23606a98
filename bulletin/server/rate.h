/* SPDX-License-Identifier: EUPL-1.2 */
/* How often one credential may vote again: every ballot stays in the log for ever, so that one
 * member alone must not fill it (threat A35). Remembered in memory only. */
#ifndef URNE_BULLETIN_SERVER_RATE_H
#define URNE_BULLETIN_SERVER_RATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define URNE_RATE_SLOTS 4096

struct urne_rate {
	struct {
		uint64_t log, member;
		int64_t minute;
		unsigned num;
	} slot[URNE_RATE_SLOTS]; /* two that fall on one slot forget each other */
};

/* urne_rate_take counts one more ballot of a member in this minute and tells whether that is still
 * allowed; *retry_after is the number of seconds until it is. */
bool urne_rate_take(
    struct urne_rate *r, unsigned *retry_after, uint64_t log, size_t member, int64_t now);

#endif
