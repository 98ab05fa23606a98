/* SPDX-License-Identifier: EUPL-1.2 */
/* The officials who sign here, with their keys. */
#ifndef URNE_CLIENT_CLI_SIGNERS_H
#define URNE_CLIENT_CLI_SIGNERS_H

#include "client/cli/cli.h"
#include "crypto/secret/signer.h"

/* The officials who sign here. */
struct urne_signers {
	struct urne_signer *signers; /* do not move: each borrows from itself */
	size_t num;
};
/* urne_signers_open opens the keys in these files, one after the other. Clear always. */
enum urne_err urne_signers_open(struct urne_signers *out, struct urne_cli *cli,
    const char *const *paths, size_t num) URNE_MUST_USE;
void urne_signers_clear(struct urne_signers *s);

#endif
