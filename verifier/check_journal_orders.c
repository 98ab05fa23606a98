/* SPDX-License-Identifier: EUPL-1.2 */
/* What the officials ordered is what the election's log holds: the Setup they sealed (threats A15,
 * A38), the result they released, the minutes they certified.
 * Spec: docs/journal.md#what-an-order-does */
#include <inttypes.h>

#include "bulletin/log/journal_prepared.h"
#include "crypto/sha256.h"
#include "verifier/verify.h"

/* Hashes in sentences: as many digits as people compare. */
#define SHOWN ((int)16)

struct shown {
	char hex[URNE_HASH_HEX_LEN];
};

static struct shown
show(const struct urne_hash *hash)
{
	struct shown s;

	urne_hex_encode(s.hex, hash->b, sizeof(hash->b));
	return s;
}

/* --- the seal --- */

static void
fail_seal(struct urne_verification *v, const struct urne_diag *why)
{
	urne_report_fail(v->report, URNE_CHECK_JOURNAL_SEAL, why, "journal: seal");
}

/* compare_hash fails when what was ordered is not what is there. */
static void
compare_hash(struct urne_verification *v, const char *what, const struct urne_hash *ordered,
    const struct urne_hash *is)
{
	struct urne_diag why;

	if (!urne_hash_eq(ordered, is)) {
		(void)urne_fail(&why, URNE_ERR_MISMATCH,
		    "%s ordered is %.*s…, and the election has %.*s…", what, SHOWN,
		    show(ordered).hex, SHOWN, show(is).hex);
		fail_seal(v, &why);
	}
}

static void
compare_number(struct urne_verification *v, const char *what, uint64_t ordered, uint64_t is)
{
	struct urne_diag why;

	if (ordered != is) {
		(void)urne_fail(&why, URNE_ERR_MISMATCH,
		    "%" PRIu64 " %s were ordered, and the election has %" PRIu64, ordered, what,
		    is);
		fail_seal(v, &why);
	}
}

static void
compare_yes(struct urne_verification *v, bool ordered, bool is, const char *only_ordered,
    const char *only_is)
{
	struct urne_diag why;

	if (ordered != is) {
		(void)urne_fail(&why, URNE_ERR_MISMATCH, "%s", ordered ? only_ordered : only_is);
		fail_seal(v, &why);
	}
}

/* The definition's hash stands in the election, so its text is not needed to compare it. */
static void
compare_definition(struct urne_verification *v, const struct urne_journal_election *e)
{
	struct urne_hash sealed;
	bool has = v->election.vote_definition.len > 0;

	compare_yes(v, e->has_definition, has,
	    "a definition was ordered, and the election seals none",
	    "no definition was ordered, and the election seals one");
	if (e->has_definition && has &&
	    urne_hex_decode(sealed.b, sizeof(sealed.b), v->election.vote_definition) == URNE_OK) {
		compare_hash(v, "the definition that was", &e->definition, &sealed);
	}
}

static void
compare_moment(struct urne_verification *v, const char *what, int64_t ordered, int64_t is)
{
	struct urne_buf text;
	struct urne_diag why;

	if (ordered == is) {
		return;
	}
	urne_buf_init(&text, URNE_UTC_LEN);
	urne_utc_write(&text, ordered);
	(void)urne_fail(&why, URNE_ERR_MISMATCH,
	    "the seal says that voting %s at %.*s, and the definition another moment", what,
	    (int)text.len, text.len > 0 ? text.data : "");
	fail_seal(v, &why);
	urne_buf_clear(&text);
}

static void
compare_hours(struct urne_verification *v, const struct urne_journal_election *e)
{
	bool needs = v->election.vote_definition.len > 0;

	compare_yes(v, e->has_hours, needs, "hours were ordered without a definition that has them",
	    "no hours were ordered, and the definition has some");
	if (!e->has_hours || !needs || !v->has_definition) {
		return;
	}
	compare_moment(v, "opens", e->opens, v->definition.opens.seconds);
	compare_moment(v, "closes", e->sealed_closes, v->definition.closes.seconds);
}

/* The number of trustees, and what the officials prepared them for. */
static void
compare_trustees(struct urne_verification *v, const struct urne_journal_election *e)
{
	struct urne_diag why;

	if (!v->has_trustees) {
		return;
	}
	compare_number(v, "trustees", e->num_trustees, v->trustees.num_owners);
	if (urne_journal_check_prepared(&why, e, v->election.group, &v->trustees) != URNE_OK) {
		fail_seal(v, &why);
	}
}

/* Threat A38: nobody is added to the roll or taken from it once the registrar has signed. */
static void
compare_roll(struct urne_verification *v, const struct urne_journal_election *e)
{
	if (!e->has_roll) {
		return;
	}
	compare_hash(v, "the roll that was", &e->credentials, &v->journal.credentials);
	if (v->credentials != NULL) {
		compare_number(
		    v, "credentials", e->num_credentials, urne_credentials_count(v->credentials));
		compare_number(
		    v, "votes by weight", e->weight, urne_credentials_total_weight(v->credentials));
	}
}

void
urne_verify_journal_seal(struct urne_verification *v)
{
	const struct urne_journal_election *e = v->journal.election;
	struct urne_report *r = v->report;
	struct urne_diag why;

	if (e->stage < URNE_JOURNAL_SEALED) {
		(void)urne_fail(
		    &why, URNE_ERR_ORDER, "the log has a Setup, and no official sealed it");
		fail_seal(v, &why);
		return;
	}
	compare_hash(v, "the Setup that was", &e->setup, &v->journal.setup);
	compare_definition(v, e);
	compare_trustees(v, e);
	compare_hours(v, e);
	compare_yes(v, e->test, urne_view_starts(v->election.name, URNE_TEST_MARK),
	    "a test was ordered, and the election's name does not say so",
	    "a vote was ordered, and the election's name says that it is a test");
	compare_roll(v, e);
	if (v->election.vote_definition.len > 0 && !v->has_definition) {
		urne_report_skip(r, URNE_CHECK_JOURNAL_SEAL,
		    "the sealed definition is not there, so the hours cannot be compared");
		return;
	}
	if (urne_report_verdict(r, URNE_CHECK_JOURNAL_SEAL) != URNE_VERDICT_FAIL) {
		urne_report_item(r, URNE_CHECK_JOURNAL_SEAL, 1);
	}
	urne_report_complete(r, URNE_CHECK_JOURNAL_SEAL);
}

/* --- the result --- */

void
urne_verify_journal_release(struct urne_verification *v)
{
	const struct urne_journal_check *j = &v->journal;
	const struct urne_journal_election *e = j->election;
	struct urne_report *r = v->report;
	struct urne_diag why;

	if (!j->has_result) {
		urne_report_skip(r, URNE_CHECK_JOURNAL_RELEASE, "there is no result yet");
		return;
	}
	urne_report_complete(r, URNE_CHECK_JOURNAL_RELEASE);
	if (e->stage < URNE_JOURNAL_RELEASED) {
		(void)urne_fail(&why, URNE_ERR_ORDER,
		    "the log has a result, and no official ordered its release");
		urne_report_fail(r, URNE_CHECK_JOURNAL_RELEASE, &why, "journal");
	} else if (!urne_hash_eq(&e->result, &j->result)) {
		(void)urne_fail(&why, URNE_ERR_MISMATCH,
		    "the officials released the result %.*s…, and the log has %.*s…", SHOWN,
		    show(&e->result).hex, SHOWN, show(&j->result).hex);
		urne_report_fail(r, URNE_CHECK_JOURNAL_RELEASE, &why, "journal: release");
	} else {
		urne_report_item(r, URNE_CHECK_JOURNAL_RELEASE, 1);
	}
}

/* --- the minutes --- */

void
urne_verify_journal_certification(struct urne_verification *v)
{
	const struct urne_journal_election *e = v->journal.election;
	struct urne_report *r = v->report;
	struct urne_hash hash;
	struct urne_diag why;

	if (e->stage < URNE_JOURNAL_CERTIFIED) {
		urne_report_skip(r, URNE_CHECK_JOURNAL_CERTIFICATION,
		    "the officials have not certified any minutes yet");
		return;
	}
	if (v->files.minutes == NULL) {
		urne_report_note(r,
		    "the officials certified the minutes with the SHA-256 %.*s; --minutes compares "
		    "them",
		    (int)URNE_HASH_HEX_LEN, show(&e->minutes).hex);
		return;
	}
	urne_sha256_of(&hash, urne_buf_view(&v->minutes_text));
	urne_report_complete(r, URNE_CHECK_JOURNAL_CERTIFICATION);
	if (!urne_hash_eq(&hash, &e->minutes)) {
		(void)urne_fail(&why, URNE_ERR_MISMATCH,
		    "the officials certified minutes with the SHA-256 %.*s…, and these have %.*s…",
		    SHOWN, show(&e->minutes).hex, SHOWN, show(&hash).hex);
		urne_report_fail(r, URNE_CHECK_JOURNAL_CERTIFICATION, &why, "%s", v->files.minutes);
		return;
	}
	urne_report_item(r, URNE_CHECK_JOURNAL_CERTIFICATION, 1);
}
