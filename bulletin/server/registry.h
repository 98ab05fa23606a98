/* SPDX-License-Identifier: EUPL-1.2 */
/* Which elections the board has. The writer adds; everybody looks up; nothing is ever removed. */
#ifndef URNE_BULLETIN_SERVER_REGISTRY_H
#define URNE_BULLETIN_SERVER_REGISTRY_H

#include <pthread.h>

#include "bulletin/server/ledger.h"

struct urne_registry {
	pthread_mutex_t lock;
	struct urne_board_log *first;
	size_t num;
};

enum urne_err urne_registry_init(struct urne_registry *r) URNE_MUST_USE;
/* urne_registry_clear frees all logs. */
void urne_registry_clear(struct urne_registry *r);
/* urne_registry_add takes the log over. */
void urne_registry_add(struct urne_registry *r, struct urne_board_log *l);
/* urne_registry_first: the newest log, from which `next` leads to all others; NULL without. */
struct urne_board_log *urne_registry_first(struct urne_registry *r);
struct urne_board_log *urne_registry_find(struct urne_registry *r, struct urne_view uuid);

#endif
