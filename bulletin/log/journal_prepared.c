/* SPDX-License-Identifier: EUPL-1.2 */
/* The keys that `prepare` names sign in the ceremony and stand in no Setup; what a Setup shows of
 * the trustees is how many they are, in which group, and how many must decrypt. */
#include "bulletin/log/journal_prepared.h"

#include <inttypes.h>

/* num_needed: of single trustees each one decrypts, of a group its threshold. */
static uint64_t
num_needed(const struct urne_trustees *t)
{
	uint64_t num = 0;

	for (size_t i = 0; i < t->num_items; i++) {
		num += t->items[i].is_threshold ? t->items[i].threshold.threshold : 1;
	}
	return num;
}

enum urne_err
urne_journal_check_prepared(struct urne_diag *d, const struct urne_journal_election *e,
    const struct urne_group *g, const struct urne_trustees *t)
{
	if (e == NULL || e->num_prepared == 0) {
		return URNE_OK;
	}
	if (t->num_owners != e->num_prepared) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the officials prepared %zu trustees, and the Setup has %zu", e->num_prepared,
		    t->num_owners);
	}
	if (!urne_view_is(e->group, g->name)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the officials prepared the group %.*s, and the Setup is in %s",
		    (int)e->group.len, e->group.p, g->name);
	}
	if (num_needed(t) != e->threshold) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the officials prepared that %" PRIu64
		    " of the trustees decrypt, and the Setup needs %" PRIu64,
		    e->threshold, num_needed(t));
	}
	return URNE_OK;
}
