/* SPDX-License-Identifier: EUPL-1.2 */
/* Whether the trustees of a Setup are those that the officials prepared: the board asks before it
 * seals, and the verifier when it reads. Spec: docs/journal.md#what-an-order-does */
#ifndef URNE_BULLETIN_LOG_JOURNAL_PREPARED_H
#define URNE_BULLETIN_LOG_JOURNAL_PREPARED_H

#include "bulletin/log/journal.h"
#include "election/trustees.h"

/* urne_journal_check_prepared compares the number of trustees, their group, and how many of them
 * are needed with what the order `prepare` says: URNE_ERR_MISMATCH with the first difference. An
 * election that nobody prepared may have any trustees. */
enum urne_err urne_journal_check_prepared(struct urne_diag *d,
    const struct urne_journal_election *e, const struct urne_group *g,
    const struct urne_trustees *t) URNE_MUST_USE;

#endif
