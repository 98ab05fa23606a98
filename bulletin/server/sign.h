/* SPDX-License-Identifier: EUPL-1.2 */
/* From durable rows to a durable head: what was written is read back and hashed again on another
 * way before it is signed, and the signature is stored before anybody sees it.
 * Spec: docs/log.md#order-of-writes */
#ifndef URNE_BULLETIN_SERVER_SIGN_H
#define URNE_BULLETIN_SERVER_SIGN_H

#include "bulletin/server/ledger.h"
#include "crypto/secret/signer.h"

/* urne_sign_heads signs the present tree of each log that has grown since its head, in one
 * transaction of head.db. `s` is not the connection that wrote them. What differs between rows,
 * bytes and memory: URNE_ERR_INTERNAL, nothing is signed. `signer` is the service's key. */
enum urne_err urne_sign_heads(struct urne_board_log *const *logs, size_t num, struct urne_store *s,
    struct urne_head *head, struct urne_diag *d, const struct urne_signer *signer) URNE_MUST_USE;

#endif
