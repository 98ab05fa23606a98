/* SPDX-License-Identifier: EUPL-1.2 */
/* A list: a board has some dozens of elections. */
#include "bulletin/server/registry.h"

enum urne_err
urne_registry_init(struct urne_registry *r)
{
	*r = (struct urne_registry){.num = 0};
	return pthread_mutex_init(&r->lock, NULL) == 0 ? URNE_OK : URNE_ERR_MEMORY;
}

void
urne_registry_clear(struct urne_registry *r)
{
	while (r->first != NULL) {
		struct urne_board_log *l = r->first;

		r->first = l->next;
		urne_ledger_free(l);
	}
	(void)pthread_mutex_destroy(&r->lock);
}

void
urne_registry_add(struct urne_registry *r, struct urne_board_log *l)
{
	(void)pthread_mutex_lock(&r->lock);
	l->next = r->first;
	r->first = l; /* the registry owns it now */
	r->num++;
	(void)pthread_mutex_unlock(&r->lock);
}

struct urne_board_log *
urne_registry_first(struct urne_registry *r)
{
	struct urne_board_log *l;

	(void)pthread_mutex_lock(&r->lock);
	l = r->first;
	(void)pthread_mutex_unlock(&r->lock);
	return l;
}

struct urne_board_log *
urne_registry_find(struct urne_registry *r, struct urne_view uuid)
{
	struct urne_board_log *l;

	(void)pthread_mutex_lock(&r->lock);
	for (l = r->first; l != NULL && !urne_view_is(uuid, l->uuid); l = l->next) {
	}
	(void)pthread_mutex_unlock(&r->lock);
	return l;
}
