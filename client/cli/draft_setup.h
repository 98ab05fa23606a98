/* SPDX-License-Identifier: EUPL-1.2 */
/* The Setup that lies at a board as a draft, fetched and checked whole before anybody seals it.
 * Spec: docs/journal.md#drafts */
#ifndef URNE_CLIENT_CLI_DRAFT_SETUP_H
#define URNE_CLIENT_CLI_DRAFT_SETUP_H

#include "client/cli/remote.h"

/* urne_draft_setup fetches the drafts `setup` and, when the election names one, `definition`, of
 * the election that r is for, and checks everything as if it stood in the log. *setup is the hash
 * of the last record. A draft that is not there: URNE_ERR_INCOMPLETE. `s` is initialised with
 * r->address.data as place. */
enum urne_err urne_draft_setup(
    struct urne_remote *r, struct urne_sealed *s, struct urne_hash *setup) URNE_MUST_USE;

#endif
