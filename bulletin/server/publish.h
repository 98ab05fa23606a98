/* SPDX-License-Identifier: EUPL-1.2 */
/* The public folder: what is signed becomes files that any web server can hand out, and only when
 * all of them are durable does the checkpoint that covers them take its place.
 * Spec: docs/log.md#order-of-writes */
#ifndef URNE_BULLETIN_SERVER_PUBLISH_H
#define URNE_BULLETIN_SERVER_PUBLISH_H

#include "bulletin/server/ledger.h"
#include "bulletin/server/placing.h"

/* urne_publish writes what each log has signed and not published: objects, entries, tiles, archive,
 * the definition once it is there; then its checkpoint. `key` is the service's, `url` where it is
 * reached. On an error nothing that is published has changed, but for additions that nothing refers
 * to. */
enum urne_err urne_publish(struct urne_placer *p, struct urne_board_log *const *logs, size_t num,
    struct urne_store *s, struct urne_diag *d, const struct urne_note_key *key,
    struct urne_view url) URNE_MUST_USE;
/* urne_publish_list replaces log-list.1, the list of all logs for witnesses. */
enum urne_err urne_publish_list(struct urne_placer *p, const struct urne_board_log *first,
    struct urne_diag *d, const struct urne_note_key *key, struct urne_view url) URNE_MUST_USE;

#endif
