/* SPDX-License-Identifier: EUPL-1.2 */
/* The family of checks of the setup: election, trustees, election key, credentials.
 * Spec: docs/protocol.md#threshold-key-generation, docs/formats.md#public-credentials */
#include <stdlib.h>

#include "base/limits.h"
#include "verifier/hints.h"
#include "verifier/verify.h"

/* The order of the data records of Setup. */
enum {
	ELECTION,
	TRUSTEES,
	CREDENTIALS,
};

/* What the older forms of threshold parameters leave open. */
static const char *const family_notes[] = {
    [URNE_PEDERSEN_2_0] =
	"trustees did not sign the transcript of the key generation, and certificates do not name "
	"their place in it: the archive does not show that all trustees saw the same one",
    [URNE_PEDERSEN_2_5_1] = "verification keys are not signed by their trustees; they follow from "
			    "the signed transcript",
    [URNE_PEDERSEN_3_0] = "",
};

/* judge records a failure, or passes our own errors on. */
static enum urne_err
judge(struct urne_verification *v, enum urne_check_id id, enum urne_err e,
    const struct urne_diag *d, const char *place)
{
	if (e != URNE_OK && urne_err_is_ours(e)) {
		return e;
	}
	if (e != URNE_OK) {
		urne_report_fail(v->report, id, d, "%s", place);
	}
	return URNE_OK;
}

static enum urne_err
check_election(struct urne_verification *v, struct urne_diag *d, const struct urne_record *rec)
{
	struct urne_report *r = v->report;
	enum urne_err e = urne_verify_load(v, &v->election_text, d, rec);

	if (e == URNE_OK) {
		e = urne_election_parse(
		    &v->election, &v->arena, d, urne_buf_view(&v->election_text));
	}
	if (e != URNE_OK) {
		return judge(v, URNE_CHECK_SETUP_ELECTION, e, d, "event 0 (election)");
	}
	e = urne_election_prepare(&v->election, &v->arena, d);
	if (e != URNE_OK) {
		return e;
	}
	v->has_election = true;
	v->chain.has_non_homomorphic = v->election.has_non_homomorphic;
	urne_report_item(r, URNE_CHECK_SETUP_ELECTION, 1);
	urne_report_complete(r, URNE_CHECK_SETUP_ELECTION);
	return URNE_OK;
}

static void
note_families(struct urne_verification *v)
{
	size_t i;

	for (i = 0; i < v->trustees.num_items; i++) {
		const struct urne_trustee_item *it = &v->trustees.items[i];
		enum urne_pedersen_family f = it->threshold.family;

		if (!it->is_threshold) {
			continue;
		}
		urne_report_note(v->report, "threshold parameters are of the family of %s%s%s",
		    urne_pedersen_family_name(f), family_notes[f][0] != '\0' ? ": " : "",
		    family_notes[f]);
	}
}

static enum urne_err
check_trustees(struct urne_verification *v, struct urne_diag *d, const struct urne_record *rec)
{
	struct urne_report *r = v->report;
	const struct urne_group *g = v->election.group;
	enum urne_err e = urne_verify_load(v, &v->trustees_text, d, rec);

	if (e == URNE_OK) {
		e = urne_trustees_read(
		    &v->trustees, &v->arena, d, g, urne_buf_view(&v->trustees_text));
	}
	if (e == URNE_OK) {
		e = urne_trustees_check(&v->trustees, d, g);
	}
	if (e != URNE_OK) {
		return judge(v, URNE_CHECK_SETUP_TRUSTEES, e, d, "event 0 (trustees)");
	}
	v->by_owner = calloc(v->trustees.num_owners + 1, sizeof(v->by_owner[0]));
	v->has_shuffled = calloc(v->trustees.num_owners + 1, sizeof(v->has_shuffled[0]));
	if (v->by_owner == NULL || v->has_shuffled == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the trustees");
	}
	v->has_trustees = true;
	urne_report_item(r, URNE_CHECK_SETUP_TRUSTEES, v->trustees.num_owners);
	urne_report_complete(r, URNE_CHECK_SETUP_TRUSTEES);
	note_families(v);
	return URNE_OK;
}

static void
check_key(struct urne_verification *v)
{
	struct urne_report *r = v->report;
	const struct urne_group *g = v->election.group;
	struct urne_elem key;
	struct urne_diag d = {""};

	if (!v->has_trustees) {
		urne_report_skip(r, URNE_CHECK_SETUP_ELECTION_KEY, "the trustees are not right");
		return;
	}
	/* the product of the sub-keys of all items */
	urne_trustees_key(&key, g, &v->trustees);
	urne_report_complete(r, URNE_CHECK_SETUP_ELECTION_KEY);
	if (!urne_elem_eq(g, &key, &v->election.public_key)) {
		(void)urne_fail(&d, URNE_ERR_MISMATCH,
		    "the election's public_key is not the one that the trustees' keys give");
		urne_report_fail(r, URNE_CHECK_SETUP_ELECTION_KEY, &d, "event 0 (election)");
	} else if (urne_elem_is_identity(g, &key)) {
		(void)urne_fail(&d, URNE_ERR_GROUP, "the election's public_key is the identity");
		urne_report_fail(r, URNE_CHECK_SETUP_ELECTION_KEY, &d, "event 0 (election)");
	} else {
		urne_report_item(r, URNE_CHECK_SETUP_ELECTION_KEY, 1);
	}
}

static enum urne_err
check_credentials(
    struct urne_verification *v, struct urne_diag *d, const struct urne_record *rec, bool known)
{
	struct urne_report *r = v->report;
	struct urne_list_hints list;
	struct urne_credential_hints *hints = urne_verify_list_hints(&list, v, rec);
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_RECORD);
	e = urne_verify_load(v, &text, d, rec);
	if (e == URNE_OK) {
		e = known ? urne_credentials_read_known(
				&v->credentials, v->election.group, d, urne_buf_view(&text))
			  : urne_credentials_parse_hinted(&v->credentials, v->election.group, d,
				urne_buf_view(&text), v->pool, hints);
	}
	urne_buf_clear(&text);
	if (e != URNE_OK) {
		v->credentials = NULL;
		return judge(v, URNE_CHECK_SETUP_CREDENTIALS, e, d, "event 0 (credentials)");
	}
	v->last = calloc(urne_credentials_count(v->credentials) + 1, sizeof(v->last[0]));
	if (v->last == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the credentials");
	}
	v->num_hinted_credentials = list.hints.num_hinted;
	urne_report_item(r, URNE_CHECK_SETUP_CREDENTIALS, urne_credentials_count(v->credentials));
	urne_report_complete(r, URNE_CHECK_SETUP_CREDENTIALS);
	return URNE_OK;
}

enum urne_err
urne_verify_setup(
    struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	enum urne_err e = check_election(v, d, &item->data[ELECTION]);

	if (e != URNE_OK || !v->has_election) {
		return e;
	}
	e = urne_verify_hints_open(v, d);
	if (e != URNE_OK) {
		return e;
	}
	e = check_trustees(v, d, &item->data[TRUSTEES]);
	if (e != URNE_OK) {
		return e;
	}
	check_key(v);
	e = check_credentials(v, d, &item->data[CREDENTIALS], urne_verify_continues_setup(v, item));
	if (e != URNE_OK) {
		return e;
	}
	if (item->num_data == URNE_MAX_EVENT_DATA) {
		urne_report_note(v->report, "the setup carries a certificate of the credential "
					    "authority (releases 3.2 on), "
					    "which is outside the protocol and was not looked at");
	}
	return urne_verify_ballots_begin(v, d);
}
