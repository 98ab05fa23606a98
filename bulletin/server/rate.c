/* SPDX-License-Identifier: EUPL-1.2 */
/* A small table of the members who voted in this minute. */
#include "bulletin/server/rate.h"

#include "base/limits.h"

bool
urne_rate_take(struct urne_rate *r, unsigned *retry_after, uint64_t log, size_t member, int64_t now)
{
	size_t i = (size_t)((log * 2654435761U + member) % URNE_RATE_SLOTS);
	int64_t minute = now / 60;

	*retry_after = 0;
	if (r->slot[i].log != log || r->slot[i].member != member || r->slot[i].minute != minute) {
		r->slot[i].log = log;
		r->slot[i].member = member;
		r->slot[i].minute = minute;
		r->slot[i].num = 0;
	}
	if (r->slot[i].num >= URNE_MAX_BALLOTS_PER_MINUTE) {
		*retry_after = (unsigned)(60 - now % 60);
		return false;
	}
	r->slot[i].num++;
	return true;
}
