/* SPDX-License-Identifier: EUPL-1.2 */
/* The record beside a trustee's key of what it has decrypted: KEY.decrypted.json. */
#ifndef URNE_CLIENT_CLI_KEY_RECORD_H
#define URNE_CLIENT_CLI_KEY_RECORD_H

#include "client/cli/cli.h"

/* urne_key_record_claim notes, durably, that the key in the file `key` decrypts this tally of this
 * election; the same one again is fine, another one is refused (threat A18). To be called before a
 * decryption leaves the process. */
enum urne_err urne_key_record_claim(struct urne_cli *cli, const char *key,
    struct urne_view election, const struct urne_hash *tally) URNE_MUST_USE;

#endif
