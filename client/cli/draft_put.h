/* SPDX-License-Identifier: EUPL-1.2 */
/* What an official proposes to be sealed goes to the board as drafts, for everybody to read.
 * Spec: docs/journal.md#drafts */
#ifndef URNE_CLIENT_CLI_DRAFT_PUT_H
#define URNE_CLIENT_CLI_DRAFT_PUT_H

#include "client/cli/remote.h"
#include "client/cli/state.h"

/* urne_draft_put puts the definition, when there is one, and the Setup of the archive; `order` is
 * the signed note that authorises it. What lies there already stays. */
enum urne_err urne_draft_put(
    struct urne_remote *r, struct urne_state *s, struct urne_view order) URNE_MUST_USE;

/* urne_item_frame appends the data records of an event in archive framing; a Setup's begin with the
 * archive's own first record. */
enum urne_err urne_item_frame(
    struct urne_state *s, struct urne_buf *out, const struct urne_log_item *item) URNE_MUST_USE;

#endif
