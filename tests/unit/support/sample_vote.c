/* SPDX-License-Identifier: EUPL-1.2 */
/* The small vote, read. */
#include "tests/unit/support/sample_vote.h"

#include "tests/unit/support/check.h"

void
sample_vote_read(struct urne_definition *v, struct urne_arena *arena, struct urne_diag *d)
{
	*d = (struct urne_diag){{0}};
	urne_arena_init(arena, (size_t)1 << 26);
	if (urne_definition_read(v, arena, d, urne_view_of(SAMPLE_VOTE)) != URNE_OK) {
		fail_msg("%s", d->text);
	}
}
