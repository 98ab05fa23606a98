/* SPDX-License-Identifier: EUPL-1.2 */
/* A member's own ballot: from a credential and choices in files, or typed in, to an encrypted,
 * signed text that passes the checks which everybody makes. */
#ifndef URNE_CLIENT_CLI_OWN_BALLOT_H
#define URNE_CLIENT_CLI_OWN_BALLOT_H

#include "client/cli/sealed.h"

/* urne_own_ballot_make takes --credential (or asks for it) and --choices of the command, appends
 * the ballot's canonical text to `out` and sets *tracker. Secrets are wiped before it returns. */
enum urne_err urne_own_ballot_make(
    struct urne_sealed *s, struct urne_buf *out, struct urne_hash *tracker) URNE_MUST_USE;

#endif
