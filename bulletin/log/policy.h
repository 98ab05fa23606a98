/* SPDX-License-Identifier: EUPL-1.2 */
/* The policy file of a log: whose signatures a checkpoint needs (C2SP tlog-policy). Witnesses come
 * later; a policy that asks for them is refused, not half obeyed. Spec: docs/log.md#policy */
#ifndef URNE_BULLETIN_LOG_POLICY_H
#define URNE_BULLETIN_LOG_POLICY_H

#include "base/buf.h"
#include "crypto/note.h"

struct urne_policy {
	struct urne_note_key log; /* borrows its name */
	struct urne_view url;	  /* of the log, empty when absent */
};
/* urne_policy_write appends "log VKEY URL\nquorum none\n". */
void urne_policy_write(struct urne_buf *out, const struct urne_policy *p);
/* urne_policy_read: comments (#) and empty lines are fine; exactly one log; "quorum none", or
 * URNE_ERR_UNSUPPORTED when witnesses are asked for. Borrows. */
enum urne_err urne_policy_read(
    struct urne_policy *out, struct urne_diag *d, struct urne_view text) URNE_MUST_USE;

#endif
