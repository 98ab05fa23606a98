/* SPDX-License-Identifier: EUPL-1.2 */
/* A submission owns all it carries, so that whoever holds it can let go of it. */
#include "bulletin/server/submission.h"

#include <stdlib.h>

#include "base/limits.h"
#include "bulletin/server/drafting.h"

/* A receipt: an event, a checkpoint with its signatures, a proof. */
#define MAX_RECEIPT ((size_t)1 << 20)

struct urne_submission *
urne_submission_new(enum urne_submission_kind kind)
{
	struct urne_submission *s = calloc(1, sizeof(*s));

	if (s == NULL) {
		return NULL;
	}
	s->kind = kind;
	s->member = SIZE_MAX;
	urne_buf_init(&s->ballot, URNE_MAX_HINTED_BALLOT);
	urne_buf_init(&s->hints, URNE_MAX_HINTS);
	for (size_t i = 0; i < URNE_MAX_EVENT_DATA; i++) {
		urne_buf_init(&s->data[i], URNE_MAX_RECORD);
	}
	urne_buf_init(&s->receipt, MAX_RECEIPT);
	return s;
}

void
urne_submission_free(struct urne_submission *s)
{
	if (s == NULL) {
		return;
	}
	urne_buf_clear(&s->ballot);
	urne_buf_clear(&s->hints);
	for (size_t i = 0; i < URNE_MAX_EVENT_DATA; i++) {
		urne_buf_clear(&s->data[i]);
	}
	urne_buf_clear(&s->receipt);
	urne_drafting_free(s->drafting);
	urne_board_election_free(s->setup);
	free(s);
}
