/* SPDX-License-Identifier: EUPL-1.2 */
/* The check of the result: every recorded count is the one that the partial decryptions give.
 * Spec: docs/protocol.md#tally */
#include <inttypes.h>

#include "verifier/verify.h"

enum urne_err
urne_verify_result(
    struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct urne_report *r = v->report;
	struct urne_buf text;
	bool has_weight = urne_report_verdict(r, URNE_CHECK_TALLY_COUNTS) == URNE_VERDICT_PASS;
	enum urne_err e = urne_verify_shares(v, d);

	if (e != URNE_OK || !v->can_tally) {
		return e;
	}
	urne_buf_init(&text, urne_verify_text_cap(v, v->election.num_choices));
	e = urne_verify_load(v, &text, d, &item->data[0]);
	if (e == URNE_OK) {
		e = urne_result_read(
		    &v->result, &v->tally_arena, d, &v->election, urne_buf_view(&text));
	}
	urne_buf_clear(&text);
	if (e == URNE_OK && (v->combined == NULL || v->credentials == NULL)) {
		urne_report_skip(r, URNE_CHECK_RESULT,
		    "the setup or the partial decryptions do not allow to recompute it");
		return URNE_OK;
	}
	if (e == URNE_OK) {
		e = urne_result_check(&v->result, d, &v->election, v->combined,
		    has_weight ? v->total_weight : urne_credentials_total_weight(v->credentials));
	}
	if (e != URNE_OK && urne_err_is_ours(e)) {
		return e;
	}
	if (e != URNE_OK) {
		urne_report_fail(
		    r, URNE_CHECK_RESULT, d, "event %" PRIu64 " (result)", item->event.height);
		return URNE_OK;
	}
	v->has_verified_result = true;
	urne_report_item(r, URNE_CHECK_RESULT, v->election.num_choices);
	urne_report_complete(r, URNE_CHECK_RESULT);
	return URNE_OK;
}
