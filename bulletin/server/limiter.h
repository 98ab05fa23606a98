/* SPDX-License-Identifier: EUPL-1.2 */
/* How often somebody may: a bucket of tokens for each address, in a table of fixed size. */
#ifndef URNE_BULLETIN_SERVER_LIMITER_H
#define URNE_BULLETIN_SERVER_LIMITER_H

#include "bulletin/server/address.h"

struct urne_limiter;

/* urne_limiter_new: `rate` tokens per second, ten times that in a full bucket. NULL without memory
 * or randomness. urne_limiter_free: NULL is fine. */
struct urne_limiter *urne_limiter_new(unsigned rate);
void urne_limiter_free(struct urne_limiter *l);
/* urne_limiter_take takes a token at the time now_ms (of a clock that does not go back). When there
 * is none *retry_after is the seconds until there is one; otherwise 0. Any thread. When more
 * addresses are active than the table holds, the fullest bucket near its place gives way, whose
 * owner has been quiet longest. */
void urne_limiter_take(
    struct urne_limiter *l, const struct urne_address *a, uint64_t now_ms, unsigned *retry_after);

#endif
