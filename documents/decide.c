/* SPDX-License-Identifier: EUPL-1.2 */
/* A record and a declaration become the input of the outcome. */
#include "documents/decide.h"

enum urne_err
urne_decide(struct urne_outcome *out, struct urne_outcome_heading *heading,
    struct urne_arena *arena, struct urne_diag *d, const struct urne_decide_record *record,
    const struct urne_declared *declared)
{
	const struct urne_outcome_input in = {
	    .definition = record->definition,
	    .counts = record->counts,
	    .turnout = {.members = urne_credentials_count(record->credentials),
		.roll = urne_credentials_total_weight(record->credentials),
		.voters = record->voters,
		.votes = record->votes},
	    .fingerprint = {record->election->phi, URNE_HASH_B64_LEN},
	    .draw = declared->has_draw ? &declared->draw : NULL,
	    .withdrawals = declared->withdrawals,
	    .num_withdrawals = declared->num_withdrawn,
	};

	*heading = (struct urne_outcome_heading){
	    .uuid = record->election->uuid,
	    .fingerprint = in.fingerprint,
	    .definition = record->definition,
	    .draw = in.draw,
	};
	return urne_outcome_compute(out, arena, d, &in);
}
