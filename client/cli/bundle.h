/* SPDX-License-Identifier: EUPL-1.2 */
/* What a trustee hands to the official: its partial decryption, and whose it is.
 * {"owner":N,"election_hash":"<b64>","partial_decryption":{...}} */
#ifndef URNE_CLIENT_CLI_BUNDLE_H
#define URNE_CLIENT_CLI_BUNDLE_H

#include "client/cli/state.h"

struct urne_bundle {
	uint64_t owner;
	struct urne_view partial; /* the object to append */
	struct urne_partial_decryption decoded;
};

/* urne_bundle_is: whether a file is one (else it is a ballot). The bare object that other programs
 * write is one too. */
bool urne_bundle_is(struct urne_view text);
void urne_bundle_emit(
    struct urne_buf *out, const struct urne_election *e, uint64_t owner, struct urne_view partial);
/* urne_bundle_read decodes and checks everything: election, owner, every proof against the tally.
 * Borrows from `text`. */
enum urne_err urne_bundle_read(struct urne_bundle *out, struct urne_state *s,
    struct urne_arena *arena, const struct urne_tally *t, struct urne_view text) URNE_MUST_USE;

#endif
