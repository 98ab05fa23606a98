/* SPDX-License-Identifier: EUPL-1.2 */
/* What the checks of the journal know: its state and what it tells, read before the election's
 * archive is walked; and what that walk comes by, to hold against it. Spec: docs/journal.md */
#ifndef URNE_VERIFIER_JOURNAL_H
#define URNE_VERIFIER_JOURNAL_H

#include "bulletin/log/journal.h"
#include "documents/proceedings.h"
#include "verifier/source.h"

struct urne_verification;

/* A trustee's rehearsal: where its object stands in the journal's archive. */
struct urne_rehearsal_place {
	uint64_t entry;
	struct urne_record object;
	struct urne_journal_record record; /* its election is that of the proceedings */
};

/* The trees that the journal names of one election. */
enum urne_journal_moment { URNE_MOMENT_OPENED, URNE_MOMENT_CLOSED, URNE_MOMENT_TALLIED };
#define URNE_NUM_MOMENTS 3

/* The same, as the election's archive gives them. */
struct urne_found_tree {
	bool there;
	struct urne_hash root;
	enum urne_event_type last;
};

struct urne_journal_check {
	struct urne_verification *log; /* of the journal's own log; NULL: there is no journal */
	struct urne_source source;     /* the journal's, with the key of the election's log */
	struct urne_journal *state;
	struct urne_proceedings said;
	bool is_lawful; /* every entry was read and may stand there */
	struct urne_rehearsal_place *rehearsals;
	size_t num_rehearsals, cap_rehearsals;

	/* the election */
	const struct urne_journal_election *election; /* NULL: the journal does not know it */
	struct urne_found_tree found[URNE_NUM_MOMENTS];
	bool has_setup, has_result;
	struct urne_hash setup, credentials, result;
};

#endif
