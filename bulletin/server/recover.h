/* SPDX-License-Identifier: EUPL-1.2 */
/* Starting up: three witnesses of one history, main.db, head.db and the public folder, are compared
 * before anything is signed. What a crash left is made up for; what a crash cannot leave is
 * refused, with the way out. Spec: docs/log.md#start-up */
#ifndef URNE_BULLETIN_SERVER_RECOVER_H
#define URNE_BULLETIN_SERVER_RECOVER_H

#include "base/pool.h"
#include "bulletin/server/writer.h"

/* urne_recover loads every log into the writer's registry. Nothing is written. */
enum urne_err urne_recover(
    struct urne_writer *w, struct urne_diag *d, struct urne_pool *pool) URNE_MUST_USE;

/* urne_recover_finish signs and publishes what a crash left undone. */
enum urne_err urne_recover_finish(struct urne_writer *w, struct urne_diag *d) URNE_MUST_USE;

#endif
