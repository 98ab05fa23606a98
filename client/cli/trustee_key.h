/* SPDX-License-Identifier: EUPL-1.2 */
/* A trustee's key, opened for one election: --key, and of a threshold trustee --share, or the share
 * that lies beside the key as KEY.dkey. */
#ifndef URNE_CLIENT_CLI_TRUSTEE_KEY_H
#define URNE_CLIENT_CLI_TRUSTEE_KEY_H

#include "client/cli/sealed.h"
#include "crypto/secret/secret.h"

/* Behind the key's name: where a share is kept that nobody gave another name. */
#define URNE_SHARE_ENDING ".dkey"

struct urne_trustee_key {
	struct urne_secret x;
	struct urne_elem public_key;
	uint64_t owner; /* whose it is follows from its public half */
};

/* urne_trustee_key_open opens the key and finds its owner, who must be --owner where that is given.
 * Clear always. */
enum urne_err urne_trustee_key_open(
    struct urne_trustee_key *out, struct urne_cli *cli, const struct urne_sealed *s) URNE_MUST_USE;
void urne_trustee_key_clear(struct urne_trustee_key *k);

#endif
