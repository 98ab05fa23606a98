/* SPDX-License-Identifier: EUPL-1.2 */
/* From the partial decryptions of an archive to the counts. A wrong one names its author and is
 * left aside (threat A23); what remains may still be enough. */
#include <inttypes.h>

#include "client/cli/state.h"
#include "tally/shares.h"

/* Reads and checks one; a wrong one is only noted. */
static enum urne_err
check_share(struct urne_state *s, struct urne_shares *all, const struct urne_share_ref *ref)
{
	struct urne_diag d = {{0}};
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_BALLOT);
	e = urne_archive_load(s->archive, &text, &d, &ref->record);
	if (e == URNE_OK) {
		e = urne_shares_add(all, &d, ref->owner, urne_buf_view(&text));
	}
	urne_buf_clear(&text);
	if (e != URNE_OK && urne_err_is_ours(e)) {
		s->cli->diag = d;
		return e;
	}
	if (e != URNE_OK) {
		urne_cli_note("urne: note: trustee %" PRIu64 ", event %" PRIu64
			      ": the partial decryption is wrong and left aside: %s",
		    ref->owner, ref->height, d.text);
	}
	return URNE_OK;
}

enum urne_err
urne_state_combine(struct urne_state *s, struct urne_result *out, const struct urne_tally *t)
{
	struct urne_elem *combined = NULL;
	struct urne_shares all;
	enum urne_err e = URNE_OK;

	urne_shares_init(&all, &s->arena, &s->sealed.election, &s->sealed.trustees, t);
	for (size_t i = 0; e == URNE_OK && i < s->num_shares; i++) {
		e = check_share(s, &all, &s->shares[i]);
	}
	if (e != URNE_OK) {
		return e;
	}
	e = urne_shares_combine(&all, &combined, &s->cli->diag);
	if (e != URNE_OK) {
		urne_diag_within(&s->cli->diag, "%s: ", s->path.data);
		return e;
	}
	e = urne_result_solve(
	    out, &s->arena, &s->cli->diag, &s->sealed.election, combined, t->total_weight);
	if (e == URNE_OK) {
		e = urne_result_check(
		    out, &s->cli->diag, &s->sealed.election, combined, t->total_weight);
	}
	return e;
}
