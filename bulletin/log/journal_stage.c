/* SPDX-License-Identifier: EUPL-1.2 */
/* The stages of an election in the journal: their names, and the question whether an entry may come
 * now. Spec: docs/journal.md#what-may-follow-what */
#include <string.h>

#include "bulletin/log/journal_state.h"

static const struct {
	const char *name;
	const char *is; /* "the election is ..." */
} stages[URNE_NUM_JOURNAL_STAGES] = {
    [URNE_JOURNAL_NONE] = {"none", "neither prepared nor sealed"},
    [URNE_JOURNAL_PREPARED] = {"prepared", "prepared"},
    [URNE_JOURNAL_SEALED] = {"sealed", "sealed"},
    [URNE_JOURNAL_CALLED] = {"called", "called to open"},
    [URNE_JOURNAL_OPEN] = {"open", "open"},
    [URNE_JOURNAL_ENDED] = {"closed", "closed"},
    [URNE_JOURNAL_COUNTED] = {"tallied", "tallied"},
    [URNE_JOURNAL_RELEASED] = {"released", "released"},
    [URNE_JOURNAL_CERTIFIED] = {"certified", "certified"},
};

static const struct urne_journal_election nothing;

const char *
urne_journal_stage_name(enum urne_journal_stage s)
{
	return stages[s].name;
}

/* put_stages writes a set of stages: "sealed, called to open or open". */
static void
put_stages(char *out, size_t out_len, unsigned set)
{
	size_t at = 0;

	for (size_t i = 0; i < URNE_NUM_JOURNAL_STAGES; i++) {
		bool in = (set & URNE_JOURNAL_IN(i)) != 0;
		unsigned others = set >> (i + 1);
		const char *then = others == 0 ? "" : (others & (others - 1)) == 0 ? " or " : ", ";
		size_t need = strlen(stages[i].is) + strlen(then);

		if (in && need < out_len - at) {
			memcpy(out + at, stages[i].is, strlen(stages[i].is));
			memcpy(out + at + strlen(stages[i].is), then, strlen(then));
			at += need;
		}
	}
	out[at] = '\0';
}

enum urne_err
urne_journal_moment_of(struct urne_journal_moment *out, struct urne_diag *d,
    const struct urne_journal *j, const struct urne_journal_passage *p, struct urne_view uuid,
    int64_t at)
{
	const struct urne_journal_election *e = urne_journal_find(j, uuid);
	unsigned stage = uuid.len == 0 ? URNE_JOURNAL_AT_LARGE
				       : URNE_JOURNAL_IN(e != NULL ? e->stage : URNE_JOURNAL_NONE);
	char when[160];

	*out = (struct urne_journal_moment){j, e != NULL ? e : &nothing, at};
	if ((p->from & stage) != 0) {
		return URNE_OK;
	}
	if (e == NULL) {
		return urne_fail(d, URNE_ERR_UNKNOWN,
		    "the journal knows no election %.*s; check the UUID, or prepare or seal the "
		    "election first",
		    (int)uuid.len, uuid.p);
	}
	put_stages(when, sizeof(when), p->from & ~URNE_JOURNAL_AT_LARGE);
	return urne_fail(d, URNE_ERR_ORDER,
	    "\"%s\" cannot come now: election %.*s is %s, and it comes only while an election is "
	    "%s",
	    p->name, (int)uuid.len, uuid.p, stages[e->stage].is, when);
}

bool
urne_journal_is_over(const struct urne_journal_election *e, int64_t at)
{
	return e->test || !e->has_hours || at >= e->closes;
}

enum urne_err
urne_journal_check_time(const struct urne_journal *j, struct urne_diag *d, int64_t at)
{
	char now[URNE_UTC_LEN + 1], before[URNE_UTC_LEN + 1];

	if (j->size == 0) {
		return urne_fail(
		    d, URNE_ERR_ORDER, "the journal has no entry yet; it begins with its genesis");
	}
	if (at < j->last_at) {
		urne_utc_text(now, at);
		urne_utc_text(before, j->last_at);
		return urne_fail(d, URNE_ERR_RANGE,
		    "the entry is of %s, and the one before it of %s; set the board's clock right",
		    now, before);
	}
	return URNE_OK;
}

enum urne_err
urne_journal_may_take(
    const struct urne_journal *j, struct urne_diag *d, struct urne_view uuid, int64_t at)
{
	static const struct urne_journal_passage ballot = {
	    .name = "ballot", .from = URNE_JOURNAL_IN(URNE_JOURNAL_OPEN)};
	struct urne_journal_moment m;
	char closing[URNE_UTC_LEN + 1];
	enum urne_err e;

	if ((e = urne_journal_moment_of(&m, d, j, &ballot, uuid, at)) != URNE_OK) {
		return e;
	}
	if (m.election->close_ordered) {
		return urne_fail(d, URNE_ERR_ORDER,
		    "no ballot is taken any more: the officials closed election %.*s",
		    (int)uuid.len, uuid.p);
	}
	if (m.election->has_hours && at >= m.election->closes) {
		urne_utc_text(closing, m.election->closes);
		return urne_fail(d, URNE_ERR_ORDER,
		    "no ballot is taken any more: election %.*s closed at %s", (int)uuid.len,
		    uuid.p, closing);
	}
	return URNE_OK;
}
