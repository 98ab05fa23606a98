/* SPDX-License-Identifier: EUPL-1.2 */
/* When voting opened, ended and was tallied: the trees that the journal records of these moments
 * are those of the election's log, so that nothing stood in it before it opened, and what ended it
 * is what the journal says (threat A34). That a moment is not before the hour ordered is a step of
 * the journal itself. Spec: docs/journal.md#what-may-follow-what */
#include <inttypes.h>

#include "verifier/verify.h"

/* What the election's log has at such a moment. */
static const struct moment {
	const char *record;
	enum urne_event_type last;
	const char *missing; /* the event is there, and the record is not */
} moments[URNE_NUM_MOMENTS] = {
    [URNE_MOMENT_OPENED] = {"opened", URNE_EVENT_SETUP,
	"the log has ballots or an end of voting, and the journal never opened it"},
    [URNE_MOMENT_CLOSED] = {"closed", URNE_EVENT_END_BALLOTS,
	"the log ends voting, and the journal does not say so yet"},
    [URNE_MOMENT_TALLIED] = {"tallied", URNE_EVENT_ENCRYPTED_TALLY,
	"the log has an encrypted tally, and the journal does not say so yet"},
};

static const struct urne_journal_tree *
tree_of(const struct urne_journal_election *e, size_t m)
{
	const struct urne_journal_tree *const trees[URNE_NUM_MOMENTS] = {
	    [URNE_MOMENT_OPENED] = &e->opened,
	    [URNE_MOMENT_CLOSED] = &e->closed,
	    [URNE_MOMENT_TALLIED] = &e->tallied,
	};

	return trees[m];
}

static void
fail_moment(struct urne_verification *v, size_t m, const struct urne_diag *why)
{
	urne_report_fail(
	    v->report, URNE_CHECK_JOURNAL_HOURS, why, "journal: %s", moments[m].record);
}

/* judge_missing: the record is not there. Behind Setup nothing may come before `opened`; the other
 * records are written behind their events, and the copies may have been made in between. */
static void
judge_missing(struct urne_verification *v, size_t m)
{
	const uint64_t *num_of = v->chain.num_of;
	bool is_there =
	    m == URNE_MOMENT_OPENED ? v->chain.num_events > 1 : num_of[moments[m].last] > 0;
	struct urne_diag why;

	if (!is_there) {
		return;
	}
	if (m == URNE_MOMENT_OPENED || v->journal.has_result) {
		(void)urne_fail(&why, URNE_ERR_ORDER, "%s", moments[m].missing);
		fail_moment(v, m, &why);
		return;
	}
	urne_report_skip(v->report, URNE_CHECK_JOURNAL_HOURS, "%s", moments[m].missing);
}

/* judge_beyond: the journal knows more of the log than this copy has. */
static void
judge_beyond(struct urne_verification *v, size_t m, const struct urne_journal_tree *t)
{
	struct urne_diag why;

	(void)urne_fail(&why, URNE_ERR_INCOMPLETE,
	    "the journal records a log of %" PRIu64 " events, and the archive has %" PRIu64,
	    t->size, v->chain.num_events);
	if (v->journal.has_result) {
		fail_moment(v, m, &why);
		return;
	}
	urne_report_skip(v->report, URNE_CHECK_JOURNAL_HOURS, "%s", why.text);
}

static void
judge_tree(struct urne_verification *v, size_t m, const struct urne_journal_tree *t)
{
	const struct urne_found_tree *f = &v->journal.found[m];
	struct urne_diag why;

	if (!f->there) {
		judge_beyond(v, m, t);
		return;
	}
	if (f->last != moments[m].last) {
		(void)urne_fail(&why, URNE_ERR_MISMATCH,
		    "the last of the %" PRIu64 " events that it records is %s, not %s", t->size,
		    urne_event_type_name(f->last), urne_event_type_name(moments[m].last));
		fail_moment(v, m, &why);
	} else if (!urne_hash_eq(&f->root, &t->root)) {
		(void)urne_fail(&why, URNE_ERR_MISMATCH,
		    "its root is not that of the first %" PRIu64
		    " events of the election's log: the board recorded another history",
		    t->size);
		fail_moment(v, m, &why);
	} else {
		urne_report_item(v->report, URNE_CHECK_JOURNAL_HOURS, 1);
	}
}

void
urne_verify_journal_hours(struct urne_verification *v)
{
	urne_report_complete(v->report, URNE_CHECK_JOURNAL_HOURS);
	for (size_t m = 0; m < URNE_NUM_MOMENTS; m++) {
		const struct urne_journal_tree *t = tree_of(v->journal.election, m);

		if (t->there) {
			judge_tree(v, m, t);
		} else {
			judge_missing(v, m);
		}
	}
}
