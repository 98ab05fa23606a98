/* SPDX-License-Identifier: EUPL-1.2 */
/* A trustee's key, opened for one election: --key, and --share of a threshold trustee. */
#ifndef URNE_CLIENT_CLI_TRUSTEE_KEY_H
#define URNE_CLIENT_CLI_TRUSTEE_KEY_H

#include "client/cli/sealed.h"
#include "crypto/secret/secret.h"

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
