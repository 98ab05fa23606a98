/* SPDX-License-Identifier: EUPL-1.2 */
/* What an archive shows, as the minutes hold it. */
#include "documents/minutes_record.h"

enum urne_err
urne_minutes_record_of(struct urne_minutes_record *out, struct urne_arena *arena,
    const struct urne_election *e, const struct urne_trustees *t, const struct urne_chain *chain)
{
	struct urne_minutes_trustee *list = urne_arena_alloc(arena, t->num_items, sizeof(*list));

	*out = (struct urne_minutes_record){
	    .uuid = e->uuid,
	    .name = e->name,
	    .group = urne_view_of(e->group->name),
	    .fingerprint = {e->phi, URNE_HASH_B64_LEN},
	    .num_events = chain->num_events,
	    .head = chain->last,
	    .ballots = chain->num_of[URNE_EVENT_BALLOT],
	};
	if (list == NULL) {
		return URNE_ERR_MEMORY;
	}
	for (size_t i = 0; i < t->num_items; i++) {
		const struct urne_trustee_item *it = &t->items[i];
		list[i] = (struct urne_minutes_trustee){it->first_owner, it->num_owners,
		    it->is_threshold ? it->threshold.threshold : 1};
	}
	out->trustees = list;
	out->num_trustees = t->num_items;
	return URNE_OK;
}
