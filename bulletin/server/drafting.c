/* SPDX-License-Identifier: EUPL-1.2 */
#include "bulletin/server/drafting.h"

#include <stdlib.h>
#include <string.h>

#include "crypto/note.h"

struct urne_drafting *
urne_drafting_new(struct urne_view election, struct urne_draft_name part)
{
	struct urne_drafting *w = calloc(1, sizeof(*w));

	if (w != NULL) {
		memcpy(w->election, election.p,
		    election.len < URNE_UUID_MAX ? election.len : URNE_UUID_MAX);
		w->part = part;
		urne_buf_init(&w->note, URNE_NOTE_MAX);
	}
	return w;
}

void
urne_drafting_clear_next(struct urne_drafting *w)
{
	for (size_t i = 0; i < w->num_next; i++) {
		urne_buf_clear(&w->next[i]);
	}
	free(w->next);
	w->next = NULL;
	w->num_next = 0;
}

void
urne_drafting_free(struct urne_drafting *w)
{
	if (w != NULL) {
		urne_drafting_clear_next(w);
		urne_buf_clear(&w->note);
		free(w);
	}
}
