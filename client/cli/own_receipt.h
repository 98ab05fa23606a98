/* SPDX-License-Identifier: EUPL-1.2 */
/* A receipt held against the ballot that it is for, and what it shows in words. */
#ifndef URNE_CLIENT_CLI_OWN_RECEIPT_H
#define URNE_CLIENT_CLI_OWN_RECEIPT_H

#include "bulletin/log/receipt.h"
#include "client/cli/cli.h"

/* urne_own_receipt_check makes the offline check of a receipt (urne_receipt_verify) and that it is
 * for the ballot with this tracker, which the caller computed from the ballot itself; NULL: of
 * whatever ballot. Lives in `arena` and borrows from `text`. */
enum urne_err urne_own_receipt_check(struct urne_receipt_facts *out, struct urne_arena *arena,
    struct urne_diag *d, struct urne_view text, const struct urne_note_key *key,
    const struct urne_hash *tracker) URNE_MUST_USE;
/* urne_own_receipt_put adds what it shows to the result as fields, urne_own_receipt_say as text as
 * well. */
void urne_own_receipt_put(struct urne_cli *cli, const struct urne_receipt_facts *f);
void urne_own_receipt_say(struct urne_cli *cli, const struct urne_receipt_facts *f);

#endif
