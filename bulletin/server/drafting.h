/* SPDX-License-Identifier: EUPL-1.2 */
/* What somebody puts into the drafts of an election: one part, and in the ceremony what the board
 * hands on once a round is complete. It travels with its submission, whose text is the part.
 * Spec: docs/journal.md#drafts, docs/journal.md#ceremony */
#ifndef URNE_BULLETIN_SERVER_DRAFTING_H
#define URNE_BULLETIN_SERVER_DRAFTING_H

#include "bulletin/server/draft.h"
#include "crypto/group.h"

#define URNE_UUID_MAX ((size_t)64)

struct urne_drafting {
	char election[URNE_UUID_MAX + 1];
	struct urne_draft_name part;

	/* of the ceremony, by the order `prepare`: it is ordered once, so this stays so */
	const struct urne_group *group;
	size_t size, threshold;
	uint64_t round, trustee;
	struct urne_buf note; /* under which the trustee sent it */
	/* found by the check */
	uint32_t there;	       /* which trustees' files of the round, bit 0 of trustee 1 */
	struct urne_buf *next; /* what goes out after this one */
	size_t num_next;
};

/* urne_drafting_new: NULL without memory. urne_drafting_clear_next lets go of what goes out;
 * urne_drafting_free: NULL is fine. */
struct urne_drafting *urne_drafting_new(struct urne_view election, struct urne_draft_name part);
void urne_drafting_clear_next(struct urne_drafting *w);
void urne_drafting_free(struct urne_drafting *w);

#endif
