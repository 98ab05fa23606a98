/* SPDX-License-Identifier: EUPL-1.2 */
/* How the parts of a draft are called. Every number has one form, so that a part has one name. */
#include "bulletin/server/draft.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bulletin/log/ceremony_note.h"

/* Rounds before which everybody gets the same file. */
static const bool for_all[URNE_CEREMONY_MAX_ROUND + 1] = {[2] = true, [3] = true};

struct urne_draft_name
urne_draft_file(uint64_t round, uint64_t trustee)
{
	struct urne_draft_name n = {{0}};

	(void)snprintf(n.text, sizeof(n.text), "ceremony/%" PRIu64 "/%" PRIu64, round, trustee);
	return n;
}

struct urne_draft_name
urne_draft_note(uint64_t round, uint64_t trustee)
{
	struct urne_draft_name n = {{0}};

	(void)snprintf(
	    n.text, sizeof(n.text), "ceremony/%" PRIu64 "/note-%" PRIu64, round, trustee);
	return n;
}

struct urne_draft_name
urne_draft_given(uint64_t round, uint64_t trustee)
{
	struct urne_draft_name n = {{0}};

	if (round > URNE_CEREMONY_MAX_ROUND) {
		(void)snprintf(n.text, sizeof(n.text), "ceremony/share-%" PRIu64, trustee);
	} else if (for_all[round]) {
		(void)snprintf(n.text, sizeof(n.text), "ceremony/%" PRIu64 "/for-all", round);
	} else {
		(void)snprintf(
		    n.text, sizeof(n.text), "ceremony/%" PRIu64 "/for-%" PRIu64, round, trustee);
	}
	return n;
}

bool
urne_draft_is_minutes(struct urne_view part)
{
	return urne_view_is(part, URNE_DRAFT_MINUTES) ||
	       urne_view_is(part, URNE_DRAFT_MINUTES_NOTE);
}

bool
urne_draft_is_note(struct urne_view part)
{
	bool is = false;

	for (uint64_t j = 1; !is && j <= URNE_CEREMONY_MAX_TRUSTEE; j++) {
		for (uint64_t r = 1; !is && r <= URNE_CEREMONY_MAX_ROUND; r++) {
			is = urne_view_is(part, urne_draft_note(r, j).text);
		}
	}
	return is;
}

bool
urne_draft_is_name(struct urne_view part)
{
	bool is = urne_view_is(part, URNE_DRAFT_DEFINITION) ||
		  urne_view_is(part, URNE_DRAFT_SETUP) || urne_draft_is_note(part);

	for (uint64_t j = 1; !is && j <= URNE_CEREMONY_MAX_TRUSTEE; j++) {
		for (uint64_t r = 1; !is && r <= URNE_CEREMONY_MAX_ROUND; r++) {
			is = urne_view_is(part, urne_draft_file(r, j).text) ||
			     urne_view_is(part, urne_draft_given(r, j).text);
		}
		is =
		    is || urne_view_is(part, urne_draft_given(URNE_CEREMONY_MAX_ROUND + 1, j).text);
	}
	return is;
}

bool
urne_draft_read_file(uint64_t *round, uint64_t *trustee, struct urne_view text)
{
	struct urne_view first;

	*round = *trustee = 0;
	return urne_view_cut(&first, &text, '/') &&
	       urne_decimal_decode(round, first, URNE_CEREMONY_MAX_ROUND) == URNE_OK &&
	       urne_decimal_decode(trustee, text, URNE_CEREMONY_MAX_TRUSTEE) == URNE_OK &&
	       *round > 0 && *trustee > 0;
}

bool
urne_draft_read_invitation(uint64_t *trustee, struct urne_view part)
{
	static const char start[] = "ceremony/1/for-";

	*trustee = 0;
	return urne_view_starts(part, start) &&
	       urne_decimal_decode(trustee,
		   (struct urne_view){part.p + sizeof(start) - 1, part.len - sizeof(start) + 1},
		   URNE_CEREMONY_MAX_TRUSTEE) == URNE_OK &&
	       *trustee > 0;
}
