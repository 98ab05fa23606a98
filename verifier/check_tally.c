/* SPDX-License-Identifier: EUPL-1.2 */
/* The family of checks of the encrypted tally and of shuffles: the tally is recomputed from the
 * ballots and compared; the recorded one is never trusted.
 * Spec: docs/protocol.md#tally */
#include <inttypes.h>

#include "verifier/verify.h"

/* The order of the data records of EncryptedTally, and of Shuffle. */
enum {
	OBJECT,
	ABOUT, /* sized tally, owned shuffle */
};

#define MAX_ABOUT ((size_t)4096)

static const char not_homomorphic[] =
    "the election has non-homomorphic questions, which this version does not verify";

/* incomparable tells why the ballots do not give a tally to compare with, or NULL. */
static const char *
incomparable(const struct urne_verification *v)
{
	if (v->credentials == NULL) {
		return "the list of credentials is not right, so it is unknown whose ballots count";
	}
	if (v->num_bad_ballots > 0) {
		return "some ballots are not right, so there is nothing to compare with";
	}
	return NULL;
}

/* read_recorded reads the recorded tally; what is wrong with it goes to the report. */
static enum urne_err
read_recorded(struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, urne_verify_text_cap(v, 2 * v->election.num_choices));
	e = urne_verify_load(v, &text, d, &item->data[OBJECT]);
	if (e == URNE_OK) {
		e = urne_tally_read(
		    &v->recorded, &v->tally_arena, d, &v->election, urne_buf_view(&text));
	}
	urne_buf_clear(&text);
	if (e == URNE_OK) {
		v->has_recorded = true;
	} else if (!urne_err_is_ours(e)) {
		urne_report_fail(v->report, URNE_CHECK_ENCRYPTED_TALLY, d,
		    "event %" PRIu64 " (encrypted tally)", item->event.height);
		e = URNE_OK;
	}
	return e;
}

static void
compare(struct urne_verification *v, const struct urne_log_item *item)
{
	const struct urne_group *g = v->election.group;
	struct urne_diag d = {""};
	size_t i, k, n = 0;

	for (i = 0; i < v->election.num_questions; i++) {
		size_t num = urne_question_num_choices(&v->election.questions[i]);

		for (k = 0; k < num; k++, n++) {
			if (urne_ciphertext_eq(g, &v->tally.sum[n], &v->recorded.sum[n])) {
				urne_report_item(v->report, URNE_CHECK_ENCRYPTED_TALLY, 1);
				continue;
			}
			(void)urne_fail(&d, URNE_ERR_MISMATCH,
			    "question %zu, choice %zu: is not what the ballots give", i, k);
			urne_report_fail(v->report, URNE_CHECK_ENCRYPTED_TALLY, &d,
			    "event %" PRIu64 " (encrypted tally)", item->event.height);
		}
	}
}

/* The two recorded numbers. */
static void
compare_count(struct urne_verification *v, const struct urne_log_item *item, const char *name,
    uint64_t recorded, uint64_t computed)
{
	struct urne_diag d = {""};

	if (recorded == computed) {
		urne_report_item(v->report, URNE_CHECK_TALLY_COUNTS, 1);
		return;
	}
	(void)urne_fail(&d, URNE_ERR_MISMATCH,
	    "%s: %" PRIu64 " is recorded, the ballots give %" PRIu64, name, recorded, computed);
	urne_report_fail(v->report, URNE_CHECK_TALLY_COUNTS, &d,
	    "event %" PRIu64 " (encrypted tally)", item->event.height);
}

static enum urne_err
check_counts(struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct urne_sized_tally sized;
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, MAX_ABOUT);
	e = urne_verify_load(v, &text, d, &item->data[ABOUT]);
	if (e == URNE_OK) {
		e = urne_sized_tally_read(&sized, d, urne_buf_view(&text));
	}
	urne_buf_clear(&text);
	if (e != URNE_OK && urne_err_is_ours(e)) {
		return e;
	}
	if (e != URNE_OK) {
		urne_report_fail(v->report, URNE_CHECK_TALLY_COUNTS, d,
		    "event %" PRIu64 " (encrypted tally)", item->event.height);
		return URNE_OK;
	}
	compare_count(v, item, "num_tallied", sized.num_tallied, v->num_voters);
	compare_count(v, item, "total_weight", sized.total_weight, v->total_weight);
	return URNE_OK;
}

/* What this version cannot check when there are non-homomorphic questions. */
static const enum urne_check_id unsupported[] = {
    URNE_CHECK_ENCRYPTED_TALLY,
    URNE_CHECK_SHUFFLES,
    URNE_CHECK_DECRYPTION_FORM,
    URNE_CHECK_DECRYPTION_PROOFS,
    URNE_CHECK_DECRYPTION_SHARES,
    URNE_CHECK_RESULT,
};

static void
about_shuffles(struct urne_verification *v)
{
	struct urne_report *r = v->report;
	size_t i;

	urne_report_complete(r, URNE_CHECK_SHUFFLE_OWNERS);
	if (!v->election.has_non_homomorphic) {
		/* there is nothing to shuffle, and the life cycle allows no shuffle */
		urne_report_complete(r, URNE_CHECK_SHUFFLES);
		return;
	}
	for (i = 0; i < sizeof(unsupported) / sizeof(unsupported[0]); i++) {
		urne_report_skip(r, unsupported[i], "%s", not_homomorphic);
	}
}

enum urne_err
urne_verify_tally(
    struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct urne_report *r = v->report;
	enum urne_err e = urne_verify_ballots_flush(v, d);
	const char *why = NULL;

	if (e != URNE_OK) {
		return e;
	}
	urne_verify_ballots_complete(v);
	about_shuffles(v);
	if (v->can_tally) {
		e = read_recorded(v, d, item);
	}
	if (e != URNE_OK) {
		return e;
	}
	why = incomparable(v);
	if (why != NULL) {
		urne_report_skip(r, URNE_CHECK_ENCRYPTED_TALLY, "%s", why);
		urne_report_skip(r, URNE_CHECK_TALLY_COUNTS, "%s", why);
		return URNE_OK;
	}
	if (v->has_recorded) {
		compare(v, item);
		urne_report_complete(r, URNE_CHECK_ENCRYPTED_TALLY);
	}
	urne_report_complete(r, URNE_CHECK_TALLY_COUNTS);
	return check_counts(v, d, item);
}

enum urne_err
urne_verify_shuffle(
    struct urne_verification *v, struct urne_diag *d, const struct urne_log_item *item)
{
	struct urne_owned owned;
	struct urne_buf text;
	enum urne_err e;

	if (!v->has_trustees) {
		urne_report_skip(
		    v->report, URNE_CHECK_SHUFFLE_OWNERS, "the trustees are not right");
		return URNE_OK;
	}
	urne_buf_init(&text, MAX_ABOUT);
	e = urne_verify_load(v, &text, d, &item->data[ABOUT]);
	if (e == URNE_OK) {
		e = urne_owned_read(&owned, d, urne_buf_view(&text));
	}
	urne_buf_clear(&text);
	if (e == URNE_OK && (owned.owner < 1 || owned.owner > v->trustees.num_owners)) {
		e = urne_fail(d, URNE_ERR_UNKNOWN, "there is no trustee %" PRIu64, owned.owner);
	}
	if (e == URNE_OK && v->has_shuffled[owned.owner]) {
		e = urne_fail(
		    d, URNE_ERR_DUPLICATE, "trustee %" PRIu64 " has shuffled before", owned.owner);
	}
	if (e != URNE_OK && urne_err_is_ours(e)) {
		return e;
	}
	if (e != URNE_OK) {
		urne_report_fail(v->report, URNE_CHECK_SHUFFLE_OWNERS, d,
		    "event %" PRIu64 " (shuffle)", item->event.height);
		return URNE_OK;
	}
	v->has_shuffled[owned.owner] = true;
	urne_report_item(v->report, URNE_CHECK_SHUFFLE_OWNERS, 1);
	return URNE_OK;
}
