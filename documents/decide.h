/* SPDX-License-Identifier: EUPL-1.2 */
/* The one way from a record that was read, and what officials declare, to the outcome and its
 * heading: whoever publishes an outcome and whoever recomputes it take it. */
#ifndef URNE_DOCUMENTS_DECIDE_H
#define URNE_DOCUMENTS_DECIDE_H

#include "documents/declared.h"
#include "documents/outcome_documents.h"
#include "election/credentials.h"
#include "election/election.h"

/* What an outcome is computed from, besides the declaration. */
struct urne_decide_record {
	const struct urne_election *election;
	const struct urne_definition *definition;
	const struct urne_credentials *credentials;
	const uint64_t *counts; /* definition->num_choices, flattened result */
	uint64_t voters, votes; /* whose ballots were tallied, and their weight */
};

/* urne_decide computes the outcome, in arena, and makes its heading. Borrows everything; errors are
 * those of urne_outcome_compute. Spec: docs/outcome.md */
enum urne_err urne_decide(struct urne_outcome *out, struct urne_outcome_heading *heading,
    struct urne_arena *arena, struct urne_diag *d, const struct urne_decide_record *record,
    const struct urne_declared *declared) URNE_MUST_USE;

#endif
