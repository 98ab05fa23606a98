/* SPDX-License-Identifier: EUPL-1.2 */
/* The set of ballots that were read: a ballot may stand once. */
#ifndef URNE_VERIFIER_SEEN_H
#define URNE_VERIFIER_SEEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

/* urne_seen: the zero state is empty; 64 bytes per ballot at most, and while it grows half as much
 * again. */
struct urne_seen {
	struct urne_hash *slots; /* all zero: free (nobody has a SHA-256 of zero) */
	size_t num, cap;	 /* cap is zero or a power of two */
};

/* urne_seen_add sets *again to whether the hash was there, and adds it. URNE_ERR_MEMORY. */
enum urne_err urne_seen_add(
    struct urne_seen *s, bool *again, const struct urne_hash *hash) URNE_MUST_USE;
void urne_seen_clear(struct urne_seen *s);

#endif
